#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "tests/support/golden.h"
#include "text/markup.h"
#include "ui/canvas.h"
#include "ui/grid.h"

#define PERSIAN "سلام دنیا"
#define TIGRINYA "ሰላም"

static int put(struct canvas *canvas, int y, int x, int h, int w,
	       const char *text, const char *language)
{
	return canvas_text(canvas, &(struct canvas_text){
				       .y = y,
				       .x = x,
				       .h = h,
				       .w = w,
				       .text = text,
				       .language = language,
				       .caret = -1,
				   });
}

static void assert_picture(const struct canvas *canvas, const char *wanted)
{
	SCOPED(char_freep) char *picture = canvas_picture(canvas);

	assert_string_equal(picture, wanted);
}

static void text_is_wrapped_and_cut_with_an_ellipsis(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(3, 10, false);

	(void)state;
	assert_int_equal(put(canvas, 0, 1, 2, 8, "one two three four", "en"),
			 2);
	assert_picture(canvas, " one two\n three f…\n\n");
	assert_int_equal(put(canvas, 2, 0, 1, 10, "short", "en"), 1);
	assert_picture(canvas, " one two\n three f…\nshort\n");
}

static void a_cut_text_gets_no_blank_of_its_own(void **state)
{
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{ "one govern-assisted", "one\ngovern-as…\n" },
		{ "one govern\u00adassisted", "one\ngovernass…\n" },
		{ "one governmental", "one\ngovernmen…\n" },
		{ "one by two three", "one by two\nthree\n" },
		{ "one by two three fours", "one by two\nthree fou…\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(2, 10, false);

		put(canvas, 0, 0, 2, 10, cases[i].text, "en");
		assert_picture(canvas, cases[i].wanted);
	}
}

static void text_is_aligned_at_the_layouts_edges(void **state)
{
	static const struct {
		enum canvas_align align;
		bool mirrored;
		const char *wanted;
	} cases[] = {
		{ CANVAS_START, false, " ab\n" },
		{ CANVAS_CENTRE, false, "    ab\n" },
		{ CANVAS_END, false, "       ab\n" },
		{ CANVAS_START, true, "      ab\n" },
		{ CANVAS_CENTRE, true, "   ab\n" },
		{ CANVAS_END, true, "ab\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(1, 9, false);

		canvas_mirror(canvas, cases[i].mirrored);
		canvas_text(canvas, &(struct canvas_text){
					.x = 1,
					.h = 1,
					.w = 8,
					.text = "ab",
					.language = "en",
					.align = cases[i].align,
					.caret = -1,
				    });
		print_message("case %zu\n", i);
		assert_picture(canvas, cases[i].wanted);
	}
}

static void a_lead_indents_the_lines_that_follow(void **state)
{
	struct canvas_text text = {
		.h = 3,
		.w = 10,
		.text = "one two three",
		.language = "en",
		.caret = -1,
		.lead = "1",
		.lead_cells = 3,
	};
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(3, 10, false);

	(void)state;
	assert_int_equal(canvas_text_rows(canvas, &text), 2);
	assert_int_equal(canvas_text(canvas, &text), 2);
	assert_picture(canvas, "1  one two\n   three\n\n");
	canvas_clear(canvas);
	canvas_mirror(canvas, true);
	canvas_text(canvas, &text);
	assert_picture(canvas, "one two  1\n  three\n\n");
}

static void what_lies_outside_the_grid_is_clipped(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 4, false);

	(void)state;
	put(canvas, -1, -2, 2, 20, "abcdefgh", "en");
	put(canvas, 5, 5, 1, 3, "x", "en");
	put(canvas, 1, 3, 1, 4, "中文", "zh-Hans");
	canvas_fill(canvas, -3, 2, 20, 20, CANVAS_FOCUS);
	canvas_rule(canvas, 9, -3, 40);
	assert_picture(canvas, "\n\n");
	put(canvas, 0, -2, 1, 20, "abcdefgh", "en");
	assert_picture(canvas, "cdef\n\n");
}

static void half_a_wide_character_never_stays(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 8, false);

	(void)state;
	put(canvas, 0, 0, 1, 8, "中文中文", "zh-Hans");
	put(canvas, 0, 3, 1, 1, "x", "en");
	assert_picture(canvas, "中 x中文\n");
	put(canvas, 0, 4, 1, 1, "y", "en");
	assert_picture(canvas, "中 xy 文\n");
}

static void marks_share_the_cell_of_their_letter(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 4, false);

	(void)state;
	put(canvas, 0, 0, 1, 4, "e\u0301\u0323x", "vi");
	assert_picture(canvas, "e\u0301\u0323x\n");
	assert_int_equal(canvas_cell(canvas, 0, 1)->text[0], 'x');
}

