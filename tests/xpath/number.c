#include "xpath/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/slow.h"
#include "tests/test.h"
#include "xpath/xpath.h"

static void numbers_print_as_in_ecmascript(void **state)
{
	static const struct {
		double number;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ -0.0, "0" },
		{ 1, "1" },
		{ -12.5, "-12.5" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 10.0 / 3, "3.3333333333333335" },
		{ 1e-8, "1e-8" },
		{ 1.5e-7, "1.5e-7" },
		{ 1e-6, "0.000001" },
		{ 0.00012345, "0.00012345" },
		{ 1e15, "1000000000000000" },
		{ 123456789012345678, "123456789012345680" },
		{ 1e20, "100000000000000000000" },
		{ 1e21, "1e+21" },
		{ 1.25e300, "1.25e+300" },
		{ 5e-324, "5e-324" },
		{ -1.7976931348623157e308, "-1.7976931348623157e+308" },
		{ 9007199254740993, "9007199254740992" },
		{ 123456.789, "123456.789" },
		{ INFINITY, "Infinity" },
		{ -INFINITY, "-Infinity" },
		{ NAN, "NaN" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep)
		char *text = xpath_number_text(cases[i].number);

		assert_string_equal(text, cases[i].text);
	}
}

static void every_number_reads_back(void **state)
{
	uint64_t bits = 88172645463325252;
	char text[NUMBER_TEXT_SIZE];

	(void)state;
	for (int i = 0; i < loops(20000); i++) {
		double number;

		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		memcpy(&number, &bits, sizeof number);
		if (isnan(number))
			continue;
		number_print(number, text);
		assert_true(strlen(text) < NUMBER_TEXT_SIZE);
		assert_true(number_parse(text, strlen(text)) == number);
	}
}

static void texts_that_are_numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		double number;
	} cases[] = {
		{ "5", 5 },
		{ " 5 ", 5 },
		{ "\t5\n", 5 },
		{ "+5", 5 },
		{ "-5", -5 },
		{ "1e3", 1000 },
		{ "1E-2", 0.01 },
		{ ".5", 0.5 },
		{ "5.", 5 },
		{ "007", 7 },
		{ "Infinity", INFINITY },
		{ "-Infinity", -INFINITY },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_true(
		    number_parse(cases[i].text, strlen(cases[i].text)) ==
		    cases[i].number);
}

static void texts_that_are_none_are_nan(void **state)
{
	static const char *const texts[] = {
		"",    " ",     "1,5", ".",   "-",   "+",     "--1",
		"1 2", "0x10",  "1e",  "e5",  "1e+", "inf",   "nan",
		"5a",  "1.2.3", "٣",   "- 5", "1_0", "1e5.5",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		if (!isnan(number_parse(texts[i], strlen(texts[i]))))
			fail_msg("\"%s\" is a number", texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_print_as_in_ecmascript),
		cmocka_unit_test(every_number_reads_back),
		cmocka_unit_test(texts_that_are_numbers_are_read),
		cmocka_unit_test(texts_that_are_none_are_nan),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
