#include "record/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/alert.h"
#include "record/entity.h"
#include "record/meeting.h"
#include "record/visit.h"
#include "tests/support/case.h"
#include "tests/support/plans.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* The whole of 2026; now is BOOK_NOW, its 21 November. */
static const struct tally_period year = {
	.from = 1767243600000,  /* 2026-01-01 05:00 UTC, midnight in Toronto */
	.until = 1798779600000, /* 2027-01-01 the same */
	.first = "2026-01-01",
	.last = "2026-12-31",
	.now = BOOK_NOW,
	.today = CASE_TODAY,
};

struct told {
	struct bytes text;
	size_t width;
};

static void take(void *to, const char *const *values)
{
	struct told *told = to;

	for (size_t i = 0; i < told->width; i++)
		bytes_add_format(&told->text, "%s%s", i ? "|" : "",
				 values[i] ?: "-");
	bytes_add_text(&told->text, "\n");
}

static char *tally_of(struct book *book, const char *name)
{
	const struct tally *tally = tally_find(name);
	struct told told = { .width = tally_width(tally) };

	assert_int_equal(tally_each(book->record, tally, &year, take, &told),
			 FAULT_NONE);
	return bytes_take_text(&told.text);
}

#define assert_tally(book, name, expected)                    \
	do {                                                  \
		SCOPED(char_freep)                            \
		char *text = tally_of((book), (name));        \
		if (strcmp(text, (expected)))                 \
			print_error("%s:\n%s", (name), text); \
		assert_string_equal(text, (expected));        \
	} while (0)

static void every_table_can_be_asked_of_an_empty_record(void **state)
{
	struct book *book = *state;

	for (size_t i = 0; i < tally_count(); i++) {
		const struct tally *tally = tally_at(i);
		SCOPED(char_freep) char *text = tally_of(book, tally->name);
		const struct kind *kind;

		assert_ptr_equal(tally_find(tally->name), tally);
		assert_true(tally_width(tally) >= 2);
		assert_int_equal(tally->columns[0].measure, TALLY_BY);
		for (size_t j = 0; j < tally_width(tally); j++)
			assert_non_null(tally_field(tally, j, &kind));
	}
}

/* --- visits ---------------------------------------------------------------
 */

struct stay {
	uint32_t seq;
	enum visit_level level;
	const char *language;
	int64_t after; /* hours after noon in Toronto on 2026-06-21 */
	int called, taken, ended; /* minutes after arrival; -1: never */
	enum visit_outcome outcome;
	bool quiet;
};

static void act(struct book *book, int64_t id, enum visit_act what,
		enum visit_outcome outcome, int64_t at)
{
	enum visit_acted acted;

	assert_int_equal(
	    visit_act(book->record, id, what, outcome, &sample_sam, at, &acted),
	    FAULT_NONE);
	assert_int_equal(acted, VISIT_ACTED);
}

static int64_t stay_at(struct book *book, const struct stay *stay)
{
	const int64_t at = SAMPLE_NOON + stay->after * SAMPLE_HOUR;
	struct sample sample;
	int64_t id;

	sample_init(&sample, stay->seq);
	sample.visit.level = stay->level;
	sample.visit.language = stay->language;
	sample.visit.arrived = sample.visit.issued = at;
	sample.visit.quiet = stay->quiet;
	id = sample_file(book->record, &sample);
	if (stay->called >= 0)
		act(book, id, VISIT_CALL, VISIT_NO_OUTCOME,
		    at + stay->called * SAMPLE_MINUTE);
	if (stay->taken >= 0)
		act(book, id, VISIT_TAKE_IN, VISIT_NO_OUTCOME,
		    at + stay->taken * SAMPLE_MINUTE);
	if (stay->ended >= 0)
		act(book, id, VISIT_END, stay->outcome,
		    at + stay->ended * SAMPLE_MINUTE);
	return id;
}

static const struct stay stays[] = {
	{ 1, VISIT_U2, "ti", 0, 10, 12, 30, VISIT_SERVED, false },
	{ 2, VISIT_U4, "ti", 0, 30, -1, 60, VISIT_LEFT, false },
	{ 3, VISIT_U4, "uk", 1, -1, 50, 70, VISIT_DIVERTED, true },
	{ 4, VISIT_U4, "uk", 1, -1, -1, 20, VISIT_LEFT, false },
	{ 5, VISIT_U1, "ti", 24 * 30, 2, 3, 9, VISIT_SERVED, true },
};

