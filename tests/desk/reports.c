#include "desk/reports.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/box_papers.h"
#include "desk/loop.h"
#include "desk/screens.h"
#include "office/demo_pilot.h"
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
	papers_read(&papers, home_folder(office->agency.home, HOME_PRINTS));
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

static void open_extra(struct seat *seat, int from_end)
{
	seat_press(seat, UI_KEY_END);
	for (int i = 0; i < from_end; i++)
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
	open_extra(sam, 2);
	seat_sees(sam, "Which funder?");
	seat_sees(sam, "Maple Settlement Fund");
	seat_type(sam, "2");
	seat_sees(sam, "2026-10-01 – 2026-10-31");
	seat_sees(sam, "7 rows to send · 2 would be rejected");
	seat_sees(sam, "1 whose people did not agree, 0 of another");
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

static void a_funders_file_is_for_supervisors_alone(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	sam->desk.staff.who.roles = ROLE_COORDINATOR;
	seat_type(sam, "R");
	open_extra(sam, 2);
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
	open_extra(sam, 1);
	seat_sees(sam, "fewer than 40 people");
}

static void put(const struct seat *seat, const char *name, const void *bytes,
		size_t length)
{
	SCOPED(char_freep)
	char *folder = home_path(seat->desk.home, HOME_SETTINGS, "statistics");
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, bytes, length, 0600), FAULT_NONE);
}

static void the_sum_of_sites_names_who_is_missing(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct wording wording = { sam->record, sam->desk.staff.words,
					 &sam->desk.staff.who };
	struct chance chance = { 8 };
	struct bytes list = { 0 };

	seat_type(sam, "R");
	open_extra(sam, 0);
	seat_sees(sam, "The list of sites cannot be read");
	bytes_add_text(&list, "site,key\r\n");
	for (int i = 0; i < 3; i++) {
		SCOPED(char_freep) char *name = xasprintf("%d.json", i);
		struct site site;

		site_init(&site, i, &chance);
		site.counts[0][0] = 100 * (i + 1);
		site_write(&wording, &site, "2026-10");
		bytes_add_format(&list, "%s,", site.name);
		bytes_add_base64(&list, kiosk_key_public(site.key), KEY_BYTES);
		bytes_add_text(&list, "\r\n");
		if (i)
			put(sam, name, site.file.data, site.file.length);
		site_done(&site);
	}
	put(sam, "sites.csv", list.data, list.length);
	open_extra(sam, 0);
	seat_sees(sam, "Missing: Site 0");
	seat_sees(sam, "── Referrals");
	seat_sees(sam, "a week or less");
	seat_sees(sam, "Of several sites.");
	seat_press(sam, UI_KEY_ESCAPE);
	/* One that was changed is no site's. */
	put(sam, "2.json", "{}\n{}", 5);
	open_extra(sam, 0);
	seat_sees(sam, "2.json: changed on the way");
	bytes_done(&list);
}

/* A coordinator at a box has no folder to put them into. */
static void put_on(const char *folder, const char *name, const void *bytes,
		   size_t length)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, bytes, length, 0600), FAULT_NONE);
}

static void put_sites(const struct wording *wording, const char *stick)
{
	SCOPED(char_freep) char *papers = xasprintf("%s/foyer-papers", stick);
	SCOPED(char_freep) char *folder = xasprintf("%s/statistics", stick);
	struct chance chance = { 8 };
	struct bytes list = { 0 };

	bytes_add_text(&list, "site,key\r\n");
	for (int i = 0; i < 3; i++) {
		struct site site;

		site_init(&site, i, &chance);
		site_write(wording, &site, "2026-10");
		bytes_add_format(&list, "%s,", site.name);
		bytes_add_base64(&list, kiosk_key_public(site.key), KEY_BYTES);
		bytes_add_text(&list, "\r\n");
		if (i)
			put_on(i == 1 ? papers : stick,
			       i == 1 ? "1.json" : "2.json", site.file.data,
			       site.file.length);
		site_done(&site);
	}
	put_on(stick, "other.json", "{}", 2);
	put_on(folder, "sites.csv", list.data, list.length);
	bytes_done(&list);
}

static void a_box_takes_the_sites_files_from_a_stick(void **state)
{
	struct sitting *sitting = *state;
	struct seat *sam = sitting->sam;
	const struct wording wording = { sam->record, sam->desk.staff.words,
					 &sam->desk.staff.who };

	seat_type(sam, "R");
	open_extra(sam, 0);
	sitting_wait(sam, "sda1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam,
		  "Read the sites’ files, and a list of sites, from FOYER");
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "There is no file that a site signed on that stick");
	put_sites(&wording, sitting->boxed.safe.place.stick);
	put(sam, "old.json", "{}", 2); /* it gives way */
	sitting_wait(sam, "enter choose");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ENTER);
	sitting_wait(sam, "2 sites’ files are read: pull the stick out");
	open_extra(sam, 1);
	seat_sees(sam, "Missing: Site 0");
	seat_sees(sam, "Of several sites.");
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
		WITH_OFFICE(a_funders_file_is_for_supervisors_alone),
		WITH_OFFICE(a_small_site_shares_nothing_and_is_told_why),
		WITH_OFFICE(the_sum_of_sites_names_who_is_missing),
		cmocka_unit_test_setup_teardown(
		    a_box_takes_the_sites_files_from_a_stick, sitting_open,
		    sitting_close),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
