#include "tests/test.h"

#include <string.h>

#include "text/weekdays.h"

static void days_are_said_in_a_language(void **state)
{
	static const struct {
		const char *byday, *language, *said;
	} tries[] = {
		{ "MO,WE", "en", "Mon, Wed" },
		{ "MO,2WE", "fr", "lun., 2. mer." },
		{ "-1FR", "en", "-1. Fri" },
		{ "SU", "ti", "ሰን" },
		{ " XX, SA", "en", "Sat" },
		{ "", "en", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(tries); i++) {
		struct bytes out = { 0 };

		bytes_add_text(&out, "");
		weekdays_say(tries[i].byday, tries[i].language, &out);
		assert_string_equal((char *)out.data, tries[i].said);
		bytes_done(&out);
	}
}

static void a_list_of_days_is_nothing_else(void **state)
{
	static const struct {
		const char *text;
		bool are;
	} tries[] = {
		{ "MO", true },    { "MO,TU,-1FR", true }, { "", false },
		{ "MO,", false },  { ",MO", false },       { "MO TU", false },
		{ "54MO", false }, { "XX", false },        { "MO\n", false },
		{ "MOTU", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(tries); i++)
		assert_int_equal(weekdays_are(tries[i].text), tries[i].are);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_said_in_a_language),
		cmocka_unit_test(a_list_of_days_is_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
