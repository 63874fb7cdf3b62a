#include "office/form_when.h"

#include <stdlib.h>
#include <string.h>

#include "form/form.h"
#include "xlsform/subject.h"
#include "xpath/tree.h"
#include "xpath/xpath.h"

#define CALCULATIONS 6 /* that lead on to each other */
#define WORDS_MOST 600 /* bytes; what is longer only names its questions */

struct saying {
	const struct when *when;
	const char *context; /* path of the node that the expression is of */
	struct bytes out;
	int calculations; /* deep */
	bool private;
};

static void say(struct saying *saying, const struct expr *expr, bool negated,
		enum operation around);

static const struct when_question *question_at(const struct when *when,
					       const char *path)
{
	for (size_t i = 0; path && i < when->count; i++) {
		if (strcmp(node_path(when->questions[i].node), path) == 0)
			return &when->questions[i];
	}
	return NULL;
}

static const struct when_question *asked_of(const struct saying *saying,
					    const struct expr *expr)
{
	SCOPED(char_freep)
	char *path = subject_destination(expr, saying->context);

	return question_at(saying->when, path);
}

/* The expression that computes a value; *out is freed by the caller. */
static const struct expr *calculation_of(const struct saying *saying,
					 const struct node *node,
					 struct xpath **out)
{
	const char *text = form_bind_attribute(
	    saying->when->form, node_path(node), NULL, "calculate");

	return text && !xpath_parse(text, out, NULL) ? (*out)->root : NULL;
}

/* --- what has no simple words ----------------------------------------------
 */

struct reading {
	struct saying *saying;
	char *read; /* by question: whether */
	int depth;
};

static void read_one(void *to, const struct expr *expr)
{
	struct reading *reading = to;
	const struct when *when = reading->saying->when;
	const struct when_question *question = asked_of(reading->saying, expr);
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	const struct expr *calculation;
	const char *context = reading->saying->context;

	if (!question || reading->read[question - when->questions])
		return;
	reading->read[question - when->questions] = true;
	reading->saying->private |= question->left_out;
	calculation = calculation_of(reading->saying, question->node, &xpath);
	if (calculation && reading->depth < CALCULATIONS) {
		reading->depth++;
		/* Its relative paths are seen from where it stands. */
		reading->saying->context = node_path(question->node);
		expr_each(calculation, read_one, reading);
		reading->saying->context = context;
		reading->depth--;
	}
}

/* The numbers of the questions that it reads. */
static void say_numbers(struct saying *saying, const struct expr *expr)
{
	const struct when *when = saying->when;
	SCOPED(char_freep) char *read = xcalloc(when->count + 1, 1);
	struct reading reading = { saying, read, 0 };
	const char *between = "(";

	expr_each(expr, read_one, &reading);
	bytes_add_text(&saying->out, "?");
	for (size_t i = 0; i < when->count; i++) {
		if (!reading.read[i] || !when->questions[i].number)
			continue;
		bytes_add_format(&saying->out, "%s%d", between,
				 when->questions[i].number);
		between = ", ";
	}
	if (strcmp(between, "(") != 0)
		bytes_add_text(&saying->out, ")");
}

/* --- a question and an answer -----------------------------------------------
 */

struct choice_word {
	const char *value;
	char *label;
	bool hides;
};

static void take_label(void *to, const struct choice_item *item)
{
	struct choice_word *word = to;

	if (word->label || strcmp(item->value, word->value) != 0)
		return;
	word->label = xstrdup(item->label[0] ? item->label : item->value);
	word->hides = item->hides;
}

static void say_answer(struct saying *saying,
		       const struct when_question *question, const char *sign,
		       const char *value)
{
	struct choice_word word = { .value = value };

	node_each_choice(question->node, take_label, &word);
	saying->private |= word.hides;
	bytes_add_format(&saying->out, "%d%s %s", question->number, sign,
			 word.label ? word.label : value);
	free(word.label);
}

static const char *sign_of(enum operation operation)
{
	static const char *const signs[] = {
		[OP_EQUAL] = ":",    [OP_UNEQUAL] = " ≠",
		[OP_LESS] = " <",    [OP_LESS_EQUAL] = " ≤",
		[OP_GREATER] = " >", [OP_GREATER_EQUAL] = " ≥",
	};

	return (size_t)operation < COUNT(signs) ? signs[operation] : NULL;
}

/* Seen from the other side of it. */
static enum operation turned(enum operation operation)
{
	switch (operation) {
	case OP_LESS:
		return OP_GREATER;
	case OP_LESS_EQUAL:
		return OP_GREATER_EQUAL;
	case OP_GREATER:
		return OP_LESS;
	case OP_GREATER_EQUAL:
		return OP_LESS_EQUAL;
	default:
		return operation;
	}
}

static enum operation denied(enum operation operation)
{
	switch (operation) {
	case OP_EQUAL:
		return OP_UNEQUAL;
	case OP_UNEQUAL:
		return OP_EQUAL;
	case OP_LESS:
		return OP_GREATER_EQUAL;
	case OP_LESS_EQUAL:
		return OP_GREATER;
	case OP_GREATER:
		return OP_LESS_EQUAL;
	default:
		return OP_LESS;
	}
}

static char *literal_of(const struct expr *expr)
{
	if (expr->kind == EXPR_TEXT)
		return xstrdup(expr->text);
	return expr->kind == EXPR_NUMBER ? xpath_number_text(expr->number)
					 : NULL;
}

static bool is_text(const struct expr *expr, const char *text)
{
	return expr->kind == EXPR_TEXT && strcmp(expr->text, text) == 0;
}

