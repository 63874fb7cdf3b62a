#include "tests/test.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/chance.h"
#include "tests/support/pty.h"
#include "tests/support/sixel.h"
#include "tests/support/slow.h"
#include "text/language.h"
#include "ui/canvas.h"
#include "ui/grid.h"
#include "ui/painter.h"
#include "ui/sixel.h"
#include "ui/term.h"

#define PATIENCE 20000 /* ms; under valgrind everything is slow */

static const struct pty_pixels small_cells = { .cell_height = 21,
					       .cell_width = 9 };

/* --- what the child shows ------------------------------------------------- */

/* One text after the other, told by keys: n next, q quit. */
struct show {
	void (*draw)(struct canvas *canvas, int step);
	enum term_theme theme;
};

static int show_steps(void *from)
{
	const struct show *show = from;
	struct term *term = NULL;
	int step = 0;
	bool over = false;

	if (term_open(show->theme, &term))
		return 3;
	while (!over) {
		struct pollfd wait = { term_input(term), POLLIN, 0 };
		struct canvas *canvas = canvas_new(
		    term_rows(term), term_columns(term), term_has_plates(term));
		struct ui_event event;

		show->draw(canvas, step);
		term_show(term, canvas);
		canvas_free(canvas);
		poll(&wait, 1, -1);
		while ((event = term_event(term)).key != UI_KEY_NONE) {
			step +=
			    event.key == UI_KEY_TEXT && event.character == 'n';
			over |=
			    event.key == UI_KEY_TEXT && event.character == 'q';
		}
	}
	term_free(term);
	return 0;
}

static void put(struct canvas *canvas, int y, int x, int w, const char *text,
		const char *language, enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = language,
				.colour = colour,
				.caret = -1,
			    });
}

static void draw_languages(struct canvas *canvas, int step)
{
	char corner[32];

	canvas_clear(canvas);
	snprintf(corner, sizeof corner, "step %d %dx%d", step,
		 canvas_rows(canvas), canvas_columns(canvas));
	put(canvas, 0, 0, 40, corner, "en", CANVAS_INK);
	put(canvas, 2, 2, 20, "Français, Tiếng Việt", "fr", CANVAS_ACCENT);
	put(canvas, 3, 2, 20, "中文 한국어", "zh-Hans", CANVAS_FOCUS);
	if (step % 2 == 0)
		put(canvas, 5, 2, 20, "ትግርኛ", "ti", CANVAS_INK);
	put(canvas, canvas_rows(canvas) - 1, canvas_columns(canvas) - 20, 20,
	    "العربية", "ar", CANVAS_QUIET);
	if (step > 1) {
		canvas_mirror(canvas, true);
		put(canvas, 6, 2, 20, "العربية", "ar", CANVAS_FOCUS);
	}
}

static struct pty *start(void (*draw)(struct canvas *, int), int rows,
			 int columns, const struct pty_pixels *pixels)
{
	struct show show = { .draw = draw };
	struct pty *pty =
	    pty_start_body(show_steps, &show, rows, columns, pixels);

	assert_true(pty_expect_frames(pty, 1, PATIENCE));
	return pty;
}

/* Sends bytes and waits for the frame that they lead to. */
static void send_for_frame(struct pty *pty, const char *bytes)
{
	size_t before = pty_frames(pty);

	pty_send(pty, bytes);
	assert_true(pty_expect_frames(pty, before + 1, PATIENCE));
}

static void assert_ends(struct pty *pty)
{
	pty_send(pty, "q");
	assert_int_equal(pty_wait(pty, PATIENCE), 0);
	pty_stop(pty);
}

/* --- cells ---------------------------------------------------------------- */

static void cells_show_every_language_that_they_can(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, NULL);

	(void)state;
	assert_true(pty_shows(pty, "step 0 10x40"));
	assert_true(pty_shows(pty, "Français, Tiếng Việt"));
	assert_true(pty_shows(pty, "中文 한국어"));
	assert_true(pty_is_reversed(pty, 3, 2));
	assert_false(pty_is_reversed(pty, 2, 2));
	/* Without pictures, Arabic is joined and in visual order. */
	assert_true(pty_shows(pty, "ﺔﻴﺑﺮﻌﻟﺍ"));
	assert_ends(pty);
}

static void only_what_changed_is_sent(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, NULL);
	size_t before;

	(void)state;
	before = pty_bytes(pty);
	/* The first letter changes nothing and makes no frame. */
	send_for_frame(pty, "xn");
	assert_true(pty_bytes(pty) - before < 160);
	assert_ends(pty);
}

