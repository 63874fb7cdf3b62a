#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"
#include "text/cells.h"

#define MOST 8

static void lines_end_where_the_language_allows(void **state)
{
	static const struct {
		const char *text, *language;
		int width;
		const char *lines[MOST];
	} samples[] = {
		{ "Who is answering?", "en", 10, { "Who is", "answering?" } },
		{ "Who is answering?", "en", 17, { "Who is answering?" } },
		{ "Who is answering?",
		  "en",
		  6,
		  { "Who is", "answer", "ing?" } },
		{ "", "en", 5, { "" } },
		{ "one\n\ntwo", "en", 9, { "one", "", "two" } },
		{ "one\r\ntwo\n", "en", 9, { "one", "two", "" } },
		{ "one   two", "en", 4, { "one", "two" } },
		{ "one two   ", "en", 20, { "one two" } },
		{ "  one", "en", 20, { "  one" } },
		/* Closing marks never begin a line; nor do French ones. */
		{ "Avez-vous froid\u202f?",
		  "fr",
		  14,
		  { "Avez-vous", "froid ?" } },
		{ "5\u00a0000\u00a0km", "fr", 6, { "5 000 ", "km" } },
		{ "well-known", "en", 7, { "well-", "known" } },
		/* No blanks between words. */
		{ "我想说中文。", "zh-Hans", 6, { "我想说", "中文。" } },
		{ "我想说话。好", "zh-Hans", 8, { "我想说", "话。好" } },
		{ "สวัสดีชาวโลก", "th", 6, { "สวัสดี", "ชาวโลก" } },
		/* Zero-width and soft places show only where they break. */
		{ "inter\u00adpreter", "en", 11, { "interpreter" } },
		{ "inter\u00adpreter", "en", 7, { "inter-", "preter" } },
		{ "inter\u00adpreter", "en", 5, { "inter", "prete", "r" } },
		{ "an inter\u00adpreter",
		  "en",
		  8,
		  { "an", "inter-", "preter" } },
		{ "ab\u200bcd", "en", 4, { "abcd" } },
		{ "ab\u200bcd", "en", 3, { "ab", "cd" } },
		/* A cluster is never cut, even where it does not fit. */
		{ "中文", "zh-Hans", 1, { "中", "文" } },
		{ "e\u0301e\u0301", "en", 1, { "e\u0301", "e\u0301" } },
		{ "abc", "en", 0, { "a", "b", "c" } },
		{ "a\x01\x7f"
		  "b\xff",
		  "en",
		  9,
		  { "ab\ufffd" } },
		{ "من فضلك انتظر", "ar", 9, { "من فضلك", "انتظر" } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct text_lines lines = text_wrap(
		    samples[i].text, samples[i].language, samples[i].width);
		size_t k = 0;

		for (; k < lines.count; k++) {
			assert_non_null(samples[i].lines[k]);
			assert_string_equal(lines.line[k], samples[i].lines[k]);
		}
		assert_true(k == MOST || !samples[i].lines[k]);
		text_lines_free(&lines);
		assert_int_equal(lines.count, 0);
	}
}

static void
whatever_the_width_nothing_is_lost_and_nothing_is_too_wide(void **state)
{
	static const char text[] = "Une personne peut vous aider tout de suite "
				   ": dites-le au comptoir.";

	(void)state;
	for (int width = 1; width < 80; width++) {
		struct text_lines lines = text_wrap(text, "fr", width);
		char joined[sizeof text * 2] = "";

		for (size_t i = 0; i < lines.count; i++) {
			assert_true(text_cells(lines.line[i]) <= width);
			strcat(joined, lines.line[i]);
		}
		for (const char *from = text, *to = joined; *from; from++) {
			if (*to == *from)
				to++;
			else
				assert_int_equal(*from, ' ');
		}
		text_lines_free(&lines);
	}
}

static void more_languages_than_breakers_take_turns(void **state)
{
	static const char *const languages[] = { "en", "fr", "th", "ar",
						 "zh", "my", "km" };

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < COUNT(languages); i++) {
			struct text_lines lines =
			    text_wrap("one two", languages[i], 3);

			assert_int_equal(lines.count, 2);
			assert_string_equal(lines.line[1], "two");
			text_lines_free(&lines);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_where_the_language_allows),
		cmocka_unit_test(
		    whatever_the_width_nothing_is_lost_and_nothing_is_too_wide),
		cmocka_unit_test(more_languages_than_breakers_take_turns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
