#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/tally.h"
#include "report/wording.h"

/*
 * A table of counts as it was read, with its words in the staff's language:
 * what it is called, what its columns are, and what exactly was counted.
 */
enum figure_kind {
	FIGURE_GIVEN,
	FIGURE_SMALL,  /* 1 to 4, and hidden: report/shared.h */
	FIGURE_HIDDEN, /* so that a small one is not given back */
	FIGURE_LEAST,  /* a sum of several sites, of which some hid theirs */
};

struct figure {
	char *value;    /* as the record has it; NULL: not known, or hidden */
	char *words;    /* as people read it; "" where it is not known */
	int64_t number; /* of all but TALLY_BY; 0 where value is NULL */
	enum figure_kind kind;
};

struct figures {
	const struct tally *tally;
	char *title, *means;
	const struct tally_column *columns[TALLY_COLUMNS];
	char *heads[TALLY_COLUMNS];
	size_t width, rows;
	struct figure *cells; /* rows * width */
	/* Of the rows, a value a column; NULL where they may not be added up.
	 * Columns that have none have a NULL value. */
	struct figure *totals;
};

/* The table for a period. *out is released with figures_done(), after a fault
 * too. */
MUST_CHECK enum fault figures_read(const struct wording *wording,
				   const struct tally *tally,
				   const struct tally_period *period,
				   struct figures *out);
void figures_done(struct figures *figures);

const struct figure *figures_at(const struct figures *figures, size_t row,
				size_t column);

/* The same without any row, for rows from elsewhere. */
void figures_begin(const struct wording *wording, const struct tally *tally,
		   struct figures *out);

/* A number as its column says it: "12", "3.4", "95 min"; the caller frees it.
 */
char *figures_words(const struct wording *wording, enum tally_measure measure,
		    int64_t number);

/* Gives a figure another number and its words; a hidden one has no number. */
void figures_set(const struct wording *wording, enum tally_measure measure,
		 enum figure_kind kind, int64_t number, struct figure *out);

/* Takes a column out. */
void figures_drop(struct figures *figures, size_t column);

/* Whether a column's numbers are counts. */
bool figures_counts(const struct figures *figures, size_t column);

/* Gives a figure of a column of TALLY_BY a value; NULL: not noted. */
void figures_name(const struct wording *wording, const struct figures *figures,
		  size_t column, const char *value, struct figure *out);

/* Which days it is of: "2026-11-01 – 2026-11-30", or, of one that tells how
 * things stand now, the day that it was made; "" for today is each site's own.
 * The caller frees it. */
char *figures_days(const struct wording *wording, const struct figures *figures,
		   const struct tally_period *period);

/* Says in front of the totals what they are. */
void figures_set_total_words(const struct wording *wording,
			     struct figures *figures);
