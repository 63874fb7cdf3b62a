#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "xpath/function.h"
#include "xpath/lexer.h"
#include "xpath/number.h"
#include "xpath/tree.h"

/*
 * Recursive descent over XPath 1.0 §2 and §3. The first thing that is wrong
 * stays; from there on every function returns what it has, and nobody looks
 * at the tree.
 */
struct parser {
	struct lexer lexer;
	struct token token; /* the one to look at */
	struct scratch *memory;
	struct xpath_problem *problem;
	enum fault fault;
	size_t base; /* of this text in the whole expression */
	int depth;
};

static struct expr *parse_expr(struct parser *parser);

__attribute__((format(printf, 4, 5))) static void
refuse(struct parser *parser, enum fault fault, size_t offset,
       const char *format, ...)
{
	va_list arguments;

	if (parser->fault)
		return;
	parser->fault = fault;
	parser->token.kind = TOKEN_END; /* every loop ends */
	parser->problem->offset = parser->base + offset;
	va_start(arguments, format);
	vsnprintf(parser->problem->text, sizeof parser->problem->text, format,
		  arguments);
	va_end(arguments);
}

static void advance(struct parser *parser)
{
	if (parser->fault)
		return;
	parser->token = lexer_next(&parser->lexer);
	if (parser->token.kind == TOKEN_WRONG)
		refuse(parser, FAULT_FORMAT, parser->token.offset, "%s",
		       parser->token.wrong);
}

static bool at(const struct parser *parser, enum token_kind kind)
{
	return parser->token.kind == kind;
}

static bool take(struct parser *parser, enum token_kind kind)
{
	if (!at(parser, kind))
		return false;
	advance(parser);
	return true;
}

static void unexpected(struct parser *parser, const char *wanted)
{
	const struct token *token = &parser->token;

	if (token->kind == TOKEN_END)
		refuse(parser, FAULT_FORMAT, token->offset,
		       "%s is missing at the end", wanted);
	else
		refuse(parser, FAULT_FORMAT, token->offset,
		       "%s is expected before \"%.*s\"", wanted,
		       (int)(token->length < 40 ? token->length : 40),
		       token->start);
}

static void expect(struct parser *parser, enum token_kind kind,
		   const char *wanted)
{
	if (!take(parser, kind))
		unexpected(parser, wanted);
}

/* The array with room for one more; rooms are powers of two. */
static void *grown(struct parser *parser, void *array, size_t count,
		   size_t size)
{
	void *larger;

	if (count && (count & (count - 1)))
		return array;
	larger = scratch_take(parser->memory, size * (count ? 2 * count : 1));
	if (count)
		memcpy(larger, array, count * size);
	return larger;
}

static struct expr *new_expr(struct parser *parser, enum expr_kind kind,
			     size_t offset)
{
	struct expr *expr = scratch_take(parser->memory, sizeof *expr);

	expr->kind = kind;
	expr->offset = (uint32_t)(parser->base + offset);
	return expr;
}

static void parse_predicates(struct parser *parser, struct expr ***predicates,
			     size_t *count)
{
	while (take(parser, TOKEN_BRACKET)) {
		*predicates =
		    grown(parser, *predicates, *count, sizeof **predicates);
		(*predicates)[(*count)++] = parse_expr(parser);
		expect(parser, TOKEN_BRACKET_CLOSE, "]");
	}
}

/* --- steps ----------------------------------------------------------------*/

static const struct {
	const char *name;
	enum axis axis;
} axes[] = {
	{ "ancestor", AXIS_ANCESTOR },
	{ "ancestor-or-self", AXIS_ANCESTOR_OR_SELF },
	{ "attribute", AXIS_ATTRIBUTE },
	{ "child", AXIS_CHILD },
	{ "descendant", AXIS_DESCENDANT },
	{ "descendant-or-self", AXIS_DESCENDANT_OR_SELF },
	{ "following", AXIS_FOLLOWING },
	{ "following-sibling", AXIS_FOLLOWING_SIBLING },
	{ "parent", AXIS_PARENT },
	{ "preceding", AXIS_PRECEDING },
	{ "preceding-sibling", AXIS_PRECEDING_SIBLING },
	{ "self", AXIS_SELF },
};

