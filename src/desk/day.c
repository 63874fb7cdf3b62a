#include "desk/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "text/calendar.h"
#include "text/cells.h"
#include "text/fold.h"

#define DAY_SECONDS (24 * 60 * 60)
#define LEAST_LETTERS 3 /* of a month's or a weekday's name */
#define PARTS 3
#define DAYS_MOST 40000 /* "+40000" is more than a life */

static bool parse(const char *iso, struct calendar_date *out)
{
	struct calendar_date date = { 0 };
	int end = 0, count = sscanf(iso, "%4d%n-%2d%n-%2d%n", &date.year, &end,
				    &date.month, &end, &date.day, &end);

	if (count < 1 || iso[end] || date.year < 1000 ||
	    strlen(iso) != 1 + 3 * (size_t)count)
		return false;
	if (count > 1 && (date.month < 1 || date.month > 12))
		return false;
	if (count > 2 &&
	    (date.day < 1 || date.day > calendar_days(CALENDAR_GREGORIAN,
						      date.year, date.month)))
		return false;
	*out = date;
	return true;
}

static void write_day(struct calendar_date date, char out[DAY_BYTES])
{
	snprintf(out, DAY_BYTES, "%04u-%02u-%02u", (unsigned)date.year % 10000,
		 (unsigned)date.month % 100, (unsigned)date.day % 100);
}

void day_of(int64_t now, char out[DAY_BYTES])
{
	time_t seconds = (time_t)(now / 1000);
	struct tm local;

	localtime_r(&seconds, &local);
	write_day((struct calendar_date){ local.tm_year + 1900,
					  local.tm_mon + 1, local.tm_mday },
		  out);
}

int64_t day_begins(const char *day)
{
	struct tm local = { .tm_isdst = -1 };

	(void)!strptime(day, "%Y-%m-%d", &local);
	return (int64_t)mktime(&local) * 1000;
}

/* Its midnight, as if there were no zones: days are counted with it. */
static time_t moment_of(const char *iso)
{
	struct calendar_date date = { 1970, 1, 1 };
	struct tm utc;

	(void)parse(iso, &date);
	utc = (struct tm){ .tm_year = date.year - 1900,
			   .tm_mon = date.month - 1,
			   .tm_mday = date.day };
	return timegm(&utc);
}

void day_after(const char *today, int days, char out[DAY_BYTES])
{
	time_t moment = moment_of(today) + (time_t)days * DAY_SECONDS;
	struct tm utc;

	gmtime_r(&moment, &utc);
	write_day((struct calendar_date){ utc.tm_year + 1900, utc.tm_mon + 1,
					  utc.tm_mday },
		  out);
}

int day_between(const char *from, const char *to)
{
	return (int)((moment_of(to) - moment_of(from)) / DAY_SECONDS);
}

/* --- what was typed --------------------------------------------------------
 */

/* Whether a folded word begins a name: "nov", "novem". */
static bool begins(const char *name, const char *word)
{
	SCOPED(char_freep) char *folded = fold_words(name);

	return strlen(word) >= LEAST_LETTERS &&
	       strncmp(folded, word, strlen(word)) == 0;
}

/* In the staff's language, else in English: 1 to 12; 0 for none. "jui" is two
 * French months, and so none. */
static int month_of(const char *language, const char *word)
{
	const char *const languages[] = { language, "en" };

	for (size_t i = 0; i < COUNT(languages); i++) {
		int found = 0, count = 0;

		for (int month = 1; month <= 12; month++) {
			const char *name = calendar_month_name(
			    CALENDAR_GREGORIAN, languages[i], month,
			    CALENDAR_FULL);

			if (!begins(name, word))
				continue;
			found = month;
			count++;
		}
		if (count)
			return count == 1 ? found : 0;
	}
	return 0;
}

