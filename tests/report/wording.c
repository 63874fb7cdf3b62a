#include "report/wording.h"

#include <stdlib.h>

#include "base/memory.h"
#include "report/read_list.h"
#include "tests/support/book.h"
#include "tests/support/paged.h"
#include "tests/test.h"

static struct catalogue *words_of(const char *language)
{
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	struct catalogue *words = catalogue_new(language);

	assert_int_equal(catalogue_add_family(words, shipped, "desk"),
			 FAULT_NONE);
	return words;
}

static void expect_shown(const struct wording *wording, const char *kind_name,
			 const char *field, const char *value,
			 const char *wanted)
{
	const struct kind *kind = kind_find(kind_name);
	SCOPED(char_freep)
	char *got =
	    wording_value(wording, kind, kind_field(kind, field), value);

	if (!wanted)
		assert_null(got);
	else
		assert_string_equal(got, wanted);
}

static void values_are_in_the_staffs_words(void **state)
{
	static const struct {
		const char *language, *kind, *field, *value, *wanted;
	} cases[] = {
		{ "en", "person", "interpreter", "1", "yes" },
		{ "fr", "person", "interpreter", "0", "non" },
		{ "en", "person", "birth_from", "1990-02", "1990-02" },
		{ "en", "note", "text", "one\ntwo", "one …" },
		{ "en", "person", "gender", NULL, NULL },
		{ "en", "appointment", "at", "1795344301000",
		  "2026-11-22 10:45" },
		{ "en", "contact", "person", "1", "Haile · ሃይለ · P-1" },
		{ "en", "household", "worker", "1", "Ana Ruiz" },
		{ "en", "household", "team", "9", "#9" },
		{ "en", "person", "language", "ti", "Tigrinya" },
		{ "fr", "person", "language", "ti", "tigrigna" },
		{ "fr", "person", "language", "zh-TW", "chinois (cantonais)" },
		{ "fr", "person", "language", "tlh", "tlh" },
	};
	struct book *book = *state;

	setenv("TZ", "UTC", 1);
	(void)book_make(book, "person", "language", "ti", NULL);
	(void)book_make(book, "name", "person", "1", "latin", "Haile Tesfay",
			"preferred", "Haile", "own_script", "ሃይለ", NULL);
	(void)book_make(book, "user", "name", "Ana Ruiz", NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(catalogue_freep)
		struct catalogue *words = words_of(cases[i].language);
		const struct wording wording = { book->record, words,
						 &book_sam };

		expect_shown(&wording, cases[i].kind, cases[i].field,
			     cases[i].value, cases[i].wanted);
	}
}

static void an_agencys_own_field_has_its_own_label(void **state)
{
	static const struct {
		const char *language, *wanted;
	} cases[] = { { "en", "Bus pass" }, { "fr", "Carte de bus" } };
	struct book *book = *state;

	(void)book_make(book, "own_field", "of", "household", "name",
			"bus_pass", "type", "yes", "label_en", "Bus pass",
			"label_fr", "Carte de bus", NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(catalogue_freep)
		struct catalogue *words = words_of(cases[i].language);
		SCOPED(entity_freep)
		struct entity *household = book_begin(book, "household");
		const struct wording wording = { book->record, words,
						 &book_sam };
		SCOPED(char_freep)
		char *label = wording_field(
		    &wording, household->kind,
		    &household->fields[household->field_count - 1]);

		assert_string_equal(label, cases[i].wanted);
	}
}

/* 40 days after the oldest of them. */
#define LATER (BOOK_NOW + 40 * BOOK_DAY)

static void a_printed_list_says_how_many_and_how_old(void **state)
{
	struct book *book = *state;
	SCOPED(catalogue_freep) struct catalogue *words = words_of("en");
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	const struct wording wording = { book->record, words, &book_sam };
	SCOPED(tongues_freep) struct tongues *tongues = NULL;
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep) char *got = NULL;
	struct about about = { .day = "2026-12-31" };

	assert_int_equal(
	    tongues_open(
		&(struct tongues_options){ .shipped = shipped, .staff = "en" },
		&tongues),
	    FAULT_NONE);
	about.tongues = tongues;
	(void)book_make(book, "suggestion", "text", "larger letters", "screen",
			"A4", NULL);
	(void)book_make(book, "suggestion", "text", "a bell", NULL);
	assert_int_equal(read_list(&about, &wording,
				   listing_find("open-suggestions"), LATER,
				   &page),
			 FAULT_NONE);
	got = paged(page);
	assert_string_equal(got, "title: Suggestions to decide\n"
				 "text: 2 rows. The oldest: 40 days\n"
				 "table: Suggestion | Screen | Question | By\n"
				 "row: larger letters | A4 |  | Sam\n"
				 "row: a bell |  |  | Sam\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(values_are_in_the_staffs_words),
		WITH_BOOK(an_agencys_own_field_has_its_own_label),
		WITH_BOOK(a_printed_list_says_how_many_and_how_old),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
