#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/asks.h"
#include "tests/support/forms.h"

/* "b" erases, the rest is typed; then on to the next question. */
static void write_number(struct asks *asks, const char *reference,
			 const char *keys)
{
	asks_at(asks, reference);
	for (; *keys == 'b'; keys++)
		asks_key(asks, UI_KEY_BACKSPACE);
	asks_type(asks, keys);
	asks_onward(asks);
}

static void whole_numbers_have_a_sign_and_thirty_two_bits(void **state)
{
	static const struct {
		const char *typed, *value, *message;
	} cases[] = {
		{ "12", "12", NULL },
		{ "-40", "-40", NULL },
		{ "−40", "-40", NULL },
		{ "2147483647", "2147483647", NULL },
		{ "-2147483648", "-2147483648", NULL },
		{ "2147483648", "", "Please write a number" },
		{ "3.7", "", "Please write a number" },
		{ "٤٢", "42", NULL },
		{ "-", "", "Please write a number" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, "en", "numbers");
		write_number(&asks, "/data/whole", cases[i].typed);
		assert_string_equal(forms_value(asks.run, "/data/whole"),
				    cases[i].value);
		if (cases[i].message)
			assert_true(asks_shows(&asks, cases[i].message));
		asks_done(&asks);
	}
}

static void thousands_are_parted_while_they_are_written(void **state)
{
	static const struct {
		const char *language, *reference, *typed, *shown, *value;
	} cases[] = {
		{ "en", "/data/rent", "1250000", "1,250,000", "1250000" },
		{ "en", "/data/rent", "-1250", "-1,250", "-1250" },
		{ "en", "/data/rent", "1,250", "1,250", "1250" },
		{ "fr", "/data/rent", "1250000", "1 250 000", "1250000" },
		{ "hi", "/data/rent", "1250000", "12,50,000", "1250000" },
		{ "pt-BR", "/data/share", "1250,5", "1.250,5", "1250.5" },
		{ "en", "/data/share", "1250.50", "1,250.50", "1250.5" },
		{ "en", "/data/share", "1250.", "1,250.", "1250.0" },
		{ "my", "/data/rent", "1250", "၁,၂၅၀", "1250" },
		{ "en", "/data/code", "0012500", "12,500", "12500" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, cases[i].language, "numbers");
		asks_at(&asks, cases[i].reference);
		asks_type(&asks, cases[i].typed);
		if (!asks_shows(&asks, cases[i].shown))
			fail_msg("case %zu", i);
		asks_onward(&asks);
		if (strcmp(cases[i].typed, "1250.") != 0)
			assert_string_equal(
			    forms_value(asks.run, cases[i].reference),
			    cases[i].value);
		asks_done(&asks);
	}
}

static void one_digit_taken_away_moves_the_separators(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "numbers");
	asks_at(&asks, "/data/rent");
	asks_type(&asks, "1250000");
	asks_key(&asks, UI_KEY_BACKSPACE);
	assert_true(asks_shows(&asks, "125,000"));
	/* Within the number the caret stays where it is. */
	asks_key(&asks, UI_KEY_HOME);
	asks_type(&asks, "9");
	assert_true(asks_shows(&asks, "9125,000"));
	asks_onward(&asks);
	assert_string_equal(forms_value(asks.run, "/data/rent"), "9125000");
	asks_done(&asks);
}

static void a_number_stands_in_the_languages_digits(void **state)
{
	static const struct {
		const char *language, *shown;
	} cases[] = { { "en", "7" }, { "my", "၇" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, cases[i].language, "numbers");
		asks_at(&asks, "/data/warm");
		assert_true(asks_shows(&asks, cases[i].shown));
		assert_false(asks_shows(&asks, "7.0"));
		asks_onward(&asks);
		assert_string_equal(forms_value(asks.run, "/data/warm"), "7.0");
		asks_done(&asks);
	}
}

/* As it stands in the field, where nobody wrote the point. */
static void a_whole_decimal_is_said_as_it_was_written(void **state)
{
	static const struct {
		const char *language, *value, *words;
	} cases[] = {
		{ "en", "7", "7" },       { "fr", "7", "7" },
		{ "en", "100", "100" },   { "fr", "2.50", "2,5" },
		{ "en", "0.05", "0.05" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, cases[i].language, "numbers");
		forms_set(asks.run, "/data/warm", cases[i].value);
		SCOPED(char_freep)
		char *words =
		    field_words(forms_node(asks.run, "/data/warm"), &asks.look);

		assert_string_equal(words, cases[i].words);
		asks_done(&asks);
	}
}

static void what_is_counted_is_counted(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "numbers");
	asks_at(&asks, "/data/count");
	asks_key(&asks, UI_KEY_UP);
	asks_key(&asks, UI_KEY_UP);
	assert_string_equal(forms_value(asks.run, "/data/count"), "2");
	asks_done(&asks);
}

static void a_truth_is_yes_or_no(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "numbers");
	asks_at(&asks, "/data/truth");
	assert_int_equal(asks_type(&asks, "2"), QUESTION_SHOWN);
	assert_string_equal(forms_value(asks.run, "/data/truth"), "false");
	SCOPED(char_freep)
	char *words =
	    field_words(forms_node(asks.run, "/data/truth"), &asks.look);

	assert_string_equal(words, "No");
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whole_numbers_have_a_sign_and_thirty_two_bits),
		cmocka_unit_test(thousands_are_parted_while_they_are_written),
		cmocka_unit_test(one_digit_taken_away_moves_the_separators),
		cmocka_unit_test(a_number_stands_in_the_languages_digits),
		cmocka_unit_test(a_whole_decimal_is_said_as_it_was_written),
		cmocka_unit_test(what_is_counted_is_counted),
		cmocka_unit_test(a_truth_is_yes_or_no),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
