#include "desk/reports.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/box_papers.h"
#include "desk/loop.h"
#include "desk/screens.h"
#include "office/demo_pilot.h"
#include "report/site_key.h"
#include "tests/support/folder.h"
#include "tests/support/seat.h"
#include "tests/support/sites.h"
#include "tests/support/sitting.h"
#include "tests/test.h"

/* Reports on the screen. */

/* Three referrals out, of which one helped, and one in. */
static void fill(struct seat *seat)
{
	seat_make(seat, "person", "number", "P-1", NULL);
	seat_make(seat, "referral", "person", "1", "direction", "out", "need",
		  "HOU", "elsewhere", "Elm Street housing help", NULL);
	seat_make(seat, "referral", "person", "1", "direction", "out", "need",
		  "HOU", "elsewhere", "Elm Street housing help", NULL);
	seat_make(seat, "referral", "person", "1", "direction", "out", "need",
		  "EMP", "elsewhere", "Work centre", NULL);
	seat_make(seat, "referral", "person", "1", "direction", "in", "need",
		  "LAN", "from", "school", NULL);
}

static void open_referrals(struct seat *seat)
{
	seat_type(seat, "R");
	seat_press(seat, UI_KEY_HOME);
	seat_down(seat, 4);
	seat_press(seat, UI_KEY_ENTER);
}

static void a_table_at_a_time_with_what_was_counted(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	fill(sam);
	open_referrals(sam);
	seat_sees(sam, "── Referrals ──");
	seat_sees(sam, "1/5 · Referrals by state · 2026-11-01 – 2026-11-22");
	seat_sees(sam, "We refer Proposed 3");
	seat_press(sam, UI_KEY_RIGHT);
	seat_sees(sam, "2/5");
	seat_golden(sam, "desk-report-80x24");
	seat_type(sam, ">>>");
	seat_sees(sam, "5/5");
	seat_misses(sam, "> next table");
	seat_type(sam, "<<");
	/* How things stand now, not over the days. */
	seat_sees(sam, "3/5 · Open referrals by age · As of 2026-11-22");
	ana->rows = 14;
	ana->columns = 60;
	open_referrals(ana);
	seat_press(ana, UI_KEY_RIGHT);
	seat_sees(ana, "Elm Street");
	ana->rows = 45;
	ana->columns = 160;
	seat_golden(ana, "desk-report-fr-160x45");
}

static void press_alone(struct seat *seat, enum ui_key key)
{
	loop_key(&seat->desk, &(struct ui_event){ .key = key });
}

/* The desk draws, waits for nothing, takes keys and counts one table. */
static void a_report_is_counted_a_table_at_a_time(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	struct desk *desk = &sam->desk;

	fill(sam);
	seat_type(sam, "R");
	seat_press(sam, UI_KEY_HOME);
	seat_down(sam, 4);
	assert_true(loop_patience(desk) > 0);
	press_alone(sam, UI_KEY_ENTER);
	assert_int_equal(loop_patience(desk), 0);
	loop_tick(desk); /* nothing is counted before it is said */
	seat_sees(sam, "Referrals");
	seat_sees(sam, "Counting… table 1 of 5 · esc ends it");
	loop_tick(desk);
	loop_tick(desk);
	seat_golden(sam, "desk-report-counting-80x24");
	loop_look(desk); /* another desk's change is looked at meanwhile */
	loop_tick(desk);
	seat_sees(sam, "table 3 of 5");
	press_alone(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "── Reports ──");
	seat_sees(sam, "Ended. Nothing was shown");
	assert_true(loop_patience(desk) > 0);
	seat_press(sam, UI_KEY_ENTER); /* and all of it */
	seat_sees(sam, "1/5 · Referrals by state");
}

static void the_lock_ends_the_counting(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, "R");
	press_alone(sam, UI_KEY_ENTER);
	seat_sees(sam, "Counting…");
	desk_lock(&sam->desk);
	seat_misses(sam, "Counting…");
	assert_true(loop_patience(&sam->desk) > 0);
	loop_tick(&sam->desk);
	assert_int_equal(sam->desk.stack.depth, 1); /* the locked screen */
}

