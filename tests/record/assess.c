#include "record/assess.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/plan.h"
#include "record/visit.h"
#include "tests/support/plans.h"
#include "tests/test.h"

static enum entity_answer self(struct book *book, int64_t visit, int64_t person,
			       int64_t *id)
{
	enum entity_answer answer;

	assert_int_equal(assess_self(book->record, visit, person, &book_sam,
				     BOOK_NOW, &answer, id),
			 FAULT_NONE);
	return answer;
}

static enum entity_answer begin(struct book *book, int64_t person,
				int64_t corrects, int64_t *id)
{
	enum entity_answer answer;

	assert_int_equal(assess_begin(book->record, person, "full",
				      "2026-11-21", corrects, &book_sam,
				      BOOK_NOW, &answer, id),
			 FAULT_NONE);
	return answer;
}

static enum entity_answer say(struct book *book, int64_t id, enum domain domain,
			      enum need_level level)
{
	const struct assess_said said = { domain, level, SOURCE_SEEN,
					  "papers seen", NULL };
	enum entity_answer answer;

	assert_int_equal(
	    assess_say(book->record, id, &said, &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	return answer;
}

static enum entity_answer sign(struct book *book, int64_t id)
{
	enum entity_answer answer;
	const char *wrong;

	assert_int_equal(assess_sign(book->record, id, 90, &book_sam, BOOK_NOW,
				     &answer, &wrong),
			 FAULT_NONE);
	return answer;
}

static void a_self_report_is_version_0_and_stays(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t visit = plans_visit(
	    book, true, "LANG:ar SCREEN-CASE-MGMT(HOU+INC)", "level_HOU", "C",
	    "level_INC", "C", "level_LAN", "U", "level_FOO", "", "needs",
	    "HOU INC LAN EDU INF", "first_need", "INC", NULL);
	struct assess assess;
	int64_t id = 0, again = 0;

	assert_int_equal(self(book, visit, person, &id), ENTITY_DONE);
	assess = plans_read(book, id);
	assert_int_equal(assess.number, 0);
	assert_string_equal(assess.what, "self");
	assert_string_equal(assess.day, "2026-11-21");
	assert_string_equal(assess.author, "");
	assert_string_equal(assess.form, "abcd000000000000");
	assert_int_equal(assess.signed_at, BOOK_NOW);
	assert_int_equal(assess.levels[DOMAIN_HOU].level, LEVEL_CRISIS);
	assert_int_equal(assess.levels[DOMAIN_HOU].source, SOURCE_SELF);
	assert_false(assess.levels[DOMAIN_HOU].foremost);
	assert_true(assess.levels[DOMAIN_INC].foremost);
	assert_int_equal(assess.levels[DOMAIN_LAN].level, LEVEL_UNKNOWN);
	assert_true(assess.levels[DOMAIN_EDU].wanted); /* has no level */
	assert_int_equal(assess.levels[DOMAIN_FOO].id, 0);
	assert_int_equal(assess.levels[DOMAIN_INF].id, 0);
	assess_done(&assess);

	assert_int_equal(self(book, visit, person, &again), ENTITY_DONE);
	assert_int_equal(again, id);
	assert_int_equal(say(book, id, DOMAIN_HOU, LEVEL_STABLE),
			 ENTITY_CLOSED);
	assert_int_equal(sign(book, id), ENTITY_CLOSED);
}

static void nothing_is_made_of_what_is_not_to_be_kept(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t visit =
	    plans_visit(book, false, "", "level_HOU", "C", NULL);
	enum visit_acted acted;
	int64_t id = 0;

	assert_int_equal(self(book, visit, person, &id), ENTITY_REFUSED);
	assert_int_equal(self(book, visit, person + 1, &id), ENTITY_NOT_THERE);
	assert_int_equal(self(book, visit + 1, person, &id), ENTITY_NOT_THERE);
	assert_int_equal(visit_confirm_keep(book->record, visit, &book_sam,
					    BOOK_NOW, &acted),
			 FAULT_NONE);
	assert_int_equal(self(book, visit, person, &id), ENTITY_DONE);
}

static void what_is_withdrawn_is_gone_from_its_version_too(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t visit =
	    plans_visit(book, true, "", "level_HOU", "C", NULL);
	enum visit_acted acted;
	int64_t id = 0, left = 1;

	assert_int_equal(self(book, visit, person, &id), ENTITY_DONE);
	assert_int_equal(
	    visit_withdraw(book->record, visit, &book_sam, BOOK_NOW, &acted),
	    FAULT_NONE);
	assert_int_equal(acted, VISIT_ACTED);
	assert_null(book_read(book, "assessment", id));
	assert_int_equal(
	    entity_total(book->record, kind_find("level"), NULL, &left),
	    FAULT_NONE);
	assert_int_equal(left, 0);
}

static void a_version_goes_on_from_the_one_before(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t visit = plans_visit(book, true, "", "level_HOU", "C",
					  "level_EMP", "V", NULL);
	SCOPED(char_freep) char *due = NULL;
	struct assess assess;
	int64_t id = 0, again = 0;

	assert_int_equal(self(book, visit, person, &id), ENTITY_DONE);
	assert_int_equal(begin(book, person, 0, &id), ENTITY_DONE);
	assert_int_equal(say(book, id, DOMAIN_HOU, LEVEL_VULNERABLE),
			 ENTITY_DONE);
	assert_int_equal(say(book, id, DOMAIN_COM, LEVEL_THRIVING),
			 ENTITY_DONE);
	/* Whoever begins again goes on with it. */
	assert_int_equal(begin(book, person, 0, &again), ENTITY_DONE);
	assert_int_equal(again, id);
	assert_int_equal(sign(book, id), ENTITY_DONE);

	assess = plans_read(book, id);
	assert_int_equal(assess.number, 1);
	assert_string_equal(assess.author, "Sam");
	assert_string_equal(assess.next_due, "2027-02-19");
	assert_false(assess.levels[DOMAIN_HOU].unchanged);
	assert_string_equal(assess.levels[DOMAIN_HOU].note, "papers seen");
	assert_int_equal(assess.levels[DOMAIN_HOU].source, SOURCE_SEEN);
	assert_true(assess.levels[DOMAIN_EMP].unchanged);
	assert_int_equal(assess.levels[DOMAIN_EMP].source, SOURCE_SELF);
	assess_done(&assess);

	/* Whom a worker has assessed is screened. */
	due = book_value(book, "stream", 1, "state");
	assert_string_equal(due, "screened");
}

static void a_signed_version_is_corrected_by_another(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t first =
	    plans_assess(book, person, "first", "2026-10-01", "HOU:C");
	const int64_t second =
	    plans_assess(book, person, "full", "2026-11-01", "HOU:S");
	struct assess assess;
	enum entity_answer answer;
	int64_t id = 0, before = 0;

	assert_int_equal(say(book, first, DOMAIN_HOU, LEVEL_STABLE),
			 ENTITY_CLOSED);
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_NOTHING); /* a signature stays */
	assert_int_equal(begin(book, person, first, &id), ENTITY_DONE);
	assess = plans_read(book, id);
	assert_int_equal(assess.corrects, first);
	assert_int_equal(assess.number, 3);
	assert_int_equal(assess.levels[DOMAIN_HOU].level, LEVEL_CRISIS);
	assess_done(&assess);
	assert_int_equal(assess_before(book->record, id, &before), FAULT_NONE);
	assert_int_equal(before, second);
}

static void a_level_of_a_signed_version_neither_changes_nor_goes(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t id =
	    plans_assess(book, person, "first", "2026-10-01", "HOU:C");
	struct assess assess = plans_read(book, id);
	const int64_t level = assess.levels[DOMAIN_HOU].id;
	struct entity *entity = book_read(book, "level", level);
	enum entity_answer answer;
	const char *wrong;

	assess_done(&assess);
	(void)entity_set(entity, "level", "stable");
	assert_int_equal(entity_save(book->record, entity, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "assessment");
	entity_free(entity);
	assert_int_equal(entity_remove(book->record, kind_find("level"), level,
				       "", &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
}

static void a_question_has_no_level_and_a_domain_one(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	int64_t id = 0;

	assert_int_equal(begin(book, person, 0, &id), ENTITY_DONE);
	assert_int_equal(say(book, id, DOMAIN_INF, LEVEL_STABLE), ENTITY_WRONG);
	assert_int_equal(say(book, id, DOMAIN_HOU, LEVEL_STABLE), ENTITY_DONE);
	assert_int_equal(say(book, id, DOMAIN_HOU, LEVEL_CRISIS), ENTITY_DONE);
	{
		struct assess assess = plans_read(book, id);

		assert_int_equal(assess.levels[DOMAIN_HOU].level, LEVEL_CRISIS);
		assess_done(&assess);
	}
}

static void change_is_told_domain_by_domain(void **state)
{
	static const struct {
		enum need_level before, after;
		enum assess_change change;
	} cases[] = {
		{ LEVEL_CRISIS, LEVEL_CRISIS, ASSESS_SAME },
		{ LEVEL_CRISIS, LEVEL_VULNERABLE, ASSESS_BETTER },
		{ LEVEL_THRIVING, LEVEL_STABLE, ASSESS_WORSE },
		{ LEVEL_UNKNOWN, LEVEL_CRISIS, ASSESS_LEARNT },
		{ LEVEL_THRIVING, LEVEL_UNKNOWN, ASSESS_LOST },
		{ LEVEL_UNKNOWN, LEVEL_UNKNOWN, ASSESS_SAME },
	};
	enum assess_change change[DOMAIN_COUNT];
	struct assess before = { 0 }, after = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		before.levels[i].level = cases[i].before;
		after.levels[i].level = cases[i].after;
	}
	assert_int_equal(assess_compare_all(&before, &after, change), 4);
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(change[i], cases[i].change);
	assert_string_equal(assess_change_word(ASSESS_BETTER), "better");
}

static void the_stream_is_suggested_by_the_rule_of_the_tag(void **state)
{
	static const struct {
		const char *levels; /* of HOU, FOO, INC, EMP */
		bool suggested;
		size_t count;
	} cases[] = {
		{ "CCSS", true, 2 },  { "CVSS", false, 2 },
		{ "CVVS", true, 3 },  { "VVVV", false, 4 },
		{ "CUUU", false, 1 }, { "TSUU", false, 0 },
	};
	static const enum domain domains[] = { DOMAIN_HOU, DOMAIN_FOO,
					       DOMAIN_INC, DOMAIN_EMP };
	enum domain pressing[DOMAIN_COUNT];
	size_t count;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct assess assess = { 0 };

		for (size_t k = 0; k < COUNT(domains); k++)
			assess.levels[domains[k]].level =
			    level_of_letter(cases[i].levels[k]);
		assert_int_equal(assess_suggests(&assess, pressing, &count),
				 cases[i].suggested);
		assert_int_equal(count, cases[i].count);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_self_report_is_version_0_and_stays),
		WITH_BOOK(nothing_is_made_of_what_is_not_to_be_kept),
		WITH_BOOK(what_is_withdrawn_is_gone_from_its_version_too),
		WITH_BOOK(a_version_goes_on_from_the_one_before),
		WITH_BOOK(a_signed_version_is_corrected_by_another),
		WITH_BOOK(a_level_of_a_signed_version_neither_changes_nor_goes),
		WITH_BOOK(a_question_has_no_level_and_a_domain_one),
		cmocka_unit_test(change_is_told_domain_by_domain),
		cmocka_unit_test(
		    the_stream_is_suggested_by_the_rule_of_the_tag),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
