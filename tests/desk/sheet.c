#include "desk/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "desk/open.h"
#include "desk/screens.h"
#include "tests/support/seat.h"
#include "tests/test.h"

static void open_new_of(struct seat *seat, const char *kind)
{
	open_new(&seat->desk, &(struct sheet_about){ .kind = kind_find(kind) });
}

static void open_sheet(struct seat *seat, const struct kind *kind, int64_t id)
{
	desk_open(&seat->desk, &desk_sheet_screen,
		  &(struct sheet_about){ .kind = kind, .id = id });
}

static void a_sheet_is_filled_in_and_saved_with_its_source(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "person");
	seat_sees(sam, "Person · new");
	seat_sees(sam, "Not saved yet");
	seat_sees(sam, "Gender —");
	seat_down(sam, 1);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "gregorian");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Calendar of the birth day ● gregorian");
	seat_down(sam, 2);
	seat_press(sam, UI_KEY_ENTER); /* a code, by its number */
	seat_sees(sam, "4 age group");
	seat_type(sam, "3");
	seat_sees(sam, "Birth is known to the ● year");
	seat_down(sam, 1);
	seat_press(sam, UI_KEY_ENTER); /* a day as people say it */
	seat_type(sam, "never");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "A day: 2026-11-22, 22 nov");
	for (int i = 0; i < 5; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	seat_type(sam, "1 jan 1987");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Born on or after ● Thu 1 Jan 1987");
	seat_down(sam, 2);
	seat_press(sam, UI_KEY_ENTER); /* yes or no */
	seat_type(sam, "1");
	seat_sees(sam, "Only a document’s default ● yes");
	seat_golden(sam, "desk-sheet-new-80x24");
	seat_type(sam, "s");
	seat_sees(sam, "How is this known?");
	seat_golden(sam, "desk-sheet-source-80x24");
	seat_type(sam, "2");
	seat_sees(sam, "Saved: Person");
	seat_sees(sam, "Nobody is waiting");
}

static void what_must_be_filled_in_is_said_in_words(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "team");
	seat_type(sam, "s");
	seat_sees(sam, "Name: this must be filled in before it can be saved.");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "  North ");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Team · North");
	seat_type(sam, "u");
	seat_sees(sam, "Taken back: Team");
}

static void unsaved_words_are_asked_about_and_survive_a_scan(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "team");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "North");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Not saved yet");
	seat_golden(sam, "desk-sheet-unsaved-80x24");
	seat_type(sam, "3"); /* go on */
	seat_sees(sam, "Team · new");
	desk_show(&sam->desk, 1, &desk_help_screen);
	seat_sees(sam, "Lock the desk");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "q"); /* nor is the desk left */
	assert_false(sam->desk.over);
	seat_sees(sam, "Throw away what I wrote");
	seat_type(sam, "1");
	seat_sees(sam, "Saved: Team · North");
	seat_type(sam, "q");
	assert_true(sam->desk.over);
}

/* What kept it from being saved is mended, and the sheet stays open. */
static void who_stays_after_all_is_not_thrown_out_by_the_next_save(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	int64_t id = seat_make(sam, "team", "name", "North", NULL);

	open_sheet(sam, kind_find("team"), id);
	seat_press(sam, UI_KEY_ENTER);
	for (int i = 0; i < 5; i++)
		seat_press(sam, UI_KEY_BACKSPACE);
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "1"); /* save, and leave */
	seat_sees(sam, "Name: this must be filled in");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "South");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Team · South");
	seat_sees(sam, "── Team · South");
}

