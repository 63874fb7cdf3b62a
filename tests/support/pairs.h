#pragma once

#include <stddef.h>

#include "record/match.h"

/*
 * The labelled pairs of tests/data/match/pairs.csv: set (tune: the costs were
 * chosen while looking at them; held: written before, and never looked at for
 * it), same, kind, then names (scripts apart by "/"), birth ("1985-03-04",
 * "FROM..TO", "*" behind a day that a document made up), contact, household and
 * gender of both.
 */
enum pair_column {
	PAIR_SET,
	PAIR_SAME,
	PAIR_KIND,
	PAIR_A,
	PAIR_B = PAIR_A + 5,
	PAIR_COLUMNS = PAIR_B + 5,
};

struct pair {
	char *cell[PAIR_COLUMNS];
};
extern struct pair *pairs;
extern size_t pair_count;

int pairs_read(void **state);   /* a group's setup */
int pairs_forget(void **state); /* and teardown */

/* Somebody of five cells, with what has to be let go of. */
struct described {
	struct match_person person; /* ready to be compared */
	char *form[4], *name[4];
	size_t name_count;
	char *contact, *birth;
	const char *forms[4], *contacts[1], *households[1];
};
void described_read(struct described *out, char *const cell[5]);
void described_done(struct described *described);
