#include "kiosk/leaf.h"

#include <stdlib.h>
#include <string.h>

#include "tests/test.h"
#include "ui/canvas.h"

static const struct leaf_words words = { "en", "More", "Erase", "Done" };

enum { FIRST, SECOND };

/* The page as it is drawn; the caller frees it. */
static char *drawn(struct leaf *leaf, int rows, int columns)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(rows, columns, false);

	leaf_draw(leaf, canvas);
	return canvas_picture(canvas);
}

static void expect(struct leaf *leaf, const char *picture)
{
	SCOPED(char_freep) char *now = drawn(leaf, 14, 60);

	assert_string_equal(now, picture);
}

static enum leaf_event press(struct leaf *leaf, enum ui_key key,
			     uint32_t character)
{
	const struct ui_event event = { .key = key, .character = character };
	SCOPED(char_freep) char *seen = drawn(leaf, 14, 60);

	return leaf_take(leaf, &event);
}

static void words_stand_above_and_keys_below(void **state)
{
	SCOPED(leaf_freep) struct leaf *leaf = leaf_new(&words, "key", "Title");

	(void)state;
	leaf_add(leaf, CANVAS_INK, "One paragraph.");
	leaf_add(leaf, CANVAS_INK, "Another one.");
	leaf_key(leaf, FIRST, "Yes");
	leaf_key(leaf, SECOND, "No");
	expect(leaf, "  Title\n"
		     "  One paragraph.\n"
		     "  Another one.\n"
		     "\n\n\n\n\n\n\n\n"
		     "  ▸ 1  Yes\n"
		     "    2  No\n"
		     "\n");
	assert_int_equal(press(leaf, UI_KEY_TEXT, '2'), LEAF_PRESSED);
	assert_int_equal(leaf_act(leaf), SECOND);
	assert_int_equal(press(leaf, UI_KEY_UP, 0), LEAF_MOVED);
	assert_int_equal(press(leaf, UI_KEY_ENTER, 0), LEAF_PRESSED);
	assert_int_equal(leaf_act(leaf), FIRST);
	assert_int_equal(press(leaf, UI_KEY_ESCAPE, 0), LEAF_BACK);
}

static void paragraphs_that_do_not_fit_are_turned_round(void **state)
{
	SCOPED(leaf_freep) struct leaf *leaf = leaf_new(&words, NULL, "Title");

	(void)state;
	for (char name = 'a'; name <= 'r'; name++)
		leaf_add(leaf, CANVAS_INK, (char[]){ name, 0 });
	leaf_key(leaf, FIRST, "Yes");
	expect(leaf,
	       "  Title\n  a\n  b\n  c\n  d\n  e\n  f\n  g\n  h\n  i\n  j\n"
	       "\n  ▸ 1  Yes\n    2  More\n");
	assert_int_equal(press(leaf, UI_KEY_TEXT, '2'), LEAF_MOVED);
	expect(leaf, "  Title\n  k\n  l\n  m\n  n\n  o\n  p\n  q\n  r\n\n\n\n"
		     "    1  Yes\n  ▸ 2  More\n");
	assert_int_equal(press(leaf, UI_KEY_ENTER, 0), LEAF_MOVED);
	SCOPED(char_freep) char *again = drawn(leaf, 14, 60);

	assert_non_null(strstr(again, "  Title\n  a\n"));
}

static void digits_are_typed_and_not_shown(void **state)
{
	SCOPED(leaf_freep) struct leaf *leaf = leaf_new(&words, NULL, "PIN");

	(void)state;
	leaf_ask(leaf, true);
	for (const char *at = "48a29"; *at; at++)
		(void)press(leaf, UI_KEY_TEXT, (uint32_t)*at);
	(void)press(leaf, UI_KEY_BACKSPACE, 0);
	assert_string_equal(leaf_digits(leaf), "482");
	SCOPED(char_freep) char *seen = drawn(leaf, 14, 60);

	assert_non_null(strstr(seen, "● ● ● _"));
	assert_null(strstr(seen, "482"));
	assert_int_equal(press(leaf, UI_KEY_ENTER, 0), LEAF_WRITTEN);
	/* No more than there may be. */
	for (int i = 0; i < 40; i++)
		(void)press(leaf, UI_KEY_TEXT, '1');
	assert_int_equal(strlen(leaf_digits(leaf)), LEAF_DIGITS);
}

/* Up, down and yes alone: rows, then the keys of one. */
static void digits_are_written_with_three_keys(void **state)
{
	SCOPED(leaf_freep) struct leaf *leaf = leaf_new(&words, NULL, "PIN");
	static const enum ui_key keys[] = {
		UI_KEY_ENTER, UI_KEY_ENTER, /* 3, in the middle */
		UI_KEY_DOWN,  UI_KEY_ENTER, /* into 6 to 0 */
		UI_KEY_UP,    UI_KEY_ENTER, /* 7 */
		UI_KEY_DOWN,  UI_KEY_ENTER, /* the last row: Done */
		UI_KEY_UP,    UI_KEY_ENTER, /* Erase */
		UI_KEY_DOWN,                /* out: round to 1 */
		UI_KEY_ENTER, UI_KEY_UP,    UI_KEY_ENTER, /* 2 */
	};

	(void)state;
	leaf_ask(leaf, false);
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(press(leaf, keys[i], 0), LEAF_MOVED);
	assert_string_equal(leaf_digits(leaf), "32");
	(void)press(leaf, UI_KEY_UP, 0); /* round to the last row */
	(void)press(leaf, UI_KEY_ENTER, 0);
	assert_int_equal(press(leaf, UI_KEY_ENTER, 0), LEAF_WRITTEN);
}

static void a_symbol_without_room_is_its_digits(void **state)
{
	SCOPED(leaf_freep) struct leaf *leaf = leaf_new(&words, NULL, "Scan");
	char digits[291];

	(void)state;
	memset(digits, '7', sizeof digits - 1);
	digits[sizeof digits - 1] = 0;
	leaf_symbol(leaf, digits);
	leaf_key(leaf, FIRST, "Done");
	SCOPED(char_freep) char *small = drawn(leaf, 14, 60);

	assert_non_null(strstr(small, "77777777777777777777777"));
	SCOPED(leaf_freep) struct leaf *large = leaf_new(&words, NULL, "Scan");

	leaf_symbol(large, digits);
	leaf_key(large, FIRST, "Done");
	SCOPED(char_freep) char *seen = drawn(large, 45, 160);

	assert_null(strstr(seen, "77"));
	assert_non_null(strstr(seen, "▀"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_stand_above_and_keys_below),
		cmocka_unit_test(paragraphs_that_do_not_fit_are_turned_round),
		cmocka_unit_test(digits_are_typed_and_not_shown),
		cmocka_unit_test(digits_are_written_with_three_keys),
		cmocka_unit_test(a_symbol_without_room_is_its_digits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
