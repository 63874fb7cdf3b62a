#include "tests/test.h"

#include "base/memory.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/shift.h"

/* Two desks on one machine's record, as two people have them before them. */

static struct pty *sit_down(const char *home, const char *desk)
{
	struct pty *pty = shift_sit_down(home, desk, 24, 80, NULL, NULL);

	shift_expect(pty, "Passphrase of the agency");
	shift_unlock(pty, home);
	shift_expect(pty, "Nobody is waiting.");
	return pty;
}

static void one_desk_sees_what_the_other_does(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = folder_file(folder, "home");
	struct pty *front, *back;

	(void)state;
	demo_new(home);
	front = sit_down(home, "front");
	back = sit_down(home, "back");
	shift_press(back, "g", "Suggestions to decide nothing");
	shift_press(front, "!", "What could be better here (waiting)?");
	shift_press(front, "x", "x");
	shift_press(front, "\t", "Thank you.");
	assert_true(
	    pty_expect(back, "Suggestions to decide 1 row", SHIFT_LATER));
	/* And what is taken back goes there, too. */
	shift_press(front, "u", "Taken back: Suggestion");
	assert_true(
	    pty_expect(back, "Suggestions to decide nothing", SHIFT_LATER));
	(void)pty_stop(front);
	(void)pty_stop(back);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_desk_sees_what_the_other_does),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
