#include "report/protect.h"

#include <glpk.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/support/chance.h"
#include "tests/support/slow.h"
#include "tests/test.h"

static const uint8_t key[KEY_HASH_BYTES] = { 1, 2, 3 };

/* "10 <5 . | 15" a row, "." for what is hidden, the totals last. */
static char *shown(const struct protect *protect)
{
	static char text[4096];
	char *at = text;

	for (size_t row = 0; row <= protect->rows; row++) {
		for (size_t i = 0; i <= protect->columns; i++) {
			const struct protect_cell *cell =
			    protect_at(protect, row, i);

			if (cell->state == PROTECT_SHOWN)
				at += sprintf(at, "%lld ",
					      (long long)cell->shown);
			else
				at += sprintf(at, cell->state == PROTECT_SMALL
						      ? "<5 "
						      : ". ");
		}
		at += sprintf(at, "\n");
	}
	return text;
}

static void a_table_of_large_counts_is_only_rounded(void **state)
{
	static const int64_t counts[] = { 10, 25, 40, 55 };
	struct protect protect;

	(void)state;
	protect_table(counts, 2, 2, key, &protect);
	assert_string_equal(shown(&protect), "10 25 35 \n"
					     "40 55 95 \n"
					     "50 80 130 \n");
	protect_done(&protect);
}

static void small_counts_are_hidden_and_never_alone(void **state)
{
	/* Any one hidden would be the total less the others. */
	static const int64_t counts[] = { 3,  20, 30, //
					  10, 15, 25, //
					  35, 40, 50 };
	struct protect protect;

	(void)state;
	protect_table(counts, 3, 3, key, &protect);
	assert_int_equal(protect_at(&protect, 0, 0)->state, PROTECT_SMALL);
	/* The corners of a rectangle: its row's least, its column's, and the
	 * one that those two leave alone. */
	assert_int_equal(protect_at(&protect, 0, 1)->state, PROTECT_HIDDEN);
	assert_int_equal(protect_at(&protect, 1, 0)->state, PROTECT_HIDDEN);
	assert_int_equal(protect_at(&protect, 1, 1)->state, PROTECT_HIDDEN);
	assert_int_equal(protect_at(&protect, 2, 2)->state, PROTECT_SHOWN);
	assert_int_equal(protect_at(&protect, 3, 3)->state, PROTECT_SHOWN);
	protect_done(&protect);
}

static void nothing_is_shown_as_nothing(void **state)
{
	static const int64_t counts[] = { 0, 0, 0, 100 };
	struct protect protect;

	(void)state;
	protect_table(counts, 2, 2, key, &protect);
	assert_string_equal(shown(&protect),
			    "0 0 0 \n0 100 100 \n0 100 100 \n");
	protect_done(&protect);
}

static void many_fours_do_not_give_each_other_away(void **state)
{
	/* They are 16: a total of 20 could be of nothing but fours. */
	static const int64_t counts[] = { 4, 4, 4, 4 };

	(void)state;
	for (uint8_t i = 0; i < 20; i++) {
		const uint8_t other[KEY_HASH_BYTES] = { i };
		struct protect protect;

		protect_table(counts, 1, 4, other, &protect);
		assert_true(protect_at(&protect, 0, 4)->state !=
				PROTECT_SHOWN ||
			    protect_at(&protect, 0, 4)->shown < 20);
		protect_done(&protect);
	}
}

/* --- properties ------------------------------------------------------------
 */

/* Skewed to the small, as tables of people are; a quarter of the tables have
 * the most there can be of what is hidden. */
static void draw_counts(struct chance *chance, int64_t *counts, size_t count)
{
	static const uint32_t limits[] = { 1, 5, 8, 12, 40 };
	const bool fours = chance_below(chance, 4) == 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t limit =
		    limits[chance_below(chance, COUNT(limits))];

		counts[i] = fours ? 4 - chance_below(chance, 10) / 9
				  : chance_below(chance, limit);
	}
}

