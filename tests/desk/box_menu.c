#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "card/services.h"
#include "desk/box.h"
#include "desk/box_home.h"
#include "desk/box_menu.h"
#include "desk/box_step.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/key_gone.h"
#include "issue/keys.h"
#include "record/directory.h"
#include "record/kind.h"
#include "record/record.h"
#include "seal/key_lines.h"
#include "seal/ring.h"
#include "seal/signature.h"
#include "tests/support/audit.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/sitting.h"
#include "ticket/frame.h"

static char *on_stick(const struct sitting *sitting, const char *name)
{
	return xasprintf("%s/" STICK_FOLDER "/%s",
			 sitting->boxed.safe.place.stick, name);
}

static void the_box_is_a_list_with_words_for_each(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	seat_type(sam, "B");
	seat_golden(sam, "desk-box-80x24");
	seat_press(sam, UI_KEY_ESCAPE);
	sam->rows = 45;
	sam->columns = 160;
	seat_type(sam, "B");
	seat_golden(sam, "desk-box-160x45");
}

static void a_desk_that_is_no_box_has_none_of_it(void **state)
{
	struct sitting *sitting = *state;

	sitting->sam->desk.vault = NULL;
	seat_type(sitting->sam, "B");
	seat_misses(sitting->sam, "Back the record up");
}

static void whoever_sets_nothing_up_sees_less(void **state)
{
	struct sitting *sitting = *state;

	sitting->sam->desk.staff.who.roles = ROLE_RECEPTION;
	seat_type(sitting->sam, "B");
	seat_sees(sitting->sam, "Back the record up");
	seat_misses(sitting->sam, "Move to another desk");
	seat_misses(sitting->sam, "Bring a backup back");
}

#define RISKS 14 /* the row of what puts people at risk */

static void what_puts_people_at_risk_is_told_and_mended(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, RISKS);
	/* A demo's machine has some, whatever else it is. */
	seat_sees(sam, "The risk here is ");
	seat_sees(sam, "Looked at");
	seat_sees(sam, "To mend it: ");
	seat_type(sam, "p");
	seat_sees(sam, "foyer-doctor-");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Looks at this box");
}

static void a_backup_goes_on_the_stick_that_was_named(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	SCOPED(char_freep) char *key = on_stick(sitting, KEYS_SECRET);
	SCOPED(char_freep)
	char *path = on_stick(sitting, "2026-11-22-180200.backup");
	struct backup_head head;
	struct bytes file = { 0 };

	sitting_row(sam, 0);
	sitting_wait(sam, "FOYER, 1 GB (sda1)");
	assert_false(file_exists(path));
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Put a backup on FOYER, 1 GB (sda1)?");
	seat_press(sam, UI_KEY_DOWN); /* not that one */
	seat_press(sam, UI_KEY_ENTER);
	assert_false(file_exists(path));
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "The backup is on the stick and was checked");
	assert_int_equal(file_read(path, 1 << 24, &file), FAULT_NONE);
	assert_int_equal(backup_head_read(file.data, file.length, &head),
			 BACKUP_SOUND);
	assert_memory_equal(head.agency, sitting->office->agency.key,
			    KEY_BYTES);
	assert_false(file_exists(key));
	assert_true(stick_last(sitting->office->agency.home) > 0);
	bytes_done(&file);
}

static bool is_mounted(const struct safe *safe, const char *stick)
{
	struct bytes table = { 0 };
	bool found;

	assert_int_equal(file_read(safe->place.mounts, 1 << 20, &table),
			 FAULT_NONE);
	bytes_add_text(&table, "");
	found = strstr((char *)table.data, stick);
	bytes_done(&table);
	return found;
}

