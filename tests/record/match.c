#include "record/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/pairs.h"
#include "tests/test.h"

static struct match match_of(const struct pair *row)
{
	struct described a, b;
	struct match match, back;

	described_read(&a, row->cell + PAIR_A);
	described_read(&b, row->cell + PAIR_B);
	match = match_people(&a.person, &b.person);
	back = match_people(&b.person, &a.person);
	if (match.suggested != back.suggested)
		fail_msg("%s and %s: %d one way, %d the other",
			 row->cell[PAIR_A], row->cell[PAIR_B], match.strength,
			 back.strength);
	described_done(&a);
	described_done(&b);
	return match;
}

static void print_reasons(unsigned reasons)
{
	for (int i = 0; i < MATCH_REASONS; i++) {
		if (reasons & 1u << i)
			print_message(" %s", match_reason_word(i));
	}
	print_message("\n");
}

/* Prints what it got wrong, so that a change of costs can be judged. */
static void measure(const char *set, double *recall, double *precision)
{
	int found = 0, missed = 0, wrong = 0, right = 0;

	for (size_t i = 0; i < pair_count; i++) {
		const struct pair *row = &pairs[i];
		bool same = strcmp(row->cell[PAIR_SAME], "yes") == 0;
		struct match match;

		if (strcmp(row->cell[PAIR_SET], set) != 0)
			continue;
		match = match_of(row);
		found += same && match.suggested;
		missed += same && !match.suggested;
		wrong += !same && match.suggested;
		right += !same && !match.suggested;
		if (same == match.suggested || (*set == 'h' && !getenv("HELD")))
			continue;
		print_message("%s %s: %s | %s: %d", same ? "missed" : "wrong",
			      row->cell[PAIR_KIND], row->cell[PAIR_A],
			      row->cell[PAIR_B], match.strength);
		print_reasons(match.reasons);
	}
	*recall = (double)found / (found + missed);
	*precision = (double)found / (found + wrong);
	print_message("%s: recall %.3f (%d of %d), precision %.3f (%d false of"
		      " %d pairs of two people)\n",
		      set, *recall, found, found + missed, *precision, wrong,
		      wrong + right);
}

static void pairs_are_suggested_as_labelled(void **state)
{
	static const char *const sets[] = { "tune", "held" };

	(void)state;
	for (size_t i = 0; i < COUNT(sets); i++) {
		double recall, precision;

		measure(sets[i], &recall, &precision);
		assert_true(recall >= 0.95);
		assert_true(precision >= 0.80);
	}
}

/* Cells as in the pairs' file. */
static void a_verdict_names_its_reasons(void **state)
{
	static const struct {
		const char *a[5], *b[5];
		bool suggested;
		const char *reasons;
	} cases[] = {
		{ { "Ali Omar", "1985-03-04", "", "", "" },
		  { "ALI, OMAR", "1985-03-04", "", "", "" },
		  true,
		  " name birth-day" },
		{ { "Ali Omar", "", "", "", "" },
		  { "Omar Ali", "", "", "", "" },
		  true,
		  " name order" },
		{ { "Hossein Rezai", "1980", "", "", "" },
		  { "حسین رضایی", "1980-05-01", "", "", "" },
		  true,
		  " sound birth" },
		{ { "Xasan Cumar", "1980-02-02", "", "", "" },
		  { "Hassan Omar", "1980-02-02", "", "", "" },
		  true,
		  " spelling birth-day" },
		{ { "محمد", "1980-02-02", "", "", "" },
		  { "Mohammad", "1980-02-02", "", "", "" },
		  true,
		  " sound birth-day" },
		/* A birthday of 1 January says no more than its year. */
		{ { "Ali Omar", "1985-01-01", "", "", "" },
		  { "Ali Omar", "1985-01-01", "", "", "" },
		  true,
		  " name birth" },
		{ { "Ali Omar", "1985-07-01*", "", "", "" },
		  { "Ali Omar", "1985-03-04", "", "", "" },
		  true,
		  " name birth" },
		{ { "Ali Omar", "1985-03-04", "", "", "" },
		  { "Ali Omar", "1985-04-03", "", "", "" },
		  true,
		  " name birth-near" },
		/* One word that is a part of the other's name is too little. */
		{ { "Fatima", "", "", "", "" },
		  { "Fatima Hassan Ali", "", "", "", "" },
		  false,
		  " name part" },
		{ { "Fatima", "", "+1 416 555 0199", "", "" },
		  { "Fatima Hassan Ali", "", "(416) 555-0199", "", "" },
		  true,
		  " contact name part" },
		/* Brother and sister behind one phone; a namesake. */
		{ { "Amina Noori", "1990", "4165550199", "F1", "W" },
		  { "Hamid Noori", "1992", "4165550199", "F1", "M" },
		  false,
		  " contact household relative other-birth other-gender" },
		{ { "Ali Omar", "1985", "", "", "" },
		  { "Ali Omar", "1994", "", "", "" },
		  false,
		  " name other-birth" },
		/* A year of another calendar is no year. */
		{ { "Ali Omar", "1364", "", "", "" },
		  { "Ali Omar", "1985", "", "", "" },
		  true,
		  " name" },
		{ { "", "", "", "", "" }, { "", "", "", "", "" }, false, "" },
		{ { "Ali", "", "", "", "" },
		  { "Sara", "", "", "", "" },
		  false,
		  " other-name" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct pair row = { 0 };
		struct match match;
		char reasons[200] = "";

		for (size_t k = 0; k < 5; k++) {
			row.cell[PAIR_A + k] = (char *)cases[i].a[k];
			row.cell[PAIR_B + k] = (char *)cases[i].b[k];
		}
		match = match_of(&row);
		for (int k = 0; k < MATCH_REASONS; k++) {
			if (match.reasons & 1u << k) {
				strcat(reasons, " ");
				strcat(reasons, match_reason_word(k));
			}
		}
		assert_string_equal(reasons, cases[i].reasons);
		assert_int_equal(match.suggested, cases[i].suggested);
	}
}

static void the_ticket_alone_is_enough(void **state)
{
	const struct match_person person = { .ticket = "K7-0412" };
	const struct match_person other = { .ticket = "K7-0413" };

	(void)state;
	assert_true(match_people(&person, &person).suggested);
	assert_int_equal(match_people(&person, &person).strength,
			 MATCH_CERTAIN);
	assert_false(match_people(&person, &other).suggested);
}

static void contacts_are_compared_without_their_dress(void **state)
{
	static const struct {
		const char *contact, *plain;
	} contacts[] = {
		{ "+1 (416) 555-0199", "165550199" },
		{ "416.555.0199", "165550199" },
		{ "٤١٦ ٥٥٥ ٠١٩٩", "165550199" },
		{ " Ali.Omar@Example.ORG ", "ali.omar@example.org" },
		{ "1234567@example.org", "1234567@example.org" },
		{ "Room 12", "room12" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(contacts); i++) {
		SCOPED(char_freep)
		char *plain = match_contact(contacts[i].contact);

		assert_string_equal(plain, contacts[i].plain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pairs_are_suggested_as_labelled),
		cmocka_unit_test(a_verdict_names_its_reasons),
		cmocka_unit_test(the_ticket_alone_is_enough),
		cmocka_unit_test(contacts_are_compared_without_their_dress),
	};

	return cmocka_run_group_tests(tests, pairs_read, pairs_forget);
}