/* What if(..., 'yes', 'no') asks, where it decides; false: it is not so. */
static bool say_calculation(struct saying *saying, const struct node *node,
			    bool equal, const char *value)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	const struct expr *expr = calculation_of(saying, node, &xpath);
	const struct call *call = expr ? &expr->call : NULL;
	const char *context = saying->context;
	bool yes, no;

	if (!expr || expr->kind != EXPR_CALL || call->count != 3 ||
	    strcmp(call->function->name, "if") != 0 ||
	    saying->calculations == CALCULATIONS)
		return false;
	yes = is_text(call->arguments[1], value);
	no = is_text(call->arguments[2], value);
	if (yes == no)
		return false;
	saying->calculations++;
	saying->context = node_path(node);
	say(saying, call->arguments[0], yes != equal, OP_UNION);
	saying->context = context;
	saying->calculations--;
	return true;
}

/* False: there are no simple words for it. */
static bool say_compared(struct saying *saying, const struct expr *path,
			 enum operation operation, const struct expr *literal)
{
	const struct when_question *question = asked_of(saying, path);
	SCOPED(char_freep) char *value = literal_of(literal);
	const char *sign = sign_of(operation);

	if (!question || !value || !sign)
		return false;
	saying->private |= question->left_out;
	if (!question->number)
		return (operation == OP_EQUAL || operation == OP_UNEQUAL) &&
		       say_calculation(saying, question->node,
				       operation == OP_EQUAL, value);
	if (!value[0])
		bytes_add_format(&saying->out, "%d: %s", question->number,
				 operation == OP_EQUAL ? "–" : "…");
	else
		say_answer(saying, question, sign, value);
	return true;
}

/* --- expressions ------------------------------------------------------------
 */

/* Whether what begins at before, a sign of three bytes in front, says the same
 * as what is right before it, which began at start or later. */
static bool is_again(const struct bytes *out, size_t start, size_t before)
{
	size_t length = out->length - before - 3;

	return before - start >= length &&
	       memcmp(out->data + before - length, out->data + before + 3,
		      length) == 0 &&
	       out->data[before - length] == '?';
}

static void say_joined(struct saying *saying, const struct chain *chain,
		       bool negated, enum operation around)
{
	enum operation own = chain->links[1].operation;
	enum operation said = negated ? (own == OP_AND ? OP_OR : OP_AND) : own;
	bool apart = around != OP_UNION && around != said;
	size_t start;

	if (apart)
		bytes_add_text(&saying->out, "(");
	start = saying->out.length;
	for (size_t i = 0; i < chain->count; i++) {
		size_t before = saying->out.length;

		if (i)
			bytes_add_text(&saying->out,
				       said == OP_AND ? " + " : " / ");
		say(saying, chain->links[i].operand, negated, said);
		if (i && is_again(&saying->out, start, before))
			saying->out.length = before;
	}
	if (apart)
		bytes_add_text(&saying->out, ")");
}

static bool say_chain(struct saying *saying, const struct chain *chain,
		      bool negated, enum operation around)
{
	enum operation operation = chain->links[1].operation;
	const struct expr *left = chain->links[0].operand;
	const struct expr *right = chain->links[1].operand;

	if (operation == OP_AND || operation == OP_OR) {
		say_joined(saying, chain, negated, around);
		return true;
	}
	if (chain->count != 2 || !sign_of(operation))
		return false;
	if (negated)
		operation = denied(operation);
	return say_compared(saying, left, operation, right) ||
	       say_compared(saying, right, turned(operation), left);
}

static bool say_call(struct saying *saying, const struct call *call,
		     bool negated, enum operation around)
{
	const char *name = call->function->name;

	if (call->count == 1 && strcmp(name, "not") == 0) {
		say(saying, call->arguments[0], !negated, around);
		return true;
	}
	return call->count == 2 &&
	       (strcmp(name, "selected") == 0 ||
		strcmp(name, "is-selected") == 0) &&
	       say_compared(saying, call->arguments[0],
			    negated ? OP_UNEQUAL : OP_EQUAL,
			    call->arguments[1]);
}

static void say(struct saying *saying, const struct expr *expr, bool negated,
		enum operation around)
{
	bool said = false;

	if (expr->kind == EXPR_CHAIN)
		said = say_chain(saying, &expr->chain, negated, around);
	else if (expr->kind == EXPR_CALL)
		said = say_call(saying, &expr->call, negated, around);
	if (!said)
		say_numbers(saying, expr);
}

static bool is_always(const struct expr *expr)
{
	return expr->kind == EXPR_CALL &&
	       strcmp(expr->call.function->name, "true") == 0;
}

/* A choice that is marked. */
static void find_marked(void *to, const struct choice_item *item)
{
	*(bool *)to |= item->hides;
}

bool when_is_silent(struct node *node)
{
	bool marked = false;

	if (!node_is_private(node))
		return false;
	node_each_choice(node, find_marked, &marked);
	return !marked;
}

static bool is_never(const struct expr *expr)
{
	return expr->kind == EXPR_CALL &&
	       strcmp(expr->call.function->name, "false") == 0;
}

bool when_say(const struct when *when, const struct node *node,
	      struct bytes *out)
{
	struct saying saying = { .when = when, .context = node_path(node) };
	const char *text =
	    form_bind_attribute(when->form, node_path(node), NULL, "relevant");
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	if (!text || xpath_parse(text, &xpath, NULL) || is_always(xpath->root))
		return true;
	if (is_never(xpath->root))
		return false;
	say(&saying, xpath->root, false, OP_UNION);
	if (saying.out.length > WORDS_MOST) {
		bytes_done(&saying.out);
		say_numbers(&saying, xpath->root);
	}
	if (!saying.private)
		bytes_add(out, saying.out.data, saying.out.length);
	bytes_done(&saying.out);
	return !saying.private;
}
