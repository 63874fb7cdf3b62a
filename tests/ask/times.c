#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/asks.h"
#include "tests/support/forms.h"

/* "e" is yes, "u" and "d" are up and down, "b" erases, the rest is typed. */
static enum question_event press(struct asks *asks, const char *keys)
{
	static const struct {
		char letter;
		enum ui_key key;
	} named[] = {
		{ 'e', UI_KEY_ENTER }, { 'u', UI_KEY_UP },
		{ 'd', UI_KEY_DOWN },  { 'b', UI_KEY_BACKSPACE },
		{ 'l', UI_KEY_LEFT },
	};
	enum question_event what = QUESTION_IGNORED;

	for (; *keys; keys++) {
		char one[2] = { *keys, 0 };
		size_t i = 0;

		while (i < COUNT(named) && named[i].letter != *keys)
			i++;
		what = i < COUNT(named) ? asks_key(asks, named[i].key)
					: asks_type(asks, one);
	}
	return what;
}

static void an_hour_is_given_by_keys_and_kept_as_forms_have_it(void **state)
{
	static const struct {
		const char *keys, *value;
	} cases[] = {
		{ "", "" },
		{ "14", "" }, /* the minutes are missing */
		{ "14e30", "14:30:00.000" },
		{ "14:05", "14:05:00.000" },
		{ "9ee", "09:00:00.000" }, /* on the hour */
		{ "ueu", "12:00:00.000" },
		{ "uueuu", "13:05:00.000" },
		{ "dde7d", "11:05:00.000" },
		{ "0de0d", "23:55:00.000" },
		{ "25e99", "05:09:00.000" }, /* what is too much begins anew */
		{ "14e30bb", "" },
		{ "14e30l8", "08:30:00.000" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, "en", "times");
		asks_at(&asks, "/data/clock");
		press(&asks, cases[i].keys);
		assert_string_equal(forms_value(asks.run, "/data/clock"),
				    cases[i].value);
		asks_done(&asks);
	}
}

static void half_a_time_is_not_left_in_silence(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "times");
	asks_at(&asks, "/data/clock");
	press(&asks, "14");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please write a number"));
	press(&asks, "bb");
	assert_int_equal(asks_onward(&asks), QUESTION_ONWARD);
	asks_done(&asks);
}

static void a_moment_is_a_date_and_a_time(void **state)
{
	static const struct {
		const char *language, *reference, *keys, *value, *words;
	} cases[] = {
		{ "en", "/data/moment", "3e11e2026e14e30",
		  "2026-11-03T14:30:00.000", "3 November 2026 · 14:30" },
		{ "en", "/data/ethiopian", "1e1e1990e9ee",
		  "1997-09-11T09:00:00.000", "1 Meskerem 1990 · 09:00" },
		{ "my", "/data/moment", "3e11e2026e14e30",
		  "2026-11-03T14:30:00.000", "၃ နိုဝင်ဘာ ၂၀၂၆ · ၁၄:၃၀" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct asks asks;

		asks_open(&asks, cases[i].language, "times");
		asks_at(&asks, cases[i].reference);
		press(&asks, cases[i].keys);
		assert_string_equal(forms_value(asks.run, cases[i].reference),
				    cases[i].value);
		SCOPED(char_freep)
		char *words = field_words(
		    forms_node(asks.run, cases[i].reference), &asks.look);

		assert_string_equal(words, cases[i].words);
		/* It is there again, and can be changed. */
		asks_at(&asks, cases[i].reference);
		assert_int_equal(asks_key(&asks, UI_KEY_UP), QUESTION_CHANGED);
		assert_string_not_equal(
		    forms_value(asks.run, cases[i].reference), cases[i].value);
		asks_done(&asks);
	}
}

static void a_moment_without_its_time_is_none(void **state)
{
	struct asks asks;

	(void)state;
	asks_open(&asks, "en", "times");
	asks_at(&asks, "/data/moment");
	press(&asks, "3e11e2026e");
	assert_string_equal(forms_value(asks.run, "/data/moment"), "");
	assert_int_equal(asks_onward(&asks), QUESTION_CHANGED);
	assert_true(asks_shows(&asks, "Please write a number"));
	asks_done(&asks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    an_hour_is_given_by_keys_and_kept_as_forms_have_it),
		cmocka_unit_test(half_a_time_is_not_left_in_silence),
		cmocka_unit_test(a_moment_is_a_date_and_a_time),
		cmocka_unit_test(a_moment_without_its_time_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
