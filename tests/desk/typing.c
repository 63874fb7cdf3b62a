#include <stdlib.h>

#include "base/memory.h"
#include "desk/loop.h"
#include "filing/typed.h"
#include "record/draft.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* A paper form typed in at the desk. The form is visit.xml's. */

static void choose(struct seat *seat)
{
	seat_press(seat, UI_KEY_ENTER);
}

static void function(struct seat *seat, uint32_t number)
{
	loop_key(&seat->desk, &(struct ui_event){ .key = UI_KEY_FUNCTION,
						  .character = number });
}

/* From the waiting list to the first question. */
static void begin(struct seat *seat, const char *number)
{
	seat_type(seat, "P");
	seat_sees(seat, "▸ Form Visit · 1");
	seat_down(seat, 2);
	choose(seat);
	seat_type(seat, number);
	choose(seat);
	seat_down(seat, 2);
	choose(seat);
	seat_sees(seat, "Your name");
}

static void say_name(struct seat *seat)
{
	seat_type(seat, "Zoe");
	choose(seat);
	seat_sees(seat, "Can you wait?");
}

/* From what comes behind the name to the end, where it is filed. */
static void answer_rest(struct seat *seat)
{
	seat_type(seat, "1");
	for (int i = 0; i < 3; i++)
		seat_press(seat, UI_KEY_TAB);
	seat_sees(seat, "File this paper");
	choose(seat);
}

static size_t drafts(struct seat *seat)
{
	struct draft *rows = NULL;
	size_t count, found;

	assert_int_equal(
	    draft_read(seat->record, &seat->desk.staff.who, &rows, &count),
	    FAULT_NONE);
	found = count;
	while (count)
		draft_done(&rows[--count]);
	free(rows);
	return found;
}

static void a_paper_is_typed_in_looked_over_and_filed(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	begin(sam, "123 456 782");
	seat_sees(sam, "Paper 123 456 782 · F9 leave");
	seat_misses(sam, "I need a person");
	say_name(sam);
	seat_type(sam, "2"); /* not safe */
	seat_sees(sam, "What do you need?");
	seat_press(sam, UI_KEY_TAB);
	seat_press(sam, UI_KEY_TAB); /* no age on the paper */
	seat_press(sam, UI_KEY_TAB); /* nor a child */
	seat_sees(sam, "File this paper");
	seat_sees(sam, "Your name Zoe");
	seat_misses(sam, "I am not safe");
	choose(sam);
	seat_sees(sam, "Filed: FP-0001. Write this number on the paper.");
	seat_sees(sam, "Said they are not safe");
	seat_sees(sam, "Typed in from paper.");
	assert_int_equal(drafts(sam), 0);
	/* The other desk has it in its queue. */
	seat_look(&office->ana);
	seat_sees(&office->ana, "FP-0001");
}

static void leaving_asks_and_keeps_what_was_typed(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	begin(sam, "");
	say_name(sam);
	assert_int_equal(drafts(sam), 1);
	function(sam, 9);
	seat_sees(sam, "Leave this paper?");
	choose(sam);
	seat_sees(sam, "Can you wait?");
	/* The way back out of the first question is one, too. */
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Leave this paper?");
	seat_type(sam, "2");
	seat_sees(sam, "Kept for you.");
	seat_sees(sam, "▸ Go on with Visit · English · — · left 0 min ago");
	/* Nobody else's. */
	seat_type(&office->ana, "P");
	seat_misses(&office->ana, "Visit · English");
	choose(sam);
	seat_sees(sam, "Zoe");
	function(sam, 9);
	seat_type(sam, "3");
	seat_sees(sam, "What was typed is discarded.");
	assert_int_equal(drafts(sam), 0);
}

/* Leaves the paper, and takes it up again. */
static void leave_and_go_on(struct seat *seat)
{
	function(seat, 9);
	seat_sees(seat, "Leave this paper?");
	seat_type(seat, "2");
	seat_sees(seat, "Go on with Visit");
	choose(seat);
}

static void going_on_is_where_the_paper_was_left(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	begin(sam, "");
	say_name(sam);
	leave_and_go_on(sam);
	seat_sees(sam, "Can you wait?");
	/* What was passed over stays blank, and is not asked again. */
	seat_press(sam, UI_KEY_TAB);
	seat_press(sam, UI_KEY_TAB);
	leave_and_go_on(sam);
	seat_misses(sam, "Can you wait?");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Can you wait?");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Zoe");
	for (int i = 0; i < 5; i++)
		seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "File this paper");
	leave_and_go_on(sam);
	seat_sees(sam, "File this paper");
	seat_sees(sam, "Your name Zoe");
	choose(sam);
	seat_sees(sam, "Filed: FP-0001.");
}