static void visits_are_counted_by_how_long_people_waited(void **state)
{
	struct book *book = *state;

	for (size_t i = 0; i < COUNT(stays); i++)
		(void)stay_at(book, &stays[i]);

	assert_tally(book, "visits-by-month",
		     "2026-06|4|0|1|0|3|0\n"
		     "2026-07|1|1|0|0|0|0\n");
	/* Visits, the middle, nine of ten, the longest. */
	assert_tally(book, "waits-by-level",
		     "U1|1|2|2|2\n"
		     "U2|1|10|10|10\n"
		     "U4|2|30|50|50\n");
	assert_tally(book, "waits-by-language",
		     "ti|3|10|30|30\n"
		     "uk|1|50|50|50\n");
	assert_tally(book, "waits-by-hour",
		     "12|3|10|30|30\n"
		     "13|1|50|50|50\n");
	assert_tally(book, "waits-by-site", "-|4|10|50|50\n");
	assert_tally(book, "left-before-service",
		     "U1|1|1|0|0|0\n"
		     "U2|1|1|0|0|0\n"
		     "U4|3|1|1|1|0\n");
	assert_tally(book, "diverted", "-|1\n");
	assert_tally(book, "levels-overridden",
		     "T203|5|0|0\n"
		     "T401|5|0|0\n");
	assert_tally(book, "last-answers",
		     "/data/D1|ti|3\n"
		     "/data/D1|uk|2\n");
	assert_tally(book, "kiosk-consents", "keep|5|5|0\n");
	assert_tally(book, "nobodys-visits",
		     "2026-06|4|0|4\n"
		     "2026-07|1|0|1\n");
	assert_tally(book, "visits-kept",
		     "2026-06|4|4|0|0\n"
		     "2026-07|1|1|0|0\n");
	assert_tally(book, "languages-asked",
		     "ti|3|0|0|0\n"
		     "uk|2|0|0|0\n");
	assert_tally(book, "staff-load",
		     "Sam|2026-W25|1|0|0\n"
		     "Sam|2026-W30|1|0|0\n");
}

static void a_recall_does_not_make_a_wait_longer(void **state)
{
	struct book *book = *state;
	const struct stay first = { 1, VISIT_U3, "ti", 0, 5, -1, -1, 0, false };
	const int64_t id = stay_at(book, &first);

	act(book, id, VISIT_RECALL, VISIT_NO_OUTCOME,
	    SAMPLE_NOON + 40 * SAMPLE_MINUTE);
	assert_tally(book, "waits-by-level", "U3|1|5|5|5\n");
}

static void what_was_typed_in_from_paper_did_not_wait(void **state)
{
	struct book *book = *state;
	const struct visit_paper paper = { .code = "P-1" };
	struct sample sample;
	int64_t id;

	sample_on_paper(&sample, &paper, 3);
	id = sample_file(book->record, &sample);
	act(book, id, VISIT_TAKE_IN, VISIT_NO_OUTCOME,
	    SAMPLE_NOON + SAMPLE_HOUR);
	assert_tally(book, "waits-by-level", "");
	assert_tally(book, "visits-by-month", "2026-06|1|0|0|1|0|0\n");
}

static void silent_calls_are_in_time_within_three_minutes(void **state)
{
	struct book *book = *state;
	static const int64_t answered[] = { ALERT_REPEAT_MS - 1,
					    ALERT_REPEAT_MS };
	enum alert_answer answer;
	struct alert *alerts = NULL;
	size_t count;

	for (size_t i = 0; i < 3; i++) {
		struct stay stay = stays[1];

		stay.seq = (uint32_t)i + 1;
		stay.quiet = true;
		(void)stay_at(book, &stay);
	}
	assert_int_equal(
	    alert_read(book->record, &sample_sam, SAMPLE_NOON, &alerts, &count),
	    FAULT_NONE);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < COUNT(answered); i++) {
		assert_int_equal(
		    alert_acknowledge(book->record, alerts[i].id, &sample_sam,
				      alerts[i].raised + answered[i], &answer),
		    FAULT_NONE);
		assert_int_equal(answer, ALERT_DONE);
	}
	assert_int_equal(alert_close(book->record, alerts[0].id, ALERT_TALKED,
				     &sample_sam, SAMPLE_NOON + SAMPLE_HOUR,
				     &answer),
			 FAULT_NONE);
	free(alerts);
	assert_tally(book, "alert-answers", "2026-06|3|1|1|1|3\n");
	assert_tally(book, "alert-outcomes", "open|2\ntalked|1\n");
	assert_tally(book, "staff-load", "Sam|2026-W25|0|2|0\n");
}

