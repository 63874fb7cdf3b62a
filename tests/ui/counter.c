#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "tests/support/event.h"
#include "ui/counter.h"

static enum counter_event press(struct counter *counter, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return counter_key(counter, &event);
}

static enum counter_event type(struct counter *counter, uint32_t character)
{
	struct ui_event event = text_event(character);

	return counter_key(counter, &event);
}

static void it_counts_from_blank_between_its_bounds(void **state)
{
	struct counter counter = { .least = 0, .most = 2 };

	(void)state;
	assert_false(counter.is_set);
	assert_int_equal(press(&counter, UI_KEY_UP), COUNTER_CHANGED);
	assert_int_equal(counter.value, 1);
	assert_int_equal(type(&counter, '+'), COUNTER_CHANGED);
	assert_int_equal(press(&counter, UI_KEY_UP), COUNTER_REFUSED);
	assert_int_equal(counter.value, 2);
	assert_int_equal(type(&counter, '-'), COUNTER_CHANGED);
	assert_int_equal(press(&counter, UI_KEY_DOWN), COUNTER_CHANGED);
	assert_int_equal(counter.value, 0);
	assert_int_equal(press(&counter, UI_KEY_DOWN), COUNTER_REFUSED);
	assert_int_equal(press(&counter, UI_KEY_ENTER), COUNTER_ENTERED);
	assert_int_equal(press(&counter, UI_KEY_DELETE), COUNTER_CHANGED);
	assert_false(counter.is_set);
	assert_int_equal(press(&counter, UI_KEY_DOWN), COUNTER_CHANGED);
	assert_int_equal(counter.value, 0);
	assert_true(counter.is_set);
}

static void blank_begins_at_the_least_where_that_is_not_nought(void **state)
{
	struct counter counter = { .least = 3, .most = 9 };

	(void)state;
	press(&counter, UI_KEY_UP);
	assert_int_equal(counter.value, 3);
}

static void digits_are_typed_and_taken_back(void **state)
{
	struct counter counter = { .least = 0, .most = 12 };

	(void)state;
	assert_int_equal(type(&counter, '1'), COUNTER_CHANGED);
	assert_int_equal(type(&counter, '2'), COUNTER_CHANGED);
	assert_int_equal(counter.value, 12);
	/* 123 would be too many: the 3 begins anew. */
	assert_int_equal(type(&counter, '3'), COUNTER_CHANGED);
	assert_int_equal(counter.value, 3);
	assert_int_equal(type(&counter, 'x'), COUNTER_IGNORED);
	assert_int_equal(press(&counter, UI_KEY_BACKSPACE), COUNTER_CHANGED);
	assert_false(counter.is_set);
	assert_int_equal(press(&counter, UI_KEY_BACKSPACE), COUNTER_IGNORED);
	type(&counter, '0');
	assert_true(counter.is_set);
	assert_int_equal(counter.value, 0);
}

static void its_keys_can_be_touched(void **state)
{
	static const struct {
		bool mirrored;
		int less, more;
	} sides[] = { { false, 4, 22 }, { true, 37, 19 } };

	(void)state;
	for (size_t i = 0; i < COUNT(sides); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(4, 40, false);
		struct counter counter = { .most = 12 };
		struct ui_event more = point_event(1, sides[i].more);
		struct ui_event less = point_event(2, sides[i].less);
		struct ui_event number = point_event(1, 12);

		canvas_mirror(canvas, sides[i].mirrored);
		counter_draw(&counter, canvas,
			     (struct canvas_area){ 0, 2, 4, 30 }, "en", true);
		assert_int_equal(counter_key(&counter, &more), COUNTER_CHANGED);
		assert_int_equal(counter_key(&counter, &more), COUNTER_CHANGED);
		assert_int_equal(counter_key(&counter, &less), COUNTER_CHANGED);
		assert_int_equal(counter_key(&counter, &number),
				 COUNTER_IGNORED);
		assert_int_equal(counter.value, 1);
	}
}

static void it_is_drawn_high_and_low(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(5, 24, false);
	struct counter counter = { .most = 12, .is_set = true, .value = 3 };
	SCOPED(char_freep) char *picture = NULL;

	(void)state;
	counter_draw(&counter, canvas, (struct canvas_area){ 0, 0, 3, 24 },
		     "en", true);
	counter_draw(&counter, canvas, (struct canvas_area){ 4, 0, 1, 24 },
		     "en", false);
	picture = canvas_picture(canvas);
	assert_string_equal(picture, "╭───╮           ╭───╮\n"
				     "│ − │     3     │ + │\n"
				     "╰───╯           ╰───╯\n"
				     "\n"
				     "  −       3       +\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_counts_from_blank_between_its_bounds),
		cmocka_unit_test(
		    blank_begins_at_the_least_where_that_is_not_nought),
		cmocka_unit_test(digits_are_typed_and_taken_back),
		cmocka_unit_test(its_keys_can_be_touched),
		cmocka_unit_test(it_is_drawn_high_and_low),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
