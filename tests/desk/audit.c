#include "desk/audit.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/kind.h"
#include "tests/support/seat.h"
#include "tests/test.h"

static void fill(struct seat *seat)
{
	seat_make(seat, "person", "number", "P-1", NULL);
	seat_make(seat, "person", "number", "P-2", NULL);
	seat_make(seat, "note", "person", "1", "text", "hidden", "guard",
		  "restricted", NULL);
}

static void enter_text(struct seat *seat, const char *text)
{
	seat_type(seat, text);
	seat_press(seat, UI_KEY_ENTER);
}

static void who_did_what_is_one_key_away(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	fill(sam);
	seat_type(sam, "A");
	seat_sees(sam, "── Who looked at what ──");
	seat_golden(sam, "desk-audit-80x24");
	seat_misses(sam, "hidden");
	seat_press(sam, UI_KEY_END);
	seat_sees(sam, "took in · Kiosk · K7");
	office->ana.rows = 45;
	office->ana.columns = 160;
	seat_type(&office->ana, "A");
	seat_golden(&office->ana, "desk-audit-fr-160x45");
}

static void only_what_is_asked_for_is_shown(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	fill(sam);
	seat_make(&office->ana, "person", "number", "P-3", NULL);
	seat_type(sam, "Af2");
	enter_text(sam, "P-9");
	seat_sees(sam, "P-9: nobody has this number.");
	seat_press(sam, UI_KEY_BACKSPACE);
	enter_text(sam, "2");
	seat_sees(sam, "1 row · P-2");
	seat_sees(sam, "Person 2");
	seat_misses(sam, "Note");
	seat_type(sam, "f5f1");
	seat_sees(sam, "Who did it?");
	seat_type(sam, "1"); /* Ana */
	seat_sees(sam, "1 row · Ana");
	seat_type(sam, "f5f3");
	enter_text(sam, "yesterday");
	seat_sees(sam, "nothing · Sat 21 Nov 2026");
	seat_sees(sam, "Nothing like this was done.");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "f3");
	enter_text(sam, "today");
	seat_sees(sam, "Sun 22 Nov 2026");
	seat_type(sam, "f43");
	seat_sees(sam, "1 row · Sun 22 Nov 2026 · Note");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Note · ");
}

static void what_left_the_box_is_told_in_words(void **state)
{
	static const struct {
		const char *act, *subject, *seen;
	} notes[] = {
		{ "paper-to-stick", "paper", "put on a stick" },
		{ "paper-erased", "paper", "erased a page" },
		{ "key-passphrase", "user", "key passphrase" },
		{ "key-passphrase-tried", "user", "tried the key" },
		{ "key-change", "agency", "key replaced" },
		{ "key-destroyed", "agency", "key destroyed" },
		{ "key-copy-removed", "agency", "key copy gone" },
		{ "key-kept", "agency", "key kept" },
		{ "key-exported", "agency", "key exported" },
		{ "key-put", "agency", "key put here" },
		{ "key-paper", "agency", "key on paper" },
		{ "service-file", "report", "funder’s file" },
		{ "site-added", "site", "added a site" },
		{ "site-removed", "site", "removed a site" },
		{ "tag", "service", "tagged" },
		{ "untag", "service", "untagged" },
	};
	struct office *office = *state;
	struct seat *sam = &office->sam;

	for (size_t i = 0; i < COUNT(notes); i++)
		assert_int_equal(record_note(sam->record, notes[i].act,
					     notes[i].subject, NULL,
					     &sam->desk.staff.who, SEAT_NOW),
				 FAULT_NONE);
	sam->rows = 45;
	seat_type(sam, "A");
	for (size_t i = 0; i < COUNT(notes); i++)
		seat_sees(sam, notes[i].seen);
	seat_sees(sam, "Printed page");
}

static void
all_of_it_goes_to_a_spreadsheet_and_that_is_written_down(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep)
	char *path = home_path(office->agency.home, HOME_EXPORTS,
			       "audit-2026-11-22.csv");
	struct bytes file = { 0 };

	fill(sam);
	seat_type(sam, "Ad");
	seat_sees(sam, "Written: ");
	assert_int_equal(file_read(path, 10000, &file), FAULT_NONE);
	assert_non_null(strstr((char *)file.data,
			       "\"Sam · front\",\"added\",\"Note 1\",\"P-1\""));
	bytes_done(&file);
	seat_type(sam, "f41");
	seat_sees(sam, "exported");
	seat_sees(sam, "looked at");
	seat_type(sam, "p");
	seat_sees(sam, "As a PDF file: ");
}

static void older_ones_are_a_page_away(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	for (int i = 1; i <= 201; i++) {
		SCOPED(char_freep) char *number = xasprintf("P-%d", i);

		seat_make(sam, "person", "number", number, NULL);
	}
	seat_type(sam, "A");
	seat_sees(sam, "200 rows of page 1, and older ones");
	seat_sees(sam, "Person 201");
	seat_type(sam, "<");
	seat_sees(sam, "2 rows");
	seat_sees(sam, "Person 1 ");
	seat_misses(sam, "Person 201");
	seat_type(sam, "<");
	seat_sees(sam, "Person 1 ");
	seat_type(sam, ">");
	seat_sees(sam, "Person 201");
}

static void an_auditor_opens_no_client_and_nobody_else_sees_it(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	fill(sam);
	staff_sign_in(&sam->desk.staff, 9, ROLE_AUDITOR, "[]");
	filing_lock(sam->filing);
	seat_type(sam, "A");
	seat_sees(sam, "P-1");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Who looked at what ──");
	seat_press(sam, UI_KEY_ESCAPE);
	staff_sign_in(&sam->desk.staff, 9, ROLE_SUPERVISOR, "[]");
	seat_type(sam, "A");
	seat_misses(sam, "Who looked at what");
	desk_open(&sam->desk, &desk_audit_screen, NULL);
	seat_misses(sam, "P-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(who_did_what_is_one_key_away),
		WITH_OFFICE(only_what_is_asked_for_is_shown),
		WITH_OFFICE(what_left_the_box_is_told_in_words),
		WITH_OFFICE(
		    all_of_it_goes_to_a_spreadsheet_and_that_is_written_down),
		WITH_OFFICE(older_ones_are_a_page_away),
		WITH_OFFICE(an_auditor_opens_no_client_and_nobody_else_sees_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
