#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kiosk-image/tests/lab.h"
#include "kiosk-image/tests/walk.h"
#include "tests/support/chance.h"

/*
 * Somebody pulls the plug at any moment between the start and the paper, again
 * and again (FOYER_CUTS times), on one card. It always comes back; every whole
 * ticket files, and no number is given twice: the desk would raise an alarm.
 *
 * A moment is no time, which would be another one on a busy computer: it is so
 * much of what the start says, so many of the visitor's keys, or so many of the
 * paper's bytes.
 *
 * The emulated card keeps what the kernel wrote, in the order it was written.
 * What a real card loses of its own buffers is for real cards to show.
 */
#define VISITOR "no-consent-number-fr"
#define VISITOR_LANGUAGE "fr"
#define START 600    /* seconds at most, on any busy machine */
#define PRINTING 240 /* seconds for the paper */

enum phase { STARTING, ANSWERING, PAPER, PHASES };

static const char *const phase_names[PHASES] = {
	[STARTING] = "bytes that the start says",
	[ANSWERING] = "keys of the visitor",
	[PAPER] = "bytes of the paper",
};

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

/* A start, a visitor, a paper; all of it, or until the moment has come. */
struct turn {
	struct machine *machine;
	enum phase phase; /* of the moment; PHASES: it never comes */
	size_t moment;
	size_t done[PHASES];
};

static void note(struct turn *turn)
{
	turn->done[STARTING] =
	    strlen(machine_said(turn->machine, MACHINE_SERIAL));
	turn->done[PAPER] = lab.printer->received;
}

static bool is_over(struct turn *turn)
{
	note(turn);
	return turn->phase != PHASES && turn->done[turn->phase] >= turn->moment;
}

/* False: the moment came first. */
static bool comes(struct turn *turn)
{
	while (!machine_hears(turn->machine, MACHINE_READY, "\n", 20)) {
		if (is_over(turn))
			return false;
		if (machine_age(turn->machine) > START) {
			(void)machine_expect(turn->machine, MACHINE_READY,
					     "ready ", 1);
			fail_msg("it did not come back");
		}
	}
	return turn->phase != STARTING;
}

/* Key by key, so that the plug can be pulled between any two. Nothing is waited
 * for after the last one but the paper. */
static void type(struct turn *turn, const char *keys)
{
	while (*keys && !is_over(turn)) {
		size_t length = *keys == '{' ? strcspn(keys, "}") + 1 : 1;
		SCOPED(char_freep) char *key = xstrndup(keys, length);

		keys += length;
		turn->done[ANSWERING]++;
		if (*keys)
			machine_type(turn->machine, key);
		else
			machine_press(turn->machine, key);
	}
}

static void await_paper(struct turn *turn)
{
	double end = machine_age(turn->machine) + PRINTING;

	while (!lab.printer->cuts && !is_over(turn) &&
	       machine_age(turn->machine) < end)
		machine_wait(turn->machine, 1);
	note(turn);
}

static void visit(struct turn *turn)
{
	int rows, columns;
	SCOPED(char_freep) char *keys = NULL;

	if (sscanf(machine_said(turn->machine, MACHINE_READY), "ready %dx%d",
		   &columns, &rows) != 2)
		fail_msg("the kiosk does not say how large its screen is");
	keys = walk_keys(lab.home, VISITOR, VISITOR_LANGUAGE, rows, columns);
	machine_type(turn->machine, "{ret}");
	type(turn, keys);
	await_paper(turn);
}

/* Whether a ticket came out whole; then it was filed. */
static bool run(struct turn *turn)
{
	struct filed filed = { 0 };
	bool came, whole;

	lab_new_printer(&lab);
	turn->machine = lab_start(&lab, MACHINE_VIRT);
	came = comes(turn);
	if (came)
		visit(turn);
	whole = lab.printer->cuts;
	if (whole) {
		filed = lab_file(&lab, 0);
		assert_string_equal(filed.status, "filed");
	}
	print_message("%s, %s\n", came ? "it came" : "it was on its way",
		      whole ? "and a ticket was filed" : "no paper");
	filed_done(&filed);
	machine_cut(turn->machine);
	return whole;
}

static void run_cut(struct chance *chance, int cut, const struct turn *whole)
{
	static const enum phase phases[] = { STARTING, ANSWERING, STARTING,
					     PAPER };
	enum phase phase = phases[(size_t)cut % COUNT(phases)];
	struct turn turn = {
		.phase = phase,
		.moment = 1 + chance_below(chance, (int)whole->done[phase]),
	};

	print_message("cut %d after %zu of %zu %s: ", cut + 1, turn.moment,
		      whole->done[phase], phase_names[phase]);
	(void)run(&turn);
}

static void it_always_comes_back_and_no_number_twice(void **state)
{
	const char *named = getenv("FOYER_CUTS");
	struct chance chance = { 20 };
	struct turn first = { .phase = PHASES }, last = { .phase = PHASES };

	(void)state;
	assert_true(run(&first));
	for (int i = 0, cuts = named ? atoi(named) : 20; i < cuts; i++)
		run_cut(&chance, i, &first);
	assert_true(run(&last));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_always_comes_back_and_no_number_twice),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
