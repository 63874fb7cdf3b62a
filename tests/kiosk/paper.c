#include "tests/test.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "scan/picture.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/stand.h"

/* What the visitor has in hand in the end, whatever the printer does. */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* --- the symbol on the screen ----------------------------------------------
 */

#define DOTS 4 /* of a picture for each module */

static void ink(struct picture *picture, int y, int x)
{
	for (int i = 0; i < DOTS; i++) {
		for (int j = 0; j < DOTS; j++)
			picture_ink(picture, x * DOTS + j, y * DOTS + i);
	}
}

/* The terminal's half blocks as a photograph would have them. */
static struct picture *photograph(struct stand *stand, int rows, int columns)
{
	struct picture *picture =
	    picture_new(columns * DOTS / 8 * 8, rows * 2 * DOTS);

	for (int y = 0; y < rows; y++) {
		for (int x = 0; x < columns; x++) {
			unsigned c = pty_character(stand->pty, y, x);

			if (c == 0x2588 || c == 0x2580)
				ink(picture, y * 2, x);
			if (c == 0x2588 || c == 0x2584)
				ink(picture, y * 2 + 1, x);
		}
	}
	return picture;
}

/* The digits of the symbol on the screen; the caller frees them. */
static char *digits_on_screen(struct stand *stand, int rows, int columns)
{
	SCOPED(picture_freep)
	struct picture *picture = photograph(stand, rows, columns);
	struct scan_symbols symbols = { 0 };
	struct bytes png = { 0 };
	char *digits;

	picture_png(picture, PICTURE_MARGIN, &png);
	assert_int_equal(
	    scan_picture_bytes("screen", png.data, png.length, &symbols),
	    FAULT_NONE);
	assert_int_equal(symbols.count, 1);
	digits = xstrdup(symbols.text[0]);
	scan_symbols_done(&symbols);
	bytes_done(&png);
	return digits;
}

/* What `foyer record file` says of digits; the caller frees it. */
static char *filed(const struct stand *stand, const char *digits)
{
	struct output output =
	    program_run(digits, "foyer record file --home %s", stand->home);

	free(output.err);
	return output.out;
}

static void without_a_printer_a_large_screen_shows_the_symbol(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 50, 160, "");
	stand_begin(&stand);
	stand_finish(&stand);
	stand_expect(&stand, "Go to the desk now and ask them to scan this.");
	stand_expect(&stand, "K7-0001");
	pty_settle(stand.pty, 300);
	SCOPED(char_freep) char *digits = digits_on_screen(&stand, 50, 160);
	SCOPED(char_freep) char *answer = filed(&stand, digits);

	assert_non_null(strstr(answer, "\"filed\""));
	stand_done(&stand);
}

static int count_of(const char *text, const char *what)
{
	int count = 0;

	while ((text = strstr(text, what))) {
		text += strlen(what);
		count++;
	}
	return count;
}

/* It is as without one, for every visitor. */
static void an_address_that_is_none_is_complained_of_once(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "[printer]\naddress = lp0\n");
	stand_begin(&stand);
	stand_finish(&stand);
	stand_expect(&stand, "K7-0001");
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_int_equal(count_of(log, "address = lp0:"), 1);
	stand_done(&stand);
}

/* --- what waits for its paper ----------------------------------------------
 */

static bool waits(const struct stand *stand, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(stand->home, name);

	return file_exists(path);
}

/* The visit ends, by a key or by itself, and its ticket is not lost. */
static void expect_waiting(struct stand *stand)
{
	stand_expect(stand, "Welcome");
	pty_settle(stand->pty, 300);
	assert_true(waits(stand, "kiosk/waiting-1"));
	assert_false(waits(stand, "kiosk/pending"));
}

static void expect_none_waits(struct stand *stand)
{
	stand_expect(stand, "Welcome");
	pty_settle(stand->pty, 300);
	assert_false(waits(stand, "kiosk/waiting-1"));
	assert_false(waits(stand, "kiosk/pending"));
}

