#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * The tokens of an expression, XPath 1.0 §3.7. What * and a name mean depends
 * on the token before, so the lexer remembers it.
 */
enum token_kind {
	TOKEN_END,
	TOKEN_WRONG, /* no token starts here */
	TOKEN_NUMBER,
	TOKEN_TEXT,     /* a literal; start and length are without quotes */
	TOKEN_NAME,     /* a, orx:meta, orx:*: with prefix */
	TOKEN_STAR,     /* any name */
	TOKEN_AXIS,     /* a name followed by :: */
	TOKEN_CALL,     /* a name followed by ( */
	TOKEN_NODETYPE, /* node, text, comment, processing-instruction and ( */
	TOKEN_OR,
	TOKEN_AND,
	TOKEN_EQUAL,
	TOKEN_UNEQUAL,
	TOKEN_LESS,
	TOKEN_LESS_EQUAL,
	TOKEN_GREATER,
	TOKEN_GREATER_EQUAL,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_TIMES,
	TOKEN_DIV,
	TOKEN_MOD,
	TOKEN_UNION,
	TOKEN_SLASH,
	TOKEN_DEEP, /* // */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_BRACKET,
	TOKEN_BRACKET_CLOSE,
	TOKEN_COMMA,
	TOKEN_AT,
	TOKEN_AXIS_MARK, /* :: */
	TOKEN_DOT,
	TOKEN_DOTS,
};

struct token {
	enum token_kind kind;
	size_t offset; /* bytes from the start of the expression */
	const char *start;
	size_t length;
	size_t prefix;     /* bytes of a name before its colon, or 0 */
	const char *wrong; /* TOKEN_WRONG: why */
};

struct lexer {
	const char *text;
	size_t at;
	enum token_kind before;
	bool first;
};

void lexer_init(struct lexer *lexer, const char *text);
struct token lexer_next(struct lexer *lexer);