static void a_conflict_shows_both_and_loses_neither(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	const struct kind *kind = kind_find("household");
	int64_t id = seat_make(sam, "household", "family_code", "F-12", NULL);

	open_sheet(sam, kind, id);
	open_sheet(ana, kind, id);
	seat_sees(ana, "Ménage · F-12");
	seat_press(sam, UI_KEY_END);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Sam’s long words");
	seat_press(sam, UI_KEY_TAB);
	seat_press(ana, UI_KEY_END);
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "Les mots d’Ana");
	seat_press(ana, UI_KEY_TAB);
	seat_press(ana, UI_KEY_HOME);
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "3");
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "s");
	seat_sees(ana, "Enregistré : Ménage · F-123");
	seat_look(sam); /* what Sam wrote stays */
	seat_sees(sam, "● Sam’s long words");
	seat_type(sam, "s");
	seat_sees(sam, "Two desks changed this");
	seat_sees(sam, "Ana saved it while you were writing.");
	seat_golden(sam, "desk-conflict-80x24");
	sam->rows = 45;
	sam->columns = 160;
	seat_golden(sam, "desk-conflict-160x45");
	seat_press(sam, UI_KEY_RIGHT);
	seat_sees(sam, "→");
	seat_press(sam, UI_KEY_LEFT);
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Household · F-123");
	/* Ana sees it, and what was hers is in the history. */
	seat_look(ana);
	seat_sees(ana, "Sam’s long words");
	seat_type(ana, "h");
	seat_sees(ana, "Les mots d’Ana");
}

static void changes_of_other_fields_both_stay(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	const struct kind *kind = kind_find("household");
	int64_t id = seat_make(sam, "household", "family_code", "F-12", NULL);

	open_sheet(sam, kind, id);
	open_sheet(ana, kind, id);
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "3");
	seat_press(ana, UI_KEY_ENTER);
	seat_down(sam, 1);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Hope");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(ana, "s");
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Household · F-123");
	seat_sees(sam, "Arrived with Hope");
}

static void another_desks_change_is_seen_and_the_cursor_stays(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	const struct kind *kind = kind_find("household");
	int64_t id = seat_make(sam, "household", "family_code", "F-12", NULL);

	open_sheet(sam, kind, id);
	open_sheet(ana, kind, id);
	seat_down(sam, 1);
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "3");
	seat_press(ana, UI_KEY_ENTER);
	seat_type(ana, "s");
	seat_misses(sam, "Family code F-123");
	seat_look(sam);
	seat_sees(sam, "Family code F-123");
	seat_sees(sam, "▸ Arrived with");
}

static void a_link_is_found_by_typing(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	static const char *const names[] = { "Ana", "Noor", "Sam" };

	for (size_t i = 0; i < COUNT(names); i++) {
		open_new_of(sam, "user");
		seat_press(sam, UI_KEY_ENTER);
		seat_type(sam, names[i]);
		seat_press(sam, UI_KEY_ENTER);
		seat_type(sam, "s");
	}
	open_new_of(sam, "household");
	seat_down(sam, 3);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Ana");
	seat_type(sam, "noo");
	seat_misses(sam, "Ana");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Primary worker ● Noor");
}

static void the_agencys_own_fields_appear_by_themselves(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	static const char *const typed[] = {
		"household", "pantry",         NULL,
		NULL,        "Food bank card", "Carte alimentaire"
	};

	open_new_of(sam, "own_field");
	for (size_t i = 0; i < COUNT(typed); i++) {
		if (typed[i] || i == 2)
			seat_press(sam, UI_KEY_ENTER);
		if (typed[i]) {
			seat_type(sam, typed[i]);
			seat_press(sam, UI_KEY_ENTER);
		} else if (i == 2) {
			seat_type(sam, "1"); /* a line */
		}
		seat_down(sam, 1);
	}
	seat_type(sam, "s");
	seat_sees(sam, "Saved: Our own field");
	open_new_of(sam, "household");
	seat_sees(sam, "Food bank card —");
	open_new_of(&office->ana, "household");
	seat_sees(&office->ana, "Carte alimentaire —");
}

static void a_life_cycle_is_moved_on_by_its_own_words(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "suggestion");
	seat_press(sam, UI_KEY_END);
	seat_press(sam, UI_KEY_UP);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Larger letters");
	seat_press(sam, UI_KEY_TAB);
	seat_type(sam, "s");
	open_entity(&sam->desk, kind_find("suggestion"), 1);
	seat_sees(sam, "open · changed Sun 22 Nov 2026 13:02 by Sam");
	seat_click(sam, "m move on");
	seat_sees(sam, "Where does it stand now?");
	seat_type(sam, "1");
	seat_sees(sam, "accepted · changed");
	sam->rows = 45;
	sam->columns = 160;
	seat_golden(sam, "desk-sheet-160x45");
}

