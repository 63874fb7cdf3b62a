#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/utf8.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/settings.h"
#include "desk/box.h"
#include "desk/box_step.h"
#include "issue/agency.h"
#include "issue/keys.h"
#include "record/user.h"
#include "seal/key_lines.h"
#include "tests/support/boxed.h"
#include "tests/support/folder.h"
#include "tests/support/golden.h"

#define NOW INT64_C(1795370520000) /* 2026-11-22 13:02 in Toronto */
#define WORDS "lamo riku tesa pona"

/* A box without a terminal. */
struct stand_in {
	struct boxed boxed;
	char *home;
	struct box box;
};

static void start_box(struct stand_in *in)
{
	assert_int_equal(box_init(&in->box, in->boxed.socket, in->home, "en"),
			 FAULT_NONE);
	in->box.now = NOW;
}

/* Where keys cost little: everything else is as on a real box. */
static void be_cheap(const char *home)
{
	SCOPED(char_freep) char *mark = folder_file(home, "demo");

	assert_int_equal(folder_make(home), FAULT_NONE);
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
}

static int start(void **state)
{
	struct stand_in *in = xcalloc(1, sizeof *in);

	setenv("TZ", "UTC", 1);
	tzset();
	boxed_init(&in->boxed);
	in->home = folder_file(in->boxed.safe.place.mount, "foyer");
	be_cheap(in->home);
	start_box(in);
	*state = in;
	return 0;
}

static int stop(void **state)
{
	struct stand_in *in = *state;

	box_done(&in->box);
	free(in->home);
	boxed_done(&in->boxed);
	free(in);
	return 0;
}

/* --- what a person does
 * --------------------------------------------------------- */

/* Until nothing is waited for any more. */
static void settle(struct stand_in *in)
{
	while (box_is_waiting(&in->box)) {
		box_tick(&in->box);
		usleep(500);
	}
}

static void press(struct stand_in *in, enum ui_key key)
{
	box_key(&in->box, &(struct ui_event){ .key = key });
	settle(in);
}

static void type(struct stand_in *in, const char *text)
{
	int32_t length = (int32_t)strlen(text);

	for (int32_t at = 0; at < length;) {
		UChar32 point;

		U8_NEXT_OR_FFFD((const uint8_t *)text, at, length, point);
		box_key(&in->box,
			&(struct ui_event){ .key = UI_KEY_TEXT,
					    .character = (uint32_t)point });
	}
}

static void enter(struct stand_in *in, const char *text)
{
	type(in, text);
	press(in, UI_KEY_ENTER);
}

static void choose(struct stand_in *in, char digit)
{
	type(in, (char[]){ digit, 0 });
	settle(in);
}

static char *picture(struct stand_in *in, int rows, int columns)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(rows, columns, false);

	box_draw(&in->box, canvas);
	return canvas_picture(canvas);
}

static void at_step(struct stand_in *in, const char *name)
{
	settle(in);
	if (!in->box.step || strcmp(in->box.step->name, name) != 0) {
		SCOPED(char_freep) char *seen = picture(in, 24, 80);

		fail_msg("not at %s:\n%s", name, seen);
	}
}

static void sees(struct stand_in *in, const char *text)
{
	SCOPED(char_freep) char *seen = picture(in, 24, 160);

	if (!strstr(seen, text))
		fail_msg("not seen: %s\n%s", text, seen);
}

/* --- the first start
 * --------------------------------------------------------------- */

static void go_to_the_agency(struct stand_in *in)
{
	at_step(in, "language");
	choose(in, '1');
	at_step(in, "make");
	enter(in, WORDS);
	enter(in, WORDS);
}

static void go_to_the_paper(struct stand_in *in)
{
	go_to_the_agency(in);
	at_step(in, "begin");
	choose(in, '1');
	at_step(in, "agency");
	enter(in, "Maison; d'accueil");
	at_step(in, "zone");
	press(in, UI_KEY_ENTER);
	at_step(in, "clock");
	press(in, UI_KEY_ENTER);
	press(in, UI_KEY_ENTER);
	at_step(in, "words");
	enter(in, "six other words");
	at_step(in, "words");
	entry_set_text(in->box.fields[0], "");
	enter(in, in->box.secret->key);
	at_step(in, "paper");
}

