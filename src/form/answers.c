#include "form/answers.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"

struct answers {
	json_t *json;
};

enum fault answers_parse(const char *name, const char *text, size_t length,
			 struct answers **out)
{
	json_error_t error;
	json_t *json = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);

	if (!json) {
		log_error("%s:%d:%d: not JSON: %s", name, error.line,
			  error.column, error.text);
		return FAULT_FORMAT;
	}
	if (!json_is_array(json) && !json_is_object(json)) {
		log_error("%s: answers are a list of steps or an object by "
			  "question",
			  name);
		json_decref(json);
		return FAULT_FORMAT;
	}
	*out = xcalloc(1, sizeof **out);
	(*out)->json = json;
	return FAULT_NONE;
}

enum fault answers_read(const char *path, struct answers **out)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, ANSWERS_BYTES_LIMIT, &bytes);

	if (!fault)
		fault =
		    answers_parse(path, bytes.data ? (char *)bytes.data : "",
				  bytes.length, out);
	bytes_wipe(&bytes);
	return fault;
}

void answers_free(struct answers *answers)
{
	if (!answers)
		return;
	json_decref(answers->json);
	free(answers);
}

/* --- values -------------------------------------------------------------- */

static void add_value(struct bytes *out, const json_t *value)
{
	size_t index;
	json_t *item;

	switch (json_typeof(value)) {
	case JSON_STRING:
		bytes_add_text(out, json_string_value(value));
		break;
	case JSON_INTEGER:
		bytes_add_format(out, "%" JSON_INTEGER_FORMAT,
				 json_integer_value(value));
		break;
	case JSON_REAL: {
		SCOPED(char_freep)
		char *text = json_dumps(value, JSON_ENCODE_ANY |
						   JSON_REAL_PRECISION(15));
		bytes_add_text(out, text);
		break;
	}
	case JSON_TRUE:
		bytes_add_text(out, "true");
		break;
	case JSON_FALSE:
		bytes_add_text(out, "false");
		break;
	case JSON_ARRAY:
		json_array_foreach(value, index, item)
		{
			if (index)
				bytes_add_byte(out, ' ');
			add_value(out, item);
		}
		break;
	default:
		break;
	}
}

static char *value_text(const json_t *value)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	if (value)
		add_value(&out, value);
	return bytes_take_text(&out);
}

static const char *const whys[] = {
	[RUN_TAKEN] = NULL,
	[RUN_NOT_OF_TYPE] = "not a value of its type",
	[RUN_NOT_A_CHOICE] = "not among the choices offered",
	[RUN_READONLY] = "read only",
	[RUN_NOT_RELEVANT] = "not relevant",
	[RUN_NO_ANSWER_HERE] = "takes no answer",
};

static enum fault set(struct run *run, struct node *node, const json_t *value,
		      enum run_answer *answer)
{
	char *text = value_text(value);
	enum fault fault = run_set(run, node, text, answer);

	explicit_bzero(text, strlen(text));
	free(text);
	return fault;
}

/* --- the list of steps --------------------------------------------------- */

struct applying {
	struct run *run;
	answers_note *note;
	void *to;
};

static void tell(const struct applying *applying, const char *path,
		 const char *why)
{
	if (applying->note && why)
		applying->note(applying->to, path, why);
}

static enum fault add_instances(const struct applying *applying,
				struct node *range, const char *path,
				json_int_t count)
{
	enum fault fault = FAULT_NONE;

	if (!range || node_kind(range) != NODE_REPEAT) {
		tell(applying, path, "no such repeat");
		return FAULT_NONE;
	}
	if (node_counted(range)) {
		tell(applying, path, "the form decides how many");
		return FAULT_NONE;
	}
	while (!fault && count-- > 0)
		fault = run_repeat_add(applying->run, range);
	return fault;
}

static enum fault remove_instance(const struct applying *applying,
				  struct node *instance, const char *path)
{
	if (!instance || node_kind(instance) != NODE_REPEAT_INSTANCE ||
	    node_counted(instance)) {
		tell(applying, path, "no such instance");
		return FAULT_NONE;
	}
	return run_repeat_remove(applying->run, instance);
}

static enum fault set_at(const struct applying *applying, const char *path,
			 const json_t *value)
{
	struct node *node = run_find(applying->run, path);
	enum run_answer answer = RUN_TAKEN;
	enum fault fault = FAULT_NONE;

	if (!node) {
		tell(applying, path, "no such node");
		return FAULT_NONE;
	}
	fault = set(applying->run, node, value, &answer);
	tell(applying, path, whys[answer]);
	return fault;
}

