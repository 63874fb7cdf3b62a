#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "ui/choice.h"
#include "ui/grid.h"

static const struct choice_row waits[] = {
	{ .label = "Yes, I can wait" },
	{ .label = "I need something today" },
	{ .label = "I want to talk to someone alone" },
	{ .label = "I am not safe", .hides = true },
};

static const struct choice_row needs[] = {
	{ .label = "Being safe" },
	{ .label = "A place to live" },
	{ .label = "Food and clothes" },
	{ .label = "Money and benefits, and what the government gives to "
		   "families with children" },
	{ .label = "Health" },
	{ .label = "Stress or sadness" },
	{ .label = "Papers and immigration" },
	{ .label = "Learning English or French" },
	{ .label = "Work" },
	{ .label = "School and training for me" },
	{ .label = "My children" },
	{ .label = "Something else" },
};

static const struct choice_row arabic[] = {
	{ .label = "نعم، أستطيع الانتظار" },
	{ .label = "أحتاج إلى شيء اليوم" },
	{ .label = "أريد التحدث مع شخص على انفراد (A1)" },
};

static const struct choice_row languages[] = {
	{ .label = "English", .language = "en" },
	{ .label = "Français", .language = "fr" },
	{ .label = "ਪੰਜਾਬੀ", .language = "pa-Guru" },
	{ .label = "中文", .language = "zh-Hans" },
	{ .label = "العربية", .language = "ar" },
	{ .label = "Español", .language = "es-419" },
	{ .label = "हिन्दी", .language = "hi" },
	{ .label = "اردو", .language = "ur" },
	{ .label = "ትግርኛ", .language = "ti" },
	{ .label = "Українська", .language = "uk" },
	{ .label = "Tiếng Việt", .language = "vi" },
	{ .label = "Kiswahili", .language = "sw" },
	{ .label = "Soomaali", .language = "so" },
};

static struct choice *make(const struct choice_options *options,
			   const struct choice_row *rows, size_t count)
{
	struct choice *choice = NULL;

	assert_int_equal(choice_new(options, rows, count, &choice), FAULT_NONE);
	return choice;
}

static struct choice *one_of_waits(int row_height)
{
	return make(&(struct choice_options){ .language = "en",
					      .more = "More",
					      .row_height = row_height },
		    waits, COUNT(waits));
}

static struct choice *several_needs(int row_height)
{
	return make(&(struct choice_options){ .language = "en",
					      .more = "More",
					      .next = "Next",
					      .several = true,
					      .row_height = row_height },
		    needs, COUNT(needs));
}

static struct choice *language_tiles(void)
{
	return make(&(struct choice_options){ .language = "en",
					      .more = "More",
					      .extra = "A person, please",
					      .row_height = 2,
					      .columns = 3 },
		    languages, COUNT(languages));
}

/* Draws below a heading of five rows, with margins of two cells. */
static struct canvas *drawn(struct choice *choice, int rows, int columns,
			    bool plates)
{
	struct canvas *canvas = canvas_new(rows, columns, plates);

	choice_draw(choice, canvas,
		    (struct canvas_area){ 5, 2, rows - 6, columns - 4 });
	return canvas;
}

static void redraw(struct choice *choice, int rows, int columns)
{
	canvas_free(drawn(choice, rows, columns, false));
}

static enum choice_event press(struct choice *choice, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return choice_key(choice, &event);
}

static enum choice_event type(struct choice *choice, uint32_t character)
{
	struct ui_event event = text_event(character);

	return choice_key(choice, &event);
}

static enum choice_event touch(struct choice *choice, int y, int x)
{
	struct ui_event event = point_event(y, x);

	return choice_key(choice, &event);
}

/* --- pictures ------------------------------------------------------------- */

static void assert_picture(struct choice *choice, int rows, int columns,
			   bool plates, const char *name)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = drawn(choice, rows, columns, plates);
	SCOPED(char_freep) char *picture = canvas_picture(canvas);
	SCOPED(char_freep) char *looks = canvas_looks(canvas);
	SCOPED(char_freep) char *both = xasprintf("%s%s", picture, looks);

	assert_golden(name, both);
}

static void one_is_drawn_at_every_size(void **state)
{
	struct choice *choice = one_of_waits(2);

	(void)state;
	press(choice, UI_KEY_DOWN);
	assert_picture(choice, 14, 60, false, "ui-choice-60x14");
	assert_picture(choice, 24, 80, false, "ui-choice-80x24");
	assert_picture(choice, 60, 200, false, "ui-choice-200x60");
	assert_picture(choice, 14, 60, true, "ui-choice-plates-60x14");
	choice_free(choice);
}

