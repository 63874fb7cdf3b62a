#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/appointment.h"
#include "record/assign.h"
#include "record/meeting.h"
#include "record/sponsor.h"
#include "tests/support/case.h"
#include "tests/test.h"

/* Appointments, conferences, contacts, trainings, and what people say. */

static void expect_list(struct book *book, const char *name, size_t rows,
			const char *first)
{
	SCOPED(char_freep) char *text = NULL;

	assert_int_equal(case_list(book, name, &text), rows);
	if (first && !strstr(text, first))
		fail_msg("%s: %s is not in %s", name, first, text);
}

static void row_16_what_people_would_like_is_seen_at_assignment(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct assign assign;

	case_arrive(book, "2026-10-01", &it);
	assert_int_equal(assign_read(book->record, it.household, &assign),
			 FAULT_NONE);
	assert_string_equal(assign.prefers, ""); /* nobody has to say */
	assign_done(&assign);
	book_change(book, "person", it.mother, "prefers",
		    "A woman, in Tigrinya");
	(void)book_make(book, "user", "name", "Liya", "languages", "ti",
			"roles", "worker", NULL);
	assert_int_equal(assign_read(book->record, it.household, &assign),
			 FAULT_NONE);
	assert_string_equal(assign.prefers, "A woman, in Tigrinya");
	assert_string_equal(assign.languages, "ti"); /* both of them */
	assert_string_equal(assign.offers[0].name, "Liya");
	assert_int_equal(assign.offers[0].match, ASSIGN_LANGUAGE);
	assign_done(&assign);
}

static void row_26_households_are_called_at_their_own_interval(void **state)
{
	struct book *book = *state;
	struct sponsored often, seldom;

	case_arrive(book, "2026-09-01", &often);
	case_arrive(book, "2026-09-01", &seldom);
	(void)case_held(book, &often, "POST", "2026-11-01");
	(void)case_held(book, &seldom, "POST", "2026-11-01");
	expect_list(book, "contact-overdue", 0, NULL);
	book_change(book, "household", often.household, "contact_days", "14");
	book_change(book, "household", seldom.household, "contact_days", "60");
	expect_list(book, "contact-overdue", 1,
		    "T-1|2026-11-01|14|2026-11-15|Sam");
}

static int64_t booked(struct book *book, int64_t person, const char *mode,
		      int64_t at)
{
	SCOPED(char_freep) char *id = case_id(person);
	SCOPED(char_freep) char *when = case_id(at);

	return book_make(book, "appointment", "person", id, "at", when, "mode",
			 mode, NULL);
}

