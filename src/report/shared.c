#include "report/shared.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "report/protect.h"

/* --- keys ------------------------------------------------------------------
 */

/* What the rounding of some counts is drawn from: the site's secret, the table
 * and the counts. The same counts of other days are rounded the same way, lest
 * asking for many periods tells what they are. */
static void draw_key(const uint8_t seed[KEY_BYTES], const char *table,
		     const int64_t *counts, size_t count,
		     uint8_t key[KEY_HASH_BYTES])
{
	struct bytes bytes = { 0 };

	bytes_add(&bytes, seed, KEY_BYTES);
	bytes_add_text(&bytes, table);
	bytes_add_byte(&bytes, 0);
	bytes_add(&bytes, counts, count * sizeof *counts);
	key_hash("foyer/shared/v1", bytes.data, bytes.length, key);
	bytes_wipe(&bytes);
}

/* --- counts that belong together -------------------------------------------
 */

struct sharing {
	const struct wording *wording;
	const uint8_t *seed;
	struct figures *figures;
	size_t hidden;
};

static void give(struct sharing *sharing, const struct protect_cell *cell,
		 struct figure *figure)
{
	static const enum figure_kind kinds[] = {
		[PROTECT_SHOWN] = FIGURE_GIVEN,
		[PROTECT_SMALL] = FIGURE_SMALL,
		[PROTECT_HIDDEN] = FIGURE_HIDDEN,
	};

	if (cell->state != PROTECT_SHOWN)
		sharing->hidden++;
	figures_set(sharing->wording, TALLY_COUNT, kinds[cell->state],
		    cell->shown, figure);
}

/*
 * Counts in rows and columns: from first on, rows of them, columns from one on
 * that are parts of the column whole (0: of none).
 */
struct block {
	size_t first, rows;
	size_t column, columns;
	size_t whole;
	bool add; /* the rows add up, to the totals */
};

static struct figure *at(const struct figures *figures, size_t row,
			 size_t column)
{
	return &figures->cells[row * figures->width + column];
}

static void give_totals(struct sharing *sharing, const struct block *block,
			const struct protect *protect)
{
	struct figure *totals = sharing->figures->totals;

	for (size_t i = 0; i < block->columns; i++)
		give(sharing, protect_at(protect, block->rows, i),
		     &totals[block->column + i]);
	if (block->whole)
		give(sharing, protect_at(protect, block->rows, block->columns),
		     &totals[block->whole]);
}

static void protect_block(struct sharing *sharing, const struct block *block)
{
	struct figures *figures = sharing->figures;
	const size_t count = block->rows * block->columns;
	int64_t *counts = xcalloc(count, sizeof *counts);
	uint8_t key[KEY_HASH_BYTES];
	struct protect protect;

	for (size_t i = 0; i < count; i++)
		counts[i] = at(figures, block->first + i / block->columns,
			       block->column + i % block->columns)
				->number;
	draw_key(sharing->seed, figures->tally->name, counts, count, key);
	protect_table(counts, block->rows, block->columns, key, &protect);
	for (size_t row = 0; row < block->rows; row++) {
		for (size_t i = 0; i < block->columns; i++)
			give(
			    sharing, protect_at(&protect, row, i),
			    at(figures, block->first + row, block->column + i));
		if (block->whole)
			give(sharing, protect_at(&protect, row, block->columns),
			     at(figures, block->first + row, block->whole));
	}
	if (block->add && figures->totals)
		give_totals(sharing, block, &protect);
	protect_done(&protect);
	free(counts);
}

/* Where rows do not add up, each is a table of its own. */
static void protect_columns(struct sharing *sharing, struct block block)
{
	const size_t rows = sharing->figures->rows;

	block.add = sharing->figures->totals != NULL;
	if (block.add) {
		block.rows = rows;
		protect_block(sharing, &block);
		return;
	}
	block.rows = 1;
	for (size_t row = 0; row < rows; row++) {
		block.first = row;
		protect_block(sharing, &block);
	}
}

