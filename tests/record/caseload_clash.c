#include <stdlib.h>

#include "record/consent.h"
#include "record/enrolled.h"
#include "record/people_merge.h"
#include "record/people_visit.h"
#include "record/ticket.h"
#include "tests/support/folder.h"
#include "tests/support/pair.h"
#include "tests/support/sample.h"
#include "tests/test.h"

/* What two records made of the same people, where it is easily lost. */

/* --- out -------------------------------------------------------------------
 */

static void whoever_has_no_team_goes_with_none(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const struct caseload_scope scope = { .team = 1 };
	struct caseload_told told;

	(void)book_make(home, "team", "name", "North", NULL);
	(void)book_make(home, "person", NULL);
	assert_int_equal(check_out(pair, &scope), CASELOAD_NOBODY);
	(void)book_make(home, "person", "team", "1", NULL);
	assert_int_equal(check_out(pair, &scope), CASELOAD_DONE);
	assert_int_equal(open_file(pair, &pair->away, &told), CASELOAD_DONE);
	assert_int_equal(told.held.people, 1);
	assert_int_equal(total(&pair->away, "person"), 1);
}

/* --- fields ----------------------------------------------------------------
 */

static int64_t make_assessment(struct book *book)
{
	return book_make(book, "assessment", "person", "1", "number", "1",
			 "what", "first", "day", "2026-11-01", "next_due",
			 "2027-01-01", NULL);
}

static int64_t make_level(struct book *book)
{
	return book_make(book, "level", "assessment", "1", "person", "1",
			 "domain", "HOU", "level", "stable", "source", "told",
			 NULL);
}

static void nothing_loses_what_it_cannot_be_without(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;

	(void)book_make(home, "person", NULL);
	(void)make_assessment(home);
	(void)make_level(home);
	(void)book_make(home, "conflict", "what", "level.domain", "subject",
			"1", "person", "1", "ours", "HOU", "guard", "open",
			NULL);
	assert_int_equal(book_move(home, "conflict", 1, "theirs"),
			 ENTITY_WRONG);
	is_value(home, "level", 1, "domain", "HOU");
	assert_int_equal(book_move(home, "conflict", 1, "ours"), ENTITY_DONE);
}

static void nobody_signs_what_they_never_saw(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)make_assessment(home);
	(void)make_level(home);
	take_out(pair, &person, 1);
	save_as(home, "level", 1, "note", "Here", &book_ana, BOOK_NOW);
	save_as(away, "assessment", 1, "signed_at", "1795300000000", &mira,
		BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "assessment", 1, "signed_at", "");
	is_value(home, "conflict", 1, "what", "assessment.signed_at");
}

static void what_was_changed_and_signed_away_is_signed(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)make_assessment(home);
	take_out(pair, &person, 1);
	(void)make_level(away);
	save_as(away, "assessment", 1, "note", "Away", &mira, BOOK_NOW);
	save_as(away, "assessment", 1, "signed_at", "1795300000000", &mira,
		BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 0);
	is_value(home, "assessment", 1, "signed_at", "1795300000000");
}

static void a_conflict_is_as_secret_as_its_note_and_goes_with_it(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)book_make(home, "note", "person", "1", "text", "one", "guard",
			"open", NULL);
	take_out(pair, &person, 1);
	save_as(home, "note", 1, "text", "here", &book_ana, BOOK_NOW);
	save_as(away, "note", 1, "text", "away", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "conflict", 1, "guard", "open");
	save_as(home, "note", 1, "guard", "safety", &book_ana, BOOK_NOW);
	is_value(home, "conflict", 1, "guard", "safety");
	assert_int_equal(
	    person_erase(home->record, 1, "withdrawn", &book_sam, BOOK_NOW),
	    FAULT_NONE);
	assert_int_equal(total(home, "conflict"), 0);
}

