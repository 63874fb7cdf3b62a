#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "tests/support/event.h"
#include "tests/support/golden.h"
#include "ui/prompt.h"
#include "ui/table.h"

static const struct table_column columns[] = {
	{ .title = "", .width = 2 },
	{ .title = "Number", .width = 7 },
	{ .title = "Waits", .width = 7, .align = CANVAS_END, .keep = 1 },
	{ .title = "Language", .keep = 2 },
	{ .title = "Name" },
};

static const struct {
	const char *cells[5], *language;
} people[] = {
	{ { "U1", "K7-0415", "2 min", "پښتو", "احمد شاه" }, "ps" },
	{ { "U2", "K7-0412", "11 min", "ትግርኛ", "ሰላም" }, "ti" },
	{ { "U3", "K7-0409", "25 min", "العربية", "محمد الأحمد" }, "ar" },
	{ { "U4", "K7-0411", "14 min", "English", "Ana María Núñez" }, "en" },
	{ { "U5", "K7-0416", "1 min", "Français", NULL }, "fr" },
};

static struct table_cell fill(void *to, size_t row, int column)
{
	(void)to;
	row %= COUNT(people);
	return (struct table_cell){
		.text = people[row].cells[column],
		.language = column > 2 ? people[row].language : NULL,
		.colour = column == 2 ? CANVAS_QUIET : CANVAS_INK,
	};
}

static struct table *make(size_t count)
{
	struct table *table = table_new(&(struct table_options){
	    .language = "en",
	    .columns = columns,
	    .column_count = COUNT(columns),
	    .empty = "Nobody waits. Scan a paper and it appears here.",
	    .fill = fill,
	});

	table_set_count(table, count);
	return table;
}

static struct canvas *drawn(struct table *table, int rows, int width,
			    bool plates)
{
	struct canvas *canvas = canvas_new(rows, width, plates);

	table_draw(table, canvas, (struct canvas_area){ 0, 0, rows, width },
		   true);
	return canvas;
}

static void assert_picture(struct table *table, int rows, int width,
			   const char *name)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = drawn(table, rows, width, true);
	SCOPED(char_freep) char *picture = canvas_picture(canvas);
	SCOPED(char_freep) char *looks = canvas_looks(canvas);
	SCOPED(char_freep) char *both = xasprintf("%s%s", picture, looks);

	assert_golden(name, both);
}

static enum table_event press(struct table *table, enum ui_key key)
{
	struct ui_event event = key_event(key);

	return table_key(table, &event);
}

static void columns_share_the_width_and_give_way(void **state)
{
	struct table *table = make(COUNT(people));

	(void)state;
	table_select(table, 1);
	assert_picture(table, 7, 80, "ui-table-80");
	assert_picture(table, 7, 44, "ui-table-44");
	assert_picture(table, 7, 30, "ui-table-30");
	assert_picture(table, 3, 20, "ui-table-20");
	table_free(table);
}

static void an_empty_one_says_what_will_appear(void **state)
{
	struct table *table = make(0);

	(void)state;
	assert_picture(table, 6, 40, "ui-table-empty");
	assert_int_equal(press(table, UI_KEY_DOWN), TABLE_IGNORED);
	assert_int_equal(press(table, UI_KEY_ENTER), TABLE_IGNORED);
	assert_int_equal(table_selected(table), 0);
	table_free(table);
}

static void the_view_follows_the_selected_row(void **state)
{
	static const struct {
		enum ui_key key;
		size_t selected;
		int row; /* on the screen */
	} steps[] = {
		{ UI_KEY_UP, 0, 1 },        { UI_KEY_DOWN, 1, 2 },
		{ UI_KEY_PAGE_DOWN, 7, 6 }, { UI_KEY_UP, 6, 5 },
		{ UI_KEY_END, 99, 6 },      { UI_KEY_DOWN, 99, 6 },
		{ UI_KEY_WHEEL_UP, 96, 3 }, { UI_KEY_PAGE_UP, 90, 1 },
		{ UI_KEY_HOME, 0, 1 },
	};
	struct table *table = make(100);

	(void)state;
	for (size_t i = 0; i < COUNT(steps); i++) {
		struct canvas *canvas;
		char *looks, *at;

		canvas_free(drawn(table, 7, 40, false));
		assert_int_equal(press(table, steps[i].key), TABLE_MOVED);
		assert_int_equal(table_selected(table), steps[i].selected);
		canvas = drawn(table, 7, 40, false);
		looks = canvas_looks(canvas);
		at = looks;
		for (int row = 0; row < steps[i].row; row++)
			at = strchr(at, '\n') + 1;
		print_message("step %zu\n", i);
		assert_int_equal(*at, 'F');
		char_free(looks);
		canvas_free(canvas);
	}
	table_free(table);
}

