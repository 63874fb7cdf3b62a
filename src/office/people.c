#include <stddef.h>

#include "office/noun.h"

/* The nouns about people that have no verbs but the common ones. */

static const struct verb none[] = { { .name = NULL } };

static const char *const people_kinds[] = { "person",     "name",   "contact",
					    "identifier", "status", "note",
					    NULL };
const struct noun noun_people = {
	.name = "people",
	.summary = "people, and what belongs to one of them",
	.verbs = none,
	.kinds = people_kinds,
};

static const char *const household_kinds[] = { "household", "member", NULL };
const struct noun noun_household = {
	.name = "household",
	.summary = "households and who belongs to them",
	.verbs = none,
	.kinds = household_kinds,
};