static void a_move_that_cannot_be_made_says_what_it_needs(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	int64_t person = seat_make(sam, "person", "language", "ar", NULL);
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)person);

	open_entity(&sam->desk, kind_find("referral"),
		    seat_make(sam, "referral", "person", of, "direction", "out",
			      "elsewhere", "A clinic", NULL));
	seat_type(sam, "m");
	seat_sees(sam, "2 Made");
	seat_misses(sam, "Received"); /* we send them */
	seat_type(sam, "2");
	seat_sees(sam, "▸ Person agreed on");
	seat_sees(sam, "Person agreed on: this must be filled in first.");
	seat_sees(sam, "Proposed · changed");
}

static void what_was_taken_out_is_closed_and_can_come_back(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	const struct kind *kind = kind_find("household");
	int64_t id = seat_make(sam, "household", "family_code", "F-12", NULL);

	open_sheet(sam, kind, id);
	seat_type(sam, "x");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Write a reason: it is kept.");
	seat_type(sam, "twice");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "It is taken out.");
	open_sheet(sam, kind, id);
	seat_sees(sam, "It is no longer there");
	seat_type(sam, "u");
	seat_sees(sam, "Taken back: Household · F-12");
	open_sheet(sam, kind, id);
	seat_sees(sam, "Household · F-12");
}

static void several_codes_are_picked_by_their_numbers(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "user");
	seat_down(sam, 3);
	seat_sees(sam, "▸ Roles");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "23");
	seat_press(sam, UI_KEY_END);
	seat_click(sam, "That is all");
	seat_sees(sam, "Roles ● Worker, Supervisor");
	seat_press(sam, UI_KEY_ENTER);
	seat_click(sam, "not known");
	seat_sees(sam, "Roles —");
}

static void unlock(struct seat *seat, const char *user)
{
	seat_sees(seat, "Locked");
	seat_press(seat, UI_KEY_UP);
	for (int i = 0; i < 8; i++)
		seat_press(seat, UI_KEY_BACKSPACE);
	seat_type(seat, user);
	seat_press(seat, UI_KEY_DOWN);
	seat_type(seat, AGENCY_PASSPHRASE);
	seat_press(seat, UI_KEY_ENTER);
}

static void what_is_unsaved_outlives_a_lock_for_whoever_wrote_it(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_new_of(sam, "team");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "North");
	seat_press(sam, UI_KEY_ENTER);
	desk_lock(&sam->desk);
	seat_misses(sam, "North");
	unlock(sam, "Sam");
	seat_sees(sam, "Name * ● North");
	desk_lock(&sam->desk);
	unlock(sam, "Ana");
	seat_sees(sam, "Sam had not saved everything on this desk.");
	seat_sees(sam, "Nobody is waiting.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_sheet_is_filled_in_and_saved_with_its_source),
		WITH_OFFICE(what_must_be_filled_in_is_said_in_words),
		WITH_OFFICE(unsaved_words_are_asked_about_and_survive_a_scan),
		WITH_OFFICE(
		    who_stays_after_all_is_not_thrown_out_by_the_next_save),
		WITH_OFFICE(a_conflict_shows_both_and_loses_neither),
		WITH_OFFICE(changes_of_other_fields_both_stay),
		WITH_OFFICE(another_desks_change_is_seen_and_the_cursor_stays),
		WITH_OFFICE(a_link_is_found_by_typing),
		WITH_OFFICE(the_agencys_own_fields_appear_by_themselves),
		WITH_OFFICE(a_life_cycle_is_moved_on_by_its_own_words),
		WITH_OFFICE(a_move_that_cannot_be_made_says_what_it_needs),
		WITH_OFFICE(what_was_taken_out_is_closed_and_can_come_back),
		WITH_OFFICE(several_codes_are_picked_by_their_numbers),
		WITH_OFFICE(
		    what_is_unsaved_outlives_a_lock_for_whoever_wrote_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
