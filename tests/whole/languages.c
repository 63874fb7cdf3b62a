#include "tests/test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ask/review.h"
#include "ask/seen.h"
#include "base/home.h"
#include "form/form.h"
#include "issue/lobby.h"
#include "tests/support/beside.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/glass.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"

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
	const char *home, *name;
	json_t *answers;
	struct home *at;
	struct lobby *lobby;
	struct form *form;
	struct run_world world;
	struct beside beside;
	struct seen *seen;
	struct pty *pty;
};

static int64_t now_for(void *to)
{
	(void)to;
	return time(NULL) * 1000LL;
}

static const char *property(void *to, const char *name)
{
	return lobby_property(((struct visitor *)to)->lobby, name);
}

static const char *translate(void *to, const char *tag, const char *key)
{
	return beside_translate(&((struct visitor *)to)->beside, tag, key);
}

static void open_form(struct visitor *visitor)
{
	SCOPED(char_freep) char *path = NULL;

	assert_int_equal(home_open(visitor->home, &visitor->at), FAULT_NONE);
	assert_int_equal(lobby_read(visitor->at, &visitor->lobby), FAULT_NONE);
	path = home_path(visitor->at, HOME_FORMS, "intake.xml");
	assert_int_equal(form_read(path, NULL, &visitor->form), FAULT_NONE);
	visitor->world = (struct run_world){ .to = visitor,
					     .now = now_for,
					     .zone = visitor->lobby->zone,
					     .property = property,
					     .translate = translate };
	assert_int_equal(
	    run_new(visitor->form, &visitor->world, &visitor->beside.run),
	    FAULT_NONE);
}

/* --- keys and answers ----------------------------------------------------- */

/* Slower than a scanner, so that no key is taken for a part of a scan. */
static void press(struct visitor *visitor, const char *keys)
{
	static const struct timespec pause = { .tv_nsec = 25000000 };
	bool whole = keys[0] == '\033';

	do {
		char key[2] = { *keys, 0 };

		pty_send(visitor->pty, whole ? keys : key);
		nanosleep(&pause, NULL);
	} while (!whole && *++keys);
}

static char *answer_for(const struct visitor *visitor, const struct node *node)
{
	json_t *answer = json_object_get(visitor->answers, node_name(node));
	struct bytes out = { 0 };
	json_t *each;
	size_t i;

	if (json_is_integer(answer))
		return xasprintf("%lld", (long long)json_integer_value(answer));
	if (json_is_string(answer))
		return xstrdup(json_string_value(answer));
	json_array_foreach(answer, i, each) bytes_add_format(
	    &out, "%s%s", i ? " " : "", json_string_value(each));
	return bytes_take_text(&out);
}

static void answer_beside(struct visitor *visitor, struct node *node,
			  const char *value)
{
	enum run_answer answer;

	assert_int_equal(run_set(visitor->beside.run, node, value, &answer),
			 FAULT_NONE);
	if (answer != RUN_TAKEN)
		fail_msg("%s: \"%s\" is not taken", node_name(node), value);
}

static void press_choice(struct visitor *visitor, const struct step *step,
			 size_t field, const char *value)
{
	SCOPED(char_freep)
	char *keys = beside_keys(&visitor->beside, step, field, value);

	if (!keys)
		fail_msg("%s: no keys give %s", node_name(step->field[field]),
			 value);
	pty_send(visitor->pty, "\033[H");
	press(visitor, keys + strlen("\033[H"));
}

static void answer_field(struct visitor *visitor, const struct step *step,
			 size_t field)
{
	struct node *node = step->field[field];
	SCOPED(char_freep) char *value = answer_for(visitor, node);
	SCOPED(char_freep) char *list = xstrdup(value);
	bool several = node_multiple(node);
	char *rest = NULL;

	if (!value[0]) {
		press(visitor, "\t");
		return;
	}
	if (node_kind(node) == NODE_SELECT) {
		for (char *each = strtok_r(list, " ", &rest); each;
		     each = strtok_r(NULL, " ", &rest))
			press_choice(visitor, step, field, each);
		if (several)
			press(visitor, "\t");
	} else {
		press(visitor, value);
		press(visitor, PTY_ENTER);
	}
	answer_beside(visitor, node, value);
	if (node_appears(node, "language"))
		beside_speak(&visitor->beside, value);
}

