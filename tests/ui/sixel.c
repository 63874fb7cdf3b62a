#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/chance.h"
#include "tests/support/sixel.h"
#include "tests/support/slow.h"
#include "ui/sixel.h"

static const struct theme_pair colours = { .ink = { 90, 80, 70 },
					   .paper = { 0, 10, 20 } };

static void a_small_picture_is_written_as_the_manual_says(void **state)
{
	uint8_t levels[] = { 0, 15, 0, 0, 0, 0, 0, 15 };
	const struct picture picture = { 4, 2, levels };
	const struct sixel_part all = { 0, 0, 2, 4 };
	struct bytes out = { 0 };

	(void)state;
	sixel_add(&out, &picture, &all, &colours);
	assert_string_equal((char *)out.data, "\033P0;0;0q\"1;1;4;2"
					      "#0;2;0;10;20#15;2;90;80;70"
					      "#0!4B$#15?@?A\033\\");
	bytes_done(&out);
}

static void levels_are_mixed_in_whole_percents(void **state)
{
	struct theme_colour none = picture_colour(&colours, 0);
	struct theme_colour half = picture_colour(&colours, 8);
	struct theme_colour full = picture_colour(&colours, 15);

	(void)state;
	assert_memory_equal(&none, &colours.paper, sizeof none);
	assert_memory_equal(&full, &colours.ink, sizeof full);
	assert_int_equal(half.red, 48);
	assert_int_equal(half.green, 47);
	assert_int_equal(half.blue, 47);
}

static void assert_decodes(const struct picture *picture,
			   const struct sixel_part *part)
{
	struct bytes out = { 0 };
	struct sixel_picture seen;

	sixel_add(&out, picture, part, &colours);
	assert_memory_equal(out.data, "\033P", 2);
	assert_memory_equal(out.data + out.length - 2, "\033\\", 2);
	assert_true(sixel_decode((char *)out.data + 2, out.length - 4, &seen));
	assert_int_equal(seen.width, part->width);
	assert_int_equal(seen.height, part->height);
	for (int y = 0; y < part->height; y++) {
		for (int x = 0; x < part->width; x++) {
			struct theme_colour wanted = picture_colour(
			    &colours,
			    picture->levels[(part->y + y) * picture->width +
					    part->x + x]);
			const uint8_t *got =
			    &seen.percents[(y * part->width + x) * 3];

			assert_int_equal(got[0], wanted.red);
			assert_int_equal(got[1], wanted.green);
			assert_int_equal(got[2], wanted.blue);
		}
	}
	sixel_picture_done(&seen);
	bytes_done(&out);
}

/* Runs of one level, as letters have them, and single dots. */
static void fill(struct chance *chance, struct picture *picture)
{
	int left = 0;
	uint8_t level = 0;

	for (int i = 0; i < picture->width * picture->height; i++, left--) {
		if (left <= 0) {
			left = (int)chance_below(chance, 9);
			level = chance_below(chance, 3)
				    ? 0
				    : (uint8_t)chance_below(chance, 16);
		}
		picture->levels[i] = level;
	}
}

static void every_picture_comes_back_dot_by_dot(void **state)
{
	struct chance chance = { 5 };

	(void)state;
	for (long i = 0; i < loops(300); i++) {
		int width = 1 + (int)chance_below(&chance, 60);
		int height = 1 + (int)chance_below(&chance, 20);
		struct picture picture = {
			width, height, calloc((size_t)(width * height), 1)
		};
		struct sixel_part part = {
			.y = (int)chance_below(&chance, (uint32_t)height),
			.x = (int)chance_below(&chance, (uint32_t)width),
		};

		part.height = height - part.y;
		part.width = width - part.x;
		fill(&chance, &picture);
		assert_decodes(&picture, &part);
		picture_done(&picture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_picture_is_written_as_the_manual_says),
		cmocka_unit_test(levels_are_mixed_in_whole_percents),
		cmocka_unit_test(every_picture_comes_back_dot_by_dot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
