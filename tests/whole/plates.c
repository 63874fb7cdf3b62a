#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/page.h"
#include "base/data.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/intake.h"
#include "tests/support/pty.h"
#include "tests/support/sixel.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/album.h"
#include "ui/grid.h"
#include "ui/painter.h"
#include "ui/theme.h"

/*
 * The real kiosk in a terminal that shows pictures: what arrives there of a
 * language, one for each class of script, is what Pango draws, dot by dot. The
 * screens are made once more beside the kiosk, from the same form and words.
 */
#define ROWS 18
#define COLUMNS 72
#define PATIENCE 200 /* looks at the glass, each when it was quiet */
#define QUIET 60     /* ms */

static const struct pty_pixels cells = { .cell_height = 21, .cell_width = 9 };

/* --- the screens beside --------------------------------------------------- */

struct beside {
	const struct language *language;
	struct catalogue *words;
	struct album *album;
	struct run *run;
	struct ask_look look;
};

static const char *translate(void *to, const char *tag, const char *key)
{
	const struct beside *beside = to;
	SCOPED(char_freep) char *full = xasprintf("intake:%s", key);

	(void)tag;
	return catalogue_shown(beside->words, full);
}

static const char *property(void *to, const char *name)
{
	(void)to;
	return strcmp(name, "safety_staffed") ? "" : "yes";
}

static const struct drawing *drawing(void *to, const char *address)
{
	return album_find(((struct beside *)to)->album, address);
}

static void read_words(struct beside *beside)
{
	static const char *const domains[] = { "kiosk", "ticket", "intake" };

	beside->words = catalogue_new(beside->language->tag);
	for (size_t i = 0; i < COUNT(domains); i++) {
		SCOPED(char_freep)
		char *path = xasprintf("translations/%s.%s.po", domains[i],
				       beside->language->tag);

		assert_int_equal(catalogue_add(beside->words, path),
				 FAULT_NONE);
	}
}

static void beside_start(struct beside *beside, const char *tag,
			 struct run_world *world)
{
	SCOPED(char_freep) char *pictures = data_path(ALBUM_SHIPPED);
	const char *const folders[] = { pictures };

	*beside = (struct beside){ .language = language_find(tag) };
	read_words(beside);
	beside->album = album_new(folders, 1);
	*world = (struct run_world){ .to = beside,
				     .property = property,
				     .translate = translate };
	assert_int_equal(run_new(intake_form(), world, &beside->run),
			 FAULT_NONE);
	run_set_language(beside->run, tag);
	beside->look = (struct ask_look){ .language = beside->language,
					  .words = beside->words,
					  .text_size = 1,
					  .picture = drawing,
					  .to = beside };
}

static void beside_done(struct beside *beside)
{
	run_free(beside->run);
	album_free(beside->album);
	catalogue_free(beside->words);
}

static struct canvas *draw(struct beside *beside, const struct step *step)
{
	struct canvas *canvas = canvas_new(ROWS, COLUMNS, true);
	SCOPED(question_freep) struct question *question = NULL;
	struct page page = { 0 };

	assert_int_equal(
	    question_new(beside->run, step, &beside->look, &question),
	    FAULT_NONE);
	page_draw(&page, question, beside->run, step, &beside->look, canvas);
	page_done(&page);
	return canvas;
}

/* --- what lies on the glass ----------------------------------------------- */

static const struct sixel_picture *lying_at(const struct pty *pty,
					    const struct plate *plate)
{
	size_t glass = pty_glass(pty, plate->y, plate->x);

	return glass ? pty_picture(pty, glass - 1) : NULL;
}

static size_t wrong_dots(const struct sixel_picture *seen,
			 const struct picture *wanted,
			 const struct theme_pair *pair)
{
	size_t wrong = 0;

	for (int i = 0; i < wanted->width * wanted->height; i++) {
		struct theme_colour colour =
		    picture_colour(pair, wanted->levels[i]);
		const uint8_t *dot = &seen->percents[(size_t)i * 3];

		wrong += dot[0] != colour.red || dot[1] != colour.green ||
			 dot[2] != colour.blue;
	}
	return wrong;
}

/* Whether a plate's rectangle shows a picture of its size, and which dots of
 * it are not as Pango has them. */
static bool is_there(const struct pty *pty, const struct plate *plate,
		     const struct picture *wanted, size_t *wrong)
{
	const struct sixel_picture *seen = lying_at(pty, plate);

	if (!seen || seen->row != plate->y || seen->column != plate->x ||
	    seen->width != wanted->width || seen->height != wanted->height)
		return false;
	*wrong +=
	    wrong_dots(seen, wanted, theme_pair(TERM_DARK, plate->colour));
	return true;
}