static bool read_weekday(const struct catalogue *words, const char *word,
			 const char *today, char out[DAY_BYTES])
{
	const char *language = catalogue_language(words);
	struct calendar_date now;
	int weekday = 0;

	while (weekday < 7 &&
	       !begins(calendar_weekday_name(language, weekday, CALENDAR_FULL),
		       word))
		weekday++;
	if (weekday == 7 || !parse(today, &now))
		return false;
	weekday -= calendar_weekday(now);
	day_after(today, weekday > 0 ? weekday : weekday + 7, out);
	return true;
}

static bool read_word(const struct catalogue *words, const char *word,
		      const char *today, char out[DAY_BYTES])
{
	static const struct {
		const char *key;
		int days;
	} names[] = {
		{ "desk.today", 0 },
		{ "desk.tomorrow", 1 },
		{ "desk.yesterday", -1 },
	};

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *name = catalogue_word(words, names[i].key);
		SCOPED(char_freep) char *folded = fold_words(name);

		if (strcmp(folded, word) != 0)
			continue;
		day_after(today, names[i].days, out);
		return true;
	}
	return read_weekday(words, word, today, out);
}

static bool read_distance(const char *typed, const char *today,
			  char out[DAY_BYTES])
{
	char *end;
	long days = strtol(typed, &end, 10);

	if (end == typed || *end || days > DAYS_MOST || days < -DAYS_MOST)
		return false;
	day_after(today, (int)days, out);
	return true;
}

/* A day and a month in either order, and a year that may be left out. */
static bool read_parts(const struct catalogue *words, char *folded,
		       const char *today, char out[DAY_BYTES])
{
	struct calendar_date date = { 0 };
	char text[DAY_BYTES], *part;
	long numbers[PARTS];
	int count = 0;

	while ((part = strsep(&folded, " "))) {
		char *end;

		if (count == PARTS)
			return false;
		numbers[count] = strtol(part, &end, 10);
		if (end != part && !*end)
			count++;
		else if (date.month)
			return false;
		else if (!(date.month =
			       month_of(catalogue_language(words), part)))
			return false;
	}
	if (!date.month || count < 1 || count > 2)
		return false;
	date.day = (int)numbers[0];
	date.year = count == 2 ? (int)numbers[1] : atoi(today);
	if (date.day < 1 || date.day > 31 || date.year > 9999)
		return false;
	write_day(date, text);
	if (!parse(text, &date))
		return false;
	memcpy(out, text, DAY_BYTES);
	return true;
}

bool day_read(const struct catalogue *words, const char *typed,
	      const char *today, char out[DAY_BYTES])
{
	SCOPED(char_freep) char *folded = fold_words(typed);
	struct calendar_date date;

	typed += strspn(typed, " ");
	if (typed[0] == '+' || typed[0] == '-')
		return read_distance(typed, today, out);
	if (strlen(typed) < DAY_BYTES && parse(typed, &date)) {
		memcpy(out, typed, strlen(typed) + 1);
		return true;
	}
	return read_word(words, folded, today, out) ||
	       read_parts(words, folded, today, out);
}

/* --- what is read ----------------------------------------------------------
 */

char *day_shown(const struct catalogue *words, const char *iso)
{
	const char *language = catalogue_language(words);
	struct calendar_date date;
	const char *month;

	if (!parse(iso, &date) || !date.month)
		return xstrdup(iso);
	month = calendar_month_name(CALENDAR_GREGORIAN, language, date.month,
				    CALENDAR_SHORT);
	if (!date.day)
		return xasprintf("%s %d", month, date.year);
	return xasprintf("%s %d %s %d",
			 calendar_weekday_name(language, calendar_weekday(date),
					       CALENDAR_SHORT),
			 date.day, month, date.year);
}

/* A week of each month has every weekday. */
int day_cells(const struct catalogue *words)
{
	int widest = 0;

	for (int month = 1; month <= 12; month++) {
		for (int day = 20; day <= 26; day++) {
			SCOPED(char_freep)
			char *iso = xasprintf("2026-%02d-%02d", month, day);
			SCOPED(char_freep) char *shown = day_shown(words, iso);
			const int cells = text_cells(shown);

			widest = cells > widest ? cells : widest;
		}
	}
	return widest;
}
