#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/glass.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"
#include "tests/support/route.h"

/*
 * Every made-up visitor finishes in languages of other classes of script than
 * their own, in the real words, through the real kiosk and terminal; each
 * screen is compared, whole, with the same one made beside the kiosk. What the
 * record says must be what it says of them in any language.
 *
 * `make check` walks a few of them; `make walk-languages` (any argument) all,
 * each in three languages.
 */
#define PERSONAS "tests/data/intake/personas.json"
#define ROWS 18
#define COLUMNS 72
#define TRIES 150

static const struct pty_pixels cells = { .cell_height = 21, .cell_width = 9 };

/* Of each class one that cells can draw and one that needs pictures, so far as
 * there are such. */
static const struct {
	const char *tag, *answer; /* what the form calls it */
	bool plates;
} languages[] = {
	{ "my", "my", true },
	{ "vi", "vi", false },
	{ "fa-IR", "fa", false },
	{ "hi", "hi", true },
	{ "zh-Hans", "zh-Hans", false },
	{ "ti", "ti", true },
	{ "uk", "uk", false },
	{ "ko", "ko", false },
	{ "ar", "ar", true },
};

struct visitor {
	const char *home, *name, *tag;
	bool plates;
	struct pty *pty;
};

/* Slower than a scanner, so that no key is taken for a part of a scan. */
static void press(void *to, const char *key)
{
	static const struct timespec pause = { .tv_nsec = 25000000 };

	pty_send(((struct visitor *)to)->pty, key);
	nanosleep(&pause, NULL);
}

static void expect_screen(void *to, const struct canvas *canvas,
			  const char *name)
{
	struct visitor *visitor = to;
	struct glass_difference difference = glass_expect(
	    visitor->pty, canvas, visitor->plates ? &cells : NULL, TRIES);
	SCOPED(char_freep) char *wanted = NULL;
	SCOPED(char_freep) char *screen = NULL;

	if (glass_same(&difference))
		return;
	wanted = canvas_picture(canvas);
	screen = pty_screen(visitor->pty);
	fail_msg("%s in %s, %s: %zu cells, %zu plates, %zu dots differ:\n%s\n"
		 "--- wanted:\n%s",
		 visitor->name, visitor->tag, name, difference.cells,
		 difference.plates, difference.dots, screen, wanted);
}

static void start_kiosk(struct visitor *visitor)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *program =
	    xasprintf("%s/foyer-kiosk", build ? build : "build/debug");
	const char *argv[] = { program, "--home", visitor->home, "--once",
			       NULL };

	visitor->pty = pty_start_with_pixels(argv, NULL, ROWS, COLUMNS,
					     visitor->plates ? &cells : NULL);
	assert_true(pty_expect_frames(visitor->pty, 1, 20000));
	press(visitor, PTY_ENTER);
}

static void walk(struct visitor *visitor, const struct route *route)
{
	start_kiosk(visitor);
	route_walk(route);
	/* The closing screen passes over keys that come too soon. */
	for (int i = 0; i < 60 && pty_wait(visitor->pty, 500) < 0; i++)
		press(visitor, PTY_ENTER);
	assert_int_equal(pty_stop(visitor->pty), 0);
}

static void expect_filed(const char *home, const json_t *expected)
{
	struct output output = program_run(
	    "", "foyer record file --home %s %s/paper.png", home, home);
	json_t *filed = json_loads(output.out, 0, NULL);

	assert_string_equal(json_string_value(json_object_get(filed, "status")),
			    "filed");
	assert_string_equal(
	    json_string_value(json_object_get(filed, "level")),
	    json_string_value(json_object_get(expected, "level")));
	assert_true(json_equal(json_object_get(filed, "rules"),
			       json_object_get(expected, "rules")));
	json_decref(filed);
	output_done(&output);
}

static void walk_in(const char *home, json_t *persona, size_t language)
{
	SCOPED(char_freep)
	char *lines =
	    xasprintf("[languages]\ndrafts = %s", languages[language].tag);
	struct visitor visitor = {
		.home = home,
		.name = json_string_value(json_object_get(persona, "id")),
		.tag = languages[language].tag,
		.plates = languages[language].plates,
	};
	const struct route route = {
		.home = home,
		.answers = json_object_get(persona, "answers"),
		.tag = visitor.tag,
		.answer = languages[language].answer,
		.rows = ROWS,
		.columns = COLUMNS,
		.plates = visitor.plates,
		.meets = expect_screen,
		.presses = press,
		.to = &visitor,
	};

	print_message("%s %s\n", visitor.name, visitor.tag);
	demo_set(home, lines);
	walk(&visitor, &route);
	expect_filed(home, json_object_get(persona, "expected"));
}

static bool walks_all;

static void visitors_finish_in_languages_of_three_classes(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = xasprintf("%s/home", folder);
	SCOPED(char_freep)
	char *lines = xasprintf("[printer]\naddress = file:%s/paper.png\n"
				"[speech]\noutput = none",
				home);
	json_t *all = json_load_file(PERSONAS, 0, NULL), *persona;
	size_t i;

	(void)state;
	assert_non_null(all);
	demo_new(home);
	demo_set(home, lines);
	json_array_foreach(json_object_get(all, "personas"), i, persona)
	{
		/* The short ways, one language each; or all, in three. */
		bool brief =
		    json_integer_value(json_object_get(
			json_object_get(persona, "expected"), "screens")) < 12;

		for (size_t k = 0; k < 3; k++) {
			if (walks_all || (brief && !k))
				walk_in(home, persona,
					(3 * i + k) % COUNT(languages));
		}
	}
	json_decref(all);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(visitors_finish_in_languages_of_three_classes),
	};

	(void)argv;
	walks_all = argc > 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
