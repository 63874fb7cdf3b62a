#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/read_consent.h"
#include "report/read_summary.h"
#include "tests/support/book.h"
#include "tests/support/paged.h"
#include "tests/test.h"

/* A record and the words to tell it in: French beside English. */
struct desk {
	struct book *book;
	struct catalogue *words;
	struct about about;
	struct wording wording;
};

static int begin(void **state)
{
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	struct desk *desk = xcalloc(1, sizeof *desk);

	setenv("TZ", "UTC", 1);
	assert_int_equal(book_open((void **)&desk->book), 0);
	desk->words = catalogue_new("en");
	assert_int_equal(catalogue_add_family(desk->words, shipped, "desk"),
			 FAULT_NONE);
	desk->about.day = "2026-11-21";
	desk->wording =
	    (struct wording){ desk->book->record, desk->words, &book_sam };
	*state = desk;
	return tongues_open(&(struct tongues_options){ .shipped = shipped,
						       .own = "fr",
						       .staff = "en" },
			    &desk->about.tongues);
}

static int end(void **state)
{
	struct desk *desk = *state;

	book_close((void **)&desk->book);
	catalogue_free(desk->words);
	tongues_free(desk->about.tongues);
	free(desk);
	return 0;
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, begin, end)

static void expect(const struct page *page, const char *wanted)
{
	SCOPED(char_freep) char *got = paged(page);

	assert_string_equal(got, wanted);
}

static void a_person(struct book *book)
{
	(void)book_make(book, "person", "language", "ti", "birth_from",
			"1990-02", NULL);
	(void)book_make(book, "name", "person", "1", "latin", "Haile", NULL);
}

static void a_receipt_has_what_was_said_last(void **state)
{
	struct desk *desk = *state;
	SCOPED(page_freep) struct page *page = NULL;

	a_person(desk->book);
	(void)book_make(desk->book, "consent", "person", "1", "purpose", "keep",
			NULL);
	(void)book_make(desk->book, "consent", "person", "1", "purpose",
			"share", "recipient", "Elm Clinic", NULL);
	assert_int_equal(book_move(desk->book, "consent", 2, "withdrawn"),
			 ENTITY_DONE);
	assert_int_equal(read_consent(&desk->about, &desk->wording, 1, &page),
			 FAULT_NONE);
	expect(page,
	       "title: Ce que vous avez décidé / What you decided\n"
	       "pair: Nom / Name | Haile · P-1\n"
	       "table:  |  | Date\n"
	       "row: Pour garder vos réponses dans votre dossier / To keep "
	       "your answers in your file | Vous avez dit oui / You said yes "
	       "| samedi 21 novembre 2026 / 2026-11-21 / Sam\n"
	       "row: Pour donner vos réponses à un autre bureau / To give your "
	       "answers to another office / Elm Clinic | Vous avez retiré "
	       "votre oui / You took your yes back | samedi 21 novembre 2026 / "
	       "2026-11-21 / Sam\n"
	       "text: Vous pouvez changer d’avis à tout moment. Nous vous "
	       "aiderons quand même. / You can change this at any time. We "
	       "will help you all the same.\n");
}

static void count_views(void *to, const struct record_audit *row)
{
	int *views = to;

	*views += strcmp(row->act, "view") == 0 &&
		  strcmp(row->subject, "identifier") == 0;
}

static void a_summary_has_what_another_system_asks_and_no_note(void **state)
{
	struct desk *desk = *state;
	SCOPED(page_freep) struct page *page = NULL;
	int views = 0;

	a_person(desk->book);
	(void)book_make(desk->book, "contact", "person", "1", "what", "phone",
			"value", "613-555-0199", "note", "mornings", NULL);
	(void)book_make(desk->book, "status", "person", "1", "category",
			"RES_PRV", NULL);
	(void)book_make(desk->book, "identifier", "person", "1", "what", "UCI",
			"value", "1234-5678", NULL);
	(void)book_make(desk->book, "note", "person", "1", "text", "afraid",
			"guard", "safety", NULL);
	assert_int_equal(
	    read_summary(&desk->about, &desk->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page, "title: Summary to hand over\n"
		     "heading: Name\n"
		     "pair: Name in A-B-C letters | Haile\n"
		     "heading: Person\n"
		     "pair: Number | P-1\n"
		     "pair: Born on or after | 1990-02\n"
		     "pair: Speaks best | ti\n"
		     "heading: Contact\n"
		     "pair: Phone | 613-555-0199 · mornings\n"
		     "heading: Document number\n"
		     "pair: UCI | 1234-5678\n"
		     "heading: Status in Canada\n"
		     "pair: Category | Refugee, privately sponsored\n");
	assert_int_equal(
	    record_audit_each(desk->book->record, 0, count_views, &views),
	    FAULT_NONE);
	assert_int_equal(views, 1);
}

static void nobody_elses_team_is_handed_over(void **state)
{
	static const struct record_who worker = {
		.user = "Lou", .desk = "", .roles = ROLE_WORKER, .teams = "[]"
	};
	struct desk *desk = *state;
	SCOPED(page_freep) struct page *page = NULL;

	(void)book_make(desk->book, "team", "name", "A", NULL);
	(void)book_make(desk->book, "person", "team", "1", NULL);
	(void)book_make(desk->book, "name", "person", "1", "latin", "Haile",
			NULL);
	desk->wording.who = &worker;
	assert_int_equal(
	    read_summary(&desk->about, &desk->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page, "title: Summary to hand over\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DESK(a_receipt_has_what_was_said_last),
		WITH_DESK(a_summary_has_what_another_system_asks_and_no_note),
		WITH_DESK(nobody_elses_team_is_handed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
