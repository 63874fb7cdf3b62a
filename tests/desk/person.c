#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "filing/filing.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* Selam, of whom something is known, and her household. */
static int64_t make_selam(struct seat *seat)
{
	int64_t person =
	    seat_make(seat, "person", "birth_from", "1987-01-01", "birth_to",
		      "1987-01-01", "birth_precision", "day", "birth_default",
		      "1", "language", "ti", "interpreter", "1", NULL);
	int64_t child =
	    seat_make(seat, "person", "birth_from", "2019-05-02", NULL);
	int64_t worker =
	    seat_make(seat, "user", "name", "Noor", "languages", "ar ti", NULL);
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)person);
	SCOPED(char_freep) char *young = xasprintf("%lld", (long long)child);
	SCOPED(char_freep) char *by = xasprintf("%lld", (long long)worker);
	SCOPED(char_freep) char *home = NULL;

	home = xasprintf("%lld",
			 (long long)seat_make(seat, "household", "family_code",
					      "F-12", "worker", by, NULL));
	seat_make(seat, "name", "person", of, "latin", "Selam Haile",
		  "own_script", "ሰላም ሃይለ", NULL);
	seat_make(seat, "name", "person", young, "latin", "Abel Haile", NULL);
	seat_make(seat, "member", "household", home, "person", of, "relation",
		  "self", NULL);
	seat_make(seat, "member", "household", home, "person", young,
		  "relation", "child", "in_canada", "0", NULL);
	seat_make(seat, "status", "person", of, "category", "RES_PRV", "since",
		  "2026-03", NULL);
	seat_make(seat, "contact", "person", of, "what", "phone", "value",
		  "613-555-0142", NULL);
	seat_make(seat, "note", "person", of, "text", "Wants evenings", "guard",
		  "open", NULL);
	return person;
}

static void a_card_says_what_is_known_and_what_is_empty(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;
	int64_t selam = make_selam(sam);

	open_entity(&sam->desk, kind_find("person"), selam);
	seat_golden(sam, "desk-person-80x24");
	sam->rows = 14;
	sam->columns = 60;
	seat_sees(sam, "Selam Haile · ሰላም ሃይለ");
	open_entity(&ana->desk, kind_find("person"), selam);
	ana->rows = 45;
	ana->columns = 160;
	seat_golden(ana, "desk-person-fr-160x45");
}

static void everybody_is_found_by_typing_from_anywhere(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;
	static const char *const typed[] = { "haile sel", "ሰላም", "5550142",
					     "selam 1987" };

	make_selam(sam);
	for (size_t i = 0; i < COUNT(typed); i++) {
		seat_type(sam, "/");
		seat_type(sam, typed[i]);
		seat_sees(sam, "Selam Haile");
		seat_misses(sam, "Abel");
		seat_press(sam, UI_KEY_ENTER);
		seat_sees(sam, "── Selam Haile · ሰላም ሃይለ");
		seat_press(sam, UI_KEY_ESCAPE);
	}
	seat_type(sam, "/zzzz");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Nobody has that name");
}

static void a_row_opens_and_something_is_added_to_them(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_entity(&sam->desk, kind_find("person"), make_selam(sam));
	/* A note is read by opening it: that is audited as a view. */
	seat_click(sam, "open it to read");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Note · Wants evenings");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "+");
	seat_sees(sam, "What do you want to add?");
	seat_type(sam, "2");
	seat_sees(sam, "Contact · new");
	seat_sees(sam, "Person * ● Selam Haile");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "── Selam Haile");
	/* What another desk changes is seen. */
	seat_make(&office->ana, "contact", "person", "1", "what", "email",
		  "value", "s@example.org", NULL);
	seat_look(sam);
	seat_sees(sam, "613-555-0142 · s@example.org");
}

