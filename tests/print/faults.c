#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/escpos.h"
#include "print/printer.h"
#include "tests/support/emulator.h"
#include "tests/support/logged.h"
#include "tests/support/paper.h"
#include "tests/support/slow.h"
#include "tests/support/symbol.h"

/*
 * Every way in which a printer is known to fail, by the emulator's words: what
 * the kiosk is told, that a paper is never taken for out that is not, and that
 * the same ticket comes out whole once the printer was mended.
 */
struct bench {
	struct picture *picture;
	struct emulator *emulator;
	struct printer *printer;
	int64_t now;
};

static int set_up(void **state)
{
	struct bench *bench = xcalloc(1, sizeof *bench);
	struct paper paper = sample_paper;
	char digits[GEOMETRY_DIGITS + 1];

	geometry_digits(&geometries[0], 5, digits);
	paper.symbol = geometry_symbol(&geometries[0], digits);
	if (paper_draw(&paper, PAPER_NARROW, &bench->picture))
		return -1;
	geometry_free(&paper.symbol);
	bench->now = 1000;
	logged_start();
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	logged_stop();
	printer_free(bench->printer);
	emulator_free(bench->emulator);
	picture_free(bench->picture);
	free(bench);
	return 0;
}

/* A new printer with these faults, parted by blanks. */
static void put(struct bench *bench, const char *faults)
{
	SCOPED(char_freep) char *words = xstrdup(faults);
	SCOPED(char_freep) char *address = NULL;
	char *next = words, *word;

	printer_free(bench->printer);
	emulator_free(bench->emulator);
	bench->printer = NULL;
	bench->emulator = emulator_new(PAPER_NARROW);
	while ((word = strsep(&next, " "))) {
		if (*word)
			assert_true(
			    emulator_fault(&bench->emulator->faults, word));
	}
	address =
	    xasprintf("tcp:127.0.0.1:%d", emulator_open_tcp(bench->emulator));
	assert_int_equal(printer_new(address, &bench->printer), FAULT_NONE);
}

static enum printer_answer print(struct bench *bench)
{
	printer_start(bench->printer, bench->picture, bench->now);
	return emulator_run(bench->emulator, bench->printer, &bench->now);
}

static size_t picture_length(const struct bench *bench)
{
	return (size_t)bench->picture->height * PAPER_NARROW / 8;
}

static bool is_out(const struct bench *bench)
{
	const struct bytes *paper = &bench->emulator->paper;

	return paper->length &&
	       memmem(paper->data, paper->length, bench->picture->bits,
		      picture_length(bench));
}

/* Somebody looks after it, and the same ticket is sent again. */
static void expect_recovery(struct bench *bench, const char *faults)
{
	bench->emulator->faults = EMULATOR_SOUND;
	emulator_refill(bench->emulator);
	for (int i = 0; i < 50; i++)
		emulator_pump(bench->emulator, bench->now += 20);
	bytes_done(&bench->emulator->paper);
	bench->emulator->unknown = 0;
	if (print(bench) != PRINTER_CONFIRMED || !is_out(bench) ||
	    bench->emulator->unknown)
		fail_msg("after %s it does not print well", faults);
}