static void several_have_marks_pages_and_a_way_on(void **state)
{
	struct choice *choice = several_needs(2);

	(void)state;
	choice_check(choice, 1, true);
	assert_picture(choice, 14, 60, false, "ui-choice-several-60x14");
	assert_picture(choice, 24, 80, false, "ui-choice-several-80x24");
	assert_picture(choice, 14, 60, true, "ui-choice-several-plates-60x14");
	choice_free(choice);
}

static void right_to_left_is_mirrored(void **state)
{
	struct choice *choice =
	    make(&(struct choice_options){ .language = "ar",
					   .more = "المزيد",
					   .next = "التالي",
					   .several = true,
					   .row_height = 2 },
		 arabic, COUNT(arabic));
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(14, 60, false);
	SCOPED(char_freep) char *picture = NULL;

	(void)state;
	choice_check(choice, 2, true);
	canvas_mirror(canvas, true);
	choice_draw(choice, canvas, (struct canvas_area){ 5, 2, 8, 56 });
	picture = canvas_picture(canvas);
	assert_golden("ui-choice-arabic-60x14", picture);
	/* The first row's number is at its right edge. */
	assert_int_equal(touch(choice, 5, 57), CHOICE_CHECKED);
	assert_true(choice_checked(choice, 0));
	choice_free(choice);
}

static void languages_stand_in_columns(void **state)
{
	struct choice *choice = language_tiles();

	(void)state;
	assert_picture(choice, 14, 60, true, "ui-choice-languages-60x14");
	assert_picture(choice, 24, 80, true, "ui-choice-languages-80x24");
	choice_free(choice);
}

/* --- keys ----------------------------------------------------------------- */

static void a_number_answers_at_once(void **state)
{
	struct choice *choice = one_of_waits(2);

	(void)state;
	assert_int_equal(type(choice, '3'), CHOICE_PICKED);
	assert_int_equal(choice_selected(choice), 2);
	assert_int_equal(type(choice, '5'), CHOICE_IGNORED);
	assert_int_equal(type(choice, '0'), CHOICE_IGNORED);
	assert_int_equal(choice_selected(choice), 2);
	choice_free(choice);
}

static void numbers_are_those_of_the_page_in_view(void **state)
{
	struct choice *choice = several_needs(2);

	(void)state;
	redraw(choice, 14, 60);
	assert_int_equal(type(choice, '2'), CHOICE_CHECKED);
	assert_true(choice_checked(choice, 1));
	assert_int_equal(type(choice, '0'), CHOICE_MOVED);
	assert_int_equal(choice_selected(choice), 3);
	assert_int_equal(type(choice, '2'), CHOICE_CHECKED);
	assert_true(choice_checked(choice, 4));
	assert_int_equal(type(choice, '2'), CHOICE_CHECKED);
	assert_false(choice_checked(choice, 4));
	choice_free(choice);
}

static void six_keys_reach_every_row_and_the_way_on(void **state)
{
	struct choice *choice = several_needs(1);
	bool seen[COUNT(needs)] = { false };

	(void)state;
	redraw(choice, 14, 60);
	for (int i = 0; i < 40; i++) {
		enum choice_event event;

		seen[choice_selected(choice)] = true;
		event = press(choice, UI_KEY_DOWN);
		assert_int_equal(event, CHOICE_MOVED);
		/* On "more", yes turns the page. */
		if (press(choice, UI_KEY_ENTER) == CHOICE_CHECKED)
			press(choice, UI_KEY_ENTER);
	}
	for (size_t i = 0; i < COUNT(needs); i++)
		assert_true(seen[i]);
	choice_select(choice, COUNT(needs) - 1);
	press(choice, UI_KEY_DOWN);
	press(choice, UI_KEY_DOWN);
	assert_int_equal(press(choice, UI_KEY_ENTER), CHOICE_NEXT);
	press(choice, UI_KEY_DOWN);
	assert_int_equal(press(choice, UI_KEY_ENTER), CHOICE_NEXT);
	press(choice, UI_KEY_UP);
	press(choice, UI_KEY_UP);
	assert_int_equal(choice_selected(choice), COUNT(needs) - 1);
	assert_int_equal(press(choice, UI_KEY_ENTER), CHOICE_CHECKED);
	choice_free(choice);
}

static void up_from_a_page_leads_to_the_one_before(void **state)
{
	struct choice *choice = several_needs(2);

	(void)state;
	redraw(choice, 14, 60);
	choice_select(choice, 3);
	press(choice, UI_KEY_UP);
	assert_int_equal(choice_selected(choice), 2);
	choice_select(choice, 0);
	press(choice, UI_KEY_UP);
	assert_int_equal(choice_selected(choice), 0);
	press(choice, UI_KEY_PAGE_UP);
	redraw(choice, 14, 60);
	press(choice, UI_KEY_PAGE_DOWN);
	assert_int_equal(choice_selected(choice), 0);
	press(choice, UI_KEY_END);
	assert_int_equal(choice_selected(choice), COUNT(needs) - 1);
	press(choice, UI_KEY_HOME);
	assert_int_equal(choice_selected(choice), 0);
	choice_free(choice);
}

