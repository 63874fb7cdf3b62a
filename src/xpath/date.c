#include "xpath/date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/zone.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS (60 * MINUTE_MS)
#define YEAR_LAST 9999

/*
 * Days since 1970-01-01 in the Gregorian calendar, counted in years that
 * start in March, so that the leap day is the last: eras of 400 years and
 * 146,097 days.
 */
static int64_t days_of(int64_t year, int month, int day)
{
	int64_t shifted = month <= 2 ? year - 1 : year;
	int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
	int64_t of_era = shifted - era * 400;
	int64_t of_year =
	    (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static void date_of(int64_t days, int *year, int *month, int *day)
{
	int64_t shifted = days + 719468;
	int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	int64_t of_era = shifted - era * 146097;
	int64_t years =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * years + years / 4 - years / 100);
	int64_t march = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * march + 2) / 5 + 1);
	*month = (int)(march < 10 ? march + 3 : march - 9);
	*year = (int)(years + era * 400 + (*month <= 2));
}

static int days_in(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

/* Reads least to most digits; -1 if there are fewer. */
static int digits(const char **at, int least, int most)
{
	int value = 0, count = 0;

	while (count < most && **at >= '0' && **at <= '9') {
		value = value * 10 + (**at - '0');
		(*at)++;
		count++;
	}
	return count < least ? -1 : value;
}

static bool skip(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool read_date(const char **at, int least, struct moment *out)
{
	int year, month, day;

	year = digits(at, 4, 4);
	if (year < 0 || !skip(at, '-'))
		return false;
	month = digits(at, least, 2);
	if (month < 1 || month > 12 || !skip(at, '-'))
		return false;
	day = digits(at, least, 2);
	if (day < 1 || day > days_in(year, month))
		return false;
	out->civil = days_of(year, month, day) * DAY_MS;
	return true;
}

/* A fraction of a second; what is finer than a millisecond is cut. */
static int64_t read_fraction(const char **at)
{
	int64_t value = 0, scale = 100;

	if (**at < '0' || **at > '9')
		return -1;
	for (; **at >= '0' && **at <= '9'; (*at)++, scale /= 10)
		value += (**at - '0') * scale;
	return value;
}

static bool read_clock(const char **at, struct moment *out)
{
	int hour = digits(at, 2, 2), minute = 0, second = 0;
	int64_t fraction = 0;

	if (skip(at, ':')) {
		minute = digits(at, 2, 2);
		if (skip(at, ':')) {
			second = digits(at, 2, 2);
			if (skip(at, '.'))
				fraction = read_fraction(at);
		}
	}
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
	    second > 59 || fraction < 0)
		return false;
	out->civil +=
	    hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + fraction;
	out->timed = true;
	return true;
}

/* Z, +04:30 or nothing, and then the end. */
static bool read_offset(const char **at, struct moment *out)
{
	bool west = **at == '-';
	int hours, minutes;

	if (skip(at, 'Z')) {
		out->placed = true;
	} else if (**at == '+' || west) {
		(*at)++;
		hours = digits(at, 2, 2);
		if (!skip(at, ':'))
			return false;
		minutes = digits(at, 2, 2);
		if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59)
			return false;
		out->offset =
		    (west ? -1 : 1) * (hours * HOUR_MS + minutes * MINUTE_MS);
		out->placed = true;
	}
	return **at == '\0';
}

static bool parse(const char *text, int least, struct moment *out)
{
	const char *at = text;

	*out = (struct moment){ 0 };
	if (!read_date(&at, least, out))
		return false;
	if (*at == '\0')
		return true;
	return skip(&at, 'T') && read_clock(&at, out) && read_offset(&at, out);
}

bool moment_parse(const char *text, struct moment *out)
{
	return parse(text, 2, out);
}

bool moment_parse_loose(const char *text, struct moment *out)
{
	return parse(text, 1, out);
}

bool moment_parse_time(const char *text, struct moment *out)
{
	*out = (struct moment){ 0 };
	if (!strchr(text, ':'))
		return false;
	return read_clock(&text, out) && read_offset(&text, out);
}

int64_t moment_instant(const struct moment *moment, const char *zone)
{
	return moment->placed ? moment->civil - moment->offset
			      : zone_to_utc(zone, moment->civil);
}

int64_t moment_local(const struct moment *moment, const char *zone)
{
	int64_t utc = moment->civil - moment->offset;

	return moment->placed ? utc + zone_offset(zone, utc) : moment->civil;
}

double moment_days(const struct moment *moment)
{
	return (double)moment->civil / (double)DAY_MS;
}

bool moment_from_days(double days, struct moment *out)
{
	double first = (double)days_of(0, 1, 1);
	double end = (double)days_of(YEAR_LAST + 1, 1, 1);

	/* Written so that NaN fails too. */
	if (!(days >= first && days < end))
		return false;
	*out = (struct moment){ .civil = llround(days * (double)DAY_MS) };
	out->timed = out->civil % DAY_MS != 0;
	return out->civil < (int64_t)end * DAY_MS;
}

struct moment_fields moment_fields(int64_t local)
{
	int64_t days = local / DAY_MS - (local % DAY_MS < 0);
	int64_t rest = local - days * DAY_MS;
	struct moment_fields fields = {
		.weekday = (int)(((days + 4) % 7 + 7) % 7),
		.hour = (int)(rest / HOUR_MS),
		.minute = (int)(rest / MINUTE_MS % 60),
		.second = (int)(rest / 1000 % 60),
		.millisecond = (int)(rest % 1000),
	};

	date_of(days, &fields.year, &fields.month, &fields.day);
	return fields;
}

void moment_print(int64_t local, int64_t offset, char text[DATE_TEXT_SIZE])
{
	struct moment_fields f = moment_fields(local);
	int minutes = (int)(llabs(offset) / MINUTE_MS);
	int length;

	length = snprintf(text, DATE_TEXT_SIZE, "%04d-%02d-%02d", f.year,
			  f.month, f.day);
	if (local % DAY_MS == 0)
		return;
	snprintf(text + length, DATE_TEXT_SIZE - (size_t)length,
		 "T%02d:%02d:%02d.%03d%c%02d:%02d", f.hour, f.minute, f.second,
		 f.millisecond, offset < 0 ? '-' : '+', minutes / 60 % 100,
		 minutes % 60);
}