static void arabic_in_cells_is_joined_and_in_visual_order(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 12, false);

	(void)state;
	canvas_mirror(canvas, true);
	assert_int_equal(put(canvas, 0, 0, 2, 12, PERSIAN, "fa-IR"), 1);
	assert_picture(canvas, "    ﺎﯿﻧﺩ ﻡﻼﺳ\n\n");
}

static void no_break_spaces_in_cells_are_spaces(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 8, false);

	(void)state;
	canvas_text(canvas, &(struct canvas_text){
				.h = 1,
				.w = 8,
				.text = "a\u00a0b\u202f?",
				.language = "fr",
				.caret = 0,
			    });
	for (int x = 0; x < 8; x++)
		assert_int_not_equal(canvas_cell(canvas, 0, x)->text[0], 0xa0);
	assert_picture(canvas, "a b ?\n");
}

static void plates_are_chosen_by_language_script_and_style(void **state)
{
	static const struct {
		const char *text, *language;
		enum canvas_style style;
		bool middle;
		size_t plates;
	} cases[] = {
		{ "Hello", "en", CANVAS_PLAIN, false, 0 },
		{ "Hello", "en", CANVAS_BOLD, false, 0 },
		{ "Hello", "en", CANVAS_HEADING, false, 1 },
		{ "K7-0412", "en", CANVAS_NUMBER, false, 1 },
		{ "Hello", "en", CANVAS_PLAIN, true, 1 },
		{ "Привіт", "uk", CANVAS_PLAIN, false, 0 },
		{ "你好", "zh-Hans", CANVAS_PLAIN, false, 0 },
		{ TIGRINYA, "ti", CANVAS_PLAIN, false, 1 },
		{ TIGRINYA, "en", CANVAS_PLAIN, false, 1 },
		{ PERSIAN, "fa-IR", CANVAS_PLAIN, false, 1 },
		{ PERSIAN, "en", CANVAS_PLAIN, false, 1 },
		{ "12", "ar", CANVAS_PLAIN, false, 1 },
		{ "  ", "ar", CANVAS_PLAIN, false, 0 },
		{ "?", "tlh", CANVAS_PLAIN, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct canvas_text text = {
			.h = 2,
			.w = 20,
			.text = cases[i].text,
			.language = cases[i].language,
			.style = cases[i].style,
			.middle = cases[i].middle,
			.caret = -1,
		};
		SCOPED(canvas_freep)
		struct canvas *with = canvas_new(2, 20, true);
		SCOPED(canvas_freep)
		struct canvas *without = canvas_new(2, 20, false);

		canvas_text(with, &text);
		canvas_text(without, &text);
		print_message("case %zu\n", i);
		assert_int_equal(with->plate_count, cases[i].plates);
		assert_int_equal(without->plate_count, 0);
	}
}

static void a_plate_holds_no_break_spaces_and_logical_text(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(3, 10, true);

	(void)state;
	canvas_mirror(canvas, true);
	put(canvas, 1, 2, 1, 6, "ابج", "ar");
	assert_int_equal(canvas->plate_count, 1);
	assert_string_equal(canvas->plates[0].text, "ابج");
	assert_int_equal(canvas->plates[0].x, 2);
	assert_int_equal(canvas->plates[0].edge, PLATE_RIGHT);
	assert_int_equal(canvas_cell(canvas, 1, 2)->text[0], 0xa0);
	assert_int_equal(canvas_cell(canvas, 1, 7)->text[0], 0xa0);
	assert_int_equal(canvas_cell(canvas, 1, 8)->text[0], ' ');
	assert_picture(canvas, "\n     ابج\n\n");
}

static void headings_are_two_rows_high_only_as_plates(void **state)
{
	struct canvas_text text = {
		.h = 2,
		.w = 20,
		.text = "Can you wait?",
		.language = "en",
		.style = CANVAS_HEADING,
		.caret = -1,
	};
	SCOPED(canvas_freep) struct canvas *with = canvas_new(2, 20, true);
	SCOPED(canvas_freep) struct canvas *without = canvas_new(2, 20, false);

	(void)state;
	assert_int_equal(canvas_text(with, &text), 2);
	assert_int_equal(with->plates[0].h, 2);
	assert_int_equal(canvas_text(without, &text), 1);
	assert_true(canvas_cell(without, 0, 0)->bold);
}

static void what_is_drawn_over_a_plate_takes_its_place(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(3, 10, true);

	(void)state;
	put(canvas, 0, 0, 1, 10, TIGRINYA, "ti");
	put(canvas, 1, 0, 1, 10, TIGRINYA, "ti");
	put(canvas, 0, 4, 1, 2, "ab", "en");
	assert_int_equal(canvas->plate_count, 1);
	assert_picture(canvas, "    ab\n" TIGRINYA "\n\n");
	assert_int_equal(canvas_cell(canvas, 0, 9)->text[0], ' ');
	canvas_fill(canvas, 0, 9, 3, 1, CANVAS_FOCUS);
	assert_int_equal(canvas->plate_count, 0);
}

static void a_plate_past_the_last_row_is_clipped(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 4, true);

	(void)state;
	canvas_text(canvas, &(struct canvas_text){
				.y = 1,
				.x = 1,
				.h = 3,
				.w = 9,
				.text = "1",
				.language = "en",
				.style = CANVAS_NUMBER,
				.caret = -1,
			    });
	assert_int_equal(canvas->plates[0].h, 1);
	assert_int_equal(canvas->plates[0].w, 3);
	put(canvas, 2, 0, 1, 4, TIGRINYA, "ti");
	assert_int_equal(canvas->plate_count, 1);
}

