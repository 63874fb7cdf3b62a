#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "text/message.h"

/*
 * Reads a pattern as ICU does, apostrophes "double optional", so far as to
 * know its arguments by name and its plurals by form.
 */
struct reader {
	const char *pattern, *at;
	struct message *out;
	uint8_t *literal; /* by byte, whether it is text; or NULL */
	const char *why;  /* set once something is wrong */
	int depth;
};

const char *const message_form_names[MESSAGE_FORMS] = {
	[MESSAGE_ZERO] = "zero", [MESSAGE_ONE] = "one",
	[MESSAGE_TWO] = "two",   [MESSAGE_FEW] = "few",
	[MESSAGE_MANY] = "many", [MESSAGE_OTHER] = "other",
};

static const struct {
	const char *word;
	enum message_kind kind;
} kinds[] = {
	{ "select", MESSAGE_SELECT },
	{ "plural", MESSAGE_PLURAL },
	{ "selectordinal", MESSAGE_ORDINAL },
};

static void read_text(struct reader *reader, bool in_plural);

static bool wrong(struct reader *reader, const char *why)
{
	if (!reader->why)
		reader->why = why;
	return false;
}

/* Blanks, and the marks of direction that a translator's editor puts in. */
static void skip_blanks(struct reader *reader)
{
	for (;;) {
		if (*reader->at == ' ' || *reader->at == '\n' ||
		    *reader->at == '\t')
			reader->at++;
		else if (strncmp(reader->at, "\u200e", 3) == 0 ||
			 strncmp(reader->at, "\u200f", 3) == 0)
			reader->at += 3;
		else
			return;
	}
}

static size_t word_length(const char *at)
{
	size_t length = 0;

	while (isalnum((unsigned char)at[length]) || at[length] == '_')
		length++;
	return length;
}

static bool is_word(const char *at, size_t length, const char *word)
{
	return strlen(word) == length && memcmp(at, word, length) == 0;
}

/* A quote runs to the next single apostrophe, or to the end. */
static void skip_apostrophe(struct reader *reader, bool in_plural)
{
	const char *next = ++reader->at;

	if (*next == '\'')
		reader->at++;
	if (!*next || !strchr(in_plural ? "{}#" : "{}", *next))
		return;
	while (*reader->at) {
		if (*reader->at++ != '\'')
			continue;
		if (*reader->at != '\'')
			return;
		reader->at++;
	}
}

static void mark_literal(struct reader *reader, const char *from)
{
	while (reader->literal && from < reader->at)
		reader->literal[from++ - reader->pattern] = 1;
}

static struct message_use *add_use(struct reader *reader)
{
	const char *name = reader->at;
	struct message_use *use;

	if (reader->out->count == MESSAGE_USES) {
		wrong(reader, "more than 32 arguments; say it shorter");
		return NULL;
	}
	if (isdigit((unsigned char)*name) || !word_length(name)) {
		wrong(reader, "`{` without a name behind it; write the "
			      "argument's name, or '{' in apostrophes");
		return NULL;
	}
	use = &reader->out->uses[reader->out->count++];
	*use = (struct message_use){ .at = (size_t)(name - reader->pattern),
				     .length = word_length(name) };
	reader->at += use->length;
	return use;
}

static bool read_kind(struct reader *reader, struct message_use *use)
{
	size_t length;

	skip_blanks(reader);
	length = word_length(reader->at);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (!is_word(reader->at, length, kinds[i].word))
			continue;
		use->kind = kinds[i].kind;
		reader->at += length;
		skip_blanks(reader);
		if (*reader->at++ == ',')
			return true;
		return wrong(reader, "a comma is missing behind plural or "
				     "select");
	}
	return wrong(reader, "an argument of this type is not known; use "
			     "plural, select or selectordinal");
}

static bool read_exact(struct reader *reader, struct message_use *use)
{
	char *end;
	long number = strtol(reader->at + 1, &end, 10);

	if (end == reader->at + 1)
		return wrong(reader, "`=` without a number behind it");
	if (use->exact_count == MESSAGE_EXACT)
		return wrong(reader, "more than 8 forms with `=`");
	use->exact[use->exact_count++] = number;
	reader->at = end;
	return true;
}

