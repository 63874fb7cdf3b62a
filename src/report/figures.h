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
struct figure {
	char *value;    /* as the record has it; NULL: not known */
	char *words;    /* as people read it; "" where value is NULL */
	int64_t number; /* of all but TALLY_BY; 0 where value is NULL */
};

struct figures {
	const struct tally *tally;
	char *title, *means;
	char *heads[TALLY_COLUMNS];
	size_t width, rows;
	struct figure *cells; /* rows * width */
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

/* Whether a column's rows may be added up, and their sum. */
bool figures_total(const struct figures *figures, size_t column, int64_t *sum);

/* A number as its column says it: "12", "3.4", "95 min"; the caller frees it.
 */
char *figures_words(const struct wording *wording, enum tally_measure measure,
		    int64_t number);
