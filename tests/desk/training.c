#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/pty.h"

/* Learning at the real desk, with people who do not exist. */
#define LATER 8000 /* ms; what a sanitizer may make slow */

static struct pty *start(const char *home, const char *option)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-desk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", home, "--user",
			       "Sam",   option,   NULL };

	return pty_start(argv, NULL, 24, 80);
}

static void a_real_home_is_not_trained_on(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *record = folder_file(folder, "record");
	struct pty *pty = start(folder, "--training");

	(void)state;
	assert_true(pty_expect(pty, "not a made-up agency", LATER));
	assert_int_equal(pty_wait(pty, LATER), 1);
	(void)pty_stop(pty);
	/* Not even a folder was made there. */
	assert_false(file_exists(record));
}

static void a_made_up_home_says_so_on_every_screen(void **state)
{
	static const struct {
		const char *option, *mark;
	} ways[] = {
		{ "--training", "TRAINING: nobody here is real" },
		{ NULL, "made up: nobody here is real" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");

	(void)state;
	demo_new(home);
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct pty *pty = start(home, ways[i].option);

		assert_true(pty_expect(pty, "Locked", LATER));
		assert_true(pty_shows(pty, ways[i].mark));
		(void)pty_stop(pty);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_real_home_is_not_trained_on),
		cmocka_unit_test(a_made_up_home_says_so_on_every_screen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
