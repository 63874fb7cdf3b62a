#include "tests/test.h"

#include "base/memory.h"
#include "ui/key.h"

static const struct {
	struct ui_event event;
	bool typed;
	uint32_t character;
} rows[] = {
	{ { .key = UI_KEY_TEXT, .character = '7' }, true, '7' },
	{ { .key = UI_KEY_TEXT, .character = 0x1F600 }, true, 0x1F600 },
	{ { .key = UI_KEY_ENTER }, true, '\r' },
	{ { .key = UI_KEY_TAB }, true, '\t' },
	{ { .key = UI_KEY_UP }, true, 0 },
	{ { .key = UI_KEY_FUNCTION, .character = 9 }, true, 0 },
	{ { .key = UI_KEY_POINT, .y = 2, .x = 3 }, false, 0 },
	{ { .key = UI_KEY_WHEEL_UP }, false, 0 },
	{ { .key = UI_KEY_WHEEL_DOWN }, false, 0 },
	{ { .key = UI_KEY_RESIZE }, false, 0 },
};

static void a_scanner_types_what_a_keyboard_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		print_message("row %zu\n", i);
		assert_int_equal(ui_event_typed(&rows[i].event), rows[i].typed);
		assert_int_equal(ui_event_character(&rows[i].event),
				 rows[i].character);
	}
}

static void a_typed_event_that_was_held_back_is_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ui_event again =
		    ui_event_unpacked(ui_event_packed(&rows[i].event), 1234);

		assert_int_equal(again.key, rows[i].event.key);
		assert_int_equal(again.character, rows[i].event.character);
		assert_int_equal(again.y, rows[i].event.y);
		assert_int_equal(again.x, rows[i].event.x);
		assert_int_equal(again.at, 1234);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_scanner_types_what_a_keyboard_does),
		cmocka_unit_test(a_typed_event_that_was_held_back_is_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
