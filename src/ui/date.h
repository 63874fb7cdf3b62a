#pragma once

#include <stdbool.h>

#include "text/calendar.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A date in three columns, day, month by name, and year, under the name of
 * its calendar and a key that asks for another; or month and year, or a year
 * alone. Nothing is preset: each column says what belongs there, and may stay
 * blank. Up and down change a column, yes goes to
 * the next one, digits of any script are typed into the day and the year, and
 * are shown as the language writes them. On narrow scales the order is always
 * day, month, year from the start edge.
 *
 *      Ethiopian  ⇄ Other calendar
 *        ▴           ▴           ▴
 *       12        Meskerem      1987
 *        ▾           ▾           ▾
 */
struct date;

enum date_from { DATE_FROM_DAY, DATE_FROM_MONTH, DATE_FROM_YEAR };
#define DATE_COLUMNS 3 /* each goes by the kind of date that begins with it */

struct date_options {
	const char *language;
	enum calendar calendar;
	const char *title;  /* what it is called; copied */
	const char *change; /* words of the key for another; NULL: no key */
	const char *names[DATE_COLUMNS]; /* of blank ones: "Day"; copied */
	enum date_from from;             /* its first column */
	/* The year shown when up or down is first pressed on a blank year, and
	 * the range allowed, in Gregorian years. */
	int start_year, first_year, last_year;
};

enum date_event {
	DATE_IGNORED,
	DATE_MOVED,
	DATE_CHANGED,       /* a part */
	DATE_ENTERED,       /* yes on the last column */
	DATE_ASKS_CALENDAR, /* the key was pressed: let one be picked, and see
			       date_show() */
};

struct date *date_new(const struct date_options *options);
void date_free(struct date *date); /* NULL is fine; wipes */
DEFINE_SCOPED(struct date, date_free)

/* From now on in this calendar: a whole date stays the same day, parts of one
 * are blank again, for they mean nothing in another. */
void date_show(struct date *date, enum calendar calendar, const char *title);

/* Parts as shown, in its calendar; 0 where blank. */
struct calendar_date date_parts(const struct date *date);
enum calendar date_calendar(const struct date *date);
void date_set(struct date *date, enum calendar calendar,
	      struct calendar_date parts);

/* Whether keys change this column now. */
bool date_focuses(const struct date *date, enum date_from column);

/* Whether a year is there that its calendar and the range allow. */
bool date_has_year(const struct date *date);

/* The Gregorian date when all parts are there and make one; of a month or a
 * year its first day. */
bool date_iso(const struct date *date, struct calendar_date *out);

/* The height it wants: more where plates fill two rows. */
#define DATE_ROWS 5
#define DATE_PLATE_ROWS 7
#define DATE_LEAST 3
#define DATE_CELLS 40 /* and the width */

/* The rows above its columns in an area of h rows. */
int date_above(const struct canvas *canvas, int h);
void date_draw(struct date *date, struct canvas *canvas,
	       struct canvas_area area, bool focused);
enum date_event date_key(struct date *date, const struct ui_event *event);
