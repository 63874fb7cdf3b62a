#include "record/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/memory.h"
#include "record/days.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/plans.h"
#include "tests/test.h"

static int64_t open_goal(struct book *book, int64_t person, const char *action)
{
	const struct plan_new goal = {
		.person = person,
		.domain = DOMAIN_HOU,
		.words = "A home where my children can sleep",
		.horizon = "long",
		.owner = "newcomer",
		.action = action,
		.step_due = action ? "2026-11-10" : NULL,
	};
	enum entity_answer answer;
	const char *wrong = NULL;
	int64_t id = 0;

	assert_int_equal(plan_open(book->record, &goal, &book_sam, BOOK_NOW,
				   &answer, &wrong, &id),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	return id;
}

static int64_t add_step(struct book *book, int64_t goal, int64_t person,
			const char *action, const char *due)
{
	SCOPED(char_freep) char *of = xasprintf("%lld", (long long)goal);
	SCOPED(char_freep) char *who = xasprintf("%lld", (long long)person);

	return book_make(book, "step", "goal", of, "person", who, "action",
			 action, "due", due, NULL);
}

/* Of the goal's next step. */
static char *next_of(struct book *book, int64_t goal)
{
	SCOPED(char_freep) char *next = book_value(book, "goal", goal, "next");

	return next[0]
		   ? book_value(book, "step", strtoll(next, NULL, 10), "action")
		   : xstrdup("");
}
#define assert_next(book, goal, action)               \
	do {                                          \
		SCOPED(char_freep)                    \
		char *next = next_of((book), (goal)); \
		assert_string_equal(next, (action));  \
	} while (0)

static void a_need_becomes_a_goal_with_its_step_in_one_act(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t household = plans_household(book, person);
	const int64_t goal = open_goal(book, person, "See the flat");
	SCOPED(char_freep)
	char *of = book_value(book, "goal", goal, "household");
	enum entity_answer answer;

	assert_int_equal(strtoll(of, NULL, 10), household);
	assert_next(book, goal, "See the flat");
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_null(book_read(book, "goal", goal));
	assert_null(book_read(book, "step", 1));
}

static void an_open_goal_has_one_next_step(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t goal = open_goal(book, person, NULL);
	enum entity_answer answer;
	int64_t call, visit, sign;

	assert_next(book, goal, "");
	call = add_step(book, goal, person, "Call", "2026-12-20");
	visit = add_step(book, goal, person, "Visit", "2026-12-10");
	sign = add_step(book, goal, person, "Sign", "");
	assert_next(book, goal, "Call"); /* the first, until somebody says */
	assert_int_equal(
	    plan_make_next(book->record, sign, &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_next(book, goal, "Sign");
	assert_int_equal(book_move(book, "step", sign, "done"), ENTITY_DONE);
	assert_next(book, goal, "Visit"); /* due first */
	assert_int_equal(
	    plan_make_next(book->record, sign, &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG); /* it is ended */
	assert_int_equal(book_move(book, "step", call, "not-needed"),
			 ENTITY_DONE);
	assert_next(book, goal, "Visit");
	assert_int_equal(entity_remove(book->record, kind_find("step"), visit,
				       "", &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_next(book, goal, "");
	assert_int_equal(book_move(book, "step", call, "open"), ENTITY_DONE);
	assert_next(book, goal, "Call");
	/* Undoing gives back what there was: none that was open. */
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_next(book, goal, "");
}

static void another_goals_step_is_not_next(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t one = open_goal(book, person, "One");
	struct entity *goal;
	enum entity_answer answer;
	const char *wrong;

	(void)open_goal(book, person, "Two");
	goal = book_read(book, "goal", one);
	(void)entity_set(goal, "next", "2");
	assert_int_equal(entity_save(book->record, goal, SOURCE_TOLD, &book_sam,
				     BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	entity_free(goal);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "next");
}

static void a_goal_is_blocked_for_a_reason_and_ends_without_steps(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	const int64_t goal = open_goal(book, person, "Call");
	const struct kind *kind = kind_find("goal");
	SCOPED(char_freep) char *reason = NULL;
	SCOPED(entity_freep) struct entity *late = NULL;
	enum entity_answer answer;

	assert_int_equal(book_move(book, "goal", goal, "blocked"),
			 ENTITY_WRONG);
	assert_int_equal(entity_move(book->record, kind, goal, "blocked",
				     "no place free", &book_sam, BOOK_NOW,
				     &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	reason = book_value(book, "goal", goal, "reason");
	assert_string_equal(reason, "no place free");
	assert_int_equal(book_move(book, "goal", goal, "declined"),
			 ENTITY_DONE);
	late = book_begin(book, "step");
	(void)entity_set_number(late, "goal", goal);
	(void)entity_set_number(late, "person", person);
	(void)entity_set(late, "action", "Too late");
	{
		const char *wrong;

		assert_int_equal(entity_save(book->record, late, SOURCE_TOLD,
					     &book_sam, BOOK_NOW, &answer,
					     &wrong),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_WRONG);
		assert_string_equal(wrong, "goal");
	}
}

static void the_stream_is_made_and_re_opened(void **state)
{
	static const struct {
		const char *to;
		enum entity_answer answer;
	} moves[] = {
		{ "active", ENTITY_NO_MOVE }, { "screened", ENTITY_DONE },
		{ "active", ENTITY_DONE },    { "exit", ENTITY_DONE },
		{ "closed", ENTITY_DONE },    { "exit", ENTITY_NO_MOVE },
		{ "active", ENTITY_DONE },
	};
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	int64_t count = 0;

	for (size_t i = 0; i < COUNT(moves); i++) {
		enum entity_answer answer;
		int64_t id;

		assert_int_equal(plan_stream(book->record, person, moves[i].to,
					     "as agreed", &book_sam, BOOK_NOW,
					     &answer, &id),
				 FAULT_NONE);
		assert_int_equal(answer, moves[i].answer);
	}
	assert_int_equal(
	    entity_total(book->record, kind_find("stream"), NULL, &count),
	    FAULT_NONE);
	assert_int_equal(count, 1);
}

static void what_is_given_is_what_there_was(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, NULL);
	SCOPED(char_freep) char *who = xasprintf("%lld", (long long)person);
	struct entity *given;
	enum entity_answer answer;
	const char *wrong;

	(void)book_make(book, "stock", "item", "Bus tickets", "came", "10",
			"low", "4", NULL);
	(void)book_make(book, "support_given", "person", who, "day",
			"2026-11-20", "stock", "1", "count", "6", NULL);
	assert_list(book, "stock-left", "2026-11-21",
		    "Bus tickets | 10 | 6 | 4 | 4 | 1\n");
	given = book_begin(book, "support_given");
	(void)entity_set(given, "person", who);
	(void)entity_set(given, "day", "2026-11-21");
	(void)entity_set(given, "stock", "1");
	(void)entity_set(given, "count", "5");
	assert_int_equal(entity_save(book->record, given, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "count");
	entity_free(given);
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_list(book, "stock-left", "2026-11-21",
		    "Bus tickets | 10 | 0 | 10 | 4 | 0\n");
}

static void days_are_counted_over_months_and_years(void **state)
{
	static const struct {
		const char *day;
		int days;
		const char *after;
	} cases[] = {
		{ "2026-11-21", 90, "2027-02-19" },
		{ "2028-02-28", 1, "2028-02-29" },
		{ "2026-01-01", -1, "2025-12-31" },
		{ "2026-11", 0, "2026-11-01" },
		{ "9999-12-31", 1, "9999-12-31" },
	};
	char out[DAYS_BYTES];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		days_after(cases[i].day, cases[i].days, out);
		assert_string_equal(out, cases[i].after);
	}
}

/* --- templates ------------------------------------------------------------ */

static void the_first_30_days_come_with_the_program(void **state)
{
	struct book *book = *state;
	const int64_t person = plans_person(book, "2026-11-20");
	SCOPED(char_freep)
	char *path = data_path("screens/plans/first-30-days.csv");
	struct plan_template template;
	enum entity_answer answer;
	size_t count = 0;

	assert_int_equal(plan_template_read(path, "fr", &template), FAULT_NONE);
	assert_string_equal(template.name, "first-30-days");
	assert_string_equal(template.rows[2].name, "child-benefit");
	assert_string_equal(template.rows[2].goal,
			    "Demander l’allocation pour enfants");
	for (int twice = 0; twice < 2; twice++) {
		assert_int_equal(plan_template_use(book->record, &template,
						   person, "2026-11-21",
						   &book_sam, BOOK_NOW, &answer,
						   &count),
				 FAULT_NONE);
		assert_int_equal(answer, ENTITY_DONE);
		assert_int_equal(count, twice ? 0 : template.count);
	}
	assert_next(book, 3,
		    "Remplir ensemble le formulaire de l’allocation pour"
		    " enfants");
	plan_template_done(&template);
	assert_int_equal(book_move(book, "goal", 3, "not-needed"), ENTITY_DONE);
	assert_list(book, "template-goals", "2026-11-21",
		    "P1 | first-30-days | 7 | 1 | 2026-12-21\n");
}

static void a_template_that_cannot_be_used_says_where(void **state)
{
	static const char head[] = "name,domain,horizon,owner,days,step_days,"
				   "goal_en,goal_fr,step_en,step_fr\n";
	static const struct {
		const char *row, *said;
	} cases[] = {
		{ "a,XYZ,short,worker,3,3,Go,Aller,,\n",
		  "row 2, column domain" },
		{ "a,HOU,soon,worker,3,3,Go,Aller,,\n",
		  "row 2, column horizon" },
		{ "a,HOU,short,nobody,3,3,Go,Aller,,\n",
		  "row 2, column owner" },
		{ "a,HOU,short,worker,x,3,Go,Aller,,\n", "row 2, column days" },
		{ "a,HOU,short,worker,3,-1,Go,Aller,,\n",
		  "row 2, column step_days" },
		{ "a,HOU,short,worker,3,3,,Aller,,\n",
		  "row 2, column goal_en" },
		{ ",HOU,short,worker,3,3,Go,Aller,,\n", "row 2, column name" },
		{ "a,\"HOU,short\n", "row 2" },
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "plan.csv");

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *sheet = xasprintf("%s%s", head, cases[i].row);
		struct plan_template template;

		assert_int_equal(file_write(path, sheet, strlen(sheet), 0600),
				 FAULT_NONE);
		logged_start();
		assert_int_equal(plan_template_read(path, "en", &template),
				 FAULT_FORMAT);
		assert_non_null(strstr(logged(), cases[i].said));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_need_becomes_a_goal_with_its_step_in_one_act),
		WITH_BOOK(an_open_goal_has_one_next_step),
		WITH_BOOK(another_goals_step_is_not_next),
		WITH_BOOK(
		    a_goal_is_blocked_for_a_reason_and_ends_without_steps),
		WITH_BOOK(the_stream_is_made_and_re_opened),
		WITH_BOOK(what_is_given_is_what_there_was),
		cmocka_unit_test(days_are_counted_over_months_and_years),
		WITH_BOOK(the_first_30_days_come_with_the_program),
		cmocka_unit_test(a_template_that_cannot_be_used_says_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
