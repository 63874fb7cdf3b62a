#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "desk/box_stick.h"
#include "desk/key_put.h"
#include "desk/keys.h"
#include "filing/kept.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "record/ticket.h"
#include "seal/key_lines.h"
#include "tests/support/audit.h"
#include "tests/support/derive.h"
#include "tests/support/folder.h"
#include "tests/support/sitting.h"

#define KIOSKS 12 /* rows of what the box can do */
#define KEYS 13
#define DAY_MS INT64_C(86400000)

static int start(void **state)
{
	struct sitting *sitting;

	assert_int_equal(sitting_open(state), 0);
	sitting = *state;
	sitting->sam->rows = 24;
	sitting->sam->columns = 100;
	return 0;
}

/* The id of the key that the home has now. */
static uint16_t present(const struct sitting *sitting)
{
	SCOPED(char_freep)
	char *path =
	    home_path(sitting->office->agency.home, HOME_KEYS, AGENCY_FILE);
	struct card card;
	bool found;

	assert_int_equal(agency_file_read(path, &found, &card), FAULT_NONE);
	assert_true(found);
	return key_id(KEY_AGENCY, card.key);
}

static void enter(struct seat *seat, const char *text)
{
	seat_type(seat, text);
	seat_press(seat, UI_KEY_ENTER);
}

/* Line 3 as the screen has it now. */
static void copy_line(struct seat *seat, char line[KEY_LINE_SPACED])
{
	SCOPED(char_freep) char *seen = seat_picture(seat);
	const char *at = strstr(seen, "3  ");

	assert_non_null(at);
	memcpy(line, at + 3, KEY_LINE_SPACED - 1);
	line[KEY_LINE_SPACED - 1] = 0;
}

/* Up to where the paper is to be typed back. */
static void begin_change(struct seat *sam, char line[KEY_LINE_SPACED])
{
	sitting_row(sam, KEYS);
	seat_type(sam, "n");
	enter(sam, AGENCY_PASSPHRASE);
	seat_sees(sam, "Whoever has these lines can read every ticket");
	copy_line(sam, line);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Type line 3 from the paper");
}

static void change(struct seat *sam)
{
	char line[KEY_LINE_SPACED];

	begin_change(sam, line);
	enter(sam, line);
	seat_sees(sam, "The new key counts");
}

static void a_new_key_counts_once_its_paper_was_typed_back(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const uint16_t before = present(sitting);
	const struct agency_answer answer = { "/data/age", "30" };
	SCOPED(char_freep)
	char *old = agency_ticket(&sitting->office->agency, 7, 0, &answer, 1);
	const struct record_who who = { .user = "sam", .desk = "1" };
	struct filing_ticket ticket;
	char line[KEY_LINE_SPACED];

	sitting_row(sam, KEYS);
	seat_sees(sam, "its paper was never typed back");
	seat_type(sam, "n");
	enter(sam, "not the passphrase at all");
	seat_sees(sam, "That passphrase is not right");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);

	begin_change(sam, line);
	enter(sam, "0000 0000 0000 0000");
	seat_sees(sam, "A line is not as it was written");
	seat_sees(sam, "0000 0000 0000 0000");
	assert_int_equal(present(sitting), before);
	seat_press(sam, UI_KEY_ESCAPE);
	assert_int_equal(present(sitting), before);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);

	change(sam);
	assert_int_not_equal(present(sitting), before);
	/* Tickets to the old key open at this very desk. */
	assert_int_equal(filing_read(sam->filing, old, &who, SEAT_NOW, &ticket),
			 FAULT_NONE);
	assert_int_equal(ticket.status, FILING_FILED);
	filing_ticket_done(&ticket);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "opens old tickets; replaced 2026-11-22, kept until "
		       "2027-01-21");
	seat_misses(sam, "never typed back");
}

static void the_paper_is_shown_again_to_who_types_nothing(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	char line[KEY_LINE_SPACED];

	begin_change(sam, line);
	seat_misses(sam, line);
	seat_press(sam, UI_KEY_ENTER); /* nothing typed */
	seat_sees(sam, line);
}