static const struct {
	const char *name;
	enum node_test test;
} nodetypes[] = {
	{ "node", TEST_NODE },
	{ "text", TEST_TEXT },
	{ "comment", TEST_COMMENT },
	{ "processing-instruction", TEST_PI },
};

static bool token_is(const struct token *token, const char *name)
{
	return strlen(name) == token->length &&
	       memcmp(name, token->start, token->length) == 0;
}

static enum axis parse_axis(struct parser *parser)
{
	struct token token = parser->token;

	if (take(parser, TOKEN_AT))
		return AXIS_ATTRIBUTE;
	if (!take(parser, TOKEN_AXIS))
		return AXIS_CHILD;
	for (size_t i = 0; i < COUNT(axes); i++)
		if (token_is(&token, axes[i].name)) {
			expect(parser, TOKEN_AXIS_MARK, "::");
			return axes[i].axis;
		}
	refuse(parser, FAULT_FORMAT, token.offset, "unknown axis %.*s::",
	       (int)(token.length < 60 ? token.length : 60), token.start);
	return AXIS_CHILD;
}

static void parse_nodetype(struct parser *parser, struct step *step)
{
	for (size_t i = 0; i < COUNT(nodetypes); i++)
		if (token_is(&parser->token, nodetypes[i].name))
			step->test = nodetypes[i].test;
	advance(parser);
	expect(parser, TOKEN_OPEN, "(");
	if (step->test == TEST_PI && at(parser, TOKEN_TEXT)) {
		step->name = scratch_text(parser->memory, parser->token.start,
					  parser->token.length);
		advance(parser);
	}
	expect(parser, TOKEN_CLOSE, ")");
}

static void parse_name(struct parser *parser, struct step *step)
{
	const struct token *token = &parser->token;
	size_t skip = token->prefix ? token->prefix + 1 : 0;

	if (token->prefix)
		step->prefix =
		    scratch_text(parser->memory, token->start, token->prefix);
	if (token->start[skip] != '*')
		step->name = scratch_text(parser->memory, token->start + skip,
					  token->length - skip);
	advance(parser);
}

static struct step *add_step(struct parser *parser, struct path *path)
{
	path->steps =
	    grown(parser, path->steps, path->step_count, sizeof *path->steps);
	path->steps[path->step_count] = (struct step){ .test = TEST_NODE };
	return &path->steps[path->step_count++];
}

static void parse_step(struct parser *parser, struct path *path)
{
	struct step *step = add_step(parser, path);

	if (take(parser, TOKEN_DOT)) {
		step->axis = AXIS_SELF;
		return;
	}
	if (take(parser, TOKEN_DOTS)) {
		step->axis = AXIS_PARENT;
		return;
	}
	step->axis = parse_axis(parser);
	if (at(parser, TOKEN_NODETYPE)) {
		parse_nodetype(parser, step);
	} else if (at(parser, TOKEN_NAME) || at(parser, TOKEN_STAR)) {
		step->test = TEST_NAME;
		parse_name(parser, step);
	} else {
		unexpected(parser, "a name");
	}
	parse_predicates(parser, &step->predicates, &step->predicate_count);
}

static bool starts_step(const struct parser *parser)
{
	switch (parser->token.kind) {
	case TOKEN_DOT:
	case TOKEN_DOTS:
	case TOKEN_AT:
	case TOKEN_AXIS:
	case TOKEN_NAME:
	case TOKEN_STAR:
	case TOKEN_NODETYPE:
		return true;
	default:
		return false;
	}
}

/*
 * //a is short for every node's children a, which is every descendant a
 * unless a predicate counts among the children of one node.
 */
static void merge_deep(struct path *path)
{
	struct step *step = &path->steps[path->step_count - 1];

	if (step->axis != AXIS_CHILD)
		return;
	for (size_t i = 0; i < step->predicate_count; i++)
		if (expr_positional(step->predicates[i]))
			return;
	step->axis = AXIS_DESCENDANT;
	step[-1] = *step;
	path->step_count--;
}