static void each_laptop_has_a_conflict_of_its_own(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t person =
	    book_make(home, "person", "language", "ti", NULL);
	struct book other = { .folder = folder_new() };
	struct caseload_told told;

	take_out(pair, &person, 1);
	assert_int_equal(open_file(pair, &other, &told), CASELOAD_DONE);
	save_as(home, "person", 1, "language", "am", &book_ana, BOOK_NOW);
	save_as(&pair->away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	save_as(&other, "person", 1, "language", "fr", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	check_in(pair, &other);
	assert_int_equal(merge_file(pair, &told), CASELOAD_DONE);
	assert_int_equal(told.conflicts, 1);
	is_value(home, "conflict", 1, "theirs", "ar");
	is_value(home, "conflict", 2, "theirs", "fr");
	save_as(&pair->away, "person", 1, "language", "fa", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 0);
	is_value(home, "conflict", 1, "theirs", "fa");
	record_close(other.record);
	folder_freep(&other.folder);
}

/* --- walls -----------------------------------------------------------------
 */

static void a_conflict_stands_behind_the_wall_of_what_it_leads_to(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);

	(void)book_make(home, "household", NULL);
	(void)book_make(home, "member", "household", "1", "person", "1", NULL);
	(void)book_make(home, "meeting", "household", "1", "day", "2026-11-20",
			"what", "CONF", NULL);
	(void)book_make(home, "party", "meeting", "1", "who", "other", "name",
			"one", NULL);
	take_out(pair, &person, 1);
	save_as(home, "party", 1, "name", "here", &book_ana, BOOK_NOW);
	save_as(away, "party", 1, "name", "away", &mira, BOOK_NOW);
	assert_int_equal(bring_back(pair).conflicts, 1);
	is_value(home, "conflict", 1, "what", "party.name");
	is_value(home, "conflict", 1, "household", "1");
}

/* --- merged meanwhile ------------------------------------------------------
 */

static void merge_people(struct book *book, int64_t kept, int64_t merged)
{
	enum people_answer answer;

	assert_int_equal(people_merge(book->record, kept, merged, "same",
				      &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

static void new_work_is_whose_they_are_now(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t kept = book_make(home, "person", NULL);
	const int64_t person = book_make(home, "person", NULL);

	take_out(pair, &person, 1);
	merge_people(home, kept, person);
	(void)book_make(&pair->away, "note", "person", "2", "text", "away",
			"guard", "open", NULL);
	assert_int_equal(bring_back(pair).left, 0);
	is_value(home, "note", 1, "person", "1");
}

static int64_t person_of(struct book *book, int64_t visit)
{
	int64_t person;

	assert_int_equal(people_of_visit(book->record, visit, &person),
			 FAULT_NONE);
	return person;
}

static void attach(struct book *book, int64_t visit, int64_t person)
{
	enum people_answer answer;

	assert_int_equal(people_attach(book->record, visit, person, true,
				       &book_sam, SAMPLE_NOON, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

static void detach(struct book *book, int64_t visit)
{
	enum people_answer answer;

	assert_int_equal(
	    people_detach(book->record, visit, &book_sam, SAMPLE_NOON, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_DONE);
}

/* 1 is merged into 2 at home after 1 went out with a visit. */
static int64_t take_out_merged(struct pair *pair)
{
	struct book *home = &pair->home;
	const int64_t people[] = { book_make(home, "person", NULL),
				   book_make(home, "person", NULL) };
	struct sample sample;
	int64_t visit;

	sample_init(&sample, 1);
	visit = sample_file(home->record, &sample);
	attach(home, visit, people[0]);
	take_out(pair, people, 2);
	merge_people(home, people[1], people[0]);
	assert_int_equal(person_of(home, visit), people[1]);
	return visit;
}

static void a_visit_that_was_left_alone_away_stays_whose_it_is(void **state)
{
	struct pair *pair = *state;
	const int64_t visit = take_out_merged(pair);

	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(person_of(&pair->home, visit), 2);
	/* Taken away here, and left alone there. */
	detach(&pair->home, visit);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(person_of(&pair->home, visit), 0);
}

static void a_visit_taken_away_on_the_laptop_is_nobodys_here(void **state)
{
	struct pair *pair = *state;
	const int64_t visit = take_out_merged(pair);

	detach(&pair->away, visit);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(person_of(&pair->home, visit), 0);
	attach(&pair->away, visit, 1);
	assert_int_equal(bring_back(pair).conflicts, 0);
	assert_int_equal(person_of(&pair->home, visit), 2);
}

static void a_visit_that_was_erased_here_gets_no_words_back(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home, *away = &pair->away;
	const int64_t person = book_make(home, "person", NULL);
	enum visit_acted answer;
	struct sample sample;
	int64_t visit;

	sample_init(&sample, 1);
	visit = sample_file(home->record, &sample);
	attach(home, visit, person);
	take_out(pair, &person, 1);
	for (int i = 0; i < 2; i++)
		assert_int_equal(visit_override(away->record, visit, VISIT_U1,
						i ? "Aleppo" : "Zanzibar",
						&mira, SAMPLE_NOON, &answer),
				 FAULT_NONE);
	assert_int_equal(visit_withdraw(home->record, visit, &book_ana,
					SAMPLE_NOON, &answer),
			 FAULT_NONE);
	(void)bring_back(pair);
	assert_false(folder_holds(home->folder, "Zanzibar"));
	assert_false(folder_holds(home->folder, "Aleppo"));
}

/* --- tickets ---------------------------------------------------------------
 */

static void tickets_of_a_kiosk_that_was_revoked_are_held_back(void **state)
{
	struct pair *pair = *state;
	struct book *home = &pair->home;
	const int64_t person = book_make(home, "person", NULL);
	struct caseload_told told;
	struct held *held;
	struct sample sample;
	size_t count;

	sample_init(&sample, 1);
	assert_int_equal(enrolled_add(home->record, sample.kiosk, "K7",
				      "America/Toronto", &book_sam, BOOK_NOW,
				      &(enum enrolled_answer){ 0 }),
			 FAULT_NONE);
	take_out(pair, &person, 1);
	for (uint32_t seq = 4; seq <= 5; seq++) {
		sample_init(&sample, seq);
		(void)sample_file(pair->away.record, &sample);
	}
	assert_int_equal(enrolled_revoke(home->record, sample.kiosk, 4,
					 &book_sam, BOOK_NOW,
					 &(enum enrolled_answer){ 0 }),
			 FAULT_NONE);
	told = bring_back(pair);
	assert_int_equal(told.visits, 1);
	assert_int_equal(told.held_back, 1);
	assert_int_equal(held_read(home->record, &held, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(held[0].reason, "revoked");
	free(held);
	assert_int_equal(bring_back(pair).held_back, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_PAIR(whoever_has_no_team_goes_with_none),
		WITH_PAIR(nothing_loses_what_it_cannot_be_without),
		WITH_PAIR(nobody_signs_what_they_never_saw),
		WITH_PAIR(a_conflict_is_as_secret_as_its_note_and_goes_with_it),
		WITH_PAIR(new_work_is_whose_they_are_now),
	};
	/* Each takes seconds under valgrind. */
	const struct CMUnitTest more[] = {
		WITH_PAIR(what_was_changed_and_signed_away_is_signed),
		WITH_PAIR(each_laptop_has_a_conflict_of_its_own),
		WITH_PAIR(
		    a_conflict_stands_behind_the_wall_of_what_it_leads_to),
		WITH_PAIR(a_visit_that_was_left_alone_away_stays_whose_it_is),
		WITH_PAIR(a_visit_taken_away_on_the_laptop_is_nobodys_here),
		WITH_PAIR(a_visit_that_was_erased_here_gets_no_words_back),
		WITH_PAIR(tickets_of_a_kiosk_that_was_revoked_are_held_back),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (!getenv("FOYER_SLOW"))
		failed += cmocka_run_group_tests(more, NULL, NULL);
	return failed;
}