static void days_and_language_are_chosen_first(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	fill(sam);
	seat_type(sam, "R");
	seat_sees(sam, "2026-11-01 – 2026-11-22 · in English");
	seat_type(sam, "w2");
	seat_sees(sam, "2026-10-01 – 2026-10-31");
	seat_type(sam, "w4");
	seat_sees(sam, "2025-01-01 – 2025-12-31");
	seat_type(sam, "w5");
	seat_type(sam, "2026-13");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "These are no such days");
	for (int i = 0; i < 7; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	seat_type(sam, "2026-07 2026-09");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "2026-07-01 – 2026-09-30");
	seat_type(sam, "v");
	seat_sees(sam, "in French");
	seat_press(sam, UI_KEY_HOME);
	seat_down(sam, 4);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Orientations par");
	seat_sees(sam, "Rien");
}

static char *text_of(const struct seat *seat, const char *name)
{
	SCOPED(char_freep)
	char *path = home_path(seat->desk.home, HOME_EXPORTS, name);
	struct bytes file = { 0 };

	assert_int_equal(file_read(path, 1 << 20, &file), FAULT_NONE);
	return bytes_take_text(&file);
}

static void a_report_is_saved_three_ways_and_printed(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep) char *csv = NULL;
	SCOPED(char_freep) char *json = NULL;
	SCOPED(char_freep) char *book = NULL;

	fill(sam);
	open_referrals(sam);
	seat_type(sam, "d1");
	seat_sees(sam, "Written: ");
	csv = text_of(sam, "referrals-2026-11-01_2026-11-22-en-2026-11-22.csv");
	assert_non_null(strstr(csv, "\"We refer\",\"Proposed\",\"3\"\r\n"));
	seat_type(sam, "d2");
	json =
	    text_of(sam, "referrals-2026-11-01_2026-11-22-en-2026-11-22.json");
	assert_non_null(strstr(json, "\"report\":\"referrals\""));
	seat_type(sam, "d3");
	book =
	    text_of(sam, "referrals-2026-11-01_2026-11-22-en-2026-11-22.xlsx");
	assert_memory_equal(book, "PK", 2);
	seat_type(sam, "p");
	seat_sees(sam, "As a PDF file: ");
}

/* What was written stays: other days, the other language and a second time are
 * files of their own. */
static void no_report_is_written_over_another(void **state)
{
	static const char *const names[] = {
		"referrals-2026-11-01_2026-11-22-en-2026-11-22.csv",
		"referrals-2026-11-01_2026-11-22-en-2026-11-22-2.csv",
		"referrals-2026-10-fr-2026-11-22.csv",
	};
	struct office *office = *state;
	struct seat *sam = &office->sam;

	fill(sam);
	open_referrals(sam);
	seat_type(sam, "d1d1");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "w2v");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "d1");
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep) char *csv = text_of(sam, names[i]);

		assert_non_null(strstr(csv, i == 2 ? "Orient" : "We refer"));
	}
}

/* On a box they lie with its pages, and go the same way to a stick. */
static void on_a_box_it_is_saved_beside_the_pages(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep)
	char *path = home_path(
	    office->agency.home, HOME_PRINTS,
	    "foyer-referrals-2026-11-01_2026-11-22-en-20261122-130200.csv");
	SCOPED(char_freep) char *name = NULL;
	struct papers papers;

	fill(sam);
	open_referrals(sam);
	sam->desk.vault = "/nowhere";
	seat_type(sam, "d1");
	assert_true(file_exists(path));
	papers_read(&papers, home_folder(office->agency.home, HOME_PRINTS), 0);
	assert_int_equal(papers.count, 1);
	assert_string_equal(papers.files[0].what,
			    "referrals-2026-11-01_2026-11-22-en");
	name = paper_name(&papers.files[0]);
	assert_string_equal(name,
			    "2026-11-22-130200-referrals-2026-11-01_2026-11-22"
			    "-en.csv");
	papers_done(&papers);
	sam->desk.vault = NULL;
}

static void reports_are_for_supervisors_and_coordinators_alone(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sam->desk.staff.who.roles = ROLE_WORKER;
	assert_false(reports_may(&sam->desk));
	seat_type(sam, "R");
	seat_misses(sam, "── Reports ──");
	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	assert_true(reports_may(&sam->desk));
	seat_type(sam, "R");
	seat_sees(sam, "── Reports ──");
}

/* --- a funder's file -------------------------------------------------------
 */

enum extra { SITES, MERGE, GATHER, SHARE, SERVICES }; /* from the end */