/* The steps behind / or //, which is the token to look at. */
static void parse_steps(struct parser *parser, struct path *path)
{
	while (at(parser, TOKEN_SLASH) || at(parser, TOKEN_DEEP)) {
		bool deep = at(parser, TOKEN_DEEP);

		if (deep)
			add_step(parser, path)->axis = AXIS_DESCENDANT_OR_SELF;
		advance(parser);
		if (!starts_step(parser))
			unexpected(parser, "a step");
		parse_step(parser, path);
		if (deep && !parser->fault)
			merge_deep(path);
	}
}

static struct expr *parse_location(struct parser *parser)
{
	struct expr *expr = new_expr(parser, EXPR_PATH, parser->token.offset);
	struct path *path = &expr->path;

	if (at(parser, TOKEN_DEEP)) {
		path->start = START_ROOT;
		parse_steps(parser, path);
		return expr;
	}
	path->start = take(parser, TOKEN_SLASH) ? START_ROOT : START_CONTEXT;
	if (starts_step(parser))
		parse_step(parser, path);
	else if (path->start == START_CONTEXT)
		unexpected(parser, "a value");
	else
		return expr; /* "/" alone */
	parse_steps(parser, path);
	return expr;
}

/* --- calls ----------------------------------------------------------------*/

static const struct function *look_up(struct parser *parser,
				      const struct token *token)
{
	const struct function *function =
	    function_find(token->start, token->length);
	const char *why = function_refusal(token->start, token->length);
	int length = (int)(token->length < 60 ? token->length : 60);

	if (!function && why)
		refuse(parser, FAULT_FORMAT, token->offset,
		       "%.*s() is not available here: %s", length, token->start,
		       why);
	else if (!function)
		refuse(parser, FAULT_FORMAT, token->offset,
		       "unknown function %.*s()", length, token->start);
	return function;
}

static void wrong_count(struct parser *parser, const struct token *token,
			const struct function *function, size_t count)
{
	static const char *const parities[] = {
		[COUNT_ANY] = "",
		[COUNT_EVEN] = ", an even number",
		[COUNT_ODD] = ", an odd number",
	};
	char wanted[60];

	if (function->least == function->most)
		snprintf(wanted, sizeof wanted, "%zu", function->least);
	else if (function->most == FUNCTION_ANY)
		snprintf(wanted, sizeof wanted, "%zu or more", function->least);
	else
		snprintf(wanted, sizeof wanted, "%zu to %zu", function->least,
			 function->most);
	refuse(parser, FAULT_FORMAT, token->offset,
	       "%s() takes %s argument%s%s, not %zu", function->name, wanted,
	       function->least == 1 && function->most == 1 ? "" : "s",
	       parities[function->count], count);
}

static void check_arguments(struct parser *parser, const struct token *token,
			    const struct call *call)
{
	const struct function *function = call->function;
	size_t count = call->count;

	if (count < function->least || count > function->most ||
	    (function->count == COUNT_ODD && count % 2 == 0) ||
	    (function->count == COUNT_EVEN && count % 2 == 1)) {
		wrong_count(parser, token, function, count);
		return;
	}
	for (size_t i = 0; i < count && i < 8; i++)
		if (function->nodes >> i & 1 &&
		    !expr_gives_nodes(call->arguments[i]))
			refuse(parser, FAULT_FORMAT,
			       call->arguments[i]->offset - parser->base,
			       "argument %zu of %s() must be a path", i + 1,
			       function->name);
}

/*
 * jr:choice-name() has a path in a text. It is resolved by the host; here it
 * is only parsed, so that a mistake shows when the form is loaded and the
 * dependency graph knows of it.
 */
static void parse_named(struct parser *parser, struct call *call)
{
	const struct expr *literal = call->arguments[1];
	struct parser inner = { .memory = parser->memory,
				.problem = parser->problem,
				.base = literal->offset + 1,
				.depth = parser->depth };

	if (literal->kind != EXPR_TEXT)
		return;
	lexer_init(&inner.lexer, literal->text);
	advance(&inner);
	call->named = parse_expr(&inner);
	if (!inner.fault && inner.token.kind != TOKEN_END)
		unexpected(&inner, "an operator");
	if (!inner.fault && call->named->kind != EXPR_PATH)
		refuse(&inner, FAULT_FORMAT, 0,
		       "argument 2 of jr:choice-name() must be a path in "
		       "quotes");
	if (inner.fault) {
		parser->fault = inner.fault;
		parser->token.kind = TOKEN_END;
	}
}

