#pragma once

#include <stdbool.h>

/*
 * Days in the calendars people know their birthday by. What is kept is always
 * the Gregorian date (ISO 8601, proleptic, years 1 to 9999); these turn it
 * into another calendar and back, and name months and weekdays in a language.
 */
enum calendar {
	CALENDAR_GREGORIAN,
	CALENDAR_ETHIOPIC, /* years of mercy, 13 months */
	CALENDAR_COPTIC,   /* years of the martyrs, 13 months */
	CALENDAR_ISLAMIC_UMALQURA,
	CALENDAR_ISLAMIC_CIVIL, /* by rule; a day off from Umm al-Qura at times
				 */
	CALENDAR_PERSIAN,       /* solar Hijri */
	CALENDAR_BUDDHIST,      /* Gregorian months, year + 543 */
	CALENDAR_BIKRAM_SAMBAT, /* of Nepal; only the years of its table */
	CALENDAR_COUNT,
};

/* Months count from 1, days from 1. */
struct calendar_date {
	int year, month, day;
};

/*
 * The calendar of a name: ICU's and XLSForm's ("ethiopic" and "ethiopian",
 * "islamic" for Umm al-Qura). False for one we do not know, such as myanmar.
 */
bool calendar_named(const char *name, enum calendar *out);
const char *calendar_name(enum calendar calendar); /* "islamic-umalqura" */

/* The calendar that one of the words names, parted by blanks as a question's
 * appearance has them; false, *out untouched, where none does. */
bool calendar_among(const char *words, enum calendar *out);

/* The same day; false, *out untouched, where there is no such day. */
bool calendar_from_iso(enum calendar calendar, struct calendar_date iso,
		       struct calendar_date *out);
bool calendar_to_iso(enum calendar calendar, struct calendar_date date,
		     struct calendar_date *out);

/* The years that can be given in a calendar. */
struct calendar_years {
	int first, last;
};
struct calendar_years calendar_years(enum calendar calendar);

/* Months of every year: 12 or 13. Days of one month; 0 where there is none. */
int calendar_months(enum calendar calendar);
int calendar_days(enum calendar calendar, int year, int month);

/* The weekday of a Gregorian date: 0 Sunday to 6 Saturday; -1 if no date. */
int calendar_weekday(struct calendar_date iso);

enum calendar_width { CALENDAR_FULL, CALENDAR_SHORT };

/*
 * Names as they stand alone, in the language of a tag; where nobody has given
 * them names in it, the number of the month ("3"), and English for weekdays.
 * English ones are "Jan" to "Dec" and "Sun" to "Sat". They belong to this
 * module and stay.
 */
const char *calendar_month_name(enum calendar calendar, const char *language,
				int month, enum calendar_width width);
const char *calendar_weekday_name(const char *language, int weekday,
				  enum calendar_width width);

/* What the calendar itself is called in a language, else in English. */
const char *calendar_title(enum calendar calendar, const char *language);