static void open_extra(struct seat *seat, enum extra from_end)
{
	seat_press(seat, UI_KEY_END);
	for (enum extra i = 0; i < from_end; i++)
		seat_press(seat, UI_KEY_UP);
	seat_press(seat, UI_KEY_ENTER);
}

/* The invented agency's October, as tests/report/service_file.c counted it. */
static void a_funders_month_shows_first_what_would_be_rejected(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep) char *sent = NULL;
	SCOPED(char_freep) char *rejected = NULL;
	SCOPED(char_freep) char *json = NULL;
	SCOPED(char_freep)
	char *page =
	    home_path(office->agency.home, HOME_PRINTS,
		      "foyer-services-maple-2026-10-en-20261122-130200.pdf");

	assert_int_equal(pilot_write(sam->record, &sam->desk.staff.who,
				     SEAT_NOW, "2026-11-21"),
			 FAULT_NONE);
	seat_type(sam, "R");
	open_extra(sam, SERVICES);
	seat_sees(sam, "Which funder?");
	seat_sees(sam, "Maple Settlement Fund");
	seat_type(sam, "2");
	seat_sees(sam, "2026-10-01 – 2026-10-31");
	seat_sees(sam, "7 rows to send · 2 would be rejected");
	seat_sees(sam, "1 whose person did not agree, 0 of another");
	seat_sees(sam, "P-32 2026-10-12 Minutes nothing is noted; fill in");
	seat_sees(sam, "fill in “Contact with services: Minutes”");
	seat_golden(sam, "desk-funder-80x24");
	/* It is mended where it is missing, and counted anew. */
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Contact with services");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "7 rows to send");
	seat_type(sam, "d1");
	seat_sees(sam, "Written: ");
	sent = text_of(sam, "services-maple-2026-10-2026-11-22.csv");
	assert_non_null(strstr(sent, "\"P-13\",\"\",\"DEMO-04\""));
	assert_null(strstr(sent, "P-32"));
	seat_type(sam, "d3");
	rejected = text_of(sam, "services-maple-2026-10-rejected-2026-11-22"
				".csv");
	assert_non_null(strstr(rejected, "\"P-32\""));
	seat_type(sam, "d4");
	json = text_of(sam, "services-maple-2026-10-2026-11-22.json");
	assert_non_null(strstr(json, "\"source\":\"person.number\""));
	seat_type(sam, "p");
	assert_true(file_exists(page));
	seat_type(sam, ">>>"); /* no month to come */
	seat_sees(sam, "2026-11-01 – 2026-11-30");
	seat_type(sam, "<<<<<<");
	seat_sees(sam, "2026-05-01 – 2026-05-31");
	seat_sees(sam, "Nothing would be rejected.");
}

/* The desk draws, takes keys and makes some rows of it. */
static void a_funders_file_is_made_a_piece_at_a_time(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	struct desk *desk = &sam->desk;

	assert_int_equal(pilot_write(sam->record, &sam->desk.staff.who,
				     SEAT_NOW, "2026-11-21"),
			 FAULT_NONE);
	seat_type(sam, "R");
	open_extra(sam, SERVICES);
	press_alone(sam, UI_KEY_DOWN);
	press_alone(sam, UI_KEY_ENTER);
	assert_int_equal(loop_patience(desk), 0);
	press_alone(sam, UI_KEY_ENTER); /* there is no row to mend yet */
	loop_tick(desk);
	seat_sees(sam, "Making the file… part 1 of 1 · esc ends it");
	press_alone(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Ended. Nothing was shown");
	loop_tick(desk);
	seat_sees(sam, "── Reports ──");
	assert_true(loop_patience(desk) > 0);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "2");
	seat_sees(sam, "7 rows to send");
	/* Ended, another month leaves the one that was seen. */
	loop_key(desk,
		 &(struct ui_event){ .key = UI_KEY_TEXT, .character = '<' });
	loop_tick(desk);
	seat_sees(sam, "Making the file…");
	press_alone(sam, UI_KEY_ESCAPE);
	loop_tick(desk);
	seat_sees(sam, "2026-10-01 – 2026-10-31");
	seat_sees(sam, "7 rows to send");
}

static void a_funders_file_is_for_supervisors_alone(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	seat_type(sam, "R");
	open_extra(sam, SERVICES);
	seat_sees(sam, "it is for supervisors");
	seat_misses(sam, "Which funder?");
}

