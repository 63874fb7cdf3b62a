#include "tests/test.h"

#include "kiosk-image/tests/lab.h"

/*
 * The card in a Raspberry Pi 3B, as far as QEMU goes: its own device tree, its
 * card reader, the three parts, and systemd up to the kiosk's service. There is
 * no screen in it, so the kiosk itself does not come.
 */
#define START 900 /* seconds at most, on any busy machine */

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

static void a_pi_reaches_the_kiosk_s_service(void **state)
{
	static const char *const marks[] = {
		"Mounted boot.mount",
		"Mounted data.mount",
		"Reached target basic.target",
		"Starting foyer-kiosk.service",
	};
	SCOPED(machine_cutp) struct machine *machine = NULL;

	(void)state;
	machine = lab_start(&lab, MACHINE_RASPI);
	for (size_t i = 0; i < COUNT(marks); i++) {
		bool comes =
		    machine_when(machine, MACHINE_SERIAL, marks[i]) >= 0 ||
		    machine_expect(machine, MACHINE_SERIAL, marks[i], START);

		if (!comes)
			fail_msg("%s", marks[i]);
		print_message("%s after %.1f s\n", marks[i],
			      machine_when(machine, MACHINE_SERIAL, marks[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pi_reaches_the_kiosk_s_service),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