static struct expr *parse_call(struct parser *parser)
{
	struct token token = parser->token;
	struct expr *expr = new_expr(parser, EXPR_CALL, token.offset);
	struct call *call = &expr->call;

	call->function = look_up(parser, &token);
	advance(parser);
	expect(parser, TOKEN_OPEN, "(");
	if (!parser->fault && !at(parser, TOKEN_CLOSE))
		do {
			call->arguments =
			    grown(parser, call->arguments, call->count,
				  sizeof *call->arguments);
			call->arguments[call->count++] = parse_expr(parser);
		} while (take(parser, TOKEN_COMMA));
	expect(parser, TOKEN_CLOSE, ", or )");
	if (!parser->fault)
		check_arguments(parser, &token, call);
	if (!parser->fault &&
	    strcmp(call->function->name, "jr:choice-name") == 0)
		parse_named(parser, call);
	return expr;
}

/* --- everything else ------------------------------------------------------*/

static struct expr *parse_primary(struct parser *parser)
{
	struct token token = parser->token;
	struct expr *expr;

	if (token.kind == TOKEN_CALL)
		return parse_call(parser);
	if (take(parser, TOKEN_OPEN)) {
		expr = parse_expr(parser);
		expect(parser, TOKEN_CLOSE, ")");
		return expr;
	}
	if (token.kind == TOKEN_NUMBER) {
		expr = new_expr(parser, EXPR_NUMBER, token.offset);
		expr->number = number_parse(token.start, token.length);
	} else {
		expr = new_expr(parser, EXPR_TEXT, token.offset);
		expr->text =
		    scratch_text(parser->memory, token.start, token.length);
	}
	advance(parser);
	return expr;
}

static struct expr *parse_path(struct parser *parser)
{
	struct token token = parser->token;
	struct expr *filter, *expr;

	if (token.kind != TOKEN_CALL && token.kind != TOKEN_OPEN &&
	    token.kind != TOKEN_NUMBER && token.kind != TOKEN_TEXT)
		return parse_location(parser);
	filter = parse_primary(parser);
	if (!at(parser, TOKEN_BRACKET) && !at(parser, TOKEN_SLASH) &&
	    !at(parser, TOKEN_DEEP))
		return filter;
	if (!expr_gives_nodes(filter))
		refuse(parser, FAULT_FORMAT, parser->token.offset,
		       "only a path can go on with %.*s",
		       (int)parser->token.length, parser->token.start);
	expr = new_expr(parser, EXPR_PATH, token.offset);
	expr->path.start = START_FILTER;
	expr->path.filter = filter;
	parse_predicates(parser, &expr->path.predicates,
			 &expr->path.predicate_count);
	parse_steps(parser, &expr->path);
	return expr;
}

static void add_link(struct parser *parser, struct chain *chain,
		     enum operation operation, struct expr *operand)
{
	chain->links =
	    grown(parser, chain->links, chain->count, sizeof *chain->links);
	chain->links[chain->count++] = (struct link){ operation, operand };
}

static struct expr *parse_union(struct parser *parser)
{
	struct expr *first = parse_path(parser), *expr;

	if (!at(parser, TOKEN_UNION))
		return first;
	expr = new_expr(parser, EXPR_CHAIN, parser->token.offset);
	add_link(parser, &expr->chain, OP_UNION, first);
	while (take(parser, TOKEN_UNION))
		add_link(parser, &expr->chain, OP_UNION, parse_path(parser));
	for (size_t i = 0; !parser->fault && i < expr->chain.count; i++)
		if (!expr_gives_nodes(expr->chain.links[i].operand))
			refuse(parser, FAULT_FORMAT,
			       expr->offset - parser->base,
			       "both sides of | must be paths");
	return expr;
}

static struct expr *parse_unary(struct parser *parser)
{
	size_t offset = parser->token.offset;
	unsigned signs = 0;
	struct expr *expr, *negated;

	while (take(parser, TOKEN_MINUS))
		signs++;
	expr = parse_union(parser);
	/* Two signs still make a number of it; more change nothing. */
	for (signs = signs > 2 ? 2 - signs % 2 : signs; signs; signs--) {
		negated = new_expr(parser, EXPR_NEGATE, offset);
		negated->operand = expr;
		expr = negated;
	}
	return expr;
}

