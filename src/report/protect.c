#include "report/protect.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* --- lines ----------------------------------------------------------------
 */

/*
 * A row or a column with its total last: of a column of totals, too. A table
 * has rows + 1 lines across and then columns + 1 lines down.
 */
struct line {
	struct protect_cell *first;
	size_t stride, length; /* length counts the total */
};

static size_t line_count(const struct protect *protect)
{
	return protect->rows + protect->columns + 2;
}

static struct line line_at(const struct protect *protect, size_t index)
{
	const size_t width = protect->columns + 1;

	if (index <= protect->rows)
		return (struct line){ protect->cells + index * width, 1,
				      width };
	return (struct line){ protect->cells + (index - protect->rows - 1),
			      width, protect->rows + 1 };
}

static struct protect_cell *cell_of(const struct line *line, size_t at)
{
	return line->first + at * line->stride;
}

/* --- rounding --------------------------------------------------------------
 */

/* Numbers below a limit, drawn from a key. */
struct draw {
	uint8_t key[KEY_HASH_BYTES];
	uint64_t count;
};

static int64_t draw_below(struct draw *draw, int64_t limit)
{
	uint8_t hash[KEY_HASH_BYTES];
	uint8_t bytes[KEY_HASH_BYTES + sizeof draw->count];
	uint64_t number;

	memcpy(bytes, draw->key, sizeof draw->key);
	memcpy(bytes + sizeof draw->key, &draw->count, sizeof draw->count);
	draw->count++;
	key_hash("foyer/shared/round/v1", bytes, sizeof bytes, hash);
	memcpy(&number, hash, sizeof number);
	/* The limit is at most 5: what the modulus favours is nothing. */
	return (int64_t)(number % (uint64_t)limit);
}

static bool is_loose(const struct protect_cell *cell)
{
	return cell->shown % PROTECT_BASE != 0;
}

/* The next loose cell of a line from a place on, round its end; one there is
 * always, as a line that adds up has none or two. */
static size_t next_loose(const struct line *line, size_t from)
{
	for (size_t i = 1; i <= line->length; i++) {
		const size_t at = (from + i) % line->length;

		if (is_loose(cell_of(line, at)))
			return at;
	}
	assert(!"a line with one loose cell");
	return from;
}

/* A cell that a cycle goes through. */
struct step {
	size_t row, column;
};

/*
 * Where a cell and its total move together, the line still adds up; two cells
 * of a line move against each other. So a cell of the totals' row, or of their
 * column, counts the other way.
 */
static int sign_of(const struct protect *protect, const struct step *step,
		   size_t place)
{
	int sign = place % 2 ? -1 : 1;

	if (step->row == protect->rows)
		sign = -sign;
	if (step->column == protect->columns)
		sign = -sign;
	return sign;
}

static struct protect_cell *step_cell(const struct protect *protect,
				      const struct step *step)
{
	return protect->cells + step->row * (protect->columns + 1) +
	       step->column;
}

/* How far the cells of a cycle move until the first is a multiple. */
static int64_t room(const struct protect *protect, const struct step *steps,
		    size_t count, int direction)
{
	int64_t least = PROTECT_BASE;

	for (size_t i = 0; i < count; i++) {
		const int64_t over =
		    step_cell(protect, &steps[i])->shown % PROTECT_BASE;
		const int64_t way =
		    sign_of(protect, &steps[i], i) * direction > 0
			? PROTECT_BASE - over
			: over;

		if (way < least)
			least = way;
	}
	return least;
}

static void shift(const struct protect *protect, const struct step *steps,
		  size_t count, int64_t by)
{
	for (size_t i = 0; i < count; i++)
		step_cell(protect, &steps[i])->shown +=
		    sign_of(protect, &steps[i], i) * by;
}

/* Up by u or down by d, d times in u + d the first: nothing on average. */
static void turn(const struct protect *protect, const struct step *steps,
		 size_t count, struct draw *draw)
{
	const int64_t up = room(protect, steps, count, 1);
	const int64_t down = room(protect, steps, count, -1);

	if (draw_below(draw, up + down) < down)
		shift(protect, steps, count, up);
	else
		shift(protect, steps, count, -down);
}

/*
 * Walks along loose cells, by a row and by a column in turns, until a row or a
 * column comes again: what lies between is a cycle. Steps are where the walk
 * went through; *first is the cycle's first of them.
 */
struct walk {
	struct step *steps;
	size_t count, first;
	size_t *rows, *columns; /* at which step each was come to, from 1 */
};

static void walk_init(const struct protect *protect, struct walk *walk)
{
	walk->steps = xcalloc(2 * (protect->rows + 1), sizeof *walk->steps);
	walk->rows = xcalloc(protect->rows + 1, sizeof *walk->rows);
	walk->columns = xcalloc(protect->columns + 1, sizeof *walk->columns);
}

