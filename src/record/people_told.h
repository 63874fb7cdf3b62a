#pragma once

#include "record/entity.h"

/*
 * Inside the room: what a visit told about the person who came, as the fields
 * of the record that it goes into. Which fact of the form goes where is a
 * table; a fact that has the name of one of the agency's own fields of a person
 * goes there.
 */
struct told {
	struct told_one {
		char *fact, *value; /* the value as its field takes it */
		const struct kind *kind;
		const char *field; /* the kind's, or fact */
		bool unlisted;     /* the agency's own field, if any */
	} * ones;
	size_t count;
	int others; /* how many more live in the household */
};

/* The caller releases *out with told_done(). A visit whose facts are erased
 * told nothing. */
MUST_CHECK enum fault told_read(struct record *record, int64_t visit,
				struct told *out);
void told_done(struct told *told); /* wipes */

/* What was told for a field, NULL for nothing. */
const char *told_value(const struct told *told, const struct kind *kind,
		       const char *field);
