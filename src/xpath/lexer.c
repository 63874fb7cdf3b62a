#include "xpath/lexer.h"

#include <libxml/xmlstring.h>
#include <string.h>

#include "base/memory.h"

void lexer_init(struct lexer *lexer, const char *text)
{
	*lexer = (struct lexer){ .text = text, .first = true };
}

/* Signs, the longer of two that start alike first. */
static const struct {
	const char *sign;
	enum token_kind kind;
} signs[] = {
	{ "!=", TOKEN_UNEQUAL },
	{ "<=", TOKEN_LESS_EQUAL },
	{ ">=", TOKEN_GREATER_EQUAL },
	{ "//", TOKEN_DEEP },
	{ "::", TOKEN_AXIS_MARK },
	{ "..", TOKEN_DOTS },
	{ "=", TOKEN_EQUAL },
	{ "<", TOKEN_LESS },
	{ ">", TOKEN_GREATER },
	{ "+", TOKEN_PLUS },
	{ "-", TOKEN_MINUS },
	{ "|", TOKEN_UNION },
	{ "/", TOKEN_SLASH },
	{ "(", TOKEN_OPEN },
	{ ")", TOKEN_CLOSE },
	{ "[", TOKEN_BRACKET },
	{ "]", TOKEN_BRACKET_CLOSE },
	{ ",", TOKEN_COMMA },
	{ "@", TOKEN_AT },
	{ ".", TOKEN_DOT },
};

static const struct {
	const char *word;
	enum token_kind kind;
} operators[] = {
	{ "or", TOKEN_OR },
	{ "and", TOKEN_AND },
	{ "div", TOKEN_DIV },
	{ "mod", TOKEN_MOD },
};

static const char *const nodetypes[] = { "node", "text", "comment",
					 "processing-instruction" };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The rule of §3.7: after an operand, * and a name are operators. */
static bool operator_expected(const struct lexer *lexer)
{
	if (lexer->first)
		return false;
	switch (lexer->before) {
	case TOKEN_NUMBER:
	case TOKEN_TEXT:
	case TOKEN_NAME:
	case TOKEN_STAR:
	case TOKEN_CLOSE:
	case TOKEN_BRACKET_CLOSE:
	case TOKEN_DOT:
	case TOKEN_DOTS:
		return true;
	default:
		return false;
	}
}

/* What may start a name, and be in it, by XML 1.0 (5th edition) §2.3. */
static const struct range {
	int from, to;
} starts[] = {
	{ 'A', 'Z' },	      { '_', '_' },	  { 'a', 'z' },
	{ 0xC0, 0xD6 },	      { 0xD8, 0xF6 },	  { 0xF8, 0x2FF },
	{ 0x370, 0x37D },     { 0x37F, 0x1FFF },  { 0x200C, 0x200D },
	{ 0x2070, 0x218F },   { 0x2C00, 0x2FEF }, { 0x3001, 0xD7FF },
	{ 0xF900, 0xFDCF },   { 0xFDF0, 0xFFFD }, { 0x10000, 0xEFFFF },
}, others[] = {
	{ '-', '.' },	{ '0', '9' },	    { 0xB7, 0xB7 },
	{ 0x300, 0x36F }, { 0x203F, 0x2040 },
};

static bool in_ranges(const struct range *ranges, size_t count, int character)
{
	for (size_t i = 0; i < count; i++)
		if (character >= ranges[i].from && character <= ranges[i].to)
			return true;
	return false;
}

static bool in_name(int character, bool first)
{
	return in_ranges(starts, COUNT(starts), character) ||
	       (!first && in_ranges(others, COUNT(others), character));
}

/* Bytes of the name without a colon at text, 0 if there is none. */
static size_t name_length(const char *text)
{
	size_t length = 0;

	for (;;) {
		int size = (int)strnlen(text + length, 4);
		int character =
		    xmlGetUTF8Char((const unsigned char *)text + length, &size);

		if (character <= 0 || !in_name(character, length == 0))
			return length;
		length += (size_t)size;
	}
}

static bool word_is(const struct token *token, const char *word)
{
	return strlen(word) == token->length &&
	       memcmp(token->start, word, token->length) == 0;
}

static enum token_kind operator_of(const struct token *token)
{
	for (size_t i = 0; i < COUNT(operators); i++)
		if (word_is(token, operators[i].word))
			return operators[i].kind;
	return TOKEN_WRONG;
}

static bool is_nodetype(const struct token *token)
{
	for (size_t i = 0; i < COUNT(nodetypes); i++)
		if (word_is(token, nodetypes[i]))
			return true;
	return false;
}

static size_t skip_blanks(const char *text, size_t at)
{
	while (is_blank(text[at]))
		at++;
	return at;
}

