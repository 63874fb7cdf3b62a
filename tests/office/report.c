#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/test.h"

/* `foyer report`: where each is put, and what it is called there. */

static void speak(const char *home, const char *language)
{
	SCOPED(char_freep) char *path = folder_file(home, "foyer.ini");
	SCOPED(char_freep)
	char *text = xasprintf("[desk]\nlanguage = %s\n", language);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void report(const char *home, const char *options, int status,
		   const char *says)
{
	struct output output = program_run(
	    "", "foyer report --home %s --from 2025-10 %s", home, options);

	if (output.status != status ||
	    !strstr(status ? output.err : output.out, says))
		fail_msg("%s: %d: %s%s", options, output.status, output.out,
			 output.err);
	output_done(&output);
}

static void assert_there(const char *folder, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	if (!file_exists(path))
		fail_msg("no %s", path);
}

static void two_languages_of_a_report_are_two_files(void **state)
{
	static const char *const files[] = {
		"foyer-waits-2025-10-en.xlsx", "foyer-waits-2025-10-fr.xlsx",
		"foyer-waits-2025-10-en.csv",  "foyer-waits-2025-10-fr.csv",
		"foyer-all-2025-10-en.json",   "foyer-all-2025-10-fr.json",
		"foyer-needs-2025-10-en.pdf",  "foyer-needs-2025-10-fr.pdf",
	};
	static const char *const languages[] = { "en", "fr" };
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(folder_freep) char *out = folder_new();
	SCOPED(char_freep) char *exports = folder_file(home, "exports");
	SCOPED(char_freep)
	char *text = xasprintf("--format csv waits -o %s", out);
	SCOPED(char_freep) char *lines = xasprintf("all -o %s", out);
	SCOPED(char_freep)
	char *page = xasprintf("--format pdf needs -o %s", out);

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		speak(home, languages[i]);
		report(home, "--format xlsx waits", 0, "foyer-waits-2025-10-");
		report(home, text, 0, "foyer-waits-2025-10-");
		report(home, lines, 0, "foyer-all-2025-10-");
		report(home, page, 0, "foyer-needs-2025-10-");
		report(home, "--format pdf waits", 0,
		       i ? "prints/foyer-waits-2025-10-fr-"
			 : "prints/foyer-waits-2025-10-en-");
	}
	for (size_t i = 0; i < COUNT(files); i++)
		assert_there(i < 2 ? exports : out, files[i]);
}

static void a_file_that_was_named_is_that_file(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep)
	char *one = xasprintf("--format csv waits -o %s/w.csv", home);
	SCOPED(char_freep)
	char *many = xasprintf("--format pdf all -o %s/w.pdf", home);

	(void)state;
	report(home, one, 0, "");
	assert_there(home, "w.csv");
	report(home, many, 2, "name a folder");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_languages_of_a_report_are_two_files),
		cmocka_unit_test(a_file_that_was_named_is_that_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
