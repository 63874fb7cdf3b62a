#include "text/cells.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <wchar.h>

#include "base/memory.h"
#include "tests/test.h"

static void text_takes_the_cells_a_terminal_gives_it(void **state)
{
	static const struct {
		const char *text;
		int cells;
	} samples[] = {
		{ "", 0 },
		{ "Back", 4 },
		{ "Français", 8 },
		{ "Franc\u0327ais", 8 },
		{ "中文", 4 },
		{ "한국어", 6 },
		{ "\u1112\u1161\u11ab", 2 }, /* the same as three jamo */
		{ "العربية", 7 },
		{ "فَاطِمَة", 5 },
		{ "हिन्दी", 5 }, /* spacing vowel signs take a cell */
		{ "சுப்பிரமணியம்", 11 },
		{ "ไทย", 3 },
		{ "สวัสดี", 4 },
		{ "ትግርኛ", 4 },
		{ "a\tb\nc", 3 },
		{ "می\u200cشود", 5 },
		{ "\u00ad", 1 },
		{ "\xff\xfe", 2 }, /* not UTF-8: two U+FFFD */
		{ "😀", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++)
		assert_int_equal(text_cells(samples[i].text), samples[i].cells);
}

/* Curses asks wcwidth(); a difference would push a line's end off its place. */
static void every_code_point_is_as_wide_as_wcwidth_says(void **state)
{
	const char *slow = getenv("FOYER_SLOW");
	int step = slow ? atoi(slow) : 1, compared = 0;

	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	for (UChar32 point = 1; point <= 0x10ffff; point += step) {
		uint8_t text[5] = { 0 };
		int32_t end = 0;
		int cells = wcwidth((wchar_t)point);

		if (cells < 0 || U_IS_SURROGATE(point) || !u_isdefined(point))
			continue;
		U8_APPEND_UNSAFE(text, end, point);
		if (text_cells((char *)text) != cells)
			fail_msg("U+%04X: %d cells, wcwidth %d", point,
				 text_cells((char *)text), cells);
		compared++;
	}
	assert_true(compared > 250000 / step);
}

static void a_cut_is_made_at_a_cluster_and_marked(void **state)
{
	static const struct {
		const char *text;
		int width;
		const char *fit;
	} cuts[] = {
		{ "Interpreter", 11, "Interpreter" },
		{ "Interpreter", 10, "Interpret…" },
		{ "Interpreter", 1, "…" },
		{ "Interpreter", 0, "" },
		{ "Interpreter", -3, "" },
		{ "中文字", 5, "中文…" },
		{ "中文字", 4, "中…" },
		{ "cafe\u0301s!", 5, "cafe\u0301…" },
		{ "cafe\u0301s!", 4, "caf…" },
		{ "", 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cuts); i++) {
		char *fit = text_fit(cuts[i].text, cuts[i].width);

		assert_string_equal(fit, cuts[i].fit);
		free(fit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_takes_the_cells_a_terminal_gives_it),
		cmocka_unit_test(every_code_point_is_as_wide_as_wcwidth_says),
		cmocka_unit_test(a_cut_is_made_at_a_cluster_and_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
