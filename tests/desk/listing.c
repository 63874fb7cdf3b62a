#include "desk/listing.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/screens.h"
#include "tests/support/seat.h"
#include "tests/test.h"

static void make_person(struct seat *seat, const char *number,
			const char *latin, const char *own, const char *birth)
{
	int64_t person =
	    seat_make(seat, "person", "number", number, "birth_from", birth,
		      "language", "ti", "birth_precision", "day", NULL);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);

	seat_make(seat, "name", "person", id, "latin", latin, "own_script", own,
		  NULL);
}

static void make_people(struct seat *seat)
{
	make_person(seat, "P-1", "Selam Haile", "ሰላም ሃይለ", "1987-01-01");
	make_person(seat, "P-2", "Omar Farah", "عمر فرح", "1992-07-14");
	make_person(seat, "P-3", "Zoé Lefèvre", "", "2001-03-02");
}

static void every_list_is_one_key_away_with_how_many_and_how_old(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_people(sam);
	seat_make(sam, "suggestion", "text", "Larger letters", NULL);
	sam->desk.clock.now += INT64_C(40) * 24 * 60 * 60 * 1000;
	seat_type(sam, "g");
	seat_sees(sam, "People 3 rows");
	seat_sees(sam, "Suggestions to decide 1 row · oldest 40 days");
	seat_click(sam, "People");
	seat_sees(sam, "── People ──");
	seat_sees(sam, "3 rows");
}

static void a_list_shows_names_in_their_own_letters(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	make_people(sam);
	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_golden(sam, "desk-list-80x24");
	ana->rows = 45;
	ana->columns = 160;
	desk_open(&ana->desk, &desk_listing_screen, listing_find("people"));
	seat_golden(ana, "desk-list-fr-160x45");
	sam->rows = 14;
	sam->columns = 60;
	seat_sees(sam, "Selam Haile");
}

static void what_is_typed_leaves_the_rows_that_have_it(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_people(sam);
	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_type(sam, "fzoe");
	seat_sees(sam, "Zoé Lefèvre");
	seat_sees(sam, "1 fits");
	seat_misses(sam, "Omar");
	/* What another desk adds does not disturb what is typed. */
	make_person(&office->ana, "P-4", "Zoe Zahra", "", "1990-01-01");
	seat_look(sam);
	seat_sees(sam, "4 rows");
	seat_sees(sam, "2 fit");
	seat_press(sam, UI_KEY_ENTER);
	seat_press(sam, UI_KEY_HOME);
	seat_press(sam, UI_KEY_ENTER); /* opens the row */
	seat_sees(sam, "── Zoe Zahra");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "2 fit");
	seat_type(sam, "f");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Omar Farah");
}

static void the_cursor_stays_with_its_row(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_people(sam);
	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_down(sam, 1);
	seat_sees(sam, "▸ P-2");
	make_person(&office->ana, "P-4", "New One", "", "1990-01-01");
	seat_look(sam);
	seat_sees(sam, "New One");
	seat_sees(sam, "▸ P-2");
}

static void the_rows_in_sight_go_to_a_spreadsheet_and_to_paper(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	SCOPED(char_freep)
	char *path = home_path(office->agency.home, HOME_EXPORTS,
			       "people-2026-11-22.csv");
	struct bytes file = { 0 };

	make_people(sam);
	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_type(sam, "fselam");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "d");
	seat_sees(sam, "Written: ");
	assert_int_equal(file_read(path, 10000, &file), FAULT_NONE);
	assert_string_equal(
	    (char *)file.data,
	    "\xEF\xBB\xBF\"Number\",\"Name\",\"In its own letters\",\"Born\","
	    "\"Speaks\"\r\n\"P-1\",\"Selam Haile\",\"ሰላም ሃይለ\","
	    "\"Thu 1 Jan 1987\",\"Tigrinya\"\r\n");
	bytes_done(&file);
	seat_type(sam, "p");
	seat_sees(sam, "As a PDF file: ");
}

/* A conflict of a merge opens on what it is about, which lies below it. */
static void a_conflict_shows_both_values_and_what_it_is_about(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_people(sam);
	seat_make(sam, "conflict", "what", "person.dialect", "subject", "1",
		  "person", "1", "guard", "open", "ours", "Gulf", "ours_by",
		  "Ana", "theirs", "Levant", "theirs_by", "Mira", NULL);
	desk_open(&sam->desk, &desk_listing_screen, listing_find("conflicts"));
	seat_sees(sam, "── Conflicts after a merge ──");
	seat_sees(sam, "Person: ");
	seat_sees(sam, "Levant");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Mira");
	seat_sees(sam, "── Conflict after a merge · Person: Dialect ──");
	seat_sees(sam, "To decide");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "── Selam Haile");
}

static void a_suggestion_is_one_key_away_and_knows_its_screen(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_type(sam, "!");
	seat_sees(sam, "What could be better here (list)?");
	seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "Write what could be better");
	seat_type(sam, "Show the age");
	seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "Thank you");
	seat_type(sam, "g");
	seat_click(sam, "Suggestions");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Show the age list");
	seat_sees(sam, "Sam");
}

static void an_empty_list_says_so(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	desk_open(&sam->desk, &desk_listing_screen, listing_find("people"));
	seat_sees(sam, "nothing");
	seat_sees(sam, "Nothing is on this list now.");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── People ──");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(
		    every_list_is_one_key_away_with_how_many_and_how_old),
		WITH_OFFICE(a_list_shows_names_in_their_own_letters),
		WITH_OFFICE(what_is_typed_leaves_the_rows_that_have_it),
		WITH_OFFICE(the_cursor_stays_with_its_row),
		WITH_OFFICE(the_rows_in_sight_go_to_a_spreadsheet_and_to_paper),
		WITH_OFFICE(a_suggestion_is_one_key_away_and_knows_its_screen),
		WITH_OFFICE(a_conflict_shows_both_values_and_what_it_is_about),
		WITH_OFFICE(an_empty_list_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
