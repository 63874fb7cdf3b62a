#include "form/answers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"

/* --- values -------------------------------------------------------------- */

static void add_value(struct bytes *out, const json_t *value)
{
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
		for (size_t i = 0; i < json_array_size(value); i++) {
			if (i)
				bytes_add_byte(out, ' ');
			add_value(out, json_array_get(value, i));
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
	[RUN_NOT_OF_TYPE] = "not a value of its type",
	[RUN_NOT_A_CHOICE] = "not among the choices offered",
	[RUN_READONLY] = "read only",
	[RUN_NOT_RELEVANT] = "not asked after these answers",
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
	const char *name; /* of the file */
	struct run *run;
	answers_note *note;
	void *to;
};

static void tell_why(const struct applying *applying, const char *path,
		     const char *why, enum run_answer answer)
{
	if (applying->note && answer != RUN_TAKEN)
		applying->note(applying->to, path, why, answer);
}

/* That an answer was not taken. */
static void tell(const struct applying *applying, const char *path,
		 enum run_answer answer)
{
	tell_why(applying, path, whys[answer], answer);
}

static enum fault complain(const struct applying *applying, size_t index,
			   const char *mend)
{
	log_error("%s: entry %zu: %s", applying->name, index + 1, mend);
	return FAULT_FORMAT;
}

static enum fault add_instances(const struct applying *applying,
				struct node *range, const char *path,
				json_int_t count)
{
	enum fault fault = FAULT_NONE;

	if (!range || node_kind(range) != NODE_REPEAT) {
		tell_why(applying, path, "no such repeat", RUN_NO_ANSWER_HERE);
		return FAULT_NONE;
	}
	if (node_counted(range)) {
		tell_why(applying, path, "the form decides how many",
			 RUN_READONLY);
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
		tell_why(applying, path, "no such instance",
			 RUN_NO_ANSWER_HERE);
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
		tell_why(applying, path, "no such node", RUN_NO_ANSWER_HERE);
		return FAULT_NONE;
	}
	fault = set(applying->run, node, value, &answer);
	tell(applying, path, answer);
	return fault;
}

static enum fault apply_at(const struct applying *applying, const char *path,
			   const json_t *step, size_t index)
{
	const json_t *value = json_object_get(step, "value");
	const json_t *add = json_object_get(step, "add");

	if (json_is_integer(add))
		return add_instances(applying, run_find(applying->run, path),
				     path, json_integer_value(add));
	if (json_object_get(step, "remove"))
		return remove_instance(applying, run_find(applying->run, path),
				       path);
	return value ? set_at(applying, path, value)
		     : complain(applying, index,
				"write a value, add for a repeat, or remove "
				"for one of its instances");
}

static enum fault apply_step(const struct applying *applying,
			     const json_t *step, size_t index)
{
	const char *lang = json_string_value(json_object_get(step, "lang"));
	const char *path = json_string_value(json_object_get(step, "path"));

	if (lang) {
		run_set_language(applying->run, lang);
		return FAULT_NONE;
	}
	return path ? apply_at(applying, path, step, index)
		    : complain(applying, index, "write a path, or lang");
}

static enum fault apply_steps(const struct applying *applying,
			      const json_t *steps)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < json_array_size(steps); i++)
		fault = apply_step(applying, json_array_get(steps, i), i);
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

static struct node *last_child(const struct node *node)
{
	struct node *child = node_first(node);

	while (child && node_next(child))
		child = node_next(child);
	return child;
}

/* The instances that are there first, then new ones where the form lets us. */
static enum fault apply_repeat(struct round *round, struct node *range,
			       const json_t *value)
{
	const struct applying *applying = round->applying;
	struct node *instance = node_first(range);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < json_array_size(value); i++) {
		if (!instance && node_counted(range))
			break;
		if (!instance) {
			fault = run_repeat_add(applying->run, range);
			instance = last_child(range);
		}
		if (fault)
			break;
		fault =
		    apply_object(applying, instance, json_array_get(value, i));
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
		tell_why(applying, name, "no such node", RUN_NO_ANSWER_HERE);
		return;
	}
	if (!set(applying->run, node, value, &answer))
		tell(applying, name, answer);
}

static enum fault apply_object(const struct applying *applying,
			       struct node *top, const json_t *object)
{
	struct round round = { applying, json_copy((json_t *)object), true };
	enum fault fault = FAULT_NONE;

	while (!fault && round.progress && json_object_size(round.left)) {
		round.progress = false;
		fault = apply_below(&round, top);
	}
	for (void *at = json_object_iter(round.left); at;
	     at = json_object_iter_next(round.left, at))
		tell_left(applying, json_object_iter_key(at),
			  json_object_iter_value(at));
	json_decref(round.left);
	return fault;
}

/* JSON that is neither a list nor an object jansson itself refuses. */
static enum fault parse(const char *name, const char *text, size_t length,
			json_t **out)
{
	json_error_t error;

	*out = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
	if (*out)
		return FAULT_NONE;
	log_error("%s: line %d, column %d: %s", name, error.line, error.column,
		  error.text);
	return FAULT_FORMAT;
}

enum fault answers_apply_text(const char *name, const char *text, size_t length,
			      struct run *run, answers_note *note, void *to)
{
	const struct applying applying = { name, run, note, to };
	json_t *json = NULL;
	enum fault fault = parse(name, text, length, &json);

	if (fault)
		return fault;
	fault = json_is_array(json)
		    ? apply_steps(&applying, json)
		    : apply_object(&applying, run_root(run), json);
	json_decref(json);
	return fault;
}

enum fault answers_apply(const char *path, struct run *run, answers_note *note,
			 void *to)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, ANSWERS_BYTES_LIMIT, &bytes);

	if (!fault)
		fault = answers_apply_text(path,
					   bytes.data ? (char *)bytes.data : "",
					   bytes.length, run, note, to);
	bytes_wipe(&bytes);
	return fault;
}