/* --- several sites --------------------------------------------------------
 */

static void a_small_site_shares_nothing_and_is_told_why(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, "R");
	open_extra(sam, SHARE);
	seat_sees(sam, "fewer than 40 people");
}

static struct wording words_of(const struct seat *seat)
{
	return (struct wording){ seat->record, seat->desk.staff.words,
				 &seat->desk.staff.who };
}

static void put_on(const char *folder, const char *name,
		   const struct site *site)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(
	    file_write(path, site->file.data, site->file.length, 0600),
	    FAULT_NONE);
}

/* Three sites, of October. */
static void make_sites(const struct seat *seat, struct site sites[3])
{
	const struct wording wording = words_of(seat);
	struct chance chance = { 8 };

	for (int i = 0; i < 3; i++) {
		site_init(&sites[i], i, &chance);
		sites[i].counts[0][0] = 100 * (i + 1);
		site_write(&wording, &sites[i], "2026-10");
	}
}

/* As somebody did who compared their fingerprints. */
static void list_sites(const struct seat *seat, const struct site *sites,
		       size_t count)
{
	const struct sites_doing doing = { seat->desk.home, seat->record,
					   &seat->desk.staff.who, SEAT_NOW };
	SCOPED(sites_done) struct sites list = { 0 };
	enum sites_answer answer;

	for (size_t i = 0; i < count; i++)
		assert_int_equal(sites_add(&doing, &list, sites[i].name,
					   kiosk_key_public(sites[i].key),
					   &answer),
				 FAULT_NONE);
}

static void the_sum_of_sites_names_who_is_missing(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct wording wording = words_of(sam);
	SCOPED(char_freep)
	char *kept = home_path(sam->desk.home, HOME_SETTINGS, SITES_FOLDER);
	struct site sites[3];

	make_sites(sam, sites);
	seat_type(sam, "R");
	open_extra(sam, MERGE);
	seat_sees(sam, "No site is on the list yet");
	list_sites(sam, sites, 3);
	open_extra(sam, MERGE);
	seat_sees(sam, "No site’s file is here yet");
	put_on(kept, "1.json", &sites[1]);
	put_on(kept, "2.json", &sites[2]);
	open_extra(sam, MERGE);
	seat_sees(sam, "Missing: Site 0");
	seat_sees(sam, "── Referrals");
	seat_sees(sam, "a week or less");
	seat_sees(sam, "Of several sites.");
	seat_press(sam, UI_KEY_ESCAPE);
	/* Of several months one is picked. */
	site_write(&wording, &sites[0], "2026-09");
	put_on(kept, "0.json", &sites[0]);
	open_extra(sam, MERGE);
	seat_sees(sam, "2026-10-01 – 2026-10-31 · 2 sites of 3");
	seat_sees(sam, "2026-09-01 – 2026-09-30 · 1 site of 3");
	seat_type(sam, "2");
	seat_sees(sam, "Missing: Site 1, Site 2");
	seat_press(sam, UI_KEY_ESCAPE);
	/* One that was changed is no site's. */
	sites[2].file.data[60] ^= 1;
	put_on(kept, "2.json", &sites[2]);
	open_extra(sam, MERGE);
	seat_type(sam, "1");
	seat_sees(sam, "2.json lies among the sites’ files and does not count");
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void a_list_that_is_wrong_is_told_with_its_row(void **state)
{
	static const enum extra all[] = { SITES, MERGE, GATHER };
	static const char list[] = "site,key\nElm,x\n";
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep)
	char *folder = home_path(sam->desk.home, HOME_SETTINGS, SITES_FOLDER);
	SCOPED(char_freep)
	char *path = home_path(sam->desk.home, HOME_SETTINGS, SITES_LIST);

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, list, sizeof list - 1, 0600),
			 FAULT_NONE);
	seat_type(sam, "R");
	for (size_t i = 0; i < COUNT(all); i++) {
		open_extra(sam, all[i]);
		seat_sees(sam, "── Reports ──");
		seat_sees(sam, "is wrong in its row 2");
		seat_press(sam, UI_KEY_UP);
	}
}

static void a_list_that_cannot_be_read_is_not_told_as_wrong(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep)
	char *path = home_path(sam->desk.home, HOME_SETTINGS, SITES_LIST);

	assert_int_equal(folder_make(path), FAULT_NONE);
	seat_type(sam, "R");
	open_extra(sam, SITES);
	seat_sees(sam, "could not be");
	seat_misses(sam, "is wrong in its row");
}

