#include "report/round_trip.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/book.h"
#include "tests/test.h"

/* Differences as one text: "3 changed 2 gender M->W;". */
static void tell(void *to, const struct round_trip_difference *difference)
{
	char **text = to;
	char *more = xasprintf(
	    "%s%d %s %lld %s %s->%s;", *text, difference->row,
	    round_trip_word(difference->what), (long long)difference->id,
	    difference->field, difference->before ? difference->before : "",
	    difference->after);

	free(*text);
	*text = more;
}

static char *import(struct book *book, const char *kind, const char *table,
		    bool apply, struct round_trip_totals *totals)
{
	struct findings findings = { 0 };
	char *text = xstrdup("");
	enum fault fault = round_trip_import(
	    book->record, kind_find(kind), "t.csv", table, strlen(table), apply,
	    &book_ana, BOOK_NOW + 1000, &findings, tell, &text, totals);

	if (fault) {
		free(text);
		text = xstrdup(findings.list[0].line);
	}
	findings_done(&findings);
	return text;
}

static char *export(struct book *book, const char *kind)
{
	struct bytes out = { 0 };

	assert_int_equal(
	    round_trip_export(book->record, kind_find(kind), &book_sam, &out),
	    FAULT_NONE);
	return bytes_take_text(&out);
}

static void two_people(struct book *book)
{
	(void)book_make(book, "person", "gender", "M", "birth_from", "1990",
			NULL);
	(void)book_make(book, "name", "person", "1", "latin", "Selam Haile",
			"own_script", "ሰላም ኃይለ", NULL);
	(void)book_make(book, "person", "language", "ar", NULL);
}

/* A table of three columns for the tests below. */
#define HEAD "id,version,gender,language,name.version,name.latin\n"

static void a_table_comes_back_as_it_went(void **state)
{
	struct book *book = *state;
	struct round_trip_totals totals;
	SCOPED(char_freep) char *table = NULL;
	SCOPED(char_freep) char *told = NULL;

	two_people(book);
	table = export(book, "person");
	assert_non_null(strstr(table, "\"ሰላም ኃይለ\""));
	told = import(book, "person", table, true, &totals);
	assert_string_equal(told, "");
	assert_int_equal(totals.rows, 2);
	assert_int_equal(totals.changed + totals.made + totals.refused, 0);
}

static void the_difference_is_told_before_it_is_applied(void **state)
{
	static const char table[] = HEAD "1,1,W,,1,Selam Hailu\n"
					 "2,1,,ar,,Amal\n"
					 ",,X,ti,,Luwam\n";
	static const char difference[] =
	    "2 changed 1 gender M->W;2 changed 1 name.latin Selam "
	    "Haile->Selam Hailu;3 new 0 name.latin ->Amal;4 new 0 gender "
	    "->X;4 new 0 language ->ti;4 new 0 name.latin ->Luwam;";
	struct book *book = *state;
	struct round_trip_totals totals;
	enum entity_answer answer;
	int64_t people;

	two_people(book);
	for (int apply = 0; apply < 2; apply++) {
		SCOPED(char_freep) char *latin = NULL;
		SCOPED(char_freep)
		char *told = import(book, "person", table, apply, &totals);

		assert_string_equal(told, difference);
		assert_int_equal(totals.changed, 2);
		assert_int_equal(totals.made, 1);
		assert_int_equal(entity_total(book->record, kind_find("person"),
					      NULL, &people),
				 FAULT_NONE);
		assert_int_equal(people, apply ? 3 : 2);
		latin = book_value(book, "name", 1, "latin");
		assert_string_equal(latin,
				    apply ? "Selam Hailu" : "Selam Haile");
	}
	/* All of it was one act. */
	assert_int_equal(
	    entity_undo(book->record, &book_ana, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(
	    entity_total(book->record, kind_find("person"), NULL, &people),
	    FAULT_NONE);
	assert_int_equal(people, 2);
}

static void what_a_desk_changed_meanwhile_is_a_conflict_by_name(void **state)
{
	static const char table[] = HEAD "1,1,W,,1,Selam Haile\n"
					 "2,1,,fa,,\n";
	struct book *book = *state;
	struct round_trip_totals totals;
	SCOPED(char_freep) char *told = NULL;
	SCOPED(char_freep) char *gender = NULL;
	SCOPED(char_freep) char *language = NULL;
	SCOPED(char_freep) char *latin = NULL;

	two_people(book);
	book_change(book, "person", 1, "gender", "X");     /* the table has W */
	book_change(book, "name", 1, "latin", "Selam H."); /* has it unedited */
	told = import(book, "person", table, true, &totals);
	assert_string_equal(told, "2 conflict 1 gender X->W;"
				  "3 changed 2 language ar->fa;");
	assert_int_equal(totals.refused, 1);
	assert_int_equal(totals.changed, 1);
	gender = book_value(book, "person", 1, "gender");
	assert_string_equal(gender, "X");
	latin = book_value(book, "name", 1, "latin");
	assert_string_equal(latin, "Selam H.");
	language = book_value(book, "person", 2, "language");
	assert_string_equal(language, "fa");
}

static void guarded_notes_stay_at_home(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *table = NULL;

	(void)book_make(book, "person", NULL);
	(void)book_make(book, "note", "person", "1", "text", "plain", "guard",
			"open", NULL);
	(void)book_make(book, "note", "person", "1", "text", "Zanzibar",
			"guard", "restricted", NULL);
	table = export(book, "note");
	assert_non_null(strstr(table, "\"plain\""));
	assert_null(strstr(table, "Zanzibar"));
}

static void a_wrong_row_is_refused_and_the_others_are_not(void **state)
{
	static const struct {
		const char *table, *told;
	} cases[] = {
		{ HEAD "1,1,Q,,1,Selam Haile\n2,1,W,ar,,\n",
		  "2 changed 1 gender M->Q;2 wrong 1 gender ->Q;"
		  "3 changed 2 gender ->W;" },
		{ HEAD "9,1,W,,,\n", "2 refused 0 id not-there->9;" },
		{ HEAD "x,1,W,,,\n", "2 refused 0 id ->x;" },
		{ "id,shoe\n1,41\n", "t.csv: row 1, column shoe: no such" },
		{ "gender\nW\n", "t.csv: row 1: the column id is missing" },
	};
	struct book *book = *state;

	two_people(book);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct round_trip_totals totals;
		SCOPED(char_freep)
		char *told =
		    import(book, "person", cases[i].table, false, &totals);

		if (strncmp(told, cases[i].told, strlen(cases[i].told)) != 0)
			print_error("%s\n", told);
		assert_memory_equal(told, cases[i].told, strlen(cases[i].told));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_table_comes_back_as_it_went),
		WITH_BOOK(the_difference_is_told_before_it_is_applied),
		WITH_BOOK(what_a_desk_changed_meanwhile_is_a_conflict_by_name),
		WITH_BOOK(guarded_notes_stay_at_home),
		WITH_BOOK(a_wrong_row_is_refused_and_the_others_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
