#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/change.h"
#include "form/choices.h"
#include "form/itemset.h"
#include "form/repeat.h"
#include "form/run.h"
#include "form/settle.h"
#include "form/value.h"

static bool takes_answers(enum node_kind kind)
{
	return kind == NODE_INPUT || kind == NODE_SELECT ||
	       kind == NODE_RANGE || kind == NODE_TRIGGER;
}

/* Whether length bytes at value are a choice: one offered now, or any. */
typedef bool is_choice(struct node *node, const char *value, size_t length);

static bool is_listed(struct node *node, const char *value, size_t length)
{
	SCOPED(char_freep) char *word = xstrndup(value, length);

	return itemset_index(node->field->control->itemset, word) >= 0;
}

static bool all_choices(struct node *node, const char *value, is_choice *is)
{
	if (!node->field->control->multiple)
		return !*value || is(node, value, strlen(value));
	while (*(value += strspn(value, " \t\r\n"))) {
		size_t length = strcspn(value, " \t\r\n");

		if (!is(node, value, length))
			return false;
		value += length;
	}
	return true;
}

static bool is_select(const struct node *node)
{
	const struct control *control = node->field->control;

	return control && control->itemset;
}

/* The value as it is stored; NULL: *answer says why not. */
static char *accept(struct node *node, const char *value, is_choice *is,
		    enum run_answer *answer)
{
	char *accepted;

	*answer = RUN_TAKEN;
	if (!is_select(node)) {
		accepted = value_accept(node->field, value);
		if (!accepted)
			*answer = RUN_NOT_OF_TYPE;
		return accepted;
	}
	if (!all_choices(node, value, is)) {
		*answer = RUN_NOT_A_CHOICE;
		return NULL;
	}
	return node->field->kind == NODE_SELECT && node_multiple(node)
		   ? choices_in_order(node, value)
		   : xstrdup(value);
}

static enum fault take(struct run *run, struct node *node, const char *value,
		       is_choice *is, enum run_answer *answer)
{
	char *accepted = accept(node, value, is, answer);
	enum fault fault = run->fault;

	if (accepted) {
		wipe_free(node->value);
		node->value = accepted;
		change_show(node);
		fault = settle(run);
	}
	run->fault = FAULT_NONE;
	return fault;
}

enum fault run_set(struct run *run, struct node *node, const char *value,
		   enum run_answer *answer)
{
	if (!takes_answers(node->field->kind) || !node->field->available)
		*answer = RUN_NO_ANSWER_HERE;
	else if (!node->relevant)
		*answer = RUN_NOT_RELEVANT;
	else if (node_readonly(node))
		*answer = RUN_READONLY;
	else
		return take(run, node, value, choices_has, answer);
	return FAULT_NONE;
}

enum fault run_put(struct run *run, struct node *node, const char *value,
		   enum run_answer *answer)
{
	if (!node_holds_text(node)) {
		*answer = RUN_NO_ANSWER_HERE;
		return FAULT_NONE;
	}
	return take(run, node, value, is_listed, answer);
}

enum fault run_repeat_add(struct run *run, struct node *repeat)
{
	if (repeat_is_full(repeat)) {
		log_error("%s: %s: no more than %d instances of one repeat, "
			  "and %d nodes of a form",
			  run->form->name, repeat->field->path,
			  FORM_REPEAT_LIMIT, RUN_NODES_LIMIT);
		return FAULT_LIMIT;
	}
	repeat_add(repeat);
	return settle(run);
}

enum fault run_repeat_remove(struct run *run, struct node *instance)
{
	repeat_remove(instance);
	return settle(run);
}
