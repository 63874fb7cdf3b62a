#include "report/shared.h"

#include <string.h>

#include "base/memory.h"
#include "report/protect.h"
#include "report/report_write.h"
#include "tests/support/paged.h"
#include "tests/support/teller.h"
#include "tests/test.h"

static const uint8_t seed[KEY_BYTES] = { 4, 2 };

/* So many people, and referrals: many for housing, two for work. */
static void fill(struct book *book, int people)
{
	for (int i = 0; i < people; i++)
		(void)book_make(book, "person", NULL);
	for (int i = 0; i < 44; i++)
		(void)book_make(book, "referral", "person", "1", "direction",
				"out", "elsewhere", "Red Cross", "need",
				i < 21   ? "HOU"
				: i < 42 ? "FOO"
					 : "EMP",
				NULL);
}

static enum shared_answer share_of(struct teller *teller, const char *name,
				   const char *from, const char *to,
				   struct reported *out)
{
	struct period period;
	enum shared_answer answer;

	assert_int_equal(period_read(from, to, BOOK_NOW, &period), PERIOD_READ);
	assert_int_equal(shared_read(&teller->wording, report_find(name),
				     &period, seed, &answer, out),
			 FAULT_NONE);
	return answer;
}

static enum shared_answer share(struct teller *teller, const char *name,
				struct reported *out)
{
	return share_of(teller, name, "2026-11", "2026-11", out);
}

static char *text_of(const struct teller *teller,
		     const struct reported *reported)
{
	struct period period;
	const struct report_about about = { .period = &period,
					    .wording = &teller->wording };
	struct bytes bytes = { 0 };

	(void)period_read("2026-11", "2026-11", BOOK_NOW, &period);
	report_csv(reported, &about, &bytes);
	return bytes_take_text(&bytes);
}

static void what_is_shared_is_rounded_and_says_what_it_hid(void **state)
{
	struct teller *teller = *state;
	struct reported reported;
	SCOPED(char_freep) char *text = NULL;

	fill(teller->book, SHARED_PEOPLE);
	assert_int_equal(share(teller, "referrals", &reported), SHARED_MADE);
	text = text_of(teller, &reported);
	/* Who a referral went to may be one house with one worker. */
	assert_null(strstr(text, "Red Cross"));
	assert_non_null(strstr(text, "Left out: Referrals by service, "
				     "Feedback on referrals."));
	assert_non_null(strstr(text, "To be shared: "));
	/* Two for work are no more than "<5", and are not the total's rest. */
	assert_non_null(strstr(text, "\"Work\",\"<5\""));
	assert_null(strstr(text, "\"44\""));
	assert_null(strstr(text, "\"21\""));
	reported_done(&reported);
}

static void a_site_of_few_people_shares_nothing(void **state)
{
	struct teller *teller = *state;
	struct reported reported;

	fill(teller->book, SHARED_PEOPLE - 1);
	assert_int_equal(share(teller, "referrals", &reported), SHARED_TOO_FEW);
}

static void some_reports_are_not_for_others(void **state)
{
	struct teller *teller = *state;
	struct reported reported;

	fill(teller->book, SHARED_PEOPLE);
	assert_int_equal(share(teller, "quality", &reported), SHARED_NOTHING);
}

static void
no_table_is_shared_that_counts_by_three_things_or_by_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < tally_count(); i++) {
		const struct tally *tally = tally_at(i);
		size_t by = 0, counts = 0;

		if (!tally->shared)
			continue;
		for (size_t j = 0; j < tally_width(tally); j++) {
			const struct kind *kind;
			const struct field *field =
			    tally_field(tally, j, &kind);

			if (tally->columns[j].measure != TALLY_BY) {
				counts++;
				continue;
			}
			by++;
			/* A month, so many months, codes or a language. */
			assert_true(
			    field->type == FIELD_CODE ||
			    strcmp(field->name, "language") == 0 ||
			    strncmp(tally->columns[j].name, "month", 5) == 0);
		}
		assert_true(by == 1 || (by == 2 && counts == 1));
		assert_true(counts < PROTECT_COLUMNS);
	}
}

static void what_is_shared_twice_is_the_same(void **state)
{
	struct teller *teller = *state;
	struct reported one, two;
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;

	fill(teller->book, SHARED_PEOPLE);
	assert_int_equal(share(teller, "referrals", &one), SHARED_MADE);
	/* Of other days that the same people are in, too. */
	assert_int_equal(
	    share_of(teller, "referrals", "2026-10", "2026-11", &two),
	    SHARED_MADE);
	first = text_of(teller, &one);
	second = text_of(teller, &two);
	assert_string_equal(first, second);
	reported_done(&one);
	reported_done(&two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(what_is_shared_is_rounded_and_says_what_it_hid),
		WITH_TELLER(a_site_of_few_people_shares_nothing),
		WITH_TELLER(some_reports_are_not_for_others),
		cmocka_unit_test(
		    no_table_is_shared_that_counts_by_three_things_or_by_name),
		WITH_TELLER(what_is_shared_twice_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
