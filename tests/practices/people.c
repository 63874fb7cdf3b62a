#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/people.h"
#include "record/people_visit.h"
#include "tests/support/book.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/support/slow.h"
#include "tests/test.h"

/* Who somebody is, said once, and who says so. */

static const struct visit_fact facts[] = {
	{ "language", "ti" },
	{ "latin_name", "Selam Haile" },
	{ "birth_earliest", "1987-09-12" },
	{ "birth_latest", "1988-09-10" },
	{ "contact_by", "SMS" },
	{ "contact", "613-555-0142" },
};

static int64_t a_visit(struct book *book, uint32_t seq, size_t fact_count)
{
	struct sample sample;

	sample_init(&sample, seq);
	sample.visit.facts = facts;
	sample.visit.fact_count = fact_count;
	sample.visit.arrived += seq * BOOK_DAY;
	return sample_file(book->record, &sample);
}

static int64_t a_person_of(struct book *book, int64_t visit)
{
	enum people_answer answer;
	int64_t person = 0;

	assert_int_equal(people_from_visit(book->record, visit, false,
					   &book_sam, BOOK_NOW, &answer,
					   &person),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	return person;
}

/* "self Sam 1987-09-12|seen Ana 1987-10-01|" of one field. */
static void note_birth(void *to, const struct change *change)
{
	if (strcmp(change->field, "birth_from") == 0)
		bytes_add_format(
		    to, "%s %s %s %s|", change->source, change->user,
		    change->at == BOOK_NOW ? "then" : "later", change->after);
}

/* Identity verification: each fact self-reported or seen, by whom, when. */
static void row_11_each_fact_says_who_knows_it_and_since_when(void **state)
{
	struct book *book = *state;
	int64_t person = a_person_of(book, a_visit(book, 1, COUNT(facts)));
	SCOPED(entity_freep)
	struct entity *seen = book_read(book, "person", person);
	struct bytes text = { 0 };
	enum entity_answer answer;
	int64_t identifiers;

	/* A worker saw the paper. */
	assert_true(entity_set(seen, "birth_from", "1987-10-01"));
	assert_int_equal(entity_save(book->record, seen, SOURCE_SEEN, &book_ana,
				     BOOK_NOW + BOOK_DAY, &answer, NULL),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(entity_history(book->record, kind_find("person"),
					person, note_birth, &text),
			 FAULT_NONE);
	assert_string_equal((char *)text.data, "self Sam then 1987-09-12|"
					       "seen Ana later 1987-10-01|");
	bytes_done(&text);
	/* The kiosk verifies nobody. */
	assert_int_equal(entity_total(book->record, kind_find("identifier"),
				      NULL, &identifiers),
			 FAULT_NONE);
	assert_int_equal(identifiers, 0);
}

static void note_given(void *to, const struct people_given *given)
{
	char day[32];
	time_t at = given->at / 1000;
	struct tm parts;

	strftime(day, sizeof day, "%m-%d", gmtime_r(&at, &parts));
	bytes_add_format(to, "%s %s;", given->field, day);
}

/* Ask once: the older visit's answers, with their day. */
static void row_37_what_was_given_before_shows_with_its_day(void **state)
{
	struct book *book = *state;
	int64_t first = a_visit(book, 1, COUNT(facts));
	int64_t second = a_visit(book, 9, 2); /* language and name alone */
	int64_t person = a_person_of(book, first);
	struct bytes text = { 0 };
	enum people_answer answer;

	assert_int_equal(people_attach(book->record, second, person, false,
				       &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
	assert_int_equal(people_given_before(book->record, person, second,
					     &book_sam, note_given, &text),
			 FAULT_NONE);
	assert_string_equal((char *)text.data,
			    "language 06-22;latin_name 06-22;"
			    "birth_earliest 06-22;birth_latest 06-22;"
			    "contact_by 06-22;contact 06-22;");
	bytes_done(&text);
}

/* --- growth -----------------------------------------------------------------
 */

static void ignore(void *to, const struct people_found *found)
{
	(void)to;
	(void)found;
}

/* The keys that are read for a name and a year, on an average. */
static size_t rows_read(struct book *book, struct crowd *crowd, int64_t people)
{
	size_t rows = 0;

	for (int64_t id = 1; id <= 20; id++) {
		struct crowd_person person;
		struct people_told told;
		SCOPED(char_freep) char *text = NULL;

		crowd_person(crowd, id * people / 20, &person);
		text = xasprintf("%s %.4s",
				 person.latin[0] ? person.latin : person.own,
				 person.birth);
		assert_int_equal(people_find(book->record, text, 20, &book_sam,
					     ignore, NULL, &told),
				 FAULT_NONE);
		rows += told.rows;
	}
	return rows / 20;
}

/* 1.05 to the power of 20 is 2.65: what a look-up costs is counted, not timed.
 */
static void row_79_twenty_years_of_growth_do_not_slow_the_desk(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *path = folder_file(book->folder, RECORD_FILE);
	struct crowd *crowd = crowd_new(CROWD_GIVEN, CROWD_FAMILY);
	const int64_t years[] = { loops(4000), loops(4000) * 265 / 100 };
	size_t rows[COUNT(years)];
	int64_t there = 0;

	for (size_t i = 0; i < COUNT(years); i++) {
		record_close(book->record);
		crowd_fill(crowd, path, there + 1, years[i]);
		there = years[i];
		assert_int_equal(record_open(path, &book->record), FAULT_NONE);
		rows[i] = rows_read(book, crowd, there);
	}
	assert_true(rows[1] <= 2 * rows[0] + 20);
	crowd_free(crowd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(row_11_each_fact_says_who_knows_it_and_since_when),
		WITH_BOOK(row_37_what_was_given_before_shows_with_its_day),
		WITH_BOOK(row_79_twenty_years_of_growth_do_not_slow_the_desk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
