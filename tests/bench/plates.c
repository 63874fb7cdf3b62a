#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ask/page.h"
#include "base/file.h"
#include "tests/bench/measure.h"
#include "tests/support/beside.h"
#include "tests/support/intake.h"
#include "ui/gallery.h"

/*
 * What a screen of plates costs: the time from an answer's key to the bytes
 * that the terminal is sent, and how many they are. Drawing, layout, painting
 * and sixel are in it; what the terminal does with them is not.
 */
#define ROWS 16
#define COLUMNS 74
#define MOVES 40
#define SCREENS_MOST 64

static const struct probe terminal = { .sixel = true,
				       .cell_height = 42,
				       .cell_width = 17 };

static const char *translate(void *to, const char *tag, const char *key)
{
	return beside_translate(to, tag, key);
}

/* A series of screens or moves. */
struct series {
	double took[SCREENS_MOST], bytes[SCREENS_MOST];
	size_t count;
};

static void show(struct gallery *gallery, const struct canvas *canvas,
		 double start, struct series *series)
{
	static const bool changed[ROWS];
	struct bytes out = { 0 };

	gallery_show(gallery, canvas,
		     &(struct gallery_screen){ .rows = ROWS,
					       .columns = COLUMNS,
					       .theme = TERM_DARK,
					       .changed = changed },
		     &out);
	series->took[series->count] = measure_ms() - start;
	series->bytes[series->count++] = (double)out.length;
	bytes_done(&out);
}

static void show_steps(struct beside *beside, struct gallery *gallery,
		       struct series *series)
{
	struct step step;

	for (bool more = step_first(beside->run, &step);
	     more && series->count < SCREENS_MOST;
	     more = step_next(&step, &step)) {
		double start = measure_ms();
		SCOPED(canvas_freep)
		struct canvas *canvas = beside_draw(beside, &step);

		show(gallery, canvas, start, series);
	}
}

/* Down and up again on the first list of answers. */
static void move_focus(struct beside *beside, struct gallery *gallery,
		       struct series *series)
{
	static const struct ui_event keys[] = { { .key = UI_KEY_DOWN },
						{ .key = UI_KEY_UP } };
	SCOPED(question_freep) struct question *question = NULL;
	struct page page = { 0 };
	enum question_event what;
	struct step step;

	assert_true(step_first(beside->run, &step));
	assert_true(step_next(&step, &step));
	assert_int_equal(
	    question_new(beside->run, &step, &beside->look, &question),
	    FAULT_NONE);
	for (int i = -1; i < MOVES; i++) {
		struct series first = { 0 };
		double start = measure_ms();
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(ROWS, COLUMNS, true);

		if (i >= 0)
			assert_int_equal(
			    question_key(question, &keys[i % 2], &what),
			    FAULT_NONE);
		page_draw(&page, question, beside->run, &step, &beside->look,
			  canvas);
		/* The screen itself comes before the first move. */
		show(gallery, canvas, start, i < 0 ? &first : series);
	}
	page_done(&page);
}

static void tell(const char *tag, const char *what, struct series *series)
{
	SCOPED(char_freep) char *name = xasprintf("%s, %s", tag, what);
	double bytes = measure_median(series->bytes, series->count);
	double median = measure_median(series->took, series->count);

	measure_tell(name, median, "ms", "%.0f bytes; the slowest %.1f ms",
		     bytes, series->took[series->count - 1]);
}

static void measure(const char *tag)
{
	struct beside beside;
	const struct run_world world = { .to = &beside,
					 .translate = translate };
	struct gallery *gallery = gallery_new();
	struct series screens = { 0 }, moves = { 0 };

	beside_start(&beside, tag, ROWS, COLUMNS, true);
	assert_int_equal(run_new(intake_form(), &world, &beside.run),
			 FAULT_NONE);
	beside_speak(&beside, tag);
	gallery_set_cells(gallery, &terminal);
	show_steps(&beside, gallery, &screens);
	move_focus(&beside, gallery, &moves);
	tell(tag, "a screen", &screens);
	tell(tag, "the highlight moved", &moves);
	gallery_free(gallery);
	run_free(beside.run);
	beside_done(&beside);
}

/* --- memory --------------------------------------------------------------- */

/* One program that shows a question in every language there are words of, so
 * that every script's font is mapped, as a kiosk's is after many visitors
 * without a new process: the most it could come to. */
static void measure_memory(void)
{
	struct gallery *gallery = gallery_new();
	double before = measure_memory_of(getpid(), "Pss:");
	size_t count = 0;

	gallery_set_cells(gallery, &terminal);
	for (size_t i = 0; i < language_count(); i++) {
		const char *tag = language_at(i)->tag;
		SCOPED(char_freep)
		char *path = xasprintf("translations/intake.%s.po", tag);
		struct beside beside;
		const struct run_world world = { .to = &beside,
						 .translate = translate };
		struct series screens = { .count = SCREENS_MOST - 2 };

		if (!file_exists(path))
			continue;
		beside_start(&beside, tag, ROWS, COLUMNS, true);
		assert_int_equal(run_new(intake_form(), &world, &beside.run),
				 FAULT_NONE);
		beside_speak(&beside, tag);
		show_steps(&beside, gallery, &screens);
		run_free(beside.run);
		beside_done(&beside);
		count++;
	}
	measure_tell("memory (PSS), every language shown",
		     measure_memory_of(getpid(), "Pss:"), "MB",
		     "%zu languages; %.1f MB before", count, before);
	gallery_free(gallery);
}

int main(void)
{
	static const char *const tags[] = { "ar", "hi", "my", "zh-Hans" };

	printf("screens of plates, %dx%d cells of %dx%d pixels, medians\n",
	       COLUMNS, ROWS, terminal.cell_width, terminal.cell_height);
	for (size_t i = 0; i < COUNT(tags); i++)
		measure(tags[i]);
	measure_memory();
	measure_tell_load();
	intake_done();
	return 0;
}