static bool is_operator_in_capitals(const struct token *token)
{
	for (size_t i = 0; i < COUNT(operators); i++) {
		if (strlen(operators[i].word) == token->length &&
		    strncasecmp(token->start, operators[i].word,
				token->length) == 0)
			return true;
	}
	return false;
}

/* A name: an operator, an axis, a call, or what a step looks for. */
static void read_name(struct lexer *lexer, struct token *token)
{
	const char *text = lexer->text;
	size_t after;

	token->kind = TOKEN_NAME;
	if (operator_expected(lexer)) {
		token->kind = operator_of(token);
		token->wrong =
		    is_operator_in_capitals(token)
			? "and, or, div and mod are written in small letters"
			: "an operator is expected here, such as and, or, =, +";
		lexer->at += token->length;
		return;
	}
	after = token->offset + token->length;
	if (text[after] == ':' && text[after + 1] != ':') {
		size_t more =
		    text[after + 1] == '*' ? 1 : name_length(text + after + 1);

		if (more) {
			token->prefix = token->length;
			token->length += 1 + more;
		}
	}
	lexer->at = token->offset + token->length;
	after = skip_blanks(text, lexer->at);
	if (text[after] == '(')
		token->kind = is_nodetype(token) ? TOKEN_NODETYPE : TOKEN_CALL;
	else if (text[after] == ':' && text[after + 1] == ':')
		token->kind = TOKEN_AXIS;
}

static void read_number(struct lexer *lexer, struct token *token)
{
	const char *text = lexer->text;
	bool point = false;

	while (is_digit(text[lexer->at]) ||
	       (text[lexer->at] == '.' && !point)) {
		point |= text[lexer->at] == '.';
		lexer->at++;
	}
	token->kind = TOKEN_NUMBER;
	token->length = lexer->at - token->offset;
}

static void read_text(struct lexer *lexer, struct token *token)
{
	const char *end = strchr(token->start + 1, *token->start);

	if (!end) {
		token->wrong = "this text has no closing quote; write "
			       "the same quote after it";
		return;
	}
	token->kind = TOKEN_TEXT;
	token->start++;
	token->length = (size_t)(end - token->start);
	lexer->at += token->length + 2;
}

/* What people write who know it from elsewhere, and what it is here. */
static const struct {
	const char *sign, *wrong;
} mends[] = {
	{ "==", "write one = only" },
	{ "=>", "write >= instead" },
	{ "=<", "write <= instead" },
	{ "<>", "write != instead" },
	{ "≥", "write >= instead" },
	{ "≤", "write <= instead" },
	{ "≠", "write != instead" },
	{ "×", "write * instead" },
	{ "÷", "write div instead" },
	{ "%", "write mod for what is left of a division" },
	{ "&&", "write and instead" },
	{ "||", "write or instead" },
	{ "!", "write not(...), or != for is not" },
	{ ";", "write a comma between the parts" },
	{ "{", "write ${name}, with the $ before it" },
	{ "$",
	  "write ${name} for the answer to a question (in XForms: its path)" },
};

static const char *mend_of(const char *text)
{
	for (size_t i = 0; i < COUNT(mends); i++) {
		if (strncmp(text, mends[i].sign, strlen(mends[i].sign)) == 0)
			return mends[i].wrong;
	}
	return NULL;
}

static void read_sign(struct lexer *lexer, struct token *token)
{
	const char *mend = mend_of(token->start);

	if (mend && strncmp(token->start, "!=", 2) != 0) {
		token->wrong = mend;
		return;
	}
	for (size_t i = 0; i < COUNT(signs); i++) {
		size_t length = strlen(signs[i].sign);

		if (strncmp(token->start, signs[i].sign, length) != 0)
			continue;
		token->kind = signs[i].kind;
		token->length = length;
		lexer->at += length;
		return;
	}
	token->wrong = "this character has no meaning here";
}

static void read_token(struct lexer *lexer, struct token *token)
{
	const char *start = token->start;

	if (!*start) {
		token->kind = TOKEN_END;
	} else if (*start == '*') {
		token->kind =
		    operator_expected(lexer) ? TOKEN_TIMES : TOKEN_STAR;
		token->length = 1;
		lexer->at++;
	} else if (*start == '"' || *start == '\'') {
		read_text(lexer, token);
	} else if (is_digit(*start) || (*start == '.' && is_digit(start[1]))) {
		read_number(lexer, token);
	} else if ((token->length = name_length(start))) {
		read_name(lexer, token);
	} else {
		read_sign(lexer, token);
	}
}

struct token lexer_next(struct lexer *lexer)
{
	struct token token = { .kind = TOKEN_WRONG };

	lexer->at = skip_blanks(lexer->text, lexer->at);
	token.offset = lexer->at;
	token.start = lexer->text + lexer->at;
	read_token(lexer, &token);
	lexer->before = token.kind;
	lexer->first = false;
	return token;
}
