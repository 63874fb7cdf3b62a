#include "tests/test.h"

#include "base/memory.h"
#include "tests/support/event.h"
#include "ui/daytime.h"

static void it_is_drawn_as_a_number_whichever_way_text_runs(void **state)
{
	static const struct {
		const char *language, *picture;
		bool mirrored;
	} cases[] = {
		{ "en",
		  "  ▴        ▴\n"
		  "  09   :   30\n"
		  "  ▾        ▾\n",
		  false },
		{ "ar",
		  "       ▴        ▴\n"
		  "       ٠٩   :   ٣٠\n"
		  "       ▾        ▾\n",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(3, 20, false);
		struct daytime daytime;

		daytime_init(&daytime);
		assert_true(daytime_read(&daytime, "09:30:00.000"));
		canvas_mirror(canvas, cases[i].mirrored);
		daytime_draw(&daytime, canvas,
			     (struct canvas_area){ 0, 0, 3, DAYTIME_CELLS },
			     cases[i].language, true);
		SCOPED(char_freep) char *picture = canvas_picture(canvas);

		assert_string_equal(picture, cases[i].picture);
	}
}

static void each_part_is_touched_where_it_stands(void **state)
{
	static const struct {
		int y, x;
		enum daytime_event event;
		const char *wall;
	} touches[] = {
		{ 0, 2, DAYTIME_CHANGED, "10:30" },
		{ 2, 2, DAYTIME_CHANGED, "09:30" },
		{ 0, 11, DAYTIME_CHANGED, "09:35" },
		{ 1, 2, DAYTIME_MOVED, "09:35" },
		{ 1, 7, DAYTIME_IGNORED, "09:35" }, /* between */
	};
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(3, 20, false);
	struct daytime daytime;

	(void)state;
	daytime_init(&daytime);
	daytime_read(&daytime, "09:30");
	daytime_draw(&daytime, canvas,
		     (struct canvas_area){ 0, 0, 3, DAYTIME_CELLS }, "en",
		     true);
	for (size_t i = 0; i < COUNT(touches); i++) {
		struct ui_event event = point_event(touches[i].y, touches[i].x);

		assert_int_equal(daytime_is_touched(&daytime, &event),
				 touches[i].event != DAYTIME_IGNORED);
		assert_int_equal(daytime_key(&daytime, &event),
				 touches[i].event);
		SCOPED(char_freep) char *wall = daytime_wall(&daytime);

		assert_string_equal(wall, touches[i].wall);
	}
}

static void blank_is_blank_until_both_parts_are_there(void **state)
{
	struct ui_event two = text_event('2'), yes = key_event(UI_KEY_ENTER);
	struct daytime daytime;

	(void)state;
	daytime_init(&daytime);
	assert_true(daytime_is_blank(&daytime));
	assert_int_equal(daytime_key(&daytime, &two), DAYTIME_CHANGED);
	assert_false(daytime_is_blank(&daytime));
	assert_false(daytime_is_whole(&daytime));
	SCOPED(char_freep) char *half = daytime_text(&daytime);
	assert_string_equal(half, "");
	assert_int_equal(daytime_key(&daytime, &yes), DAYTIME_MOVED);
	assert_int_equal(daytime_key(&daytime, &yes), DAYTIME_ENTERED);
	SCOPED(char_freep) char *whole = daytime_text(&daytime);
	assert_string_equal(whole, "02:00:00.000");
	assert_false(daytime_read(&daytime, "garbage"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    it_is_drawn_as_a_number_whichever_way_text_runs),
		cmocka_unit_test(each_part_is_touched_where_it_stands),
		cmocka_unit_test(blank_is_blank_until_both_parts_are_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