/* Bringing a backup back was left with another stick mounted. */
static void a_backup_goes_on_no_other_stick(void **state)
{
	struct sitting *sitting = *state;
	const struct safe *safe = &sitting->boxed.safe;
	struct seat *sam = sitting->sam;
	bool named = false;

	assert_int_equal(safe->place.mount_at("/dev/sdb1", safe->place.stick,
					      "vfat", 0, NULL),
			 0);
	sitting_row(sam, 0);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	for (int tries = 0; tries < 4000 && !named; tries++) {
		(void)stack_tick(&sam->desk.stack, 1);
		named = is_mounted(safe, "sda1");
		usleep(1000);
	}
	assert_true(named);
	assert_false(is_mounted(safe, "sdb1"));
	sitting_wait(sam, "was checked");
	assert_false(is_mounted(safe, "sda1"));
}

static void add_service(struct seat *seat, const char *name, const char *codes)
{
	const struct directory_rules rules =
	    directory_rules(seat->desk.settings, SEAT_NOW);
	const struct directory_new service = { .name = name,
					       .organization = "Open Door",
					       .codes = codes };
	enum directory_answer answer;
	int64_t id;

	assert_int_equal(directory_add(seat->record, &service, &rules,
				       &seat->desk.staff.who, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_DONE);
}

/* An agency with a name, and where what its box writes on a stick lies. */
struct card_files {
	char *of_before; /* the services that were brought last */
	char *public, *services;
};

static void card_files_done(struct card_files *files)
{
	free(files->of_before);
	free(files->public);
	free(files->services);
}

static struct card_files card_files(const struct sitting *sitting)
{
	static const char settings[] = "[agency]\nname = Riverside\n";
	const struct home *home = sitting->office->agency.home;
	const char *stick = sitting->boxed.safe.place.stick;
	SCOPED(char_freep)
	char *ini = home_path(home, HOME_SETTINGS, "foyer.ini");

	assert_int_equal(file_write(ini, settings, strlen(settings), 0600),
			 FAULT_NONE);
	return (struct card_files){
		.of_before = home_path(home, HOME_SETTINGS, SERVICES_FILE),
		.public = folder_file(stick, "foyer/" AGENCY_FILE),
		.services = folder_file(stick, "foyer/" SERVICES_FILE),
	};
}

static void prepare_card(struct seat *seat)
{
	sitting_row(seat, 2);
	sitting_wait(seat, "sda1");
	seat_press(seat, UI_KEY_ENTER);
	seat_press(seat, UI_KEY_ENTER);
}

static void a_kiosks_card_brings_the_services_and_no_secret(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct home *home = sitting->office->agency.home;
	const char *stick = sitting->boxed.safe.place.stick;
	SCOPED(card_files_done) struct card_files files = card_files(sitting);
	SCOPED(char_freep)
	char *secret = home_path(home, HOME_KEYS, KEYS_SECRET);

	assert_int_equal(file_write(secret, "SECRET", 6, 0600), FAULT_NONE);
	add_service(sam, "Housing desk", "need:HOU");
	add_service(sam, "SECRET house", "need:SAF not-public");
	prepare_card(sam);
	sitting_wait(sam, "on the card. Put it into the kiosk");
	assert_true(file_exists(files.public));
	assert_true(folder_holds(files.services, "Housing desk"));
	assert_false(folder_holds(stick, "SECRET"));
}

static void a_card_is_prepared_without_a_list_that_is_too_long(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	SCOPED(card_files_done) struct card_files files = { 0 };

	if (getenv("FOYER_SLOW"))
		skip();
	files = card_files(sitting);
	assert_int_equal(file_write(files.of_before, "{}", 2, 0600),
			 FAULT_NONE);
	directory_crowd(folder, SERVICES_MOST + 1, 1);
	directory_bring(sam->record, folder, &sam->desk.staff.who, SEAT_NOW);
	prepare_card(sam);
	sitting_wait(sam, "The card is ready, but without services");
	seat_sees(sam, "code “published”");
	assert_true(file_exists(files.public));
	assert_false(file_exists(files.services));
	assert_false(file_exists(files.of_before));

	/* Marked, it goes along. */
	add_service(sam, "Housing desk", "need:HOU published");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "on the card. Put it into the kiosk");
	assert_true(folder_holds(files.services, "Housing desk"));
	assert_false(folder_holds(files.services, "Place"));
}