static void draw_table(struct chance *chance, size_t most,
		       struct protect *protect)
{
	const size_t rows = 1 + chance_below(chance, (uint32_t)most);
	const size_t columns = 1 + chance_below(chance, 4);
	uint8_t random[KEY_HASH_BYTES];
	int64_t *counts = xcalloc(rows * columns, sizeof *counts);

	draw_counts(chance, counts, rows * columns);
	chance_bytes(chance, random, sizeof random);
	protect_table(counts, rows, columns, random, protect);
	free(counts);
}

static void what_is_rounded_is_near_and_adds_up(void **state)
{
	struct chance chance = { 1 };

	(void)state;
	for (int round = 0; round < loops(2000); round++) {
		struct protect protect;

		draw_table(&chance, 12, &protect);
		for (size_t row = 0; row <= protect.rows; row++) {
			int64_t sum = 0;

			for (size_t i = 0; i <= protect.columns; i++) {
				const struct protect_cell *cell =
				    protect_at(&protect, row, i);

				assert_int_equal(cell->shown % PROTECT_BASE, 0);
				assert_true(llabs(cell->shown - cell->exact) <
					    PROTECT_BASE);
				sum += i < protect.columns ? cell->shown
							   : -cell->shown;
			}
			assert_int_equal(sum, 0);
		}
		protect_done(&protect);
	}
}

static void rounding_adds_and_takes_nothing_on_average(void **state)
{
	static const int64_t counts[] = { 6, 7, 8, 9, 11, 13 };
	const long tries = loops(4000);
	double sum = 0;
	struct chance chance = { 7 };

	(void)state;
	for (long i = 0; i < tries; i++) {
		uint8_t random[KEY_HASH_BYTES];
		struct protect protect;

		chance_bytes(&chance, random, sizeof random);
		protect_table(counts, 2, 3, random, &protect);
		sum += (double)(protect_at(&protect, 0, 1)->shown - 7);
		protect_done(&protect);
	}
	/* A try is at most 3 off, and the draws are the same each run. */
	assert_true(sum / (double)tries < (tries < 4000 ? 2 : 0.2));
	assert_true(sum / (double)tries > (tries < 4000 ? -2 : -0.2));
}

static void the_same_table_is_the_same_each_time(void **state)
{
	static const int64_t counts[] = { 6, 7, 8, 9, 11, 13 };
	struct protect one, two;
	char first[4096];

	(void)state;
	protect_table(counts, 2, 3, key, &one);
	strcpy(first, shown(&one));
	protect_table(counts, 2, 3, key, &two);
	assert_string_equal(first, shown(&two));
	protect_done(&one);
	protect_done(&two);
}

/* --- an attack -------------------------------------------------------------
 */

/*
 * Whoever has what is shown, and knows how it is made, writes down all that
 * must be so and asks for the least and the most that a hidden count may be:
 * integer linear programming. Of each cell there is its count x and what it is
 * rounded to, 5 y, which both add up along every line.
 */
struct attack {
	glp_prob *problem;
	const struct protect *protect;
	size_t cells;
};

static void bound(glp_prob *problem, int column, int64_t low, int64_t high)
{
	glp_set_col_kind(problem, column, GLP_IV);
	glp_set_col_bnds(problem, column, low == high ? GLP_FX : GLP_DB,
			 (double)low, (double)high);
}

#define MOST 1000 /* far above any count that is drawn */

static void bound_cell(struct attack *attack, size_t index)
{
	const struct protect_cell *cell = &attack->protect->cells[index];
	const int x = 1 + (int)index, y = x + (int)attack->cells;
	int row = glp_add_rows(attack->problem, 1);

	if (cell->state == PROTECT_SMALL) {
		bound(attack->problem, x, 1, 4);
		bound(attack->problem, y, 0, 1);
	} else if (cell->state == PROTECT_HIDDEN) {
		bound(attack->problem, x, 5, MOST);
		bound(attack->problem, y, 1, MOST);
	} else {
		bound(attack->problem, x, cell->shown ? 5 : 0,
		      cell->shown ? cell->shown + 4 : 0);
		bound(attack->problem, y, cell->shown / 5, cell->shown / 5);
	}
	/* -4 <= x - 5 y <= 4 */
	glp_set_row_bnds(attack->problem, row, GLP_DB, -4, 4);
	glp_set_mat_row(attack->problem, row, 2, (int[]){ 0, x, y },
			(double[]){ 0, 1, -5 });
}

