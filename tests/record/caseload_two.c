#include <stdlib.h>

#include "record/people_visit.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* Two laptops at once: what each says is decided by itself, and what one takes
 * back is its own. */

struct two {
	struct pair *pair;
	struct book other; /* the second laptop */
};

static const struct record_who omar = { .user = "Omar", .desk = "laptop 2" };

static int two_open(void **state)
{
	struct two *two = xcalloc(1, sizeof *two);

	assert_int_equal(pair_open((void **)&two->pair), 0);
	two->other.folder = folder_new();
	*state = two;
	return 0;
}

static int two_close(void **state)
{
	struct two *two = *state;
	void *pair = two->pair;

	record_close(two->other.record);
	folder_freep(&two->other.folder);
	free(two);
	return pair_close(&pair);
}
#define WITH_TWO(test) \
	cmocka_unit_test_setup_teardown(test, two_open, two_close)

static void take_out_twice(struct two *two, const int64_t *people, size_t count)
{
	struct caseload_told told;

	take_out(two->pair, people, count);
	assert_int_equal(open_file(two->pair, &two->other, &told),
			 CASELOAD_DONE);
}

/* How many conflicts are new by it. */
static int64_t bring(struct two *two, struct book *laptop)
{
	struct caseload_told told;

	check_in(two->pair, laptop);
	assert_int_equal(merge_file(two->pair, &told), CASELOAD_DONE);
	return told.conflicts;
}

static void say(struct book *laptop, const struct record_who *who,
		const char *language)
{
	save_as(laptop, "person", 1, "language", language, who, BOOK_NOW);
}

