#include <stddef.h>

#include "office/noun.h"
#include "office/pages.h"

/* The nouns about people that have no verbs but the common ones. */

static const struct verb people_verbs[] = {
	{ "summary", PAGES_USAGE,
	  "a page of what is known and open, to hand over to another system",
	  pages_summary },
	{ "letter", "--text FILE " PAGES_USAGE,
	  "a letter with the agency's head, of the words in a file",
	  pages_letter },
	{ .name = NULL },
};

static const struct verb none[] = { { .name = NULL } };

static const char *const people_kinds[] = { "person",     "name",   "contact",
					    "identifier", "status", "note",
					    NULL };
const struct noun noun_people = {
	.name = "people",
	.summary = "people, and what belongs to one of them",
	.details = "Pages go into the home's folder of prints and on to its "
		   "printer, or with -o into\na PDF file; --lang is the "
		   "person's own language unless it is given. A letter's\n"
		   "words may come from standard input: --text -.\n",
	.verbs = people_verbs,
	.kinds = people_kinds,
};

static const char *const household_kinds[] = { "household", "member", NULL };
const struct noun noun_household = {
	.name = "household",
	.summary = "households and who belongs to them",
	.verbs = none,
	.kinds = household_kinds,
};