/* A key as a person presses it who has read the screen. */
static void press_after(struct stand *stand, int ms)
{
	pty_settle(stand->pty, ms);
	pty_send(stand->pty, PTY_ENTER);
}

/* Without a printer the symbol is the ticket: it is theirs once they leave it.
 */
static void a_symbol_that_was_taken_does_not_wait(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 50, 160, "");
	stand_begin(&stand);
	stand_finish(&stand);
	stand_expect(&stand, "Go to the desk now and ask them to scan this.");
	press_after(&stand, 6000);
	expect_none_waits(&stand);
	stand_done(&stand);
}

/* Too soon, or by itself: nobody knows that it was scanned. */
static void one_that_nobody_took_waits(void **state)
{
	static const struct {
		const char *settings;
		bool pressed;
	} cases[] = { { "", true }, { "[kiosk]\nlast = 1\n", false } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct stand stand;

		stand_start(&stand, 50, 160, cases[i].settings);
		stand_begin(&stand);
		stand_finish(&stand);
		stand_expect(&stand, "ask them to scan this.");
		if (cases[i].pressed)
			press_after(&stand, 1200);
		expect_waiting(&stand);
		stand_done(&stand);
	}
}

static void on_a_small_one_the_number_is_what_counts(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	stand_finish(&stand);
	stand_expect(&stand, "K7-0001");
	SCOPED(char_freep) char *screen = pty_screen(stand.pty);

	assert_null(strstr(screen, "█"));
	assert_null(strstr(screen, "▀"));
	/* Nothing is there to be scanned, and nobody is sent with it. */
	assert_null(strstr(screen, "scan this"));
	press_after(&stand, 6000);
	expect_waiting(&stand);
	stand_done(&stand);
}

/* The name of the agency has a letter that no font has. */
static void
a_paper_that_cannot_be_drawn_is_told_before_anybody_comes(void **state)
{
	struct stand stand;

	(void)state;
	stand_home(&stand, "[agency]\nname = Help\xF4\x80\x80\x80\n");
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", stand.home, NULL };

	stand.pty = pty_start(argv, NULL, 24, 80);
	stand_expect(&stand, "no installed font has 1");
	assert_false(pty_shows(stand.pty, "Welcome"));
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_non_null(strstr(log, "agency"));
	stand_done(&stand);
}

/* --- printers --------------------------------------------------------------
 */

/* A stand whose printer is the emulator. */
static void start_with(struct stand *stand, struct emulator *emulator,
		       const char *more)
{
	SCOPED(char_freep)
	char *settings = xasprintf("%s[printer]\naddress = tcp:127.0.0.1:%d\n",
				   more, emulator_open_tcp(emulator));

	stand_start(stand, 24, 80, settings);
}

/* Both go on until the screen has the text. */
static void pump_until(struct stand *stand, struct emulator *emulator,
		       const char *text)
{
	int64_t end = now_ms() + 20000;

	while (!pty_shows(stand->pty, text) && now_ms() < end) {
		emulator_pump(emulator, now_ms());
		pty_wait(stand->pty, 5);
	}
	stand_expect(stand, text);
}

static void a_paper_that_came_out_is_to_be_shown(void **state)
{
	struct emulator *emulator = emulator_new(384);
	struct stand stand;

	(void)state;
	start_with(&stand, emulator, "");
	stand_begin(&stand);
	stand_finish(&stand);
	pump_until(&stand, emulator, "Please show this paper at the desk now");
	stand_expect(&stand, "K7-0001");
	assert_int_equal(emulator->cuts, 1);
	press_after(&stand, 1200);
	expect_none_waits(&stand);
	stand_done(&stand);
	emulator_free(emulator);
}

