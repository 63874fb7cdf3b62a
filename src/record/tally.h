#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/kind.h"
#include "record/record.h"

/*
 * Tables of counts over a period, that reports are made of: visits by hour,
 * needs by level. Each is a row of a table, a statement and its columns, and
 * names nobody: no row of one is about a person, a visit or a worker's client.
 *
 * To add one: describe it in record/tallies_AREA.c, declare it in tallies.h and
 * name it in tally.c; its words are "tally.NAME" (heading), "tally.NAME.means"
 * (what is counted, as it is printed below the figures) and
 * "tally.NAME.COLUMN". Its statement gives a value a column. Parameters: ?1 and
 * ?2 the period's first moment and the one after its last (ms), ?3 and ?4 its
 * first and last day, ?5 now (ms), ?6 today. Beside SQL that every engine has,
 * statements may ask record/calendar.h.
 */
enum tally_measure {
	TALLY_BY,    /* what is counted by */
	TALLY_COUNT, /* how many */
	/* How many of the last TALLY_COUNT before it; its parts together are
	 * all of it. */
	TALLY_PART,
	TALLY_MINUTES, /* a length of time */
	TALLY_DAYS,
	TALLY_MEAN, /* in tenths */
};

struct tally_column {
	const char *name;
	enum tally_measure measure;
	/* Of TALLY_BY, how a value is shown: as a field of a kind; NULL kind:
	 * codes of their own words, "code.list.FIELD.CODE"; NULL both: as it
	 * is. */
	const char *kind, *field;
};

/* How a table is best looked at. */
enum tally_chart {
	TALLY_BARS,    /* a bar a row and count */
	TALLY_STACKED, /* a row's counts are parts of it */
	TALLY_LINE,    /* its rows are months or hours */
	TALLY_NO_CHART,
};

#define TALLY_COLUMNS 8

struct tally {
	const char *name; /* "waits-by-hour" */
	const char *sql;
	struct tally_column columns[TALLY_COLUMNS]; /* ends with a NULL */
	enum tally_chart chart;
	/* Whether it may be shared, protected as report/shared.h does: what it
	 * counts by are codes, months and the like, and no name. */
	bool shared;
	/* As things stand on the day it is made, whatever the period is. */
	bool as_of_now;
	/* The rows are parts of a whole: they may be added up. A person who
	 * counts in several makes that wrong. */
	bool rows_add;
};

const struct tally *tally_find(const char *name); /* NULL: none */
size_t tally_count(void);
const struct tally *tally_at(size_t index);
size_t tally_width(const struct tally *tally); /* columns */

/* The field and kind that a column's values are shown as; *kind NULL: none. */
const struct field *tally_field(const struct tally *tally, size_t column,
				const struct kind **kind);

/* From the first day on, to the last, that one too. The moments are of the
 * zone that the agency works in. */
struct tally_period {
	int64_t from, until;      /* ms; until is the first moment after it */
	const char *first, *last; /* "2026-11-01", "2026-11-30" */
	int64_t now;
	const char *today;
};

/* Walks the rows in their order: a value a column, NULL where there is none,
 * and belonging to the walk. */
typedef void tally_visit(void *to, const char *const *values);
MUST_CHECK enum fault tally_each(struct record *record,
				 const struct tally *tally,
				 const struct tally_period *period,
				 tally_visit *visit, void *to);

/* How many people a site is about: those in the record by the period's end, and
 * visits in it of nobody known. */
MUST_CHECK enum fault tally_people(struct record *record,
				   const struct tally_period *period,
				   int64_t *out);
