#include "xlsform/reference.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "xlsform/nearest.h"
#include "xpath/xpath.h"

/* --- paths ---------------------------------------------------------------- */

/* Whether one repeat holds both, neither being that repeat itself. */
static bool share_repeat(const struct item *a, const struct item *b)
{
	for (const struct item *r = item_repeat(a); r; r = item_repeat(r))
		for (const struct item *s = item_repeat(b); s;
		     s = item_repeat(s))
			if (r == s)
				return true;
	return false;
}

/* How many bytes of both paths are whole sections above both. */
static size_t common_sections(const char *a, const char *b)
{
	size_t common = 0;

	for (size_t i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			common = i;
	return common;
}

char *reference_path(const struct item *from, const struct item *to)
{
	struct bytes path = { 0 };

	if (!from || !share_repeat(from, to))
		return xstrdup(to->path);
	/* A flat group stands where its section does: one step less to go. */
	SCOPED(char_freep)
	char *start = xasprintf("%s%s", from->path, from->flat ? "/" : "");
	size_t common = common_sections(start, to->path);
	const char *step = strchr(start + common, '/');

	if (from->flat)
		step = strchr(step + 1, '/');
	for (; step; step = strchr(step + 1, '/'))
		bytes_add_text(&path, "../");
	bytes_add_text(&path, to->path + common + 1);
	return bytes_take_text(&path);
}

/* --- ${x} ----------------------------------------------------------------- */

static void tell_unknown(const struct reference *asker, const char *name,
			 int length)
{
	SCOPED(char_freep) char *word = xstrndup(name, (size_t)length);
	struct nearest nearest = { .word = word };

	for (size_t i = 0; i < asker->survey->count; i++)
		if (asker->survey->all[i]->name)
			nearest_offer(&nearest, asker->survey->all[i]->name);
	SCOPED(char_freep)
	char *question = nearest_question(&nearest, "${", "}");

	findings_add(asker->findings, FINDING_ERROR, asker->where,
		     "${%s}: no question has this name%s", word, question);
}

const struct item *reference_target(const struct reference *asker,
				    const char *text, const char **end)
{
	const struct item *found = NULL;
	const char *name = text + 2, *close = strchr(name, '}');

	if (!close) {
		findings_add(asker->findings, FINDING_ERROR, asker->where,
			     "${ without its }; write ${name}");
		return NULL;
	}
	*end = close + 1;
	while (*name == ' ')
		name++;
	while (close > name && close[-1] == ' ')
		close--;
	int length = (int)(close - name);
	size_t count = survey_find(asker->survey, name, (size_t)length, &found);

	if (count == 1)
		return found;
	if (!strncmp(name, "last-saved#", 11))
		findings_add(asker->findings, FINDING_ERROR, asker->where,
			     "${last-saved#...} would show the last visitor's "
			     "answers; it is refused");
	else if (count)
		findings_add(asker->findings, FINDING_ERROR, asker->where,
			     "${%.*s} could be any of %zu rows; give each its "
			     "own name",
			     length, name, count);
	else
		tell_unknown(asker, name, length);
	return NULL;
}

#define SCAN_CALLS 8 /* of indexed-repeat() within each other */

/* Where we are in an expression, as far as ${x} needs to know. */
struct scan {
	char quote;   /* we are in a literal that ends with it */
	int brackets; /* predicates around us */
	int parens;   /* parentheses around us */
	struct {
		int parens, argument;
	} calls[SCAN_CALLS]; /* of indexed-repeat() around us */
	size_t call_count;
};

static bool ends_with(const struct bytes *text, const char *word)
{
	size_t length = strlen(word);

	return text->length >= length &&
	       !memcmp(text->data + text->length - length, word, length);
}

/* Brackets of calls, and the commas between what they are given. */
static void scan_call(struct scan *scan, const struct bytes *before, char c)
{
	size_t last = scan->call_count - 1;
	bool within =
	    scan->call_count && scan->parens == scan->calls[last].parens;

	if (c == ',' && within)
		scan->calls[last].argument++;
	if (c == ')' && within)
		scan->call_count--;
	scan->parens += (c == '(') - (c == ')');
	if (c == '(' && ends_with(before, "indexed-repeat") &&
	    scan->call_count < SCAN_CALLS) {
		scan->calls[scan->call_count].parens = scan->parens;
		scan->calls[scan->call_count++].argument = 0;
	}
}

static void scan_step(struct scan *scan, const struct bytes *before, char c)
{
	if (scan->quote) {
		if (c == scan->quote)
			scan->quote = 0;
		return;
	}
	if (c == '\'' || c == '"')
		scan->quote = c;
	scan->brackets += (c == '[') - (c == ']');
	scan_call(scan, before, c);
}

/*
 * indexed-repeat() is given a question, then repeats and their numbers in
 * turn: all of them are absolute but the numbers.
 */
static bool wants_all(const struct scan *scan)
{
	if (!scan->call_count)
		return false;
	int argument = scan->calls[scan->call_count - 1].argument;

	return scan->parens == scan->calls[scan->call_count - 1].parens &&
	       (argument == 0 || argument % 2 == 1);
}

static void add_path(struct bytes *out, const struct scan *scan,
		     const struct item *from, const struct item *to)
{
	SCOPED(char_freep)
	char *path =
	    wants_all(scan) ? xstrdup(to->path) : reference_path(from, to);

	if (scan->quote) {
		bytes_add_text(out, path);
		return;
	}
	bytes_add_format(out, " %s%s ",
			 *path != '/' && scan->brackets > 0 ? "current()/" : "",
			 path);
}

/* What a word processor makes of ' and ", and how long it is. */
static char plain_quote(const char *text)
{
	static const struct {
		const char *fancy;
		char plain;
	} quotes[] = {
		{ "\u2018", '\'' },
		{ "\u2019", '\'' },
		{ "\u201c", '"' },
		{ "\u201d", '"' },
	};

	for (size_t i = 0; i < COUNT(quotes); i++)
		if (!strncmp(text, quotes[i].fancy, 3))
			return quotes[i].plain;
	return 0;
}

char *reference_expand(const struct reference *asker, const char *text,
		       enum reference_place place)
{
	struct scan scan = { .brackets = place == REFERENCE_PREDICATE };
	struct bytes out = { 0 };

	for (const char *c = text; *c && out.length <= XPATH_LENGTH_LIMIT;) {
		char plain = plain_quote(c);

		if (!strncmp(c, "${", 2)) {
			const struct item *to = reference_target(asker, c, &c);

			if (!to) {
				bytes_done(&out);
				return NULL;
			}
			add_path(&out, &scan, asker->from, to);
			continue;
		}
		scan_step(&scan, &out, plain ? plain : *c);
		bytes_add_byte(&out, (uint8_t)(plain ? plain : *c));
		c += plain ? 3 : 1;
	}
	if (out.length > XPATH_LENGTH_LIMIT) {
		findings_add(asker->findings, FINDING_ERROR, asker->where,
			     "longer than 16 KiB; part it into several rows");
		bytes_done(&out);
		return NULL;
	}
	bytes_add_text(&out, "");
	return bytes_take_text(&out);
}

/* The start of a text as far as a message needs it, no character cut. */
static int glimpse(const char *text)
{
	size_t length = strnlen(text, 24);

	while (length && ((unsigned char)text[length] & 0xc0) == 0x80)
		length--;
	return (int)length;
}

char *reference_expression(const struct reference *asker, const char *text,
			   enum reference_place place)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct xpath_problem problem = { 0 };

	if (sheet_yes(text) || sheet_no(text))
		return xstrdup(sheet_yes(text) ? "true()" : "false()");
	char *expression = reference_expand(asker, text, place);

	if (!expression || !xpath_parse(expression, &xpath, &problem))
		return expression;
	const char *near = expression + strnlen(expression, problem.offset);

	findings_add(asker->findings, FINDING_ERROR, asker->where, "%s%s%.*s%s",
		     problem.text, *near ? ", at \"" : "", glimpse(near), near,
		     *near ? "\"" : "");
	free(expression);
	return NULL;
}