static void the_terminal_is_given_back_as_it_was(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, NULL);
	char *screen;

	(void)state;
	pty_send(pty, "q");
	assert_int_equal(pty_wait(pty, PATIENCE), 0);
	screen = pty_screen(pty);
	assert_string_equal(screen, "\n\n\n\n\n\n\n\n\n\n");
	free(screen);
	pty_stop(pty);
}

static int open_without_a_terminal(void *to)
{
	struct term *term = NULL;

	(void)to;
	setenv("TERM", "no-such-terminal", 1);
	if (term_open(TERM_DARK, &term) != FAULT_SYSTEM)
		return 1;
	setenv("TERM", "xterm", 1);
	close(STDIN_FILENO);
	return term_open(TERM_DARK, &term) == FAULT_SYSTEM ? 0 : 2;
}

static void an_unknown_terminal_is_a_fault(void **state)
{
	struct pty *pty =
	    pty_start_body(open_without_a_terminal, NULL, 10, 60, NULL);

	(void)state;
	assert_int_equal(pty_wait(pty, PATIENCE), 0);
	assert_true(
	    pty_shows(pty, "the terminal no-such-terminal is not known"));
	assert_true(pty_shows(pty, "no terminal"));
	pty_stop(pty);
}

static int run_with_few_colours(void *to)
{
	static const struct show show = { .draw = draw_languages };

	setenv("TERM", to, 1);
	return show_steps((void *)&show);
}

static void terminals_of_eight_colours_and_of_none_do(void **state)
{
	static const char *const terminals[] = { "xterm", "linux", "vt100",
						 "screen-256color" };

	(void)state;
	for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
		struct pty *pty = pty_start_body(
		    run_with_few_colours, (void *)terminals[i], 10, 40, NULL);

		print_message("%s\n", terminals[i]);
		assert_true(pty_expect_frames(pty, 1, PATIENCE));
		assert_true(pty_shows(pty, "step 0 10x40"));
		assert_true(pty_is_reversed(pty, 3, 2));
		assert_ends(pty);
	}
}

/* --- plates --------------------------------------------------------------- */

static struct picture wanted_picture(const char *text, const char *tag, int w)
{
	struct painter *painter =
	    painter_new(small_cells.cell_height, small_cells.cell_width);
	const struct language *language = language_find(tag);
	struct plate plate = {
		.kind = PLATE_TEXT,
		.h = 1,
		.w = w,
		.text = (char *)text,
		.language = language,
		.line_rows = 1,
		.percent = 100,
		.caret = -1,
	};
	struct picture picture =
	    painter_paint(painter, &plate, painter_fit(painter, &plate));

	painter_free(painter);
	return picture;
}

static void assert_same_picture(const struct sixel_picture *seen,
				const struct picture *wanted,
				const struct theme_pair *pair)
{
	assert_int_equal(seen->width, wanted->width);
	assert_int_equal(seen->height, wanted->height);
	for (int i = 0; i < wanted->width * wanted->height; i++) {
		struct theme_colour colour =
		    picture_colour(pair, wanted->levels[i]);

		assert_int_equal(seen->percents[i * 3], colour.red);
		assert_int_equal(seen->percents[i * 3 + 1], colour.green);
		assert_int_equal(seen->percents[i * 3 + 2], colour.blue);
	}
}

static void a_plate_arrives_dot_by_dot_in_its_place(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, &small_cells);
	struct picture wanted = wanted_picture("ትግርኛ", "ti", 20);
	const struct sixel_picture *seen;

	(void)state;
	assert_int_equal(pty_pictures(pty), 2);
	seen = pty_picture(pty, 0);
	assert_int_equal(seen->row, 5);
	assert_int_equal(seen->column, 2);
	assert_same_picture(seen, &wanted, theme_pair(TERM_DARK, CANVAS_INK));
	picture_done(&wanted);
	/* The other ends on the last row and in the last column. */
	assert_int_equal(pty_picture(pty, 1)->row, 9);
	assert_int_equal(pty_picture(pty, 1)->column, 20);
	assert_int_equal(pty_glass(pty, 9, 39), 2);
	assert_int_equal(pty_glass(pty, 5, 1), 0);
	assert_int_equal(pty_character(pty, 5, 2), 0xa0);
	assert_false(pty_has_scrolled(pty));
	assert_ends(pty);
}

static void a_plate_that_goes_leaves_no_ghost(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, &small_cells);

	(void)state;
	send_for_frame(pty, "n");
	for (int x = 0; x < 40; x++) {
		assert_int_equal(pty_glass(pty, 5, x), 0);
		assert_int_not_equal(pty_character(pty, 5, x), 0xa0);
	}
	/* The one that stayed was not sent again. */
	assert_int_equal(pty_pictures(pty), 2);
	assert_ends(pty);
}

