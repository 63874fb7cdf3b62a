#include "record/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "record/people_visit.h"
#include "record/timeline.h"
#include "record/visit.h"
#include "tests/support/plans.h"
#include "tests/test.h"

/* Assessments, goals and what comes of them. Everybody is made up. */

#define TODAY "2026-11-21"

static char *id_of(int64_t id)
{
	return xasprintf("%lld", (long long)id);
}

static int64_t a_goal(struct book *book, int64_t person, enum domain domain,
		      const char *horizon, const char *step)
{
	const struct plan_new goal = {
		.person = person,
		.domain = domain,
		.words = "In my own words",
		.horizon = horizon,
		.owner = "newcomer",
		.due = "2026-12-31",
		.action = step,
		.step_due = step ? "2026-11-20" : NULL,
	};
	enum entity_answer answer;
	const char *wrong;
	int64_t id = 0;

	assert_int_equal(plan_open(book->record, &goal, &book_sam, BOOK_NOW,
				   &answer, &wrong, &id),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return id;
}

/* Needs assessment service: dated, signed, versioned levels by domain. */
static void row_03_what_was_said_is_version_0_and_a_worker_signs_1(void **state)
{
	struct book *book = *state;
	const int64_t visit =
	    plans_visit(book, true, "LANG:ti", "latin_name", "Selam",
			"level_HOU", "C", "level_LAN", "V", NULL);
	enum people_answer made;
	enum entity_answer answer;
	struct assess self, first;
	int64_t person = 0, version = 0;

	/* Version 0 comes with the person, without another key. */
	assert_int_equal(people_from_visit(book->record, visit, false,
					   &book_sam, BOOK_NOW, &made, &person),
			 FAULT_NONE);
	assert_int_equal(assess_newest(book->record, person, &version),
			 FAULT_NONE);
	self = plans_read(book, version);
	assert_int_equal(self.number, 0);
	assert_int_equal(self.levels[DOMAIN_HOU].level, LEVEL_CRISIS);
	version = plans_assess(book, person, "first", TODAY, "HOU:V");
	first = plans_read(book, version);
	assert_int_equal(first.number, 1);
	assert_string_equal(first.day, TODAY);
	assert_string_equal(first.author, "Sam");
	assert_int_equal(first.signed_at, BOOK_NOW);
	assert_int_equal(first.levels[DOMAIN_LAN].level, LEVEL_VULNERABLE);
	/* Both stay. */
	assert_int_equal(
	    assess_say(book->record, self.id,
		       &(struct assess_said){ .domain = DOMAIN_HOU,
					      .level = LEVEL_STABLE },
		       &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_CLOSED);
	assess_done(&self);
	assess_done(&first);
}

/* Standardized assessment: the question set's hash on each record. */
static void row_04_a_self_report_names_the_question_set(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t visit =
	    plans_visit(book, true, "", "level_HOU", "S", NULL);
	SCOPED(char_freep) char *form = NULL;
	SCOPED(char_freep) char *number = NULL;
	enum entity_answer answer;
	int64_t id = 0;

	assert_int_equal(assess_self(book->record, visit, person, &book_sam,
				     BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	form = book_value(book, "assessment", id, "form");
	number = book_value(book, "assessment", id, "number");
	assert_string_equal(form, "abcd000000000000");
	assert_string_equal(number, "0");
}

/* Continual reassessment: next date, overdue list, side-by-side change. */
static void row_05_the_next_one_is_due_and_change_is_seen(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	struct assess before, after;
	enum assess_change change[DOMAIN_COUNT];
	int64_t first, second;

	first = plans_assess(book, person, "first", "2026-06-01",
			     "HOU:C INC:S COM:T");
	assert_list(book, "overdue-assessments", "2026-08-30", "");
	assert_list(book, "overdue-assessments", TODAY,
		    "P1 | 2026-08-30 | 2026-06-01 | first | -\n");
	second = plans_assess(book, person, "reassessment", TODAY,
			      "HOU:V INC:V LEG:S");
	assert_list(book, "overdue-assessments", TODAY, "");
	before = plans_read(book, first);
	after = plans_read(book, second);
	assert_int_equal(assess_compare_all(&before, &after, change), 3);
	assert_int_equal(change[DOMAIN_HOU], ASSESS_BETTER);
	assert_int_equal(change[DOMAIN_INC], ASSESS_WORSE);
	assert_int_equal(change[DOMAIN_LEG], ASSESS_LEARNT);
	assert_int_equal(change[DOMAIN_COM], ASSESS_SAME);
	assert_true(after.levels[DOMAIN_COM].unchanged);
	assess_done(&before);
	assess_done(&after);
}

static void to_stream(struct book *book, int64_t person, const char *to,
		      enum entity_answer expected)
{
	enum entity_answer answer;
	int64_t id;

	assert_int_equal(plan_stream(book->record, person, to, "as agreed",
				     &book_ana, BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(answer, expected);
}

/* Intensive case management: stream with 12/24-month clock and caseload. */
static void row_06_a_stream_has_its_clock_and_a_worker_a_caseload(void **state)
{
	struct book *book = *state;
	const int64_t one = plans_person(book, "2026-05-01");
	const int64_t two = plans_person(book, "2024-11");

	for (int i = 0; i < 2; i++) {
		to_stream(book, i ? two : one, "screened", ENTITY_DONE);
		to_stream(book, i ? two : one, "active", ENTITY_DONE);
	}
	book_change(book, "stream", 2, "reviewed", "18");
	assert_list(book, "stream-reviews-due", TODAY,
		    "P1 | 6 | 2026-11-01 | 2026-05-01 | active | -\n"
		    "P2 | 24 | 2026-11-01 | 2024-11 | active | -\n");
	assert_list(book, "caseload", TODAY,
		    "- | 2 | P1 | 2026-05-01 | 6 | 6 | 2026-11-01 | active\n"
		    "- | 2 | P2 | 2024-11 | 24 | 24 | 2026-11-01 | active\n");
	book_change(book, "stream", 1, "reviewed", "6");
	book_change(book, "stream", 2, "reviewed", "24");
	assert_list(book, "stream-reviews-due", TODAY, "");
	assert_list(book, "stream-reviews-due", "2027-05-01",
		    "P1 | 12 | 2027-05-01 | 2026-05-01 | active | -\n");
}

/* Life stabilization domains: each need has a segment, and is counted there. */
static void row_07_every_need_belongs_to_a_segment(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	int none = 0;

	for (int i = 0; i < DOMAIN_COUNT; i++)
		none += domain_segment((enum domain)i) == SEGMENT_NONE;
	assert_int_equal(none, 2);
	(void)plans_assess(book, person, "first", "2026-06-01", "FOO:C");
	(void)plans_assess(book, person, "reassessment", TODAY,
			   "FOO:S HOU:C EMP:V INC:V HEA:S");
	assert_list(book, "needs-by-segment", TODAY,
		    "P1 | community_supports | HOU | crisis | 2026-11-21\n"
		    "P1 | enabler | INC | vulnerable | 2026-11-21\n"
		    "P1 | life_skills | EMP | vulnerable | 2026-11-21\n");
}

/* Life stabilization goals: per household aware, accessed, plan, progress. */
static void row_08_a_household_comes_on_segment_by_segment(void **state)
{
	static const char *const stages[][2] = {
		{ "aware", "2026-06-01" },
		{ "accessed", "2026-07-01" },
		{ "plan", "2026-08-01" },
		{ "aware", "2026-10-01" }, /* once more: the first day counts */
	};
	struct book *book = *state;
	SCOPED(char_freep)
	char *household =
	    id_of(plans_household(book, plans_person(book, NULL)));

	for (size_t i = 0; i < COUNT(stages); i++)
		(void)book_make(book, "outcome", "household", household,
				"segment", "life_skills", "stage", stages[i][0],
				"day", stages[i][1], NULL);
	(void)book_make(book, "outcome", "household", household, "segment",
			"health", "stage", "aware", "day", "2026-09-01", NULL);
	assert_list(book, "stabilization", TODAY,
		    "1 | health | 2026-09-01 | - | - | -\n"
		    "1 | life_skills | 2026-06-01 | 2026-07-01 | 2026-08-01 |"
		    " -\n");
}

/* Right level of service: suggested with reasons, against assigned. */
static void row_10_a_suggested_stream_stands_beside_the_assigned(void **state)
{
	struct book *book = *state;
	const int64_t one = plans_person(book, NULL);
	const int64_t two = plans_person(book, NULL);
	const int64_t visit =
	    plans_visit(book, true, "LANG:ti SCREEN-CASE-MGMT(FOO+HOU)",
			"level_FOO", "C", "level_HOU", "C", NULL);
	enum entity_answer answer;
	int64_t id;

	assert_int_equal(assess_self(book->record, visit, one, &book_sam,
				     BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	(void)plans_assess(book, two, "first", TODAY, "HOU:S EMP:V");
	assert_list(book, "stream-suggested", TODAY,
		    "P1 | FOO HOU | self | none\n");
	to_stream(book, one, "screened", ENTITY_DONE);
	to_stream(book, one, "active", ENTITY_DONE);
	assert_list(book, "stream-suggested", TODAY, "");
	assert_list(book, "stream-assigned", TODAY,
		    "P1 | 1 | FOO HOU | active | as agreed\n"
		    "P2 | 0 | - | screened | -\n");
}

/* Risk-based review: no decision, a list of what was said against seen. */
static void row_12_what_was_said_is_listed_against_what_was_seen(void **state)
{
	struct book *book = *state;
	const struct assess_said seen[] = {
		{ DOMAIN_INC, LEVEL_STABLE, SOURCE_SEEN, "bank letter", NULL },
		/* They agree, so it is not listed. */
		{ DOMAIN_HOU, LEVEL_VULNERABLE, SOURCE_SEEN, "lease", NULL },
	};
	const int64_t person = plans_person(book, NULL);
	const int64_t visit = plans_visit(book, true, "", "level_INC", "C",
					  "level_HOU", "V", NULL);
	enum entity_answer answer;
	int64_t id;

	assert_int_equal(assess_self(book->record, visit, person, &book_sam,
				     BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	assert_int_equal(assess_begin(book->record, person, "first", TODAY, 0,
				      &book_ana, BOOK_NOW, &answer, &id),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(seen); i++)
		assert_int_equal(assess_say(book->record, id, &seen[i],
					    &book_ana, BOOK_NOW, &answer),
				 FAULT_NONE);
	assert_list(book, "said-and-seen", TODAY,
		    "P1 | INC | - | crisis | stable | seen | Ana\n");
}

/* Client goals: short and long, owner, steps, due. */
static void row_14_goals_have_owners_steps_and_days(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t soon = a_goal(book, person, DOMAIN_HOU, "short", "Call");
	const int64_t later = a_goal(book, person, DOMAIN_EDU, "long", NULL);
	SCOPED(char_freep)
	char *owner = book_value(book, "goal", soon, "owner");
	SCOPED(char_freep)
	char *horizon = book_value(book, "goal", later, "horizon");
	SCOPED(char_freep) char *due = book_value(book, "goal", soon, "due");

	assert_string_equal(owner, "newcomer");
	assert_string_equal(horizon, "long");
	assert_string_equal(due, "2026-12-31");
	assert_list(book, "overdue-steps", "2026-11-20", "");
	assert_list(book, "overdue-steps", TODAY,
		    "P1 | 2026-11-20 | Call | newcomer | HOU | -\n");
	assert_list(book, "goals-without-step", TODAY,
		    "P1 | EDU | In my own words | open | -\n");
}

/* Awareness of services: how many are newly known. */
static void row_27_services_newly_known_are_counted_by_month(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *person = id_of(plans_person(book, NULL));

	(void)book_make(book, "service_contact", "person", person, "day",
			"2026-11-03", "mode", "in-person", "newly_known", "2",
			NULL);
	(void)book_make(book, "service_contact", "person", person, "day",
			"2026-11-10", "mode", "phone", "newly_known", "1",
			NULL);
	(void)book_make(book, "service_contact", "person", person, "day",
			"2026-10-30", "mode", "phone", "newly_known", "4",
			NULL);
	(void)book_make(book, "service_contact", "person", person, "day",
			"2026-11-12", "mode", "phone", "newly_known", "0",
			NULL);
	assert_list(book, "newly-known", TODAY,
		    "P1 | 2026-11-10 | 1 | 3\n"
		    "P1 | 2026-11-03 | 2 | 3\n"
		    "P1 | 2026-10-30 | 4 | 4\n");
}

/* First-weeks information: a template of which each item is ended. */
static void row_28_each_of_the_first_30_days_is_ended(void **state)
{
	static const char *const ends[] = { "done", "not-needed", "declined" };
	struct book *book = *state;
	const int64_t person = plans_person(book, "2026-11-20");
	SCOPED(char_freep) char *path = plan_template_path("first-30-days");
	struct plan_template template;
	enum entity_answer answer;
	size_t count = 0;

	assert_int_equal(plan_template_read(path, "en", &template), FAULT_NONE);
	assert_string_equal(template.rows[0].name, "language");
	assert_string_equal(template.rows[1].name, "employment");
	assert_string_equal(template.rows[2].name, "child-benefit");
	assert_int_equal(plan_template_use(book->record, &template, person,
					   TODAY, &book_sam, BOOK_NOW, &answer,
					   &count),
			 FAULT_NONE);
	plan_template_done(&template);
	assert_int_equal(count, 7);
	assert_list(book, "template-goals", TODAY,
		    "P1 | first-30-days | 7 | 0 | 2026-12-21\n");
	for (int64_t goal = 1; goal <= 7; goal++)
		assert_int_equal(
		    book_move(book, "goal", goal, ends[goal % COUNT(ends)]),
		    ENTITY_DONE);
	assert_list(book, "template-goals", TODAY,
		    "P1 | first-30-days | 7 | 7 | 2026-12-21\n");
}

/* Isolation: the social need and its change. */
static void row_34_whether_somebody_is_less_alone_is_measured(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	struct assess before, after;
	int64_t first, second;

	first = plans_assess(book, person, "first", "2026-05-01", "COM:V");
	second =
	    plans_assess(book, person, "reassessment", "2026-08-05", "COM:S");
	before = plans_read(book, first);
	after = plans_read(book, second);
	assert_int_equal(assess_compare(before.levels[DOMAIN_COM].level,
					after.levels[DOMAIN_COM].level),
			 ASSESS_BETTER);
	assert_list(book, "measures", TODAY,
		    "P1 | COM | 2026-05-01 | vulnerable | stable | - | -\n");
	assess_done(&before);
	assess_done(&after);
}

struct seen {
	bool goal, contact, step, assessment;
};

static void look(struct seen *seen, const char *kind)
{
	seen->goal |= strcmp(kind, "goal") == 0;
	seen->contact |= strcmp(kind, "service_contact") == 0;
	seen->step |= strcmp(kind, "step") == 0;
	seen->assessment |= strcmp(kind, "assessment") == 0;
}

/* Goals, engagement, plan, progress: all four on the timeline. */
static void row_38_goals_engagement_plan_and_progress_are_one_line(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t other = plans_person(book, NULL);
	SCOPED(char_freep) char *id = id_of(person);
	struct timeline_event *events = NULL;
	struct seen seen = { 0 };
	size_t count = 0;

	(void)a_goal(book, person, DOMAIN_HOU, "short", "Call");
	(void)book_make(book, "service_contact", "person", id, "day",
			"2026-11-03", "mode", "in-person", NULL);
	(void)plans_assess(book, person, "first", TODAY, "HOU:V");
	assert_int_equal(
	    timeline_read(book->record, person, &book_sam, &events, &count),
	    FAULT_NONE);
	for (size_t i = 0; i < count; i++)
		look(&seen, events[i].kind->name);
	free(events);
	assert_true(seen.goal && seen.contact && seen.step && seen.assessment);
	/* And nothing of them on somebody else's. */
	assert_int_equal(
	    timeline_read(book->record, other, &book_sam, &events, &count),
	    FAULT_NONE);
	assert_int_equal(count, 0);
	free(events);
}

/* Place in the journey: a stage and one next step; who has none. */
static void row_39_everybody_has_a_stage_and_one_next_step(void **state)
{
	struct book *book = *state;
	const int64_t one = plans_person(book, "2026-05-01");
	const int64_t two = plans_person(book, "2026-10-01");

	to_stream(book, one, "screened", ENTITY_DONE);
	to_stream(book, two, "screened", ENTITY_DONE);
	to_stream(book, one, "active", ENTITY_DONE);
	(void)a_goal(book, one, DOMAIN_HOU, "short", "Call");
	assert_list(book, "journey", TODAY,
		    "P1 | 2026-05-01 | active | - | Call | 2026-11-20\n"
		    "P2 | 2026-10-01 | screened | - | - | -\n");
	assert_list(book, "no-next-step", TODAY, "P2 | screened | - | 0\n");
	assert_int_equal(book_move(book, "step", 1, "done"), ENTITY_DONE);
	assert_list(book, "no-next-step", TODAY,
		    "P1 | active | - | 1\nP2 | screened | - | 0\n");
}

/* Impact data: benefits applied, decided, amounts; a household's total. */
static void row_45_a_households_benefits_are_added_up(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	SCOPED(char_freep) char *id = id_of(person);

	(void)plans_household(book, person);
	(void)book_make(book, "benefit", "person", id, "what", "child-benefit",
			"applied", "2026-06-01", "decided", "2026-07-01",
			"decision", "granted", "amount", "61900", "paid",
			"monthly", NULL);
	(void)book_make(book, "benefit", "person", id, "what", "resettlement",
			"applied", "2026-06-01", "decided", "2026-06-10",
			"decision", "partly", "amount", "90000", "paid", "once",
			NULL);
	(void)book_make(book, "benefit", "person", id, "what", "tax-credit",
			"applied", "2026-10-01", NULL);
	/* That came to its end, and one that was refused, are no income. */
	(void)book_make(book, "benefit", "person", id, "what", "housing",
			"applied", "2026-01-01", "decided", "2026-01-10",
			"decision", "granted", "amount", "50000", "paid",
			"monthly", "until", "2026-11-20", NULL);
	(void)book_make(book, "benefit", "person", id, "what", "disability",
			"applied", "2026-01-01", "decided", "2026-01-10",
			"decision", "refused", "amount", "70000", "paid",
			"monthly", NULL);
	assert_list(book, "household-benefits", TODAY,
		    "1 | 5 | 1 | 3 | 61900 | 90000\n");
}

/* Pre and post measures: pairs by domain at 3, 6 and 12 months. */
static void row_46_levels_are_paired_at_3_6_and_12_months(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);

	(void)plans_assess(book, person, "first", "2025-10-01", "EMP:C LAN:V");
	(void)plans_assess(book, person, "reassessment", "2026-01-05", "EMP:V");
	(void)plans_assess(book, person, "reassessment", "2026-04-02", "LAN:S");
	(void)plans_assess(book, person, "reassessment", "2026-10-20",
			   "EMP:S LAN:T");
	assert_list(book, "measures", TODAY,
		    "P1 | EMP | 2025-10-01 | crisis | vulnerable | vulnerable |"
		    " stable\n"
		    "P1 | LAN | 2025-10-01 | vulnerable | vulnerable | stable |"
		    " thriving\n");
}

/* Discretionary supports: what was given, with stock. */
static void row_58_what_is_given_is_taken_from_stock(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *person = id_of(plans_person(book, NULL));

	(void)book_make(book, "stock", "item", "Winter coats", "came", "5",
			"low", "2", NULL);
	(void)book_make(book, "stock", "item", "Boots", "came", "4", "low", "1",
			NULL);
	(void)book_make(book, "support_given", "person", person, "day", TODAY,
			"stock", "1", "count", "3", NULL);
	(void)book_make(book, "support_given", "person", person, "day", TODAY,
			"stock", "2", "count", "1", NULL);
	assert_list(book, "stock-left", TODAY,
		    "Boots | 4 | 1 | 3 | 1 | 0\n"
		    "Winter coats | 5 | 3 | 2 | 2 | 1\n");
}

/* Pre-arrival to citizenship: from expected to closed, re-opened. */
static void row_74_a_case_goes_from_expected_to_closed_and_on(void **state)
{
	static const char *const way[] = { "expected", "screened", "active",
					   "exit",     "closed",   "active",
					   "closed" };
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	SCOPED(char_freep) char *id = id_of(person);
	int64_t kept = 0;

	for (size_t i = 0; i < COUNT(way); i++)
		to_stream(book, person, way[i], ENTITY_DONE);
	to_stream(book, person, "exit", ENTITY_NO_MOVE);
	(void)book_make(book, "status", "person", id, "category", "RES_PRV",
			"since", "2026-05-01", "until", "2029-11-01", NULL);
	(void)book_make(book, "status", "person", id, "category", "CIT",
			"since", "2029-11-01", NULL);
	assert_int_equal(
	    entity_total(book->record, kind_find("status"), NULL, &kept),
	    FAULT_NONE);
	assert_int_equal(kept, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    row_03_what_was_said_is_version_0_and_a_worker_signs_1),
		WITH_BOOK(row_04_a_self_report_names_the_question_set),
		WITH_BOOK(row_05_the_next_one_is_due_and_change_is_seen),
		WITH_BOOK(
		    row_06_a_stream_has_its_clock_and_a_worker_a_caseload),
		WITH_BOOK(row_07_every_need_belongs_to_a_segment),
		WITH_BOOK(row_08_a_household_comes_on_segment_by_segment),
		WITH_BOOK(row_10_a_suggested_stream_stands_beside_the_assigned),
		WITH_BOOK(row_12_what_was_said_is_listed_against_what_was_seen),
		WITH_BOOK(row_14_goals_have_owners_steps_and_days),
		WITH_BOOK(row_27_services_newly_known_are_counted_by_month),
		WITH_BOOK(row_28_each_of_the_first_30_days_is_ended),
		WITH_BOOK(row_34_whether_somebody_is_less_alone_is_measured),
		WITH_BOOK(
		    row_38_goals_engagement_plan_and_progress_are_one_line),
		WITH_BOOK(row_39_everybody_has_a_stage_and_one_next_step),
		WITH_BOOK(row_45_a_households_benefits_are_added_up),
		WITH_BOOK(row_46_levels_are_paired_at_3_6_and_12_months),
		WITH_BOOK(row_58_what_is_given_is_taken_from_stock),
		WITH_BOOK(row_74_a_case_goes_from_expected_to_closed_and_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