/* A screen as Pango draws it. */
struct painting {
	const struct canvas *canvas;
	struct picture *pictures;
};

static void painting_make(struct painting *painting,
			  const struct canvas *canvas)
{
	SCOPED(painter_freep)
	struct painter *painter =
	    painter_new(cells.cell_height, cells.cell_width);
	size_t count = canvas->plate_count;
	int *em = xcalloc(count, sizeof *em);

	painting->canvas = canvas;
	painting->pictures = xcalloc(count, sizeof *painting->pictures);
	for (size_t i = 0; i < count; i++)
		em[i] = painter_fit(painter, &canvas->plates[i]);
	painter_level(canvas->plates, em, count);
	for (size_t i = 0; i < count; i++)
		painting->pictures[i] =
		    painter_paint(painter, &canvas->plates[i], em[i]);
	free(em);
}

static void painting_done(struct painting *painting)
{
	for (size_t i = 0; i < painting->canvas->plate_count; i++)
		picture_done(&painting->pictures[i]);
	free(painting->pictures);
}

/* How many plates lie in their places; their dots that differ are counted. */
static size_t count_there(const struct pty *pty,
			  const struct painting *painting, size_t *wrong)
{
	const struct canvas *canvas = painting->canvas;
	size_t there = 0;

	*wrong = 0;
	for (size_t i = 0; i < canvas->plate_count; i++)
		there += is_there(pty, &canvas->plates[i],
				  &painting->pictures[i], wrong);
	return there;
}

/* The kiosk answers in its own time: looks until the screen has come. */
static void expect_screen(struct pty *pty, const struct painting *painting,
			  const char *tag, const char *name)
{
	size_t count = painting->canvas->plate_count, there = 0, wrong = 0;

	assert_true(count > 0);
	for (int i = 0; i < PATIENCE; i++) {
		there = count_there(pty, painting, &wrong);
		if (there == count && !wrong)
			return;
		pty_settle(pty, QUIET);
	}
	fail_msg("%s %s: %zu of %zu plates are there, %zu dots differ", tag,
		 name, there, count, wrong);
}

/* A heading is a plate in every language. */
static bool has_heading(const struct canvas *canvas)
{
	for (size_t i = 0; i < canvas->plate_count; i++) {
		if (canvas->plates[i].style == CANVAS_HEADING)
			return true;
	}
	return false;
}

/* --- the kiosk ------------------------------------------------------------ */

static struct pty *start_kiosk(const char *home)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *program =
	    xasprintf("%s/foyer-kiosk", build ? build : "build/debug");
	const char *argv[] = { program, "--home", home, "--once", NULL };
	struct pty *pty =
	    pty_start_with_pixels(argv, NULL, ROWS, COLUMNS, &cells);

	assert_true(pty_expect_frames(pty, 1, PATIENCE * 100));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect_frames(pty, 2, PATIENCE * 100));
	pty_settle(pty, QUIET);
	pty_send(pty, "2"); /* the one language besides English */
	return pty;
}

/* From the question after the language to consent, skipping what may be. */
static void look_at_questions(struct pty *pty, struct beside *beside)
{
	const char *tag = beside->language->tag, *name = "";
	struct step step;

	assert_true(step_first(beside->run, &step));
	while (strcmp(name, "B1") != 0) {
		struct painting painting;
		struct canvas *canvas;

		assert_true(step_next(&step, &step));
		name = node_name(step.field[0]);
		canvas = draw(beside, &step);
		painting_make(&painting, canvas);
		assert_true(has_heading(canvas));
		expect_screen(pty, &painting, tag, name);
		painting_done(&painting);
		canvas_free(canvas);
		pty_send(pty, "\t");
	}
}

static void look_at(const char *home, const char *tag)
{
	SCOPED(char_freep)
	char *lines =
	    xasprintf("[languages]\ndrafts = %s\n[speech]\noutput = none", tag);
	struct run_world world;
	struct beside beside;
	struct pty *pty;

	print_message("%s\n", tag);
	demo_set(home, lines);
	beside_start(&beside, tag, &world);
	pty = start_kiosk(home);
	look_at_questions(pty, &beside);
	assert_false(pty_has_scrolled(pty));
	assert_false(pty_has_overlaid(pty));
	(void)pty_stop(pty);
	beside_done(&beside);
}

static void what_the_terminal_shows_is_what_pango_draws(void **state)
{
	/* One of each class: A E I M W K C L. */
	static const char *const tags[] = { "ar",      "ti", "hi", "my",
					    "zh-Hans", "ko", "uk", "vi" };
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = xasprintf("%s/home", folder);

	(void)state;
	demo_new(home);
	for (size_t i = 0; i < COUNT(tags); i++)
		look_at(home, tags[i]);
	intake_done();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_terminal_shows_is_what_pango_draws),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
