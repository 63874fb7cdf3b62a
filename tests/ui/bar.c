#include "tests/test.h"

#include "base/memory.h"
#include "tests/support/event.h"
#include "ui/bar.h"
#include "ui/progress.h"

enum { BACK = 1, SKIP, BIGGER, PERSON };

static const struct bar_item footer[] = {
	{ .sign = "◂", .word = "Back", .id = BACK },
	{ .sign = "▸", .word = "Skip", .sign_behind = true, .id = SKIP },
	{ .sign = "A", .word = "Bigger", .id = BIGGER },
	{ .sign = "☺",
	  .word = "A person",
	  .at_end = true,
	  .keep_word = true,
	  .id = PERSON },
};

static const struct bar_look words = { .language = "en",
				       .words = true,
				       .between = "    " };
static const struct bar_look signs = { .language = "en", .between = "    " };

static void assert_picture(const struct canvas *canvas, const char *wanted)
{
	SCOPED(char_freep) char *picture = canvas_picture(canvas);

	assert_string_equal(picture, wanted);
}

static void words_or_signs_stand_at_both_ends(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 60, false);
	struct bar bar;

	(void)state;
	bar_draw(&bar, canvas, 0, 2, 56, &words, footer, COUNT(footer));
	bar_draw(&bar, canvas, 1, 2, 56, &signs, footer, COUNT(footer));
	assert_picture(canvas,
		       "  ◂ Back    Skip ▸    A Bigger                  "
		       "☺ A person\n"
		       "  ◂    ▸    A                                   "
		       "☺ A person\n");
}

static void a_hidden_item_moves_no_other(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 60, false);
	struct bar_item items[COUNT(footer)];
	struct bar bar;

	(void)state;
	for (size_t i = 0; i < COUNT(footer); i++)
		items[i] = footer[i];
	items[0].hidden = true;
	bar_draw(&bar, canvas, 0, 2, 56, &words, items, COUNT(footer));
	assert_picture(canvas,
		       "            Skip ▸    A Bigger                  "
		       "☺ A person\n");
	assert_int_equal(
	    bar_touched(&bar,
			&(struct ui_event){ .key = UI_KEY_POINT, .x = 3 }),
	    0);
}

static void what_does_not_fit_is_left_out_but_for_the_end(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 30, false);
	struct bar bar;

	(void)state;
	bar_draw(&bar, canvas, 0, 0, 30, &words, footer, COUNT(footer));
	assert_picture(canvas, "◂ Back    Skip ▸    ☺ A person\n");
}

static void an_item_is_touched_with_a_fingers_width(void **state)
{
	static const struct {
		bool mirrored;
		int x, id;
	} cases[] = {
		{ false, 0, 0 },       { false, 1, BACK }, { false, 7, BACK },
		{ false, 8, BACK },    { false, 9, 0 },    { false, 12, SKIP },
		{ false, 50, PERSON }, { true, 58, BACK }, { true, 3, PERSON },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(2, 60, false);
		struct ui_event at = point_event(1, cases[i].x);
		struct bar bar;

		canvas_mirror(canvas, cases[i].mirrored);
		bar_draw(&bar, canvas, 1, 2, 56, &words, footer, COUNT(footer));
		print_message("case %zu\n", i);
		assert_int_equal(bar_touched(&bar, &at), cases[i].id);
		at.y = 0;
		assert_int_equal(bar_touched(&bar, &at), 0);
	}
}

static void dots_tell_how_far_roughly(void **state)
{
	static const struct {
		size_t done, total;
		const char *wanted;
	} cases[] = {
		{ 0, 3, "○ ○ ○\n" },
		{ 2, 3, "● ● ○\n" },
		{ 3, 3, "● ● ●\n" },
		{ 0, 0, "\n" },
		{ 1, 30, "● ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○ ○\n" },
		{ 15, 30, "● ● ● ● ● ● ● ○ ○ ○ ○ ○ ○ ○\n" },
		{ 30, 30, "● ● ● ● ● ● ● ● ● ● ● ● ● ●\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(1, 40, true);

		progress_draw(canvas, 0, 0, cases[i].done, cases[i].total);
		assert_picture(canvas, cases[i].wanted);
	}
}

static void a_bar_is_full_in_thousandths(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(4, 10, false);

	(void)state;
	progress_bar(canvas, 0, 0, 10, 0, CANVAS_INK);
	progress_bar(canvas, 1, 0, 10, 1, CANVAS_INK);
	progress_bar(canvas, 2, 0, 10, 500, CANVAS_INK);
	progress_bar(canvas, 3, 0, 10, 1000, CANVAS_INK);
	assert_picture(canvas, "··········\n▬·········\n"
			       "▬▬▬▬▬·····\n▬▬▬▬▬▬▬▬▬▬\n");
}

static void a_high_bar_draws_its_signs(void **state)
{
	static const struct bar_item items[] = {
		{ .sign = "◂", .word = "Back", .pictogram = "left", .id = 1 },
		{ .sign = "▸",
		  .word = "Skip",
		  .pictogram = "right",
		  .sign_behind = true,
		  .id = 2 },
		{ .sign = "☺",
		  .word = "A person",
		  .pictogram = "person",
		  .at_end = true,
		  .keep_word = true,
		  .id = 3 },
	};
	struct bar_look look = { .language = "en", .between = "  ", .rows = 2 };
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 60, true);
	struct bar bar;

	(void)state;
	bar_draw(&bar, canvas, 0, 2, 56, &look, items, COUNT(items));
	assert_picture(canvas, "   ◂    ▸                                  ☺  "
			       "A person\n\n");
	/* Signs of three cells, two rows high, and a cell around for fingers.
	 */
	assert_int_equal(bar_cells(canvas, &look, items, 2), 8);
	for (int y = 0; y < 2; y++) {
		const struct ui_event on = { .key = UI_KEY_POINT,
					     .y = y,
					     .x = 7 };

		assert_int_equal(bar_touched(&bar, &on), 2);
	}
	look.words = true;
	assert_int_equal(bar_cells(canvas, &look, items, 2), 2 * 11 + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_or_signs_stand_at_both_ends),
		cmocka_unit_test(a_hidden_item_moves_no_other),
		cmocka_unit_test(what_does_not_fit_is_left_out_but_for_the_end),
		cmocka_unit_test(an_item_is_touched_with_a_fingers_width),
		cmocka_unit_test(dots_tell_how_far_roughly),
		cmocka_unit_test(a_high_bar_draws_its_signs),
		cmocka_unit_test(a_bar_is_full_in_thousandths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
