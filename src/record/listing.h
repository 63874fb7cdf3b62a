#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/kind.h"
#include "record/record.h"

/*
 * Lists that people work from: overdue reassessments, open referrals by age,
 * expected arrivals. Each is a row of a table: a statement and its columns.
 * The desk's screens, `foyer list`, spreadsheets and printed pages are made
 * from the same.
 *
 * To add one: describe it in record/listings_AREA.c, declare it below and name
 * it in listing.c. Its statement gives, in this order: the id of the entity
 * that a row opens (0: it opens nothing), since when (ms; NULL where age says
 * nothing), the person (an id; NULL where none), then one value a column, as
 * the entity layer has them. Parameters: ?1 now (ms), ?2 today ("2026-11-22",
 * local), ?3 the user's id, ?9 the teams (JSON). Where a person is given, their
 * team's wall is kept by the layer, and so are those of the opened kind.
 */
struct listing_column {
	const char *name; /* key of the heading: "list.LISTING.NAME" */
	/* How its values are shown: a field of a kind, for type and codes.
	 * NULL kind: codes with words of their own, "code.list.FIELD.CODE";
	 * NULL both: FIELD_TEXT. */
	const char *kind, *field;
	/* Where a value is of what the row says: the column that says it, of
	 * FIELD_ABOUT (record/conflict.h). */
	const char *about;
};

#define LISTING_COLUMNS 10

struct listing {
	const char *name; /* "overdue-assessments"; key "list.NAME" */
	const char *kind; /* of what a row opens */
	const char *sql;
	struct listing_column columns[LISTING_COLUMNS]; /* ends with a NULL */
	unsigned read;                                  /* roles; 0: everyone */
};

const struct listing *listing_find(const char *name); /* NULL: none */
size_t listing_count(void);
const struct listing *listing_at(size_t index);
size_t listing_width(const struct listing *listing); /* columns */

/* The field that a value is shown as in a column of a row with these values,
 * and the kind that it is of (NULL is fine for kind; *kind is NULL where it is
 * of none). */
const struct field *listing_field(const struct listing *listing, size_t column,
				  const char *const *values,
				  const struct kind **kind);

/* A row; everything belongs to the walk. values may be NULL: not known. */
struct listing_row {
	int64_t id;     /* of listing->kind */
	int64_t since;  /* 0: age says nothing */
	int64_t person; /* 0: none */
	const char *values[LISTING_COLUMNS];
};

/* Local day and moment that a listing is made for. */
struct listing_day {
	int64_t now;
	const char *today; /* "2026-11-22" */
};

/* Walks the rows that who may see, as the statement orders them; false stops.
 * A role that may not see the list sees no row. */
typedef bool listing_visit(void *to, const struct listing_row *row);
MUST_CHECK enum fault listing_each(struct record *record,
				   const struct listing *listing,
				   const struct listing_day *day,
				   const struct record_who *who,
				   listing_visit *visit, void *to);