static void walk_done(struct walk *walk)
{
	free(walk->steps);
	free(walk->rows);
	free(walk->columns);
}

/* Whether a row or column was come to before; notes that it is now. */
static bool is_again(struct walk *walk, size_t *met)
{
	if (*met) {
		walk->first = *met - 1;
		return true;
	}
	*met = walk->count + 1;
	return false;
}

static void find_cycle(const struct protect *protect, struct step at,
		       struct walk *walk)
{
	const size_t rows = protect->rows + 1;

	walk->count = 0;
	memset(walk->rows, 0, rows * sizeof *walk->rows);
	memset(walk->columns, 0,
	       (protect->columns + 1) * sizeof *walk->columns);
	for (;;) {
		const struct line across = line_at(protect, at.row);
		struct line down;

		if (is_again(walk, &walk->rows[at.row]))
			return;
		at.column = next_loose(&across, at.column);
		walk->steps[walk->count++] = at;
		if (is_again(walk, &walk->columns[at.column]))
			return;
		down = line_at(protect, rows + at.column);
		at.row = next_loose(&down, at.row);
		walk->steps[walk->count++] = at;
	}
}

static bool find_loose(const struct protect *protect, struct step *out)
{
	for (size_t row = 0; row <= protect->rows; row++) {
		for (size_t column = 0; column <= protect->columns; column++) {
			*out = (struct step){ row, column };
			if (is_loose(step_cell(protect, out)))
				return true;
		}
	}
	return false;
}

static void round_all(struct protect *protect,
		      const uint8_t key[KEY_HASH_BYTES])
{
	struct draw draw = { 0 };
	struct walk walk;
	struct step loose;

	memcpy(draw.key, key, sizeof draw.key);
	walk_init(protect, &walk);
	while (find_loose(protect, &loose)) {
		find_cycle(protect, loose, &walk);
		turn(protect, walk.steps + walk.first, walk.count - walk.first,
		     &draw);
	}
	walk_done(&walk);
}

/* --- hiding ----------------------------------------------------------------
 */

static size_t hidden_in(const struct line *line, size_t *where)
{
	size_t count = 0;

	for (size_t i = 0; i < line->length; i++) {
		if (cell_of(line, i)->state == PROTECT_SHOWN)
			continue;
		*where = i;
		count++;
	}
	return count;
}

/*
 * The least of a line's shown counts, which costs least to hide; its total only
 * where nothing else is left. NULL: what is left is nothing, and says so.
 */
static struct protect_cell *least_of(const struct line *line)
{
	struct protect_cell *total = cell_of(line, line->length - 1);
	struct protect_cell *least = NULL;

	for (size_t i = 0; i + 1 < line->length; i++) {
		struct protect_cell *cell = cell_of(line, i);

		if (cell->state == PROTECT_SHOWN && cell->exact &&
		    (!least || cell->exact < least->exact))
			least = cell;
	}
	if (!least && total->state == PROTECT_SHOWN && total->exact)
		least = total;
	return least;
}

/* --- what can be worked out ------------------------------------------------
 */

/* The least and the most that a count can be. */
struct range {
	int64_t low, high;
};
#define RANGE_MOST (INT64_MAX / 1024) /* as good as any number */

static struct range range_of(const struct protect_cell *cell)
{
	const int64_t most = PROTECT_BASE - 1;

	if (cell->state == PROTECT_SMALL)
		return (struct range){ 1, most };
	if (cell->state == PROTECT_HIDDEN)
		return (struct range){ PROTECT_BASE, RANGE_MOST };
	if (!cell->shown)
		return (struct range){ 0, 0 };
	/* What is shown is no small one. */
	return (struct range){ cell->shown - most < PROTECT_BASE
				   ? PROTECT_BASE
				   : cell->shown - most,
			       cell->shown + most };
}

/* The ranges of a table's cells, and a line of them. */
struct known {
	const struct protect *protect;
	struct range *ranges;
};

static struct range *range_at(const struct known *known,
			      const struct line *line, size_t at)
{
	return known->ranges + (cell_of(line, at) - known->protect->cells);
}

static bool narrow(struct range *range, int64_t low, int64_t high)
{
	const struct range before = *range;

	if (low > range->low)
		range->low = low;
	if (high < range->high)
		range->high = high;
	return before.low != range->low || before.high != range->high;
}

/* What the line's other cells leave to each; whether that was news. */
static bool narrow_line(const struct known *known, const struct line *line)
{
	const size_t last = line->length - 1;
	struct range *total = range_at(known, line, last);
	struct range sum = { 0, 0 };
	bool news;

	for (size_t i = 0; i < last; i++) {
		sum.low += range_at(known, line, i)->low;
		sum.high += range_at(known, line, i)->high;
	}
	news = narrow(total, sum.low, sum.high);
	for (size_t i = 0; i < last; i++) {
		struct range *range = range_at(known, line, i);
		const struct range others = { sum.low - range->low,
					      sum.high - range->high };

		if (narrow(range, total->low - others.high,
			   total->high - others.low)) {
			sum = (struct range){ others.low + range->low,
					      others.high + range->high };
			news = true;
		}
	}
	return news;
}

