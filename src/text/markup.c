#include "text/markup.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/bytes.h"
#include "text/emphasis.h"

#define FAR 1000 /* bytes within which emphasis ends, and a link */
#define LEVELS 6 /* of headings */

#define B EMPHASIS_BOLD
#define I EMPHASIS_ITALIC

/* Tags that are known to be such. */
static const struct tag {
	const char *name;
	bool ends_line;
	enum emphasis emphasis;
} tags[] = {
	{ "br", true, 0 },     { "p", true, 0 },       { "div", true, 0 },
	{ "li", true, 0 },     { "tr", true, 0 },      { "h1", true, B },
	{ "h2", true, B },     { "h3", true, B },      { "h4", true, B },
	{ "h5", true, B },     { "h6", true, B },      { "hr", true, 0 },
	{ "ul", false, 0 },    { "ol", false, 0 },     { "table", false, 0 },
	{ "td", false, 0 },    { "th", false, B },     { "span", false, 0 },
	{ "b", false, B },     { "i", false, I },      { "u", false, 0 },
	{ "em", false, I },    { "strong", false, B }, { "font", false, 0 },
	{ "small", false, 0 }, { "big", false, 0 },    { "center", false, 0 },
	{ "sub", false, 0 },   { "sup", false, 0 },    { "a", false, 0 },
	{ "img", false, 0 },
};

/* A tag in a text. */
struct tagged {
	const struct tag *tag;
	size_t length; /* bytes, with its brackets */
	bool closing;
};

/* The tag at text; false: it is none. */
static bool tag_at(const char *text, struct tagged *out)
{
	bool closing = text[1] == '/';
	const char *name = text + 1 + closing;
	size_t length = 0, end;

	while (isalnum((unsigned char)name[length]))
		length++;
	end = strcspn(name + length, "<>");
	if (!length || name[length + end] != '>' ||
	    (end && !strchr(" /\t\n", name[length])))
		return false;
	for (size_t i = 0; i < COUNT(tags); i++) {
		if (strlen(tags[i].name) != length ||
		    strncasecmp(name, tags[i].name, length) != 0)
			continue;
		*out = (struct tagged){
			.tag = &tags[i],
			.length = (size_t)(name - text) + length + end + 1,
			.closing = closing,
		};
		return true;
	}
	return false;
}

static bool ends_line(const struct tagged *tag)
{
	return tag->tag->ends_line &&
	       (tag->closing || strcmp(tag->tag->name, "br") == 0 ||
		strcmp(tag->tag->name, "hr") == 0);
}

/* The bytes up to the tag that closes this one, 0: none does. */
static size_t until_closed(const char *text, const struct tag *opened)
{
	struct tagged tag;

	for (size_t at = 0; text[at] && at < FAR; at++) {
		if (text[at] == '<' && tag_at(text + at, &tag) && tag.closing &&
		    tag.tag == opened)
			return at;
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

#define DROPPED 0x80 /* beside an enum emphasis */

struct reading {
	const char *text;
	uint8_t *marks; /* of each byte: its emphasis, or that it goes */
	size_t at;
	struct bytes out, emphasis; /* byte by byte */
};

static void mark(struct reading *reading, size_t at, size_t length,
		 uint8_t marks)
{
	for (size_t i = at; i < at + length; i++)
		reading->marks[i] |= marks;
}

/* As it stands, with the emphasis that is here. */
static void add(struct reading *reading, const char *text, size_t length)
{
	bytes_add(&reading->out, text, length);
	while (length--)
		bytes_add_byte(&reading->emphasis,
			       reading->marks[reading->at] & EMPHASIS_BOTH);
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
	mark(reading, reading->at, strcspn(here, "\n"), EMPHASIS_BOLD);
	reading->at += level + strspn(here + level, " ");
	return true;
}

static bool read_tag(struct reading *reading)
{
	const char *here = reading->text + reading->at;
	struct tagged tag;

	if (!tag_at(here, &tag))
		return false;
	if (ends_line(&tag))
		add(reading, "\n", 1);
	reading->at += tag.length;
	if (tag.tag->emphasis && !tag.closing)
		mark(reading, reading->at,
		     until_closed(here + tag.length, tag.tag),
		     (uint8_t)tag.tag->emphasis);
	return true;
}

/* Its marks on both sides are passed over. */
static bool read_emphasis(struct reading *reading)
{
	static const uint8_t emphasis[] = { 0, I, B, I | B };
	const char *here = reading->text + reading->at;
	size_t length = run_of(here, *here), end;

	end = length <= 3 ? end_of(reading->text, reading->at, length) : 0;
	if (end) {
		mark(reading, reading->at, end - reading->at, emphasis[length]);
		mark(reading, end, length, DROPPED);
	} else {
		add(reading, here, length);
	}
	reading->at += length;
	return true;
}

static bool read_link(struct reading *reading)
{
	size_t words, length;

	length = link_length(reading->text + reading->at, &words);
	if (!length)
		return false;
	mark(reading, reading->at + 1 + words, length - 1 - words, DROPPED);
	reading->at++;
	return true;
}

static bool read_escape(struct reading *reading)
{
	const char *next = reading->text + reading->at + 1;

	if (!ispunct((unsigned char)*next))
		return false;
	add(reading, next, 1);
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

/* Its words; *emphasis is of each byte of them. The caller frees both. */
static char *read_all(const char *text, uint8_t **emphasis)
{
	struct reading reading = { .text = text };

	reading.marks = xcalloc(strlen(text) + 1, sizeof *reading.marks);
	bytes_add_text(&reading.out, "");
	while (text[reading.at]) {
		if (reading.marks[reading.at] & DROPPED) {
			reading.at++;
		} else if (!read_mark(&reading)) {
			add(&reading, text + reading.at, 1);
			reading.at++;
		}
	}
	free(reading.marks);
	*emphasis = reading.emphasis.data;
	return without_ends(bytes_take_text(&reading.out));
}

static bool has_marks(const char *text)
{
	return strpbrk(text, "#<*_[\\") != NULL;
}

char *markup_plain(const char *text)
{
	SCOPED(char_freep) char *bare = emphasis_bare(text, NULL);
	uint8_t *emphasis = NULL;
	char *words;

	if (!has_marks(bare))
		return xstrdup(bare);
	words = read_all(bare, &emphasis);
	free(emphasis);
	return words;
}

char *markup_styled(const char *text)
{
	SCOPED(char_freep) char *bare = emphasis_bare(text, NULL);
	SCOPED(char_freep) char *words = NULL;
	uint8_t *emphasis = NULL;
	char *styled;

	if (!has_marks(bare))
		return xstrdup(bare);
	words = read_all(bare, &emphasis);
	styled = emphasis_put(words, emphasis);
	free(emphasis);
	return styled;
}
