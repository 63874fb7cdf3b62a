#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk-image/tests/guest.h"
#include "kiosk-image/tests/lab.h"
#include "kiosk-image/tests/walk.h"

/*
 * The image starts once, and is looked at from outside: what shows, what runs,
 * what it listens to, what keys do to it; then a made-up visitor goes through
 * it, and the agency's desk files the paper that comes out.
 */
#define VISITOR "information-only-fr"
#define VISITOR_LANGUAGE "fr"

#define START 600    /* seconds at most, on any busy machine */
#define CHANGE 20    /* seconds for the screen to change */
#define CALM 60      /* seconds for workers of the start to go */
#define PRINTING 240 /* seconds for the paper */
#define WELCOME 300  /* seconds for the welcome to come back */
#define MEMORY 160   /* MiB in use at most, with the kiosk idle */

struct started {
	struct lab lab;
	struct machine *machine;
	int rows, columns;
};

static int start(void **state)
{
	struct started *started = xcalloc(1, sizeof *started);

	*state = started;
	lab_open(&started->lab);
	lab_set_up(&started->lab);
	started->machine = lab_start(&started->lab, MACHINE_VIRT);
	return 0;
}

static int stop(void **state)
{
	struct started *started = *state;

	machine_cut(started->machine);
	lab_close(&started->lab);
	free(started);
	return 0;
}

static void the_welcome_comes_soon_after_the_system(void **state)
{
	struct started *started = *state;
	struct machine *machine = started->machine;
	double system, welcome;

	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	assert_true(machine_expect(machine, MACHINE_READY, "\n", CHANGE));
	assert_int_equal(sscanf(machine_said(machine, MACHINE_READY),
				"ready %dx%d", &started->columns,
				&started->rows),
			 2);
	system = machine_when(machine, MACHINE_SERIAL, "basic.target");
	welcome = machine_when(machine, MACHINE_READY, "ready ");
	print_message("the welcome after %.1f s", welcome);
	/* On a very busy computer systemd gives up telling what it does. */
	if (system > 0)
		print_message(", basic.target after %.1f s: %.2f times", system,
			      welcome / system);
	print_message("\n");
}

static void the_welcome_looks_as_it_should(void **state)
{
	struct started *started = *state;

	assert_true(lab_welcomes(started->machine, WELCOME));
}

/* Workers of the start go by themselves within seconds. */
static void nothing_runs_that_is_not_on_the_list(void **state)
{
	static const char list[] = "0 foyer-kiosk\n"
				   "0 seatd\n"
				   "0 systemd\n"
				   "0 systemd-journal\n"
				   "0 systemd-udevd\n"
				   "990 cage\n"
				   "990 foot\n"
				   "990 foyer-kiosk\n";
	struct started *started = *state;
	double end = machine_age(started->machine) + CALM;
	char *processes = guest_processes(started->machine);

	while (strcmp(processes, list) != 0 &&
	       machine_age(started->machine) < end) {
		machine_wait(started->machine, 500);
		free(processes);
		processes = guest_processes(started->machine);
	}
	assert_string_equal(processes, list);
	free(processes);
}

static void nothing_can_be_reached_from_outside(void **state)
{
	struct started *started = *state;
	SCOPED(char_freep) char *network = guest_network(started->machine);

	assert_string_equal(network, "");
}

static void it_listens_to_itself_alone(void **state)
{
	struct started *started = *state;
	SCOPED(char_freep) char *sockets = guest_sockets(started->machine);

	assert_string_equal(sockets,
			    "/run/foyer/wayland-0\n"
			    "/run/seatd.sock\n"
			    "/run/systemd/io.systemd.ManagedOOM\n"
			    "/run/systemd/journal/dev-log\n"
			    "/run/systemd/journal/io.systemd.journal\n"
			    "/run/systemd/journal/socket\n"
			    "/run/systemd/journal/stdout\n"
			    "/run/systemd/notify\n"
			    "/run/systemd/private\n"
			    "/run/systemd/userdb/io.systemd.DynamicUser\n"
			    "/run/udev/control\n");
}

static void it_needs_little_memory(void **state)
{
	struct started *started = *state;
	int memory = guest_memory(started->machine);

	print_message("%d MiB in use, the kiosk idle\n", memory);
	assert_in_range(memory, 1, MEMORY);
}

static int count(const char *text, const char *part)
{
	int times = 0;

	for (const char *at = text; (at = strstr(at, part)); at++)
		times++;
	return times;
}

/* The limit counts what is mapped, and the letters of Chinese alone are 40 MB:
 * a program that met it would end in the midst of a visit. */
