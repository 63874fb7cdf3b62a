#include "ask/arrange.h"

#include <stdlib.h>
#include <string.h>

#define USUAL 3   /* columns where the form names no number */
#define NARROW 16 /* cells of a column, for usual letters */
#define WORD 20   /* cells of a word that is not broken */

enum manner {
	GIVEN,  /* so many, or the usual number */
	PACKED, /* as many as keep each label to a line */
	BESIDE, /* all side by side, or below each other */
};

/* The first that a question has; "-N" behind it is a number of columns. */
static const struct {
	const char *word;
	enum manner manner;
} manners[] = {
	{ "columns-pack", PACKED },
	{ "columns", GIVEN },
	{ "likert", BESIDE },
	{ "list-nolabel", BESIDE },
	{ "list", BESIDE },
	{ "compact", PACKED },
	{ "quickcompact", PACKED },
	{ "horizontal", PACKED },
	{ "horizontal-compact", PACKED },
	{ "no-buttons", PACKED },
};

/* The number of "columns-4" in an appearance; 0: there is none. */
static int numbered(const char *appearance, const char *word)
{
	size_t length = strlen(word);

	for (const char *at = appearance; (at = strstr(at, word));
	     at += length) {
		if ((at == appearance || at[-1] == ' ') && at[length] == '-' &&
		    at[length + 1] >= '1' && at[length + 1] <= '9')
			return atoi(at + length + 1);
	}
	return 0;
}

static int at_most(int number, int most)
{
	return number < most ? number : most;
}

/* Columns that leave each enough to be read, with its words in lines. */
static int readable(const struct choice *choice, const struct canvas *canvas,
		    int width)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;
	int columns = width / (NARROW * percent / 100);

	columns = at_most(columns,
			  choice_columns_readable(choice, canvas, width, WORD));
	return columns > 1 ? columns : 1;
}

int arrange_columns(const struct field *field, const struct choice *choice,
		    const struct canvas *canvas, int width, size_t count)
{
	const char *appearance = node_attribute(field->node, "appearance");
	int most = readable(choice, canvas, width);
	int packed, given, all = count < 100 ? (int)count : 100;

	/* Names of languages are short, and many. */
	if (node_appears(field->node, "language"))
		return USUAL;
	for (size_t i = 0; appearance && i < COUNT(manners); i++) {
		given = numbered(appearance, manners[i].word);
		if (!given && !node_appears(field->node, manners[i].word))
			continue;
		packed = choice_columns_fitting(choice, canvas, width);
		if (given)
			return at_most(given, most);
		if (manners[i].manner == GIVEN)
			return at_most(USUAL, most);
		if (manners[i].manner == PACKED)
			return at_most(packed, all);
		return all <= packed || all <= most ? all : 1;
	}
	return 1;
}
