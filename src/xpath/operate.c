#include "xpath/operate.h"

#include <math.h>
#include <string.h>

#include "xpath/date.h"
#include "xpath/number.h"

/*
 * Operators on values, XPath 1.0 §3.4 and §3.5 with ODK's dates. A date counts
 * as its days, so dates subtract and compare. Two times of day are taken as
 * instants, whatever zones they were written in; a time beside a date or a
 * number counts by the calendar and clock that it shows, so that today's date
 * is never after now, east or west of Greenwich.
 */
struct amount {
	double number, instant; /* days */
	bool timed;
};

static struct amount amount_of_text(const struct evaluation *evaluation,
				    const char *text)
{
	struct amount amount = { .number = number_parse(text, strlen(text)) };
	struct moment moment;

	if (!isnan(amount.number) || !moment_parse(text, &moment))
		return amount;
	amount.number = moment_days(&moment);
	amount.timed = moment.timed;
	if (moment.timed)
		amount.instant =
		    (double)moment_instant(&moment, evaluation->host->zone) /
		    (double)DAY_MS;
	return amount;
}

static struct amount amount_of(struct evaluation *evaluation,
			       const struct value *value)
{
	if (value->type == XPATH_NUMBER || value->type == XPATH_BOOLEAN)
		return (struct amount){ .number =
					    to_number(evaluation, value) };
	return amount_of_text(evaluation, to_text(evaluation, value));
}

static bool compare_numbers(enum operation operation, double left, double right)
{
	switch (operation) {
	case OP_EQUAL:
		return left == right;
	case OP_UNEQUAL:
		return left != right;
	case OP_LESS:
		return left < right;
	case OP_LESS_EQUAL:
		return left <= right;
	case OP_GREATER:
		return left > right;
	default:
		return left >= right;
	}
}

static bool compare_amounts(enum operation operation, struct amount left,
			    struct amount right)
{
	bool both = left.timed && right.timed;

	return compare_numbers(operation, both ? left.instant : left.number,
			       both ? right.instant : right.number);
}

/* Two values, neither of them nodes. */
static bool compare_single(struct evaluation *evaluation,
			   enum operation operation, const struct value *left,
			   const struct value *right)
{
	bool equality = operation == OP_EQUAL || operation == OP_UNEQUAL;
	struct amount a, b;

	if (equality &&
	    (left->type == XPATH_BOOLEAN || right->type == XPATH_BOOLEAN))
		return (to_boolean(left) == to_boolean(right)) ==
		       (operation == OP_EQUAL);
	if (equality && left->type == XPATH_TEXT && right->type == XPATH_TEXT &&
	    !left->date && !right->date)
		return (strcmp(left->text, right->text) == 0) ==
		       (operation == OP_EQUAL);
	a = amount_of(evaluation, left);
	b = amount_of(evaluation, right);
	/* What a date function found to be none is equal to an empty answer. */
	if (equality && left->type == XPATH_TEXT && right->type == XPATH_TEXT &&
	    (isnan(a.number) || isnan(b.number)))
		return (strcmp(left->text, right->text) == 0) ==
		       (operation == OP_EQUAL);
	return compare_amounts(operation, a, b);
}

/* True if it is for some node: each node is compared as the text it reads. */
static bool compare_some(struct evaluation *evaluation,
			 enum operation operation, const struct value *left,
			 const struct value *right)
{
	const struct nodes *nodes = &left->nodes;

	if (left->type != XPATH_NODES)
		return compare_single(evaluation, operation, left, right);
	for (size_t i = 0; i < nodes->count; i++) {
		struct value text =
		    of_text(read_node(evaluation, nodes->list[i]));

		if (compare_single(evaluation, operation, &text, right))
			return true;
		if (evaluation_stopped(evaluation))
			break;
	}
	return false;
}

static bool compare_pairs(struct evaluation *evaluation,
			  enum operation operation, const struct value *left,
			  const struct value *right)
{
	const struct nodes *nodes = &right->nodes;

	if (right->type != XPATH_NODES)
		return compare_some(evaluation, operation, left, right);
	for (size_t i = 0; i < nodes->count; i++) {
		struct value text =
		    of_text(read_node(evaluation, nodes->list[i]));

		/* Pairs cost steps: two long lists make very many. */
		for (size_t n = 0; i > 0 && n < left->nodes.count; n++)
			if (!evaluation_step(evaluation))
				return false;
		if (compare_some(evaluation, operation, left, &text))
			return true;
		if (evaluation_stopped(evaluation))
			break;
	}
	return false;
}

static bool compare(struct evaluation *evaluation, enum operation operation,
		    const struct value *left, const struct value *right)
{
	struct value boolean;

	/* Beside a boolean, nodes count as one: there are some, or none. */
	if (left->type == XPATH_BOOLEAN && right->type == XPATH_NODES) {
		boolean = of_boolean(to_boolean(right));
		return compare_single(evaluation, operation, left, &boolean);
	}
	if (right->type == XPATH_BOOLEAN && left->type == XPATH_NODES) {
		boolean = of_boolean(to_boolean(left));
		return compare_single(evaluation, operation, &boolean, right);
	}
	return compare_pairs(evaluation, operation, left, right);
}

static double subtract(struct amount left, struct amount right)
{
	return left.timed && right.timed ? left.instant - right.instant
					 : left.number - right.number;
}

struct value operate(struct evaluation *evaluation, enum operation operation,
		     const struct value *left, const struct value *right)
{
	struct amount a, b;

	if (operation >= OP_EQUAL && operation <= OP_GREATER_EQUAL)
		return of_boolean(compare(evaluation, operation, left, right));
	a = amount_of(evaluation, left);
	b = amount_of(evaluation, right);
	switch (operation) {
	case OP_ADD:
		return of_number(a.number + b.number);
	case OP_SUBTRACT:
		return of_number(subtract(a, b));
	case OP_MULTIPLY:
		return of_number(a.number * b.number);
	case OP_DIVIDE:
		return of_number(a.number / b.number);
	default:
		return of_number(fmod(a.number, b.number));
	}
}
