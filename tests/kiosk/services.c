#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "kiosk/browse.h"
#include "kiosk/world.h"
#include "scan/picture.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/golden.h"
#include "tests/support/stand.h"

/*
 * Looking through services at the kiosk: the real program in a terminal, with
 * the services of an invented town.
 */
#define QUICK "[kiosk]\nidle = 1\nextend = 1\n"

static void put_services(const struct stand *stand, const char *bytes,
			 size_t length)
{
	SCOPED(char_freep)
	char *path = folder_file(stand->home, "services.json");

	assert_int_equal(file_write(path, bytes, length, 0600), FAULT_NONE);
}

/* With the services of the town, at the welcome. */
static void open_town(struct stand *stand, int rows, int columns,
		      const char *settings)
{
	stand_home(stand, settings);
	stand_services(stand);
	stand_open(stand, rows, columns);
	stand_expect(stand, "Look at services");
}

/* In English, on to what there is for a place to live. */
static void look_for_a_home(struct stand *stand)
{
	stand_press(stand, "Welcome", "2");
	stand_press(stand, "Choose your language", "1");
	stand_press(stand, "What are you looking for?", "2");
	stand_expect(stand, "Housing help desk");
}

static void assert_shows(struct stand *stand, const char *name, int rows,
			 int columns)
{
	SCOPED(char_freep) char *screen = pty_screen(stand->pty);
	SCOPED(char_freep)
	char *full = xasprintf("kiosk-%s-%dx%d", name, columns, rows);

	assert_golden(full, screen);
}

static void services_are_looked_through_on_any_screen(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = { { 24, 80 }, { 14, 60 }, { 45, 160 } };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		const int rows = sizes[i].rows, columns = sizes[i].columns;
		struct stand stand;

		open_town(&stand, rows, columns, "");
		stand_press(&stand, "Welcome", "2");
		stand_press(&stand, "Choose your language", "1");
		stand_expect(&stand, "What are you looking for?");
		assert_shows(&stand, "needs", rows, columns);
		pty_send(stand.pty, "2");
		stand_expect(&stand, "Shelter line");
		assert_shows(&stand, "places", rows, columns);
		pty_send(stand.pty, "1");
		stand_expect(&stand, "Print this");
		assert_shows(&stand, "service", rows, columns);
		stand_done(&stand);
	}
}

/* Keys of a keypad lead everywhere, and back is the way out. */
static void six_keys_do_it(void **state)
{
	struct stand stand;
	pid_t before;

	(void)state;
	open_town(&stand, 24, 80, "");
	before = stand_visitor(&stand);
	pty_send(stand.pty, PTY_DOWN);
	stand_expect(&stand, "▸ 2");
	pty_send(stand.pty, PTY_ENTER);
	/* The language whose turn it was has the focus. */
	stand_press(&stand, "Choose your language", "1");
	/* Columns are walked, too. */
	stand_press(&stand, "What are you looking for?", PTY_RIGHT);
	stand_press(&stand, "▸ 2", PTY_LEFT);
	stand_press(&stand, "▸ 1", PTY_ENTER);
	stand_press(&stand, "Being safe", PTY_ENTER);
	stand_expect(&stand, "For women only");
	for (const char *const *back =
		 (const char *const[]){
		     "Being safe", "What are you looking for?",
		     "Choose your language", "Welcome", NULL };
	     *back; back++) {
		pty_send(stand.pty, PTY_ESCAPE);
		stand_expect(&stand, *back);
	}
	pty_settle(stand.pty, 300);
	assert_int_not_equal(stand_visitor(&stand), before);
	stand_done(&stand);
}

static void pages_are_turned_and_the_key_stays(void **state)
{
	struct stand stand;

	(void)state;
	open_town(&stand, 14, 60, "");
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	stand_press(&stand, "Riverside Housing Trust", PTY_RIGHT);
	stand_press(&stand, "12 Invented Street", PTY_RIGHT);
	stand_press(&stand, "Fri 09:00-12:00", PTY_RIGHT);
	stand_press(&stand, "Everybody, whatever", PTY_RIGHT);
	stand_expect(&stand, "Ramp at the back door");
	assert_true(pty_shows(stand.pty, "Print this"));
	/* There is no further one. */
	pty_send(stand.pty, PTY_RIGHT);
	pty_send(stand.pty, PTY_LEFT);
	stand_expect(&stand, "Everybody, whatever");
	stand_done(&stand);
}

