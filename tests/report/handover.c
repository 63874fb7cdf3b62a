#include "report/handover.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/people_visit.h"
#include "tests/support/book.h"
#include "tests/support/sample.h"
#include "tests/test.h"

#define NOON SAMPLE_NOON

static const struct record_who office = { .user = "office", .desk = "" };

static enum fault read_map(struct book *book, const char *text,
			   struct findings *findings, struct handover_map **out)
{
	return handover_map_read(book->record, "map.csv", text, strlen(text),
				 findings, out);
}

/* What is written of the hour after noon. */
static char *written(struct book *book, const char *map_text,
		     struct handover_tally *tally)
{
	SCOPED(handover_map_freep) struct handover_map *map = NULL;
	struct findings findings = { 0 };
	struct bytes out = { 0 };

	assert_int_equal(read_map(book, map_text, &findings, &map), FAULT_NONE);
	assert_int_equal(findings.count, 0);
	assert_int_equal(handover_write(book->record, map, NOON,
					NOON + SAMPLE_HOUR, &office, NOON, &out,
					tally),
			 FAULT_NONE);
	return bytes_take_text(&out);
}

/* A visit that was filed, kept or not, and is this person's; 0: nobody's. */
static int64_t a_visit(struct book *book, uint32_t seq, enum visit_keep keep,
		       int64_t person)
{
	struct sample sample;
	enum people_answer answer;
	int64_t id;

	sample_init(&sample, seq);
	sample.visit.keep = keep;
	sample.visit.arrived = NOON + seq * SAMPLE_MINUTE;
	id = sample_file(book->record, &sample);
	if (person) {
		assert_int_equal(people_attach(book->record, id, person, true,
					       &office, NOON, &answer),
				 FAULT_NONE);
		assert_int_equal(answer, PEOPLE_DONE);
	}
	return id;
}

static void a_person(struct book *book)
{
	(void)book_make(book, "person", "gender", "W", NULL);
	(void)book_make(book, "name", "person", "1", "latin", "Haile",
			"own_script", "ሃይለ", NULL);
	(void)book_make(book, "contact", "person", "1", "what", "email",
			"value", "h@example.org", NULL);
	(void)book_make(book, "contact", "person", "1", "what", "phone",
			"value", "613-555-0199", NULL);
}

static void a_days_visits_are_a_table_as_the_agency_maps_it(void **state)
{
	struct book *book = *state;
	struct handover_tally tally;
	SCOPED(char_freep) char *csv = NULL;
	SCOPED(char_freep) char *visit = NULL;

	setenv("TZ", "UTC", 1);
	a_person(book);
	visit =
	    xasprintf("%lld", (long long)a_visit(book, 1, VISIT_KEEP_KEPT, 1));
	(void)book_make(book, "handover", "visit", visit, "system", "OCMS",
			"their_id", "A-17", NULL);
	(void)a_visit(book, 2, VISIT_KEEP_NO, 0);
	(void)a_visit(book, 3, VISIT_KEEP_KEPT, 0);
	(void)a_visit(book, 90, VISIT_KEEP_KEPT, 1); /* not of that hour */
	csv = written(book,
		      "column,source,values\n"
		      "Their id,handover.their_id,\n"
		      "Name,name.latin,\n"
		      "Own script,name.own_script,\n"
		      "Gender,person.gender,W=Female; M=Male\n"
		      "Cell,contact[what=phone].value,\n"
		      "Passport,identifier[what=passport].value,\n"
		      "Visit,visit.number,\n"
		      "Arrived,visit.arrived,\n"
		      "Province,'ON',\n",
		      &tally);
	assert_string_equal(
	    csv, "\xEF\xBB\xBF\"Their id\",\"Name\",\"Own script\",\"Gender\","
		 "\"Cell\",\"Passport\",\"Visit\",\"Arrived\",\"Province\"\r\n"
		 "\"A-17\",\"Haile\",\"ሃይለ\",\"Female\",\"613-555-0199\",\"\","
		 "\"K7-0001\",\"2026-06-21 16:01\",\"ON\"\r\n");
	assert_int_equal(tally.written, 1);
	assert_int_equal(tally.not_kept, 1);
	assert_int_equal(tally.nobodys, 1);
}

static void what_a_map_has_wrong_is_told_by_row_and_mend(void **state)
{
	static const struct {
		const char *source, *says;
	} cases[] = {
		{ "person", "write it as KIND.FIELD" },
		{ "contact[what].value", "write it as KIND.FIELD" },
		{ "person.shoes", "no such field of this kind" },
		{ "team.name", "no such kind of a person's" },
		{ "shoes.size", "no such kind of a person's" },
		{ "note.text", "notes are not handed over" },
		{ "visit.wire", "no such field of a visit" },
		{ "contact[shoe=1].value", "between the brackets" },
	};
	struct book *book = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *text = xasprintf("column,source\nNumber,visit.number\n"
				       "X,%s\n",
				       cases[i].source);
		struct handover_map *map = NULL;
		struct findings findings = { 0 };

		assert_int_equal(read_map(book, text, &findings, &map),
				 FAULT_FORMAT);
		assert_null(map);
		assert_int_equal(findings.count, 1);
		assert_non_null(strstr(findings.list[0].line,
				       "map.csv: row 3, column "
				       "source"));
		assert_non_null(strstr(findings.list[0].line, cases[i].says));
		findings_done(&findings);
	}
}

static void an_agencys_own_field_goes_along(void **state)
{
	struct book *book = *state;
	struct handover_tally tally;
	SCOPED(char_freep) char *csv = NULL;

	(void)book_make(book, "own_field", "of", "person", "name", "shoes",
			"type", "text", "label_en", "Shoes", NULL);
	(void)book_make(book, "person", "shoes", "41", NULL);
	(void)a_visit(book, 1, VISIT_KEEP_KEPT, 1);
	csv = written(book, "column,source\nShoes,person.shoes\n", &tally);
	assert_string_equal(csv, "\xEF\xBB\xBF\"Shoes\"\r\n\"41\"\r\n");
}

static void nothing_is_handed_over_of_who_did_not_agree(void **state)
{
	static const struct {
		enum visit_keep keep;
		enum entity_answer answer;
	} cases[] = {
		{ VISIT_KEEP_NO, ENTITY_WRONG },
		{ VISIT_KEEP_TODAY, ENTITY_WRONG },
		{ VISIT_KEEP_KEPT, ENTITY_DONE },
	};
	struct book *book = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(entity_freep)
		struct entity *handover = book_begin(book, "handover");
		enum entity_answer answer;
		const char *wrong = NULL;

		entity_set_number(
		    handover, "visit",
		    a_visit(book, (uint32_t)i + 1, cases[i].keep, 0));
		entity_set(handover, "system", "OCMS");
		entity_set(handover, "their_id", "A-17");
		assert_int_equal(entity_save(book->record, handover,
					     SOURCE_TOLD, &office, NOON,
					     &answer, &wrong),
				 FAULT_NONE);
		assert_int_equal(answer, cases[i].answer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_days_visits_are_a_table_as_the_agency_maps_it),
		WITH_BOOK(what_a_map_has_wrong_is_told_by_row_and_mend),
		WITH_BOOK(an_agencys_own_field_goes_along),
		WITH_BOOK(nothing_is_handed_over_of_who_did_not_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
