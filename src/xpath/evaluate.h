#pragma once

#include "xpath/scratch.h"
#include "xpath/tree.h"
#include "xpath/xpath.h"

/*
 * The inside of an evaluation, shared by the files of the evaluator and of the
 * functions. What a value points to lives in the evaluation's memory, in the
 * tree of the expression or in the document.
 *
 * Going wrong is sticky: the first evaluation_fail() stays, everything after
 * gives empty values, and loops stop where evaluation_stopped().
 */
struct nodes {
	xmlNode **list;
	size_t count, room;
	bool disjoint; /* in document order, none inside another */
};

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

struct evaluation {
	const struct xpath_host *host;
	const struct xpath_place *place;
	struct xpath_problem *problem;
	enum fault fault;
	uint64_t steps, steps_limit;
	uint32_t offset; /* of the part being evaluated */
	struct scratch memory;
};

#define EVALUATION_MEMORY_LIMIT (64 * 1024 * 1024)

struct value evaluate(struct evaluation *evaluation, const struct expr *expr,
		      const struct context *context);

/* The operators but or, and and union, on values. */
struct value operate(struct evaluation *evaluation, enum operation operation,
		     const struct value *left, const struct value *right);

/* Counts a visited node; false once the limit is passed. */
bool evaluation_step(struct evaluation *evaluation);
void evaluation_fail(struct evaluation *evaluation, enum fault fault,
		     const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static inline bool evaluation_stopped(const struct evaluation *evaluation)
{
	return evaluation->fault != FAULT_NONE;
}

/* Memory for a value; NULL where the limit is passed, and then it failed. */
void *evaluation_take(struct evaluation *evaluation, size_t size);

/* A text that grows; words_text() is "" where memory ended. */
struct words {
	char *text;
	size_t length, room;
};
void words_add(struct evaluation *evaluation, struct words *words,
	       const char *text, size_t length);
const char *words_text(const struct words *words);
const char *copy_text(struct evaluation *evaluation, const char *text,
		      size_t length);

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

void nodes_add(struct evaluation *evaluation, struct nodes *nodes,
	       xmlNode *node);
/* Document order, each node once. */
void nodes_sort(struct evaluation *evaluation, struct nodes *nodes);
/* Whether a node is inside another, or is it. */
bool node_inside(const xmlNode *node, const xmlNode *other);

/* Arguments, evaluated and converted. */
struct value argument(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context);
const char *argument_text(struct evaluation *evaluation,
			  const struct call *call, size_t index,
			  const struct context *context);
double argument_number(struct evaluation *evaluation, const struct call *call,
		       size_t index, const struct context *context);
bool argument_boolean(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context);
/* Fails the evaluation where the argument is not nodes. */
struct nodes argument_nodes(struct evaluation *evaluation,
			    const struct call *call, size_t index,
			    const struct context *context);
/* The context node where the argument is left out. */
const char *argument_or_context(struct evaluation *evaluation,
				const struct call *call,
				const struct context *context);

/*
 * The parts of arguments: each node of node-sets, and each other value. Start
 * from { .argument = the first }.
 */
struct parts {
	size_t argument, node;
	struct nodes nodes;
};
bool parts_next(struct evaluation *evaluation, const struct call *call,
		const struct context *context, struct parts *parts,
		struct value *part);