static void magnified_text_takes_two_rows_a_line_where_plates_are(void **state)
{
	SCOPED(canvas_freep) struct canvas *with = canvas_new(6, 20, true);
	SCOPED(canvas_freep) struct canvas *without = canvas_new(6, 20, false);

	(void)state;
	canvas_magnify(with, 200);
	canvas_magnify(without, 200);
	assert_int_equal(canvas_line_rows(with), 2);
	assert_int_equal(canvas_line_rows(without), 1);
	assert_int_equal(put(with, 0, 0, 6, 20, "twelve cells", "en"), 4);
	assert_int_equal(put(without, 0, 0, 6, 20, "twelve cells", "en"), 1);
}

static void the_caret_shows_where_the_next_letter_goes(void **state)
{
	static const struct {
		const char *text, *language;
		int caret, column; /* on a grid of 8, mirrored for Arabic */
	} cases[] = {
		{ "", "en", 0, 0 },          { "abc", "en", 0, 0 },
		{ "abc", "en", 2, 2 },       { "abc", "en", 3, 3 },
		{ "中文", "zh-Hans", 3, 2 }, { "سلب", "ar", 0, 7 },
		{ "سلب", "ar", 2, 6 },       { "سلب", "ar", 6, 4 },
		{ "", "ar", 0, 7 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(1, 8, false);

		canvas_mirror(canvas, strcmp(cases[i].language, "ar") == 0);
		canvas_text(canvas, &(struct canvas_text){
					.h = 1,
					.w = 8,
					.text = cases[i].text,
					.language = cases[i].language,
					.caret = cases[i].caret,
				    });
		print_message("case %zu\n", i);
		for (int x = 0; x < 8; x++)
			assert_int_equal(canvas_cell(canvas, 0, x)->caret,
					 x == cases[i].column);
	}
}

static void a_long_written_line_moves_along_with_the_caret(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 6, false);
	struct canvas_text text = {
		.h = 1,
		.w = 6,
		.text = "abcdefghij",
		.language = "en",
		.caret = 10,
	};

	(void)state;
	canvas_text(canvas, &text);
	assert_picture(canvas, "fghij\n");
	assert_true(canvas_cell(canvas, 0, 5)->caret);
	text.caret = 2;
	canvas_clear(canvas);
	canvas_text(canvas, &text);
	assert_picture(canvas, "abcdef\n");
}

static void a_symbol_is_a_plate_or_half_blocks(void **state)
{
	static const uint8_t modules[] = { 1, 0, 1, 0, 1, 0, 1, 1, 1 };
	SCOPED(canvas_freep) struct canvas *with = canvas_new(6, 12, true);
	SCOPED(canvas_freep) struct canvas *without = canvas_new(6, 12, false);

	(void)state;
	assert_int_equal(canvas_symbol_rows(3), 4);
	assert_int_equal(canvas_symbol_columns(3), 7);
	canvas_symbol(with, 1, 2, 4, 8, modules, 3);
	assert_picture(with, "\n\n  [symbol]\n\n\n\n");
	canvas_mirror(without, true);
	canvas_symbol(without, 1, 2, 4, 7, modules, 3);
	assert_picture(without, "\n\n     ▀▄▀\n     ▀▀▀\n\n\n");
	assert_int_equal(canvas_cell(without, 1, 3)->colour, CANVAS_SYMBOL);
	assert_int_equal(canvas_cell(without, 1, 2)->colour, CANVAS_INK);
}