static void a_row_is_touched_anywhere(void **state)
{
	struct choice *choice = one_of_waits(2);

	(void)state;
	redraw(choice, 14, 60);
	assert_int_equal(touch(choice, 7, 2), CHOICE_PICKED);
	assert_int_equal(choice_selected(choice), 1);
	assert_int_equal(touch(choice, 12, 57), CHOICE_PICKED);
	assert_int_equal(choice_selected(choice), 3);
	assert_int_equal(touch(choice, 4, 30), CHOICE_IGNORED);
	assert_int_equal(touch(choice, 7, 1), CHOICE_IGNORED);
	assert_int_equal(touch(choice, 13, 30), CHOICE_IGNORED);
	choice_free(choice);
}

static void tiles_are_walked_in_both_directions(void **state)
{
	static const struct {
		enum ui_key key;
		size_t selected;
	} steps[] = {
		{ UI_KEY_RIGHT, 1 }, { UI_KEY_DOWN, 4 },   { UI_KEY_LEFT, 3 },
		{ UI_KEY_LEFT, 2 },  { UI_KEY_DOWN, 5 },   { UI_KEY_RIGHT, 6 },
		{ UI_KEY_UP, 3 },    { UI_KEY_UP, 0 },     { UI_KEY_LEFT, 0 },
		{ UI_KEY_END, 12 },  { UI_KEY_RIGHT, 12 },
	};
	struct choice *choice = language_tiles();

	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		redraw(choice, 24, 80);
		print_message("step %zu\n", i);
		assert_int_equal(press(choice, steps[i].key), CHOICE_MOVED);
		assert_int_equal(choice_selected(choice), steps[i].selected);
	}
	choice_free(choice);
}

/* Up and down are enough to reach every tile, and what stands below them. */
static void tiles_are_walked_by_up_and_down_alone(void **state)
{
	static const size_t order[] = {
		0, 3, 6, 9, 12, 1, 4, 7, 10, 2, 5, 8, 11
	};
	struct choice *choice = language_tiles();

	(void)state;
	redraw(choice, 24, 80);
	for (size_t i = 0; i < COUNT(order); i++) {
		assert_int_equal(choice_selected(choice), order[i]);
		press(choice, UI_KEY_DOWN);
	}
	assert_int_equal(press(choice, UI_KEY_ENTER), CHOICE_EXTRA);
	choice_select(choice, 11);
	for (size_t i = COUNT(order); i-- > 0;) {
		assert_int_equal(choice_selected(choice), order[i]);
		press(choice, UI_KEY_UP);
	}
	assert_int_equal(choice_selected(choice), 0);
	choice_free(choice);
}

static void left_and_right_are_the_callers_in_one_column(void **state)
{
	struct choice *choice = one_of_waits(1);

	(void)state;
	assert_int_equal(press(choice, UI_KEY_LEFT), CHOICE_IGNORED);
	assert_int_equal(press(choice, UI_KEY_RIGHT), CHOICE_IGNORED);
	assert_int_equal(press(choice, UI_KEY_PAGE_DOWN), CHOICE_IGNORED);
	assert_int_equal(press(choice, UI_KEY_ESCAPE), CHOICE_IGNORED);
	assert_int_equal(type(choice, 'x'), CHOICE_IGNORED);
	choice_free(choice);
}

static void what_hides_is_never_confirmed(void **state)
{
	struct choice *choice = one_of_waits(2);

	(void)state;
	type(choice, '2');
	choice_confirm(choice, true);
	assert_picture(choice, 14, 60, false, "ui-choice-confirmed-60x14");
	type(choice, '4');
	choice_confirm(choice, true);
	{
		SCOPED(canvas_freep)
		struct canvas *canvas = drawn(choice, 14, 60, false);
		SCOPED(char_freep) char *picture = canvas_picture(canvas);

		assert_null(strstr(picture, "✓"));
	}
	choice_free(choice);
}

static bool has_plate(const struct canvas *canvas, const char *begin)
{
	for (size_t i = 0; i < canvas->plate_count; i++) {
		const char *text = canvas->plates[i].text;

		if (text && !strncmp(text, begin, strlen(begin)))
			return true;
	}
	return false;
}

/* The row that turns the page would lie over it otherwise, and its words be
 * gone. */
