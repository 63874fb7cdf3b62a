#include "tests/test.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/stand.h"
#include "tests/support/walker.h"
#include "text/language.h"

/*
 * The lobby as a visitor meets it: the real program in a terminal. Papers and
 * printers are in paper.c.
 */
#define QUICK "[kiosk]\nidle = 1\nextend = 1\nlast = 1\n"

static void nothing_happens_twice_and_everything_goes(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "[kiosk]\nidle = 1\nextend = 2\n");
	stand_begin(&stand);
	stand_expect(&stand, "Are you still here?");
	/* Any key is a yes, and what was asked is asked again. */
	pty_send(stand.pty, "x");
	stand_expect(&stand, "Have you been here before?");
	stand_expect(&stand, "Are you still here?");
	/* No digits count down. */
	SCOPED(char_freep) char *screen = pty_screen(stand.pty);

	for (const char *at = strstr(screen, "Are you still"); *at; at++)
		assert_false(isdigit((unsigned char)*at) && at[1] != ' ');
	stand_expect(&stand, "Welcome");
	stand_done(&stand);
}

static void starting_over_asks_first_and_then_forgets(void **state)
{
	struct stand stand;
	pid_t before;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	before = stand_visitor(&stand);
	pty_send(stand.pty, PTY_F9);
	stand_press(&stand, "Erase everything and start again?", "1");
	stand_press(&stand, "Have you been here before?", PTY_F9);
	stand_press(&stand, "Erase everything and start again?", "2");
	stand_expect(&stand, "Welcome");
	pty_settle(stand.pty, 300);
	assert_int_not_equal(stand_visitor(&stand), before);
	/* Nobody's answers are there: the first question is the first. */
	pty_send(stand.pty, PTY_ENTER);
	stand_expect(&stand, "Choose your language");
	stand_done(&stand);
}

static void a_person_can_be_waited_for_without_losing_an_answer(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 14, 60, "");
	stand_begin(&stand);
	pty_send(stand.pty, PTY_F1);
	stand_press(&stand, "A person can help you", "1");
	stand_press(&stand, "Please wait here", PTY_ENTER);
	stand_press(&stand, "Have you been here before?", PTY_F1);
	stand_press(&stand, "A person can help you", "2");
	stand_press(&stand, "Have you been here before?", PTY_ESCAPE);
	/* Back, with the answer kept. */
	stand_expect(&stand, "Who is answering?");
	stand_expect(&stand, "▸ 1 Me, by myself");
	stand_done(&stand);
}

static void letters_grow_and_colours_change_on_the_same_question(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	pty_settle(stand.pty, 200);
	SCOPED(char_freep) char *before = pty_screen(stand.pty);

	pty_send(stand.pty, PTY_F2);
	pty_settle(stand.pty, 200);
	SCOPED(char_freep) char *bigger = pty_screen(stand.pty);

	assert_string_not_equal(bigger, before);
	stand_expect(&stand, "Have you been here before?");
	/* Cells have no size between the smallest and the largest. */
	pty_send(stand.pty, PTY_F2);
	pty_settle(stand.pty, 200);
	SCOPED(char_freep) char *again = pty_screen(stand.pty);

	assert_string_equal(again, before);
	size_t written = pty_bytes(stand.pty);

	pty_send(stand.pty, PTY_F3);
	pty_settle(stand.pty, 200);
	/* The same words in other colours. */
	SCOPED(char_freep) char *coloured = pty_screen(stand.pty);

	assert_string_equal(coloured, before);
	assert_true(pty_bytes(stand.pty) > written + 100);
	stand_done(&stand);
}

static const char *const days[] = { "sunday",    "monday",   "tuesday",
				    "wednesday", "thursday", "friday",
				    "saturday" };

/* [hours] in which now is not: all of the week but an hour of another day. */
static char *other_hours(void)
{
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	return xasprintf("[hours]\n%s = 09:00-10:00\n",
			 days[(utc.tm_wday + 3) % 7]);
}