static void a_stick_that_is_pulled_is_told(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 0);
	sitting_wait(sam, "sda1");
	safe_plug(&sitting->boxed.safe, false);
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "That stick cannot be read");
	seat_sees(sam, "Put a stick in, then press r");
}

static void it_reminds_once_a_week_has_gone(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	box_remind(&sam->desk);
	seat_sees(sam, "The record was never put on a stick");
	desk_say(&sam->desk, NULL, false);
	sitting_row(sam, 0);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "was checked");
	desk_say(&sam->desk, NULL, false);
	sam->desk.clock.now = stick_last(sam->desk.home) + 6 * 86400000LL;
	box_remind(&sam->desk);
	seat_misses(sam, "was last put on a stick");
	sam->desk.clock.now += 2 * 86400000LL;
	box_remind(&sam->desk);
	seat_sees(sam, "8 days ago");
}

static void a_kiosk_is_taken_in_by_its_square(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	struct card card = { .name = "K9" };
	uint8_t seed[32];
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes payload = { 0 }, digits = { 0 };

	agency_kiosk(9, seed, card.key);
	card_write_kiosk(&card, seed, &payload);
	frame_write(FRAME_ENROLMENT, 0, payload.data, payload.length, &digits);
	assert_true(box_offer_kiosk(&sam->desk, (char *)digits.data));
	key_fingerprint(card.key, fingerprint);
	seat_sees(sam, fingerprint);
	seat_type(sam, "y");
	seat_sees(sam, "tickets of this kiosk are taken from now on");
	assert_true(box_offer_kiosk(&sam->desk, (char *)digits.data));
	seat_type(sam, "y");
	seat_sees(sam, "is taken in already");
	/* A ticket is none. */
	assert_false(box_offer_kiosk(&sam->desk, "583000000000"));
	/* Nor is one whose signature is another's. */
	payload.data[payload.length - 1] ^= 1;
	digits.length = 0;
	frame_write(FRAME_ENROLMENT, 0, payload.data, payload.length, &digits);
	assert_true(box_offer_kiosk(&sam->desk, (char *)digits.data));
	seat_sees(sam, "That is not a kiosk’s own card");
	bytes_done(&payload);
	bytes_done(&digits);
}

static void the_boxs_passphrase_and_clock_are_set_there(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	SCOPED(char_freep)
	char *record = folder_file(sitting->office->agency.folder, RECORD_FILE);
	struct vault_answer answer;
	struct vault_request make = { .verb = VAULT_MAKE,
				      .passphrase = "the first one" };
	struct vault_call *call = vault_call_new(sam->desk.vault, &make);

	while (vault_call_look(call, &answer) == VAULT_WAITING)
		usleep(1000);
	vault_call_free(call);
	assert_int_equal(answer.state, VAULT_OPENED);
	sitting_row(sam, 8);
	seat_sees(sam, "when the box is switched on");
	seat_type(sam, "another one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the second one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the second one");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "That passphrase is not right");
	seat_type(sam, "the first one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the second one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the second one");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "Done.");
	assert_int_equal(seat_audited(sam, "box-passphrase"), 1);
	(void)stack_tick(&sam->desk.stack, 1);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_UP);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Tickets and visits are dated by it");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	assert_int_equal(seat_audited(sam, "clock-set"), 1);
	sitting_wait(sam, "Done.");
	assert_int_equal(seat_audited(sam, "clock-not-set"), 0);

	/* What was done is not told as undone, though no row could be kept. */
	audit_lose(record);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_down(sam, 1);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the second one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the third one");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "the third one");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "the audit has no row");
	assert_int_equal(box_moment("2026-11-22", "13:02"), SEAT_NOW / 1000);
	assert_int_equal(box_moment("2026-02-31", "13:02"), -1);
	assert_int_equal(box_moment("2026-11-22", "24:00"), -1);
}