static void a_row_too_high_for_its_page_keeps_its_words(void **state)
{
	static const struct choice_row rows[] = {
		{ .label =
		      "Gregorian, from January to December, as in Canada" },
		{ .label = "Ethiopian" },
		{ .label = "Solar" },
	};
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(4, 60, true);
	SCOPED(choice_freep) struct choice *choice = NULL;

	(void)state;
	assert_int_equal(choice_new(
			     &(struct choice_options){
				 .language = "en",
				 .more = "More",
				 .row_height = 3,
			     },
			     rows, COUNT(rows), &choice),
			 FAULT_NONE);
	canvas_magnify(canvas, 200);
	choice_draw(choice, canvas, (struct canvas_area){ 0, 2, 4, 56 });
	assert_true(has_plate(canvas, "Gregorian"));
	assert_true(has_plate(canvas, "More"));
}

static void every_row_of_a_long_list_is_on_one_page(void **state)
{
	static const int heights[] = { 1, 2, 3 };
	static const struct {
		int rows, columns;
	} sizes[] = { { 14, 60 }, { 24, 80 }, { 60, 200 }, { 5, 20 } };
	struct choice_row rows[60];
	char labels[60][16];

	(void)state;
	for (int i = 0; i < 60; i++) {
		snprintf(labels[i], sizeof labels[i], "row%02d.", i);
		rows[i] = (struct choice_row){ .label = labels[i] };
	}
	for (size_t i = 0; i < COUNT(heights) * COUNT(sizes); i++) {
		int lines = sizes[i / COUNT(heights)].rows;
		int columns = sizes[i / COUNT(heights)].columns;
		struct choice *choice = make(
		    &(struct choice_options){ .language = "en",
					      .more = "More",
					      .row_height =
						  heights[i % COUNT(heights)] },
		    rows, 60);

		for (size_t row = 0; row < 60; row++) {
			struct canvas *canvas;
			char *picture;

			choice_select(choice, row);
			canvas = drawn(choice, lines, columns, false);
			picture = canvas_picture(canvas);
			/* At 20x5 there is no row left below the heading. */
			if (lines > 5)
				assert_non_null(strstr(picture, labels[row]));
			free(picture);
			canvas_free(canvas);
		}
		choice_free(choice);
	}
}

static void a_list_over_the_limit_is_refused(void **state)
{
	static struct choice_row rows[CHOICE_MAX + 1];
	struct choice *untouched = NULL;

	(void)state;
	for (int i = 0; i <= CHOICE_MAX; i++)
		rows[i].label = "x";
	assert_int_equal(
	    choice_new(&(struct choice_options){ .language = "en" }, rows,
		       CHOICE_MAX + 1, &untouched),
	    FAULT_LIMIT);
	assert_null(untouched);
	assert_int_equal(
	    choice_new(&(struct choice_options){ .language = "en" }, rows,
		       CHOICE_MAX, &untouched),
	    FAULT_NONE);
	redraw(untouched, 14, 60);
	choice_free(untouched);
}

static size_t count_of(const char *text, const char *sign)
{
	size_t count = 0;

	for (; (text = strstr(text, sign)); text += strlen(sign))
		count++;
	return count;
}

/* One row alone has the marker and bold letters, whatever its colour. */
static void the_focus_is_more_than_a_colour(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(waits); i++) {
		SCOPED(choice_freep) struct choice *choice = one_of_waits(1);

		choice_select(choice, i);
		SCOPED(canvas_freep)
		struct canvas *canvas = drawn(choice, 14, 60, false);
		SCOPED(char_freep) char *picture = canvas_picture(canvas);
		SCOPED(char_freep) char *looks = canvas_looks(canvas);
		SCOPED(char_freep)
		char *row = xasprintf("▸ %zu  %s", i + 1, waits[i].label);

		assert_non_null(strstr(picture, row));
		assert_int_equal(count_of(picture, "▸"), 1);
		assert_int_equal(count_of(looks, "\n  F"), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_focus_is_more_than_a_colour),
		cmocka_unit_test(one_is_drawn_at_every_size),
		cmocka_unit_test(several_have_marks_pages_and_a_way_on),
		cmocka_unit_test(right_to_left_is_mirrored),
		cmocka_unit_test(languages_stand_in_columns),
		cmocka_unit_test(a_number_answers_at_once),
		cmocka_unit_test(numbers_are_those_of_the_page_in_view),
		cmocka_unit_test(six_keys_reach_every_row_and_the_way_on),
		cmocka_unit_test(up_from_a_page_leads_to_the_one_before),
		cmocka_unit_test(a_row_is_touched_anywhere),
		cmocka_unit_test(tiles_are_walked_in_both_directions),
		cmocka_unit_test(tiles_are_walked_by_up_and_down_alone),
		cmocka_unit_test(left_and_right_are_the_callers_in_one_column),
		cmocka_unit_test(what_hides_is_never_confirmed),
		cmocka_unit_test(a_row_too_high_for_its_page_keeps_its_words),
		cmocka_unit_test(every_row_of_a_long_list_is_on_one_page),
		cmocka_unit_test(a_list_over_the_limit_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
