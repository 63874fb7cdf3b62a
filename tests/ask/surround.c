#include "tests/test.h"

#include "ask/surround.h"

#include <stdlib.h>
#include <string.h>

struct frame {
	struct catalogue *words;
	struct surround surround;
	struct canvas *canvas;
	struct canvas_area area;
	char *picture;
};

static void frame_draw(struct frame *frame, const char *tag, int rows,
		       int columns, const struct surround *like)
{
	SCOPED(char_freep)
	char *path = xasprintf("translations/kiosk.%s.po", tag);

	frame->words = catalogue_new(tag);
	assert_int_equal(catalogue_add(frame->words, path), FAULT_NONE);
	frame->surround = *like;
	frame->surround.language = language_find(tag);
	frame->surround.words = frame->words;
	frame->canvas = canvas_new(rows, columns, false);
	frame->area = surround_draw(&frame->surround, frame->canvas);
	frame->picture = canvas_picture(frame->canvas);
}

static void frame_done(struct frame *frame)
{
	catalogue_free(frame->words);
	canvas_free(frame->canvas);
	free(frame->picture);
}

/* The column at which text begins in a row of the picture; -1: not there. */
static int column_of(const struct frame *frame, int row, const char *text)
{
	const char *line = frame->picture, *at;
	int column = 0;

	while (row--)
		line = strchr(line, '\n') + 1;
	at = strstr(line, text);
	if (!at || memchr(line, '\n', (size_t)(at - line)))
		return -1;
	for (; line < at; line++)
		column += (*line & 0xC0) != 0x80;
	return column;
}

static enum surround_action at_point(const struct frame *frame, int y, int x)
{
	return surround_action(
	    &frame->surround,
	    &(struct ui_event){ .key = UI_KEY_POINT, .y = y, .x = x }, false);
}

static void everything_has_its_place(void **state)
{
	static const int grids[][2] = { { 14, 60 }, { 24, 80 }, { 60, 200 } };
	const struct surround like = { .heading = "Can you wait?",
				       .before = 2,
				       .total = 9 };

	(void)state;
	for (size_t i = 0; i < COUNT(grids); i++) {
		int rows = grids[i][0], columns = grids[i][1];
		struct frame frame;

		frame_draw(&frame, "en", rows, columns, &like);
		assert_int_equal(column_of(&frame, 0, "↺ Start over"),
				 columns - 2 - 12);
		assert_int_equal(
		    column_of(&frame, rows < 16 ? 1 : 2, "Can you wait?"), 2);
		assert_true(column_of(&frame, rows - 1, "A person") >
			    columns / 2);
		/* Words where there is room for them, else signs. */
		assert_int_equal(column_of(&frame, rows - 1, "Skip") >= 0,
				 columns >= 70);
		/* Four answers of two rows fit below it. */
		assert_true(frame.area.y >= 3 && frame.area.h >= 8);
		assert_int_equal(frame.area.x, 2);
		assert_int_equal(frame.area.y + frame.area.h, rows - 2);
		frame_done(&frame);
	}
}

static void no_language_loses_a_key(void **state)
{
	static const char *const long_ones[] = { "fr", "es-419", "ru", "rw" };
	const struct surround like = { .heading = "?" };

	(void)state;
	for (size_t i = 0; i < COUNT(long_ones); i++) {
		for (int columns = 40; columns <= 80; columns += 2) {
			struct frame frame;

			frame_draw(&frame, long_ones[i], 14, columns, &like);
			assert_int_equal(frame.surround.footer.count, 5);
			frame_done(&frame);
		}
	}
}

static void touches_find_what_is_drawn(void **state)
{
	static const struct {
		const char *word;
		enum surround_action action;
	} cases[] = {
		{ "Back", SURROUND_BACK },
		{ "Skip", SURROUND_ONWARD },
		{ "Bigger", SURROUND_BIGGER },
		{ "A person", SURROUND_PERSON },
	};
	const struct surround like = { .heading = "a" };
	struct frame frame;

	(void)state;
	frame_draw(&frame, "en", 24, 80, &like);
	for (size_t i = 0; i < COUNT(cases); i++) {
		int x = column_of(&frame, 23, cases[i].word);

		assert_true(x >= 0);
		assert_int_equal(at_point(&frame, 23, x), cases[i].action);
	}
	assert_int_equal(at_point(&frame, 0, 75), SURROUND_START_OVER);
	assert_int_equal(at_point(&frame, 10, 40), SURROUND_NONE);
	frame_done(&frame);
}

static void what_cannot_be_done_is_neither_shown_nor_taken(void **state)
{
	const struct surround first = { .no_back = true, .no_onward = true };
	const struct ui_event keys[] = {
		{ .key = UI_KEY_LEFT },    { .key = UI_KEY_RIGHT },
		{ .key = UI_KEY_ESCAPE },  { .key = UI_KEY_TAB },
		{ .key = UI_KEY_PAGE_UP }, { .key = UI_KEY_PAGE_DOWN },
	};
	struct frame frame, other;
	int person;

	(void)state;
	frame_draw(&frame, "en", 24, 80, &first);
	assert_int_equal(column_of(&frame, 23, "Back"), -1);
	assert_int_equal(column_of(&frame, 23, "Skip"), -1);
	for (size_t i = 0; i < COUNT(keys); i++)
		assert_int_equal(
		    surround_action(&frame.surround, &keys[i], false),
		    SURROUND_NONE);
	/* The rest does not move. */
	person = column_of(&frame, 23, "A person");
	frame_draw(&other, "en", 24, 80, &(struct surround){ 0 });
	assert_int_equal(column_of(&other, 23, "A person"), person);
	assert_int_equal(column_of(&other, 23, "Bigger"),
			 column_of(&frame, 23, "Bigger"));
	frame_done(&frame);
	frame_done(&other);
}

