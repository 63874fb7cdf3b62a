#include "kiosk-image/tests/walk.h"

#include <jansson.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/pty.h"
#include "tests/support/route.h"
#include "tests/test.h"

#define PERSONAS "tests/data/intake/personas.json"

/* Keys that are no letters, as a terminal sends them and as QEMU has them. */
static const struct {
	const char *sent, *name;
} named[] = {
	{ PTY_ENTER, "{ret}" },   { "\t", "{tab}" },
	{ PTY_UP, "{up}" },       { PTY_DOWN, "{down}" },
	{ PTY_RIGHT, "{right}" }, { PTY_LEFT, "{left}" },
	{ "\033[H", "{home}" },
};

struct typed {
	struct bytes keys;
	bool fresh; /* the screen is new: its first row is marked */
};

static void meet(void *to, const struct canvas *canvas, const char *name)
{
	struct typed *typed = to;

	(void)canvas;
	(void)name;
	bytes_add_byte(&typed->keys, '\n');
	typed->fresh = true;
}

static void hear(void *to, const char *key)
{
	struct typed *typed = to;
	bool home = strcmp(key, "\033[H") == 0;

	if (home && typed->fresh)
		return;
	typed->fresh = false;
	for (size_t i = 0; i < COUNT(named); i++) {
		if (strcmp(key, named[i].sent) == 0)
			key = named[i].name;
	}
	bytes_add_text(&typed->keys, key);
}

static json_t *persona_named(json_t *all, const char *name)
{
	json_t *persona;
	size_t i;

	json_array_foreach(json_object_get(all, "personas"), i, persona)
	{
		if (strcmp(json_string_value(json_object_get(persona, "id")),
			   name) == 0)
			return persona;
	}
	fail_msg("there is no visitor %s", name);
	return NULL;
}

char *walk_keys(const char *home, const char *persona, const char *language,
		int rows, int columns)
{
	json_t *all = json_load_file(PERSONAS, 0, NULL);
	struct typed typed = { 0 };
	const struct route route = {
		.home = home,
		.answers =
		    json_object_get(persona_named(all, persona), "answers"),
		.tag = language,
		.answer = language,
		.rows = rows,
		.columns = columns,
		.plates = true,
		.meets = meet,
		.presses = hear,
		.to = &typed,
	};

	route_walk(&route);
	json_decref(all);
	return bytes_take_text(&typed.keys);
}

char *walk_level(const char *persona)
{
	json_t *all = json_load_file(PERSONAS, 0, NULL);
	json_t *expected =
	    json_object_get(persona_named(all, persona), "expected");
	char *level =
	    xstrdup(json_string_value(json_object_get(expected, "level")));

	json_decref(all);
	return level;
}
