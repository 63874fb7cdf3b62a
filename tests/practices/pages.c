#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* What leaves the program for people and for other programs. */

#define MOST (1 << 20) /* bytes of a page */

/* What a command says, which has to go well; the caller frees it. */
static char *said(const char *input, const char *home, const char *command)
{
	struct output output =
	    program_run(input, "foyer %s --home %s", command, home);
	char *text = xstrdup(output.out);

	if (output.status)
		print_error("%s: %s", command, output.err);
	assert_int_equal(output.status, 0);
	output_done(&output);
	return text;
}

static void expect(const char *home, const char *command, const char *words)
{
	SCOPED(char_freep) char *text = said("", home, command);

	if (!strstr(text, words))
		print_error("%s: %s\n", command, text);
	assert_non_null(strstr(text, words));
}

static void expect_pdf(const char *path)
{
	struct bytes pdf = { 0 };

	assert_int_equal(file_read(path, MOST, &pdf), FAULT_NONE);
	assert_memory_equal(pdf.data, "%PDF-", 5);
	bytes_done(&pdf);
}

static void make_person(const char *home)
{
	expect(home, "people add language=ar mode=PH leave_message=no",
	       "\"id\":1");
	expect(home, "people add name person=1 latin=Hana", "\"id\":1");
	expect(home,
	       "people add contact person=1 what=phone value=613-555-0199",
	       "\"id\":1");
}

static void
row_78_letters_are_printed_the_channel_kept_and_consent_recorded(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *letter = folder_file(home, "letter.pdf");
	SCOPED(char_freep) char *receipt = folder_file(home, "receipt.pdf");
	SCOPED(char_freep)
	char *write = xasprintf("people letter 1 --text - -o %s", letter);
	SCOPED(char_freep)
	char *give = xasprintf("consent receipt 1 -o %s", receipt);
	SCOPED(char_freep) char *ini = folder_file(home, "foyer.ini");
	static const char settings[] = "[languages]\ndrafts = ar\n";
	SCOPED(char_freep) char *wrote = NULL;

	(void)state;
	assert_int_equal(file_write(ini, settings, sizeof settings - 1, 0600),
			 FAULT_NONE);
	make_person(home);
	/* How they want to be reached, and that no message may be left. */
	expect(home, "people show 1", "\"mode\":\"PH\"");
	expect(home, "people show 1", "\"leave_message\":false");
	expect(home, "people list contact person=1", "613-555-0199");
	wrote = said("عزيزتي هناء\nموعدك غداً.\n", home, write);
	assert_non_null(strstr(wrote, "\"language\":\"ar\""));
	expect_pdf(letter);
	expect(home, "consent add person=1 purpose=sponsor language=ar",
	       "\"state\":\"given\"");
	expect(home, give, "\"language\":\"ar\",\"fell_back\":false");
	expect_pdf(receipt);
	expect(home, "consent move 1 withdrawn", "");
	expect(home, "consent show 1", "\"state\":\"withdrawn\"");
}

static void
row_81_what_is_kept_leaves_as_plain_csv_and_json_and_on_paper(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *page = folder_file(home, "people.pdf");
	SCOPED(char_freep) char *print = xasprintf("list people -o %s", page);

	(void)state;
	make_person(home);
	expect(home, "list people", "\"latin\":\"Hana\"");
	expect(home, "people show 1", "{\"kind\":\"person\",\"id\":1,");
	expect(home, "list people --csv", "\xEF\xBB\xBF\"id\"");
	expect(home, "list people --csv", "\"Hana\"");
	expect(home, print, "people.pdf");
	expect_pdf(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    row_78_letters_are_printed_the_channel_kept_and_consent_recorded),
		cmocka_unit_test(
		    row_81_what_is_kept_leaves_as_plain_csv_and_json_and_on_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
