#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "xpath/characters.h"
#include "xpath/function.h"

/* Choices, secondary instances and translations: what a form adds. */

static bool same(const char *word, size_t length, const char *other,
		 size_t other_length)
{
	return length == other_length && memcmp(word, other, length) == 0;
}

/* Both empty is true: nothing is what was selected. */
FUNCTION(selected)
{
	const char *list = argument_text(evaluation, call, 0, context);
	const char *wanted = argument_text(evaluation, call, 1, context);
	size_t wanted_length, length;
	const char *rest = wanted,
		   *value = characters_word(&rest, &wanted_length);
	const char *word;

	if (!value)
		return of_boolean(!characters_word(&list, &length));
	/* More than one word is no choice that could be there. */
	if (characters_word(&rest, &length))
		return of_boolean(false);
	while ((word = characters_word(&list, &length)))
		if (same(word, length, value, wanted_length))
			return of_boolean(true);
	return of_boolean(false);
}

FUNCTION(selected_at)
{
	const char *list = argument_text(evaluation, call, 0, context);
	double index = trunc(argument_number(evaluation, call, 1, context));
	const char *word;
	size_t length;

	for (double i = 0; (word = characters_word(&list, &length)); i++)
		if (i == index)
			return of_text(copy_text(evaluation, word, length));
	return of_text("");
}

FUNCTION(count_selected)
{
	const char *list = argument_text(evaluation, call, 0, context);
	double count = 0;
	size_t length;

	while (characters_word(&list, &length))
		count++;
	return of_number(count);
}

/* Takes over what the host allocated. */
static struct value of_host_text(struct evaluation *evaluation, char *text)
{
	const char *copy =
	    text ? copy_text(evaluation, text, strlen(text)) : "";

	free(text);
	return of_text(copy);
}

/* Who asks: in a filter of rows of another instance, whoever filters them. */
static const xmlNode *asker(const struct evaluation *evaluation,
			    const struct context *context)
{
	const struct xpath_host *host = evaluation->host;
	const struct xpath_place *place = evaluation->place;
	const xmlNode *root = host->primary ? host->primary(host->to) : NULL;

	if (root && context->node && context->node->doc != root->doc)
		return place->current ? place->current : place->node;
	return context->node;
}

FUNCTION(choice_name)
{
	const struct xpath_host *host = evaluation->host;
	const char *value = argument_text(evaluation, call, 0, context);
	const char *path = argument_text(evaluation, call, 1, context);

	if (!host->choice_name || evaluation_stopped(evaluation))
		return of_text("");
	return of_host_text(
	    evaluation, host->choice_name(host->to, asker(evaluation, context),
					  value, path));
}

FUNCTION(itext)
{
	const struct xpath_host *host = evaluation->host;
	const char *id = argument_text(evaluation, call, 0, context);

	if (!host->itext || evaluation_stopped(evaluation))
		return of_text("");
	return of_host_text(evaluation, host->itext(host->to, id));
}

static const xmlNode *child_named(struct evaluation *evaluation,
				  const xmlNode *parent, const char *name)
{
	for (const xmlNode *n = parent->children; n; n = n->next) {
		if (!evaluation_step(evaluation))
			break;
		if (n->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)n->name, name) == 0)
			return n;
	}
	return NULL;
}

static const char *child_text(struct evaluation *evaluation,
			      const xmlNode *parent, const char *name)
{
	const xmlNode *child = child_named(evaluation, parent, name);

	return child ? read_node(evaluation, child) : "";
}

/* The wanted column of the first /root/item whose key column has the value. */
FUNCTION(pulldata)
{
	const struct xpath_host *host = evaluation->host;
	const char *id = argument_text(evaluation, call, 0, context);
	const char *want = argument_text(evaluation, call, 1, context);
	const char *key = argument_text(evaluation, call, 2, context);
	const char *value = argument_text(evaluation, call, 3, context);
	const xmlNode *top =
	    host->instance ? host->instance(host->to, id) : NULL;
	const xmlNode *root = top ? child_named(evaluation, top, "root") : NULL;

	if (!root)
		return of_text("");
	for (const xmlNode *item = root->children;
	     item && evaluation_step(evaluation); item = item->next)
		if (item->type == XML_ELEMENT_NODE &&
		    strcmp((const char *)item->name, "item") == 0 &&
		    strcmp(child_text(evaluation, item, key), value) == 0)
			return of_text(child_text(evaluation, item, want));
	return of_text("");
}

const struct function xpath_form_functions[] = {
	{ "selected", 2, 2, GIVES_BOOLEAN, .evaluate = selected },
	{ "is-selected", 2, 2, GIVES_BOOLEAN, .evaluate = selected },
	{ "selected-at", 2, 2, GIVES_TEXT, .evaluate = selected_at },
	{ "count-selected", 1, 1, GIVES_NUMBER, .evaluate = count_selected },
	{ "jr:choice-name", 2, 2, GIVES_TEXT, .evaluate = choice_name },
	{ "jr:itext", 1, 1, GIVES_TEXT, .evaluate = itext },
	{ "pulldata", 4, 4, GIVES_TEXT, .evaluate = pulldata },
	{ 0 },
};
