#include "record/sponsor.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/kind.h"
#include "record/meeting.h"
#include "tests/support/case.h"
#include "tests/support/sample.h"
#include "tests/test.h"

static unsigned bars_of(struct book *book, const struct sponsored *sponsored,
			int64_t to, const char *scope, const char *today)
{
	const struct share share = { sponsored->sponsorship, sponsored->mother,
				     to, scope };
	unsigned bars;

	assert_int_equal(sponsor_may_share(book->record, &share, today, &bars),
			 FAULT_NONE);
	return bars;
}

static void each_bar_is_lifted_by_its_own_deed(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	int64_t agreement, consent;

	case_arrive(book, "2026-06-01", &it);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NO_AGREEMENT | SHARE_NO_CONSENT);
	agreement = case_agree(book, it.group);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NO_CONSENT);
	consent = case_consent(book, it.mother, it.group);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY), 0);

	/* Not what was not agreed to; not to whom it was not said; not before,
	 * and not about another. */
	assert_int_equal(bars_of(book, &it, 0, "plan", CASE_TODAY),
			 SHARE_NO_CONSENT);
	assert_int_equal(bars_of(book, &it, it.sah, "tasks", CASE_TODAY),
			 SHARE_NO_AGREEMENT | SHARE_NO_CONSENT);
	assert_int_equal(bars_of(book, &it, 0, "tasks", "2025-12-31"),
			 SHARE_NO_AGREEMENT | SHARE_NO_CONSENT);
	it.mother = it.child;
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NO_CONSENT);
	it.mother = book_make(book, "person", "language", "ti", NULL);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NOT_MEMBER | SHARE_NO_CONSENT);
	it.mother = it.child - 1;

	/* The last day of an agreement is one of it; a month, to its end. */
	book_change(book, "agreement", agreement, "until", "2026-11");
	assert_int_equal(bars_of(book, &it, 0, "tasks", "2026-11-30"), 0);
	assert_int_equal(bars_of(book, &it, 0, "tasks", "2026-12-01"),
			 SHARE_NO_AGREEMENT);
	assert_int_equal(book_move(book, "sharing", consent, "withdrawn"),
			 ENTITY_DONE);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NO_CONSENT);
}

static void another_groups_agreement_is_none(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	const int64_t other = book_make(book, "sponsor_group", "what", "G5",
					"name", "Five of us", NULL);

	case_arrive(book, "2026-06-01", &it);
	(void)case_agree(book, other);
	(void)case_consent(book, it.mother, other);
	assert_int_equal(bars_of(book, &it, other, "tasks", CASE_TODAY),
			 SHARE_NOT_PARTNER);
	(void)case_agree(book, it.sah);
	(void)case_consent(book, it.mother, it.sah);
	assert_int_equal(bars_of(book, &it, it.sah, "tasks", CASE_TODAY), 0);
}

static void nothing_is_written_down_as_shared_that_may_not_be(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct share share;
	struct entity *sly;
	SCOPED(char_freep) char *sponsorship = NULL;
	SCOPED(char_freep) char *person = NULL;
	SCOPED(char_freep) char *group = NULL;
	enum entity_answer answer;
	const char *wrong;
	unsigned bars;
	int64_t id, total;

	case_arrive(book, "2026-06-01", &it);
	share = (struct share){ it.sponsorship, it.mother, 0, "tasks" };
	assert_int_equal(sponsor_share(book->record, &share, "bank is done",
				       &book_sam, BOOK_NOW, CASE_TODAY, &bars,
				       &id),
			 FAULT_NONE);
	assert_int_equal(bars, SHARE_NO_AGREEMENT | SHARE_NO_CONSENT);
	assert_int_equal(id, 0);

	/* Nor by any other way. */
	sponsorship = case_id(it.sponsorship);
	person = case_id(it.mother);
	group = case_id(it.group);
	sly = book_begin(book, "shared");
	(void)entity_set(sly, "sponsorship", sponsorship);
	(void)entity_set(sly, "person", person);
	(void)entity_set(sly, "sponsor_group", group);
	(void)entity_set(sly, "scope", "tasks");
	(void)entity_set(sly, "day", CASE_TODAY);
	(void)entity_set(sly, "text", "bank is done");
	assert_int_equal(entity_save(book->record, sly, SOURCE_TOLD, &book_sam,
				     BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "sponsor_group");
	entity_free(sly);

	(void)case_agree(book, it.group);
	(void)case_consent(book, it.mother, it.group);
	assert_int_equal(sponsor_share(book->record, &share, "bank is done",
				       &book_sam, BOOK_NOW, CASE_TODAY, &bars,
				       &id),
			 FAULT_NONE);
	assert_int_equal(bars, 0);
	assert_true(id > 0);
	assert_int_equal(
	    entity_total(book->record, kind_find("shared"), NULL, &total),
	    FAULT_NONE);
	assert_int_equal(total, 1);
}

static void a_later_no_to_the_sponsor_bars_all_the_same(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *person = NULL;
	struct entity *no;

	case_arrive(book, "2026-06-01", &it);
	person = case_id(it.mother);
	(void)case_agree(book, it.group);
	(void)case_consent(book, it.mother, it.group);
	(void)book_make(book, "consent", "person", person, "purpose", "share",
			"recipient", "St Invented Parish", NULL);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY), 0);
	no = book_begin(book, "consent");
	(void)entity_set(no, "person", person);
	(void)entity_set(no, "purpose", "sponsor");
	(void)entity_set(no, "state", "refused");
	(void)book_save(book, no);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_NO_CONSENT);
}