static void passphrases_that_were_not_taken_are_written_anew(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 6);
	seat_type(sam, "the first one");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "•••••");
	seat_type(sam, "short");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "short");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "12 characters or more");
	seat_misses(sam, "•••••");
}

/* --- the agency's key
 * ---------------------------------------------------------- */

static const char words[] = AGENCY_PASSPHRASE;
static const char fresh[] = "wena topu kire fusa bido dogi";

static bool opens(const struct sitting *sitting, const char *passphrase)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried;

	assert_int_equal(
	    ring_unlock(ring,
			home_folder(sitting->office->agency.home, HOME_KEYS),
			passphrase, &tried),
	    FAULT_NONE);
	return tried.opened > 0;
}

static void write_lines(struct seat *seat, const char *old, const char *new)
{
	const char *const lines[] = { old, new, new };

	for (size_t i = 0; i < COUNT(lines); i++) {
		seat_type(seat, lines[i]);
		seat_press(seat, UI_KEY_ENTER);
	}
}

static void the_agencys_key_gets_another_passphrase(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sitting_row(sam, 9);
	seat_sees(sam, "the key’s paper stays good");
	seat_sees(sam, "For example, made just now:");
	write_lines(sam, fresh, fresh);
	seat_sees(sam, "That passphrase is not right");
	write_lines(sam, words, "short");
	seat_sees(sam, "12 characters or more");
	assert_true(opens(sitting, words));
	write_lines(sam, words, fresh);
	seat_sees(sam, "Done. Write the new words down");
	assert_true(opens(sitting, fresh));
	assert_false(opens(sitting, words));
}

static void any_desk_changes_it_from_its_lists(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	sam->desk.vault = NULL;
	seat_type(sam, "gK");
	write_lines(sam, words, fresh);
	seat_sees(sam, "Done. Write the new words down");
	assert_true(opens(sitting, fresh));
	/* It is an administrator's right. */
	sam->desk.staff.who.roles = ROLE_WORKER;
	seat_misses(sam, "key’s passphrase");
	seat_type(sam, "K");
	seat_misses(sam, "Change the passphrase");
}

/* --- to another box
 * ------------------------------------------------------------ */

static void settle(struct box *box)
{
	while (box_is_waiting(box)) {
		box_tick(box);
		usleep(500);
	}
}

static void give(struct box *box, const char *text)
{
	for (; *text; text++)
		box_key(box, &(struct ui_event){ .key = UI_KEY_TEXT,
						 .character = (uint8_t)*text });
	settle(box);
}

static void enter(struct box *box, const char *text)
{
	give(box, text);
	box_key(box, &(struct ui_event){ .key = UI_KEY_ENTER });
	settle(box);
}

static void at_step(struct box *box, const char *name)
{
	settle(box);
	assert_non_null(box->step);
	assert_string_equal(box->step->name, name);
}

/* An empty box, up to where it asks for the stick. */
static void begin_again(const struct sitting *sitting, const char *home,
			struct box *box)
{
	SCOPED(char_freep) char *mark = folder_file(home, "demo");

	/* Where keys cost little: everything else is as on a real box. */
	assert_int_equal(folder_make(home), FAULT_NONE);
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	assert_int_equal(box_init(box, sitting->boxed.socket, home, "en"),
			 FAULT_NONE);
	box->now = SEAT_NOW;
	at_step(box, "language");
	give(box, "1");
	enter(box, "lamo riku tesa pona");
	enter(box, "lamo riku tesa pona");
	at_step(box, "begin");
	give(box, "2");
	at_step(box, "zone");
	enter(box, "");
	at_step(box, "clock");
	enter(box, "");
	enter(box, "");
	at_step(box, "stick");
}

static void give_lines(struct box *box, const uint8_t *secret)
{
	char line[KEY_LINE_SPACED];

	at_step(box, "lines");
	for (int i = 1; i <= KEY_LINES; i++) {
		key_line_write(secret, i, line);
		enter(box, line);
	}
	at_step(box, "words");
}