/* It stood at the top, with what is above it out of sight. */
static void a_row_chosen_before_it_is_drawn_hides_none_above(void **state)
{
	struct table *table = make(20);
	SCOPED(canvas_freep) struct canvas *canvas = NULL;
	SCOPED(char_freep) char *picture = NULL;

	(void)state;
	table_select(table, 3);
	canvas = drawn(table, 8, 80, false);
	picture = canvas_picture(canvas);
	assert_null(strstr(picture, "▴"));
	assert_non_null(strstr(picture, "▾"));
	table_free(table);
}

/* Of two beside each other. */
static void the_mark_is_where_the_keys_go(void **state)
{
	struct table *table = make(2);

	(void)state;
	for (int focused = 0; focused < 2; focused++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(7, 80, false);
		SCOPED(char_freep) char *picture = NULL;

		table_draw(table, canvas, (struct canvas_area){ 0, 0, 7, 80 },
			   focused);
		picture = canvas_picture(canvas);
		assert_int_equal(strstr(picture, "▸") != NULL, focused);
	}
	table_free(table);
}

static void a_click_selects_and_another_opens(void **state)
{
	struct table *table = make(4);
	struct ui_event second = point_event(2, 10);
	struct ui_event below = point_event(6, 10);
	struct ui_event title = point_event(0, 10);

	(void)state;
	canvas_free(drawn(table, 8, 40, false));
	assert_int_equal(table_key(table, &second), TABLE_MOVED);
	assert_int_equal(table_selected(table), 1);
	assert_int_equal(table_key(table, &second), TABLE_OPENED);
	assert_int_equal(table_key(table, &below), TABLE_IGNORED);
	assert_int_equal(table_key(table, &title), TABLE_IGNORED);
	assert_int_equal(press(table, UI_KEY_ENTER), TABLE_OPENED);
	table_free(table);
}

static void fewer_rows_keep_the_selection_in_them(void **state)
{
	struct table *table = make(10);

	(void)state;
	table_select(table, 8);
	table_set_count(table, 5);
	assert_int_equal(table_selected(table), 4);
	table_set_count(table, 0);
	assert_int_equal(table_selected(table), 0);
	table_set_count(table, 3);
	assert_int_equal(table_selected(table), 0);
	table_select(table, 77);
	assert_int_equal(table_selected(table), 2);
	table_free(table);
}

static void a_prompt_takes_words_and_is_left_by_escape(void **state)
{
	struct prompt *prompt = prompt_new("/", "en");
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 30, false);
	SCOPED(char_freep) char *picture = NULL;
	struct ui_event a = text_event('a'), enter = key_event(UI_KEY_ENTER);
	struct ui_event back = key_event(UI_KEY_BACKSPACE);
	struct ui_event escape = key_event(UI_KEY_ESCAPE);
	struct ui_event up = key_event(UI_KEY_UP);

	(void)state;
	assert_int_equal(prompt_key(prompt, &a), PROMPT_CHANGED);
	prompt_set_text(prompt, "núñez");
	assert_int_equal(prompt_key(prompt, &a), PROMPT_CHANGED);
	assert_string_equal(prompt_text(prompt), "núñeza");
	prompt_draw(prompt, canvas, 0, 0, 30, "3 people");
	prompt_draw(prompt, canvas, 1, 0, 12, "3 people");
	picture = canvas_picture(canvas);
	assert_string_equal(picture, "/  núñeza             3 people\n"
				     "/  núñeza\n");
	assert_int_equal(prompt_key(prompt, &enter), PROMPT_ENTERED);
	assert_int_equal(prompt_key(prompt, &up), PROMPT_IGNORED);
	assert_int_equal(prompt_key(prompt, &escape), PROMPT_CANCELLED);
	prompt_set_text(prompt, "");
	assert_int_equal(prompt_key(prompt, &back), PROMPT_CANCELLED);
	prompt_free(prompt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_share_the_width_and_give_way),
		cmocka_unit_test(an_empty_one_says_what_will_appear),
		cmocka_unit_test(the_view_follows_the_selected_row),
		cmocka_unit_test(
		    a_row_chosen_before_it_is_drawn_hides_none_above),
		cmocka_unit_test(the_mark_is_where_the_keys_go),
		cmocka_unit_test(a_click_selects_and_another_opens),
		cmocka_unit_test(fewer_rows_keep_the_selection_in_them),
		cmocka_unit_test(a_prompt_takes_words_and_is_left_by_escape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
