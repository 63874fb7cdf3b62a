#include "tests/test.h"

#include <string.h>

#include "kiosk-image/tests/guest.h"
#include "kiosk-image/tests/lab.h"
#include "seal/pin.h"
#include "tests/support/folder.h"

/*
 * One box for lobby and desk: staff go from the kiosk to the desk and back as
 * the screens have it, each a user of its own with the screen to itself; and
 * switch the box off.
 */
#define PIN "482915"
#define START 600 /* seconds at most, on any busy machine */
#define PAGE 60   /* seconds for another page */
#define LOOK 500  /* ms between two looks at what runs */

static struct lab lab;
static struct machine *machine;

static void choose_pin(void)
{
	SCOPED(char_freep) char *folder = folder_file(lab.home, "kiosk");
	SCOPED(pin_freep) struct pin *pin = pin_new(folder, 0);

	assert_int_equal(pin_set(pin, PIN, PIN_KIOSK), FAULT_NONE);
}

static int start(void **state)
{
	(void)state;
	lab_open(&lab);
	choose_pin();
	lab_set_up(&lab);
	machine = lab_start(&lab, MACHINE_VIRT);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	machine_cut(machine);
	lab_close(&lab);
	return 0;
}

/* Whether it runs ("991 foyer-desk\n") before seconds are over. */
static bool runs(const char *process, int seconds)
{
	double end = machine_age(machine) + seconds;

	while (machine_age(machine) < end) {
		SCOPED(char_freep) char *all = guest_processes(machine);

		if (strstr(all, process))
			return true;
		machine_wait(machine, LOOK);
	}
	return false;
}

static void press(const char *key)
{
	SCOPED(screen_freep) struct screen *before = machine_screen(machine);

	machine_press(machine, key);
	screen_free(machine_settled(machine, before, PAGE));
}

static void show(const char *name)
{
	SCOPED(screen_freep) struct screen *screen = machine_screen(machine);

	lab_show(screen, name);
}

/* The staff menu, behind the PIN. */
static void open_menu(void)
{
	press("f10");
	machine_type(machine, PIN);
	press("ret");
}

static void expect_kiosk(void)
{
	SCOPED(char_freep) char *processes = NULL;

	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	processes = guest_processes(machine);
	assert_non_null(strstr(processes, "990 foyer-kiosk\n"));
	assert_null(strstr(processes, "991 "));
	assert_true(lab_welcomes(machine, START));
}

static void the_kiosk_comes_first(void **state)
{
	(void)state;
	expect_kiosk();
}

static void staff_open_the_desk_behind_their_pin(void **state)
{
	SCOPED(char_freep) char *processes = NULL;

	(void)state;
	open_menu();
	show("single-menu");
	machine_press(machine, "2");
	assert_true(runs("991 foyer-desk\n", START));
	processes = guest_processes(machine);
	assert_null(strstr(processes, "990 "));
	screen_free(machine_settled(machine, NULL, PAGE));
	show("single-desk");
}

/* Escape asks whether it is meant. */
static void leaving_the_desk_brings_the_kiosk_back(void **state)
{
	(void)state;
	press("esc");
	machine_press(machine, "esc");
	expect_kiosk();
}

static void staff_switch_the_box_off_at_the_kiosk(void **state)
{
	(void)state;
	open_menu();
	press("end");
	press("ret");
	show("single-off");
	machine_press(machine, "1");
	assert_true(
	    machine_expect(machine, MACHINE_CONTROL, "\"SHUTDOWN\"", START));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kiosk_comes_first),
		cmocka_unit_test(staff_open_the_desk_behind_their_pin),
		cmocka_unit_test(leaving_the_desk_brings_the_kiosk_back),
		cmocka_unit_test(staff_switch_the_box_off_at_the_kiosk),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
