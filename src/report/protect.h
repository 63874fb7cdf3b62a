#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "seal/key.h"

/*
 * A table of counts of people made fit to leave the agency: a count of 1 to 4
 * is hidden as small, whatever would give a hidden one back by subtraction is
 * hidden too, and the rest is rounded to a multiple of 5 so that what is shown
 * still adds up.
 *
 * Rounding is controlled and unbiased: each count becomes the multiple below or
 * above it, the totals add up, multiples stay, and on average nothing is added
 * or taken (L. H. Cox, "A Constructive Procedure for Unbiased Controlled
 * Rounding", Journal of the American Statistical Association 82, 1987,
 * 520-524). Which way it goes is drawn from a key, so the same table is the
 * same each time, and asking again tells nothing.
 *
 * Along every line, whatever else it shows leaves a hidden count of 1 to 4 all
 * four; over all lines at once it is never down to one, which
 * tests/report/protect.c tries with integer linear programming.
 */
#define PROTECT_BASE 5   /* counts below it are small */
#define PROTECT_ROWS 400 /* more than any table of a report has */
#define PROTECT_COLUMNS 8

enum protect_state {
	PROTECT_SHOWN,
	PROTECT_SMALL,  /* 1 to 4 */
	PROTECT_HIDDEN, /* so that a small one is not given back */
};

struct protect_cell {
	int64_t exact, shown; /* shown is a multiple of PROTECT_BASE */
	enum protect_state state;
};

/* Counts by row and column with the totals of both: row rows is the total of
 * the columns, column columns that of the rows. */
struct protect {
	size_t rows, columns;
	struct protect_cell *cells; /* (rows + 1) * (columns + 1) */
};

/*
 * counts has rows * columns of them, row by row, none negative; rows and
 * columns are 1 or more and at most the limits. *out is released with
 * protect_done().
 */
void protect_table(const int64_t *counts, size_t rows, size_t columns,
		   const uint8_t key[KEY_HASH_BYTES], struct protect *out);
void protect_done(struct protect *protect);

const struct protect_cell *protect_at(const struct protect *protect, size_t row,
				      size_t column);
