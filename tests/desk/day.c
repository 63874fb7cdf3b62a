#include "desk/day.h"

#include <stdlib.h>

#include "base/data.h"
#include "tests/test.h"

#define SUNDAY "2026-11-22"

static struct catalogue *words_in(const char *language)
{
	SCOPED(char_freep) char *folder = data_path("translations");
	struct catalogue *words = catalogue_new(language);

	assert_int_equal(catalogue_add_family(words, folder, "desk"),
			 FAULT_NONE);
	return words;
}

static void a_day_is_typed_as_people_say_it(void **state)
{
	static const struct {
		const char *language, *typed, *day;
	} samples[] = {
		{ "en", "2026-11-22", "2026-11-22" },
		{ "en", "2026-11", "2026-11" },
		{ "en", "1987", "1987" },
		{ "en", "22 nov", "2026-11-22" },
		{ "en", "Nov. 22", "2026-11-22" },
		{ "en", "1 February 2028", "2028-02-01" },
		{ "fr", "1er mars", NULL },
		{ "fr", "1 mars", "2026-03-01" },
		{ "fr", "3 août 2027", "2027-08-03" },
		{ "fr", "3 aout", "2026-08-03" },
		{ "fr", "3 aug", "2026-08-03" },
		{ "fr", "3 jui", NULL }, /* juin, juillet */
		{ "fr", "3 juil", "2026-07-03" },
		{ "en", "today", SUNDAY },
		{ "en", "Tomorrow", "2026-11-23" },
		{ "fr", "hier", "2026-11-21" },
		{ "fr", "demain", "2026-11-23" },
		{ "en", "monday", "2026-11-23" },
		{ "en", "sun", "2026-11-29" }, /* today is one */
		{ "fr", "vendredi", "2026-11-27" },
		{ "en", "+30", "2026-12-22" },
		{ "en", "-22", "2026-10-31" },
		{ "en", "+", NULL },
		{ "en", "+3 weeks", NULL },
		{ "en", "+99999999999", NULL },
		{ "en", "31 feb", NULL },
		{ "en", "29 feb 2028", "2028-02-29" },
		{ "en", "2026-02-30", NULL },
		{ "en", "2026-13", NULL },
		{ "en", "226-1-1", NULL },
		{ "en", "99 nov", NULL },
		{ "en", "1 nov 99999", NULL },
		{ "en", "1 2 3 nov", NULL },
		{ "en", "nov dec 1", NULL },
		{ "en", "soon", NULL },
		{ "en", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		SCOPED(catalogue_freep)
		struct catalogue *words = words_in(samples[i].language);
		char day[DAY_BYTES] = "none";

		if (day_read(words, samples[i].typed, SUNDAY, day) !=
		    (samples[i].day != NULL))
			fail_msg("\"%s\" was %s", samples[i].typed, day);
		assert_string_equal(day,
				    samples[i].day ? samples[i].day : "none");
	}
}

static void a_day_is_shown_with_its_weekday_as_far_as_it_is_known(void **state)
{
	static const struct {
		const char *language, *day, *shown;
	} samples[] = {
		{ "en", "2026-11-22", "Sun 22 Nov 2026" },
		{ "fr", "2026-11-22", "dim. 22 nov. 2026" },
		{ "en", "1987-03", "Mar 1987" },
		{ "en", "1987", "1987" },
		{ "en", "not one", "not one" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		SCOPED(catalogue_freep)
		struct catalogue *words = words_in(samples[i].language);
		SCOPED(char_freep)
		char *shown = day_shown(words, samples[i].day);

		assert_string_equal(shown, samples[i].shown);
	}
}

static void the_widest_day_is_known(void **state)
{
	static const struct {
		const char *language;
		int cells;
	} samples[] = {
		{ "en", 15 }, /* Sun 22 Nov 2026 */
		{ "fr", 18 }, /* dim. 22 févr. 2026 */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct catalogue *words = words_in(samples[i].language);

		assert_int_equal(day_cells(words), samples[i].cells);
		catalogue_free(words);
	}
}

static void days_are_counted_over_months_and_years(void **state)
{
	char day[DAY_BYTES];

	(void)state;
	day_after("2026-12-31", 1, day);
	assert_string_equal(day, "2027-01-01");
	day_after("2028-03-01", -1, day);
	assert_string_equal(day, "2028-02-29");
	assert_int_equal(day_between("2026-11-22", "2027-11-22"), 365);
	assert_int_equal(day_between("2026-11-22", "2026-11-20"), -2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_typed_as_people_say_it),
		cmocka_unit_test(
		    a_day_is_shown_with_its_weekday_as_far_as_it_is_known),
		cmocka_unit_test(the_widest_day_is_known),
		cmocka_unit_test(days_are_counted_over_months_and_years),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