static void take_back(struct book *laptop, const struct record_who *who)
{
	enum entity_answer answer;

	assert_int_equal(
	    entity_undo(laptop->record, who, BOOK_NOW + HOUR, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
}

/* Each says something else than the agency; ids 1 and 2 are their conflicts. */
static void disagree(struct two *two, const char *first, const char *second)
{
	struct book *home = &two->pair->home;
	const int64_t person =
	    book_make(home, "person", "language", "ti", NULL);

	take_out_twice(two, &person, 1);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	say(&two->pair->away, &mira, first);
	say(&two->other, &omar, second);
	assert_int_equal(bring(two, &two->pair->away), 1);
	assert_int_equal(bring(two, &two->other), 1);
}

static void are(struct two *two, const char *first, const char *second)
{
	is_value(&two->pair->home, "conflict", 1, "state", first);
	is_value(&two->pair->home, "conflict", 2, "state", second);
}

/* --- fields ----------------------------------------------------------------
 */

static void what_one_takes_back_is_not_taken_from_the_other(void **state)
{
	struct two *two = *state;

	disagree(two, "ar", "ar");
	take_back(&two->other, &omar);
	assert_int_equal(bring(two, &two->other), 0);
	are(two, "open", "ours");
	take_back(&two->pair->away, &mira);
	assert_int_equal(bring(two, &two->pair->away), 0);
	are(two, "ours", "ours");
	is_value(&two->pair->home, "person", 1, "language", "am");
}

static void who_takes_back_the_last_word_says_the_one_before(void **state)
{
	struct two *two = *state;
	struct book *away = &two->pair->away;

	disagree(two, "ar", "fr");
	say(away, &mira, "fa");
	assert_int_equal(bring(two, away), 0);
	is_value(&two->pair->home, "conflict", 1, "theirs", "fa");
	take_back(away, &mira);
	assert_int_equal(bring(two, away), 0);
	are(two, "open", "open");
	is_value(&two->pair->home, "conflict", 1, "theirs", "ar");
}

static void what_was_decided_is_not_decided_again_by_taking_back(void **state)
{
	struct two *two = *state;
	struct book *home = &two->pair->home;

	disagree(two, "ar", "fr");
	assert_int_equal(book_move(home, "conflict", 1, "ours"), ENTITY_DONE);
	take_back(&two->pair->away, &mira);
	assert_int_equal(bring(two, &two->pair->away), 0);
	assert_int_equal(total(home, "conflict"), 2);
}

static void who_says_the_same_by_now_disagrees_no_more(void **state)
{
	struct two *two = *state;

	disagree(two, "ar", "fr");
	say(&two->other, &omar, "am");
	assert_int_equal(bring(two, &two->other), 0);
	are(two, "open", "ours");
	/* The laptop is known again by that. */
	assert_int_equal(bring(two, &two->other), 0);
}

/* --- visits ----------------------------------------------------------------
 */

static int64_t take_out_visit(struct two *two)
{
	struct book *home = &two->pair->home;
	const int64_t people[] = { book_make(home, "person", NULL),
				   book_make(home, "person", NULL),
				   book_make(home, "person", NULL) };
	enum people_answer answer;
	struct sample sample;
	int64_t visit;

	sample_init(&sample, 1);
	sample.visit.keep = VISIT_KEEP_KEPT;
	visit = sample_file(home->record, &sample);
	assert_int_equal(people_attach(home->record, visit, 1, true, &book_sam,
				       SAMPLE_NOON, &answer),
			 FAULT_NONE);
	take_out_twice(two, people, COUNT(people));
	return visit;
}

static void act(struct book *book, int64_t visit, enum visit_act what,
		const struct record_who *who)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(book->record, visit, what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME, who,
		      SAMPLE_NOON + HOUR, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static void undo_visit(struct book *book, int64_t visit,
		       const struct record_who *who)
{
	enum visit_acted answer;

	assert_int_equal(visit_undo(book->record, visit, who,
				    SAMPLE_NOON + 2 * HOUR, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static void a_visits_course_taken_back_is_the_laptops_own(void **state)
{
	struct two *two = *state;
	const int64_t visit = take_out_visit(two);
	struct book *away = &two->pair->away, *other = &two->other;

	act(&two->pair->home, visit, VISIT_TAKE_IN, &book_ana);
	act(away, visit, VISIT_CALL, &mira);
	act(other, visit, VISIT_CALL, &omar);
	act(other, visit, VISIT_MISS, &omar);
	assert_int_equal(bring(two, away), 1);
	assert_int_equal(bring(two, other), 1);
	/* One of two acts: what is left is still to be decided. */
	undo_visit(other, visit, &omar);
	act(other, visit, VISIT_TAKE_IN, &omar);
	undo_visit(other, visit, &omar);
	assert_int_equal(bring(two, other), 0);
	are(two, "open", "open");
	is_value(&two->pair->home, "conflict", 2, "theirs", "called");
	undo_visit(other, visit, &omar);
	assert_int_equal(bring(two, other), 0);
	are(two, "open", "ours");
	is_value(&two->pair->home, "conflict", 1, "theirs", "called");
}

/* Both took them in: there is nothing to decide, until one says that they did
 * not. */
static void who_came_to_the_same_is_not_undone_with_the_other(void **state)
{
	struct two *two = *state;
	struct book *home = &two->pair->home;
	const int64_t visit = take_out_visit(two);

	act(&two->pair->away, visit, VISIT_TAKE_IN, &mira);
	act(&two->other, visit, VISIT_TAKE_IN, &omar);
	assert_int_equal(bring(two, &two->pair->away), 0);
	assert_int_equal(bring(two, &two->other), 0);
	undo_visit(&two->pair->away, visit, &mira);
	assert_int_equal(bring(two, &two->pair->away), 1);
	assert_int_equal(sample_state(home->record, visit), VISIT_IN_SERVICE);
	is_value(home, "conflict", 1, "theirs", "waiting");
	undo_visit(&two->other, visit, &omar);
	assert_int_equal(bring(two, &two->other), 0);
	assert_int_equal(sample_state(home->record, visit), VISIT_WAITING);
}

/* What is to be decided was not done here, so nobody takes it back here. */
static void an_act_that_is_to_be_decided_takes_nothing_back(void **state)
{
	struct two *two = *state;
	struct book *home = &two->pair->home;
	const int64_t visit = take_out_visit(two);
	enum visit_acted answer;

	act(home, visit, VISIT_TAKE_IN, &book_ana);
	act(&two->pair->away, visit, VISIT_CALL, &mira);
	assert_int_equal(bring(two, &two->pair->away), 1);
	assert_int_equal(visit_undo(home->record, visit, &mira,
				    SAMPLE_NOON + 2 * HOUR, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_NOTHING);
	assert_int_equal(sample_state(home->record, visit), VISIT_IN_SERVICE);
}

static void give(struct book *book, int64_t visit, int64_t person)
{
	enum people_answer answer;

	assert_int_equal(
	    people_detach(book->record, visit, &mira, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(people_attach(book->record, visit, person, true, &mira,
				       SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

static void whose_a_visit_is_is_taken_back_by_whoever_said_it(void **state)
{
	struct two *two = *state;
	const int64_t visit = take_out_visit(two);
	struct book *away = &two->pair->away, *other = &two->other;

	give(&two->pair->home, visit, 3);
	give(away, visit, 2);
	give(other, visit, 2);
	assert_int_equal(bring(two, away), 1);
	assert_int_equal(bring(two, other), 1);
	give(other, visit, 1);
	assert_int_equal(bring(two, other), 0);
	are(two, "open", "ours");
	give(away, visit, 3);
	assert_int_equal(bring(two, away), 0);
	are(two, "ours", "ours");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TWO(what_one_takes_back_is_not_taken_from_the_other),
	};
	/* Each takes seconds under valgrind. */
	const struct CMUnitTest more[] = {
		WITH_TWO(who_takes_back_the_last_word_says_the_one_before),
		WITH_TWO(what_was_decided_is_not_decided_again_by_taking_back),
		WITH_TWO(who_says_the_same_by_now_disagrees_no_more),
		WITH_TWO(a_visits_course_taken_back_is_the_laptops_own),
		WITH_TWO(who_came_to_the_same_is_not_undone_with_the_other),
		WITH_TWO(an_act_that_is_to_be_decided_takes_nothing_back),
		WITH_TWO(whose_a_visit_is_is_taken_back_by_whoever_said_it),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!getenv("FOYER_SLOW"))
		failed += cmocka_run_group_tests(more, NULL, NULL);
	return failed;
}