static void an_agency_comes_back_from_paper_and_stick(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct safe *safe = &sitting->boxed.safe;
	SCOPED(char_freep) char *home = folder_file(safe->place.mount, "foyer");
	SCOPED(char_freep) char *record = NULL;
	SCOPED(char_freep) char *key = NULL;
	struct box box;

	sitting_row(sam, 0);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "was checked");

	begin_again(sitting, home, &box);
	give(&box, "1");
	at_step(&box, "lines");
	/* Another way is chosen: the stick is given back. */
	assert_true(box.answer.mounted);
	box_key(&box, &(struct ui_event){ .key = UI_KEY_ESCAPE });
	at_step(&box, "begin");
	assert_false(box.answer.mounted);
	give(&box, "2");
	at_step(&box, "zone");
	enter(&box, "");
	at_step(&box, "stick");
	/* The words of a key that is on it, too, were forgotten. */
	key = on_stick(sitting, KEYS_SECRET);
	assert_int_equal(file_write(key, "forgotten", 9, 0600), FAULT_NONE);
	give(&box, "1");
	at_step(&box, "key_words");
	enter(&box, "");
	give_lines(&box, sitting->office->agency.secret);
	assert_string_equal(agency_key_label(box.key), "Riverside");
	enter(&box, box.secret->key);
	at_step(&box, "backup");
	assert_true(box_open_key(&box, box.secret->key));
	give(&box, "1");
	assert_true(box.brought);
	assert_false(box.answer.mounted);
	record = xasprintf("%s/record/" RECORD_FILE, home);
	assert_true(file_exists(record));
	/* The backup has nobody who signs in, so somebody is asked for. */
	at_step(&box, "user");
	box_done(&box);
}

