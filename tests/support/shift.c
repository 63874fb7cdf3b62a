#include "tests/support/shift.h"

#include <stdlib.h>

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/test.h"

#define KEY_GAP 30 /* ms between a person's keys: a scanner's are closer */
#define PAUSE 120  /* ms after a scan; what comes sooner belongs to it */

struct pty *shift_sit_down(const char *home, const char *name, int rows,
			   int columns, const char *option, const char *value)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-desk", getenv("FOYER_BUILD"));
	const char *argv[] = { program,  "--home", home,   "--user", "Sam",
			       "--desk", name,     option, value,    NULL };

	return pty_start(argv, NULL, rows, columns);
}

void shift_type(struct pty *pty, const char *text)
{
	pty_settle(pty, PAUSE);
	for (; *text; text++) {
		pty_send(pty, (char[]){ *text, 0 });
		pty_settle(pty, KEY_GAP);
	}
}

void shift_enter(struct pty *pty)
{
	pty_settle(pty, PAUSE);
	pty_send(pty, PTY_ENTER);
}

void shift_unlock(struct pty *pty, const char *home)
{
	SCOPED(char_freep) char *passphrase = demo_passphrase(home);

	shift_type(pty, passphrase);
	shift_enter(pty);
}

void shift_expect(struct pty *pty, const char *text)
{
	if (!pty_expect(pty, text, SHIFT_LATER))
		fail_msg("not shown: %s", text);
}

void shift_press(struct pty *pty, const char *key, const char *text)
{
	pty_settle(pty, PAUSE);
	pty_send(pty, key);
	shift_expect(pty, text);
}

/* As a wedge types it: all at once, and Enter. */
void shift_scan(struct pty *pty, const char *digits)
{
	SCOPED(char_freep) char *typed = xasprintf("%s\r", digits);

	pty_settle(pty, PAUSE);
	pty_send(pty, typed);
}