static void what_is_answered_stays_in_memory_without_a_limit(void **state)
{
	static const char limit[] = "Max locked memory         ",
			  none[] = "Max locked memory         unlimited "
				   "           unlimited ";
	struct started *started = *state;
	SCOPED(char_freep)
	char *limits = machine_ask(started->machine, "of foyer-kiosk limits");
	SCOPED(char_freep)
	char *held = machine_ask(started->machine, "of foyer-kiosk status");
	long locked = 0;

	assert_true(count(limits, limit) > 0);
	assert_int_equal(count(limits, none), count(limits, limit));
	for (const char *at = held; (at = strstr(at, "VmLck:")); at++)
		locked += strtol(at + strlen("VmLck:"), NULL, 10);
	assert_true(locked > 0);
}

static void a_visitor_gets_a_ticket_and_the_desk_files_it(void **state)
{
	struct started *started = *state;
	struct machine *machine = started->machine;
	struct lab *lab = &started->lab;
	SCOPED(char_freep)
	char *keys = walk_keys(lab->home, VISITOR, VISITOR_LANGUAGE,
			       started->rows, started->columns);
	SCOPED(char_freep) char *level = walk_level(VISITOR);
	struct filed filed;

	machine_type(machine, "{ret}");
	machine_type(machine, keys);
	if (!lab_await_paper(lab, machine, 1, PRINTING)) {
		SCOPED(screen_freep)
		struct screen *screen = machine_screen(machine);

		lab_show(screen, "no-paper");
		fail_msg("no paper came; see build/image/no-paper.png");
	}
	filed = lab_file(lab, 0);
	assert_string_equal(filed.status, "filed");
	assert_string_equal(filed.level, level);
	print_message("the ticket was filed %.0f s after the start\n",
		      machine_age(machine));
	filed_done(&filed);
}

static void press_all(struct machine *machine, const char *const *keys,
		      size_t count)
{
	SCOPED(char_freep) char *before = guest_processes(machine);
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *terminal = NULL;

	for (size_t i = 0; i < count; i++) {
		machine_press(machine, keys[i]);
		assert_false(
		    machine_hears(machine, MACHINE_CONTROL, "\"RESET\"", 400));
	}
	after = guest_processes(machine);
	terminal = machine_ask(machine, "read /sys/class/tty/tty0/active");
	assert_string_equal(after, before);
	assert_string_equal(terminal, "tty1\n");
}

/* Nothing but the kiosk hears them, to which they are keys as others are, or
 * none. Seven times Ctrl+Alt+Delete within two seconds means more to systemd
 * than once. */
static void keys_of_the_system_are_dead(void **state)
{
	static const char *const keys[] = {
		"ctrl-alt-f1", "ctrl-alt-f2", "ctrl-alt-f3",
		"ctrl-alt-f4", "ctrl-alt-f5", "ctrl-alt-f6",
		"alt-sysrq-s", "alt-sysrq-k", "alt-sysrq-b",
	};
	struct started *started = *state;

	press_all(started->machine, keys, COUNT(keys));
	for (int i = 0; i < 8; i++)
		machine_press(started->machine, "ctrl-alt-delete");
	assert_false(machine_hears(started->machine, MACHINE_CONTROL,
				   "\"RESET\"", 3000));
}

static void keys_of_terminals_lead_nowhere(void **state)
{
	static const char *const keys[] = {
		"ctrl-shift-n", "ctrl-shift-u",   "ctrl-shift-o",
		"ctrl-shift-r", "ctrl-shift-c",   "ctrl-c",
		"ctrl-z",       "ctrl-backslash", "alt-f4",
		"alt-tab",      "meta_l-l",
	};
	struct started *started = *state;

	press_all(started->machine, keys, COUNT(keys));
}

/* Left alone: it is never far away, whatever was pressed. */
static void the_welcome_comes_back(void **state)
{
	struct started *started = *state;

	assert_true(lab_welcomes(started->machine, WELCOME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_welcome_comes_soon_after_the_system),
		cmocka_unit_test(the_welcome_looks_as_it_should),
		cmocka_unit_test(nothing_runs_that_is_not_on_the_list),
		cmocka_unit_test(nothing_can_be_reached_from_outside),
		cmocka_unit_test(it_listens_to_itself_alone),
		cmocka_unit_test(it_needs_little_memory),
		cmocka_unit_test(
		    what_is_answered_stays_in_memory_without_a_limit),
		cmocka_unit_test(a_visitor_gets_a_ticket_and_the_desk_files_it),
		cmocka_unit_test(the_welcome_comes_back),
		cmocka_unit_test(keys_of_the_system_are_dead),
		cmocka_unit_test(keys_of_terminals_lead_nowhere),
		cmocka_unit_test(the_welcome_comes_back),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
