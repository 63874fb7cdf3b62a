#include "office/form_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "form/answers.h"
#include "office/form_lines.h"

/* What was printed last of every node, by its path and kind, which a repeat
 * and its only instance do not share. */
struct walk {
	struct run *run;
	json_t *before, *now;
};

static void look_at(struct walk *walk, struct node *node)
{
	json_t *line = form_line(node);
	SCOPED(char_freep)
	char *key =
	    xasprintf("%s %s", json_string_value(json_object_get(line, "path")),
		      json_string_value(json_object_get(line, "node")));

	if (!json_equal(line, json_object_get(walk->before, key)))
		form_print_line(json_incref(line));
	json_object_set_new(walk->now, key, line);
	for (struct node *child = node_first(node); child;
	     child = node_next(child))
		look_at(walk, child);
}

static void tell_gone(const struct walk *walk)
{
	const char *key;
	json_t *line;

	json_object_foreach(walk->before, key, line)
	{
		if (!json_object_get(walk->now, key))
			form_print_line(json_pack(
			    "{sO}", "gone", json_object_get(line, "path")));
	}
}

static void print_changes(struct walk *walk)
{
	walk->now = json_object();
	look_at(walk, run_root(walk->run));
	tell_gone(walk);
	json_decref(walk->before);
	walk->before = walk->now;
}

static void note(void *to, const char *path, const char *why,
		 enum run_answer answer)
{
	(void)to;
	(void)path;
	(void)answer;
	form_print_line(json_pack("{ss}", "note", why));
}

static enum fault take_step(struct walk *walk, const char *path, size_t number,
			    const char *line)
{
	SCOPED(char_freep) char *name = xasprintf("%s, step %zu", path, number);
	SCOPED(char_freep) char *list = xasprintf("[%s]", line);

	form_print_line(json_pack("{sI}", "step", (json_int_t)number));
	enum fault fault =
	    answers_apply_text(name, list, strlen(list), walk->run, note, NULL);
	if (!fault)
		print_changes(walk);
	return fault;
}

enum fault form_walk(const char *path, struct run *run)
{
	struct walk walk = { .run = run, .before = json_object() };
	struct bytes steps = { 0 };
	enum fault fault = file_read(path, ANSWERS_BYTES_LIMIT, &steps);
	char *save = NULL, *line;
	size_t number = 0;

	bytes_add_text(&steps, "");
	line = strtok_r((char *)steps.data, "\n", &save);
	if (!fault)
		print_changes(&walk);
	while (!fault && line) {
		fault = take_step(&walk, path, ++number, line);
		line = strtok_r(NULL, "\n", &save);
	}
	json_decref(walk.before);
	bytes_wipe(&steps);
	return fault;
}
