#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/cells.h"

static void letters_take_the_form_their_neighbours_ask_for(void **state)
{
	static const struct {
		const char *plain, *joined;
	} samples[] = {
		{ "abc", "abc" },
		{ "ببب", "\ufe91\ufe92\ufe90" },
		{ "ب", "\ufe8f" },
		/* Alef joins to the right only. */
		{ "باب", "\ufe91\ufe8e\ufe8f" },
		/* Marks are looked past and stay where they were. */
		{ "بَب", "\ufe91\u064e\ufe90" },
		{ "سلام", "\ufeb3\ufefc\ufee1" },
		{ "لا", "\ufefb" },
		{ "بلا", "\ufe91\ufefc" },
		{ "لآ لأ لإ", "\ufef5 \ufef7 \ufef9" },
		{ "بلأ", "\ufe91\ufef8" },
		{ "لَا", "\ufefb\u064e" },
		{ "للا", "\ufedf\ufefc" },
		/* Farsi: ZWNJ parts letters, ZWJ asks for a form; both go. */
		{ "می\u200cشود", "\ufee3\ufbfd\ufeb7\ufeee\ufea9" },
		{ "ه\u200d", "\ufeeb" },
		{ "ل\u200cا", "\ufedd\ufe8d" },
		{ "پچگژ", "\ufb58\ufb7d\ufb95\ufb8b" },
		{ "کی", "\ufb90\ufbfd" },
		/* Tatweel joins and stays itself. */
		{ "ـبـ", "\u0640\ufe92\u0640" },
		/* Kurdish ae borrows heh's forms and breaks no neighbour. */
		{ "بە", "\ufe91\ufeea" },
		{ "ە", "\ufee9" },
		{ "کوردی", "\ufb90\ufeee\ufead\ufea9\ufbfc" },
		/* Noon ghunna has two forms, which suffice at a word's end. */
		{ "میں", "\ufee3\ufbff\ufb9f" },
		/* No forms at all: the letter stays, its neighbours join. */
		{ "بښب", "\ufe91\u069a\ufe90" },
		{ "ڤيتامين", "\ufb6c\ufef4\ufe98\ufe8e\ufee3\ufef4\ufee6" },
		{ "\ufe91\ufe90", "\ufe91\ufe90" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char *joined = text_joined(samples[i].plain);
		char *again = text_joined(joined);

		assert_string_equal(joined, samples[i].joined);
		assert_string_equal(again, joined);
		free(joined);
		free(again);
	}
}

static void every_letter_of_arabic_and_farsi_has_its_forms(void **state)
{
	static const char *const letters[] = {
		"ب", "ت", "ث", "ج", "ح", "خ", "س", "ش", "ص", "ض",
		"ط", "ظ", "ع", "غ", "ف", "ق", "ك", "ل", "م", "ن",
		"ه", "ي", "ئ", "پ", "چ", "ک", "گ", "ی",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(letters); i++) {
		char *word = xasprintf("%s%s%s %s", letters[i], letters[i],
				       letters[i], letters[i]);
		char *joined = text_joined(word);

		assert_null(strstr(joined, letters[i]));
		assert_int_equal(text_cells(joined), 5);
		free(word);
		free(joined);
	}
}

static void a_line_is_brought_to_the_order_the_eye_reads(void **state)
{
	static const struct {
		const char *line;
		bool right_to_left;
		const char *visual;
	} samples[] = {
		{ "abc (1)", false, "abc (1)" },
		{ "باب", true, "\ufe8f\ufe8e\ufe91" },
		{ "باب", false, "\ufe8f\ufe8e\ufe91" },
		/* Numbers and Latin keep their own order in a line of it. */
		{ "رقم 12 (A1)", true, "(A1) 12 \ufee2\ufed7\ufead" },
		{ "K7-0412 باب", false, "K7-0412 \ufe8f\ufe8e\ufe91" },
		{ "K7-0412 باب", true, "\ufe8f\ufe8e\ufe91 K7-0412" },
		/* Brackets are mirrored, marks stay behind their letter. */
		{ "(باب)", true, "(\ufe8f\ufe8e\ufe91)" },
		{ "[a] باب", true, "\ufe8f\ufe8e\ufe91 [a]" },
		{ "بَب", true, "\ufe90\ufe91\u064e" },
		{ "بلا", true, "\ufefc\ufe91" },
		/* Marks of direction do their work and go. */
		{ "\u200fabc\u200e", true, "abc" },
		{ "abc!", true, "!abc" },
		{ "", true, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		char *visual =
		    text_visual(samples[i].line, samples[i].right_to_left);

		assert_string_equal(visual, samples[i].visual);
		free(visual);
	}
}

static void joined_before_wrapping_a_line_shows_the_same(void **state)
{
	char *joined = text_joined("السلام عليكم");
	char *first = text_visual(joined, true);
	char *second = text_visual("السلام عليكم", true);

	(void)state;
	assert_string_equal(first, second);
	assert_int_equal(text_cells(joined), 11);
	free(joined);
	free(first);
	free(second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    letters_take_the_form_their_neighbours_ask_for),
		cmocka_unit_test(
		    every_letter_of_arabic_and_farsi_has_its_forms),
		cmocka_unit_test(a_line_is_brought_to_the_order_the_eye_reads),
		cmocka_unit_test(joined_before_wrapping_a_line_shows_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
