#include "tests/test.h"

#include "kiosk-image/tests/lab.h"
#include "kiosk-image/tests/setup.h"

/*
 * A card as it was written and filled, in a new kiosk: staff set it up by its
 * own screens, its key becomes known to the desk by the code that it shows, and
 * the lobby opens.
 */
#define START 600   /* seconds at most, on any busy machine */
#define WELCOME 120 /* seconds for the welcome */

static struct lab lab;

static int prepare(void **state)
{
	(void)state;
	lab_open(&lab);
	return 0;
}

static int clear(void **state)
{
	(void)state;
	lab_close(&lab);
	return 0;
}

static void staff_set_a_kiosk_up_and_it_opens(void **state)
{
	SCOPED(machine_cutp) struct machine *machine = NULL;

	(void)state;
	machine = lab_start(&lab, MACHINE_VIRT);
	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	setup_walk(&lab, machine);
	assert_true(lab_welcomes(machine, WELCOME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(staff_set_a_kiosk_up_and_it_opens),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
