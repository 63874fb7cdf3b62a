#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/entity.h"

/*
 * A column of a file that another system reads, and where its values come
 * from: KIND.FIELD of the row's person, of several the newest; with
 * [FIELD=VALUE] the newest of those; or a text between apostrophes that stands
 * as it is. What the row itself has (a visit, a service that was given) is
 * named the same way.
 */
struct column {
	char *name;
	char *text;              /* as it stands; NULL: of the record */
	const struct kind *kind; /* NULL: the row's own, see column_read() */
	char *field;
	char *where, *is; /* "contact[what=phone]"; NULL: any */
	/* One of kind without values, which knows the agency's own fields,
	 * too; NULL without a kind. */
	struct entity *blank;
};

void column_done(struct column *column);

/* What rows are about. */
struct column_rows {
	/* What a row has beside kinds: "visit" with "number level"; NULL:
	 * nothing. */
	const char *own, *own_fields;
	bool contacts; /* services that were given, not visits */
};

/*
 * Fills all but the name. *wrong is NULL, or says what is wrong with the source
 * and the mend (static). FAULT_STORE: the record, which is asked for the
 * agency's own fields.
 */
MUST_CHECK enum fault column_read(struct record *record, const char *source,
				  const struct column_rows *rows,
				  struct column *out, const char **wrong);

/* Whether both are read from the same entity of a row. */
bool column_same_entity(const struct column *one, const struct column *other);

/* Whose row it is. */
struct column_row {
	struct record *record;
	const struct record_who *who;
	int64_t now;
	int64_t person;
	int64_t visit;                /* what "handover" is of; 0: none */
	const struct entity *contact; /* the row is about it; NULL: a visit */
};

/*
 * The entity that a column of a kind is read from; NULL where there is none, it
 * may not be seen, or does not leave the record (entity_goes_out()). The caller
 * frees it. Looking at what is watched is audited.
 */
MUST_CHECK enum fault column_entity(const struct column_row *row,
				    const struct column *column,
				    struct entity **out);

/* The column's field in its entity; NULL where it has none. */
const struct field *column_field(const struct column *column,
				 const struct entity *entity);
