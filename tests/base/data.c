#include "base/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/test.h"

/* Whether it was asked, and what it then printed. */
static bool told(const char *typed, char *out, size_t room)
{
	SCOPED(char_freep) char *line = xstrdup(typed);
	char *argv[4] = { NULL }, *rest = NULL;
	int argc = 0;
	FILE *to = tmpfile();
	int kept = dup(STDOUT_FILENO);
	size_t length;
	bool asked;

	for (char *word = strtok_r(line, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest))
		argv[argc++] = word;
	assert_non_null(to);
	fflush(stdout);
	dup2(fileno(to), STDOUT_FILENO);
	asked = data_version_asked("foyer", argc, argv);
	fflush(stdout);
	dup2(kept, STDOUT_FILENO);
	close(kept);
	rewind(to);
	length = fread(out, 1, room - 1, to);
	out[length] = 0;
	fclose(to);
	return asked;
}

static void a_version_is_what_the_file_beside_the_data_says(void **state)
{
	static const struct {
		const char *file; /* NULL: there is none */
		const char *says;
	} cases[] = {
		{ "2026.11.23\n", "foyer 2026.11.23\n" },
		{ "2026.11.23", "foyer 2026.11.23\n" },
		{ "1\nsecond line", "foyer 1\n" },
		{ "", "foyer unreleased\n" },
		{ NULL, "foyer unreleased\n" },
	};
	char out[200];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(folder_freep) char *folder = folder_new();
		SCOPED(char_freep) char *path = folder_file(folder, "version");

		if (cases[i].file)
			assert_int_equal(file_write(path, cases[i].file,
						    strlen(cases[i].file),
						    0600),
					 FAULT_NONE);
		setenv("FOYER_DATA", folder, 1);
		assert_true(told("foyer --version", out, sizeof out));
		assert_string_equal(out, cases[i].says);
	}
	unsetenv("FOYER_DATA");
}

static void other_words_ask_for_no_version(void **state)
{
	static const char *const lines[] = {
		"foyer",
		"foyer --help",
		"foyer --version x",
		"foyer x --version",
	};
	char out[200];

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_false(told(lines[i], out, sizeof out));
		assert_string_equal(out, "");
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_version_is_what_the_file_beside_the_data_says),
		cmocka_unit_test(other_words_ask_for_no_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