static bool read_offset(struct reader *reader, struct message_use *use)
{
	char *end;

	use->offset = (int)strtol(reader->at, &end, 10);
	if (end == reader->at)
		return wrong(reader, "`offset:` without a number behind it");
	reader->at = end;
	return true;
}

/* "one", "=1" or a select's own word, before its "{". */
static bool read_selector(struct reader *reader, struct message_use *use)
{
	size_t length = word_length(reader->at);
	bool known = use->kind == MESSAGE_SELECT;

	if (*reader->at == '=' && !known)
		return read_exact(reader, use);
	for (int form = 0; form < MESSAGE_FORMS; form++) {
		if (is_word(reader->at, length, message_form_names[form])) {
			use->forms |= 1u << form;
			known = true;
		}
	}
	if (!length || !known)
		return wrong(reader, "a form that is not known; write zero, "
				     "one, two, few, many, other or =1");
	reader->at += length;
	return true;
}

static bool read_form(struct reader *reader, struct message_use *use)
{
	if (use->kind != MESSAGE_SELECT &&
	    strncmp(reader->at, "offset:", 7) == 0) {
		reader->at += 7;
		return read_offset(reader, use);
	}
	if (!read_selector(reader, use))
		return false;
	skip_blanks(reader);
	if (*reader->at++ != '{')
		return wrong(reader, "a form's text must stand in braces: "
				     "one {# person}");
	read_text(reader, use->kind != MESSAGE_SELECT);
	if (!reader->why && *reader->at++ != '}')
		return wrong(reader, "a `}` is missing");
	return !reader->why;
}

/* Behind the "{" up to its "}". */
static bool read_argument(struct reader *reader)
{
	struct message_use *use;

	skip_blanks(reader);
	if (!(use = add_use(reader)))
		return false;
	skip_blanks(reader);
	if (*reader->at == ',') {
		reader->at++;
		if (!read_kind(reader, use))
			return false;
		skip_blanks(reader);
		while (*reader->at && *reader->at != '}') {
			if (!read_form(reader, use))
				return false;
			skip_blanks(reader);
		}
		if (!(use->forms & 1u << MESSAGE_OTHER))
			return wrong(reader, "a plural or select lacks its "
					     "`other {...}`; add it");
	}
	if (*reader->at != '}')
		return wrong(reader, "a `}` is missing");
	reader->at++;
	return true;
}

/* Up to the end, or to the "}" that ends the form this text is in. */
static void read_text(struct reader *reader, bool in_plural)
{
	if (++reader->depth > MESSAGE_DEPTH) {
		wrong(reader, "too many forms within forms; use two entries");
		return;
	}
	while (!reader->why && *reader->at) {
		const char *from = reader->at;

		if (*reader->at == '\'') {
			skip_apostrophe(reader, in_plural);
			mark_literal(reader, from);
		} else if (*reader->at == '{') {
			reader->at++;
			read_argument(reader);
		} else if (*reader->at == '}') {
			break;
		} else {
			reader->at++;
			mark_literal(reader, from);
		}
	}
	reader->depth--;
}

const char *message_read(const char *pattern, struct message *out)
{
	struct reader reader = { .pattern = pattern,
				 .at = pattern,
				 .out = out };

	*out = (struct message){ 0 };
	if (strlen(pattern) > MESSAGE_LIMIT)
		return "longer than 8192 bytes; use several entries";
	read_text(&reader, false);
	if (!reader.why && *reader.at)
		wrong(&reader, "a `}` without its `{`; take it out, or write "
			       "'}' in apostrophes");
	return reader.why;
}

void message_literals(const char *pattern, uint8_t *literal)
{
	struct message message = { 0 };
	struct reader reader = { .pattern = pattern,
				 .at = pattern,
				 .out = &message,
				 .literal = literal };

	read_text(&reader, false);
}
