#include "xpath/value.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "xpath/date.h"
#include "xpath/number.h"

struct value of_text(const char *text)
{
	return (struct value){ .type = XPATH_TEXT, .text = text };
}

struct value of_number(double number)
{
	return (struct value){ .type = XPATH_NUMBER, .number = number };
}

struct value of_boolean(bool boolean)
{
	return (struct value){ .type = XPATH_BOOLEAN, .boolean = boolean };
}

struct value of_nodes(struct nodes nodes)
{
	return (struct value){ .type = XPATH_NODES, .nodes = nodes };
}

struct value of_node(struct evaluation *evaluation, xmlNode *node)
{
	struct nodes nodes = { .disjoint = true };

	if (node)
		nodes_add(evaluation, &nodes, node);
	return of_nodes(nodes);
}

double text_to_number(const char *text)
{
	double number = number_parse(text, strlen(text));
	struct moment moment;

	if (isnan(number) && moment_parse(text, &moment))
		return moment_days(&moment);
	return number;
}

static const char *number_to_text(struct evaluation *evaluation, double number)
{
	char text[NUMBER_TEXT_SIZE];

	if (isnan(number))
		return "";
	number_print(number, text);
	return copy_text(evaluation, text, strlen(text));
}

const char *to_text(struct evaluation *evaluation, const struct value *value)
{
	switch (value->type) {
	case XPATH_NODES:
		return value->nodes.count
			   ? read_node(evaluation, value->nodes.list[0])
			   : "";
	case XPATH_TEXT:
		return value->text;
	case XPATH_NUMBER:
		return number_to_text(evaluation, value->number);
	case XPATH_BOOLEAN:
		return value->boolean ? "true" : "false";
	}
	return "";
}

double to_number(struct evaluation *evaluation, const struct value *value)
{
	switch (value->type) {
	case XPATH_NUMBER:
		return value->number;
	case XPATH_BOOLEAN:
		return value->boolean;
	default:
		return text_to_number(to_text(evaluation, value));
	}
}

bool to_boolean(const struct value *value)
{
	switch (value->type) {
	case XPATH_NODES:
		return value->nodes.count > 0;
	case XPATH_TEXT:
		return *value->text != '\0';
	case XPATH_NUMBER:
		return value->number != 0 && !isnan(value->number);
	case XPATH_BOOLEAN:
		return value->boolean;
	}
	return false;
}

/* --- nodes ----------------------------------------------------------------*/

static bool is_hidden(const struct evaluation *evaluation, const xmlNode *node)
{
	const struct xpath_host *host = evaluation->host;

	/* Its text and its attributes are hidden with an element. */
	if (node->type != XML_ELEMENT_NODE)
		node = node->parent;
	return host->hidden && node && node->type == XML_ELEMENT_NODE &&
	       host->hidden(host->to, node);
}

/* The next node of the tree below top, without the children of skipped ones. */
static const xmlNode *after(const xmlNode *top, const xmlNode *node, bool enter)
{
	if (enter && node->type == XML_ELEMENT_NODE && node->children)
		return node->children;
	while (node != top && !node->next)
		node = node->parent;
	return node == top ? NULL : node->next;
}

/* All text below an element, as XPath 1.0 §5.2 has it. */
static const char *read_tree(struct evaluation *evaluation, const xmlNode *top)
{
	struct words words = { 0 };
	const xmlNode *node = top->children;

	while (node && evaluation_step(evaluation)) {
		const char *content = (const char *)node->content;
		bool enter = node->type == XML_ELEMENT_NODE &&
			     !is_hidden(evaluation, node);

		if (node_is_text(node) && content)
			words_add(evaluation, &words, content, strlen(content));
		node = after(top, node, enter);
	}
	return words_text(&words);
}

/* Long texts cost: a predicate reads them once for every node. */
static const char *read_text(struct evaluation *evaluation, const xmlNode *text)
{
	const char *content = (const char *)text->content;

	return content && evaluation_spend(evaluation,
					   strlen(content) / STEP_BYTES)
		   ? content
		   : "";
}

const char *read_hidden_node(struct evaluation *evaluation, const xmlNode *node)
{
	const xmlNode *child;

	switch (node->type) {
	case XML_ELEMENT_NODE:
	case XML_ATTRIBUTE_NODE:
	case XML_DOCUMENT_NODE:
		break;
	default:
		return read_text(evaluation, node);
	}
	child = node->children;
	if (!child)
		return "";
	if (!child->next && node_is_text(child))
		return read_text(evaluation, child);
	return read_tree(evaluation, node);
}

const char *read_node(struct evaluation *evaluation, const xmlNode *node)
{
	return is_hidden(evaluation, node) ? ""
					   : read_hidden_node(evaluation, node);
}

/* --- for the outside ------------------------------------------------------*/

/* A value that came out of an evaluation, as it was inside of it. */
static struct value inside(const struct xpath_value *value)
{
	return (struct value){ .type = value->type,
			       .boolean = value->boolean,
			       .number = value->number,
			       .text = value->text,
			       .nodes = { .list = value->nodes,
					  .count = value->count } };
}

/* For reading such a value, where nobody asks what the problem was. */
static struct evaluation outside(const struct xpath_host *host,
				 struct xpath_problem *unread)
{
	return (struct evaluation){ .host = host,
				    .problem = unread,
				    .steps_limit = XPATH_STEPS_LIMIT };
}

char *xpath_store(const struct xpath_host *host,
		  const struct xpath_value *value)
{
	struct xpath_problem unread = { 0 };
	struct evaluation evaluation = outside(host, &unread);
	struct value converted = inside(value);
	char *text = xstrdup(to_text(&evaluation, &converted));

	scratch_done(&evaluation.memory);
	return text;
}

bool xpath_true(const struct xpath_host *host, const struct xpath_value *value)
{
	struct value converted = inside(value);

	(void)host; /* hiding changes what is read, not what is there */
	return to_boolean(&converted);
}

double xpath_to_number(const struct xpath_host *host,
		       const struct xpath_value *value)
{
	struct xpath_problem unread = { 0 };
	struct evaluation evaluation = outside(host, &unread);
	struct value converted = inside(value);
	double number = to_number(&evaluation, &converted);

	scratch_done(&evaluation.memory);
	return number;
}
