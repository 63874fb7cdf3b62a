#include <stdlib.h>

#include "base/memory.h"
#include "report/consent_page.h"
#include "report/facts_page.h"
#include "report/letter_page.h"
#include "report/list_page.h"
#include "report/matrix_page.h"
#include "report/places_page.h"
#include "report/plan_page.h"
#include "tests/support/paged.h"
#include "tests/test.h"

static int set_up(void **state)
{
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));
	struct about *about = xcalloc(1, sizeof *about);

	*about = (struct about){ .agency = "Riverside",
				 .phone = "613-555-0100",
				 .day = "2026-11-22",
				 .made_up = true };
	*state = about;
	return tongues_open(&(struct tongues_options){ .shipped = shipped,
						       .drafts = "ti",
						       .own = "fr",
						       .staff = "en" },
			    &about->tongues);
}

static int tear_down(void **state)
{
	struct about *about = *state;

	tongues_free(about->tongues);
	free(about);
	return 0;
}

static void expect(const struct page *page, const char *wanted)
{
	SCOPED(char_freep) char *got = paged(page);

	assert_string_equal(got, wanted);
}

#define HEADS                                                \
	"table: Ce qu’il faut faire / What to do | Qui / " \
	"Who | Pour quand / By when | Fait / Done\n"
#define CALL                                                        \
	"pair: Des questions? Appelez-nous / Questions? Call us | " \
	"613-555-0100\n"

static const struct task tasks[] = {
	{ NULL, "Book the test", TASK_NEWCOMER, NULL, "2026-12-01", TASK_OPEN },
	{ NULL, "Send papers", TASK_WORKER, "Ana Ruiz", NULL, TASK_DONE },
	{ NULL, "Find coats", 0, NULL, NULL, TASK_OPEN },
	{ "transport", "Bus pass", TASK_SPONSOR | TASK_SAH, NULL, NULL,
	  TASK_OPEN },
	{ "furniture", NULL, 0, NULL, NULL, TASK_NOT_NEEDED },
};

static void a_plan_says_who_does_what_by_when_and_whom_to_call(void **state)
{
	const struct plan_goal goals[] = {
		{ "Apprendre l’anglais", tasks, 2 },
		{ "Un logement", NULL, 0 },
	};
	const struct plan_page plan = {
		.name = "Haile",
		.number = "P-0042",
		.worker = "Ana Ruiz",
		.goals = goals,
		.goal_count = COUNT(goals),
		.appointment = { "2026-12-03", "10:30", NULL, "Room 2" },
	};
	SCOPED(page_freep) struct page *page = plan_page(*state, &plan);

	expect(page,
	       "title: Mon plan / My plan\n"
	       "pair: Nom / Name | Haile · P-0042\n"
	       "pair: Un employé d’ici / Our worker | Ana Ruiz\n"
	       "pair: Prochain rendez-vous / Next appointment | jeudi 3 "
	       "décembre 2026 / 2026-12-03 / 10:30 · Room 2\n" CALL
	       "heading: But / Goal\n"
	       "text: Apprendre l’anglais\n" HEADS
	       "row: Book the test | Vous / You | mardi 1 décembre 2026 / "
	       "2026-12-01 | [ ]\n"
	       "row: Send papers | Un employé d’ici / Our worker / Ana Ruiz |  "
	       "| [x]\n"
	       "heading: But / Goal\n"
	       "text: Un logement\n");
	assert_string_equal(page_foot(page)->agency, "Riverside");
	assert_string_equal(page_foot(page)->made_up.staff,
			    "Made-up data. Nobody here is real.");
	assert_string_equal(page_foot(page)->date, "2026-11-22");
}

static void nothing_is_said_of_what_is_not_known(void **state)
{
	struct about about = *(struct about *)*state;
	const struct plan_page plan = { 0 };
	SCOPED(page_freep) struct page *page = NULL;

	about.phone = NULL;
	about.made_up = false;
	page = plan_page(&about, &plan);
	expect(page, "title: Mon plan / My plan\n");
	assert_null(page_foot(page)->made_up.staff);
}

static void a_matrix_marks_what_nobody_or_several_answer_for(void **state)
{
	const struct matrix_page matrix = { .household = "P-0042",
					    .sponsor = "Elm Street group",
					    .worker = "Ana Ruiz",
					    .tasks = tasks,
					    .task_count = COUNT(tasks) };
	SCOPED(page_freep) struct page *page = matrix_page(*state, &matrix);

	expect(page,
	       "title: Qui fait quoi / Who does what\n"
	       "pair: Vous / You | P-0042\n"
	       "pair: Parrain / Sponsor | Elm Street group\n"
	       "pair: Un employé d’ici / Our worker | Ana Ruiz\n" CALL HEADS
	       "row: Book the test | Vous / You | mardi 1 décembre 2026 / "
	       "2026-12-01 | [ ]\n"
	       "row: Send papers | Un employé d’ici / Our worker / Ana Ruiz |  "
	       "| [x]\n"
	       "marked: Find coats | Personne encore. Choisissez une personne "
	       "/ Nobody yet. Choose one person |  | [ ]\n"
	       "marked: Transport / Getting around / Bus pass | Parrain; "
	       "L’organisme du parrain; Plus d’une "
	       "personne. Choisissez-en une / Sponsor; Sponsor’s organization; "
	       "More than one. Choose one person |  | [ ]\n"
	       "row: Meubles et objets de la maison / Furniture and household "
	       "things |  |  | Pas nécessaire / Not needed\n"
	       "sign: Signature\n");
}

