#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "seal/passphrase.h"

static int by_text(const void *one, const void *other)
{
	return strcmp(one, other);
}

static void the_list_has_7776_different_words(void **state)
{
	static char words[PASSPHRASE_LIST][5];

	(void)state;
	for (unsigned i = 0; i < PASSPHRASE_LIST; i++) {
		passphrase_word(i, words[i]);
		assert_int_equal(strlen(words[i]), 4);
		assert_int_equal(strspn(words[i], "abdefghijklmnoprstuvwyz"),
				 4);
	}
	assert_string_equal(words[0], "babe");
	assert_string_equal(words[PASSPHRASE_LIST - 1], "ziki");
	qsort(words, PASSPHRASE_LIST, 5, by_text);
	for (unsigned i = 1; i < PASSPHRASE_LIST; i++)
		assert_string_not_equal(words[i - 1], words[i]);
}

static void a_new_passphrase_is_six_words(void **state)
{
	char text[PASSPHRASE_BYTES], again[PASSPHRASE_BYTES];

	(void)state;
	passphrase_make(text);
	assert_int_equal(strlen(text), 29);
	for (int i = 4; i < 29; i += 5)
		assert_int_equal(text[i], ' ');
	passphrase_make(again);
	assert_string_not_equal(text, again);
}

static void what_is_typed_is_tidied_of_blanks_alone(void **state)
{
	static const struct {
		const char *typed, *tidy;
	} cases[] = {
		{ "lamo kuri\n", "lamo kuri" },
		{ "  lamo \t  kuri \r\n", "lamo kuri" },
		{ "Lamo", "Lamo" },
		{ " \n", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[32];

		strcpy(text, cases[i].typed);
		passphrase_tidy(text);
		assert_string_equal(text, cases[i].tidy);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_has_7776_different_words),
		cmocka_unit_test(a_new_passphrase_is_six_words),
		cmocka_unit_test(what_is_typed_is_tidied_of_blanks_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