static void go_to_the_end(struct stand_in *in)
{
	char line[KEY_LINE_SPACED];

	go_to_the_paper(in);
	key_line_write(agency_key_secret(in->box.key), 3, line);
	choose(in, '3');
	at_step(in, "rehearse");
	enter(in, line);
	at_step(in, "user");
	press(in, UI_KEY_TAB);
	press(in, UI_KEY_UP);
	enter(in, "Ana");
	enter(in, "the words of ana");
	enter(in, "the words of ana");
}

static char *key_path(const struct stand_in *in)
{
	return xasprintf("%s/keys/" KEYS_SECRET, in->home);
}

static void a_box_is_made_without_a_command(void **state)
{
	struct stand_in *in = *state;
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(char_freep) char *ini = xasprintf("%s/foyer.ini", in->home);
	SCOPED(char_freep)
	char *path = xasprintf("%s/record/%s", in->home, RECORD_FILE);
	struct user_in ana;

	go_to_the_end(in);
	assert_true(in->box.over);
	assert_false(in->box.off);
	assert_int_equal(settings_read(ini, &settings), FAULT_NONE);
	assert_string_equal(settings_text(settings, "agency", "name", ""),
			    "Maison  d'accueil");
	assert_string_equal(settings_text(settings, "desk", "language", ""),
			    "en");
	assert_string_equal(settings_text(settings, "kiosk", "zone", ""),
			    "America/Toronto");
	/* She signs in, and holds the passphrase of the agency's key. */
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	assert_int_equal(
	    user_enter(record, "Ana", "the words of ana", "desk", NOW, &ana),
	    FAULT_NONE);
	assert_int_equal(ana.answer, USER_DONE);
	assert_string_equal(ana.key, in->box.secret->key);
	user_in_done(&ana);
}

static void a_key_is_kept_only_once_its_paper_was_read_back(void **state)
{
	struct stand_in *in = *state;
	SCOPED(char_freep) char *path = key_path(in);
	char line[KEY_LINE_SPACED];

	go_to_the_paper(in);
	key_line_write(agency_key_secret(in->box.key), 2, line);
	/* No printer is here: it says so, and the lines can be copied. */
	choose(in, '1');
	sees(in, "There is no printer");
	sees(in, line);
	choose(in, '3');
	enter(in, line); /* another line than was asked for */
	at_step(in, "rehearse");
	sees(in, "A line is not as it was written down");
	assert_false(file_exists(path));
	press(in, UI_KEY_ENTER); /* but that wrong line is still there */
	at_step(in, "rehearse");
	entry_set_text(in->box.fields[0], "");
	press(in, UI_KEY_ENTER);
	at_step(in, "paper"); /* to see it again */
	assert_false(file_exists(path));
}

/* Whoever is told so burns the only copy of the key. */
static void only_a_destroyed_key_is_told_as_destroyed(void **state)
{
	struct stand_in *in = *state;
	SCOPED(char_freep) char *keys = folder_file(in->home, "keys");
	SCOPED(char_freep) char *history = folder_file(keys, "history");
	SCOPED(char_freep) char *destroyed = NULL;
	char line[KEY_LINE_SPACED];

	go_to_the_paper(in);
	key_line_write(agency_key_secret(in->box.key), 3, line);
	assert_int_equal(folder_make(history), FAULT_NONE); /* unreadable */
	choose(in, '3');
	enter(in, line);
	sees(in, "That did not work");
	assert_int_equal(rmdir(history), 0);
	assert_int_equal(rmdir(keys), 0);
	assert_int_equal(file_write(keys, "", 0, 0600), FAULT_NONE);
	press(in, UI_KEY_ENTER);
	sees(in, "That did not work");
	assert_int_equal(unlink(keys), 0);
	assert_int_equal(folder_make(keys), FAULT_NONE);
	destroyed = xasprintf("%04X destroyed -\n", agency_key_id(in->box.key));
	assert_int_equal(
	    file_write(history, destroyed, strlen(destroyed), 0600),
	    FAULT_NONE);
	press(in, UI_KEY_ENTER);
	sees(in, "That key was destroyed here, for good. Take the paper");
}