static bool is_open(const struct protect_cell *cell, const struct range *range)
{
	switch (cell->state) {
	case PROTECT_SMALL:
		return range->low == 1 && range->high == PROTECT_BASE - 1;
	case PROTECT_HIDDEN:
		return range->low < range->high;
	default:
		return true;
	}
}

/*
 * Goes over all lines as somebody would who has what is shown, until nothing
 * more follows, or a line says too much of a hidden count: *out is that one.
 */
static bool finds_out(const struct protect *protect, struct range *ranges,
		      struct line *out)
{
	const size_t cells = (protect->rows + 1) * (protect->columns + 1);
	const struct known known = { protect, ranges };
	bool news = true;

	for (size_t i = 0; i < cells; i++)
		ranges[i] = range_of(&protect->cells[i]);
	while (news) {
		news = false;
		for (size_t i = 0; i < line_count(protect); i++) {
			*out = line_at(protect, i);
			if (!narrow_line(&known, out))
				continue;
			news = true;
			for (size_t j = 0; j < out->length; j++) {
				if (!is_open(cell_of(out, j),
					     range_at(&known, out, j)))
					return true;
			}
		}
	}
	return false;
}

/* --- hiding until nothing can be ------------------------------------------
 */

/* No line has one hidden count alone. Hiding in one may leave another so. */
static void hide_second_ones(struct protect *protect)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < line_count(protect); i++) {
			const struct line line = line_at(protect, i);
			struct protect_cell *second;
			size_t where;

			if (hidden_in(&line, &where) != 1 ||
			    !(second = least_of(&line)))
				continue;
			second->state = PROTECT_HIDDEN;
			more = true;
		}
	}
}

/* Where a line has nothing left to hide, the least of the others' totals. */
static struct protect_cell *any_total(const struct protect *protect)
{
	const size_t lines = line_count(protect);
	struct protect_cell *cell = NULL;

	for (size_t i = 0; !cell && i < lines; i++) {
		/* Those of the totals come last in each direction. */
		const struct line line = line_at(protect, lines - 1 - i);

		cell = least_of(&line);
	}
	return cell;
}

static void hide_all(struct protect *protect)
{
	const size_t cells = (protect->rows + 1) * (protect->columns + 1);
	struct range *ranges = xcalloc(cells, sizeof *ranges);
	struct protect_cell *cell;
	struct line line;

	for (size_t i = 0; i < cells; i++) {
		cell = &protect->cells[i];
		if (cell->exact > 0 && cell->exact < PROTECT_BASE)
			cell->state = PROTECT_SMALL;
	}
	hide_second_ones(protect);
	while (finds_out(protect, ranges, &line)) {
		if (!(cell = least_of(&line)) && !(cell = any_total(protect)))
			break; /* nothing is shown any more */
		cell->state = PROTECT_HIDDEN;
		hide_second_ones(protect);
	}
	free(ranges);
}

/* --- the table -------------------------------------------------------------
 */

static void fill(const int64_t *counts, struct protect *protect)
{
	const size_t width = protect->columns + 1;

	for (size_t row = 0; row < protect->rows; row++) {
		for (size_t i = 0; i < protect->columns; i++) {
			const int64_t count =
			    counts[row * protect->columns + i];

			protect->cells[row * width + i].exact = count;
			protect->cells[row * width + width - 1].exact += count;
			protect->cells[protect->rows * width + i].exact +=
			    count;
			protect->cells[protect->rows * width + width - 1]
			    .exact += count;
		}
	}
	for (size_t i = 0; i < (protect->rows + 1) * width; i++)
		protect->cells[i].shown = protect->cells[i].exact;
}

void protect_table(const int64_t *counts, size_t rows, size_t columns,
		   const uint8_t key[KEY_HASH_BYTES], struct protect *out)
{
	assert(rows && rows <= PROTECT_ROWS && columns &&
	       columns <= PROTECT_COLUMNS);
	*out = (struct protect){
		.rows = rows,
		.columns = columns,
		.cells =
		    xcalloc((rows + 1) * (columns + 1), sizeof *out->cells),
	};
	fill(counts, out);
	round_all(out, key);
	hide_all(out);
}

void protect_done(struct protect *protect)
{
	free(protect->cells);
	*protect = (struct protect){ 0 };
}

const struct protect_cell *protect_at(const struct protect *protect, size_t row,
				      size_t column)
{
	return &protect->cells[row * (protect->columns + 1) + column];
}
