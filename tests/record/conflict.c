#include "record/conflict.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/consent.h"
#include "record/listing.h"
#include "record/names.h"
#include "record/people_visit.h"
#include "record/statement.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/support/server.h"
#include "tests/test.h"

/* What a conflict owes to what it is about, and how it is decided. */

static int64_t file_here(struct book *book, enum visit_keep keep)
{
	struct sample sample;

	sample_init(&sample, 1);
	sample.visit.keep = keep;
	return sample_file(book->record, &sample);
}

static void act(struct book *book, int64_t visit, enum visit_act what,
		const struct record_who *who, int64_t at)
{
	enum visit_acted answer;

	assert_int_equal(
	    visit_act(book->record, visit, what,
		      what == VISIT_END ? VISIT_SERVED : VISIT_NO_OUTCOME, who,
		      at, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static void attach(struct book *book, int64_t visit, int64_t person)
{
	enum people_answer answer;

	assert_int_equal(people_attach(book->record, visit, person, true, &mira,
				       SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

static void detach(struct book *book, int64_t visit)
{
	enum people_answer answer;

	assert_int_equal(
	    people_detach(book->record, visit, &book_ana, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

static int64_t person_of(struct book *book, int64_t visit)
{
	int64_t person;

	assert_int_equal(people_of_visit(book->record, visit, &person),
			 FAULT_NONE);
	return person;
}

static void is_refused(struct book *book, const char *word)
{
	const char *told;

	assert_int_equal(conflict_refusal(book->record, 1, &told), FAULT_NONE);
	assert_string_equal(told ?: "", word);
	if (told)
		assert_int_equal(book_move(book, "conflict", 1, "theirs"),
				 ENTITY_WRONG);
	is_value(book, "conflict", 1, "state", "open");
}

/* --- visits ----------------------------------------------------------------
 */

/* Called here and ended there, or the reverse. */
static void disagree(struct pair *pair, enum visit_act ours,
		     enum visit_act theirs)
{
	const int64_t person = book_make(&pair->home, "person", NULL);

	take_out(pair, &person, 1);
	act(&pair->home, file_here(&pair->home, VISIT_KEEP_KEPT), ours,
	    &book_ana, SAMPLE_NOON + HOUR);
	act(&pair->away, file_here(&pair->away, VISIT_KEEP_KEPT), theirs, &mira,
	    SAMPLE_NOON + 2 * HOUR);
	assert_int_equal(bring_back(pair).conflicts, 1);
}

static void theirs_of_a_visit_is_done_as_it_came_to_pass(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	SCOPED(char_freep) char *row = NULL;

	disagree(pair, VISIT_CALL, VISIT_END);
	is_value(home, "conflict", 1, "ours", "called");
	is_value(home, "conflict", 1, "ours_by", "Ana");
	is_value(home, "conflict", 1, "theirs", "ended served");
	is_refused(home, "");
	assert_int_equal(sample_state(home->record, 1), VISIT_CALLED);
	assert_int_equal(book_move(home, "conflict", 1, "theirs"), ENTITY_DONE);
	assert_int_equal(statement_line(home->record,
					"SELECT state || ' ' || outcome || ' '"
					" || held_by || ' ' || (ended -"
					" 1782057600000) FROM visit WHERE id ="
					" ?1",
					1, &row),
			 FAULT_NONE);
	assert_string_equal(row, "ended served Mira 7200000");
}

/* Ending erases what was not to be kept: a trial of it erases nothing. */
static void looking_whether_it_may_be_so_leaves_nothing_behind(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	server_need_file();
	act(home, file_here(home, VISIT_KEEP_NO), VISIT_CALL, &book_ana,
	    SAMPLE_NOON + HOUR);
	(void)book_make(home, "conflict", "what", "visit.state", "subject", "1",
			"ours", "called", "theirs", "ended served", "theirs_at",
			"1782064800000", "guard", "open", NULL);
	is_refused(home, "");
	assert_false(home->record->erased);
	assert_true(folder_holds(home->folder, SAMPLE_SECRET));
}

static void what_the_course_does_not_allow_is_refused_by_name(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	disagree(pair, VISIT_END, VISIT_CALL);
	is_refused(home, "course");
	assert_int_equal(sample_state(home->record, 1), VISIT_ENDED);
	assert_int_equal(book_move(home, "conflict", 1, "ours"), ENTITY_DONE);
}

static void a_visit_that_went_on_since_is_not_overwritten(void **state)
{
	struct pair *pair = *state;

	disagree(pair, VISIT_CALL, VISIT_END);
	act(&pair->home, 1, VISIT_MISS, &book_ana, SAMPLE_NOON + 3 * HOUR);
	is_refused(&pair->home, "changed");
}

static void a_level_is_given_at_the_visit(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	enum visit_acted answer;

	take_out(pair, &person, 1);
	act(home, file_here(home, VISIT_KEEP_KEPT), VISIT_CALL, &book_ana,
	    SAMPLE_NOON + HOUR);
	assert_int_equal(
	    visit_override(away->record, file_here(away, VISIT_KEEP_KEPT),
			   VISIT_U1, "alone", &mira, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "conflict", 1, "theirs", "waiting U1");
	is_refused(home, "level");
}

/* Two people and a visit of the first; taken away here, given to the second
 * there. */
static void disagree_whose(struct pair *pair)
{
	const int64_t people[] = { book_make(&pair->home, "person", NULL),
				   book_make(&pair->home, "person", NULL),
				   book_make(&pair->home, "person", NULL) };
	const int64_t visit = file_here(&pair->home, VISIT_KEEP_KEPT);

	attach(&pair->home, visit, 1);
	take_out(pair, people, COUNT(people));
	detach(&pair->home, visit);
	attach(&pair->home, visit, 3);
	detach(&pair->away, visit);
	attach(&pair->away, visit, 2);
	assert_int_equal(bring_back(pair).conflicts, 1);
	assert_int_equal(person_of(&pair->home, visit), 3);
}

static void whose_a_visit_is_can_be_taken_from_the_laptop(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	disagree_whose(pair);
	is_value(home, "conflict", 1, "what", "visit.person");
	is_value(home, "conflict", 1, "ours", "P-3");
	is_value(home, "conflict", 1, "theirs", "P-2");
	is_value(home, "conflict", 1, "theirs_by", "Mira");
	is_refused(home, "");
	assert_int_equal(person_of(home, 1), 3);
	assert_int_equal(book_move(home, "conflict", 1, "theirs"), ENTITY_DONE);
	assert_int_equal(person_of(home, 1), 2);
}

static void whoever_was_removed_gets_no_visit(void **state)
{
	struct pair *pair = *state;
	enum entity_answer answer;

	disagree_whose(pair);
	assert_int_equal(entity_remove(pair->home.record, kind_find("person"),
				       2, "", &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	is_refused(&pair->home, "nobody");
}

static void whoever_was_erased_is_in_no_conflict(void **state)
{
	struct pair *pair = *state;

	disagree_whose(pair);
	assert_int_equal(person_erase(pair->home.record, 2, "withdrawn",
				      &book_sam, BOOK_NOW),
			 FAULT_NONE);
	assert_int_equal(total(&pair->home, "conflict"), 0);
	assert_int_equal(person_of(&pair->home, 1), 3);
}

/* Of a team each: whoever is of one alone neither sees nor decides it. */
static void whose_it_is_is_decided_by_who_may_see_both(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const struct record_who whoever[] = {
		{ "Nia", "front", 0, ROLE_WORKER, "[1]" },
		{ "Leo", "front", 0, ROLE_WORKER, "[2]" },
		{ "Eve", "front", 0, ROLE_SUPERVISOR, "[1,2]" },
	};

	(void)book_make(home, "team", "name", "East", NULL);
	(void)book_make(home, "team", "name", "West", NULL);
	disagree_whose(pair);
	book_change(home, "person", 3, "team", "1");
	book_change(home, "person", 2, "team", "2");
	for (size_t i = 0; i < COUNT(whoever); i++) {
		enum entity_answer answer;

		assert_int_equal(
		    entity_move(home->record, kind_find("conflict"), 1,
				"theirs", "", &whoever[i], BOOK_NOW, &answer),
		    FAULT_NONE);
		assert_int_equal(answer, i == 2 ? ENTITY_DONE : ENTITY_REFUSED);
		assert_int_equal(person_of(home, 1), i == 2 ? 2 : 3);
	}
}

/* --- erased ----------------------------------------------------------------
 */

static void withdraw(struct book *book, int64_t visit)
{
	enum visit_acted answer;

	assert_int_equal(visit_withdraw(book->record, visit, &book_ana,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, VISIT_ACTED);
}

static void whose_an_erased_visit_is_is_nobodys_to_decide(void **state)
{
	struct pair *pair = *state;

	disagree_whose(pair);
	withdraw(&pair->home, 1);
	assert_int_equal(total(&pair->home, "conflict"), 0);
	assert_int_equal(bring_back(pair).conflicts, 0);
}

static void what_became_of_it_no_longer_says_whose_it_was(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	int64_t told;
	const int64_t person = book_make(home, "person", NULL);
	const int64_t visit = file_here(home, VISIT_KEEP_KEPT);

	attach(home, visit, person);
	take_out(pair, &person, 1);
	act(home, visit, VISIT_CALL, &book_ana, SAMPLE_NOON + HOUR);
	act(&pair->away, visit, VISIT_END, &mira, SAMPLE_NOON + HOUR);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "conflict", 1, "person", "1");
	withdraw(home, visit);
	is_value(home, "conflict", 1, "person", "");
	assert_int_equal(statement_value(home->record,
					 "SELECT count(*) FROM change_apart"
					 " WHERE kind = 'conflict' AND field ="
					 " 'person'",
					 -1, &told, ""),
			 FAULT_NONE);
	assert_int_equal(told, 0);
	assert_int_equal(book_move(home, "conflict", 1, "theirs"), ENTITY_DONE);
}

static void what_withdrawing_empties_is_in_no_conflict(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	enum people_answer answer;
	int64_t person = 0, visit;
	struct sample sample;

	sample_init(&sample, 1);
	sample.facts[2] = (struct visit_fact){ "gender", "W" };
	visit = sample_file(home->record, &sample);
	assert_int_equal(people_from_visit(home->record, visit, true, &book_sam,
					   BOOK_NOW, &answer, &person),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	/* Somebody refers to them, so that they stay. */
	(void)book_make(home, "note", "person", "1", "text", "a", "guard",
			"open", NULL);
	(void)book_make(home, "conflict", "what", "person.number", "subject",
			"1", "person", "1", "ours", "P-1", "guard", "open",
			NULL);
	(void)book_make(home, "conflict", "what", "person.gender", "subject",
			"1", "person", "1", "theirs", "Zanzibari", "guard",
			"open", NULL);
	withdraw(home, visit);
	assert_int_equal(total(home, "person"), 1);
	assert_int_equal(total(home, "conflict"), 1);
	assert_false(folder_holds(home->folder, "Zanzibari"));
}

/* --- names apart -----------------------------------------------------------
 */

/* Two notes with a conflict each, and names apart; another program has them
 * locked. */
static struct record *part(struct pair *pair)
{
	struct book *home = &pair->home;
	SCOPED(char_freep) char *path = NULL;
	static const char *const subjects[] = { "1", "2" };
	struct record *locked = NULL;
	enum names_answer answer;
	int64_t rows;
	bool opened;

	server_need_file();
	path = folder_file(home->folder, RECORD_FILE);
	(void)book_make(home, "person", NULL);
	for (size_t i = 0; i < COUNT(subjects); i++) {
		(void)book_make(home, "note", "person", "1", "text", "a",
				"guard", "open", NULL);
		(void)book_make(home, "conflict", "what", "note.text",
				"subject", subjects[i], "person", "1", "ours",
				"a", "theirs", "Zanzibar", "guard", "open",
				NULL);
	}
	record_close(home->record);
	assert_int_equal(names_part(path, agency_key_public(pair->key),
				    &book_sam, BOOK_NOW, &answer, &rows),
			 FAULT_NONE);
	open_book(home);
	assert_int_equal(names_unlock(home->record, pair->key, &opened),
			 FAULT_NONE);
	assert_int_equal(total(home, "conflict"), 2);
	assert_int_equal(record_open(path, &locked), FAULT_NONE);
	return locked;
}

static void a_conflict_follows_what_was_done_while_names_were_locked(void **s)
{
	struct pair *pair = *s;
	struct book *home = &pair->home;
	struct record *locked = part(pair);
	struct book other = { .record = locked };
	bool opened;

	save_as(&other, "note", 1, "guard", "safety", &book_ana, BOOK_NOW);
	assert_int_equal(entity_erase(locked, kind_find("note"), 2, "withdrawn",
				      &book_ana, BOOK_NOW),
			 FAULT_NONE);
	/* At a desk where they are open, at once. */
	assert_int_equal(names_refresh(home->record), FAULT_NONE);
	assert_int_equal(total(home, "conflict"), 1);
	is_value(home, "conflict", 1, "guard", "safety");
	/* And where they are opened, then. */
	assert_int_equal(total(&other, "conflict"), 0);
	assert_int_equal(names_unlock(locked, pair->key, &opened), FAULT_NONE);
	assert_int_equal(total(&other, "conflict"), 1);
	record_close(locked);
}

static void so_it_does_when_names_are_opened_later(void **state)
{
	struct pair *pair = *state;
	struct record *locked = part(pair);
	struct book other = { .record = locked };
	bool opened;

	record_close(pair->home.record);
	pair->home.record = NULL;
	save_as(&other, "note", 1, "guard", "restricted", &book_ana, BOOK_NOW);
	assert_int_equal(entity_erase(locked, kind_find("note"), 2, "withdrawn",
				      &book_ana, BOOK_NOW),
			 FAULT_NONE);
	assert_int_equal(names_unlock(locked, pair->key, &opened), FAULT_NONE);
	assert_int_equal(total(&other, "conflict"), 1);
	is_value(&other, "conflict", 1, "guard", "restricted");
	record_close(locked);
}

/* --- words -----------------------------------------------------------------
 */

static void its_values_are_values_of_what_it_is_about(void **state)
{
	static const struct {
		const char *what, *kind, *field;
		enum field_type type;
	} rows[] = {
		{ "person.gender", "person", "gender", FIELD_CODE },
		{ "goal.words", "goal", "words", FIELD_LONG },
		{ "visit.state", "visit", "state", FIELD_CODES },
		{ "visit.person", "visit", "person", FIELD_TEXT },
		{ "note.", "conflict", "gone", FIELD_CODES },
	};
	const struct kind *kind;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct field *field = conflict_field(rows[i].what, &kind);

		assert_string_equal(field->name, rows[i].field);
		assert_string_equal(kind->name, rows[i].kind);
		assert_int_equal(field->type, rows[i].type);
	}
	assert_null(conflict_field("nothing.known", &kind));
	assert_string_equal(conflict_value("note.", NULL), "there");
	assert_string_equal(conflict_value("note.", "gone"), "gone");
	assert_null(conflict_value("note.text", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_values_are_values_of_what_it_is_about),
		WITH_PAIR(theirs_of_a_visit_is_done_as_it_came_to_pass),
		WITH_PAIR(whose_a_visit_is_can_be_taken_from_the_laptop),
		WITH_PAIR(so_it_does_when_names_are_opened_later),
	};
	/* Each takes seconds under valgrind. */
	const struct CMUnitTest more[] = {
		WITH_PAIR(what_the_course_does_not_allow_is_refused_by_name),
		WITH_PAIR(a_visit_that_went_on_since_is_not_overwritten),
		WITH_PAIR(a_level_is_given_at_the_visit),
		WITH_PAIR(looking_whether_it_may_be_so_leaves_nothing_behind),
		WITH_PAIR(whoever_was_removed_gets_no_visit),
		WITH_PAIR(whoever_was_erased_is_in_no_conflict),
		WITH_PAIR(whose_it_is_is_decided_by_who_may_see_both),
		WITH_PAIR(whose_an_erased_visit_is_is_nobodys_to_decide),
		WITH_PAIR(what_became_of_it_no_longer_says_whose_it_was),
		WITH_PAIR(what_withdrawing_empties_is_in_no_conflict),
		WITH_PAIR(
		    a_conflict_follows_what_was_done_while_names_were_locked),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!getenv("FOYER_SLOW"))
		failed += cmocka_run_group_tests(more, NULL, NULL);
	return failed;
}