/* --- the private path ------------------------------------------------------
 */

static int64_t a_task(struct book *book, const struct sponsored *it,
		      const char *task, const char *owners, const char *due)
{
	SCOPED(char_freep) char *id = case_id(it->sponsorship);

	return book_make(book, "responsibility", "sponsorship", id, "task",
			 task, "owners", owners, "due", due, NULL);
}

/* The tasks of a view: "bank/two-owners,twice housing". */
static char *tasks_of(struct book *book, const struct sponsored *it,
		      enum matrix_view view)
{
	struct matrix matrix;
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	assert_int_equal(sponsor_matrix(book->record, it->sponsorship, view,
					CASE_TODAY, &book_sam, &matrix),
			 FAULT_NONE);
	for (size_t i = 0; i < matrix.count; i++) {
		bytes_add_format(&text, "%s%s", i ? " " : "",
				 matrix.rows[i].task);
		for (unsigned bit = 0; bit < TASK_DOUBTS; bit++) {
			if (matrix.rows[i].doubts & 1u << bit)
				bytes_add_format(&text, "/%s",
						 task_doubt_word(1u << bit));
		}
	}
	matrix_done(&matrix);
	return bytes_take_text(&text);
}

static void a_breakdown_keeps_what_follows_from_the_sponsor(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *why = NULL;
	char *text;
	enum entity_answer answer;
	struct entity *later;

	case_arrive(book, "2026-06-01", &it);
	(void)case_agree(book, it.group);
	(void)case_consent(book, it.mother, it.group);
	(void)a_task(book, &it, "bank", "sponsor", "2026-12-01");
	(void)book_make(book, "responsibility", "sponsorship",
			text = case_id(it.sponsorship), "task", "safety",
			"owners", "worker", "private", "1", NULL);
	free(text);
	text = tasks_of(book, &it, MATRIX_SHARED);
	assert_string_equal(text, "bank");
	free(text);

	assert_int_equal(
	    book_move(book, "sponsorship", it.sponsorship, "broken-down"),
	    ENTITY_DONE);
	why = book_value(book, "sponsorship", it.sponsorship, "private");
	assert_string_equal(why, "breakdown");
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_PRIVATE);
	/* A new roof, the day after. */
	later = book_begin(book, "responsibility");
	(void)entity_set(later, "sponsorship", text = case_id(it.sponsorship));
	free(text);
	(void)entity_set(later, "task", "housing");
	(void)entity_set(later, "owners", "worker");
	(void)entity_set(later, "due", "2026-12-02");
	assert_int_equal(entity_save(book->record, later, SOURCE_TOLD,
				     &book_sam, BOOK_NOW + BOOK_DAY, &answer,
				     NULL),
			 FAULT_NONE);
	entity_free(later);
	text = tasks_of(book, &it, MATRIX_OURS);
	assert_string_equal(text, "safety bank housing");
	free(text);

	/* Together again is not yet trusted again. */
	assert_int_equal(
	    book_move(book, "sponsorship", it.sponsorship, "arrived"),
	    ENTITY_DONE);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY),
			 SHARE_PRIVATE);
	assert_int_equal(sponsor_end_private(book->record, it.sponsorship,
					     &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(bars_of(book, &it, 0, "tasks", CASE_TODAY), 0);
}

static void a_breakdown_is_taken_back_with_its_path(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *why = NULL;
	enum entity_answer answer;

	case_arrive(book, "2026-06-01", &it);
	assert_int_equal(
	    book_move(book, "sponsorship", it.sponsorship, "broken-down"),
	    ENTITY_DONE);
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	why = book_value(book, "sponsorship", it.sponsorship, "private");
	assert_string_equal(why, "");
}

static void who_says_that_nobody_helps_is_kept_private(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct sample sample;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *why = NULL;
	int64_t visit;

	case_arrive(book, "2026-06-01", &it);
	sample_init(&sample, 1);
	visit = sample_file(book->record, &sample);
	assert_int_equal(sponsor_visit_known(book->record, visit, it.mother,
					     &book_sam, BOOK_NOW),
			 FAULT_NONE);
	before = book_value(book, "sponsorship", it.sponsorship, "private");
	assert_string_equal(before, "");
	sample_init(&sample, 2);
	sample.rules[1].rule = "T310";
	visit = sample_file(book->record, &sample);
	assert_int_equal(sponsor_visit_known(book->record, visit, it.mother,
					     &book_sam, BOOK_NOW),
			 FAULT_NONE);
	why = book_value(book, "sponsorship", it.sponsorship, "private");
	assert_string_equal(why, "T310");
}

static void doubts_are_shown_and_nothing_is_refused(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	SCOPED(char_freep) char *text = NULL;
	int64_t dropped;

	case_arrive(book, "2026-06-01", &it);
	(void)a_task(book, &it, "bank", "sponsor", "2026-11-01");
	(void)a_task(book, &it, "bank", "worker", "2026-12-01");
	(void)a_task(book, &it, "school", NULL, "2026-12-02");
	(void)a_task(book, &it, "health", "sponsor worker", "2026-12-03");
	dropped = a_task(book, &it, "school", "worker", "2026-12-04");
	assert_int_equal(book_move(book, "responsibility", dropped, "dropped"),
			 ENTITY_DONE);
	text = tasks_of(book, &it, MATRIX_OURS);
	assert_string_equal(text, "bank/twice/overdue bank/twice"
				  " school/no-owner health/two-owners school");
}

/* --- the path --------------------------------------------------------------
 */

/* "PRE done 2026-05-01 · arrival ...". */
static char *path_of(struct book *book, const struct sponsored *it,
		     const char *today, struct path *path)
{
	struct bytes text = { 0 };

	assert_int_equal(
	    sponsor_path(book->record, it->sponsorship, today, path),
	    FAULT_NONE);
	for (int i = 0; i < PATH_STEPS; i++)
		bytes_add_format(&text, "%s%s %s", i ? " · " : "",
				 path_state_word(path->steps[i].state),
				 path->steps[i].day);
	return bytes_take_text(&text);
}

static void expect_path(struct book *book, const struct sponsored *it,
			const char *today, const char *expected,
			bool post_missing)
{
	struct path path;
	SCOPED(char_freep) char *text = path_of(book, it, today, &path);

	assert_string_equal(text, expected);
	assert_int_equal(path.post_missing, post_missing);
}

static void the_path_knows_what_is_due_on_each_day(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	enum entity_answer answer;

	case_await(book, "2026-06-01", &it);
	expect_path(book, &it, "2026-05-01",
		    "due 2026-06-01 · later 2026-06-01 · later  · later  ·"
		    " later  · later ",
		    false);
	expect_path(book, &it, "2026-06-02",
		    "overdue 2026-06-01 · overdue 2026-06-01 · later  ·"
		    " later  · later  · later ",
		    false);
	(void)case_held(book, &it, "PRE", "2026-05-10");
	assert_int_equal(
	    sponsor_arrive(book->record, it.sponsorship, 0,
			   book_make(book, "person", "language", "ti", NULL),
			   "2026-06-03", &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	expect_path(book, &it, "2026-07-03",
		    "done 2026-05-10 · done 2026-06-03 · due 2026-07-03 ·"
		    " later 2026-09-03 · later 2026-12-03 · later 2027-06-03",
		    true);
	expect_path(book, &it, "2026-09-20",
		    "done 2026-05-10 · done 2026-06-03 · overdue 2026-07-03 ·"
		    " overdue 2026-09-03 · later 2026-12-03 · later"
		    " 2027-06-03",
		    true);
	(void)case_meeting(book, &it, "POST", "2026-11-25");
	expect_path(book, &it, "2026-11-21",
		    "done 2026-05-10 · done 2026-06-03 · planned 2026-11-25 ·"
		    " overdue 2026-09-03 · due 2026-12-03 · later 2027-06-03",
		    true);
	/* A plan that came to nothing is none; too late is not overdue. */
	expect_path(book, &it, "2026-12-04",
		    "done 2026-05-10 · done 2026-06-03 · overdue 2026-07-03 ·"
		    " not-held 2026-09-03 · due 2026-12-03 · later"
		    " 2027-06-03",
		    false);
}

static void an_arrival_attaches_all_that_was_prepared(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	enum entity_answer answer;
	int64_t pre, person;
	SCOPED(char_freep) char *household = NULL;
	SCOPED(char_freep) char *at_meeting = NULL;
	SCOPED(char_freep) char *worker = NULL;
	SCOPED(char_freep) char *sam = NULL;
	SCOPED(char_freep) char *arrived = NULL;

	case_await(book, "2026-06-01", &it);
	pre = case_held(book, &it, "PRE", "2026-05-10");
	person = book_make(book, "person", "language", "ti", NULL);
	assert_int_equal(sponsor_arrive(book->record, it.sponsorship, 0, person,
					"2026-06-03", &book_sam, BOOK_NOW,
					&answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	household =
	    book_value(book, "sponsorship", it.sponsorship, "household");
	assert_string_not_equal(household, "");
	at_meeting = book_value(book, "meeting", pre, "household");
	assert_string_equal(at_meeting, household);
	worker = book_value(book, "household", strtoll(household, NULL, 10),
			    "worker");
	sam = case_id(it.worker);
	assert_string_equal(worker, sam);
	arrived = book_value(book, "person", person, "arrived");
	assert_string_equal(arrived, "2026-06-03");

	assert_int_equal(sponsor_arrive(book->record, it.sponsorship, 0, person,
					"2026-06-04", &book_sam, BOOK_NOW,
					&answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_NO_MOVE);
}

/* --- meetings --------------------------------------------------------------
 */

static void a_newcomer_is_no_party_before_arrival(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	enum entity_answer answer;
	int64_t pre;

	case_await(book, "2026-12-01", &it);
	pre = case_meeting(book, &it, "PRE", "2026-11-25");
	assert_int_equal(meeting_attend(book->record, pre, "newcomer", true,
					&book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
}

static void a_joint_meeting_is_held_when_it_tells_of_all_three(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct entity *entity;
	unsigned lacks;
	bool complete;
	int64_t post;

	case_arrive(book, "2026-06-01", &it);
	post = case_meeting(book, &it, "POST", "2026-06-20");
	case_party(book, post, "worker", true);
	case_party(book, post, "SAH", true); /* an equal party */
	assert_int_equal(book_move(book, "meeting", post, "held"),
			 ENTITY_WRONG);
	entity = book_read(book, "meeting", post);
	assert_int_equal(meeting_lacks(book->record, entity, &lacks),
			 FAULT_NONE);
	assert_int_equal(lacks, MEETING_NEWCOMER);
	entity_free(entity);
	case_party(book, post, "newcomer", false);
	assert_int_equal(book_move(book, "meeting", post, "held"), ENTITY_DONE);

	book_change(book, "meeting", post, "checklist", MEETING_CHECKS);
	assert_int_equal(meeting_is_complete(book->record, post, &complete),
			 FAULT_NONE);
	assert_false(complete); /* the newcomer was not there */
	case_party(book, post, "newcomer", true);
	assert_int_equal(meeting_is_complete(book->record, post, &complete),
			 FAULT_NONE);
	assert_true(complete);
	book_change(book, "meeting", post, "checklist",
		    "one-contact knows-sponsor");
	assert_int_equal(meeting_is_complete(book->record, post, &complete),
			 FAULT_NONE);
	assert_false(complete);
}

static void a_meeting_stands_behind_its_households_wall(void **state)
{
	struct book *book = *state;
	const struct record_who stranger = {
		.user = "Lou", .desk = "", .roles = ROLE_WORKER, .teams = "[]"
	};
	struct sponsored it;
	struct entity *entity = NULL;
	enum entity_answer answer;
	int64_t post;

	case_arrive(book, "2026-06-01", &it);
	(void)book_make(book, "team", "name", "A", NULL);
	book_change(book, "household", it.household, "team", "1");
	post = case_meeting(book, &it, "POST", "2026-06-20");
	case_party(book, post, "sponsor", true);
	assert_int_equal(entity_read(book->record, kind_find("meeting"), post,
				     &stranger, BOOK_NOW, &answer, &entity),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
	assert_int_equal(entity_read(book->record, kind_find("party"), 1,
				     &stranger, BOOK_NOW, &answer, &entity),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
}

static void a_saved_meeting_can_be_changed_and_undone(void **state)
{
	struct book *book = *state;
	struct sponsored it;
	struct entity *meeting;
	enum entity_answer answer;
	SCOPED(char_freep) char *id = NULL;

	case_arrive(book, "2026-06-01", &it);
	id = case_id(it.sponsorship);
	meeting = book_begin(book, "meeting");
	(void)entity_set(meeting, "what", "POST");
	(void)entity_set(meeting, "sponsorship", id);
	(void)entity_set(meeting, "day", "2026-12-01");
	assert_int_equal(entity_save(book->record, meeting, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, NULL),
			 FAULT_NONE);
	/* The same copy again, though a hook wrote to it in between. */
	(void)entity_set(meeting, "agenda", "who calls whom");
	assert_int_equal(entity_save(book->record, meeting, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(entity_number(meeting, "household"), it.household);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(entity_undo(book->record, &book_sam, BOOK_NOW,
					     &answer, NULL),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_DONE);
	}
	assert_null(book_read(book, "meeting", meeting->id));
	entity_free(meeting);
}

static void what_makes_no_sense_is_refused_by_its_field(void **state)
{
	static const struct {
		const char *kind, *values[8], *wrong;
	} cases[] = {
		{ "sponsor_group",
		  { "what", "SAH", "name", "X", "parent", "1" },
		  "parent" },
		{ "sponsor_group",
		  { "what", "CG", "name", "X", "parent", "2" },
		  "parent" },
		{ "sponsorship",
		  { "expected_on", "2026-12" },
		  "sponsor_group" },
		{ "agreement",
		  { "sponsor_group", "1", "scope", "tasks", "since", "2026",
		    "until", "2025" },
		  "until" },
		{ "responsibility", { "task", "bank" }, "sponsorship" },
		{ "meeting",
		  { "what", "CONF", "day", "2026-11-21" },
		  "household" },
		{ "meeting",
		  { "what", "PRE", "day", "2026-11-21" },
		  "sponsorship" },
		{ "outreach", { "day", "2026-11-21" }, "household" },
		{ "event_party", { "event", "1", "came", "1" }, "name" },
	};
	struct book *book = *state;
	struct sponsored it;

	case_await(book, "2026-12-01", &it);
	(void)book_make(book, "event", "what", "training", "topic", "T", "day",
			CASE_TODAY, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct entity *entity = book_begin(book, cases[i].kind);
		enum entity_answer answer;
		const char *wrong = NULL;

		for (int j = 0; j < 8 && cases[i].values[j]; j += 2)
			assert_true(entity_set(entity, cases[i].values[j],
					       cases[i].values[j + 1]));
		assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD,
					     &book_sam, BOOK_NOW, &answer,
					     &wrong),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_WRONG);
		assert_string_equal(wrong, cases[i].wrong);
		entity_free(entity);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(each_bar_is_lifted_by_its_own_deed),
		WITH_BOOK(another_groups_agreement_is_none),
		WITH_BOOK(a_later_no_to_the_sponsor_bars_all_the_same),
		WITH_BOOK(nothing_is_written_down_as_shared_that_may_not_be),
		WITH_BOOK(a_breakdown_keeps_what_follows_from_the_sponsor),
		WITH_BOOK(a_breakdown_is_taken_back_with_its_path),
		WITH_BOOK(who_says_that_nobody_helps_is_kept_private),
		WITH_BOOK(doubts_are_shown_and_nothing_is_refused),
		WITH_BOOK(the_path_knows_what_is_due_on_each_day),
		WITH_BOOK(an_arrival_attaches_all_that_was_prepared),
		WITH_BOOK(a_newcomer_is_no_party_before_arrival),
		WITH_BOOK(a_joint_meeting_is_held_when_it_tells_of_all_three),
		WITH_BOOK(a_meeting_stands_behind_its_households_wall),
		WITH_BOOK(a_saved_meeting_can_be_changed_and_undone),
		WITH_BOOK(what_makes_no_sense_is_refused_by_its_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
