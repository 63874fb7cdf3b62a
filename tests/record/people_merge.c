#include "record/people_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/consent.h"
#include "record/people_visit.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/*
 * Two entries of one person: 1 has a household, a note and a birth; 2 a visit,
 * a contact, a membership of the same household, a gender and another birth.
 */
static int64_t twice(struct book *book)
{
	struct sample sample;
	enum people_answer answer;
	int64_t visit;

	sample_init(&sample, 412);
	visit = sample_file(book->record, &sample);
	book_make(book, "person", "birth_from", "1990-02-03", "birth_to",
		  "1990-02-03", NULL);
	book_make(book, "person", "birth_from", "1990", "birth_calendar",
		  "persian", "gender", "W", NULL);
	book_make(book, "name", "person", "1", "latin", "Fatima Hassan", NULL);
	book_make(book, "name", "person", "2", "latin", "Fatemeh Hasan", NULL);
	book_make(book, "household", NULL);
	book_make(book, "member", "household", "1", "person", "1", NULL);
	book_make(book, "member", "household", "1", "person", "2", NULL);
	book_make(book, "contact", "person", "2", "what", "phone", "value",
		  "613-555-0142", NULL);
	book_make(book, "note", "person", "1", "text", "First", "guard", "open",
		  NULL);
	book_make(book, "note", "person", "2", "text", "Second", "guard",
		  "open", NULL);
	assert_int_equal(people_attach(book->record, visit, 2, false, &book_sam,
				       BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	return visit;
}

static enum people_answer merge(struct book *book, int64_t kept, int64_t merged)
{
	enum people_answer answer;

	assert_int_equal(people_merge(book->record, kept, merged, "same papers",
				      &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

static enum people_answer unmerge(struct book *book, int64_t merged)
{
	enum people_answer answer;

	assert_int_equal(people_unmerge(book->record, merged, "two cousins",
					&book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

static void assert_field(struct book *book, const char *kind, int64_t id,
			 const char *field, const char *value)
{
	SCOPED(char_freep) char *is = book_value(book, kind, id, field);

	if (strcmp(is, value) != 0)
		fail_msg("%s %lld %s is %s, not %s", kind, (long long)id, field,
			 is, value);
}

static int64_t total(struct book *book, const char *kind)
{
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find(kind), NULL, &count),
	    FAULT_NONE);
	return count;
}

static int64_t whose(struct book *book, int64_t visit)
{
	int64_t person;

	assert_int_equal(people_of_visit(book->record, visit, &person),
			 FAULT_NONE);
	return person;
}

static void note_found(void *to, const struct people_found *found)
{
	bytes_add_format(to, "%s ", found->number);
}

static void assert_found(struct book *book, const char *typed,
			 const char *numbers)
{
	struct bytes text = { 0 };
	struct people_told told;

	bytes_add_text(&text, "");
	assert_int_equal(people_find(book->record, typed, 0, &book_sam,
				     note_found, &text, &told),
			 FAULT_NONE);
	assert_string_equal((char *)text.data, numbers);
	bytes_done(&text);
}

static void assert_two(struct book *book, int64_t visit)
{
	assert_field(book, "name", 2, "person", "2");
	assert_field(book, "contact", 1, "person", "2");
	assert_field(book, "note", 2, "person", "2");
	assert_field(book, "note", 1, "person", "1");
	assert_field(book, "member", 2, "person", "2");
	assert_field(book, "person", 1, "gender", "");
	assert_field(book, "person", 2, "merged_into", "");
	assert_int_equal(whose(book, visit), 2);
	assert_int_equal(total(book, "member"), 2);
	assert_found(book, "fatemeh hasan", "P-2 P-1 ");
	assert_found(book, "0142", "P-2 ");
}

static void all_that_refers_to_one_refers_to_the_other(void **state)
{
	struct book *book = *state;
	int64_t visit = twice(book), now_is;

	assert_two(book, visit);
	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	assert_field(book, "name", 2, "person", "1");
	assert_field(book, "contact", 1, "person", "1");
	assert_field(book, "note", 2, "person", "1");
	assert_int_equal(total(book, "member"), 1);
	assert_field(book, "person", 1, "gender", "W");
	/* A birth is one thing: nothing is mixed into it. */
	assert_field(book, "person", 1, "birth_from", "1990-02-03");
	assert_field(book, "person", 1, "birth_calendar", "");
	assert_field(book, "person", 2, "merged_into", "1");
	assert_int_equal(whose(book, visit), 1);
	assert_int_equal(people_now(book->record, 2, &now_is), FAULT_NONE);
	assert_int_equal(now_is, 1);
	assert_found(book, "fatemeh hasan", "P-1 ");
	assert_found(book, "0142", "P-1 ");
	assert_int_equal(merge(book, 1, 2), PEOPLE_CLOSED);
	assert_int_equal(merge(book, 1, 1), PEOPLE_SELF);
	assert_int_equal(merge(book, 1, 77), PEOPLE_NOT_THERE);
}

static void a_merge_is_taken_back_by_its_map(void **state)
{
	struct book *book = *state;
	int64_t visit = twice(book), later;

	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	later = book_make(book, "note", "person", "1", "text", "Later", "guard",
			  "open", NULL);
	assert_int_equal(unmerge(book, 2), PEOPLE_DONE);
	assert_two(book, visit);
	assert_field(book, "note", later, "person", "1");
	assert_field(book, "merge", 1, "state", "undone");
	assert_int_equal(unmerge(book, 2), PEOPLE_NOTHING);
	assert_int_equal(merge(book, 2, 1), PEOPLE_DONE);
	assert_field(book, "note", 1, "person", "2");
	assert_int_equal(unmerge(book, 1), PEOPLE_DONE);
	assert_two(book, visit);
}

static void what_kept_learnt_itself_stays_with_it(void **state)
{
	struct book *book = *state;

	twice(book);
	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	book_change(book, "person", 1, "gender", "X");
	assert_int_equal(unmerge(book, 2), PEOPLE_DONE);
	assert_field(book, "person", 1, "gender", "X");
}

static void undoing_the_act_takes_the_merge_back(void **state)
{
	struct book *book = *state;
	int64_t visit = twice(book);
	enum entity_answer answer;

	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_two(book, visit);
	assert_int_equal(unmerge(book, 2), PEOPLE_NOTHING);
}

static void merges_are_taken_back_from_the_last(void **state)
{
	struct book *book = *state;
	int64_t visit = twice(book), third, now_is;

	third = book_make(book, "person", NULL);
	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	assert_int_equal(merge(book, third, 1), PEOPLE_DONE);
	assert_int_equal(people_now(book->record, 2, &now_is), FAULT_NONE);
	assert_int_equal(now_is, third);
	assert_int_equal(whose(book, visit), third);
	assert_int_equal(unmerge(book, 2), PEOPLE_CLOSED);
	assert_int_equal(unmerge(book, 1), PEOPLE_DONE);
	assert_int_equal(whose(book, visit), 1);
	assert_int_equal(unmerge(book, 2), PEOPLE_DONE);
	assert_two(book, visit);
}

static void only_who_may_merges(void **state)
{
	static const struct record_who worker = { .user = "Eve",
						  .desk = "",
						  .roles = ROLE_WORKER };
	struct book *book = *state;
	int64_t visit = twice(book);
	enum people_answer answer;

	assert_int_equal(
	    people_merge(book->record, 1, 2, "", &worker, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_REFUSED);
	assert_two(book, visit);
}

static void told_apart_is_remembered(void **state)
{
	struct book *book = *state;
	struct bytes text = { 0 };
	struct people_told told;
	enum entity_answer answer;

	twice(book);
	assert_int_equal(people_candidates_of_person(book->record, 1, false, 0,
						     &book_sam, note_found,
						     &text, &told),
			 FAULT_NONE);
	assert_string_equal((char *)text.data, "P-2 ");
	assert_int_equal(people_not_same(book->record, 1, 2, 0, &book_sam,
					 BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	for (int64_t id = 1; id <= 2; id++)
		assert_int_equal(people_candidates_of_person(
				     book->record, id, true, 0, &book_sam,
				     note_found, &text, &told),
				 FAULT_NONE);
	assert_string_equal((char *)text.data, "P-2 ");
	assert_int_equal(people_not_same(book->record, 1, 1, 0, &book_sam,
					 BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	bytes_done(&text);
}

static void who_is_erased_leaves_nobody_who_was_merged(void **state)
{
	struct book *book = *state;

	twice(book);
	assert_int_equal(merge(book, 1, 2), PEOPLE_DONE);
	assert_int_equal(
	    person_erase(book->record, 1, "withdrawn", &book_sam, BOOK_NOW),
	    FAULT_NONE);
	assert_int_equal(total(book, "person"), 0);
	assert_int_equal(total(book, "name"), 0);
	assert_found(book, "fatima", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(all_that_refers_to_one_refers_to_the_other),
		WITH_BOOK(a_merge_is_taken_back_by_its_map),
		WITH_BOOK(what_kept_learnt_itself_stays_with_it),
		WITH_BOOK(undoing_the_act_takes_the_merge_back),
		WITH_BOOK(merges_are_taken_back_from_the_last),
		WITH_BOOK(only_who_may_merges),
		WITH_BOOK(told_apart_is_remembered),
		WITH_BOOK(who_is_erased_leaves_nobody_who_was_merged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