/* Whether the parts are in truth all of the whole, in every row. */
static bool adds_up(const struct figures *figures, size_t whole, size_t parts)
{
	for (size_t row = 0; row < figures->rows; row++) {
		int64_t sum = 0;

		for (size_t i = 1; i <= parts; i++)
			sum += at(figures, row, whole + i)->number;
		if (sum != at(figures, row, whole)->number)
			return false;
	}
	return true;
}

/* A column with its parts, which follow it; by themselves where what is parted
 * is more, or less, than they are. */
static size_t protect_with_parts(struct sharing *sharing, size_t whole)
{
	const struct figures *figures = sharing->figures;
	size_t parts = 0;

	while (whole + parts + 1 < figures->width &&
	       figures->columns[whole + parts + 1]->measure == TALLY_PART)
		parts++;
	if (parts && adds_up(figures, whole, parts)) {
		protect_columns(sharing, (struct block){ .column = whole + 1,
							 .columns = parts,
							 .whole = whole });
		return parts + 1;
	}
	for (size_t i = 0; i <= parts; i++)
		protect_columns(sharing, (struct block){ .column = whole + i,
							 .columns = 1 });
	return parts + 1;
}

void shared_protect(const struct wording *wording,
		    const uint8_t seed[KEY_BYTES], struct figures *figures,
		    size_t *hidden)
{
	struct sharing sharing = { wording, seed, figures, *hidden };
	size_t column = 0;

	for (size_t i = figures->width; i-- > 0;) {
		if (figures->columns[i]->measure != TALLY_BY &&
		    !figures_counts(figures, i))
			figures_drop(figures, i);
	}
	while (figures->rows && column < figures->width) {
		if (figures->columns[column]->measure == TALLY_BY)
			column++;
		else
			column += protect_with_parts(&sharing, column);
	}
	*hidden = sharing.hidden;
}

/* --- a report -------------------------------------------------------------
 */

static char *note_of(const struct wording *wording, size_t hidden,
		     const char *left)
{
	const struct catalogue_argument count = { "count", NULL,
						  (double)hidden };
	SCOPED(char_freep)
	char *first = catalogue_say(wording->words, "report.shared", &count, 1);
	SCOPED(char_freep)
	char *second = wording_or(wording, "report.left_out", "left out");

	return *left ? xasprintf("%s %s %s.", first, second, left)
		     : xstrdup(first);
}

static void leave_out(struct figures *figures, struct bytes *left)
{
	bytes_add_format(left, "%s%s", left->length ? ", " : "",
			 figures->title);
	figures_done(figures);
}

/* A table has a limit of rows, and a count is by two things at most. */
static bool may_share(const struct figures *figures)
{
	size_t by = 0, counts = 0;

	for (size_t i = 0; i < figures->width; i++) {
		if (figures->columns[i]->measure == TALLY_BY)
			by++;
		else if (figures_counts(figures, i))
			counts++;
	}
	return figures->tally->shared && figures->rows <= PROTECT_ROWS &&
	       (by == 1 || (by == 2 && counts == 1));
}

enum fault shared_read(const struct wording *wording,
		       const struct report *report, const struct period *period,
		       const uint8_t seed[KEY_BYTES],
		       enum shared_answer *answer, struct reported *out)
{
	const struct tally_period days = period_tally(period);
	struct bytes left = { 0 };
	size_t hidden = 0, kept = 0;
	int64_t people = 0;
	enum fault fault;

	*answer = SHARED_TOO_FEW;
	if ((fault = tally_people(wording->record, &days, &people)) ||
	    people < SHARED_PEOPLE)
		return fault;
	if ((fault = report_read(wording, report, period, out))) {
		reported_done(out);
		return fault;
	}
	for (size_t i = 0; i < out->count; i++) {
		if (!may_share(&out->tables[i])) {
			leave_out(&out->tables[i], &left);
			continue;
		}
		out->tables[kept++] = out->tables[i];
		shared_protect(wording, seed, &out->tables[kept - 1], &hidden);
	}
	out->count = kept;
	bytes_add_byte(&left, 0);
	out->note = note_of(wording, hidden, (const char *)left.data);
	bytes_done(&left);
	*answer = kept ? SHARED_MADE : SHARED_NOTHING;
	if (!kept)
		reported_done(out);
	return FAULT_NONE;
}