static void wide_pictures_are_split(void **state)
{
	struct pty_pixels pixels = small_cells;
	struct pty *pty;

	(void)state;
	pixels.most_width = 100;
	pixels.most_height = 600;
	pty = start(draw_languages, 10, 40, &pixels);
	/* 20 cells of 9 pixels, at most 11 at once. */
	assert_int_equal(pty_pictures(pty), 4);
	assert_int_equal(pty_picture(pty, 0)->width, 99);
	assert_int_equal(pty_picture(pty, 1)->column, 13);
	assert_int_equal(pty_picture(pty, 1)->width, 81);
	for (int x = 2; x < 22; x++)
		assert_int_not_equal(pty_glass(pty, 5, x), 0);
	assert_ends(pty);
}

static void the_window_tells_the_cell_where_the_terminal_does_not(void **state)
{
	struct pty_pixels pixels = small_cells;
	struct pty *pty;

	(void)state;
	pixels.silent_about_cells = true;
	pty = start(draw_languages, 10, 40, &pixels);
	assert_int_equal(pty_pictures(pty), 2);
	assert_int_equal(pty_picture(pty, 0)->height, 21);
	assert_ends(pty);
}

static void after_a_resize_everything_is_sent_again(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, &small_cells);

	(void)state;
	pty_resize(pty, 12, 50);
	assert_true(pty_expect_frames(pty, 2, PATIENCE));
	assert_true(pty_shows(pty, "step 0 12x50"));
	assert_int_equal(pty_glass(pty, 5, 2), 3);
	assert_int_equal(pty_glass(pty, 11, 49), 4);
	assert_int_equal(pty_glass(pty, 9, 20), 0);
	assert_ends(pty);
}

static void a_storm_of_sizes_loses_no_key(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = {
		{ 14, 60 }, { 60, 200 }, { 5, 20 },  { 24, 80 },
		{ 1, 2 },   { 60, 200 }, { 14, 60 },
	};
	struct pty *pty = start(draw_languages, 24, 80, NULL);
	int steps = 0;

	(void)state;
	for (int round = 0; round < 4; round++) {
		char text[40];

		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			pty_resize(pty, sizes[i].rows, sizes[i].columns);
			pty_send(pty, "n");
			pty_settle(pty, 1);
			steps++;
		}
		snprintf(text, sizeof text, "step %d 14x60", steps);
		assert_true(pty_expect(pty, text, PATIENCE));
	}
	assert_ends(pty);
}

/* --- any screen after any other ------------------------------------------- */

/* Words, plates and fills in places that chance chooses, the same for the
 * child that shows them and the test that looks. */
static void draw_by_chance(struct canvas *canvas, int step)
{
	static const struct {
		const char *text, *language;
	} words[] = {
		{ "ab", "en" },   { "中文字", "zh-Hans" }, { "ትግርኛ", "ti" },
		{ "عربي", "ar" }, { "x", "en" },           { "हिन्दी", "hi" },
	};
	struct chance chance = { (uint64_t)step / 2 };
	uint32_t count = 3 + chance_below(&chance, 8);

	canvas_clear(canvas);
	canvas_mirror(canvas, chance_below(&chance, 2));
	/* Every other screen differs from the one before in one thing. */
	count += (uint32_t)step % 2;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t word = chance_below(&chance, 6);
		int y = (int)chance_below(&chance, 6);
		int x = (int)chance_below(&chance, 36);
		int w = 1 + (int)chance_below(&chance, 14);
		enum canvas_colour colour =
		    chance_below(&chance, 2) ? CANVAS_FOCUS : CANVAS_INK;

		if (!chance_below(&chance, 4))
			canvas_fill(canvas, y, x, 2, w, colour);
		else
			put(canvas, y, x, w, words[word].text,
			    words[word].language, colour);
	}
	canvas_mirror(canvas, false);
	canvas_fill(canvas, 7, 0, 1, 40, CANVAS_INK);
	{
		char text[32];

		snprintf(text, sizeof text, "step %d.", step);
		put(canvas, 7, 0, 40, text, "en", CANVAS_INK);
	}
}

static void assert_as_drawn(struct pty *pty, const struct canvas *canvas)
{
	for (int y = 0; y < canvas_rows(canvas); y++) {
		for (int x = 0; x < canvas_columns(canvas); x++) {
			const struct cell *cell = canvas_cell(canvas, y, x);
			bool glass = pty_glass(pty, y, x) > 0;
			unsigned shown = pty_character(pty, y, x);

			if (glass != cell->plate) {
				fail_msg("cell %d,%d: %s", y, x,
					 glass ? "a ghost"
					       : "a plate has a hole");
			}
			if (cell->covered || cell->plate)
				continue;
			assert_int_equal(shown ? shown : ' ', cell->text[0]);
		}
	}
}