static void an_older_file_is_taken_once_somebody_says_so(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct wording wording = words_of(sam);
	SCOPED(folder_freep) char *folder = folder_new();
	struct site sites[3];

	make_sites(sam, sites);
	list_sites(sam, sites, 1);
	put_on(folder, "0.json", &sites[0]);
	seat_type(sam, "R");
	open_extra(sam, GATHER);
	seat_type(sam, folder);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Site 0 2026-10 taken");
	seat_misses(sam, "r replace");
	seat_press(sam, UI_KEY_ESCAPE);
	sites[0].now -= 1000;
	site_write(&wording, &sites[0], "2026-10");
	put_on(folder, "0.json", &sites[0]);
	open_extra(sam, GATHER);
	seat_type(sam, folder);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "no newer than here");
	seat_type(sam, "r");
	seat_sees(sam, "taken as wished");
	seat_misses(sam, "r replace");
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void type_digits(struct seat *seat, const struct site *site)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(kiosk_key_public(site->key), fingerprint);
	seat_type(seat, fingerprint);
	seat_press(seat, UI_KEY_ENTER);
}

/* A desk without sticks takes them from a folder. */
static void a_site_is_added_by_its_fingerprint_alone(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	SCOPED(folder_freep) char *folder = folder_new();
	struct site sites[3];

	make_sites(sam, sites);
	list_sites(sam, sites, 1);
	for (size_t i = 0; i < COUNT(sites); i++) {
		SCOPED(char_freep) char *name = xasprintf("%zu.json", i);

		put_on(folder, name, &sites[i]);
	}
	seat_type(sam, "R");
	open_extra(sam, GATHER);
	seat_type(sam, "/nowhere");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "There is no folder /nowhere");
	for (int i = 0; i < 8; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	seat_type(sam, folder);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Site 0 2026-10 taken");
	seat_sees(sam, "Site 1 2026-10 refused: not on the list");
	seat_misses(sam, "a add site");
	seat_press(sam, UI_KEY_DOWN);
	seat_golden(sam, "desk-gathered-80x24");
	/* Another's digits add nobody. */
	seat_type(sam, "a");
	type_digits(sam, &sites[2]);
	seat_sees(sam, "These are not the digits");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "a");
	type_digits(sam, &sites[1]);
	seat_sees(sam, "Site 1 is on the list: its files count");
	seat_sees(sam, "Site 1 2026-10 taken");
	seat_sees(sam, "Site 2 2026-10 refused: not on the list");
	seat_press(sam, UI_KEY_ESCAPE);
	open_extra(sam, GATHER);
	seat_type(sam, folder);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Site 0 2026-10 was here already");
	seat_sees(sam, "Site 1 2026-10 was here already");
	/* A supervisor looks, and a coordinator adds. */
	sam->desk.staff.who.roles = ROLE_SUPERVISOR;
	seat_press(sam, UI_KEY_END);
	seat_misses(sam, "a add site");
	seat_sees(sam, "A coordinator puts it on the list");
	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	seat_sees(sam, "a add site");
	ana->rows = 45;
	ana->columns = 160;
	seat_type(ana, "R");
	open_extra(ana, GATHER);
	seat_type(ana, folder);
	seat_press(ana, UI_KEY_ENTER);
	seat_press(ana, UI_KEY_END);
	seat_golden(ana, "desk-gathered-fr-160x45");
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void the_sites_and_this_ones_own_key_are_seen(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const uint8_t seed[SIGNATURE_SEED] = { 77 };
	SCOPED(kiosk_key_freep) struct kiosk_key *key = kiosk_key_of_seed(seed);
	SCOPED(char_freep)
	char *path = home_path(sam->desk.home, HOME_KEYS, HOME_SITE_KEY);
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct site sites[3];

	make_sites(sam, sites);
	list_sites(sam, sites, 3);
	assert_int_equal(kiosk_key_write(key, path), FAULT_NONE);
	seat_type(sam, "R");
	open_extra(sam, SITES);
	key_fingerprint(kiosk_key_public(key), fingerprint);
	seat_sees(sam, fingerprint);
	key_fingerprint(kiosk_key_public(sites[1].key), fingerprint);
	seat_sees(sam, fingerprint);
	seat_golden(sam, "desk-sites-80x24");
	/* x is pressed twice, on the same one. */
	seat_type(sam, "x");
	seat_sees(sam, "x once more takes Site 0 off the list");
	seat_press(sam, UI_KEY_DOWN);
	seat_type(sam, "x");
	seat_sees(sam, "x once more takes Site 1 off the list");
	seat_type(sam, "x");
	seat_sees(sam, "Site 1 is not on the list any more");
	seat_misses(sam, fingerprint);
	sam->desk.staff.who.roles = ROLE_SUPERVISOR;
	seat_misses(sam, "x remove");
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void a_box_takes_the_sites_files_from_a_stick(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const char *stick = sitting->boxed.safe.place.stick;
	SCOPED(char_freep) char *papers = xasprintf("%s/foyer-papers", stick);
	SCOPED(char_freep) char *folder = xasprintf("%s/statistics", stick);
	SCOPED(char_freep) char *other = xasprintf("%s/other.json", stick);
	struct site sites[3];

	make_sites(sam, sites);
	list_sites(sam, sites, 2);
	seat_type(sam, "R");
	open_extra(sam, GATHER);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Read the sites’ files from FOYER");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "There is no file that a site signed on that stick");
	put_on(papers, "1.json", &sites[1]);
	put_on(folder, "2.json", &sites[2]);
	assert_int_equal(file_write(other, "{}", 2, 0600), FAULT_NONE);
	sitting_wait(sam, "enter choose");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "2 sites’ files were read: pull the stick out");
	seat_sees(sam, "Site 1 2026-10 taken");
	seat_sees(sam, "Site 2 2026-10 refused: not on the list");
	seat_press(sam, UI_KEY_ESCAPE);
	open_extra(sam, MERGE);
	seat_sees(sam, "Missing: Site 0");
	seat_sees(sam, "Of several sites.");
	for (size_t i = 0; i < COUNT(sites); i++)
		site_done(&sites[i]);
}