static void no_paper_is_said_with_the_number(void **state)
{
	struct emulator *emulator = emulator_new(384);
	struct stand stand;

	(void)state;
	emulator->faults.paper_ends_at = 0;
	start_with(&stand, emulator, "");
	stand_begin(&stand);
	stand_finish(&stand);
	pump_until(&stand, emulator,
		   "The printer has no paper. Your number is K7-0001. "
		   "Please go to the desk.");
	press_after(&stand, 1200);
	expect_waiting(&stand);
	stand_done(&stand);
	emulator_free(emulator);
}

/* A mute printer: nobody knows, so the person is asked, and the same ticket is
 * printed again, three times at most. */
static void a_mute_printer_asks_whether_the_paper_came_out(void **state)
{
	struct emulator *emulator = emulator_new(384);
	struct stand stand;

	(void)state;
	emulator->faults.mute = true;
	start_with(&stand, emulator, "");
	stand_begin(&stand);
	stand_finish(&stand);
	for (int copy = 1; copy <= 3; copy++) {
		pump_until(&stand, emulator, "Did your paper come out?");
		assert_int_equal(emulator->cuts, copy);
		pty_send(stand.pty, "2");
		stand_expect_gone(&stand, "Did your paper come out?");
	}
	pump_until(&stand, emulator, "Your number is K7-0001");
	assert_int_equal(emulator->cuts, 3);
	press_after(&stand, 1200);
	expect_waiting(&stand);
	stand_done(&stand);
	emulator_free(emulator);
}

static void
who_says_yes_has_it_and_who_says_nothing_is_not_waited_for(void **state)
{
	static const char *const keys[] = { "1", "" };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct emulator *emulator = emulator_new(384);
		struct stand stand;

		emulator->faults.mute = true;
		start_with(&stand, emulator, "[kiosk]\nidle = 2\n");
		stand_begin(&stand);
		stand_finish(&stand);
		pump_until(&stand, emulator, "Did your paper come out?");
		pty_send(stand.pty, keys[i]);
		pump_until(&stand, emulator, "K7-0001");
		assert_int_equal(emulator->cuts, 1);
		press_after(&stand, 1200);
		if (*keys[i])
			expect_none_waits(&stand);
		else
			expect_waiting(&stand);
		stand_done(&stand);
		emulator_free(emulator);
	}
}

/* Nobody can take it off the disk then, whatever the person says. */
static void a_porter_that_dies_leaves_the_ticket_to_staff(void **state)
{
	static const char *const keys[] = { "1", "2" };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct emulator *emulator = emulator_new(384);
		struct stand stand;

		emulator->faults.mute = true;
		start_with(&stand, emulator, "");
		stand_begin(&stand);
		stand_finish(&stand);
		pump_until(&stand, emulator, "Did your paper come out?");
		kill(stand_porter(&stand), SIGKILL);
		pty_settle(stand.pty, 200);
		pty_send(stand.pty, keys[i]);
		pump_until(&stand, emulator, "K7-0001");
		press_after(&stand, 1200);
		expect_waiting(&stand);
		stand_done(&stand);
		emulator_free(emulator);
	}
}

/* --- an old ticket ---------------------------------------------------------
 */

/* What follows a key of the issued ticket's line: "digits" of the output. */
static char *old_digits(const struct stand *stand)
{
	static const char answers[] = "{\"B1\": \"YES\"}";
	SCOPED(char_freep) char *path = folder_file(stand->folder, "a.json");
	struct output output;
	char *digits, *end;

	assert_int_equal(file_write(path, answers, strlen(answers), 0600),
			 FAULT_NONE);
	output = program_run("",
			     "foyer ticket issue --home %s --form intake "
			     "--answers %s --digits",
			     stand->home, path);
	if (output.status)
		fail_msg("%s", output.err);
	/* The longest run of digits is the symbol's. */
	digits = output.out;
	for (char *at = output.out; *at; at = end + !!*end) {
		end = at + strspn(at, "0123456789");
		if (end - at > 200) {
			digits = xstrndup(at, (size_t)(end - at));
			break;
		}
	}
	assert_ptr_not_equal(digits, output.out);
	output_done(&output);
	return digits;
}