/* --- screens -------------------------------------------------------------- */

static void expect_screen(struct visitor *visitor, const struct canvas *canvas,
			  const char *name)
{
	struct glass_difference difference =
	    glass_expect(visitor->pty, canvas,
			 visitor->beside.plates ? &cells : NULL, TRIES);
	SCOPED(char_freep) char *wanted = NULL;
	SCOPED(char_freep) char *screen = NULL;

	if (glass_same(&difference))
		return;
	wanted = canvas_picture(canvas);
	screen = pty_screen(visitor->pty);
	fail_msg("%s in %s, %s: %zu cells, %zu plates, %zu dots differ:\n%s\n"
		 "--- wanted:\n%s",
		 visitor->name, visitor->beside.language->tag, name,
		 difference.cells, difference.plates, difference.dots, screen,
		 wanted);
}

static void walk_step(struct visitor *visitor, const struct step *step)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = beside_draw(&visitor->beside, step);

	expect_screen(visitor, canvas, node_name(step->field[0]));
	for (size_t i = 0; i < step->count; i++) {
		if (step_asks(step, i))
			answer_field(visitor, step, i);
	}
}

static void walk_from(struct visitor *visitor, struct step step)
{
	do {
		seen_note(visitor->seen, &step);
		walk_step(visitor, &step);
	} while (seen_next_new(visitor->seen, &step, &step));
}

static void expect_review(struct visitor *visitor)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = beside_draw_check(&visitor->beside);

	expect_screen(visitor, canvas, "review");
}

/* The ways to go on are the first rows. */
static void press_way(struct visitor *visitor, struct node *asks,
		      const char *value)
{
	const struct choice_item *items;
	char key[] = "1";
	size_t count;

	assert_int_equal(node_choices(asks, &items, &count), FAULT_NONE);
	while (count && strcmp(items[key[0] - '1'].value, value) != 0)
		key[0]++;
	press(visitor, key);
}

static void walk_review(struct visitor *visitor)
{
	struct node *asks = review_asks(visitor->beside.run);
	struct step step = { .field = { asks }, .count = 1 };

	if (!review_node(visitor->beside.run))
		return;
	expect_review(visitor);
	if (asks) {
		SCOPED(char_freep) char *value = answer_for(visitor, asks);

		press_way(visitor, asks, value);
		answer_beside(visitor, asks, value);
		if (!seen_next_new(visitor->seen, &step, &step))
			return;
		walk_from(visitor, step);
		expect_review(visitor);
	}
	press(visitor, "1");
}

static void start_kiosk(struct visitor *visitor)
{
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *program =
	    xasprintf("%s/foyer-kiosk", build ? build : "build/debug");
	const char *argv[] = { program, "--home", visitor->home, "--once",
			       NULL };

	visitor->pty = pty_start_with_pixels(
	    argv, NULL, ROWS, COLUMNS, visitor->beside.plates ? &cells : NULL);
	assert_true(pty_expect_frames(visitor->pty, 1, 20000));
	press(visitor, PTY_ENTER);
}

static void walk(struct visitor *visitor)
{
	struct step step;

	start_kiosk(visitor);
	assert_true(step_first(visitor->beside.run, &step));
	walk_from(visitor, step);
	walk_review(visitor);
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
		.answers = json_deep_copy(json_object_get(persona, "answers")),
		.seen = seen_new(),
	};

	print_message("%s %s\n", visitor.name, languages[language].tag);
	json_object_set_new(visitor.answers, "A1",
			    json_string(languages[language].answer));
	json_object_del(visitor.answers, "D2");
	demo_set(home, lines);
	beside_start(&visitor.beside, languages[language].tag, ROWS, COLUMNS,
		     languages[language].plates);
	open_form(&visitor);
	beside_speak(&visitor.beside, "en");
	walk(&visitor);
	expect_filed(home, json_object_get(persona, "expected"));
	seen_free(visitor.seen);
	run_free(visitor.beside.run);
	beside_done(&visitor.beside);
	form_free(visitor.form);
	lobby_free(visitor.lobby);
	home_free(visitor.at);
	json_decref(visitor.answers);
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