static void a_coordinator_carries_the_own_file_from_a_box(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;

	assert_int_equal(pilot_write(sam->record, &sam->desk.staff.who,
				     SEAT_NOW, "2026-11-21"),
			 FAULT_NONE);
	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	seat_type(sam, "Rw5");
	seat_type(sam, "2025 2026");
	seat_press(sam, UI_KEY_ENTER);
	open_extra(sam, SHARE);
	seat_sees(sam, "It is written, and lies on this box. B, then “Take "
		       "printed pages to a printer”, puts it on a stick.");
	seat_press(sam, UI_KEY_ESCAPE);
	sitting_row(sam, 1);
	seat_sees(sam, "Riverside-2025-01-0");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_table_at_a_time_with_what_was_counted),
		WITH_OFFICE(a_report_is_counted_a_table_at_a_time),
		WITH_OFFICE(the_lock_ends_the_counting),
		WITH_OFFICE(days_and_language_are_chosen_first),
		WITH_OFFICE(a_report_is_saved_three_ways_and_printed),
		WITH_OFFICE(no_report_is_written_over_another),
		WITH_OFFICE(on_a_box_it_is_saved_beside_the_pages),
		WITH_OFFICE(reports_are_for_supervisors_and_coordinators_alone),
		WITH_OFFICE(a_funders_month_shows_first_what_would_be_rejected),
		WITH_OFFICE(a_funders_file_is_made_a_piece_at_a_time),
		WITH_OFFICE(a_funders_file_is_for_supervisors_alone),
		WITH_OFFICE(a_small_site_shares_nothing_and_is_told_why),
		WITH_OFFICE(the_sum_of_sites_names_who_is_missing),
		WITH_OFFICE(a_list_that_cannot_be_read_is_not_told_as_wrong),
		WITH_OFFICE(an_older_file_is_taken_once_somebody_says_so),
		WITH_OFFICE(a_list_that_is_wrong_is_told_with_its_row),
		WITH_OFFICE(a_site_is_added_by_its_fingerprint_alone),
		WITH_OFFICE(the_sites_and_this_ones_own_key_are_seen),
		cmocka_unit_test_setup_teardown(
		    a_coordinator_carries_the_own_file_from_a_box, sitting_open,
		    sitting_close),
		cmocka_unit_test_setup_teardown(
		    a_box_takes_the_sites_files_from_a_stick, sitting_open,
		    sitting_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