/* Only what is in the directory, and it says that it may be old. */
static void what_nobody_checked_is_marked_and_not_printed(void **state)
{
	struct stand stand;

	(void)state;
	open_town(&stand, 24, 80, "");
	stand_press(&stand, "Welcome", "2");
	stand_press(&stand, "Choose your language", "1");
	stand_press(&stand, "Learning English or French", "5");
	stand_press(&stand, "Language assessment", "1");
	stand_expect(&stand, "Nobody checked this lately.");
	assert_false(pty_shows(stand.pty, "Print this"));
	stand_done(&stand);
}

static void without_services_there_is_no_such_way(void **state)
{
	static const char *const texts[] = {
		NULL, "{", "{\"shape\":\"foyer services 1\",\"services\":[]}"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct stand stand;

		stand_home(&stand, "");
		if (texts[i])
			put_services(&stand, texts[i], strlen(texts[i]));
		stand_open(&stand, 24, 80);
		stand_expect(&stand, "Welcome");
		assert_false(pty_shows(stand.pty, "services"));
		pty_send(stand.pty, "2");
		stand_press(&stand, "Choose your language", "1");
		stand_expect(&stand, "Who is answering?");
		stand_done(&stand);
	}
}

/* --- no trace ----------------------------------------------------------------
 */

/* Names and contents of all files of the home but the log. */
static char *everything(const struct stand *stand)
{
	SCOPED(char_freep)
	char *command = xasprintf("cd %s && find . -type f ! -name kiosk.log"
				  " | sort | xargs sha256sum",
				  stand->home);
	struct bytes all = { 0 };
	char piece[4096];
	size_t got;
	FILE *said = popen(command, "r");

	assert_non_null(said);
	while ((got = fread(piece, 1, sizeof piece, said)))
		bytes_add(&all, piece, got);
	assert_int_equal(pclose(said), 0);
	return bytes_take_text(&all);
}

static void looking_leaves_nothing_behind(void **state)
{
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *after = NULL;
	SCOPED(char_freep) char *log = NULL;
	struct stand stand;

	(void)state;
	open_town(&stand, 24, 80, "[printer]\naddress = file:/dev/null\n");
	before = everything(&stand);
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	stand_press(&stand, "Print this", "1");
	stand_press(&stand, "Print this", PTY_F9);
	stand_press(&stand, "Erase everything and start again?", "2");
	stand_expect(&stand, "Look at services");
	after = everything(&stand);
	assert_string_equal(after, before);
	log = stand_file(&stand, "kiosk/kiosk.log");
	assert_null(strstr(log, "Housing"));
	assert_null(strstr(log, "services"));
	stand_done(&stand);
}

static void who_goes_away_leaves_the_welcome(void **state)
{
	struct stand stand;

	(void)state;
	open_town(&stand, 24, 80, QUICK);
	look_for_a_home(&stand);
	stand_expect(&stand, "Are you still here?");
	pty_send(stand.pty, "x");
	stand_expect(&stand, "Housing help desk");
	stand_expect(&stand, "Are you still here?");
	stand_expect(&stand, "Look at services");
	stand_done(&stand);
}

/* Somebody who looks things up can be overheard by no other program. */
static void whoever_looks_is_shut_in(void **state)
{
	struct stand stand;
	SCOPED(char_freep) char *path = NULL;
	struct bytes status = { 0 };

	(void)state;
	open_town(&stand, 24, 80, "");
	look_for_a_home(&stand);
	path = xasprintf("/proc/%d/status", stand_visitor(&stand));
	assert_int_equal(file_read(path, 1 << 16, &status), FAULT_NONE);
	bytes_add_byte(&status, 0);
	assert_non_null(strstr((char *)status.data, "Seccomp:\t2"));
	bytes_done(&status);
	stand_done(&stand);
}

/* --- paper -------------------------------------------------------------------
 */

static void await_slip(const struct stand *stand, const char *slip)
{
	for (int i = 0; i < 100 && !file_exists(slip); i++)
		pty_settle(stand->pty, 50);
	assert_true(file_exists(slip));
}

