#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/cells.h"
#include "text/emphasis.h"
#include "text/markup.h"

static void marks_are_taken_out_and_words_stay(void **state)
{
	static const struct {
		const char *text, *plain;
	} cases[] = {
		{ "", "" },
		{ "Plain words.", "Plain words." },
		{ "A **bold** word", "A bold word" },
		{ "__bold__ and _italic_ and *both*",
		  "bold and italic and both" },
		{ "***all***", "all" },
		{ "**a *b* c**", "a b c" },
		{ "# Heading\nText", "Heading\nText" },
		{ "###### Small", "Small" },
		{ "####### Seven", "####### Seven" },
		{ "#hash", "#hash" },
		{ "5 * 3 * 2", "5 * 3 * 2" },
		{ "*needed", "*needed" },
		{ "snake_case_name", "snake_case_name" },
		{ "**open", "**open" },
		{ "\\*not\\* \\_this\\_", "*not* _this_" },
		{ "C:\\dir", "C:\\dir" },
		{ "one<br>two<br/>three", "one\ntwo\nthree" },
		{ "<span style=\"color:red\">red</span>!", "red!" },
		{ "<p>a</p><p>b</p>", "a\nb" },
		{ "if a <b then", "if a <b then" },
		{ "Write <name> here", "Write <name> here" },
		{ "1 < 2 > 0", "1 < 2 > 0" },
		{ "[Help](https://example.org) now", "Help now" },
		{ "[x] done (yes)", "[x] done (yes)" },
		{ "**አማርኛ** _العربية_", "አማርኛ العربية" },
		{ "اسم_العائلة_هنا", "اسم_العائلة_هنا" },
		/* What the form has of our own marks is no word. */
		{ "a\ufe03b", "ab" },
		{ "# Head<\ufe05b'", "Head<b'" },
		{ "l* a_b\ufe05 <name>", "l* a_b <name>" },
		{ "اله $**\ufe04س\\\\*", "اله $**س\\*" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *plain = markup_plain(cases[i].text);

		assert_string_equal(plain, cases[i].plain);
	}
}

/* Marks that never end are looked for only so far. */
static void a_text_full_of_marks_costs_no_square(void **state)
{
	size_t length = 60000;
	char *text = xcalloc(length + 1, 1);

	(void)state;
	for (size_t i = 0; i < length; i++)
		text[i] = "*a "[i % 3];
	SCOPED(char_freep) char *plain = markup_plain(text);

	assert_int_equal(strncmp(plain, "*a *a", 5), 0);
	free(text);
}

/* A letter for each byte of the words: "b", "i", "B" for both, "." */
static char *looks_of(const char *styled)
{
	uint8_t *of_byte = NULL;
	SCOPED(char_freep) char *bare = emphasis_bare(styled, &of_byte);
	char *looks = xcalloc(strlen(bare) + 1, 1);

	for (size_t i = 0; bare[i]; i++)
		looks[i] = ".biB"[of_byte[i]];
	free(of_byte);
	return looks;
}

static void emphasis_is_marked_letter_by_letter(void **state)
{
	static const struct {
		const char *text, *looks;
	} cases[] = {
		{ "Plain", "....." },
		{ "A **b** c", "..b.." },
		{ "_i_ ***all***", "i.BBB" },
		{ "**a *b* c**", "b.B.b" },
		{ "# Head\nText", "bbbb....." },
		{ "<b>x</b>y<em>z</em>", "b.i" },
		{ "<strong>open", "...." },
		{ "**\\***", "b" },
		{ "5 * 3", "....." },
		{ "**ሰ**a", "bbb." },
		{ "**e\u0301**x", "bbb." }, /* one cluster */
		{ "a\ufe03b", ".." },       /* the form's own is no mark */
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *styled = markup_styled(cases[i].text);
		SCOPED(char_freep) char *looks = looks_of(styled);

		assert_string_equal(looks, cases[i].looks);
	}
}

/* Marked words are as wide as others, and break where they do. */
static void marks_move_no_line(void **state)
{
	SCOPED(char_freep)
	char *styled = markup_styled("one **two three** four");
	struct text_lines lines = text_wrap(styled, "en", 8);

	(void)state;
	assert_int_equal(text_cells(styled), 18);
	assert_int_equal(lines.count, 3);
	SCOPED(char_freep) char *second = emphasis_bare(lines.line[1], NULL);
	assert_string_equal(second, "three");
	SCOPED(char_freep) char *looks = looks_of(lines.line[1]);
	assert_string_equal(looks, "bbbbb");
	text_lines_free(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_taken_out_and_words_stay),
		cmocka_unit_test(emphasis_is_marked_letter_by_letter),
		cmocka_unit_test(marks_move_no_line),
		cmocka_unit_test(a_text_full_of_marks_costs_no_square),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