/* Binary operators, the loosest first. */
static const struct {
	enum token_kind token;
	enum operation operation;
} levels[][4] = {
	{ { TOKEN_OR, OP_OR } },
	{ { TOKEN_AND, OP_AND } },
	{ { TOKEN_EQUAL, OP_EQUAL }, { TOKEN_UNEQUAL, OP_UNEQUAL } },
	{ { TOKEN_LESS, OP_LESS },
	  { TOKEN_LESS_EQUAL, OP_LESS_EQUAL },
	  { TOKEN_GREATER, OP_GREATER },
	  { TOKEN_GREATER_EQUAL, OP_GREATER_EQUAL } },
	{ { TOKEN_PLUS, OP_ADD }, { TOKEN_MINUS, OP_SUBTRACT } },
	{ { TOKEN_TIMES, OP_MULTIPLY },
	  { TOKEN_DIV, OP_DIVIDE },
	  { TOKEN_MOD, OP_MODULO } },
};

static bool take_operator(struct parser *parser, size_t level,
			  enum operation *operation)
{
	for (size_t i = 0; i < COUNT(levels[level]); i++) {
		enum token_kind kind = levels[level][i].token;

		if (kind == TOKEN_END || !take(parser, kind))
			continue;
		*operation = levels[level][i].operation;
		return true;
	}
	return false;
}

static struct expr *parse_level(struct parser *parser, size_t level)
{
	struct expr *first, *expr = NULL;
	size_t offset;
	enum operation operation;

	if (level == COUNT(levels))
		return parse_unary(parser);
	first = parse_level(parser, level + 1);
	while (offset = parser->token.offset,
	       take_operator(parser, level, &operation)) {
		if (!expr) {
			expr = new_expr(parser, EXPR_CHAIN, offset);
			add_link(parser, &expr->chain, operation, first);
		}
		add_link(parser, &expr->chain, operation,
			 parse_level(parser, level + 1));
	}
	return expr ? expr : first;
}

static struct expr *parse_expr(struct parser *parser)
{
	struct expr *expr;

	if (parser->depth >= XPATH_DEPTH_LIMIT) {
		refuse(parser, FAULT_LIMIT, parser->token.offset,
		       "nested deeper than %d", XPATH_DEPTH_LIMIT);
		return new_expr(parser, EXPR_NUMBER, 0);
	}
	parser->depth++;
	expr = parse_level(parser, 0);
	parser->depth--;
	return expr;
}

/*
 * A form has thousands of short expressions, so each is given no more than
 * it is likely to need: trees take about ten bytes for one of text.
 */
static size_t portion_for(size_t length)
{
	return length < 200 ? 64 + 8 * length : 2048;
}

static void parse_whole(struct parser *parser, struct xpath *xpath,
			const char *text)
{
	if (strnlen(text, XPATH_LENGTH_LIMIT + 1) > XPATH_LENGTH_LIMIT) {
		refuse(parser, FAULT_LIMIT, XPATH_LENGTH_LIMIT,
		       "longer than %d bytes", XPATH_LENGTH_LIMIT);
		return;
	}
	xpath->memory.portion = portion_for(strlen(text));
	lexer_init(&parser->lexer, text);
	advance(parser);
	if (at(parser, TOKEN_END))
		refuse(parser, FAULT_FORMAT, 0, "the expression is empty");
	xpath->root = parse_expr(parser);
	if (!parser->fault && !at(parser, TOKEN_END))
		unexpected(parser, "an operator");
}

enum fault xpath_parse(const char *text, struct xpath **out,
		       struct xpath_problem *problem)
{
	struct xpath_problem unread = { 0 };
	struct xpath *xpath = xcalloc(1, sizeof *xpath);
	struct parser parser = { .memory = &xpath->memory,
				 .problem = problem ? problem : &unread };

	parse_whole(&parser, xpath, text);
	if (parser.fault) {
		xpath_free(xpath);
		return parser.fault;
	}
	*out = xpath;
	return FAULT_NONE;
}

void xpath_free(struct xpath *xpath)
{
	if (!xpath)
		return;
	scratch_done(&xpath->memory);
	free(xpath);
}
