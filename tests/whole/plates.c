#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/beside.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/glass.h"
#include "tests/support/intake.h"
#include "ui/grid.h"

/*
 * The real kiosk in a terminal that shows pictures: what arrives there of a
 * language, one for each class of script, is what Pango draws, dot by dot. The
 * screens are made once more beside the kiosk, from the same form and words.
 */
#define ROWS 18
#define COLUMNS 72
#define TRIES 200      /* looks at the glass, each when it was quiet */
#define QUIET 60       /* ms */
#define PATIENCE 20000 /* ms */

static const struct pty_pixels cells = { .cell_height = 21, .cell_width = 9 };

static const char *translate(void *to, const char *tag, const char *key)
{
	return beside_translate(to, tag, key);
}

static const char *property(void *to, const char *name)
{
	(void)to;
	return strcmp(name, "safety_staffed") ? "" : "yes";
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

	assert_true(pty_expect_frames(pty, 1, PATIENCE));
	pty_send(pty, PTY_ENTER);
	assert_true(pty_expect_frames(pty, 2, PATIENCE));
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
		SCOPED(canvas_freep) struct canvas *canvas = NULL;
		struct glass_difference difference;

		assert_true(step_next(&step, &step));
		name = node_name(step.field[0]);
		canvas = beside_draw(beside, &step);
		assert_true(has_heading(canvas));
		difference = glass_expect(pty, canvas, &cells, TRIES);
		if (!glass_same(&difference))
			fail_msg("%s %s: %zu cells, %zu plates, %zu dots "
				 "differ",
				 tag, name, difference.cells, difference.plates,
				 difference.dots);
		pty_send(pty, "\t");
	}
}

static void look_at(const char *home, const char *tag)
{
	SCOPED(char_freep)
	char *lines =
	    xasprintf("[languages]\ndrafts = %s\n[speech]\noutput = none", tag);
	struct beside beside;
	const struct run_world world = { .to = &beside,
					 .property = property,
					 .translate = translate };
	struct pty *pty;

	print_message("%s\n", tag);
	demo_set(home, lines);
	beside_start(&beside, tag, ROWS, COLUMNS, true);
	assert_int_equal(run_new(intake_form(), &world, &beside.run),
			 FAULT_NONE);
	beside_speak(&beside, tag);
	pty = start_kiosk(home);
	look_at_questions(pty, &beside);
	assert_false(pty_has_scrolled(pty));
	assert_false(pty_has_overlaid(pty));
	(void)pty_stop(pty);
	run_free(beside.run);
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
