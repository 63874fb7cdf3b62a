#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/findings.h"
#include "record/entity.h"

/*
 * A kind of entity as a table that people edit in a spreadsheet: id, version,
 * then every field, the agency's own too; of people, their names beside
 * ("name.latin"). Back again, the difference is told before anything is
 * applied. What somebody changed at a desk meanwhile is a conflict only where
 * the table changed the same field to something else; such rows are refused by
 * name, never guessed.
 */

#define ROUND_TRIP_BYTES (64 << 20) /* of a table that comes back */

/* CSV with a heading (base/spreadsheet.h); appends to out. */
MUST_CHECK enum fault round_trip_export(struct record *record,
					const struct kind *kind,
					const struct record_who *who,
					struct bytes *out);

enum round_trip_what {
	ROUND_TRIP_CHANGED,
	ROUND_TRIP_NEW,      /* a row without an id; before is NULL */
	ROUND_TRIP_CONFLICT, /* before is what is there now, after the table's
			      */
	ROUND_TRIP_WRONG,    /* the value does not fit */
	ROUND_TRIP_REFUSED,  /* no such id, removed, signed, another team's */
};
const char *round_trip_word(enum round_trip_what what); /* "conflict" */

/* One difference; everything belongs to the walk. */
struct round_trip_difference {
	enum round_trip_what what;
	int row;                    /* as a spreadsheet counts them */
	int64_t id;                 /* 0: new */
	const char *field;          /* "name.latin"; "" for the whole row */
	const char *before, *after; /* "" for not known */
};
typedef void round_trip_visit(void *to,
			      const struct round_trip_difference *difference);

struct round_trip_totals {
	size_t rows, changed, made; /* entities */
	size_t refused;             /* rows with a conflict or a wrong value */
};

/*
 * Compares the table with the record and tells each difference. With apply,
 * rows without a conflict or a wrong value are written, all in one act that
 * entity_undo() takes back, with source told; the others stay as they were.
 * FAULT_FORMAT, FAULT_LIMIT: not such a table; the findings say where.
 */
MUST_CHECK enum fault
round_trip_import(struct record *record, const struct kind *kind,
		  const char *file, const void *bytes, size_t length,
		  bool apply, const struct record_who *who, int64_t now,
		  struct findings *findings, round_trip_visit *visit, void *to,
		  struct round_trip_totals *totals);