static enum fault apply_step(const struct applying *applying,
			     const json_t *step)
{
	const char *lang = json_string_value(json_object_get(step, "lang"));
	const char *path = json_string_value(json_object_get(step, "path"));
	const json_t *add = json_object_get(step, "add");

	if (lang) {
		run_set_language(applying->run, lang);
		return FAULT_NONE;
	}
	if (!path) {
		tell(applying, "", "a step without a path");
		return FAULT_NONE;
	}
	if (add)
		return add_instances(applying, run_find(applying->run, path),
				     path, json_integer_value(add));
	if (json_object_get(step, "remove"))
		return remove_instance(applying, run_find(applying->run, path),
				       path);
	return set_at(applying, path, json_object_get(step, "value"));
}

static enum fault apply_steps(const struct applying *applying,
			      const json_t *steps)
{
	enum fault fault = FAULT_NONE;
	size_t index;
	json_t *step;

	json_array_foreach(steps, index, step)
	{
		fault = apply_step(applying, step);
		if (fault)
			break;
	}
	return fault;
}

/* --- the object by name -------------------------------------------------- */

/* An object on its way: what of it is still to be set. */
struct round {
	const struct applying *applying;
	json_t *left;
	bool progress;
};

static enum fault apply_below(struct round *round, struct node *node);

static bool is_repeat_value(const json_t *value)
{
	return json_is_array(value) && json_array_size(value) &&
	       json_is_object(json_array_get(value, 0));
}

static enum fault apply_object(const struct applying *applying,
			       struct node *top, const json_t *object);

static enum fault apply_repeat(struct round *round, struct node *range,
			       const json_t *value)
{
	const struct applying *applying = round->applying;
	struct node *instance = node_first(range);
	enum fault fault = FAULT_NONE;
	size_t index;
	json_t *object;

	json_array_foreach(value, index, object)
	{
		if (!instance && !node_counted(range)) {
			fault = run_repeat_add(applying->run, range);
			instance = node_first(range);
			while (instance && node_next(instance))
				instance = node_next(instance);
		}
		if (fault || !instance)
			break;
		fault = apply_object(applying, instance, object);
		instance = node_next(instance);
	}
	return fault;
}

/* Sets a node that is called for. Where it is not its turn it stays. */
static enum fault apply_to(struct round *round, struct node *node,
			   const json_t *value)
{
	enum run_answer answer = RUN_TAKEN;
	enum fault fault;

	if (node_kind(node) == NODE_REPEAT) {
		if (!is_repeat_value(value) || !node_relevant(node))
			return FAULT_NONE;
		fault = apply_repeat(round, node, value);
	} else {
		fault = set(round->applying->run, node, value, &answer);
	}
	if (answer == RUN_TAKEN) {
		json_object_del(round->left, node_name(node));
		round->progress = true;
	}
	return fault;
}

static enum fault apply_below(struct round *round, struct node *node)
{
	enum fault fault = FAULT_NONE;

	for (struct node *child = node_first(node); !fault && child;
	     child = node_next(child)) {
		json_t *value = json_object_get(round->left, node_name(child));

		json_incref(value);
		if (value && node_kind(child) != NODE_REPEAT_INSTANCE)
			fault = apply_to(round, child, value);
		else
			fault = apply_below(round, child);
		json_decref(value);
	}
	return fault;
}

/* Why a name of an object could not be set in the end. */
static void tell_left(const struct applying *applying, const char *name,
		      const json_t *value)
{
	struct node *node = run_named(applying->run, name);
	enum run_answer answer = RUN_TAKEN;

	if (!node) {
		tell(applying, name, "no such node");
		return;
	}
	if (!set(applying->run, node, value, &answer))
		tell(applying, name, whys[answer]);
}

static enum fault apply_object(const struct applying *applying,
			       struct node *top, const json_t *object)
{
	struct round round = { applying, json_copy((json_t *)object), true };
	enum fault fault = FAULT_NONE;
	const char *name;
	json_t *value;

	while (!fault && round.progress && json_object_size(round.left)) {
		round.progress = false;
		fault = apply_below(&round, top);
	}
	json_object_foreach(round.left, name, value)
	    tell_left(applying, name, value);
	json_decref(round.left);
	return fault;
}

enum fault answers_apply(const struct answers *answers, struct run *run,
			 answers_note *note, void *to)
{
	const struct applying applying = { run, note, to };

	return json_is_array(answers->json)
		   ? apply_steps(&applying, answers->json)
		   : apply_object(&applying, run_root(run), answers->json);
}
