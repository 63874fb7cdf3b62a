#include "text/pattern.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"

static void an_expression_must_match_the_whole_text(void **state)
{
	static const struct {
		const char *expression, *text;
		enum pattern_answer answer;
	} samples[] = {
		{ "[0-9]{3}", "123", PATTERN_YES },
		{ "[0-9]{3}", "1234", PATTERN_NO },
		{ "[0-9]{3}", "x123", PATTERN_NO },
		{ "^[0-9]{3}$", "123", PATTERN_YES },
		{ "a|ab", "ab", PATTERN_YES },
		{ "", "", PATTERN_YES },
		{ "", "a", PATTERN_NO },
		{ ".*", "", PATTERN_YES },
		{ "\\p{L}+", "فاطمة", PATTERN_YES },
		{ "\\w+", "Zoë", PATTERN_YES },
		{ "\\d+", "١٢٣", PATTERN_YES },
		{ ".", "😀", PATTERN_YES },
		{ "(?i)jo", "JO", PATTERN_YES },
		{ "^.*$", "a\nb", PATTERN_NO },
		{ "[0-9", "1", PATTERN_WRONG },
		{ "(", "", PATTERN_WRONG },
		{ "a{3,1}", "a", PATTERN_WRONG },
		{ "\\p{Nonsense}", "a", PATTERN_WRONG },
	};

	(void)state;
	/* Twice, the second time from what was kept. */
	for (size_t i = 0; i < COUNT(samples) * 2; i++) {
		size_t k = i % COUNT(samples);

		assert_int_equal(
		    pattern_matches(samples[k].expression, samples[k].text),
		    samples[k].answer);
		assert_int_equal(pattern_check(samples[k].expression),
				 samples[k].answer == PATTERN_WRONG
				     ? PATTERN_WRONG
				     : PATTERN_YES);
	}
}

static void what_would_take_for_ever_is_cut_short(void **state)
{
	char *deep = xcalloc(200001, 1);

	(void)state;
	assert_int_equal(
	    pattern_matches("^(a+)+$",
			    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
	    PATTERN_TOO_LONG);
	assert_int_equal(pattern_matches("^(a+)+$", "aaa"), PATTERN_YES);
	memset(deep, 'a', 200000);
	assert_int_equal(pattern_matches("(?:a|b)*c", deep), PATTERN_TOO_LONG);
	free(deep);
}

static void an_expression_past_the_limit_is_wrong(void **state)
{
	char *expression = xcalloc(PATTERN_LIMIT + 2, 1);

	(void)state;
	memset(expression, 'a', PATTERN_LIMIT);
	assert_int_equal(pattern_check(expression), PATTERN_YES);
	expression[PATTERN_LIMIT] = 'a';
	assert_int_equal(pattern_check(expression), PATTERN_WRONG);
	free(expression);
}

static void more_expressions_than_are_kept_still_answer(void **state)
{
	(void)state;
	for (int i = 0; i < 100; i++) {
		char *expression = xasprintf("x{%d}", i % 40);
		char text[41] = "";

		memset(text, 'x', (size_t)(i % 40));
		assert_int_equal(pattern_matches(expression, text),
				 PATTERN_YES);
		free(expression);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_expression_must_match_the_whole_text),
		cmocka_unit_test(what_would_take_for_ever_is_cut_short),
		cmocka_unit_test(an_expression_past_the_limit_is_wrong),
		cmocka_unit_test(more_expressions_than_are_kept_still_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
