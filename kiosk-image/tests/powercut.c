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
 * The emulated card keeps what the kernel wrote, in the order it was written.
 * What a real card loses of its own buffers is for real cards to show.
 */
#define VISITOR "no-consent-number-fr"
#define VISITOR_LANGUAGE "fr"
#define START 600    /* seconds at most, on any busy machine */
#define PRINTING 240 /* seconds for the paper */

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
	double moment; /* seconds after the start */
	bool came;     /* the welcome did */
};

static bool is_over(const struct turn *turn)
{
	return machine_age(turn->machine) >= turn->moment;
}

static bool comes(struct turn *turn)
{
	double left = turn->moment - machine_age(turn->machine);
	int wait = left < START ? (int)(left * 1000) + 1 : START * 1000;

	turn->came =
	    machine_hears(turn->machine, MACHINE_READY, "ready ", wait) &&
	    machine_hears(turn->machine, MACHINE_READY, "\n", wait);
	if (!turn->came && !is_over(turn))
		(void)machine_expect(turn->machine, MACHINE_READY, "ready ", 1);
	return turn->came;
}

/* Key by key, so that the plug can be pulled between any two. */
static void type(struct turn *turn, const char *keys)
{
	while (*keys && !is_over(turn)) {
		size_t length = *keys == '{' ? strcspn(keys, "}") + 1 : 1;
		SCOPED(char_freep) char *key = xstrndup(keys, length);

		machine_type(turn->machine, key);
		keys += length;
	}
}

static void await_paper(struct turn *turn)
{
	double end = machine_age(turn->machine) + PRINTING;

	while (!lab.printer->cuts && !is_over(turn) &&
	       machine_age(turn->machine) < end)
		machine_wait(turn->machine, 50);
}

static void visit(struct turn *turn)
{
	int rows, columns;
	SCOPED(char_freep) char *keys = NULL;

	if (sscanf(machine_said(turn->machine, MACHINE_READY), "ready %dx%d",
		   &columns, &rows) != 2)
		fail_msg("the kiosk does not say how large its screen is");
	keys = walk_keys(lab.home, VISITOR, VISITOR_LANGUAGE, rows, columns);
	type(turn, "{ret}");
	type(turn, keys);
	await_paper(turn);
}

/* Seconds that it took; 0: the moment came first. */
static double run(struct turn *turn)
{
	struct filed filed = { 0 };
	double took = 0;

	lab_new_printer(&lab);
	turn->machine = lab_start(&lab, MACHINE_VIRT);
	if (comes(turn))
		visit(turn);
	if (lab.printer->cuts) {
		took = machine_age(turn->machine);
		filed = lab_file(&lab, 0);
		assert_string_equal(filed.status, "filed");
	}
	print_message("%s, %s\n",
		      turn->came ? "it came"
				 : "the plug was pulled before it came",
		      took > 0 ? "and a ticket was filed" : "no paper");
	filed_done(&filed);
	machine_cut(turn->machine);
	return took;
}

static void it_always_comes_back_and_no_number_twice(void **state)
{
	const char *named = getenv("FOYER_CUTS");
	struct chance chance = { 20 };
	struct turn whole = { .moment = 1e9 };
	double took;

	(void)state;
	took = run(&whole);
	assert_true(took > 0);
	for (int i = 0, cuts = named ? atoi(named) : 20; i < cuts; i++) {
		struct turn cut = {
			.moment = took * chance_below(&chance, 1000) / 1000,
		};

		print_message("cut %d at %.1f s: ", i + 1, cut.moment);
		(void)run(&cut);
	}
	whole = (struct turn){ .moment = 1e9 };
	assert_true(run(&whole) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_always_comes_back_and_no_number_twice),
	};

	return cmocka_run_group_tests(tests, prepare, clear);
}
