#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "office/passphrase.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/pty.h"

#define WAIT 5000 /* ms */

static int start(void **state)
{
	*state = folder_new();
	logged_start();
	return 0;
}

static int stop(void **state)
{
	logged_stop();
	folder_remove(*state);
	free(*state);
	return 0;
}

static enum fault read_from(const char *folder, int descriptor,
			    char text[PASSPHRASE_LIMIT])
{
	SCOPED(home_freep) struct home *home = NULL;

	assert_int_equal(home_open(folder, &home), FAULT_NONE);
	return passphrase_read(home, descriptor, "Passphrase: ", text);
}

/* A descriptor that gives these bytes and then ends. */
static int source(const char *bytes, size_t length)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, length), length);
	close(ends[1]);
	return ends[0];
}

static void one_line_of_a_descriptor_is_read(void **state)
{
	char text[PASSPHRASE_LIMIT], rest[8] = "";
	int from = source("  lamo  kuri\r\nrest", 18);

	assert_int_equal(read_from(*state, from, text), FAULT_NONE);
	assert_string_equal(text, "lamo kuri");
	assert_int_equal(read(from, rest, sizeof rest), 5);
	assert_string_equal(rest, "\nrest");
	close(from);
}

static void what_is_no_passphrase_is_refused(void **state)
{
	char text[PASSPHRASE_LIMIT], letters[PASSPHRASE_LIMIT];
	int from = source("\n", 1);

	memset(letters, 'a', sizeof letters);
	assert_int_equal(read_from(*state, from, text), FAULT_FORMAT);
	close(from);
	from = source(letters, sizeof letters);
	assert_int_equal(read_from(*state, from, text), FAULT_LIMIT);
	assert_string_equal(text, ""); /* nothing of it stays */
	close(from);
	from = source(letters, sizeof letters - 1);
	assert_int_equal(read_from(*state, from, text), FAULT_NONE);
	close(from);
	assert_int_equal(read_from(*state, 900, text), FAULT_SYSTEM);
}

static void only_a_demo_reads_its_file(void **state)
{
	SCOPED(char_freep) char *mark = folder_file(*state, "demo");
	SCOPED(char_freep) char *file = folder_file(*state, HOME_PASSPHRASE);
	char text[PASSPHRASE_LIMIT];
	int other = source("other", 5);

	assert_int_equal(file_write(file, "lamo kuri", 9, 0600), FAULT_NONE);
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	assert_int_equal(read_from(*state, PASSPHRASE_NO_FD, text), FAULT_NONE);
	assert_string_equal(text, "lamo kuri");
	assert_int_equal(read_from(*state, other, text), FAULT_NONE);
	assert_string_equal(text, "other"); /* what is given comes first */
	close(other);
}

/* --- a terminal ----------------------------------------------------------- */

#define GOT_IT 40
#define BROKEN_OFF 41

static int ask(void *folder)
{
	char text[PASSPHRASE_LIMIT];

	if (read_from(folder, PASSPHRASE_NO_FD, text))
		return BROKEN_OFF;
	return strcmp(text, "lamo kuri") == 0 ? GOT_IT : 1;
}

/* Asks, then waits for a line that the terminal may show again. */
static int ask_and_wait(void *folder)
{
	char line[16];
	int end = ask(folder);

	(void)!write(STDOUT_FILENO, "asked\n", 6);
	(void)!read(STDIN_FILENO, line, sizeof line);
	return end;
}

static void a_terminal_shows_nothing_of_it(void **state)
{
	struct pty *pty = pty_start_body(ask_and_wait, *state, 10, 40, NULL);

	assert_true(pty_expect(pty, "Passphrase:", WAIT));
	pty_send(pty, "lamo kuri\r");
	assert_true(pty_expect(pty, "asked", WAIT));
	assert_false(pty_shows(pty, "lamo"));
	pty_send(pty, "seen again");
	assert_true(pty_expect(pty, "seen again", WAIT));
	pty_send(pty, "\r");
	assert_int_equal(pty_wait(pty, WAIT), GOT_IT);
	pty_stop(pty);
}

static void control_c_leaves_a_terminal_that_works(void **state)
{
	struct pty *pty = pty_start_body(ask_and_wait, *state, 10, 40, NULL);

	assert_true(pty_expect(pty, "Passphrase:", WAIT));
	pty_send(pty, "lamo\003");
	assert_true(pty_expect(pty, "asked", WAIT));
	pty_send(pty, "seen");
	assert_true(pty_expect(pty, "seen", WAIT));
	pty_send(pty, "\r");
	assert_int_equal(pty_wait(pty, WAIT), BROKEN_OFF);
	pty_stop(pty);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(one_line_of_a_descriptor_is_read),
		TEST(what_is_no_passphrase_is_refused),
		TEST(only_a_demo_reads_its_file),
		TEST(a_terminal_shows_nothing_of_it),
		TEST(control_c_leaves_a_terminal_that_works),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
