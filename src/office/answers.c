#include "office/answers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"

struct applying {
	const char *file;
	struct run *run;
	answers_note *note;
	void *to;
};

static const char *const reasons[] = {
	[RUN_TAKEN] = "taken",
	[RUN_NOT_OF_TYPE] = "not of the question's type",
	[RUN_NOT_A_CHOICE] = "not one of the choices offered",
	[RUN_READONLY] = "read only",
	[RUN_NOT_RELEVANT] = "not asked after these answers",
	[RUN_NO_ANSWER_HERE] = "takes no answer",
};

static enum fault complain(const struct applying *applying, size_t index,
			   const char *complaint)
{
	log_error("%s: entry %zu: %s", applying->file, index + 1, complaint);
	return FAULT_FORMAT;
}

/* Text as it is; a number or a truth as JSON writes it. The caller frees. */
static char *value_text(const json_t *value)
{
	char *written, *text;

	if (json_is_string(value))
		return xstrdup(json_string_value(value));
	if (!json_is_number(value) && !json_is_boolean(value))
		return NULL;
	written = json_dumps(value, JSON_ENCODE_ANY);
	text = xstrdup(written);
	free(written);
	return text;
}

static enum fault set(struct applying *applying, struct node *node,
		      const char *path, const char *value)
{
	enum run_answer answer = RUN_TAKEN;
	enum fault fault = run_set(applying->run, node, value, &answer);

	if (!fault && answer != RUN_TAKEN)
		applying->note(applying->to, path, reasons[answer], answer);
	return fault;
}

static enum fault add(struct applying *applying, struct node *node,
		      json_int_t count)
{
	enum fault fault = FAULT_NONE;

	while (!fault && count-- > 0)
		fault = run_repeat_add(applying->run, node);
	return fault;
}

static enum fault apply_at(struct applying *applying, const json_t *entry,
			   const char *path, size_t index)
{
	struct node *node = run_find(applying->run, path);
	const json_t *value = json_object_get(entry, "value");
	const json_t *more = json_object_get(entry, "add");
	bool repeat = node && node_kind(node) == NODE_REPEAT;
	bool instance = node && node_kind(node) == NODE_REPEAT_INSTANCE;

	if (!node) {
		applying->note(applying->to, path, "the form has no such node",
			       RUN_NO_ANSWER_HERE);
		return FAULT_NONE;
	}
	if (value) {
		SCOPED(char_freep) char *text = value_text(value);

		return text ? set(applying, node, path, text)
			    : complain(applying, index,
				       "a value is text or a number");
	}
	if (json_is_integer(more) && repeat)
		return add(applying, node, json_integer_value(more));
	if (json_object_get(entry, "remove") && instance)
		return run_repeat_remove(applying->run, node);
	return complain(applying, index,
			"write a value, add for a repeat, or remove for one "
			"of its instances");
}

static enum fault apply_entry(struct applying *applying, const json_t *entry,
			      size_t index)
{
	const char *language =
	    json_string_value(json_object_get(entry, "lang"));
	const char *path = json_string_value(json_object_get(entry, "path"));

	if (language) {
		run_set_language(applying->run, language);
		return FAULT_NONE;
	}
	return path ? apply_at(applying, entry, path, index)
		    : complain(applying, index, "write a path, or lang");
}

static enum fault parse(const char *path, json_t **out)
{
	struct bytes text = { 0 };
	json_error_t error;
	enum fault fault = file_read(path, ANSWERS_BYTES_LIMIT, &text);

	if (fault) {
		bytes_wipe(&text);
		return fault;
	}
	*out = json_loadb(
	    (const char *)(text.data ? text.data : (const uint8_t *)""),
	    text.length, 0, &error);
	bytes_wipe(&text);
	if (*out && json_is_array(*out))
		return FAULT_NONE;
	if (*out)
		log_error("%s: not an array of answers", path);
	else
		log_error("%s: line %d, column %d: %s", path, error.line,
			  error.column, error.text);
	json_decref(*out);
	return FAULT_FORMAT;
}

enum fault answers_apply(const char *path, struct run *run, answers_note *note,
			 void *to)
{
	struct applying applying = { path, run, note, to };
	enum fault fault;
	json_t *answers, *entry;
	size_t index;

	if ((fault = parse(path, &answers)))
		return fault;
	json_array_foreach(answers, index, entry)
	{
		if ((fault = apply_entry(&applying, entry, index)))
			break;
	}
	json_decref(answers);
	return fault;
}
