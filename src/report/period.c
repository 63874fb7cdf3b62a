#include "report/period.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"

/* The first moment of a local day. */
static int64_t midnight(const char *day)
{
	struct tm local = { .tm_isdst = -1 };

	(void)sscanf(day, "%4d-%2d-%2d", &local.tm_year, &local.tm_mon,
		     &local.tm_mday);
	local.tm_year -= 1900;
	local.tm_mon -= 1;
	return (int64_t)mktime(&local) * 1000;
}

static void local_day(int64_t at, char out[DAYS_BYTES])
{
	time_t seconds = (time_t)(at / 1000);
	struct tm local;

	localtime_r(&seconds, &local);
	if (!strftime(out, DAYS_BYTES, "%Y-%m-%d", &local))
		strcpy(out, "9999-12-31");
}

/* What is written is a day that the calendar has. */
static bool is_day(const char *text)
{
	char whole[DAYS_BYTES];

	if (!days_are(text))
		return false;
	days_after(text, 0, whole);
	return strncmp(whole, text, strlen(text)) == 0;
}

/* Of a day that is cut short, the last it stands for. */
static void last_of(const char *day, char out[DAYS_BYTES])
{
	const size_t length = strlen(day);
	char next[DAYS_BYTES];

	if (length == strlen("2026"))
		days_months_after(day, 12, next);
	else if (length == strlen("2026-11"))
		days_months_after(day, 1, next);
	else
		days_after(day, 1, next);
	days_after(next, -1, out);
}

enum period_answer period_read(const char *from, const char *to, int64_t now,
			       struct period *out)
{
	char next[DAYS_BYTES];

	*out = (struct period){ .now = now };
	local_day(now, out->today);
	if (from && !is_day(from))
		return PERIOD_FIRST_WRONG;
	if (to && !is_day(to))
		return PERIOD_LAST_WRONG;

	if (to)
		last_of(to, out->last);
	else if (from && strlen(from) < DAYS_BYTES - 1)
		last_of(from, out->last);
	if (!to && (!*out->last || strcmp(out->last, out->today) > 0))
		strcpy(out->last, out->today);
	if (from) {
		days_after(from, 0, out->first);
	} else {
		strcpy(out->first, out->last);
		memcpy(out->first + strlen("2026-11"), "-01", strlen("-01"));
	}
	days_after(out->last, 1, next);
	out->from = midnight(out->first);
	out->until = midnight(next);
	return strcmp(out->first, out->last) > 0 ? PERIOD_BACKWARDS
						 : PERIOD_READ;
}

/* From its first day to its last, as its first letters say. */
static bool is_whole(const struct period *period, size_t letters)
{
	char start[DAYS_BYTES] = "", first[DAYS_BYTES], last[DAYS_BYTES];

	memcpy(start, period->first, letters);
	days_after(start, 0, first);
	last_of(start, last);
	return strcmp(first, period->first) == 0 &&
	       strcmp(last, period->last) == 0;
}

void period_name(const struct period *period, char out[PERIOD_NAME])
{
	static const size_t letters[] = { sizeof "2026" - 1,
					  sizeof "2026-11" - 1 };

	for (size_t i = 0; i < COUNT(letters); i++) {
		if (!is_whole(period, letters[i]))
			continue;
		snprintf(out, PERIOD_NAME, "%.*s", (int)letters[i],
			 period->first);
		return;
	}
	snprintf(out, PERIOD_NAME, "%s_%s", period->first, period->last);
}

char *period_file(const struct period *period, const char *name,
		  const char *language)
{
	char days[PERIOD_NAME];

	period_name(period, days);
	return xasprintf("%s-%s-%s", name, days, language);
}

struct tally_period period_tally(const struct period *period)
{
	return (struct tally_period){
		.from = period->from,
		.until = period->until,
		.first = period->first,
		.last = period->last,
		.now = period->now,
		.today = period->today,
	};
}
