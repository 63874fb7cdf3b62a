#include <stddef.h>

#include "office/noun.h"
#include "office/pages.h"
#include "office/people_who.h"

/* The nouns about people. */

static const struct verb people_verbs[] = {
	{ "find", "[--home DIR] [--limit N] WORD...",
	  "whoever fits: names as they are typed, a year, a phone, a number",
	  people_who_find },
	{ "candidates", "[--home DIR] [--all] [--limit N] TICKET|PERSON",
	  "who this may be, and why", people_who_candidates },
	{ "from-visit", "[--home DIR] [--confirmed] TICKET",
	  "make a person of what a visit told", people_who_from_visit },
	{ "attach", "[--home DIR] [--confirmed] TICKET PERSON",
	  "the visit is this person's", people_who_attach },
	{ "detach", "[--home DIR] TICKET", "the visit is nobody's again",
	  people_who_detach },
	{ "given", "[--home DIR] PERSON",
	  "what they told at earlier visits, and when", people_who_given },
	{ "differences", "[--home DIR] TICKET",
	  "what a visit tells and the record has otherwise",
	  people_who_differences },
	{ "not-same", "[--home DIR] PERSON PERSON|TICKET",
	  "remember that they are two people", people_who_not_same },
	{ "merge", "[--home DIR] [--reason TEXT] KEPT MERGED",
	  "two entries are one person", people_who_merge },
	{ "unmerge", "[--home DIR] [--reason TEXT] MERGED",
	  "they were two after all", people_who_unmerge },
	{ "rekey", "[--home DIR]",
	  "look people up anew by how this Foyer reads names: after an update "
	  "that says so",
	  people_who_rekey },
	{ "summary", PAGES_USAGE,
	  "a page of what is known and open, to hand over to another system",
	  pages_summary },
	{ "letter", "--text FILE " PAGES_USAGE,
	  "a letter with the agency's head, of the words in a file",
	  pages_letter },
	{ .name = NULL },
};

static const struct verb none[] = { { .name = NULL } };

static const char *const people_kinds[] = {
	"person", "name",  "contact",  "identifier", "status",
	"note",   "merge", "not_same", "conflict",   NULL
};
const struct noun noun_people = {
	.name = "people",
	.summary = "people, and what belongs to one of them",
	.details =
	    "A person is named by their number, 17 or P-17, a visit by "
	    "its ticket's.\nNothing is merged, attached or made but by "
	    "these. --confirmed: a worker, alone\nwith the person, heard "
	    "them agree to be kept.\nPages go into the home's folder of prints "
	    "and on to its "
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