static enum entity_answer end(struct book *book, int64_t id, const char *state,
			      const char *reason)
{
	enum entity_answer answer;

	assert_int_equal(appointment_end(book->record, id, state, reason,
					 &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

static void row_52_what_is_missed_has_a_reason_and_a_rate_by_mode(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *moved_to = NULL;
	SCOPED(char_freep) char *expected = NULL;
	enum entity_answer answer;
	int64_t one, two, three, later;

	case_arrive(book, "2026-10-01", &it);
	one = booked(book, it.mother, "in-person", BOOK_NOW - BOOK_DAY);
	two = booked(book, it.mother, "in-person", BOOK_NOW - 2 * BOOK_DAY);
	three = booked(book, it.mother, "video", BOOK_NOW - 3 * BOOK_DAY);
	assert_int_equal(end(book, one, "no-show", NULL), ENTITY_WRONG);
	assert_int_equal(end(book, one, "no-show", "transport"), ENTITY_DONE);
	assert_int_equal(end(book, two, "attended", NULL), ENTITY_DONE);
	assert_int_equal(appointment_move(book->record, three,
					  BOOK_NOW + BOOK_DAY, "weather",
					  &book_sam, BOOK_NOW, &answer, &later),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	moved_to = book_value(book, "appointment", three, "moved_to");
	expected = case_id(later);
	assert_string_equal(moved_to, expected);
	expect_list(book, "no-show-rate", 2, "in-person|2|1|1|0|0|50%");
	expect_list(book, "no-show-reasons", 1, "transport|in-person|1");
	expect_list(book, "no-shows", 1, "Selam");
}

static void
row_54_who_hears_a_conference_was_agreed_to_by_the_person(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *person = NULL;
	SCOPED(char_freep) char *conference = NULL;
	SCOPED(char_freep) char *decisions = NULL;
	struct entity *meeting;
	unsigned lacks;
	int64_t id, school;

	case_arrive(book, "2026-10-01", &it);
	person = case_id(it.mother);
	id = book_make(book, "meeting", "what", "CONF", "person", person, "day",
		       CASE_TODAY, "mode", "in-person", "decisions",
		       "The school keeps a place", NULL);
	conference = case_id(id);
	case_party(book, id, "newcomer", true);
	case_party(book, id, "worker", true);
	school = book_make(book, "party", "meeting", conference, "who", "other",
			   "name", "Elm Street school", "attended", "1", NULL);
	assert_int_equal(book_move(book, "meeting", id, "held"), ENTITY_WRONG);
	meeting = book_read(book, "meeting", id);
	assert_int_equal(meeting_lacks(book->record, meeting, &lacks),
			 FAULT_NONE);
	assert_int_equal(lacks, MEETING_CONSENT);
	entity_free(meeting);
	book_change(book, "party", school, "consent_on", CASE_TODAY);
	assert_int_equal(book_move(book, "meeting", id, "held"), ENTITY_DONE);
	(void)book_make(book, "responsibility", "meeting", conference, "task",
			"school", "owners", "worker", "due", "2026-12-01",
			NULL);
	decisions = book_value(book, "meeting", id, "decisions");
	assert_string_equal(decisions, "The school keeps a place");
}

/* --- learning --------------------------------------------------------------
 */

static int64_t an_event(struct book *book, const char *what, const char *topic,
			const char *day)
{
	return book_make(book, "event", "what", what, "topic", topic, "day",
			 day, "minutes", "90", NULL);
}

static void a_guest(struct book *book, int64_t event, const char *field,
		    int64_t whom, const char *came)
{
	SCOPED(char_freep) char *id = case_id(event);
	SCOPED(char_freep) char *who = case_id(whom);

	(void)book_make(book, "event_party", "event", id, field, who,
			"invited_on", "2026-11-01", "came", came, NULL);
}

static void row_83_sponsors_are_invited_and_it_is_known_who_came(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	int64_t event;

	case_arrive(book, "2026-10-01", &it);
	event = an_event(book, "orientation", "Settling in", "2026-11-15");
	a_guest(book, event, "sponsor_group", it.group, "1");
	a_guest(book, event, "sponsor_group", it.sah, "0");
	expect_list(book, "orientations", 1,
		    "2026-11-15|orientation|Settling in|1.5|2|1|St Invented");
}

static void row_84_each_workers_training_has_topic_date_and_hours(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	int64_t event;

	case_await(book, "2026-12-10", &it);
	event = an_event(book, "training", "Privacy", "2025-11-01");
	a_guest(book, event, "user", it.worker, "1");
	expect_list(book, "training-log", 1, "Sam|Privacy|2025-11-01|1.5");
	expect_list(book, "training-overdue", 0, NULL);
	(void)book_make(book, "training_need", "topic", "privacy", "months",
			"12", "roles", "worker reception", NULL);
	(void)book_make(book, "training_need", "topic", "Accounts", "months",
			"12", "roles", "administrator", NULL);
	expect_list(book, "training-overdue", 1,
		    "Sam|privacy|2025-11-01|2026-11-01");
	event = an_event(book, "training", "Privacy", "2026-11-01");
	a_guest(book, event, "user", it.worker, "0"); /* did not come */
	expect_list(book, "training-overdue", 1, NULL);
	event = an_event(book, "training", "Privacy", "2026-11-02");
	a_guest(book, event, "user", it.worker, "1");
	expect_list(book, "training-overdue", 0, NULL);
}

static void row_86_what_a_team_does_for_itself_is_dated(void **state)
{
	static const char *const whats[] = { "workshop", "retrospective",
					     "recognition", "break" };
	struct book *book = *state;
	struct sponsored it;

	case_await(book, "2026-12-10", &it);
	for (size_t i = 0; i < COUNT(whats); i++)
		a_guest(book, an_event(book, whats[i], "Ours", "2026-11-10"),
			"user", it.worker, "1");
	(void)an_event(book, "training", "Privacy", "2026-11-10");
	expect_list(book, "team-days", 4, "2026-11-10|");
}

/* --- what people say -------------------------------------------------------
 */

static void
row_31_every_step_is_asked_about_and_two_months_are_one_list(void **state)
{
	static const struct {
		const char *about, *giver, *mark, *day, *words;
	} said[] = {
		{ "ticket", "newcomer", "5", "2026-11-20", "Short." },
		{ "ticket", "newcomer", "2", "2026-11-02", NULL },
		{ "ticket", "newcomer", "1", "2026-09-20", "Long ago." },
		{ "meeting", "sponsor", "4", "2026-11-10", NULL },
		{ "referral", "newcomer", "4", "2026-10-01", NULL },
		{ "referral", "agency", "3", "2026-10-02", NULL },
	};
	struct book *book = *state;

	for (size_t i = 0; i < COUNT(said); i++)
		(void)book_make(book, "feedback", "about", said[i].about,
				"giver", said[i].giver, "mark", said[i].mark,
				"day", said[i].day, "words", said[i].words,
				NULL);
	/* Meeting, two of a referral, ticket; what is older is not counted. */
	expect_list(book, "feedback-two-months", 4, "meeting|sponsor|1|4.0|0");
	expect_list(book, "feedback-words", 1, "2026-11-20|ticket");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(row_16_what_people_would_like_is_seen_at_assignment),
		WITH_BOOK(row_26_households_are_called_at_their_own_interval),
		WITH_BOOK(
		    row_31_every_step_is_asked_about_and_two_months_are_one_list),
		WITH_BOOK(
		    row_52_what_is_missed_has_a_reason_and_a_rate_by_mode),
		WITH_BOOK(
		    row_54_who_hears_a_conference_was_agreed_to_by_the_person),
		WITH_BOOK(row_83_sponsors_are_invited_and_it_is_known_who_came),
		WITH_BOOK(
		    row_84_each_workers_training_has_topic_date_and_hours),
		WITH_BOOK(row_86_what_a_team_does_for_itself_is_dated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
