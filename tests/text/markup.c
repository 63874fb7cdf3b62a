#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_taken_out_and_words_stay),
		cmocka_unit_test(a_text_full_of_marks_costs_no_square),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