static void a_box_that_lost_power_goes_on_where_it_was(void **state)
{
	struct stand_in *in = *state;
	char words[PASSPHRASE_LIMIT], line[KEY_LINE_SPACED];

	go_to_the_paper(in);
	key_line_write(agency_key_secret(in->box.key), 3, line);
	choose(in, '3');
	enter(in, line);
	at_step(in, "user");
	strcpy(words, in->box.secret->key);
	box_done(&in->box);

	/* The partition is open still: a desk that crashed. */
	start_box(in);
	at_step(in, "key_words");
	enter(in, "not those");
	at_step(in, "key_words");
	enter(in, words);
	at_step(in, "user");
}

static void passphrases_are_long_and_written_twice(void **state)
{
	struct stand_in *in = *state;

	at_step(in, "language");
	choose(in, '1');
	at_step(in, "make");
	sees(in, "For example, made just now: ");
	type(in, "short");
	sees(in, "Too short");
	press(in, UI_KEY_ENTER);
	enter(in, "short");
	at_step(in, "make");
	sees(in, "12 characters or more");
	type(in, "short and some longer words");
	sees(in, "Good.");
	press(in, UI_KEY_DOWN);
	enter(in, "some other words at all");
	at_step(in, "make");
	sees(in, "not alike");
}

/* --- every start
 * ---------------------------------------------------------------------- */

static void every_start_asks_for_passphrase_and_time_alone(void **state)
{
	struct stand_in *in = *state;

	go_to_the_end(in);
	/* Nothing of the data is open: the helper closes it. */
	box_ask(&in->box, &(struct vault_request){ .verb = VAULT_CLOSE });
	settle(in);
	assert_int_equal(in->box.answer.state, VAULT_CLOSED);
	box_done(&in->box);

	start_box(in);
	at_step(in, "open");
	enter(in, "something else");
	at_step(in, "open");
	sees(in, "That passphrase is not right");
	enter(in, "  " WORDS " "); /* blanks are all one */
	at_step(in, "clock");
	assert_string_equal(entry_text(in->box.fields[0]), "2026-11-22");
	assert_string_equal(entry_text(in->box.fields[1]), "13:02");
	press(in, UI_KEY_ENTER);
	press(in, UI_KEY_ENTER);
	assert_true(in->box.over);
}

static void a_wrong_clock_is_set_by_the_helper(void **state)
{
	struct stand_in *in = *state;
	static const char *const wrong[] = { "", "14", "25:00", "14:60",
					     "14:30x" };

	go_to_the_agency(in);
	choose(in, '1');
	enter(in, "Maison");
	press(in, UI_KEY_ENTER);
	at_step(in, "clock");
	for (size_t i = 0; i < COUNT(wrong); i++) {
		entry_set_text(in->box.fields[1], wrong[i]);
		press(in, UI_KEY_TAB);
		press(in, UI_KEY_UP);
		press(in, UI_KEY_ENTER);
		press(in, UI_KEY_ENTER);
		at_step(in, "clock");
	}
	entry_set_text(in->box.fields[1], "14:30");
	press(in, UI_KEY_ENTER);
	at_step(in, "words");
	assert_int_equal(in->box.answer.result, VAULT_DONE);
	assert_int_equal(in->box.asked, VAULT_SET_TIME);
}

static void escape_goes_back_and_twice_switches_off(void **state)
{
	struct stand_in *in = *state;
	SCOPED(char_freep) char *ran = NULL;

	go_to_the_agency(in);
	choose(in, '2');
	at_step(in, "zone");
	press(in, UI_KEY_ESCAPE);
	at_step(in, "begin");
	press(in, UI_KEY_ESCAPE);
	sees(in, "Press Escape again");
	press(in, UI_KEY_ESCAPE);
	assert_true(in->box.off);
	ran = safe_ran(&in->boxed.safe);
	assert_non_null(strstr(ran, "systemctl poweroff"));
}

