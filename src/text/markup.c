#include "text/markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"

#define FAR 1000 /* bytes within which emphasis ends, and a link */
#define LEVELS 6 /* of headings */

/* Tags that are known to be such. */
static const struct {
	const char *name;
	bool ends_line;
} tags[] = {
	{ "br", true },     { "p", true },       { "div", true },
	{ "li", true },     { "tr", true },      { "h1", true },
	{ "h2", true },     { "h3", true },      { "h4", true },
	{ "h5", true },     { "h6", true },      { "hr", true },
	{ "ul", false },    { "ol", false },     { "table", false },
	{ "td", false },    { "th", false },     { "span", false },
	{ "b", false },     { "i", false },      { "u", false },
	{ "em", false },    { "strong", false }, { "font", false },
	{ "small", false }, { "big", false },    { "center", false },
	{ "sub", false },   { "sup", false },    { "a", false },
	{ "img", false },
};

/* The bytes of the tag at text, 0: it is none. *line: it ends the line. */
static size_t tag_length(const char *text, bool *line)
{
	bool closing = text[1] == '/';
	const char *name = text + 1 + closing;
	size_t length = 0, end;

	while (isalnum((unsigned char)name[length]))
		length++;
	end = strcspn(name + length, "<>");
	if (!length || name[length + end] != '>' ||
	    (end && !strchr(" /\t\n", name[length])))
		return 0;
	for (size_t i = 0; i < COUNT(tags); i++) {
		if (strlen(tags[i].name) != length ||
		    strncasecmp(name, tags[i].name, length) != 0)
			continue;
		*line = tags[i].ends_line &&
			(closing || strcasecmp(tags[i].name, "br") == 0 ||
			 strcasecmp(tags[i].name, "hr") == 0);
		return (size_t)(name - text) + length + end + 1;
	}
	return 0;
}

static bool is_word(char byte)
{
	return isalnum((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

static bool is_blank(char byte)
{
	return !byte || isspace((unsigned char)byte);
}

static size_t run_of(const char *text, char mark)
{
	size_t length = 0;

	while (text[length] == mark)
		length++;
	return length;
}

/* Where the emphasis that begins at from, length marks long, ends; 0: it is
 * none. An underscore within a word is part of it. */
static size_t end_of(const char *text, size_t from, size_t length)
{
	char mark = text[from];
	size_t at = from + length;

	if (is_blank(text[at]) ||
	    (mark == '_' && from && is_word(text[from - 1])))
		return 0;
	while (text[at] && at < from + FAR) {
		size_t run;

		if (text[at] == '\\' && text[at + 1]) {
			at += 2;
			continue;
		}
		run = run_of(text + at, mark);
		if (run == length && !is_blank(text[at - 1]) &&
		    !(mark == '_' && is_word(text[at + run])))
			return at;
		at += run ? run : 1;
	}
	return 0;
}

/* The bytes of "[text](address)" at text, 0: it is none. */
static size_t link_length(const char *text, size_t *words)
{
	size_t close = strcspn(text, "]"), end;

	if (close > FAR || text[close] != ']' || text[close + 1] != '(')
		return 0;
	end = close + strcspn(text + close, ")\n ");
	if (text[end] != ')')
		return 0;
	*words = close - 1;
	return end + 1;
}

struct reading {
	const char *text;
	bool *dropped; /* of each byte */
	size_t at;
	struct bytes out;
};

static void drop(struct reading *reading, size_t at, size_t length)
{
	memset(reading->dropped + at, true, length);
}

static bool begins_line(const struct reading *reading)
{
	return !reading->at || reading->text[reading->at - 1] == '\n';
}

/* "## " in front of a heading. */
static bool read_heading(struct reading *reading)
{
	const char *here = reading->text + reading->at;
	size_t level = run_of(here, '#');

	if (!begins_line(reading) || !level || level > LEVELS ||
	    here[level] != ' ')
		return false;
	reading->at += level + strspn(here + level, " ");
	return true;
}

static bool read_tag(struct reading *reading)
{
	bool line = false;
	size_t length = tag_length(reading->text + reading->at, &line);

	if (!length)
		return false;
	reading->at += length;
	if (line)
		bytes_add_byte(&reading->out, '\n');
	return true;
}

/* Its marks on both sides are passed over. */
static bool read_emphasis(struct reading *reading)
{
	const char *here = reading->text + reading->at;
	size_t length = run_of(here, *here), end;

	end = length <= 3 ? end_of(reading->text, reading->at, length) : 0;
	if (end)
		drop(reading, end, length);
	else
		bytes_add(&reading->out, here, length);
	reading->at += length;
	return true;
}

static bool read_link(struct reading *reading)
{
	size_t words, length;

	length = link_length(reading->text + reading->at, &words);
	if (!length)
		return false;
	drop(reading, reading->at + 1 + words, length - 1 - words);
	reading->at++;
	return true;
}

static bool read_escape(struct reading *reading)
{
	char next = reading->text[reading->at + 1];

	if (!ispunct((unsigned char)next))
		return false;
	bytes_add_byte(&reading->out, (uint8_t)next);
	reading->at += 2;
	return true;
}

static const struct {
	char begins;
	bool (*read)(struct reading *reading);
} marks[] = {
	{ '#', read_heading },  { '<', read_tag },  { '*', read_emphasis },
	{ '_', read_emphasis }, { '[', read_link }, { '\\', read_escape },
};

static bool read_mark(struct reading *reading)
{
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (reading->text[reading->at] == marks[i].begins)
			return marks[i].read(reading);
	}
	return false;
}

/* Ends that tags have left. */
static char *without_ends(char *text)
{
	size_t length = strlen(text);

	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = 0;
	return text;
}

char *markup_plain(const char *text)
{
	struct reading reading = { .text = text };

	if (!strpbrk(text, "#<*_[\\"))
		return xstrdup(text);
	reading.dropped = xcalloc(strlen(text) + 1, sizeof *reading.dropped);
	bytes_add_text(&reading.out, "");
	while (text[reading.at]) {
		if (reading.dropped[reading.at])
			reading.at++;
		else if (!read_mark(&reading))
			bytes_add_byte(&reading.out,
				       (uint8_t)text[reading.at++]);
	}
	free(reading.dropped);
	return without_ends(bytes_take_text(&reading.out));
}