static void places_say_what_one_needs_to_go_there(void **state)
{
	static const struct place places[] = {
		{ .name = "Food Bank",
		  .what_for = "Food once a week",
		  .address = "12 Water St",
		  .phone = "613-555-0111",
		  .hours = "Mon 9:00-16:00",
		  .bring = "Any paper with your address",
		  .cost = "$2",
		  .free = true,
		  .languages = "English, Arabic",
		  .walk_in = true },
		{ .name = "Clinic", .cost = "$20" },
	};
	SCOPED(page_freep)
	struct page *page = places_page(*state, places, COUNT(places));

	expect(page,
	       "title: Des endroits qui peuvent aider / Places that can help\n"
	       "heading: Food Bank\n"
	       "text: Food once a week\n"
	       "check: [x]Vous pouvez venir sans rendez-vous / You can come "
	       "without an appointment\n"
	       "pair: Adresse / Address | 12 Water St\n"
	       "pair: Téléphone / Phone | 613-555-0111\n"
	       "pair: Heures d’ouverture / Opening hours | Mon 9:00-16:00\n"
	       "pair: Langues / Languages | English, Arabic\n"
	       "pair: À apporter / Bring with you | Any paper with your "
	       "address\n"
	       "pair: Prix / Cost | Gratuit / Free of charge\n"
	       "heading: Clinic\n"
	       "pair: Prix / Cost | $20\n" CALL);
}

static void a_receipt_has_each_purpose_and_what_was_taken_back(void **state)
{
	static const struct consent_row rows[] = {
		{ CONSENT_USE_TODAY, NULL, CONSENT_GIVEN, "2026-11-22", NULL },
		{ CONSENT_SHARE, "Elm Clinic", CONSENT_WITHDRAWN, NULL,
		  "Ana Ruiz" },
		{ CONSENT_RESEARCH, NULL, CONSENT_REFUSED, NULL, NULL },
	};
	const struct consent_page consent = { "Haile", NULL, rows,
					      COUNT(rows) };
	SCOPED(page_freep) struct page *page = consent_page(*state, &consent);

	expect(page,
	       "title: Ce que vous avez décidé / What you decided\n"
	       "pair: Nom / Name | Haile\n"
	       "table:  |  | Date\n"
	       "row: Pour vous aider aujourd’hui / To help you today | Vous "
	       "avez dit oui / You said yes | dimanche 22 novembre 2026 / "
	       "2026-11-22\n"
	       "row: Pour donner vos réponses à un autre bureau / To give your "
	       "answers to another office / Elm Clinic | Vous avez retiré "
	       "votre oui / You took your yes back | Ana Ruiz\n"
	       "row: Pour la recherche / For research | Vous avez dit non / "
	       "You said no | \n"
	       "text: Vous pouvez changer d’avis à tout moment. Nous vous "
	       "aiderons quand même. / You can change this at any time. We "
	       "will help you all the same.\n" CALL);
}

static void a_letter_has_the_agencys_head_and_a_paragraph_a_line(void **state)
{
	const struct letter_page letter = { .to = "Haile\n12 Water St",
					    .number = "P-0042",
					    .text = "Dear Haile,\n\nSee you.",
					    .from = "Ana Ruiz" };
	SCOPED(page_freep) struct page *page = letter_page(*state, &letter);

	expect(page, "title: Riverside\n"
		     "text: 613-555-0100\n"
		     "text: dimanche 22 novembre 2026 / 2026-11-22\n"
		     "text: Haile\n12 Water St\n"
		     "text: P-0042\n"
		     "text: Dear Haile,\n"
		     "text: See you.\n"
		     "sign: Ana Ruiz\n");
}

static void facts_and_lists_are_in_the_staffs_words(void **state)
{
	static const struct fact facts[] = { { "Language", "ti" },
					     { "Gender", NULL } };
	static const struct facts parts[] = { { "Person", facts, 2 } };
	static const char *const heads[] = { "Number", "Since" };
	const struct list_page list = { .title = "Stale",
					.heads = heads,
					.columns = 2,
					.number = "2 rows",
					.oldest = "oldest: 40 days" };
	SCOPED(page_freep)
	struct page *summary = facts_page(*state, "P-0042", parts, 1);
	SCOPED(page_freep) struct page *listed = list_page(*state, &list);

	expect(summary, "title: P-0042\nheading: Person\n"
			"pair: Language | ti\n");
	expect(listed, "title: Stale\ntext: 2 rows. oldest: 40 days\n"
		       "table: Number | Since\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_plan_says_who_does_what_by_when_and_whom_to_call),
		cmocka_unit_test(nothing_is_said_of_what_is_not_known),
		cmocka_unit_test(
		    a_matrix_marks_what_nobody_or_several_answer_for),
		cmocka_unit_test(places_say_what_one_needs_to_go_there),
		cmocka_unit_test(
		    a_receipt_has_each_purpose_and_what_was_taken_back),
		cmocka_unit_test(
		    a_letter_has_the_agencys_head_and_a_paragraph_a_line),
		cmocka_unit_test(facts_and_lists_are_in_the_staffs_words),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