static void outside_the_hours_only_the_helplines_are_there(void **state)
{
	SCOPED(char_freep) char *hours = other_hours();
	struct stand stand;

	(void)state;
	stand_start(&stand, 14, 60, hours);
	stand_expect(&stand, "We are closed now");
	stand_expect(&stand, "Riverside Newcomer Centre 613-555-0100");
	stand_expect(&stand, "Emergency 911");
	/* No key leads anywhere. */
	pty_send(stand.pty, "\r1" PTY_F1 PTY_F9);
	pty_settle(stand.pty, 300);
	assert_false(pty_shows(stand.pty, "A person can help"));
	assert_false(pty_shows(stand.pty, "Choose your language"));
	/* The heading takes turns; the numbers stay. */
	stand_expect_gone(&stand, "We are closed now");
	assert_true(pty_shows(stand.pty, "Emergency 911"));
	stand_done(&stand);
}

static void staff_close_and_open_the_lobby(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_expect(&stand, "Welcome");
	free(stand_office(&stand, "kiosk close"));
	stand_expect(&stand, "We are closed now");
	stand_expect_gone(&stand, "Welcome");
	free(stand_office(&stand, "kiosk open"));
	stand_begin(&stand);
	/* Who has begun can finish. */
	free(stand_office(&stand, "kiosk close"));
	stand_finish(&stand);
	stand_expect(&stand, "K7-0001");
	pty_settle(stand.pty, 1000);
	pty_send(stand.pty, PTY_ENTER);
	stand_expect(&stand, "We are closed now");
	free(stand_office(&stand, "kiosk open"));
	stand_expect(&stand, "Welcome");
	stand_done(&stand);
}

static void the_grid_may_change_at_any_moment(void **state)
{
	static const int grids[][2] = { { 14, 60 }, { 60, 200 }, { 5, 20 },
					{ 24, 80 }, { 5, 20 },   { 45, 160 },
					{ 1, 1 },   { 60, 200 }, { 14, 60 } };
	static const char *const screens[] = {
		"Choose your language",
		"Who is answering?",
		"Have you been here before?",
	};
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_press(&stand, "Welcome", PTY_ENTER);
	for (size_t i = 0; i < COUNT(screens); i++) {
		stand_expect(&stand, screens[i]);
		for (size_t j = 0; j < 4 * COUNT(grids); j++) {
			const int *grid = grids[j % COUNT(grids)];

			pty_resize(stand.pty, grid[0], grid[1]);
			pty_settle(stand.pty, j % 3 ? 1 : 15);
		}
		/* Drawn whole, and answerable. */
		stand_expect(&stand, screens[i]);
		stand_expect(&stand, "A person");
		pty_send(stand.pty, "1");
	}
	/* Even when it is too small to show much of it. */
	stand_expect(&stand, "Which language do you want to speak");
	pty_resize(stand.pty, 5, 20);
	pty_settle(stand.pty, 200);
	pty_send(stand.pty, "1");
	pty_settle(stand.pty, 600);
	pty_resize(stand.pty, 14, 60);
	stand_expect(&stand, "Can we use your answers");
	stand_done(&stand);
}

/* The row of the screen that text stands on. */
static int row_of(struct stand *stand, const char *text)
{
	SCOPED(char_freep) char *screen = pty_screen(stand->pty);
	const char *at = strstr(screen, text);
	int row = 0;

	assert_non_null(at);
	for (const char *c = screen; c < at; c++)
		row += *c == '\n';
	return row;
}

static void a_touch_picks_a_row_and_the_keys_around_it(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_expect(&stand, "Welcome");
	pty_settle(stand.pty, 200);
	pty_touch(stand.pty, 10, 40);
	stand_expect(&stand, "Choose your language");
	pty_touch(stand.pty, row_of(&stand, "1  English"), 8);
	stand_expect(&stand, "Who is answering?");
	/* The whole row is the target. */
	pty_touch(stand.pty, row_of(&stand, "Me, with family"), 70);
	stand_expect(&stand, "Have you been here before?");
	pty_touch(stand.pty, 23, 3);
	stand_expect(&stand, "▸ 2 Me, with family");
	pty_touch(stand.pty, 0, 74);
	stand_expect(&stand, "Erase everything and start again?");
	pty_touch(stand.pty, row_of(&stand, "No, go back"),
		  40 - (int)strlen("No, go back"));
	pty_send(stand.pty, "1");
	stand_expect(&stand, "Who is answering?");
	stand_done(&stand);
}

/* The heading, the first words below the first row. */
static char *heading_of(const char *screen)
{
	const char *at = strchr(screen, '\n');

	at += strspn(at, " \n");
	return xstrndup(at, strcspn(at, "\n"));
}

