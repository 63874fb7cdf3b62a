#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "report/read_consent.h"
#include "report/read_matrix.h"
#include "report/read_plan.h"
#include "report/read_summary.h"
#include "tests/support/paged.h"
#include "tests/support/teller.h"
#include "tests/test.h"

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
	struct teller *teller = *state;
	SCOPED(page_freep) struct page *page = NULL;

	a_person(teller->book);
	(void)book_make(teller->book, "consent", "person", "1", "purpose",
			"keep", NULL);
	(void)book_make(teller->book, "consent", "person", "1", "purpose",
			"share", "recipient", "Elm Clinic", NULL);
	assert_int_equal(book_move(teller->book, "consent", 2, "withdrawn"),
			 ENTITY_DONE);
	assert_int_equal(
	    read_consent(&teller->about, &teller->wording, 1, &page),
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
	struct teller *teller = *state;
	SCOPED(page_freep) struct page *page = NULL;
	int views = 0;

	a_person(teller->book);
	(void)book_make(teller->book, "contact", "person", "1", "what", "phone",
			"value", "613-555-0199", "note", "mornings", NULL);
	(void)book_make(teller->book, "status", "person", "1", "category",
			"RES_PRV", NULL);
	(void)book_make(teller->book, "identifier", "person", "1", "what",
			"UCI", "value", "1234-5678", NULL);
	(void)book_make(teller->book, "note", "person", "1", "text", "afraid",
			"guard", "safety", NULL);
	assert_int_equal(
	    read_summary(&teller->about, &teller->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page, "title: Summary to hand over\n"
		     "heading: Name\n"
		     "pair: Name in A-B-C letters | Haile\n"
		     "heading: Person\n"
		     "pair: Number | P-1\n"
		     "pair: Born on or after | 1990-02\n"
		     "pair: Speaks best | Tigrinya\n"
		     "heading: Contact\n"
		     "pair: Phone | 613-555-0199 · mornings\n"
		     "heading: Document number\n"
		     "pair: UCI | 1234-5678\n"
		     "heading: Status in Canada\n"
		     "pair: Category | Refugee, privately sponsored\n");
	assert_int_equal(
	    record_audit_each(teller->book->record, 0, count_views, &views),
	    FAULT_NONE);
	assert_int_equal(views, 1);
}

static void nobody_elses_team_is_handed_over(void **state)
{
	static const struct record_who worker = {
		.user = "Lou", .desk = "", .roles = ROLE_WORKER, .teams = "[]"
	};
	struct teller *teller = *state;
	SCOPED(page_freep) struct page *page = NULL;

	(void)book_make(teller->book, "team", "name", "A", NULL);
	(void)book_make(teller->book, "person", "team", "1", NULL);
	(void)book_make(teller->book, "name", "person", "1", "latin", "Haile",
			NULL);
	teller->wording.who = &worker;
	assert_int_equal(
	    read_summary(&teller->about, &teller->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page, "title: Summary to hand over\n");
}

static void a_plan_has_what_is_open_and_the_next_appointment(void **state)
{
	struct teller *teller = *state;
	struct book *book = teller->book;
	SCOPED(page_freep) struct page *page = NULL;

	a_person(book);
	(void)book_make(book, "user", "name", "Ana Ruiz", NULL);
	(void)book_make(book, "household", "family_code", "F-7", "worker", "1",
			NULL);
	(void)book_make(book, "member", "household", "1", "person", "1", NULL);
	(void)book_make(book, "goal", "person", "1", "domain", "LAN", "words",
			"ቋንቋ ክምህር እደሊ", NULL);
	(void)book_make(book, "goal", "person", "1", "domain", "HOU", "words",
			"Not any more", NULL);
	assert_int_equal(book_move(book, "goal", 2, "not-needed"), ENTITY_DONE);
	(void)book_make(book, "step", "goal", "1", "person", "1", "action",
			"Book the test", "by", "newcomer", "due", "2026-12-01",
			NULL);
	(void)book_make(book, "step", "goal", "1", "person", "1", "action",
			"Send papers", "by", "worker", "worker", "1", NULL);
	(void)book_make(book, "step", "goal", "1", "person", "1", "action",
			"Find coats", NULL);
	assert_int_equal(book_move(book, "step", 2, "done"), ENTITY_DONE);
	(void)book_make(book, "assessment", "person", "1", "number", "1",
			"what", "first", "day", "2026-11-01", "strengths",
			"Speaks three languages", NULL);
	(void)book_make(book, "level", "assessment", "1", "person", "1",
			"domain", "SAF", "level", "crisis", "source", "told",
			"strengths", "Has a sister here", NULL);
	/* Of yesterday, and of 3 December 15:30. */
	(void)book_make(book, "appointment", "person", "1", "at",
			"1795200000000", "mode", "phone", NULL);
	(void)book_make(book, "appointment", "person", "1", "at",
			"1796311800000", "mode", "in-person", "worker", "1",
			NULL);
	assert_int_equal(
	    read_plan(&teller->about, &teller->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page,
	       "title: Mon plan / My plan\n"
	       "pair: Nom / Name | Haile · P-1\n"
	       "pair: Un employé d’ici / Our worker | Ana Ruiz\n"
	       "pair: Prochain rendez-vous / Next appointment | jeudi 3 "
	       "décembre 2026 / 2026-12-03 / 15:30 · Ana Ruiz\n"
	       "text: ✦ Speaks three languages\n"
	       "heading: But / Goal\n"
	       "text: ቋንቋ ክምህር እደሊ\n"
	       "table: Ce qu’il faut faire / What to do | Qui / Who | Pour "
	       "quand / By when | Fait / Done\n"
	       "row: Book the test | Vous / You | mardi 1 décembre 2026 / "
	       "2026-12-01 | [ ]\n"
	       "row: Send papers | Un employé d’ici / Our worker / Ana Ruiz | "
	       " | [x]\n"
	       "marked: Find coats | Personne encore. Choisissez une personne "
	       "/ Nobody yet. Choose one person |  | [ ]\n");
}

static void
a_matrix_is_in_both_languages_and_hides_what_is_private(void **state)
{
	struct teller *teller = *state;
	struct book *book = teller->book;
	SCOPED(page_freep) struct page *page = NULL;

	(void)book_make(book, "sponsor_group", "what", "SAH", "name", "Diocese",
			NULL);
	(void)book_make(book, "sponsor_group", "what", "CG", "name",
			"Elm Street", "parent", "1", NULL);
	(void)book_make(book, "sponsorship", "sponsor_group", "2", NULL);
	(void)book_make(book, "responsibility", "sponsorship", "1", "task",
			"furniture", "detail", "two beds", "owners", "sponsor",
			"due", "2026-12-01", NULL);
	(void)book_make(book, "responsibility", "sponsorship", "1", "task",
			"school", "owners", "sponsor worker", NULL);
	(void)book_make(book, "responsibility", "sponsorship", "1", "task",
			"safety", "detail", "lock", "private", "1", NULL);
	assert_int_equal(
	    read_matrix(&teller->about, &teller->wording, 1, BOOK_NOW, &page),
	    FAULT_NONE);
	expect(page,
	       "title: Qui fait quoi / Who does what\n"
	       "pair: Parrain / Sponsor | Elm Street\n"
	       "pair: L’organisme du parrain / Sponsor’s organization | "
	       "Diocese\n"
	       "table: Ce qu’il faut faire / What to do | Qui / Who | Pour "
	       "quand / By when | Fait / Done\n"
	       "marked: École / School | Parrain; Un employé d’ici; Plus "
	       "d’une personne. Choisissez-en une / Sponsor; Our worker; More "
	       "than one. Choose one person |  | [ ]\n"
	       "row: Meubles et objets de la maison / Furniture and household "
	       "things / two beds | Parrain / Sponsor | mardi 1 décembre 2026 "
	       "/ 2026-12-01 | [ ]\n"
	       "sign: Signature\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(a_receipt_has_what_was_said_last),
		WITH_TELLER(a_summary_has_what_another_system_asks_and_no_note),
		WITH_TELLER(a_plan_has_what_is_open_and_the_next_appointment),
		WITH_TELLER(
		    a_matrix_is_in_both_languages_and_hides_what_is_private),
		WITH_TELLER(nobody_elses_team_is_handed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
