#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

/* The locked desk of an agency whose people sign in. */
#define LATER 8000 /* ms; what a sanitizer may make slow */
#define KEY_GAP 30 /* ms between a person's keys: a scanner's are closer */
#define PAUSE 120

static struct pty *sit_down(const char *home, const char *name)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-desk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", home,    "--user",
			       name,    "--desk", "front", NULL };

	return pty_start(argv, NULL, 24, 80);
}

static void type(struct pty *pty, const char *text)
{
	pty_settle(pty, PAUSE);
	for (; *text; text++) {
		pty_send(pty, (char[]){ *text, 0 });
		pty_settle(pty, KEY_GAP);
	}
	pty_settle(pty, PAUSE);
	pty_send(pty, PTY_ENTER);
}

static void add_user(const char *home, const char *name, const char *roles,
		     const char *passphrase)
{
	SCOPED(char_freep) char *key = demo_passphrase(home);
	SCOPED(char_freep) char *lines = xasprintf("%s\n%s\n", key, passphrase);
	struct output output = program_run(
	    strcmp(roles, "auditor") ? lines : passphrase,
	    "foyer user add --home %s --roles %s --passphrase-fd 0 %s", home,
	    roles, name);

	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
}

static void expect(struct pty *pty, const char *words)
{
	if (!pty_expect(pty, words, LATER))
		fail_msg("not there: %s", words);
}

static void each_person_signs_in_with_their_own_passphrase(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	SCOPED(char_freep) char *key = NULL;
	struct pty *pty;

	(void)state;
	demo_new(home);
	key = demo_passphrase(home);
	add_user(home, "Ana", "administrator,supervisor", "the words of ana");
	add_user(home, "Uli", "auditor", "the words of uli");

	pty = sit_down(home, "Ana");
	expect(pty, "Your own passphrase");
	/* The shift's opens nothing any more. */
	type(pty, key);
	expect(pty, "do not belong together");
	type(pty, "the words of ana");
	expect(pty, "Nobody is waiting");
	pty_stop(pty);

	/* Without the key: in, and no ticket is opened for them. */
	pty = sit_down(home, "Uli");
	expect(pty, "Your own passphrase");
	type(pty, "the words of uli");
	expect(pty, "Waiting");
	pty_stop(pty);

	/* After attempts that failed it is the clock's turn. */
	demo_sql(home, "UPDATE sign_in SET failed = 9, again_at ="
		       " strftime('%s', 'now') * 1000 + 600000");
	pty = sit_down(home, "Uli");
	expect(pty, "Your own passphrase");
	type(pty, "the words of uli");
	expect(pty, "Too many attempts have failed");
	pty_stop(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_person_signs_in_with_their_own_passphrase),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
