#include "xpath/tree.h"

#include <string.h>

bool expr_gives_nodes(const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_PATH:
		return true;
	case EXPR_CALL:
		return expr->call.function &&
		       (expr->call.function->result == GIVES_NODES ||
			expr->call.function->result == GIVES_ARGUMENT);
	case EXPR_CHAIN:
		return expr->chain.links[0].operation == OP_UNION;
	default:
		return false;
	}
}

bool expr_gives_number(const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_NUMBER:
	case EXPR_NEGATE:
		return true;
	case EXPR_CALL:
		return expr->call.function->result == GIVES_NUMBER ||
		       expr->call.function->result == GIVES_ARGUMENT;
	case EXPR_CHAIN:
		return expr->chain.links[0].operation >= OP_ADD &&
		       expr->chain.links[0].operation <= OP_MODULO;
	default:
		return false;
	}
}

/* What is evaluated in the same context as expr itself. */
static bool asks_position(const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_PATH:
		return expr->path.filter && asks_position(expr->path.filter);
	case EXPR_NEGATE:
		return asks_position(expr->operand);
	case EXPR_CHAIN:
		for (size_t i = 0; i < expr->chain.count; i++)
			if (asks_position(expr->chain.links[i].operand))
				return true;
		return false;
	case EXPR_CALL:
		for (size_t i = 0; i < expr->call.count; i++)
			if (asks_position(expr->call.arguments[i]))
				return true;
		return !expr->call.count &&
		       (!strcmp(expr->call.function->name, "position") ||
			!strcmp(expr->call.function->name, "last"));
	default:
		return false;
	}
}

bool expr_positional(const struct expr *expr)
{
	return expr_gives_number(expr) || asks_position(expr);
}

static void each_of(struct expr *const *exprs, size_t count, expr_visit *visit,
		    void *to)
{
	for (size_t i = 0; i < count; i++)
		expr_each(exprs[i], visit, to);
}

static void each_of_path(const struct path *path, expr_visit *visit, void *to)
{
	if (path->filter)
		expr_each(path->filter, visit, to);
	each_of(path->predicates, path->predicate_count, visit, to);
	for (size_t i = 0; i < path->step_count; i++)
		each_of(path->steps[i].predicates,
			path->steps[i].predicate_count, visit, to);
}

void expr_each(const struct expr *expr, expr_visit *visit, void *to)
{
	visit(to, expr);
	switch (expr->kind) {
	case EXPR_PATH:
		each_of_path(&expr->path, visit, to);
		break;
	case EXPR_CALL:
		each_of(expr->call.arguments, expr->call.count, visit, to);
		if (expr->call.named)
			expr_each(expr->call.named, visit, to);
		break;
	case EXPR_NEGATE:
		expr_each(expr->operand, visit, to);
		break;
	case EXPR_CHAIN:
		for (size_t i = 0; i < expr->chain.count; i++)
			expr_each(expr->chain.links[i].operand, visit, to);
		break;
	default:
		break;
	}
}
