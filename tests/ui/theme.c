#include "tests/test.h"

#include "base/memory.h"
#include "ui/theme.h"

static void text_stands_out_from_its_paper(void **state)
{
	static const struct {
		enum term_theme theme;
		double quiet, others;
	} least[] = {
		{ TERM_DARK, 4.5, 7 },
		{ TERM_LIGHT, 4.5, 7 },
		{ TERM_STRONG, 12, 12 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(least); i++) {
		for (int colour = 0; colour < CANVAS_COLOURS; colour++) {
			double contrast = theme_contrast(theme_pair(
			    least[i].theme, (enum canvas_colour)colour));

			print_message("theme %zu, colour %d: %.2f\n", i, colour,
				      contrast);
			assert_true(contrast >= (colour == CANVAS_QUIET
						     ? least[i].quiet
						     : least[i].others));
		}
	}
}

/* What is under the focus stands out from the paper beside it, too. */
static void the_focus_stands_out_from_the_paper_around_it(void **state)
{
	(void)state;
	for (int theme = 0; theme < 3; theme++) {
		const struct theme_pair *ink =
		    theme_pair((enum term_theme)theme, CANVAS_INK);
		const struct theme_pair *focus =
		    theme_pair((enum term_theme)theme, CANVAS_FOCUS);
		const struct theme_pair sides = { .ink = focus->paper,
						  .paper = ink->paper };

		assert_true(theme_contrast(&sides) >= 3);
	}
}

static void contrast_is_as_wcag_defines_it(void **state)
{
	const struct theme_pair extremes = { .ink = { 0, 0, 0 },
					     .paper = { 100, 100, 100 } };
	const struct theme_pair same = { .ink = { 40, 40, 40 },
					 .paper = { 40, 40, 40 } };
	/* #767676 on white, the usual example of 4.54:1. */
	const struct theme_pair grey = { .ink = { 46, 46, 46 },
					 .paper = { 100, 100, 100 } };

	(void)state;
	assert_float_equal(theme_contrast(&extremes), 21, 0.001);
	assert_float_equal(theme_contrast(&same), 1, 0.001);
	assert_float_equal(theme_contrast(&grey), 4.6, 0.1);
}

static void the_focus_is_ink_and_paper_the_other_way_round(void **state)
{
	(void)state;
	for (int theme = 0; theme < 3; theme++) {
		const struct theme_pair *ink =
		    theme_pair((enum term_theme)theme, CANVAS_INK);
		const struct theme_pair *focus =
		    theme_pair((enum term_theme)theme, CANVAS_FOCUS);
		bool dark_paper = ink->paper.green < ink->ink.green;
		bool dark_focus = focus->paper.green < focus->ink.green;

		assert_int_not_equal(dark_paper, dark_focus);
	}
}

static void the_nearest_of_the_256_colours_is_found(void **state)
{
	static const struct {
		struct theme_colour colour;
		int number;
	} cases[] = {
		{ { 0, 0, 0 }, 16 },    { { 100, 100, 100 }, 231 },
		{ { 100, 0, 0 }, 196 }, { { 50, 50, 50 }, 244 },
		{ { 37, 53, 69 }, 67 }, { { 3, 3, 3 }, 232 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(theme_nearest(cases[i].colour),
				 cases[i].number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stands_out_from_its_paper),
		cmocka_unit_test(the_focus_stands_out_from_the_paper_around_it),
		cmocka_unit_test(contrast_is_as_wcag_defines_it),
		cmocka_unit_test(
		    the_focus_is_ink_and_paper_the_other_way_round),
		cmocka_unit_test(the_nearest_of_the_256_colours_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