static void a_slip_comes_out_and_is_no_ticket(void **state)
{
	struct stand stand;
	SCOPED(char_freep) char *settings = NULL;
	SCOPED(char_freep) char *slip = NULL;
	SCOPED(folder_freep) char *folder = folder_new();
	struct scan_symbols symbols;

	(void)state;
	slip = folder_file(folder, "slip.png");
	settings = xasprintf("[printer]\naddress = file:%s\n", slip);
	open_town(&stand, 24, 80, settings);
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	stand_press(&stand, "Print this", "1");
	await_slip(&stand, slip);
	/* The page is still there. */
	stand_expect(&stand, "Riverside Housing Trust");
	assert_int_equal(scan_picture(slip, &symbols), FAULT_NONE);
	assert_int_equal(symbols.count, 0);
	scan_symbols_done(&symbols);
	stand_done(&stand);
}

/* No key is there that would be refused. */
static void as_many_slips_come_out_as_are_offered(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *slip = folder_file(folder, "slip.png");
	SCOPED(char_freep)
	char *settings = xasprintf("[printer]\naddress = file:%s\n", slip);
	struct stand stand;

	(void)state;
	open_town(&stand, 24, 80, settings);
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	for (int i = 0; i < BROWSE_SLIPS; i++) {
		stand_press(&stand, "Print this", "1");
		await_slip(&stand, slip);
		assert_int_equal(unlink(slip), 0);
		pty_settle(stand.pty, 500);
	}
	assert_false(pty_shows(stand.pty, "It cannot be printed now."));
	pty_send(stand.pty, PTY_ESCAPE);
	stand_press(&stand, "Housing help desk", "1");
	stand_expect(&stand, "Riverside Housing Trust");
	assert_false(pty_shows(stand.pty, "Print this"));
	stand_done(&stand);
}

/* Printer and kiosk go on, until the printer has what counts it. */
static void pump_until(struct stand *stand, struct emulator *emulator,
		       const int *count)
{
	const int64_t end = world_ticks() + 20000;

	while (!*count && world_ticks() < end) {
		emulator_pump(emulator, world_ticks());
		pty_wait(stand->pty, 5);
	}
	assert_true(*count);
}

/* A printer that takes a second or two for a slip: whoever asked for it, and
 * turns away, gets all of it, and nobody prints into it. */
static void whoever_turns_away_gets_the_whole_slip(void **state)
{
	struct emulator *emulator = emulator_new(384);
	SCOPED(char_freep)
	char *settings = xasprintf("[printer]\naddress = tcp:127.0.0.1:%d\n",
				   emulator_open_tcp(emulator));
	struct stand stand;

	(void)state;
	emulator->faults.rows_a_second = 400;
	emulator->faults.buffer = 4096;
	open_town(&stand, 24, 80, settings);
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	stand_press(&stand, "Print this", "1");
	pump_until(&stand, emulator, &emulator->jobs);
	/* Another page has no key for another slip meanwhile. */
	pty_send(stand.pty, PTY_ESCAPE);
	stand_press(&stand, "Shelter line", "2");
	stand_expect(&stand, "Your paper is coming");
	assert_false(pty_shows(stand.pty, "Print this"));
	for (const char *const *back =
		 (const char *const[]){ "Shelter line", "What are you looking",
					"Choose your language", NULL };
	     *back; back++) {
		pty_send(stand.pty, PTY_ESCAPE);
		stand_expect(&stand, *back);
	}
	assert_int_equal(emulator->cuts, 0);
	pty_send(stand.pty, PTY_ESCAPE);
	stand_expect(&stand, "Your paper is coming");
	pump_until(&stand, emulator, &emulator->acknowledgements);
	assert_int_equal(emulator->cuts, 1);
	stand_expect(&stand, "Welcome");
	stand_done(&stand);
	emulator_free(emulator);
}

/* --- who waits for the end of a slip ----------------------------------------
 */

/* A slip that takes half a minute on a line that holds little of it; whoever
 * asked for it has turned away. */
struct wait {
	struct emulator *emulator;
	struct stand stand;
	int64_t since;
};

/* Until text is shown, for ms at most; the printer prints on. */
static bool comes(struct wait *wait, const char *text, int milliseconds)
{
	const int64_t end = world_ticks() + milliseconds;

	while (!pty_shows(wait->stand.pty, text) && world_ticks() < end) {
		emulator_pump(wait->emulator, world_ticks());
		pty_wait(wait->stand.pty, 5);
	}
	return pty_shows(wait->stand.pty, text);
}

