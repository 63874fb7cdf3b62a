#include <stdlib.h>

#include "base/memory.h"
#include "desk/screens.h"
#include "tests/support/seat.h"
#include "tests/test.h"

static void some_letters_of_its_name_run_an_action(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	seat_type(sam, ":hlp"); /* "help" */
	seat_sees(sam, "▸ ? help");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Open the ticket: reasons");
	seat_press(sam, UI_KEY_ESCAPE);
	/* Accents and case do not matter. */
	seat_type(ana, ":SUGGER");
	seat_sees(ana, "▸ ! suggérer");
	seat_press(ana, UI_KEY_ENTER);
	seat_sees(ana, "Qu’est-ce qui pourrait être mieux ici (waiting) ?");
}

static void arrows_and_the_mouse_pick_from_it(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, ":");
	seat_press(sam, UI_KEY_DOWN);
	seat_sees(sam, "▸ g lists");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Lists ──");
	seat_type(sam, ":");
	seat_click(sam, "This page");
	seat_sees(sam, "Open the list");
}

static void a_list_opens_by_its_name(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, ":sugg dec");
	seat_sees(sam, "▸ Suggestions to decide");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "── Suggestions to decide ──");
}

static void somebody_who_has_no_ticket_is_made_by_name(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, ":new pers");
	seat_sees(sam, "▸ new: Person");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Person · new");
	seat_type(sam, "s1");
	/* The names are asked for at once, above the new card. */
	seat_sees(sam, "Name · new");
	seat_sees(sam, "Person * ● P-1");
	seat_down(sam, 2);
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "Lena Vogt");
	seat_press(sam, UI_KEY_ENTER);
	seat_type(sam, "s1");
	seat_sees(sam, "── Lena Vogt · P-1");
}

static void a_screens_own_actions_come_first_and_are_in_its_help(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, "g");
	seat_type(sam, ":");
	seat_sees(sam, "▸ enter open");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_type(sam, "?");
	seat_sees(sam, "▸ enter Open the list");
	seat_sees(sam, "Take back your last change");
	seat_misses(sam, "Quiet flag");
	seat_press(sam, UI_KEY_ESCAPE);
	/* Every one of them takes a click. */
	seat_click(sam, "esc back");
	seat_sees(sam, "Nobody is waiting.");
	seat_click(sam, "? help");
	seat_sees(sam, "Call the number");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(some_letters_of_its_name_run_an_action),
		WITH_OFFICE(arrows_and_the_mouse_pick_from_it),
		WITH_OFFICE(a_list_opens_by_its_name),
		WITH_OFFICE(somebody_who_has_no_ticket_is_made_by_name),
		WITH_OFFICE(
		    a_screens_own_actions_come_first_and_are_in_its_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