/* Whatever is not plugged in has the secret key on a disk or on a wire. */
static void a_key_is_printed_only_by_what_is_plugged_in(void **state)
{
	static const char *const addresses[] = { "cups:Front", "file:/key.png",
						 "tcp:127.0.0.1:9100" };
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	struct settings *usual = sam->desk.settings;
	SCOPED(char_freep)
	char *path =
	    home_path(sitting->office->agency.home, HOME_SETTINGS, "other.ini");
	char line[KEY_LINE_SPACED];

	begin_change(sam, line);
	seat_press(sam, UI_KEY_ENTER); /* back to the paper */
	for (size_t i = 0; i < COUNT(addresses); i++) {
		SCOPED(settings_freep) struct settings *other = NULL;
		SCOPED(char_freep)
		char *text =
		    xasprintf("[printer]\naddress = %s\n", addresses[i]);

		assert_int_equal(file_write(path, text, strlen(text), 0600),
				 FAULT_NONE);
		assert_int_equal(settings_read(path, &other), FAULT_NONE);
		desk_say(&sam->desk, xstrdup(""), false);
		sam->desk.settings = other;
		seat_type(sam, "p");
		seat_sees(sam, "plugged in here may print the key");
		sam->desk.settings = usual;
	}
}

static void an_old_key_is_destroyed_late_and_asked_twice(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	struct old_key old[KEYS_OLD];
	size_t count;

	change(sam);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_down(sam, 1);
	seat_type(sam, "x");
	seat_sees(sam, "Its 60 days are not over");
	sam->desk.clock.now += 61 * DAY_MS;
	seat_type(sam, "x");
	seat_sees(sam, "Is it 2027-01-22 today? Then press x again");
	sam->columns = 80; /* x is told in a narrow window, too */
	seat_sees(sam, "x destroy");
	sam->columns = 100;
	assert_int_equal(keys_old(sam->desk.home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	seat_type(sam, "x");
	seat_sees(sam, "It is destroyed");
	assert_int_equal(seat_audited(sam, "key-change"), 1);
	assert_int_equal(seat_audited(sam, "key-destroyed"), 1);
	assert_int_equal(keys_old(sam->desk.home, old, &count), FAULT_NONE);
	assert_int_equal(count, 0);
}

static void what_was_done_without_a_row_is_told(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const uint16_t old = present(sitting);
	SCOPED(char_freep)
	char *record = folder_file(sitting->office->agency.folder, RECORD_FILE);
	char line[KEY_LINE_SPACED];

	audit_lose(record);
	begin_change(sam, line);
	enter(sam, line);
	seat_sees(sam, "the audit has no row of it");
	assert_int_not_equal(present(sitting), old);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_down(sam, 1);
	sam->desk.clock.now += 61 * DAY_MS;
	seat_type(sam, "xx");
	seat_sees(sam, "It is destroyed, but the audit has no row");
}

static void a_key_that_did_not_get_there_is_not_told_as_there(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct agency *agency = &sitting->office->agency;
	SCOPED(char_freep)
	char *path = home_path(agency->home, HOME_KEYS, "next.pub");
	SCOPED(agency_key_freep)
	struct agency_key *old =
	    agency_key_of_secret(agency->secret, "Test", 0);
	SCOPED(agency_key_freep)
	struct agency_key *next = agency_key_make("Test", SEAT_NOW / 1000);
	bool noted;

	assert_int_equal(mkdir(path, 0700), 0); /* no file can be there */
	assert_int_not_equal(key_put_over_present(&sam->desk, old, next,
						  AGENCY_PASSPHRASE, &noted),
			     FAULT_NONE);
	assert_int_equal(seat_audited(sam, "key-change"), 0);
	assert_int_equal(seat_audited(sam, "key-change-failed"), 1);
}

static void a_key_that_the_desk_cannot_open_is_told(void **state)
{
	struct sitting *sitting = *state;
	struct desk *desk = &sitting->sam->desk;

	assert_string_equal(
	    key_put_use(desk, AGENCY_PASSPHRASE, true, "keys.taken"),
	    "keys.taken");
	assert_string_equal(
	    key_put_use(desk, "not the passphrase", true, "keys.taken"),
	    "keys.not_opened");
}

/* Kept aside while the desk was locked. */
static void a_key_that_is_needed_is_not_destroyed(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct agency *agency = &sitting->office->agency;
	const struct record_who who = { .user = "sam", .desk = "1" };
	static const uint8_t plain[128] = { 1 };
	struct wire wire = agency_wire(agency->key, agency->seed,
				       agency->kiosk_key, 9, plain, 128);
	uint8_t hash[KEY_HASH_BYTES];

	key_hash_plain(wire.bytes, wire.length, hash);
	change(sam);
	assert_int_equal(held_keep(sam->record, hash, wire.bytes, wire.length,
				   "locked", &who, SEAT_NOW),
			 FAULT_NONE);
	seat_press(sam, UI_KEY_ESCAPE);
	sam->desk.clock.now += 61 * DAY_MS;
	seat_down(sam, 1);
	seat_type(sam, "xx");
	seat_sees(sam, "A ticket that is kept aside needs this key still");
}

/* On this computer, since the server was away. */
static void a_key_that_a_kept_scan_needs_is_not_destroyed(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct agency_answer answer = { "/data/age", "30" };
	SCOPED(char_freep)
	char *digits =
	    agency_ticket(&sitting->office->agency, 7, 0, &answer, 1);
	struct filing_ticket ticket;
	enum kept_answer kept;
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(
	    kept_add(sam->filing, digits, SEAT_NOW, &kept, &ticket),
	    FAULT_NONE);
	assert_int_equal(kept, KEPT_NOW);
	filing_ticket_done(&ticket);
	change(sam);
	seat_press(sam, UI_KEY_ESCAPE);
	sam->desk.clock.now += 61 * DAY_MS;
	seat_down(sam, 1);
	seat_type(sam, "xx");
	seat_sees(sam, "A ticket that was scanned while the server was away");
	assert_int_equal(keys_old(sam->desk.home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
}

/* Something was stretched, and whoever wrote the record then waited for
 * nothing. */
static void nobody_waited(void)
{
	const struct derived told = derive_told();

	derive_watch(NULL);
	assert_true(told.times > 0);
	assert_int_equal(told.held, 0);
}

static void nobody_waits_for_the_record_while_a_key_is_put(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	SCOPED(char_freep)
	char *record = folder_file(sitting->office->agency.folder, RECORD_FILE);
	SCOPED(agency_key_freep)
	struct agency_key *old = agency_key_make("Test", SEAT_NOW / 1000 - 1);
	bool noted;

	derive_watch(record);
	change(sam);
	nobody_waited();
	derive_watch(record);
	assert_int_equal(
	    key_put_aside(&sam->desk, old, AGENCY_PASSPHRASE, &noted),
	    FAULT_NONE);
	assert_true(noted);
	nobody_waited();
}

static void the_code_stands_beside_its_fingerprint(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(sitting->office->agency.key, fingerprint);
	sitting_row(sam, KEYS);
	seat_sees(sam, fingerprint);
	seat_type(sam, "o");
	seat_sees(sam, "This window is too small for the code");
	seat_sees(sam, fingerprint);
	sam->rows = 45;
	sam->columns = 160;
	seat_sees(sam, "Scan this code or its print");
	seat_sees(sam, "▀");
}

/* --- from another desk
 * ---------------------------------------------------------- */

#define THEIR_WORDS "six words of the other desk there"

/* Another desk's key, made on a day, lies on the stick; its id. */
static uint16_t carry(const struct sitting *sitting, int64_t created)
{
	const char *stick = sitting->boxed.safe.place.stick;
	SCOPED(char_freep) char *folder = folder_file(stick, STICK_FOLDER);
	SCOPED(char_freep) char *path = stick_path(stick, KEYS_SECRET);
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_make("Riverside", created);
	struct bytes file = { 0 };

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, THEIR_WORDS, &file),
	    FAULT_NONE);
	assert_int_equal(file_write(path, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
	return agency_key_id(key);
}

/* Up to where its digits are compared. */
static void read_carried(struct seat *sam)
{
	seat_type(sam, "t");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Read the agency’s key from FOYER");
	seat_sees(sam, "yes, read");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "The key is read: pull the stick out");
	enter(sam, THEIR_WORDS);
	seat_sees(sam, "Ask the other desk for the digits of its key");
}

static void take_over(struct seat *sam)
{
	read_carried(sam);
	seat_press(sam, UI_KEY_ENTER);
	enter(sam, AGENCY_PASSPHRASE);
}

static void a_key_that_another_desk_made_takes_the_place_here(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const uint16_t before = present(sitting);
	const uint16_t theirs = carry(sitting, SEAT_NOW / 1000);
	struct old_key old[KEYS_OLD];
	size_t count;

	sitting_row(sam, KEYS);
	read_carried(sam);
	assert_int_equal(present(sitting), before);
	seat_press(sam, UI_KEY_ENTER);
	enter(sam, "not the passphrase at all");
	seat_sees(sam, "That passphrase is not right");
	assert_int_equal(present(sitting), before);
	enter(sam, AGENCY_PASSPHRASE);
	seat_sees(sam, "The key counts here now");
	assert_int_equal(present(sitting), theirs);
	assert_int_equal(keys_old(sam->desk.home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(old[0].id, before);
	/* Read again, it is the one that is here. */
	take_over(sam);
	seat_sees(sam, "That is the key that is here already");
}

static void an_earlier_key_of_another_desk_is_kept_beside(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const uint16_t newest = carry(sitting, SEAT_NOW / 1000);
	uint16_t theirs;
	struct old_key old[KEYS_OLD];
	size_t count;

	sitting_row(sam, KEYS);
	take_over(sam);
	theirs = carry(sitting, SEAT_NOW / 1000 - 1);
	take_over(sam);
	seat_sees(sam, "It was made before the key that is here");
	seat_type(sam, "k");
	enter(sam, AGENCY_PASSPHRASE);
	seat_sees(sam, "The key is kept, and opens old tickets");
	assert_int_equal(present(sitting), newest);
	assert_int_equal(keys_old(sam->desk.home, old, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	assert_true(old[0].id == theirs || old[1].id == theirs);
	read_carried(sam);
	seat_type(sam, "k");
	enter(sam, AGENCY_PASSPHRASE);
	seat_sees(sam, "one of the old keys that are kept here");
}

static void a_stick_without_a_key_says_so(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, KEYS);
	seat_type(sam, "t");
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "There is no key of an agency on that stick");
	/* A desk that is no box reads no sticks. */
	seat_press(sam, UI_KEY_ESCAPE);
	sam->desk.vault = NULL;
	seat_type(sam, "t");
	seat_misses(sam, "sda1");
}

/* --- kiosks
 * --------------------------------------------------------------------- */

static void a_kiosk_is_revoked_with_its_last_good_number(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct agency_answer answer = { "/data/age", "30" };
	const struct record_who who = { .user = "sam", .desk = "1" };
	static const struct {
		uint32_t seq;
		enum filing_status status;
	} tickets[] = {
		{ 412, FILING_FILED },
		{ 413, FILING_REVOKED },
	};

	sitting_row(sam, KIOSKS);
	seat_sees(sam, "are taken");
	seat_golden(sam, "desk-kiosks-100x24");
	seat_type(sam, "x");
	enter(sam, "K7-0412");
	seat_sees(sam, "Write the whole number");
	for (int i = 0; i < 7; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	enter(sam, "412");
	seat_sees(sam, "Revoked. Take the kiosk out of the lobby");
	seat_sees(sam, "revoked: up to number 412 they are taken");
	for (size_t i = 0; i < COUNT(tickets); i++) {
		SCOPED(char_freep)
		char *digits = agency_ticket(&sitting->office->agency,
					     tickets[i].seq, 0, &answer, 1);
		struct filing_ticket ticket;

		assert_int_equal(
		    filing_read(sam->filing, digits, &who, SEAT_NOW, &ticket),
		    FAULT_NONE);
		assert_int_equal(ticket.status, tickets[i].status);
		filing_ticket_done(&ticket);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, sitting_close)
		TEST(a_new_key_counts_once_its_paper_was_typed_back),
		TEST(a_key_is_printed_only_by_what_is_plugged_in),
		TEST(the_paper_is_shown_again_to_who_types_nothing),
		TEST(an_old_key_is_destroyed_late_and_asked_twice),
		TEST(what_was_done_without_a_row_is_told),
		TEST(a_key_that_did_not_get_there_is_not_told_as_there),
		TEST(a_key_that_the_desk_cannot_open_is_told),
		TEST(a_key_that_is_needed_is_not_destroyed),
		TEST(a_key_that_a_kept_scan_needs_is_not_destroyed),
		TEST(nobody_waits_for_the_record_while_a_key_is_put),
		TEST(the_code_stands_beside_its_fingerprint),
		TEST(a_key_that_another_desk_made_takes_the_place_here),
		TEST(an_earlier_key_of_another_desk_is_kept_beside),
		TEST(a_stick_without_a_key_says_so),
		TEST(a_kiosk_is_revoked_with_its_last_good_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
