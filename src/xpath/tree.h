#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "xpath/scratch.h"
#include "xpath/xpath.h"

/*
 * The tree of an expression. Operators of one level that follow each other
 * (a or b or c) are one chain, so that the tree is never deeper than the
 * brackets in the text.
 */
enum expr_kind {
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_PATH,
	EXPR_CALL,
	EXPR_CHAIN,
	EXPR_NEGATE,
};

enum operation {
	OP_OR,
	OP_AND,
	OP_EQUAL,
	OP_UNEQUAL,
	OP_LESS,
	OP_LESS_EQUAL,
	OP_GREATER,
	OP_GREATER_EQUAL,
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_MODULO,
	OP_UNION,
};

enum axis {
	AXIS_ANCESTOR,
	AXIS_ANCESTOR_OR_SELF,
	AXIS_ATTRIBUTE,
	AXIS_CHILD,
	AXIS_DESCENDANT,
	AXIS_DESCENDANT_OR_SELF,
	AXIS_FOLLOWING,
	AXIS_FOLLOWING_SIBLING,
	AXIS_PARENT,
	AXIS_PRECEDING,
	AXIS_PRECEDING_SIBLING,
	AXIS_SELF,
};

enum node_test { TEST_NAME, TEST_NODE, TEST_TEXT, TEST_COMMENT, TEST_PI };

struct expr;
struct call;
struct value;
struct context;
struct evaluation;

#define FUNCTION_ANY SIZE_MAX /* as many arguments as one likes */

enum function_result {
	GIVES_TEXT,
	GIVES_NUMBER,
	GIVES_BOOLEAN,
	GIVES_NODES,
	GIVES_ARGUMENT, /* what one of its arguments is */
};

/* A function that a call names; xpath/function.h finds it. */
struct function {
	const char *name;
	size_t least, most; /* arguments */
	enum function_result result;
	enum { COUNT_ANY, COUNT_EVEN, COUNT_ODD } count;
	unsigned nodes; /* bit i: argument i must be nodes */
	struct value (*evaluate)(struct evaluation *evaluation,
				 const struct call *call,
				 const struct context *context);
};

struct step {
	enum axis axis;
	enum node_test test;
	const char *prefix; /* NULL: none */
	const char *name;   /* NULL: any */
	struct expr **predicates;
	size_t predicate_count;
};

enum path_start { START_CONTEXT, START_ROOT, START_FILTER };

struct path {
	enum path_start start;
	struct expr *filter; /* START_FILTER: what the steps lead on from */
	struct expr **predicates; /* of filter */
	size_t predicate_count;
	struct step *steps;
	size_t step_count;
};

struct call {
	const struct function *function;
	struct expr **arguments;
	size_t count;
	struct expr *named; /* the path in a text argument: jr:choice-name */
};

struct link {
	enum operation operation; /* of the first: none */
	struct expr *operand;
};

struct chain {
	struct link *links;
	size_t count;
};

struct expr {
	enum expr_kind kind;
	uint32_t offset;
	union {
		double number;
		const char *text;
		struct path path;
		struct call call;
		struct chain chain;
		struct expr *operand; /* EXPR_NEGATE */
	};
};

struct xpath {
	struct scratch memory; /* holds all of the tree */
	struct expr *root;
};

/* Whether it can be nodes, and whether it can be a number. */
bool expr_gives_nodes(const struct expr *expr);
bool expr_gives_number(const struct expr *expr);

/* Whether a predicate may look at position: a number, position(), last(). */
bool expr_positional(const struct expr *expr);

/* Calls visit for expr and everything in it, the outer first. */
typedef void expr_visit(void *to, const struct expr *expr);
void expr_each(const struct expr *expr, expr_visit *visit, void *to);
