#include "tests/support/office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/test.h"

int office_begin(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);

	office->folder = folder_new();
	office->home = folder_file(office->folder, "home");
	demo_new(office->home);
	*state = office;
	return 0;
}

int office_end(void **state)
{
	struct office *office = *state;

	folder_remove(office->folder);
	free(office->folder);
	free(office->home);
	free(office);
	return 0;
}

void office_ran(int status, const char *says, struct output output)
{
	if (output.status != status || !strstr(output.out, says))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

void office_file(const struct office *office, const char *form,
		 const char *answers, char number[OFFICE_NUMBER])
{
	SCOPED(char_freep)
	char *said = folder_file(office->folder, "answers.json");
	SCOPED(char_freep)
	char *ticket = folder_file(office->folder, "ticket.png");
	struct output issued;
	const char *at;

	assert_int_equal(file_write(said, answers, strlen(answers), 0600),
			 FAULT_NONE);
	issued =
	    program_run("",
			"foyer ticket issue --home %s --form %s --answers %s "
			"-o %s",
			office->home, form, said, ticket);
	assert_int_equal(issued.status, 0);
	at = strstr(issued.out, "K7-");
	assert_non_null(at);
	snprintf(number, OFFICE_NUMBER, "%s", at);
	output_done(&issued);
	office_ran(0, "filed",
		   program_run("", "foyer record file --home %s %s",
			       office->home, ticket));
}

void office_person(const struct office *office, const char *number)
{
	office_ran(
	    0, "",
	    program_run("", "foyer people from-visit --home %s --confirmed %s",
			office->home, number));
}

void office_agree(const struct office *office, int person,
		  const char *recipient)
{
	office_ran(0, "",
		   program_run("",
			       "foyer consent add --home %s person=%d "
			       "purpose=share recipient=%s",
			       office->home, person, recipient));
}