static void arabic_stands_from_the_right(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_press(&stand, "Choose your language", "3");
	stand_expect_gone(&stand, "Choose your language");
	pty_settle(stand.pty, 500);
	SCOPED(char_freep) char *screen = pty_screen(stand.pty);

	SCOPED(char_freep) char *first = heading_of(screen);

	/* The marker points left, before the row's number at the right. */
	assert_non_null(strstr(screen, "1 ◂"));
	assert_null(strstr(screen, "▸ 1"));
	/* The right arrow is the way back. */
	pty_send(stand.pty, "1");
	stand_expect_gone(&stand, first);
	pty_send(stand.pty, PTY_RIGHT);
	stand_expect(&stand, "1 ◂");
	stand_expect(&stand, first);
	stand_done(&stand);
}

static void a_killed_visitor_leaves_the_next_a_new_number(void **state)
{
	struct stand stand;
	pid_t visitor;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	visitor = stand_visitor(&stand);
	assert_int_equal(kill(visitor, SIGKILL), 0);
	stand_begin(&stand);
	assert_int_not_equal(stand_visitor(&stand), visitor);
	stand_finish(&stand);
	stand_expect(&stand, "K7-0002");
	stand_done(&stand);
}

/* Who leaves without a ticket has used no number. */
static void a_number_that_nobody_took_is_the_next_ones(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, QUICK);
	stand_begin(&stand);
	stand_press(&stand, "Are you still here?", "");
	stand_begin(&stand);
	stand_finish(&stand);
	stand_expect(&stand, "K7-0001");
	/* The closing screen goes by itself. */
	stand_expect(&stand, "Welcome");
	stand_done(&stand);
}

/* --- the terminal ----------------------------------------------------------
 */

static struct pty *start_in(const char *home, const char *variable)
{
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", home, NULL };
	const char *extra[] = { variable, NULL };

	return pty_start(argv, extra, 24, 80);
}

/* It would be asked in its old words in every other language. */
static void a_question_that_was_changed_is_asked_in_english_alone(void **state)
{
	SCOPED(char_freep) char *change = NULL;
	SCOPED(char_freep) char *log = NULL;
	struct stand stand;

	(void)state;
	stand_home(&stand, "[languages]\ndrafts = fr\n");
	change = xasprintf("sed -i 's/Have you been here before?/Did you come "
			   "here before?/' %s/forms/intake.xml",
			   stand.home);
	assert_int_equal(system(change), 0);
	stand_open(&stand, 24, 80);
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_expect(&stand, "English");
	assert_false(pty_shows(stand.pty, "Français"));
	stand_press(&stand, "Choose your language", "1");
	stand_press(&stand, "Who is answering?", "1");
	stand_expect(&stand, "Did you come here before?");
	log = stand_file(&stand, "kiosk/kiosk.log");
	assert_non_null(strstr(log, "/data/A4:label: the form asks something "
				    "else now than intake.en.po has"));
	assert_non_null(strstr(log, "fr still has the old words"));
	stand_done(&stand);
}

static void a_terminal_that_nobody_knows_ends_it(void **state)
{
	struct stand stand;

	(void)state;
	stand_home(&stand, "");
	stand.pty = start_in(stand.home, "TERM=bogus");
	assert_int_equal(pty_wait(stand.pty, 20000), 3);
	stand_expect(&stand, "kiosk.log says why");
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_non_null(strstr(log, "the terminal bogus is not known"));
	stand_done(&stand);
}

static int count(const char *text, const char *words)
{
	int found = 0;

	for (; (text = strstr(text, words)); text++)
		found++;
	return found;
}

static void what_the_terminal_cannot_show_is_told_once(void **state)
{
	SCOPED(folder_freep) char *data = folder_new();
	SCOPED(char_freep) char *variable = xasprintf("FOYER_DATA=%s", data);
	struct stand stand = { .folder = folder_new() };
	int told = 0;

	(void)state;
	stand.home = folder_file(stand.folder, "home");
	assert_true(walker_data(data));
	assert_true(walker_home(stand.home));
	stand.pty = start_in(stand.home, variable);
	for (int visitor = 0; visitor < 3; visitor++) {
		stand_press(&stand, "Welcome", PTY_ENTER);
		stand_press(&stand, "Choose your language", PTY_F9);
		stand_press(&stand, "Erase everything", "2");
	}
	stand_expect(&stand, "Welcome");
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	for (size_t i = 0; i < language_count(); i++) {
		bool plates = language_at(i)->drawing == LANGUAGE_PLATES;
		SCOPED(char_freep)
		char *words =
		    xasprintf(" %s is not offered here", language_at(i)->tag);

		assert_int_equal(count(log, words), plates);
		told += plates;
	}
	assert_true(told > 1);
	stand_done(&stand);
}