static void onward_reads_next_once_something_is_answered(void **state)
{
	struct frame frame;

	(void)state;
	frame_draw(&frame, "en", 24, 80,
		   &(struct surround){ .answered = true });
	assert_int_equal(column_of(&frame, 23, "Skip"), -1);
	assert_true(column_of(&frame, 23, "Next") > 0);
	frame_done(&frame);
}

static void keys_mean_the_same_everywhere_but_arrows_are_mirrored(void **state)
{
	static const struct {
		struct ui_event event;
		bool typing;
		enum surround_action english, arabic;
	} cases[] = {
		{ { .key = UI_KEY_LEFT }, 0, SURROUND_BACK, SURROUND_ONWARD },
		{ { .key = UI_KEY_RIGHT }, 0, SURROUND_ONWARD, SURROUND_BACK },
		{ { .key = UI_KEY_LEFT }, 1, SURROUND_NONE, SURROUND_NONE },
		{ { .key = UI_KEY_RIGHT }, 1, SURROUND_NONE, SURROUND_NONE },
		{ { .key = UI_KEY_ESCAPE }, 1, SURROUND_BACK, SURROUND_BACK },
		{ { .key = UI_KEY_PAGE_UP }, 0, SURROUND_BACK, SURROUND_BACK },
		{ { .key = UI_KEY_TAB }, 1, SURROUND_ONWARD, SURROUND_ONWARD },
		{ { .key = UI_KEY_PAGE_DOWN },
		  0,
		  SURROUND_ONWARD,
		  SURROUND_ONWARD },
		{ { .key = UI_KEY_FUNCTION, .character = 1 },
		  1,
		  SURROUND_PERSON,
		  SURROUND_PERSON },
		{ { .key = UI_KEY_FUNCTION, .character = 2 },
		  0,
		  SURROUND_BIGGER,
		  SURROUND_BIGGER },
		{ { .key = UI_KEY_FUNCTION, .character = 3 },
		  0,
		  SURROUND_COLOURS,
		  SURROUND_COLOURS },
		{ { .key = UI_KEY_FUNCTION, .character = 9 },
		  0,
		  SURROUND_START_OVER,
		  SURROUND_START_OVER },
		{ { .key = UI_KEY_FUNCTION, .character = 12 },
		  0,
		  SURROUND_NONE,
		  SURROUND_NONE },
		{ { .key = UI_KEY_UP }, 0, SURROUND_NONE, SURROUND_NONE },
	};
	struct frame english, arabic;

	(void)state;
	frame_draw(&english, "en", 24, 80, &(struct surround){ 0 });
	frame_draw(&arabic, "ar", 24, 80, &(struct surround){ 0 });
	for (size_t i = 0; i < COUNT(cases); i++) {
		assert_int_equal(surround_action(&english.surround,
						 &cases[i].event,
						 cases[i].typing),
				 cases[i].english);
		assert_int_equal(surround_action(&arabic.surround,
						 &cases[i].event,
						 cases[i].typing),
				 cases[i].arabic);
	}
	frame_done(&english);
	frame_done(&arabic);
}

static void arabic_stands_the_other_way_round(void **state)
{
	struct frame frame;

	(void)state;
	frame_draw(&frame, "ar", 24, 80, &(struct surround){ 0 });
	assert_true(canvas_mirrored(frame.canvas));
	assert_in_range(column_of(&frame, 0, "↺"), 0, 19);
	/* Back is at the right, a person at the left. */
	assert_int_equal(at_point(&frame, 23, 76), SURROUND_BACK);
	assert_int_equal(at_point(&frame, 23, 3), SURROUND_PERSON);
	assert_int_equal(at_point(&frame, 0, 3), SURROUND_START_OVER);
	frame_done(&frame);
}

static void for_the_left_hand_both_ends_change_sides(void **state)
{
	const struct surround like = { .heading = "Can you wait?",
				       .before = 2,
				       .total = 5,
				       .left_handed = true };
	struct frame frame;

	(void)state;
	frame_draw(&frame, "en", 24, 80, &like);
	assert_int_equal(column_of(&frame, 0, "↺ Start over"), 2);
	assert_int_equal(column_of(&frame, 0, "●"), 80 - 2 - 9);
	assert_int_equal(column_of(&frame, 23, "☺ A person"), 2);
	/* The order of reading stays: back, then on. */
	assert_true(column_of(&frame, 23, "◂ Back") > 20);
	assert_true(column_of(&frame, 23, "Skip ▸") >
		    column_of(&frame, 23, "◂ Back"));
	assert_int_equal(column_of(&frame, 2, "Can you wait?"), 2);
	assert_int_equal(at_point(&frame, 23, 4), SURROUND_PERSON);
	assert_int_equal(at_point(&frame, 0, 4), SURROUND_START_OVER);
	frame_done(&frame);
	frame_draw(&frame, "ar", 24, 80, &like);
	assert_true(column_of(&frame, 23, "☺") > 60);
	frame_done(&frame);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_has_its_place),
		cmocka_unit_test(no_language_loses_a_key),
		cmocka_unit_test(touches_find_what_is_drawn),
		cmocka_unit_test(
		    what_cannot_be_done_is_neither_shown_nor_taken),
		cmocka_unit_test(onward_reads_next_once_something_is_answered),
		cmocka_unit_test(
		    keys_mean_the_same_everywhere_but_arrows_are_mirrored),
		cmocka_unit_test(for_the_left_hand_both_ends_change_sides),
		cmocka_unit_test(arabic_stands_the_other_way_round),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
