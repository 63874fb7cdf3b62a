#include "tests/test.h"

#include "print/escpos.h"
#include "print/picture.h"
#include "scan/picture.h"

static int ink_of(const struct picture *picture)
{
	int dots = 0;

	for (int y = 0; y < picture->height; y++)
		for (int x = 0; x < picture->width; x++)
			dots += picture_dot(picture, x, y);
	return dots;
}

static void a_dot_is_the_highest_bit_first(void **state)
{
	SCOPED(picture_freep) struct picture *picture = picture_new(16, 2);

	(void)state;
	picture_ink(picture, 0, 0);
	picture_ink(picture, 9, 1);
	assert_int_equal(picture->bits[0], 0x80);
	assert_int_equal(picture->bits[3], 0x40);
	assert_true(picture_dot(picture, 9, 1));
	assert_false(picture_dot(picture, 9, 0));
}

static void moving_takes_everything_along_and_loses_what_leaves(void **state)
{
	static const struct {
		int from, by, to; /* to -1: lost */
	} moves[] = {
		{ 0, 3, 3 },   { 5, 3, 8 },  { 12, 3, 15 },
		{ 13, 3, -1 }, { 5, -3, 2 }, { 2, -3, -1 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(moves); i++) {
		SCOPED(picture_freep)
		struct picture *picture = picture_new(16, 1);
		SCOPED(picture_freep) struct picture *moved = NULL;

		picture_ink(picture, moves[i].from, 0);
		moved = picture_moved(picture, moves[i].by);
		assert_int_equal(ink_of(moved), moves[i].to >= 0);
		if (moves[i].to >= 0)
			assert_true(picture_dot(moved, moves[i].to, 0));
	}
}

static void a_png_holds_the_dots_between_its_margins(void **state)
{
	SCOPED(picture_freep) struct picture *picture = picture_new(8, 3);
	struct bytes png = { 0 };

	(void)state;
	picture_ink(picture, 1, 2);
	picture_png(picture, 4, &png);
	assert_true(png.length > 33);
	assert_memory_equal(png.data, "\x89PNG\r\n\x1a\n", 8);
	assert_int_equal(png.data[19], 16); /* width */
	assert_int_equal(png.data[23], 3);  /* height */
	assert_int_equal(png.data[25], 0);  /* grey */
	bytes_done(&png);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dot_is_the_highest_bit_first),
		cmocka_unit_test(
		    moving_takes_everything_along_and_loses_what_leaves),
		cmocka_unit_test(a_png_holds_the_dots_between_its_margins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
