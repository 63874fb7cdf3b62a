#include "ask/heading.h"

#include "tests/test.h"

/* How many rows a heading is given, by text size and room. */

static int rows_taken(int percent, int room, bool plates, const char *words)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(20, 60, plates);
	int rows;

	canvas_magnify(canvas, percent);
	rows = heading_draw(canvas,
			    &(struct canvas_text){ .h = room,
						   .w = 56,
						   .text = words,
						   .language = "en",
						   .style = CANVAS_HEADING,
						   .caret = -1 },
			    2);
	/* What follows has the size that was asked for. */
	assert_int_equal(canvas_percent(canvas), percent);
	return rows;
}

static void it_grows_where_there_are_rows(void **state)
{
	static const char *const words =
	    "What do you want help with? Pick all that you want.";
	static const struct {
		int percent, room, rows;
		bool plates;
	} cases[] = {
		{ 100, 6, 2, true },
		{ 200, 6, 6, true },
		{ 150, 6, 6, true },
		/* No room for that: as large as its rows let it be. */
		{ 200, 3, 3, true },
		{ 200, 5, 5, true },
		/* Cells know one size. */
		{ 200, 6, 1, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(rows_taken(cases[i].percent, cases[i].room,
					    cases[i].plates, words),
				 cases[i].rows);
	/* A short one is larger within its usual rows. */
	assert_int_equal(rows_taken(200, 2, true, "Do you work now?"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_grows_where_there_are_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
