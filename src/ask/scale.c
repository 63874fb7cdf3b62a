#include "ask/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PLACES_MOST 9
#define ALMOST 1e-9 /* of a step: what fractions lose in binary */

static double number_of(const struct node *node, const char *name,
			double otherwise, int *places)
{
	const char *text = node_attribute(node, name);
	const char *point = text ? strchr(text, '.') : NULL;
	char *end;
	double number = text ? strtod(text, &end) : otherwise;
	int own = point ? (int)strspn(point + 1, "0123456789") : 0;

	if (!text || end == text || !isfinite(number))
		return otherwise;
	if (own > *places)
		*places = own < PLACES_MOST ? own : PLACES_MOST;
	return number;
}

static void read_marks(const struct node *node, struct scale *scale)
{
	const char *interval = node_odk_attribute(node, "tick-interval");
	const char *placeholder = node_odk_attribute(node, "placeholder");
	double places =
	    interval ? strtod(interval, NULL) / fabs(scale->step) : 1;

	scale->every = places >= 1 && places < (double)scale->count
			   ? (size_t)round(places)
			   : 1;
	scale->placeholder =
	    placeholder ? scale_place(scale, placeholder) : scale->count;
}

struct scale scale_of(const struct node *node)
{
	struct scale scale = { .count = 1 };
	double end, steps;

	scale.start = number_of(node, "start", 1, &scale.places);
	scale.step = fabs(number_of(node, "step", 1, &scale.places));
	end = number_of(node, "end", 10, &(int){ 0 });
	if (scale.step == 0)
		scale.step = 1;
	steps = floor(fabs(end - scale.start) / scale.step + ALMOST);
	if (end < scale.start)
		scale.step = -scale.step;
	scale.count += steps < SCALE_MAX - 1 ? (size_t)steps : SCALE_MAX - 1;
	read_marks(node, &scale);
	return scale;
}

/* "1.50" is "1.5", "2.0" is "2". */
static void cut_noughts(char *number)
{
	size_t length = strlen(number);

	if (!strchr(number, '.'))
		return;
	while (number[length - 1] == '0')
		number[--length] = 0;
	if (number[length - 1] == '.')
		number[length - 1] = 0;
}

char *scale_value(const struct scale *scale, size_t place)
{
	double number = scale->start + (double)place * scale->step;
	char *text;

	if (place >= scale->count)
		return xstrdup("");
	/* No "-0". */
	text = xasprintf("%.*f", scale->places,
			 fabs(number) < ALMOST ? 0.0 : number);
	cut_noughts(text);
	return text;
}

size_t scale_place(const struct scale *scale, const char *value)
{
	char *end;
	double number = strtod(value, &end), place;

	if (end == value)
		return scale->count;
	place = round((number - scale->start) / scale->step);
	return place >= 0 && place < (double)scale->count ? (size_t)place
							  : scale->count;
}

int scale_cell(const struct scale *scale, size_t place, int cells)
{
	return scale->count < 2 ? 0
				: (int)((double)place * (cells - 1) /
					    (double)(scale->count - 1) +
					0.5);
}

size_t scale_at_cell(const struct scale *scale, int cell, int cells)
{
	return cells < 2 ? 0
			 : (size_t)((double)cell * (double)(scale->count - 1) /
					(cells - 1) +
				    0.5);
}
