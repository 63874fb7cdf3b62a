#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "kiosk-image/tests/guest.h"
#include "kiosk-image/tests/lab.h"

/*
 * A card that is damaged says so in words and issues nothing; there is nothing
 * else to be seen or typed to. A program that stands still is started again,
 * and a computer that does so starts again by itself.
 */
#define START 600 /* seconds at most, on any busy machine */
#define CHANGE 20 /* seconds for the screen to change */
#define WRITE 60  /* seconds for words to be there */
#define MEBIBYTE 1048576

static struct lab lab;

static int prepare(void **state)
{
	(void)state;
	lab_open(&lab);
	lab_set_up(&lab);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	lab_close(&lab);
	return 0;
}

/* What the screen shows once it shows something; the caller frees it. */
static struct screen *written(struct machine *machine)
{
	double end = machine_age(machine) + WRITE;
	struct screen *now = machine_settled(machine, NULL, CHANGE);

	while (screen_colours(now) < 2 && machine_age(machine) < end) {
		screen_free(now);
		now = machine_settled(machine, NULL, CHANGE);
	}
	return now;
}

/* Words are on the screen, and no key changes them. */
static void expect_notice(struct machine *machine, const char *name)
{
	static const char *const keys[] = { "ret", "esc", "ctrl-alt-f2",
					    "ctrl-alt-delete", "ctrl-c" };
	SCOPED(screen_freep)
	struct screen *before = written(machine);
	SCOPED(screen_freep) struct screen *after = NULL;

	lab_show(before, name);
	assert_in_range(screen_colours(before), 2, 8);
	for (size_t i = 0; i < COUNT(keys); i++)
		machine_press(machine, keys[i]);
	machine_wait(machine, 2000);
	after = machine_settled(machine, NULL, CHANGE);
	assert_true(screen_same(before, after));
	assert_string_equal(machine_said(machine, MACHINE_READY), "");
	assert_int_equal(lab.printer->received, 0);
}

static void a_flipped_bit_of_the_root_is_said(void **state)
{
	SCOPED(machine_cutp) struct machine *machine = NULL;
	SCOPED(char_freep) char *processes = NULL;

	(void)state;
	lab_damage(&lab, 3, 100, 1);
	machine = lab_start(&lab, MACHINE_VIRT);
	assert_true(
	    machine_expect(machine, MACHINE_SERIAL, "foyer: stop", START));
	assert_true(machine_expect(machine, MACHINE_SERIAL, "damaged", START));
	expect_notice(machine, "damaged-root");
	processes = guest_processes(machine);
	assert_string_equal(processes, "0 init\n");
}

static void a_destroyed_data_part_is_said(void **state)
{
	SCOPED(machine_cutp) struct machine *machine = NULL;
	SCOPED(char_freep) char *processes = NULL;

	(void)state;
	lab_write_card(&lab);
	lab_damage(&lab, 2, 0, 8 * MEBIBYTE);
	machine = lab_start(&lab, MACHINE_VIRT);
	assert_true(machine_expect(machine, MACHINE_SERIAL,
				   "Started foyer-notice@data.service", START));
	expect_notice(machine, "damaged-data");
	processes = guest_processes(machine);
	assert_null(strstr(processes, "990 "));
	assert_non_null(strstr(processes, "0 notice\n"));
}

static void what_stands_still_is_started_again(void **state)
{
	SCOPED(machine_cutp) struct machine *machine = NULL;
	SCOPED(char_freep) char *stopped = NULL;
	SCOPED(char_freep) char *frozen = NULL;

	(void)state;
	lab_write_card(&lab);
	lab_set_up(&lab);
	machine = lab_start(&lab, MACHINE_VIRT);
	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	stopped = machine_ask(machine, "stop foyer-kiosk");
	assert_true(stopped && stopped[0]);
	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	frozen = machine_ask(machine, "freeze");
	assert_string_equal(frozen, "");
	assert_true(
	    machine_expect(machine, MACHINE_CONTROL, "\"WATCHDOG\"", START));
	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_flipped_bit_of_the_root_is_said),
		cmocka_unit_test(a_destroyed_data_part_is_said),
		cmocka_unit_test(what_stands_still_is_started_again),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