/* A file of the home's own words: text behind a header. */
static void drop(const struct stand *stand, const char *name, const char *text)
{
	SCOPED(char_freep)
	char *below = folder_file(stand->home, "translations");
	SCOPED(char_freep) char *path = folder_file(below, name);

	assert_int_equal(folder_make(below), FAULT_NONE);
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

#define HEADER(language)            \
	"msgid \"\"\nmsgstr \"\"\n" \
	"\"Language: " language     \
	"\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

/* What ships in a language, all domains in one file, as if it were another: no
 * header but the new one's. */
static char *whole_language(const char *from, const char *header)
{
	static const char *const domains[] = { "kiosk", "ticket", "intake" };
	struct bytes all = { 0 };

	bytes_add_text(&all, header);
	for (size_t i = 0; i < COUNT(domains); i++) {
		SCOPED(char_freep)
		char *path =
		    xasprintf("translations/%s.%s.po", domains[i], from);
		struct bytes text = { 0 };

		bytes_add_text(&text, "");
		assert_int_equal(file_read(path, 1 << 20, &text), FAULT_NONE);
		bytes_add_text(&all, strstr((char *)text.data, "\n\n"));
		bytes_done(&text);
	}
	return bytes_take_text(&all);
}

static void an_agency_mends_a_word_on_the_card(void **state)
{
	struct stand stand;

	(void)state;
	stand_home(&stand, "");
	drop(&stand, "fr.po",
	     HEADER("fr") "msgctxt \"intake:/data/A3:label\"\n"
			  "msgid \"Who is answering?\"\n"
			  "msgstr \"Qui donc répond?\"\n");
	stand_open(&stand, 24, 80);
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_press(&stand, "Choose your language", "2");
	stand_expect(&stand, "Qui donc répond?");
	stand_done(&stand);
}

static void a_language_nobody_knew_comes_on_the_card(void **state)
{
	SCOPED(char_freep)
	char *soga = whole_language("fr", HEADER("xog-Latn") "\"X-Foyer-Name: "
							     "Olusoga\\n\"\n"
							     "\"X-Foyer-"
							     "Status: "
							     "reviewed\\n\"\n");
	struct stand stand;

	(void)state;
	stand_home(&stand, "");
	drop(&stand, "xog-Latn.po", soga);
	drop(&stand, "uk.po", HEADER("uk") "msgctxt \"kiosk.b");
	stand_open(&stand, 24, 80);
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_press(&stand, "4 Olusoga", "4");
	stand_expect(&stand, "Qui répond?");
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agency_mends_a_word_on_the_card),
		cmocka_unit_test(a_language_nobody_knew_comes_on_the_card),
		cmocka_unit_test(nothing_happens_twice_and_everything_goes),
		cmocka_unit_test(starting_over_asks_first_and_then_forgets),
		cmocka_unit_test(
		    a_person_can_be_waited_for_without_losing_an_answer),
		cmocka_unit_test(
		    letters_grow_and_colours_change_on_the_same_question),
		cmocka_unit_test(
		    outside_the_hours_only_the_helplines_are_there),
		cmocka_unit_test(staff_close_and_open_the_lobby),
		cmocka_unit_test(the_grid_may_change_at_any_moment),
		cmocka_unit_test(a_touch_picks_a_row_and_the_keys_around_it),
		cmocka_unit_test(arabic_stands_from_the_right),
		cmocka_unit_test(a_killed_visitor_leaves_the_next_a_new_number),
		cmocka_unit_test(a_number_that_nobody_took_is_the_next_ones),
		cmocka_unit_test(
		    a_question_that_was_changed_is_asked_in_english_alone),
		cmocka_unit_test(a_terminal_that_nobody_knows_ends_it),
		cmocka_unit_test(what_the_terminal_cannot_show_is_told_once),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
