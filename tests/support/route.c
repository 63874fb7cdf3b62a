#include "tests/support/route.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "ask/review.h"
#include "ask/seen.h"
#include "base/home.h"
#include "form/form.h"
#include "issue/lobby.h"
#include "tests/support/beside.h"
#include "tests/test.h"

struct walk {
	const struct route *route;
	json_t *answers;
	struct home *home;
	struct lobby *lobby;
	struct form *form;
	struct run_world world;
	struct beside beside;
	struct seen *seen;
};

static int64_t now_for(void *to)
{
	(void)to;
	return time(NULL) * 1000LL;
}

static const char *property(void *to, const char *name)
{
	return lobby_property(((struct walk *)to)->lobby, name);
}

static const char *translate(void *to, const char *tag, const char *key)
{
	return beside_translate(&((struct walk *)to)->beside, tag, key);
}

static void open_form(struct walk *walk)
{
	SCOPED(char_freep) char *path = NULL;

	assert_int_equal(home_open(walk->route->home, &walk->home), FAULT_NONE);
	assert_int_equal(lobby_read(walk->home, &walk->lobby), FAULT_NONE);
	path = home_path(walk->home, HOME_FORMS, "intake.xml");
	assert_int_equal(form_read(path, NULL, &walk->form), FAULT_NONE);
	walk->world = (struct run_world){ .to = walk,
					  .now = now_for,
					  .zone = walk->lobby->zone,
					  .property = property,
					  .translate = translate };
	assert_int_equal(run_new(walk->form, &walk->world, &walk->beside.run),
			 FAULT_NONE);
}

/* --- keys and answers ----------------------------------------------------- */

static void press(struct walk *walk, const char *key)
{
	walk->route->presses(walk->route->to, key);
}

/* Keys of a byte each. */
static void press_each(struct walk *walk, const char *keys)
{
	for (; *keys; keys++) {
		const char key[2] = { *keys, 0 };

		press(walk, key);
	}
}

static char *answer_for(const struct walk *walk, const struct node *node)
{
	json_t *answer = json_object_get(walk->answers, node_name(node));
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

static void answer_beside(struct walk *walk, struct node *node,
			  const char *value)
{
	enum run_answer answer;

	assert_int_equal(run_set(walk->beside.run, node, value, &answer),
			 FAULT_NONE);
	if (answer != RUN_TAKEN)
		fail_msg("%s: \"%s\" is not taken", node_name(node), value);
}

static void press_choice(struct walk *walk, const struct step *step,
			 size_t field, const char *value)
{
	SCOPED(char_freep)
	char *keys = beside_keys(&walk->beside, step, field, value);

	if (!keys)
		fail_msg("%s: no keys give %s", node_name(step->field[field]),
			 value);
	press(walk, "\033[H");
	press_each(walk, keys + strlen("\033[H"));
}

static void answer_field(struct walk *walk, const struct step *step,
			 size_t field)
{
	struct node *node = step->field[field];
	SCOPED(char_freep) char *value = answer_for(walk, node);
	SCOPED(char_freep) char *list = xstrdup(value);
	bool several = node_multiple(node);
	char *rest = NULL;

	if (!value[0]) {
		press(walk, "\t");
		return;
	}
	if (node_kind(node) == NODE_SELECT) {
		for (char *each = strtok_r(list, " ", &rest); each;
		     each = strtok_r(NULL, " ", &rest))
			press_choice(walk, step, field, each);
		if (several)
			press(walk, "\t");
	} else {
		press_each(walk, value);
		press(walk, "\r");
	}
	answer_beside(walk, node, value);
	if (node_appears(node, "language"))
		beside_speak(&walk->beside, walk->route->tag);
}

/* --- screens -------------------------------------------------------------- */

static void walk_step(struct walk *walk, const struct step *step)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = beside_draw(&walk->beside, step);

	if (walk->route->meets)
		walk->route->meets(walk->route->to, canvas,
				   node_name(step->field[0]));
	for (size_t i = 0; i < step->count; i++) {
		if (step_asks(step, i))
			answer_field(walk, step, i);
	}
}

static void walk_from(struct walk *walk, struct step step)
{
	do {
		seen_note(walk->seen, &step);
		walk_step(walk, &step);
	} while (seen_next_new(walk->seen, &step, &step));
}

static void meet_review(struct walk *walk)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = beside_draw_check(&walk->beside);

	if (walk->route->meets)
		walk->route->meets(walk->route->to, canvas, "review");
}

/* The ways to go on are the first rows. */
static void press_way(struct walk *walk, struct node *asks, const char *value)
{
	const struct choice_item *items;
	char key[] = "1";
	size_t count;

	assert_int_equal(node_choices(asks, &items, &count), FAULT_NONE);
	while (count && strcmp(items[key[0] - '1'].value, value) != 0)
		key[0]++;
	press(walk, key);
}

static void walk_review(struct walk *walk)
{
	struct node *asks = review_asks(walk->beside.run);
	struct step step = { .field = { asks }, .count = 1 };

	if (!review_node(walk->beside.run))
		return;
	meet_review(walk);
	if (asks) {
		SCOPED(char_freep) char *value = answer_for(walk, asks);

		press_way(walk, asks, value);
		answer_beside(walk, asks, value);
		if (!seen_next_new(walk->seen, &step, &step))
			return;
		walk_from(walk, step);
		meet_review(walk);
	}
	press(walk, "1");
}

void route_walk(const struct route *route)
{
	struct walk walk = {
		.route = route,
		.answers = json_deep_copy(route->answers),
		.seen = seen_new(),
	};
	struct step step;

	json_object_set_new(walk.answers, "A1", json_string(route->answer));
	/* A name in the script of another language. */
	json_object_del(walk.answers, "D2");
	beside_start(&walk.beside, route->tag, route->rows, route->columns,
		     route->plates);
	open_form(&walk);
	beside_speak(&walk.beside, "en");
	assert_true(step_first(walk.beside.run, &step));
	walk_from(&walk, step);
	walk_review(&walk);
	seen_free(walk.seen);
	run_free(walk.beside.run);
	beside_done(&walk.beside);
	form_free(walk.form);
	lobby_free(walk.lobby);
	home_free(walk.home);
	json_decref(walk.answers);
}