static void a_frame_and_rules_are_drawn_and_mirrored(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(4, 8, false);

	(void)state;
	canvas_mirror(canvas, true);
	canvas_frame(canvas, &(struct canvas_area){ 0, 0, 3, 5 },
		     CANVAS_ACCENT);
	canvas_rule(canvas, 3, 1, 3);
	canvas_rule_down(canvas, 0, 7, 2);
	assert_picture(canvas, "│  ╭───╮\n│  │   │\n   ╰───╯\n    ───\n");
}

static void a_picture_of_looks_tells_colour_and_weight(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(1, 6, false);
	SCOPED(char_freep) char *looks = NULL;

	(void)state;
	canvas_fill(canvas, 0, 1, 1, 4, CANVAS_FOCUS);
	canvas_text(canvas, &(struct canvas_text){
				.x = 2,
				.h = 1,
				.w = 2,
				.text = "ab",
				.language = "en",
				.style = CANVAS_BOLD,
				.colour = CANVAS_FOCUS,
				.caret = -1,
			    });
	looks = canvas_looks(canvas);
	assert_string_equal(looks, " fFFf\n");
}

/* What is bold anyway is underlined. */
static void emphasis_is_seen_where_its_letters_are(void **state)
{
	static const struct {
		const char *text, *language;
		enum canvas_style style;
		const char *looks;
	} cases[] = {
		{ "a **b c** _d_", "en", CANVAS_PLAIN, "  I I /\n" },
		{ "a **b** _d_", "en", CANVAS_BOLD, "II_I/\n" },
		{ "**ы**ы", "uk", CANVAS_PLAIN, "I\n" },
		/* A wide letter has its look in its first cell. */
		{ "**漢**字", "zh-Hans", CANVAS_PLAIN, "I\n" },
		{ "سلام **سلام**", "ar", CANVAS_PLAIN, "   III\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(1, 10, false);
		SCOPED(char_freep) char *text = markup_styled(cases[i].text);

		canvas_mirror(canvas, strcmp(cases[i].language, "ar") == 0);
		canvas_text(canvas, &(struct canvas_text){
					.h = 1,
					.w = 10,
					.text = text,
					.language = cases[i].language,
					.style = cases[i].style,
					.caret = -1,
				    });
		SCOPED(char_freep) char *looks = canvas_looks(canvas);

		assert_string_equal(looks, cases[i].looks);
	}
}

static void marks_of_emphasis_are_no_part_of_a_picture(void **state)
{
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(2, 10, true);
	SCOPED(char_freep) char *text = markup_styled("አ **ለ** መ");

	(void)state;
	canvas_text(
	    canvas,
	    &(struct canvas_text){
		.h = 1, .w = 10, .text = text, .language = "am", .caret = -1 });
	assert_picture(canvas, "አ ለ መ\n\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_wrapped_and_cut_with_an_ellipsis),
		cmocka_unit_test(a_cut_text_gets_no_blank_of_its_own),
		cmocka_unit_test(text_is_aligned_at_the_layouts_edges),
		cmocka_unit_test(a_lead_indents_the_lines_that_follow),
		cmocka_unit_test(what_lies_outside_the_grid_is_clipped),
		cmocka_unit_test(half_a_wide_character_never_stays),
		cmocka_unit_test(marks_share_the_cell_of_their_letter),
		cmocka_unit_test(arabic_in_cells_is_joined_and_in_visual_order),
		cmocka_unit_test(no_break_spaces_in_cells_are_spaces),
		cmocka_unit_test(
		    plates_are_chosen_by_language_script_and_style),
		cmocka_unit_test(
		    a_plate_holds_no_break_spaces_and_logical_text),
		cmocka_unit_test(headings_are_two_rows_high_only_as_plates),
		cmocka_unit_test(what_is_drawn_over_a_plate_takes_its_place),
		cmocka_unit_test(a_plate_past_the_last_row_is_clipped),
		cmocka_unit_test(
		    magnified_text_takes_two_rows_a_line_where_plates_are),
		cmocka_unit_test(the_caret_shows_where_the_next_letter_goes),
		cmocka_unit_test(
		    a_long_written_line_moves_along_with_the_caret),
		cmocka_unit_test(a_symbol_is_a_plate_or_half_blocks),
		cmocka_unit_test(a_frame_and_rules_are_drawn_and_mirrored),
		cmocka_unit_test(a_picture_of_looks_tells_colour_and_weight),
		cmocka_unit_test(emphasis_is_seen_where_its_letters_are),
		cmocka_unit_test(marks_of_emphasis_are_no_part_of_a_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
