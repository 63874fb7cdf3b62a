#include "form/geo.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/value.h"

#define BLANK " \t\r\n"
#define NUMBERS 4 /* of a point: latitude, longitude, altitude, accuracy */

struct point {
	double numbers[NUMBERS];
	size_t count;
};

/* Words behind the fourth mean nothing; no place is 0 0. */
static bool read_point(char *text, struct point *out)
{
	char *save = NULL;

	*out = (struct point){ 0 };
	for (char *at = text, *word;
	     out->count < NUMBERS && (word = strtok_r(at, BLANK, &save));
	     at = NULL) {
		if (!value_number(word, &out->numbers[out->count++]))
			return false;
	}
	return out->count >= 2 && fabs(out->numbers[0]) <= 90 &&
	       fabs(out->numbers[1]) <= 180 &&
	       (out->numbers[0] != 0 || out->numbers[1] != 0);
}

static void add_point(struct bytes *out, const struct point *point)
{
	if (out->length)
		bytes_add_byte(out, ';');
	for (size_t i = 0; i < point->count; i++) {
		SCOPED(char_freep)
		char *number = value_decimal(point->numbers[i]);

		bytes_add_format(out, "%s%s", i ? " " : "", number);
	}
}

static bool same_place(const struct point *one, const struct point *other)
{
	return one->numbers[0] == other->numbers[0] &&
	       one->numbers[1] == other->numbers[1];
}

static bool is_of(const char *type, size_t points, bool closed)
{
	if (strcmp(type, "geopoint") == 0)
		return points == 1;
	return strcmp(type, "geotrace") == 0 ? points >= 2 && !closed
					     : points >= 3 && closed;
}

/* The points of text, which is cut up, into out. */
static bool settle(const char *type, char *text, struct bytes *out)
{
	struct point first = { 0 }, point = { 0 };
	size_t points = 0;

	for (char *next = text; next;) {
		char *at = strsep(&next, ";");

		/* Nothing behind the last ";" */
		if (!next && points && !at[strspn(at, BLANK)])
			break;
		if (!read_point(at, &point))
			return false;
		if (!points++)
			first = point;
		add_point(out, &point);
	}
	return is_of(type, points, same_place(&first, &point));
}

char *geo_settle(const char *type, const char *text)
{
	char *copy = xstrdup(text);
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	if (!settle(type, copy, &out))
		bytes_wipe(&out);
	bytes_add_text(&out, "");
	wipe_free(copy);
	return bytes_take_text(&out);
}
