#include <stdlib.h>
#include <string.h>

#include "desk/open.h"
#include "desk/screens.h"
#include "record/appointment.h"
#include "record/sponsor.h"
#include "tests/support/case.h"
#include "tests/support/sample.h"
#include "tests/support/seat.h"
#include "tests/test.h"

/* The desk's clock stands at 2026-11-22. */

static struct book book_of(struct seat *seat)
{
	return (struct book){ .record = seat->record };
}

static void a_case_shows_its_path_and_who_does_what(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	struct seat *ana = &((struct office *)*state)->ana;
	struct book book = book_of(sam);
	struct sponsored it;
	SCOPED(char_freep) char *id = NULL;

	case_arrive(&book, "2026-09-01", &it);
	id = case_id(it.sponsorship);
	(void)book_make(&book, "responsibility", "sponsorship", id, "task",
			"bank", "owners", "sponsor worker", "due", "2026-11-01",
			NULL);
	open_entity(&sam->desk, kind_find("sponsorship"), it.sponsorship);
	seat_sees(sam, "St Invented Parish");
	seat_sees(sam, "No joint meeting after arrival yet.");
	seat_sees(sam, "Meeting before arrival not held");
	seat_sees(sam, "Joint meeting Thu 1 Oct 2026 overdue");
	seat_sees(sam, "Check at 3 months Tue 1 Dec 2026 due");
	seat_sees(sam, "Bank account");
	seat_sees(sam, "two do it, overdue");
	seat_golden(sam, "desk-sponsorship-80x24");
	seat_type(sam, "v");
	seat_sees(sam, "Private path: nothing reaches the sponsor");
	seat_type(sam, "v");
	seat_misses(sam, "Private path: nothing");

	/* The step that is due begins its meeting. */
	seat_down(sam, 2);
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "Meeting · new");
	seat_sees(sam, "After arrival (POST)");

	open_entity(&ana->desk, kind_find("sponsorship"), it.sponsorship);
	seat_sees(ana, "Rencontre à trois");
	seat_sees(ana, "deux s’en occupent");
	seat_sees(ana, "jeu. 1 oct. 2026 "); /* whole, though it is longer */
}

static void a_worker_is_picked_by_language_and_wish(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	struct book book = book_of(sam);
	struct sponsored it;

	case_arrive(&book, "2026-09-01", &it);
	book_change(&book, "person", it.mother, "prefers", "A woman");
	(void)book_make(&book, "user", "name", "Liya", "languages", "ti",
			"roles", "worker", NULL);
	open_entity(&sam->desk, kind_find("sponsorship"), it.sponsorship);
	seat_type(sam, "w");
	seat_sees(sam, "A woman");
	seat_sees(sam, "Liya · speaks their language");
	seat_sees(sam, "Sam · needs an interpreter");
	seat_type(sam, "1");
	seat_type(sam, "w");
	seat_sees(sam, "Liya · speaks their language · ti · 1");
}

static void a_meeting_says_who_came_and_what_is_missing(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	struct book book = book_of(sam);
	struct sponsored it;
	SCOPED(char_freep) char *held = NULL;
	SCOPED(char_freep) char *made = NULL;
	int64_t post;

	case_arrive(&book, "2026-09-01", &it);
	post = case_meeting(&book, &it, "POST", "2026-11-22");
	open_entity(&sam->desk, kind_find("meeting"), post);
	seat_type(sam, "1");
	seat_type(sam, "4");
	seat_type(sam, "h");
	seat_sees(sam, "Say first who came or not: sponsor.");
	seat_type(sam, "2");
	seat_golden(sam, "desk-meeting-80x24");
	seat_type(sam, "h");
	held = book_value(&book, "meeting", post, "state");
	assert_string_equal(held, "held");
	seat_down(sam, 4); /* past three parties and a heading */
	seat_press(sam, UI_KEY_ENTER);
	made = book_value(&book, "meeting", post, "checklist");
	assert_string_equal(made, "one-contact");
}

/* --- tickets ---------------------------------------------------------------
 */

static int64_t a_ticket(struct seat *seat, uint32_t seq, const char *said,
			enum visit_level level, const char *tags)
{
	const struct visit_fact fact = { "visited_before", said };
	struct sample sample;
	int64_t id;

	sample_init(&sample, seq);
	sample.visit.keep = VISIT_KEEP_NO;
	sample.visit.quiet = false;
	sample.visit.level = level;
	sample.visit.tags = tags;
	sample.visit.facts = &fact;
	sample.visit.fact_count = 1;
	sample.visit.arrived = SEAT_NOW - SAMPLE_MINUTE;
	id = sample_file(seat->record, &sample);
	seat_look(seat);
	seat->desk.selected = id;
	return id;
}

static void whoever_keeps_an_appointment_is_through_in_seconds(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	struct book book = book_of(sam);
	struct sponsored it;
	SCOPED(char_freep) char *person = NULL;
	SCOPED(char_freep) char *at = case_id(SEAT_NOW + SAMPLE_HOUR);
	SCOPED(char_freep) char *attended = NULL;
	int64_t visit, id;

	case_arrive(&book, "2026-09-01", &it);
	person = case_id(it.mother);
	id = book_make(&book, "appointment", "person", person, "at", at, "mode",
		       "in-person", NULL);
	visit = a_ticket(sam, 7, "APT", VISIT_U4, "");
	desk_open(&sam->desk, &desk_ticket_screen, NULL);
	seat_type(sam, "b");
	seat_sees(sam, "Selam");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "the visit is ended");
	assert_int_equal(sample_state(sam->record, visit), VISIT_ENDED);
	attended = book_value(&book, "appointment", id, "state");
	assert_string_equal(attended, "attended");
}

static void a_paper_takes_one_key_and_an_urgent_person_none(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	int64_t visit = a_ticket(sam, 8, "DROP", VISIT_U5, "");

	seat_type(sam, "b");
	seat_sees(sam, "Paper taken");
	assert_int_equal(sample_state(sam->record, visit), VISIT_ENDED);
	visit = a_ticket(sam, 9, "DROP", VISIT_U1, "");
	seat_type(sam, "b");
	assert_int_equal(sample_state(sam->record, visit), VISIT_WAITING);
}

static void a_sponsors_ticket_lies_with_the_case(void **state)
{
	struct seat *sam = &((struct office *)*state)->sam;
	struct book book = book_of(sam);
	struct sponsored it;
	int64_t laid;

	case_arrive(&book, "2026-09-01", &it);
	(void)a_ticket(sam, 10, "NO", VISIT_U4, "SPONSOR-VISIT");
	desk_open(&sam->desk, &desk_ticket_screen, NULL);
	seat_type(sam, "j");
	seat_sees(sam, "About which case?");
	seat_type(sam, "invented");
	seat_press(sam, UI_KEY_ENTER);
	seat_sees(sam, "The ticket lies with the case.");
	assert_int_equal(
	    entity_total(sam->record, kind_find("sponsor_visit"), NULL, &laid),
	    FAULT_NONE);
	assert_int_equal(laid, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_OFFICE(a_case_shows_its_path_and_who_does_what),
		WITH_OFFICE(a_worker_is_picked_by_language_and_wish),
		WITH_OFFICE(a_meeting_says_who_came_and_what_is_missing),
		WITH_OFFICE(whoever_keeps_an_appointment_is_through_in_seconds),
		WITH_OFFICE(a_paper_takes_one_key_and_an_urgent_person_none),
		WITH_OFFICE(a_sponsors_ticket_lies_with_the_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
