#pragma once

#include <stdbool.h>

#include "text/calendar.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A date in three columns, day, month by name, and year, under the name of
 * its calendar, which can be changed. Nothing is preset; each column may stay
 * blank. Up and down change a column, yes goes to the next one, digits are
 * typed into the day and the year. On narrow scales the order is always day,
 * month, year from the start edge.
 *
 *            Ethiopian calendar  ⇄
 *        ▴           ▴           ▴
 *       12        Meskerem      1987
 *        ▾           ▾           ▾
 */
struct date;

struct date_options {
	const char *language;
	const enum calendar *calendars; /* offered, the first one shown */
	int calendar_count;             /* 1: none to change to */
	/* The year shown when up or down is first pressed on a blank year, and
	 * the range allowed, in Gregorian years. */
	int start_year, first_year, last_year;
};

enum date_event {
	DATE_IGNORED,
	DATE_MOVED,
	DATE_CHANGED, /* a part, or the calendar (parts are then blank again
			 unless the date was whole: it is kept, converted) */
	DATE_ENTERED, /* yes on the last column */
};

struct date *date_new(const struct date_options *options);
void date_free(struct date *date); /* NULL is fine; wipes */
DEFINE_SCOPED(struct date, date_free)

/* Parts as shown, in its calendar; 0 where blank. */
struct calendar_date date_parts(const struct date *date);
enum calendar date_calendar(const struct date *date);
void date_set(struct date *date, enum calendar calendar,
	      struct calendar_date parts);

/* The Gregorian date when all parts are there and make one. */
bool date_iso(const struct date *date, struct calendar_date *out);

#define DATE_ROWS 5 /* the height it wants; 3 is the least */
void date_draw(struct date *date, struct canvas *canvas,
	       struct canvas_area area, bool focused);
enum date_event date_key(struct date *date, const struct ui_event *event);
