#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

#define LATER 20000 /* ms; what a sanitizer may make slow */

/* The words that a command ends with, and its exit status. */
static void must_say(int status, const char *words, struct output output)
{
	if (output.status != status || !strstr(output.err, words))
		fail_msg("%d: %s", output.status, output.err);
	output_done(&output);
}

static void must_do(const char *words, struct output output)
{
	if (output.status || !strstr(output.out, words))
		fail_msg("%d: %s%s", output.status, output.out, output.err);
	output_done(&output);
}

static void copy(const char *from, const char *to)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(from, 16 << 20, &bytes), FAULT_NONE);
	assert_int_equal(file_write(to, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
}

/* Another computer: nothing but a copy of the key file. */
static void give_key(const char *from, const char *to)
{
	SCOPED(char_freep) char *keys = folder_file(to, "keys");
	SCOPED(char_freep) char *key = folder_file(from, "keys/agency.key");
	SCOPED(char_freep) char *there = folder_file(to, "keys/agency.key");

	assert_int_equal(folder_make(keys), FAULT_NONE);
	copy(key, there);
}

/* Who waits, but for how long: that goes on meanwhile. */
static char *queue_of(const char *home)
{
	static const char waited[] = "\"waited_seconds\":";
	char *queue = demo_queue(home, "waiting");
	char *at = strstr(queue, waited);

	assert_non_null(at);
	for (; at; at = strstr(at, waited)) {
		at += strlen(waited);
		memmove(at, at + strspn(at, "0123456789"),
			strlen(at + strspn(at, "0123456789")) + 1);
	}
	return queue;
}

static void the_record_moves_to_another_computer(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *other = folder_file(folder, "other");
	SCOPED(char_freep) char *backup = folder_file(folder, "B");
	SCOPED(char_freep) char *passphrase = NULL;
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *queue = NULL;
	SCOPED(char_freep) char *again = NULL;

	(void)state;
	demo_new(home);
	passphrase = demo_passphrase(home);
	digits = demo_ticket(home, "claimant-shelter-es", NULL);
	must_do("filed",
		program_run(digits, "foyer record file --home %s", home));
	must_do("\"visits\":1",
		program_run("", "foyer record backup --home %s -o %s", home,
			    backup));

	assert_int_equal(folder_make(other), FAULT_NONE);
	must_say(1, "no key is here",
		 program_run(passphrase,
			     "foyer record restore --home %s --passphrase-fd 0 "
			     "%s",
			     other, backup));
	give_key(home, other);
	must_say(1, "not the passphrase",
		 program_run("lamo kire",
			     "foyer record restore --home %s --passphrase-fd 0 "
			     "%s",
			     other, backup));
	must_do("\"visits\":1",
		program_run(passphrase,
			    "foyer record restore --home %s --passphrase-fd 0 "
			    "%s",
			    other, backup));
	queue = queue_of(home);
	again = queue_of(other);
	assert_string_equal(again, queue);
	assert_non_null(strstr(again, "-0001\""));

	must_say(1, "With --replace it is kept beside",
		 program_run(passphrase,
			     "foyer record restore --home %s --passphrase-fd 0 "
			     "%s",
			     other, backup));
	must_do("record.db.before-",
		program_run(passphrase,
			    "foyer record restore --home %s --passphrase-fd 0 "
			    "--replace %s",
			    other, backup));
}

static void what_is_no_backup_of_ours_is_said_in_words(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *other = folder_file(folder, "other");
	SCOPED(char_freep) char *backup = folder_file(folder, "B");
	SCOPED(char_freep) char *record = folder_file(home, "record/record.db");

	(void)state;
	demo_new(home);
	demo_new(other);
	must_do("\"backup\"",
		program_run("", "foyer record backup --home %s -o %s", home,
			    backup));
	must_say(1, "sealed to another key",
		 program_run("", "foyer record restore --replace --home %s %s",
			     other, backup));
	must_say(
	    1, "this is no backup",
	    program_run("", "foyer record restore --home %s %s", home, record));
	must_say(3, "cannot be opened",
		 program_run("", "foyer record restore --home %s %s/none", home,
			     folder));
	must_say(2, "which backup?",
		 program_run("", "foyer record restore --home %s", home));
	must_say(1, "is no backup; name another file with -o",
		 program_run("", "foyer record backup --home %s -o %s", home,
			     record));
}

/* What the desk says before it ends; its status is 3. */
static void desk_must_say(const char *home, const char *words)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-desk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", home, NULL };
	struct pty *pty = pty_start(argv, NULL, 24, 80);

	assert_int_equal(pty_wait(pty, LATER), 3);
	if (!pty_expect(pty, words, 0))
		fail_msg("not said: %s", words);
	pty_stop(pty);
}

static void damage(const char *path)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(path, 16 << 20, &bytes), FAULT_NONE);
	memset(bytes.data + bytes.length / 4, 0xA5, bytes.length / 2);
	assert_int_equal(file_write(path, bytes.data, bytes.length, 0600),
			 FAULT_NONE);
	bytes_done(&bytes);
}

/* Each is said at the desk and by the tool, with the way back; and the way
 * back leads there. */
static void a_record_that_cannot_be_used_says_so_and_comes_back(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *backup = folder_file(folder, "B");
	SCOPED(char_freep) char *record = folder_file(home, "record/record.db");
	SCOPED(char_freep) char *digits = NULL;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *version = NULL;
	SCOPED(char_freep) char *set_back = NULL;

	(void)state;
	demo_new(home);
	digits = demo_ticket(home, "claimant-shelter-es", NULL);
	must_do("filed",
		program_run(digits, "foyer record file --home %s", home));
	must_do("\"backup\"",
		program_run("", "foyer record backup --home %s -o %s", home,
			    backup));
	before = queue_of(home);

	version = demo_ask(home, "PRAGMA user_version");
	set_back = xasprintf("PRAGMA user_version = %s", version);
	demo_sql(home, "PRAGMA user_version = 999");
	must_say(3, "Update Foyer",
		 program_run("", "foyer record queue --home %s", home));
	desk_must_say(home, "newer Foyer");
	demo_sql(home, set_back);
	damage(record);
	must_say(3, "`foyer record restore --replace FILE`",
		 program_run("", "foyer record queue --home %s", home));
	desk_must_say(home, "the record is damaged");
	must_do("record.db.before-",
		program_run("", "foyer record restore --home %s --replace %s",
			    home, backup));
	after = queue_of(home);
	assert_non_null(strstr(after, "-0001\""));
	assert_string_equal(after, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_record_moves_to_another_computer),
		cmocka_unit_test(what_is_no_backup_of_ours_is_said_in_words),
		cmocka_unit_test(
		    a_record_that_cannot_be_used_says_so_and_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
