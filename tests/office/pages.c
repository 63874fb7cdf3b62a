#include "office/pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* Runs one and asserts its exit status and what it says. */
static void expect_run(const char *input, const char *home, const char *command,
		       int status, const char *says)
{
	struct output output =
	    program_run(input, "foyer %s --home %s", command, home);

	if (output.status != status ||
	    !strstr(status ? output.err : output.out, says))
		print_error("%s: %s%s\n", command, output.out, output.err);
	assert_int_equal(output.status, status);
	assert_non_null(strstr(status ? output.err : output.out, says));
	output_done(&output);
}

static void pages_go_where_they_are_wanted(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *pdf = folder_file(home, "page.pdf");
	SCOPED(char_freep) char *prints = folder_file(home, "prints");
	const struct {
		const char *command;
		int status;
		const char *says;
	} steps[] = {
		{ "people add language=ti", 0, "\"id\":1" },
		{ "people summary 1", 0, "\"language\":\"en\"" },
		{ "people summary 1 -o", 0, "page.pdf\",\"printer\":null" },
		{ "people summary 2", 1, "there is none with this id" },
		{ "people summary", 2, "give one person's id" },
		{ "people letter 1", 2, "--text" },
		{ "people letter 1 --text - --lang fr", 0, "/prints/foyer-" },
		{ "people letter 1 --text /none", 3, "/none" },
		{ "people summary 1 --lang xx", 1, "no language xx" },
		/* A draft that was not asked for. */
		{ "consent receipt 1", 0,
		  "\"language\":\"fr\",\"fell_back\":true" },
		{ "consent receipt 1 --lang fr", 0, "\"fell_back\":false" },
		{ "record handover-csv", 2, "--map" },
		{ "record handover-csv --map /none --day 2026-11-22", 3,
		  "/none" },
		{ "record handover-csv --map /none --day soon", 2, "--day" },
		{ "visit hand-over K7-0001", 2, "--to SYSTEM" },
		{ "visit hand-over --to OCMS --as A-17 K7-0001", 1,
		  "no such visit" },
		{ "list people --print", 0, "/prints/foyer-people-" },
		{ "list people -o", 0, "page.pdf" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		const char *last = strrchr(steps[i].command, '-');
		SCOPED(char_freep)
		char *command = last && strcmp(last, "-o") == 0
				    ? xasprintf("%s %s", steps[i].command, pdf)
				    : xstrdup(steps[i].command);

		expect_run("Dear you,\n", home, command, steps[i].status,
			   steps[i].says);
	}
	assert_true(file_exists(pdf));
	assert_true(file_exists(prints));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_go_where_they_are_wanted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
