#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Dates and times as ODK writes them (XML Schema part 2 §3.2.7 and §3.2.9):
 * 2020-01-31, 2020-01-31T07:08:09.123+04:30. Proleptic Gregorian calendar,
 * years 0000 to 9999. Times are milliseconds since 1970-01-01.
 */
#define DAY_MS INT64_C(86400000)
#define DATE_TEXT_SIZE 40

struct moment {
	int64_t civil;  /* what calendar and clock show, as if in UTC */
	int64_t offset; /* how far the clock is ahead of UTC */
	bool timed;     /* has a time of day */
	bool placed;    /* has an offset; else it is local */
};

/* False for a text that is no date, and for a day there never was. */
bool moment_parse(const char *text, struct moment *out);

/* The same, and month and day may have one digit, as date() accepts them. */
bool moment_parse_loose(const char *text, struct moment *out);

/* A time of day, "07:08", "07:08:09.123Z", as one of 1970-01-01. */
bool moment_parse_time(const char *text, struct moment *out);

/* The instant, and what local calendar and clock show then. */
int64_t moment_instant(const struct moment *moment, const char *zone);
int64_t moment_local(const struct moment *moment, const char *zone);

/*
 * Days since 1970-01-01 by the calendar and clock that the moment itself
 * shows: whole for a date, in every zone.
 */
double moment_days(const struct moment *moment);

/*
 * The local moment that is days after 1970-01-01, to the nearest millisecond.
 * False outside the years above.
 */
bool moment_from_days(double days, struct moment *out);

/*
 * A local time on a clock that is offset ahead of UTC: as a date if it shows
 * midnight, otherwise with time and offset.
 */
void moment_print(int64_t local, int64_t offset, char text[DATE_TEXT_SIZE]);

/* The fields of a local time. */
struct moment_fields {
	int year, month, day; /* month and day count from 1 */
	int weekday;          /* 0 is Sunday */
	int hour, minute, second, millisecond;
};
struct moment_fields moment_fields(int64_t local);