/* --- needs ----------------------------------------------------------------
 */

static void needs_are_those_of_the_newest_signed_version(void **state)
{
	struct book *book = *state;
	const int64_t one = plans_person(book, "2025-10-01");
	const int64_t two = plans_person(book, NULL);

	(void)plans_household(book, one);
	(void)plans_assess(book, one, "first", "2025-12-01", "HOU:C EMP:S");
	(void)plans_assess(book, one, "reassessment", "2026-05-01",
			   "HOU:S EMP:V");
	(void)plans_assess(book, two, "first", "2026-02-01", "HOU:V");

	assert_tally(book, "assessments",
		     "first|1|1\n"
		     "reassessment|1|1\n");
	assert_tally(book, "needs-by-level",
		     "EMP|1|0|1|0|0|0\n"
		     "HOU|2|0|1|1|0|0\n");
	assert_tally(book, "needs-changed",
		     "EMP|1|0|0|1|0\n"
		     "HOU|1|1|0|0|0\n");
	/* Housing is of the community's supports, work of life's skills. */
	assert_tally(book, "segments",
		     "community_supports|1|0|0\n"
		     "life_skills|1|0|1\n");
}

/* --- the whole list, a row each ------------------------------------------- */

static void what_people_and_the_team_did_is_counted(void **state)
{
	struct book *book = *state;
	struct sponsored sponsored;

	case_arrive(book, "2026-09-01", &sponsored);
	(void)case_held(book, &sponsored, "PRE", "2026-08-15");
	(void)case_held(book, &sponsored, "POST", "2026-11-01");
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-01-10", "mode", "phone", "minutes", "30", NULL);
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-04-10", "mode", "phone", "minutes", "15", NULL);
	(void)book_make(book, "service_contact", "person", "2", "day",
			"2026-04-11", "mode", "video", NULL);
	(void)book_make(book, "consent", "person", "1", "purpose", "keep",
			NULL);
	(void)book_make(book, "incident", "day", "2026-03-01", "what", "lost",
			"effect", "data-lost", NULL);
	(void)book_make(book, "suggestion", "screen", "queue", "text", "larger",
			NULL);
	(void)book_make(book, "referral", "person", "1", "direction", "out",
			"need", "HOU", "elsewhere", "Red Cross",
			"rating_person", "4", NULL);
	(void)book_make(book, "referral", "person", "2", "direction", "out",
			"need", "HOU", "elsewhere", "Red Cross",
			"rating_person", "5", NULL);

	assert_tally(book, "modes-given",
		     "phone|2|1|45\n"
		     "video|1|1|0\n");
	assert_tally(book, "new-and-returning",
		     "2026-01|1|1|0\n"
		     "2026-04|2|1|1\n");
	assert_tally(book, "retained",
		     "2026-01|1|1|0|0\n"
		     "2026-04|1|0|0|0\n");
	assert_tally(book, "consents", "keep|1|0|0\n");
	assert_tally(book, "incidents", "lost|1|1|1\n");
	assert_tally(book, "suggestions", "queue|1|1|0|0|0\n");
	assert_tally(book, "referrals-by-state", "out|proposed|2\n");
	assert_tally(book, "referrals-by-service", "Red Cross|2|0|0|0|2\n");
	assert_tally(book, "referrals-by-age", "d0-7|2|2|0\n");
	assert_tally(book, "referral-ends", "HOU|2|0|0|0|2\n");
	/* Two marks, 4.5 in the mean; none by an agency. */
	assert_tally(book, "referral-feedback", "HOU|2|45|0|-\n");
	assert_tally(book, "sponsor-cases", "CG|2|1|0|1|0|0\n");
	/* The joint meeting was due on 1 October. */
	assert_tally(book, "sponsor-steps",
		     "pre|1|1|0|0|0\n"
		     "post|1|0|1|0|0\n"
		     "connected|1|0|0|1|0\n");
}