/* The record keeps the kiosk's id and the number, and no more of it. */
static void expect_suggestion(const struct stand *stand)
{
	SCOPED(char_freep)
	char *look = xasprintf(
	    "grep -rqaE '<earlier_ticket>[0-9A-F]{4}-1</' '%s/record'",
	    stand->home);

	assert_int_equal(system(look), 0);
}

static void an_old_ticket_becomes_a_suggestion_to_staff(void **state)
{
	struct stand stand;

	(void)state;
	stand_home(&stand, "");
	SCOPED(char_freep) char *digits = old_digits(&stand);
	SCOPED(char_freep) char *scan = xasprintf("%s\r", digits);

	stand_open(&stand, 50, 160);
	stand_begin(&stand);
	pty_settle(stand.pty, 100);
	pty_send(stand.pty, "3");
	stand_expect(&stand, "Please scan your old ticket");
	pty_settle(stand.pty, 200);
	/* As a wedge scanner types it: all at once. */
	pty_send(stand.pty, scan);
	stand_press(&stand, "Which language do you want to speak", "1");
	stand_press(&stand, "Can we use your answers", "1");
	stand_press(&stand, "can we keep your answers", "1");
	stand_press(&stand, "Can you wait for your turn?", "1");
	stand_press(&stand, "answer some questions now", "2");
	stand_press(&stand, "Check your answers", "1");
	stand_expect(&stand, "K7-0065");
	pty_settle(stand.pty, 300);
	SCOPED(char_freep) char *symbol = digits_on_screen(&stand, 50, 160);
	SCOPED(char_freep) char *answer = filed(&stand, symbol);

	assert_non_null(strstr(answer, "\"filed\""));
	expect_suggestion(&stand);
	stand_done(&stand);
}

/* --- what stays ------------------------------------------------------------
 */

static void nothing_of_the_answers_is_in_the_log(void **state)
{
	static const char *const words[] = { "Zq7731", "English", "SELF",
					     "APT" };
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	stand_press(&stand, "Have you been here before?", "1");
	stand_press(&stand, "Which language do you want to speak", "1");
	stand_press(&stand, "Can we use your answers", "1");
	stand_press(&stand, "can we keep your answers", "1");
	stand_press(&stand, "Can you wait for your turn?", "1");
	stand_press(&stand, "answer some questions now", "1");
	stand_press(&stand, "A-B-C letters", "Zq7731");
	stand_press(&stand, "Zq7731", "\t");
	stand_expect(&stand, "When were you born?");
	SCOPED(char_freep)
	char *look = xasprintf("grep -rq Zq7731 '%s'", stand.folder);

	assert_int_not_equal(system(look), 0);
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	for (size_t i = 0; i < COUNT(words); i++)
		assert_null(strstr(log, words[i]));
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    without_a_printer_a_large_screen_shows_the_symbol),
		cmocka_unit_test(on_a_small_one_the_number_is_what_counts),
		cmocka_unit_test(an_address_that_is_none_is_complained_of_once),
		cmocka_unit_test(a_symbol_that_was_taken_does_not_wait),
		cmocka_unit_test(one_that_nobody_took_waits),
		cmocka_unit_test(
		    a_paper_that_cannot_be_drawn_is_told_before_anybody_comes),
		cmocka_unit_test(a_paper_that_came_out_is_to_be_shown),
		cmocka_unit_test(no_paper_is_said_with_the_number),
		cmocka_unit_test(
		    a_mute_printer_asks_whether_the_paper_came_out),
		cmocka_unit_test(
		    who_says_yes_has_it_and_who_says_nothing_is_not_waited_for),
		cmocka_unit_test(a_porter_that_dies_leaves_the_ticket_to_staff),
		cmocka_unit_test(an_old_ticket_becomes_a_suggestion_to_staff),
		cmocka_unit_test(nothing_of_the_answers_is_in_the_log),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
