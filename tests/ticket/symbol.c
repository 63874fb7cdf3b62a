#include "tests/test.h"

#include <string.h>

#include "ticket/symbol.h"

/* TICKET.md §5: digits and paper give version, level and dots. */
static void each_class_has_its_geometry_on_each_paper(void **state)
{
	static const struct {
		int digits, width, version;
		enum symbol_level level;
		int dots, wide;
	} rows[] = {
		{ 628, 384, 12, SYMBOL_M, 5, 325 },
		{ 628, 576, 15, SYMBOL_Q, 6, 462 },
		{ 939, 384, 18, SYMBOL_Q, 4, 356 },
		{ 939, 576, 18, SYMBOL_Q, 6, 534 },
		{ 1483, 384, 19, SYMBOL_M, 4, 372 },
		{ 1483, 576, 19, SYMBOL_M, 6, 558 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(symbol_freep) struct symbol *symbol = NULL;
		char digits[1500] = { 0 };

		memset(digits, '5', (size_t)rows[i].digits);
		assert_int_equal(
		    symbol_for_width(digits, rows[i].width, &symbol),
		    FAULT_NONE);
		assert_int_equal(symbol_version(symbol), rows[i].version);
		assert_int_equal(symbol_level(symbol), rows[i].level);
		assert_int_equal(symbol_dots(symbol), rows[i].dots);
		assert_int_equal(symbol_size(symbol) * symbol_dots(symbol),
				 rows[i].wide);
	}
}

static void what_would_not_be_read_is_not_made(void **state)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	char digits[8000] = { 0 };

	(void)state;
	memset(digits, '5', 1483);
	assert_int_equal(symbol_for_width(digits, 300, &symbol), FAULT_LIMIT);
	memset(digits, '5', 7500);
	assert_int_equal(symbol_new(digits, SYMBOL_M, &symbol), FAULT_LIMIT);
	assert_null(symbol);
}

static void its_corners_are_finders_and_outside_is_light(void **state)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;
	int last;

	(void)state;
	assert_int_equal(symbol_new("0123456789", SYMBOL_Q, &symbol),
			 FAULT_NONE);
	last = symbol_size(symbol) - 1;
	assert_int_equal(last, 20);
	assert_true(symbol_dark(symbol, 0, 0));
	assert_true(symbol_dark(symbol, 0, last));
	assert_true(symbol_dark(symbol, last, 0));
	assert_false(symbol_dark(symbol, 1, 1));
	assert_false(symbol_dark(symbol, -1, 0));
	assert_false(symbol_dark(symbol, 0, last + 1));
	assert_int_equal(symbol_modules(symbol)[0] & 1, 1);
	assert_int_equal(symbol_dots(symbol), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_class_has_its_geometry_on_each_paper),
		cmocka_unit_test(what_would_not_be_read_is_not_made),
		cmocka_unit_test(its_corners_are_finders_and_outside_is_light),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