static void add_line(struct attack *attack, size_t first, size_t stride,
		     size_t length)
{
	int columns[32];
	double weights[32];

	for (int half = 0; half < 2; half++) {
		int row = glp_add_rows(attack->problem, 1);

		for (size_t i = 0; i < length; i++) {
			columns[i + 1] = 1 + (int)(first + i * stride) +
					 half * (int)attack->cells;
			weights[i + 1] = i + 1 < length ? 1 : -1;
		}
		glp_set_row_bnds(attack->problem, row, GLP_FX, 0, 0);
		glp_set_mat_row(attack->problem, row, (int)length, columns,
				weights);
	}
}

static struct attack attack_new(const struct protect *protect)
{
	const size_t width = protect->columns + 1, height = protect->rows + 1;
	struct attack attack = { glp_create_prob(), protect, width * height };

	glp_add_cols(attack.problem, 2 * (int)attack.cells);
	for (size_t i = 0; i < attack.cells; i++)
		bound_cell(&attack, i);
	for (size_t row = 0; row < height; row++)
		add_line(&attack, row * width, 1, width);
	for (size_t i = 0; i < width; i++)
		add_line(&attack, i, width, height);
	return attack;
}

/* The least (direction 1) or most that a cell may be. */
static int64_t extreme(struct attack *attack, size_t index, int direction)
{
	glp_iocp options;
	int64_t value;

	glp_init_iocp(&options);
	options.presolve = GLP_ON;
	options.msg_lev = GLP_MSG_OFF;
	glp_set_obj_dir(attack->problem, direction > 0 ? GLP_MIN : GLP_MAX);
	glp_set_obj_coef(attack->problem, 1 + (int)index, 1);
	assert_int_equal(glp_intopt(attack->problem, &options), 0);
	value = (int64_t)(glp_mip_obj_val(attack->problem) + 0.5);
	glp_set_obj_coef(attack->problem, 1 + (int)index, 0);
	return value;
}

static void nobody_recovers_a_hidden_count(void **state)
{
	struct chance chance = { 4 };
	size_t hidden = 0, recovered = 0, narrowed = 0;

	(void)state;
	glp_term_out(GLP_OFF);
	for (int round = 0; round < loops(300); round++) {
		struct protect protect;
		struct attack attack;

		draw_table(&chance, 4, &protect);
		attack = attack_new(&protect);
		for (size_t i = 0; i < attack.cells; i++) {
			const struct protect_cell *cell = &protect.cells[i];
			int64_t low, high;

			if (cell->state == PROTECT_SHOWN)
				continue;
			low = extreme(&attack, i, 1);
			high = extreme(&attack, i, -1);
			assert_true(low <= cell->exact && cell->exact <= high);
			hidden++;
			recovered += low == high;
			narrowed += cell->state == PROTECT_SMALL &&
				    (low > 1 || high < 4);
			if (low == high)
				print_error("%s", shown(&protect));
		}
		glp_delete_prob(attack.problem);
		protect_done(&protect);
	}
	glp_free_env();
	print_message("%zu hidden, %zu recovered, %zu narrowed\n", hidden,
		      recovered, narrowed);
	assert_int_equal(recovered, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_of_large_counts_is_only_rounded),
		cmocka_unit_test(small_counts_are_hidden_and_never_alone),
		cmocka_unit_test(nothing_is_shown_as_nothing),
		cmocka_unit_test(many_fours_do_not_give_each_other_away),
		cmocka_unit_test(what_is_rounded_is_near_and_adds_up),
		cmocka_unit_test(rounding_adds_and_takes_nothing_on_average),
		cmocka_unit_test(the_same_table_is_the_same_each_time),
		cmocka_unit_test(nobody_recovers_a_hidden_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