static void looking_at_questions_is_no_draft(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	begin(sam, "");
	seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "Can you wait?");
	assert_int_equal(drafts(sam), 0);
}

static void a_locked_desk_keeps_it_for_who_typed(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	begin(sam, "");
	say_name(sam);
	desk_lock(&sam->desk);
	seat_misses(sam, "Zoe");
	assert_int_equal(drafts(sam), 1);
}

static void a_number_typed_in_before_is_told_with_who_did(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	begin(sam, "123456782");
	say_name(sam);
	answer_rest(sam);
	seat_type(ana, "P");
	seat_down(ana, 2);
	choose(ana);
	seat_type(ana, "123456783");
	choose(ana);
	seat_sees(ana, "Ce n’est pas un numéro de papier");
	seat_press(ana, UI_KEY_BACKSPACE);
	seat_type(ana, "2");
	choose(ana);
	seat_sees(ana, "Ce papier a déjà été saisi : FP-0001");
	seat_sees(ana, "par Sam");
}

/* By another, straight into the record. */
static void file_paper(struct seat *seat, const char *number)
{
	struct typed_form *forms;
	struct typed_about about = { .language = "en",
				     .code = number,
				     .zone = "America/Toronto" };
	struct filing_ticket ticket;
	struct typed *typed;
	size_t count;

	assert_int_equal(typed_forms(seat->filing, &forms, &count), FAULT_NONE);
	about.form = forms[0].reference;
	assert_int_equal(typed_new(seat->filing, &about, SEAT_NOW, &typed),
			 FAULT_NONE);
	assert_int_equal(
	    typed_file(typed, &seat->desk.staff.who, SEAT_NOW, &ticket),
	    FAULT_NONE);
	assert_int_equal(ticket.status, FILING_FILED);
	filing_ticket_done(&ticket);
	typed_free(typed);
	typed_forms_free(forms, count);
}

/* Two type in papers with one number at once. */
static void a_number_filed_meanwhile_costs_no_typing(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam, *ana = &office->ana;

	begin(sam, "123456782");
	say_name(sam);
	file_paper(ana, "123456782");
	answer_rest(sam);
	seat_sees(sam, "A paper with this number is filed already");
	seat_sees(sam, "FP-0001");
	assert_int_equal(drafts(sam), 1);
	/* The other one is looked at; what was typed is below it. */
	seat_type(sam, "3");
	seat_sees(sam, "Typed in from paper.");
	seat_press(sam, UI_KEY_ESCAPE);
	seat_sees(sam, "Zoe");
	for (int i = 0; i < 5; i++)
		seat_press(sam, UI_KEY_TAB);
	seat_sees(sam, "File this paper");
	choose(sam);
	seat_type(sam, "2");
	seat_sees(sam, "Filed: FP-0002.");
	assert_int_equal(drafts(sam), 0);
}

static void the_screens_are_in_the_papers_language_or_the_staffs(void **state)
{
	struct office *office = *state;
	struct seat *sam = &office->sam;

	seat_type(sam, "P");
	seat_down(sam, 1);
	choose(sam);
	seat_type(sam, "2");
	seat_sees(sam, "Français · French");
	seat_down(sam, 3);
	choose(sam);
	seat_sees(sam, "Votre nom");
	function(sam, 6);
	seat_sees(sam, "Your name");
	function(sam, 6);
	seat_sees(sam, "Votre nom");
}

/* No visit in sight, only that somebody called. */
static void lock_while_called(struct seat *seat, bool lobby)
{
	seat->desk.lobby = lobby;
	desk_lock(&seat->desk);
	seat->desk.lists.calls = true;
}

static void visitors_before_a_locked_desk_see_no_quiet_mark(void **state)
{
	struct office *office = *state;

	lock_while_called(&office->sam, false);
	seat_sees(&office->sam, "☎");
	lock_while_called(&office->ana, true);
	seat_misses(&office->ana, "☎");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_paper_is_typed_in_looked_over_and_filed),
		WITH_OFFICE(leaving_asks_and_keeps_what_was_typed),
		WITH_OFFICE(going_on_is_where_the_paper_was_left),
		WITH_OFFICE(looking_at_questions_is_no_draft),
		WITH_OFFICE(a_locked_desk_keeps_it_for_who_typed),
		WITH_OFFICE(visitors_before_a_locked_desk_see_no_quiet_mark),
		WITH_OFFICE(a_number_typed_in_before_is_told_with_who_did),
		WITH_OFFICE(a_number_filed_meanwhile_costs_no_typing),
		WITH_OFFICE(
		    the_screens_are_in_the_papers_language_or_the_staffs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