static void a_box_in_the_lobby_gives_its_screen_back(void **state)
{
	static const struct {
		enum desk_after after;
		char choice; /* 0: none is asked for */
		enum vault_state left;
	} ways[] = {
		{ DESK_LOBBY, 0, VAULT_OPENED },
		{ DESK_LEFT, '1', VAULT_OPENED },
		{ DESK_AWAY, 0, VAULT_CLOSED },
	};
	struct stand_in *in = *state;

	go_to_the_end(in);
	for (size_t i = 0; i < COUNT(ways); i++) {
		in->box.lobby = true;
		in->box.off = false;
		box_leave(&in->box, ways[i].after);
		settle(in);
		if (ways[i].choice) {
			at_step(in, "lobby");
			choose(in, ways[i].choice);
		}
		assert_true(in->box.off);
		box_done(&in->box);
		start_box(in);
		settle(in);
		assert_int_equal(in->box.answer.state, ways[i].left);
		/* Open still, it asks for nothing but whoever signs in. */
		assert_int_equal(in->box.over, ways[i].left == VAULT_OPENED);
	}
}

static void a_screen_is_not_given_back_with_the_data_open(void **state)
{
	struct stand_in *in = *state;
	go_to_the_end(in);
	in->box.lobby = true;
	safe_jam(&in->boxed.safe, true);
	box_leave(&in->box, DESK_AWAY);
	at_step(in, "unlocked");
	assert_false(in->box.off);
	sees(in, "The data are still open");
	sees(in, "That did not work");
	/* Nor when nobody is there. */
	box_give_back(&in->box, true);
	at_step(in, "unlocked");
	assert_false(in->box.off);
	safe_jam(&in->boxed.safe, false);
	choose(in, '1');
	at_step(in, "lobby");
	assert_int_equal(in->box.answer.state, VAULT_CLOSED);
}

static void what_the_kiosk_was_asked_is_done_at_once(void **state)
{
	struct stand_in *in = *state;
	SCOPED(char_freep) char *ran = NULL;

	in->box.off_first = true;
	settle(in);
	assert_true(in->box.off);
	ran = safe_ran(&in->boxed.safe);
	assert_non_null(strstr(ran, "systemctl poweroff"));
}

static void a_partition_with_something_else_is_told(void **state)
{
	struct stand_in *in = *state;

	settle(in);
	assert_int_equal(
	    file_write(in->boxed.safe.place.device, "else", 4, 0600),
	    FAULT_NONE);
	box_ask(&in->box, &(struct vault_request){ .verb = VAULT_ASK });
	at_step(in, "foreign");
	sees(in, "Nothing was written to it");
}

/* --- how it looks
 * ----------------------------------------------------------------------- */

static void the_screens_fit_where_they_have_to(void **state)
{
	static const struct {
		int rows, columns;
		const char *name;
	} sizes[] = {
		{ 24, 80, "box-paper" },
		{ 14, 60, "box-paper-low" },
	};
	struct stand_in *in = *state;
	uint8_t secret[KEY_BYTES];

	go_to_the_paper(in);
	memset(secret, 7, sizeof secret);
	agency_key_free(in->box.key);
	in->box.key = agency_key_of_secret(secret, "Maison", NOW / 1000);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		SCOPED(char_freep)
		char *seen = picture(in, sizes[i].rows, sizes[i].columns);

		assert_golden(sizes[i].name, seen);
	}
	press(in, UI_KEY_NONE);
	box_key(&in->box,
		&(struct ui_event){ .key = UI_KEY_FUNCTION, .character = 2 });
	sees(in, "Le papier de la clé");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(a_box_is_made_without_a_command),
		TEST(a_key_is_kept_only_once_its_paper_was_read_back),
		TEST(a_box_that_lost_power_goes_on_where_it_was),
		TEST(only_a_destroyed_key_is_told_as_destroyed),
		TEST(passphrases_are_long_and_written_twice),
		TEST(every_start_asks_for_passphrase_and_time_alone),
		TEST(a_wrong_clock_is_set_by_the_helper),
		TEST(escape_goes_back_and_twice_switches_off),
		TEST(a_box_in_the_lobby_gives_its_screen_back),
		TEST(a_screen_is_not_given_back_with_the_data_open),
		TEST(what_the_kiosk_was_asked_is_done_at_once),
		TEST(a_partition_with_something_else_is_told),
		TEST(the_screens_fit_where_they_have_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
