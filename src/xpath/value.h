#pragma once

#include "xpath/nodes.h"

/* What values are made from and turn into (XPath 1.0 §4.2 to §4.4). */
struct value {
	enum xpath_type type;
	bool boolean, invalid, date;
	double number;
	const char *text;
	struct nodes nodes;
};

/* Where a part of the expression is evaluated. */
struct context {
	xmlNode *node;
	size_t position, size;
};

struct value of_text(const char *text);
struct value of_number(double number);
struct value of_boolean(bool boolean);
struct value of_nodes(struct nodes nodes);
struct value of_node(struct evaluation *evaluation, xmlNode *node);

const char *to_text(struct evaluation *evaluation, const struct value *value);
double to_number(struct evaluation *evaluation, const struct value *value);
bool to_boolean(const struct value *value);

/* What a node reads: "" where the host hides it. */
const char *read_node(struct evaluation *evaluation, const xmlNode *node);
/* The same of a node that is read although it may be hidden. */
const char *read_hidden_node(struct evaluation *evaluation,
			     const xmlNode *node);

/* Numbers, dates as days. */
double text_to_number(const char *text);