static void what_is_on_the_glass_is_what_was_drawn(void **state)
{
	struct pty *pty = start(draw_by_chance, 8, 40, &small_cells);

	(void)state;
	for (int step = 0; step < loops(300); step++) {
		struct canvas *canvas = canvas_new(8, 40, true);
		char text[32];

		snprintf(text, sizeof text, "step %d.", step);
		assert_true(pty_shows(pty, text));
		draw_by_chance(canvas, step);
		assert_as_drawn(pty, canvas);
		canvas_free(canvas);
		send_for_frame(pty, "n");
	}
	assert_false(pty_has_scrolled(pty));
	assert_false(pty_has_overlaid(pty));
	assert_ends(pty);
}

/* --- events --------------------------------------------------------------- */

static int tell_events(void *to)
{
	struct term *term = NULL;
	int64_t last = 0;
	bool over = false;

	(void)to;
	if (term_open(TERM_DARK, &term))
		return 3;
	while (!over) {
		struct pollfd wait = { term_input(term), POLLIN, 0 };
		struct ui_event event;

		poll(&wait, 1, -1);
		while ((event = term_event(term)).key != UI_KEY_NONE) {
			char text[64];
			struct canvas *canvas = canvas_new(2, 40, false);

			snprintf(text, sizeof text, "key %d %x at %d,%d %s",
				 event.key, (unsigned)event.character, event.y,
				 event.x, event.at >= last ? "" : "back");
			last = event.at;
			put(canvas, 0, 0, 40, text, "en", CANVAS_INK);
			term_show(term, canvas);
			canvas_free(canvas);
			over |= event.character == 'q';
		}
	}
	term_free(term);
	return 0;
}

static void keys_and_touches_become_events(void **state)
{
	struct pty *pty = pty_start_body(tell_events, NULL, 2, 40, NULL);
	static const struct {
		const char *bytes;
		int key;
		const char *rest;
	} cases[] = {
		{ "a", UI_KEY_TEXT, "61 at 0,0" },
		{ "\u0645", UI_KEY_TEXT, "645 at 0,0" },
		{ PTY_UP, UI_KEY_UP, "0 at 0,0" },
		{ PTY_F9, UI_KEY_FUNCTION, "9 at 0,0" },
		{ PTY_ESCAPE, UI_KEY_ESCAPE, "0 at 0,0" },
		{ "\033[<0;12;2M", UI_KEY_POINT, "0 at 1,11" },
		{ "\014", UI_KEY_RESIZE, "0 at 0,0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char text[64];

		snprintf(text, sizeof text, "key %d %s", cases[i].key,
			 cases[i].rest);
		pty_send(pty, cases[i].bytes);
		assert_true(pty_expect(pty, text, PATIENCE));
		assert_false(pty_shows(pty, "back"));
	}
	assert_ends(pty);
}

static void a_stopped_program_shows_everything_again(void **state)
{
	struct pty *pty = start(draw_languages, 10, 40, &small_cells);

	(void)state;
	kill(pty_child(pty), SIGSTOP);
	kill(pty_child(pty), SIGCONT);
	assert_true(pty_expect_frames(pty, 2, PATIENCE));
	assert_int_equal(pty_pictures(pty), 4);
	assert_int_equal(pty_glass(pty, 5, 2), 3);
	assert_ends(pty);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_show_every_language_that_they_can),
		cmocka_unit_test(only_what_changed_is_sent),
		cmocka_unit_test(the_terminal_is_given_back_as_it_was),
		cmocka_unit_test(an_unknown_terminal_is_a_fault),
		cmocka_unit_test(terminals_of_eight_colours_and_of_none_do),
		cmocka_unit_test(a_plate_arrives_dot_by_dot_in_its_place),
		cmocka_unit_test(a_plate_that_goes_leaves_no_ghost),
		cmocka_unit_test(wide_pictures_are_split),
		cmocka_unit_test(
		    the_window_tells_the_cell_where_the_terminal_does_not),
		cmocka_unit_test(after_a_resize_everything_is_sent_again),
		cmocka_unit_test(a_storm_of_sizes_loses_no_key),
		cmocka_unit_test(what_is_on_the_glass_is_what_was_drawn),
		cmocka_unit_test(keys_and_touches_become_events),
		cmocka_unit_test(a_stopped_program_shows_everything_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
