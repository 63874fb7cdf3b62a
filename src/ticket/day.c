#include "ticket/day.h"

#include <stdio.h>
#include <string.h>

/*
 * Years are counted from March, so that the leap day is their last; 400 of
 * them have 146,097 days. Day 0 of this count is 0000-03-01.
 */
#define CYCLE 146097
#define TO_1970 719468

static int64_t day_of(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t m = (month + 9) % 12;

	return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	       1 - TO_1970;
}

void day_text(int64_t number, char text[DAY_TEXT])
{
	int64_t days = number + TO_1970, cycle = days / CYCLE;
	int64_t left = days % CYCLE;
	int64_t year =
	    (left - left / 1460 + left / 36524 - left / 146096) / 365;
	int64_t month, day;

	left -= 365 * year + year / 4 - year / 100;
	month = (5 * left + 2) / 153;
	day = left - (153 * month + 2) / 5 + 1;
	year += 400 * cycle + (month >= 10);
	month = month < 10 ? month + 3 : month - 9;
	snprintf(text, DAY_TEXT, "%04u-%02u-%02u", (unsigned)year % 10000,
		 (unsigned)month % 100, (unsigned)day % 100);
}

bool day_of_text(const char *text, int64_t *day)
{
	char again[DAY_TEXT];
	int year, month, date, used = 0;

	if (strspn(text, "0123456789-") != 10 ||
	    sscanf(text, "%4d-%2d-%2d%n", &year, &month, &date, &used) != 3 ||
	    used != 10 || text[10] || year < 1 || month < 1 || month > 12 ||
	    date < 1 || date > 31)
		return false;
	*day = day_of(year, month, date);
	/* 30 February is another day when written again. */
	day_text(*day, again);
	return strcmp(again, text) == 0;
}