static void whoever_was_entered_by_mistake_is_not_counted(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	enum entity_answer answer;

	(void)plans_assess(book, person, "first", "2026-02-01", "HOU:V");
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-01-10", "mode", "phone", NULL);
	(void)book_make(book, "referral", "person", "1", "direction", "out",
			"need", "HOU", "elsewhere", "Red Cross", NULL);
	(void)book_make(book, "consent", "person", "1", "purpose", "keep",
			NULL);
	(void)book_make(book, "appointment", "person", "1", "at",
			"1795300000000", "mode", "phone", NULL);
	assert_tally(book, "no-shows", "phone|1|0|0|0|0|1\n");
	assert_int_equal(entity_remove(book->record, kind_find("person"),
				       person, "twice", &book_sam, BOOK_NOW,
				       &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_tally(book, "assessments", "");
	assert_tally(book, "modes-given", "");
	assert_tally(book, "new-and-returning", "");
	assert_tally(book, "retained", "");
	assert_tally(book, "referrals-by-state", "");
	assert_tally(book, "referrals-by-service", "");
	assert_tally(book, "referrals-by-age", "");
	assert_tally(book, "consents", "");
	assert_tally(book, "no-shows", "");
}

static void a_day_that_is_cut_short_is_of_its_first(void **state)
{
	struct book *book = *state;

	(void)book_make(book, "person", "deceased", "2026-11", NULL);
	(void)book_make(book, "service_contact", "person", "1", "day", "2026",
			"mode", "phone", NULL);
	(void)book_make(book, "service_contact", "person", "1", "day",
			"2026-11-02", "mode", "phone", NULL);
	(void)book_make(book, "incident", "day", "2026", "what", "lost",
			"effect", "none", NULL);
	assert_tally(book, "modes-given", "phone|2|1|0\n");
	assert_tally(book, "incidents", "lost|1|0|1\n");
	/* Nobody knows that the contact was after the death. */
	assert_tally(book, "quality-found",
		     "stale|0\n"
		     "duplicates|0\n");
}

static void a_first_meeting_that_lacked_somebody_connects_nobody(void **state)
{
	struct book *book = *state;
	struct sponsored sponsored;
	int64_t meeting;

	case_arrive(book, "2026-09-01", &sponsored);
	meeting = case_held(book, &sponsored, "POST", "2026-09-10");
	case_party(book, meeting, "newcomer", false);
	book_change(book, "meeting", meeting, "checklist", MEETING_CHECKS);
	meeting = case_held(book, &sponsored, "POST", "2026-11-10");
	book_change(book, "meeting", meeting, "checklist", MEETING_CHECKS);
	assert_tally(book, "sponsor-steps",
		     "pre|1|0|0|1|0\n"
		     "post|1|1|0|0|0\n"
		     "connected|1|0|1|0|0\n");
}

static void days_and_hours_are_those_of_the_zone(void **state)
{
	struct book *book = *state;
	struct stay night = stays[0];

	/* Eleven in the evening of 30 June in Toronto is July in UTC. */
	night.after = 24 * 9 + 11;
	(void)stay_at(book, &night);
	assert_tally(book, "visits-by-month", "2026-06|1|0|1|0|0|0\n");
	assert_tally(book, "waits-by-hour", "23|1|10|10|10\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(every_table_can_be_asked_of_an_empty_record),
		WITH_BOOK(visits_are_counted_by_how_long_people_waited),
		WITH_BOOK(a_recall_does_not_make_a_wait_longer),
		WITH_BOOK(what_was_typed_in_from_paper_did_not_wait),
		WITH_BOOK(silent_calls_are_in_time_within_three_minutes),
		WITH_BOOK(needs_are_those_of_the_newest_signed_version),
		WITH_BOOK(what_people_and_the_team_did_is_counted),
		WITH_BOOK(whoever_was_entered_by_mistake_is_not_counted),
		WITH_BOOK(a_day_that_is_cut_short_is_of_its_first),
		WITH_BOOK(a_first_meeting_that_lacked_somebody_connects_nobody),
		WITH_BOOK(days_and_hours_are_those_of_the_zone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