static void each_fault_is_told_and_got_over(void **state)
{
	static const struct {
		const char *faults;
		enum printer_answer answer;
		bool out;
	} cases[] = {
		{ "", PRINTER_CONFIRMED, true },
		{ "near-end", PRINTER_CONFIRMED, true },
		{ "paper-out=0", PRINTER_NO_PAPER, false },
		{ "paper-out=300", PRINTER_UNKNOWN, false },
		/* It says that it printed, and that it has no paper. */
		{ "paper-out=300 dry", PRINTER_UNKNOWN, false },
		{ "cover", PRINTER_COVER_OPEN, false },
		{ "offline", PRINTER_OFFLINE, false },
		/* The paper is out and hangs in the cutter. */
		{ "jam", PRINTER_UNKNOWN, true },
		{ "mute", PRINTER_UNKNOWN, true },
		{ "never-done", PRINTER_UNKNOWN, true },
		{ "stale", PRINTER_CONFIRMED, true },
		{ "stale never-done", PRINTER_UNKNOWN, true },
		{ "garbage", PRINTER_UNKNOWN, true },
		{ "other-model", PRINTER_UNKNOWN, true },
		{ "constant=18", PRINTER_CONFIRMED, true },
		{ "constant=26", PRINTER_OFFLINE, false },
		{ "late=3000", PRINTER_CONFIRMED, true },
		{ "late=60000", PRINTER_UNKNOWN, true },
		{ "low-byte multiple-of-48", PRINTER_CONFIRMED, true },
		{ "obeys-raster", PRINTER_CONFIRMED, true },
		{ "buffer=4096 slow=400", PRINTER_CONFIRMED, true },
		/* No flow control: what is missing swallows the question. */
		{ "buffer=4096 slow=100 overrun", PRINTER_UNKNOWN, false },
		{ "cut-off=10", PRINTER_OFFLINE, false },
		{ "cut-off=20000", PRINTER_UNKNOWN, false },
		{ "cut-off=20000 power", PRINTER_UNKNOWN, false },
		{ "dead-dot=17", PRINTER_CONFIRMED, false },
	};
	struct bench *bench = *state;
	size_t step = loops(4) < 4 ? 5 : 1;

	for (size_t i = 0; i < COUNT(cases); i += step) {
		enum printer_answer answer;

		put(bench, cases[i].faults);
		answer = print(bench);
		if (answer != cases[i].answer || is_out(bench) != cases[i].out)
			fail_msg("%s: answer %d, out %d", cases[i].faults,
				 answer, is_out(bench));
		expect_recovery(bench, cases[i].faults);
	}
}

/* Prints with these faults, and again once they were mended. */
static void expect_no_false_word(struct bench *bench, const char *faults)
{
	put(bench, faults);
	if (print(bench) == PRINTER_CONFIRMED && !is_out(bench))
		fail_msg("%s: it is not out", faults);
	expect_recovery(bench, faults);
}

/* A dead dot aside, which no printer knows of, whatever else is the matter:
 * every pair, also of two that tell the same. */
static void no_two_faults_make_a_paper_seem_out(void **state)
{
	static const char *const faults[] = {
		"paper-out=200", "near-end",    "offline",   "jam",
		"dry",           "never-done",  "garbage",   "other-model",
		"constant=18",   "constant=0",  "late=700",  "low-byte",
		"slow=2000",     "buffer=4096", "overrun",   "obeys-raster",
		"cut-off=9000",  "power",       "late=3000",
	};
	struct bench *bench = *state;
	size_t step = loops(4) < 4 ? 7 : 1;

	for (size_t i = 0; i < COUNT(faults); i += step) {
		for (size_t j = i; j < COUNT(faults); j += step) {
			SCOPED(char_freep)
			char *both = xasprintf("%s %s", faults[i], faults[j]);

			expect_no_false_word(bench, both);
		}
	}
}

/* What looks like an acknowledgement, and is what it says of its state, come
 * too late. */
static void a_late_status_is_no_acknowledgement(void **state)
{
	static const char *const faults[] = {
		"constant=0 late=3000 paper-out=200",
		"constant=0 late=2600 never-done paper-out=0",
		"constant=0 late=3000 never-done slow=2000 paper-out=0",
		"constant=3 late=3000 paper-out=200",
		"constant=0 late=3000 paper-out=0 near-end",
	};

	for (size_t i = 0; i < COUNT(faults); i++)
		expect_no_false_word(*state, faults[i]);
}

static void what_is_no_fault_is_refused_with_what_is(void **state)
{
	static const struct {
		const char *word, *said;
	} wrong[] = {
		{ "fire", "no such fault" },
		{ "", "no such fault" },
		{ "mute=1", "write mute alone" },
		{ "paper-out", "write paper-out=N" },
		{ "paper-out=", "write paper-out=N" },
		{ "constant=256", "N from 0 to 255" },
		{ "late=-1", "N from 0 to 60000" },
		{ "late=5x", "N from 0 to 60000" },
	};
	struct emulator_faults faults = EMULATOR_SOUND;
	struct bytes list = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_false(emulator_fault(&faults, wrong[i].word));
		assert_non_null(strstr(logged(), wrong[i].said));
	}
	emulator_fault_list(&list);
	assert_non_null(strstr((const char *)list.data, "paper-out=N\n"));
	bytes_done(&list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(each_fault_is_told_and_got_over),
		TEST(no_two_faults_make_a_paper_seem_out),
		TEST(a_late_status_is_no_acknowledgement),
		TEST(what_is_no_fault_is_refused_with_what_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
