#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "ui/input.h"

static void put(struct input *input, const char *bytes, int64_t at)
{
	input_add(input, bytes, strlen(bytes), at);
}

static void assert_key(struct input *input, enum ui_key key, uint32_t character)
{
	struct input_token token = input_next(input, 0);

	assert_int_equal(token.what, INPUT_EVENT);
	assert_int_equal(token.event.key, key);
	assert_int_equal(token.event.character, character);
}

static void assert_nothing(struct input *input, int64_t now)
{
	assert_int_equal(input_next(input, now).what, INPUT_NOTHING);
}

static void sequences_of_every_usual_terminal_are_keys(void **state)
{
	static const struct {
		const char *bytes;
		enum ui_key key;
		uint32_t character;
	} cases[] = {
		{ "\033[A", UI_KEY_UP, 0 },
		{ "\033OB", UI_KEY_DOWN, 0 },
		{ "\033[C", UI_KEY_RIGHT, 0 },
		{ "\033[1;5D", UI_KEY_LEFT, 0 },
		{ "\033[H", UI_KEY_HOME, 0 },
		{ "\033[1~", UI_KEY_HOME, 0 },
		{ "\033[7~", UI_KEY_HOME, 0 },
		{ "\033OF", UI_KEY_END, 0 },
		{ "\033[4~", UI_KEY_END, 0 },
		{ "\033[3~", UI_KEY_DELETE, 0 },
		{ "\033[5~", UI_KEY_PAGE_UP, 0 },
		{ "\033[6;2~", UI_KEY_PAGE_DOWN, 0 },
		{ "\033[Z", UI_KEY_TAB, 1 },
		{ "\033OP", UI_KEY_FUNCTION, 1 },
		{ "\033[[E", UI_KEY_FUNCTION, 5 },
		{ "\033[15~", UI_KEY_FUNCTION, 5 },
		{ "\033[17~", UI_KEY_FUNCTION, 6 },
		{ "\033[20~", UI_KEY_FUNCTION, 9 },
		{ "\033[24~", UI_KEY_FUNCTION, 12 },
		{ "\033[1;2S", UI_KEY_FUNCTION, 4 },
		{ "\033OM", UI_KEY_ENTER, 0 },
		{ "\033Op", UI_KEY_TEXT, '0' },
		{ "\033Oy", UI_KEY_TEXT, '9' },
		{ "\033Ok", UI_KEY_TEXT, '+' },
		{ "\r", UI_KEY_ENTER, 0 },
		{ "\n", UI_KEY_ENTER, 0 },
		{ "\t", UI_KEY_TAB, 0 },
		{ "\177", UI_KEY_BACKSPACE, 0 },
		{ "\b", UI_KEY_BACKSPACE, 0 },
		{ "\003", UI_KEY_ESCAPE, 0 },
		{ "a", UI_KEY_TEXT, 'a' },
		{ "\u00e9", UI_KEY_TEXT, 0xe9 },
		{ "\u0645", UI_KEY_TEXT, 0x645 },
		{ "\u4e2d", UI_KEY_TEXT, 0x4e2d },
		{ "\U0001f600", UI_KEY_TEXT, 0x1f600 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct input input = { 0 };

		print_message("case %zu\n", i);
		put(&input, cases[i].bytes, 0);
		assert_key(&input, cases[i].key, cases[i].character);
		assert_nothing(&input, 0);
	}
}

static void a_touch_and_the_wheel_tell_their_cell(void **state)
{
	struct input input = { 0 };
	struct input_token token;

	(void)state;
	put(&input,
	    "\033[<0;12;5M\033[<0;12;5m\033[<64;1;1M\033[<65;80;24M"
	    "\033[<2;3;3M\033[<35;3;3M",
	    7);
	token = input_next(&input, 7);
	assert_int_equal(token.event.key, UI_KEY_POINT);
	assert_int_equal(token.event.y, 4);
	assert_int_equal(token.event.x, 11);
	assert_int_equal(token.event.at, 7);
	assert_key(&input, UI_KEY_WHEEL_UP, 0);
	token = input_next(&input, 7);
	assert_int_equal(token.event.key, UI_KEY_WHEEL_DOWN);
	assert_int_equal(token.event.x, 79);
	/* Releasing, other buttons and motion say nothing. */
	assert_nothing(&input, 7);
	assert_int_equal(input.length, 0);
}

static void escape_is_a_key_once_nothing_follows_it(void **state)
{
	struct input input = { 0 };

	(void)state;
	put(&input, "\033", 100);
	assert_nothing(&input, 100);
	assert_int_equal(input_deadline(&input), 100 + INPUT_ESCAPE_MS);
	assert_nothing(&input, 100 + INPUT_ESCAPE_MS - 1);
	assert_int_equal(input_next(&input, 100 + INPUT_ESCAPE_MS).event.key,
			 UI_KEY_ESCAPE);
	assert_int_equal(input_deadline(&input), -1);
	put(&input, "\033\033x", 200);
	assert_key(&input, UI_KEY_ESCAPE, 0);
	assert_key(&input, UI_KEY_ESCAPE, 0);
	assert_key(&input, UI_KEY_TEXT, 'x');
}

static void a_sequence_may_come_in_pieces(void **state)
{
	static const char bytes[] = "\033[<0;10;3M\u4e2d\033[24~";
	struct input input = { 0 };
	enum ui_key keys[3];
	size_t count = 0;

	(void)state;
	for (size_t i = 0; i < sizeof bytes - 1; i++) {
		struct input_token token;

		input_add(&input, bytes + i, 1, (int64_t)i);
		while ((token = input_next(&input, (int64_t)i)).what !=
		       INPUT_NOTHING) {
			assert_true(count < COUNT(keys));
			keys[count++] = token.event.key;
		}
	}
	assert_int_equal(count, 3);
	assert_int_equal(keys[0], UI_KEY_POINT);
	assert_int_equal(keys[1], UI_KEY_TEXT);
	assert_int_equal(keys[2], UI_KEY_FUNCTION);
}

static void half_a_sequence_is_dropped_when_its_time_is_up(void **state)
{
	struct input input = { 0 };

	(void)state;
	put(&input, "\033[12;", 0);
	assert_nothing(&input, INPUT_REST_MS - 1);
	assert_int_equal(input.length, 5);
	assert_nothing(&input, INPUT_REST_MS);
	assert_int_equal(input.length, 0);
	put(&input, "\xe4\xb8", 0);
	assert_nothing(&input, INPUT_REST_MS);
	assert_int_equal(input.length, 0);
}

static void a_scanners_line_end_is_one_enter(void **state)
{
	struct input input = { 0 };

	(void)state;
	put(&input, "12\r\n3\n\n", 0);
	assert_key(&input, UI_KEY_TEXT, '1');
	assert_key(&input, UI_KEY_TEXT, '2');
	assert_key(&input, UI_KEY_ENTER, 0);
	assert_key(&input, UI_KEY_TEXT, '3');
	assert_key(&input, UI_KEY_ENTER, 0);
	assert_key(&input, UI_KEY_ENTER, 0);
	assert_nothing(&input, 0);
}

static void answers_are_told_from_keys(void **state)
{
	struct input input = { 0 };
	struct input_token token;

	(void)state;
	put(&input, "\033[?62;4;22cx\033[6;42;17t\033[0n", 0);
	token = input_next(&input, 0);
	assert_int_equal(token.what, INPUT_REPLY);
	assert_int_equal(token.reply.prefix, '?');
	assert_int_equal(token.reply.final, 'c');
	assert_int_equal(token.reply.count, 3);
	assert_int_equal(token.reply.numbers[1], 4);
	assert_key(&input, UI_KEY_TEXT, 'x');
	token = input_next(&input, 0);
	assert_int_equal(token.reply.final, 't');
	assert_int_equal(token.reply.numbers[2], 17);
	token = input_next(&input, 0);
	assert_int_equal(token.reply.final, 'n');
	assert_int_equal(token.reply.count, 1);
}

static void what_is_no_key_leaves_no_trace(void **state)
{
	static const char *const noise[] = {
		"\033]0;title\033\\",
		"\033]11;rgb:0/0/0\a",
		"\033P1$r0m\033\\",
		"\033[200~",
		"\033[I",
		"\xff\xfe",
		"\xc0\x80",
		"\xed\xa0\x80",
		"\001\034",
		"\033[99999999999999;1;2;3;4;5;6;7;8;9;1;2;3;4;5;6;7;8q",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(noise); i++) {
		struct input input = { 0 };

		print_message("case %zu\n", i);
		put(&input, noise[i], 0);
		put(&input, "k", 0);
		assert_key(&input, UI_KEY_TEXT, 'k');
		assert_nothing(&input, 0);
	}
}

static void used_bytes_are_wiped(void **state)
{
	struct input input = { 0 };

	(void)state;
	put(&input, "secret", 0);
	for (int i = 0; i < 6; i++)
		(void)input_next(&input, 0);
	for (size_t i = 0; i < INPUT_ROOM; i++)
		assert_int_equal(input.bytes[i], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_of_every_usual_terminal_are_keys),
		cmocka_unit_test(a_touch_and_the_wheel_tell_their_cell),
		cmocka_unit_test(escape_is_a_key_once_nothing_follows_it),
		cmocka_unit_test(a_sequence_may_come_in_pieces),
		cmocka_unit_test(
		    half_a_sequence_is_dropped_when_its_time_is_up),
		cmocka_unit_test(a_scanners_line_end_is_one_enter),
		cmocka_unit_test(answers_are_told_from_keys),
		cmocka_unit_test(what_is_no_key_leaves_no_trace),
		cmocka_unit_test(used_bytes_are_wiped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