static void wait_start(struct wait *wait)
{
	static const char *const way_back[] = { "Housing help desk",
						"What are you looking",
						"Choose your language" };
	SCOPED(char_freep) char *settings = NULL;

	*wait = (struct wait){ .emulator = emulator_new(384) };
	wait->emulator->faults.rows_a_second = 25;
	wait->emulator->faults.buffer = 4096;
	settings = xasprintf("[printer]\naddress = tty:%s\n",
			     emulator_open_tty(wait->emulator));
	open_town(&wait->stand, 24, 80, settings);
	look_for_a_home(&wait->stand);
	pty_send(wait->stand.pty, "1");
	stand_press(&wait->stand, "Print this", "1");
	pump_until(&wait->stand, wait->emulator, &wait->emulator->jobs);
	for (size_t i = 0; i < COUNT(way_back); i++) {
		pty_send(wait->stand.pty, PTY_ESCAPE);
		assert_true(comes(wait, way_back[i], 5000));
	}
	wait->since = world_ticks();
	pty_send(wait->stand.pty, PTY_ESCAPE);
	assert_true(comes(wait, "Your paper is coming", 5000));
}

static int64_t wait_lasted(const struct wait *wait)
{
	return world_ticks() - wait->since;
}

static void wait_done(struct wait *wait)
{
	assert_int_equal(wait->emulator->acknowledgements, 0);
	stand_done(&wait->stand);
	emulator_free(wait->emulator);
}

/* The next person's own keys are for a screen that is not there yet; those that
 * call somebody are not to wait. */
static void who_calls_somebody_ends_the_wait(void **state)
{
	static const char *const keys[] = { PTY_F1, "\033[21~" };

	(void)state;
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct wait wait;

		wait_start(&wait);
		pty_send(wait.stand.pty, PTY_ENTER);
		pty_send(wait.stand.pty, "x");
		pty_send(wait.stand.pty, PTY_ESCAPE);
		assert_false(comes(&wait, "Welcome", 1000));
		pty_send(wait.stand.pty, keys[i]);
		assert_true(comes(&wait, "Welcome", 9000));
		assert_true(wait_lasted(&wait) < 12000);
		wait_done(&wait);
	}
}

static void nobody_waits_longer_than_a_quarter_of_a_minute(void **state)
{
	struct wait wait;

	(void)state;
	wait_start(&wait);
	assert_false(comes(&wait, "Welcome", 13000));
	assert_true(pty_shows(wait.stand.pty, "Your paper is coming"));
	assert_true(comes(&wait, "Welcome", 10000));
	assert_true(wait_lasted(&wait) >= 15000);
	wait_done(&wait);
}

static void without_paper_the_page_stays(void **state)
{
	struct stand stand;

	(void)state;
	open_town(&stand, 24, 80, "[printer]\naddress = none\n");
	look_for_a_home(&stand);
	pty_send(stand.pty, "1");
	stand_press(&stand, "Print this", "1");
	stand_expect(&stand, "It cannot be printed now.");
	assert_true(pty_shows(stand.pty, "613-555-0160"));
	pty_send(stand.pty, PTY_RIGHT);
	stand_expect(&stand, "Print this");
	stand_done(&stand);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_are_looked_through_on_any_screen),
		cmocka_unit_test(six_keys_do_it),
		cmocka_unit_test(pages_are_turned_and_the_key_stays),
		cmocka_unit_test(what_nobody_checked_is_marked_and_not_printed),
		cmocka_unit_test(without_services_there_is_no_such_way),
		cmocka_unit_test(looking_leaves_nothing_behind),
		cmocka_unit_test(who_goes_away_leaves_the_welcome),
		cmocka_unit_test(whoever_looks_is_shut_in),
		cmocka_unit_test(a_slip_comes_out_and_is_no_ticket),
		cmocka_unit_test(as_many_slips_come_out_as_are_offered),
		cmocka_unit_test(whoever_turns_away_gets_the_whole_slip),
		cmocka_unit_test(who_calls_somebody_ends_the_wait),
		cmocka_unit_test(
		    nobody_waits_longer_than_a_quarter_of_a_minute),
		cmocka_unit_test(without_paper_the_page_stays),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
