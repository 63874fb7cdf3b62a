#include "ui/sixel.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define BAND 6      /* rows of pixels in one band */
#define FIRST '?'   /* the sixel with no dot set */
#define SHORT_RUN 3 /* shorter runs cost less when written out */

struct theme_colour picture_colour(const struct theme_pair *pair, int level)
{
	int top = PICTURE_LEVELS - 1, half = top / 2;

#define MIX(part)                                                             \
	((pair->paper.part * (top - level) + pair->ink.part * level + half) / \
	 top)
	return (struct theme_colour){ MIX(red), MIX(green), MIX(blue) };
#undef MIX
}

void picture_done(struct picture *picture)
{
	if (picture->levels)
		explicit_bzero(picture->levels, (size_t)picture->width *
						    (size_t)picture->height);
	free(picture->levels);
	*picture = (struct picture){ 0 };
}

/* One band of a part, as columns of up to six pixels. */
struct band {
	const struct picture *picture;
	int y, x, width, height;
	int first[PICTURE_LEVELS], last[PICTURE_LEVELS]; /* extent of a level */
};

static uint8_t level_at(const struct band *band, int row, int column)
{
	const struct picture *picture = band->picture;

	return picture
	    ->levels[(size_t)(band->y + row) * (size_t)picture->width +
		     (size_t)(band->x + column)];
}

static void measure(struct band *band)
{
	for (int level = 0; level < PICTURE_LEVELS; level++)
		band->first[level] = band->last[level] = -1;
	for (int column = 0; column < band->width; column++) {
		for (int row = 0; row < band->height; row++) {
			int level = level_at(band, row, column);

			if (band->first[level] < 0)
				band->first[level] = column;
			band->last[level] = column;
		}
	}
}

static void add_run(struct bytes *out, char sixel, int count)
{
	if (count > SHORT_RUN) {
		bytes_add_format(out, "!%d%c", count, sixel);
		return;
	}
	for (int i = 0; i < count; i++)
		bytes_add_byte(out, (uint8_t)sixel);
}

static char dots(const struct band *band, int column, int level)
{
	int set = 0;

	for (int row = 0; row < band->height; row++)
		set |= (level_at(band, row, column) == level) << row;
	return (char)(FIRST + set);
}

static void add_level(struct bytes *out, const struct band *band, int level)
{
	int count = 0;
	char run = 0;

	bytes_add_format(out, "#%d", level);
	add_run(out, FIRST, band->first[level]);
	for (int column = band->first[level]; column <= band->last[level];
	     column++) {
		char sixel = dots(band, column, level);

		if (count && sixel != run) {
			add_run(out, run, count);
			count = 0;
		}
		run = sixel;
		count++;
	}
	add_run(out, run, count);
}

/* The background whole first, so that what is under the plate never shines
 * through; then each level of ink over it. */
static void add_band(struct bytes *out, struct band *band)
{
	measure(band);
	bytes_add_text(out, "#0");
	add_run(out, (char)(FIRST + (1 << band->height) - 1), band->width);
	for (int level = 1; level < PICTURE_LEVELS; level++) {
		if (band->first[level] < 0)
			continue;
		bytes_add_byte(out, '$');
		add_level(out, band, level);
	}
}

static void add_registers(struct bytes *out, const struct picture *picture,
			  const struct sixel_part *part,
			  const struct theme_pair *pair)
{
	bool used[PICTURE_LEVELS] = { true };

	for (int y = part->y; y < part->y + part->height; y++) {
		for (int x = part->x; x < part->x + part->width; x++)
			used[picture
				 ->levels[(size_t)y * (size_t)picture->width +
					  (size_t)x]] = true;
	}
	for (int level = 0; level < PICTURE_LEVELS; level++) {
		struct theme_colour mixed = picture_colour(pair, level);

		if (used[level])
			bytes_add_format(out, "#%d;2;%d;%d;%d", level,
					 mixed.red, mixed.green, mixed.blue);
	}
}

void sixel_add(struct bytes *out, const struct picture *picture,
	       const struct sixel_part *part, const struct theme_pair *pair)
{
	bytes_add_format(out, "\033P0;0;0q\"1;1;%d;%d", part->width,
			 part->height);
	add_registers(out, picture, part, pair);
	for (int y = 0; y < part->height; y += BAND) {
		struct band band = {
			.picture = picture,
			.y = part->y + y,
			.x = part->x,
			.width = part->width,
			.height =
			    part->height - y < BAND ? part->height - y : BAND,
		};

		if (y)
			bytes_add_byte(out, '-');
		add_band(out, &band);
	}
	bytes_add_text(out, "\033\\");
}
