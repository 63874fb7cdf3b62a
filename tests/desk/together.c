#include "tests/test.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/pty.h"

/* Two desks on one machine's record, as two people have them before them. */
#define SOON 1000  /* ms; one sees what the other does within a second */
#define LATER 8000 /* ms; what a sanitizer may make slow */
#define PAUSE 120  /* ms; a person's keys are not a scanner's */
#define KEY_GAP 30 /* ms between a person's keys */

static struct pty *sit_down(const char *home, const char *user)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-desk", getenv("FOYER_BUILD"));
	SCOPED(char_freep) char *passphrase = demo_passphrase(home);
	const char *argv[] = { program, "--home", home, "--user",
			       user,    "--desk", user, NULL };
	struct pty *pty = pty_start(argv, NULL, 24, 80);

	assert_true(pty_expect(pty, "Passphrase of the agency", LATER));
	for (const char *at = passphrase; *at; at++) {
		pty_send(pty, (char[]){ *at, 0 });
		pty_settle(pty, KEY_GAP);
	}
	pty_settle(pty, PAUSE);
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect(pty, "Nobody is waiting.", LATER));
	return pty;
}

static void press(struct pty *pty, const char *key, const char *text)
{
	pty_settle(pty, PAUSE);
	pty_send(pty, key);
	if (!pty_expect(pty, text, LATER))
		fail_msg("not shown: %s", text);
}

static void one_desk_sees_what_the_other_does(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	struct pty *sam, *ana;

	(void)state;
	demo_new(home);
	sam = sit_down(home, "Sam");
	ana = sit_down(home, "Ana");
	press(ana, "g", "Suggestions to decide nothing");
	press(sam, "!", "What could be better here (waiting)?");
	press(sam, "x", "x");
	press(sam, "\t", "Thank you.");
	assert_true(pty_expect(ana, "Suggestions to decide 1 row", SOON));
	/* And what is taken back goes there, too. */
	press(sam, "u", "Taken back: Suggestion");
	assert_true(pty_expect(ana, "Suggestions to decide nothing", SOON));
	(void)pty_stop(sam);
	(void)pty_stop(ana);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_desk_sees_what_the_other_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