static void a_household_shows_who_and_how_and_its_worker(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	open_entity(&sam->desk, kind_find("person"), make_selam(sam));
	seat_type(sam, "h");
	seat_sees(sam, "Household · F-12");
	seat_sees(sam, "Primary worker: Noor · shares a language");
	seat_golden(sam, "desk-household-80x24");
	seat_down(sam, 1);
	seat_type(sam, "m");
	seat_sees(sam, "In Canada no");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_click(sam, "Selam Haile");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Speaks Tigrinya · Interpreter: yes");
}

/* --- who is it? ------------------------------------------------------------
 */

static const struct agency_answer selam[] = {
	{ "/data/language", "ti" },
	{ "/data/age", "30" },
	{ "/data/name", "Selam Haile" },
};

static const struct agency_answer today[] = {
	{ "/data/language", "ti" },
	{ "/data/age", "17" },
	{ "/data/name", "Selam Haile" },
};

static void scan(struct office *office, uint32_t number,
		 const struct agency_answer *answers, size_t count)
{
	struct desk *desk = &office->sam.desk;
	SCOPED(char_freep)
	char *digits =
	    agency_ticket(&office->agency, number, 0, answers, count);
	struct filing_ticket ticket;

	assert_int_equal(filing_scan(desk->filing, digits, &desk->staff.who,
				     desk->clock.now, &ticket),
			 FAULT_NONE);
	assert_int_equal(ticket.status, FILING_FILED);
	desk_refresh(desk);
	desk_show(desk, ticket.visit, &desk_ticket_screen);
	filing_ticket_done(&ticket);
}

static void the_record_is_looked_through_before_anybody_is_new(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_selam(sam);
	scan(office, 412, selam, COUNT(selam));
	seat_type(sam, "p");
	seat_sees(sam, "Who is K7-0412?");
	seat_sees(sam, "▸ Selam Haile");
	seat_sees(sam, "same name");
	seat_golden(sam, "desk-who-80x24");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "This is their visit now.");
	seat_sees(sam, "Visit K7-0412 waiting");
	/* From the ticket it is one key to them. */
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "── K7-0412");
	seat_type(sam, "p");
	seat_sees(sam, "── Selam Haile · ሰላም ሃይለ");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "-");
	seat_sees(sam, "The visit is of nobody known now.");
}

static void
whoever_is_not_the_same_is_remembered_and_a_new_one_made(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	make_selam(sam);
	scan(office, 412, selam, COUNT(selam));
	seat_type(sam, "p");
	seat_sees(sam, "▸ Selam Haile");
	seat_type(sam, "x");
	seat_sees(sam, "Remembered: not the same person.");
	seat_misses(sam, "▸ Selam Haile");
	seat_type(sam, "fabel");
	seat_sees(sam, "Abel Haile");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "+");
	seat_sees(sam, "This is their visit now.");
	seat_sees(sam, "── Selam Haile");
	seat_sees(sam, "Born —");
}

static void who_did_not_agree_to_be_kept_is_asked_alone(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	scan(office, 412, today, COUNT(today));
	seat_type(sam, "p+");
	seat_sees(sam, "Alone with them: do they agree now?");
	seat_type(sam, "2");
	seat_sees(sam, "Nothing was kept.");
	seat_type(sam, "+");
	seat_type(sam, "1");
	seat_sees(sam, "This is their visit now.");
	/* What they said at the kiosk holds no more. */
	seat_sees(sam, "Consents keep: given");
	seat_misses(sam, "keep: refused");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_card_says_what_is_known_and_what_is_empty),
		WITH_OFFICE(everybody_is_found_by_typing_from_anywhere),
		WITH_OFFICE(a_row_opens_and_something_is_added_to_them),
		WITH_OFFICE(a_household_shows_who_and_how_and_its_worker),
		WITH_OFFICE(the_record_is_looked_through_before_anybody_is_new),
		WITH_OFFICE(
		    whoever_is_not_the_same_is_remembered_and_a_new_one_made),
		WITH_OFFICE(who_did_not_agree_to_be_kept_is_asked_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