/* Another key in the place of the desk's, which is kept; or destroyed. */
static void change_key(const struct home *home, bool destroyed)
{
	SCOPED(agency_key_freep)
	struct agency_key *next = agency_key_make("Test", SEAT_NOW / 1000);
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(key_ready_beside(home, next, AGENCY_KEY_DEMO, words,
					  SEAT_NOW / 1000, &ready),
			 FAULT_NONE);
	assert_int_equal(keys_change(ready, SEAT_NOW / 1000), FAULT_NONE);
	key_ready_free(ready);
	ready = NULL;
	assert_int_equal(keys_old(home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	if (destroyed)
		assert_int_equal(keys_destroy(home, &old[0]), FAULT_NONE);
}

#define MOVE 10 /* the row of moving to another desk */

static void move(struct sitting *sitting)
{
	sitting_row(sitting->sam, MOVE);
	sitting_wait(sitting->sam, "sda1");
	seat_press(sitting->sam, UI_KEY_ENTER);
	seat_sees(sitting->sam, "Put backup and key on");
	seat_press(sitting->sam, UI_KEY_ENTER);
	sitting_wait(sitting->sam, "Backup and key are on the stick");
}

/* The stick's history says so, at a desk that never had that key. */
static void a_paper_of_a_key_that_was_destroyed_elsewhere_is_told(void **state)
{
	struct sitting *sitting = *state;
	const struct agency *agency = &sitting->office->agency;
	SCOPED(char_freep)
	char *home = folder_file(sitting->boxed.safe.place.mount, "foyer");
	SCOPED(char_freep) char *key = folder_file(home, "keys/agency.key");
	SCOPED(char_freep) char *seen = NULL;
	struct canvas *canvas = canvas_new(24, 80, false);
	struct box box;

	change_key(agency->home, true);
	move(sitting);
	begin_again(sitting, home, &box);
	give(&box, "1");
	at_step(&box, "key_words");
	enter(&box, ""); /* forgotten, and the paper is an old one */
	give_lines(&box, agency->secret);
	enter(&box, box.secret->key);
	at_step(&box, "words");
	box_draw(&box, canvas);
	seen = canvas_picture(canvas);
	assert_non_null(strstr(seen, "destroyed here, for good"));
	assert_false(file_exists(key));
	/* Another paper is a step back away, not a start. */
	box_key(&box, &(struct ui_event){ .key = UI_KEY_ESCAPE });
	at_step(&box, "begin");
	canvas_free(canvas);
	box_done(&box);
}

/* The passphrase that was typed right is drawn by no screen after it. */
static void a_key_that_is_refused_shows_no_passphrase(void **state)
{
	struct sitting *sitting = *state;
	SCOPED(char_freep)
	char *home = folder_file(sitting->boxed.safe.place.mount, "foyer");
	SCOPED(char_freep) char *keys = folder_file(home, "keys");
	SCOPED(char_freep) char *history = folder_file(keys, KEYS_HISTORY);
	struct canvas *canvas = canvas_new(24, 80, false);
	struct box box;

	move(sitting);
	begin_again(sitting, home, &box);
	give(&box, "1");
	at_step(&box, "key_words");
	assert_int_equal(folder_make(history), FAULT_NONE); /* unreadable */
	enter(&box, words);
	for (int turns = 0; turns < 2; turns++) {
		SCOPED(char_freep) char *seen = NULL;

		at_step(&box, "key_words");
		box_draw(&box, canvas);
		seen = canvas_picture(canvas);
		assert_null(strstr(seen, words));
		assert_null(box.key);
		assert_string_equal(box.secret->key, "");
		/* The other language: F2 draws the step that is due. */
		box_key(&box, &(struct ui_event){ .key = UI_KEY_FUNCTION,
						  .character = 2 });
	}
	/* What was in the way is gone: the same words do it. */
	assert_int_equal(rmdir(history), 0);
	enter(&box, words);
	at_step(&box, "backup");
	canvas_free(canvas);
	box_done(&box);
}

static void old_tickets_open_where_a_desk_moved(void **state)
{
	struct sitting *sitting = *state;
	const struct agency *agency = &sitting->office->agency;
	SCOPED(char_freep)
	char *home = folder_file(sitting->boxed.safe.place.mount, "foyer");
	SCOPED(char_freep) char *keys = folder_file(home, "keys");
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried;
	struct box box;

	change_key(agency->home, false);
	move(sitting);
	begin_again(sitting, home, &box);
	give(&box, "1");
	at_step(&box, "key_words");
	enter(&box, words);
	at_step(&box, "backup");
	assert_int_equal(ring_unlock(ring, keys, words, &tried), FAULT_NONE);
	assert_int_equal(tried.opened, 2);
	assert_non_null(ring_find(ring, key_id(KEY_AGENCY, agency->key), 0));
	box_done(&box);
}

int main(void)
{
#define TEST(test) \
	cmocka_unit_test_setup_teardown(test, sitting_open, sitting_close)
	static const struct CMUnitTest tests[] = {
		TEST(the_box_is_a_list_with_words_for_each),
		TEST(a_desk_that_is_no_box_has_none_of_it),
		TEST(whoever_sets_nothing_up_sees_less),
		TEST(what_puts_people_at_risk_is_told_and_mended),
		TEST(a_backup_goes_on_the_stick_that_was_named),
		TEST(a_backup_goes_on_no_other_stick),
		TEST(a_kiosks_card_brings_the_services_and_no_secret),
		TEST(a_card_is_prepared_without_a_list_that_is_too_long),
		TEST(a_stick_that_is_pulled_is_told),
		TEST(it_reminds_once_a_week_has_gone),
		TEST(a_kiosk_is_taken_in_by_its_square),
		TEST(the_boxs_passphrase_and_clock_are_set_there),
		TEST(passphrases_that_were_not_taken_are_written_anew),
		TEST(the_agencys_key_gets_another_passphrase),
		TEST(any_desk_changes_it_from_its_lists),
		TEST(an_agency_comes_back_from_paper_and_stick),
		TEST(a_paper_of_a_key_that_was_destroyed_elsewhere_is_told),
		TEST(a_key_that_is_refused_shows_no_passphrase),
		TEST(old_tickets_open_where_a_desk_moved),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
