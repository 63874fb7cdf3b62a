#include "kiosk/hours.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"

#define SECTION "hours"
#define DAYS 7
#define DAY_MINUTES (24 * 60)

static const char *const days[DAYS] = {
	"monday", "tuesday",  "wednesday", "thursday",
	"friday", "saturday", "sunday",
};

/* Minutes from that day's midnight; to before from lies on the next day. */
struct span {
	int from, to;
};

static bool is_time(int hour, int minute)
{
	return hour >= 0 && minute >= 0 && minute <= 59 &&
	       hour * 60 + minute <= DAY_MINUTES;
}

/* Takes "08:30-16:30" off the beginning of text; false if it is none. */
static bool take_span(const char **text, struct span *span)
{
	int hours[2], minutes[2], length = 0;

	if (sscanf(*text, "%2d:%2d-%2d:%2d%n", &hours[0], &minutes[0],
		   &hours[1], &minutes[1], &length) != 4 ||
	    !is_time(hours[0], minutes[0]) || !is_time(hours[1], minutes[1]) ||
	    !strchr(" ", (*text)[length]))
		return false;
	*span = (struct span){ hours[0] * 60 + minutes[0],
			       hours[1] * 60 + minutes[1] };
	*text += length;
	return span->from != span->to;
}

static void skip_blanks(const char **text)
{
	*text += strspn(*text, " ");
}

/* --- the words, once ------------------------------------------------------ */

static bool is_day(const char *name)
{
	for (size_t i = 0; i < DAYS; i++) {
		if (strcmp(name, days[i]) == 0)
			return true;
	}
	return false;
}

static void check_line(void *to, const char *name, const char *value)
{
	struct span span;

	(void)to;
	if (!is_day(name))
		log_warning("[hours] %s: no day of the week; write monday to "
			    "sunday",
			    name);
	for (skip_blanks(&value); *value; skip_blanks(&value)) {
		if (!take_span(&value, &span)) {
			log_warning("[hours] %s: \"%s\" is no span of time; "
				    "write 08:30-16:30 (taken as open)",
				    name, value);
			return;
		}
	}
}

void hours_check(const struct settings *settings)
{
	settings_each(settings, SECTION, check_line, NULL);
}

/* --- the time ------------------------------------------------------------- */

static void note_any(void *to, const char *name, const char *value)
{
	(void)name;
	(void)value;
	*(bool *)to = true;
}

static const char *spans_of(const struct settings *settings, int weekday)
{
	return settings_text(settings, SECTION, days[weekday], "");
}

/* Whether a span that began that day holds the minute of that day, or what
 * cannot be read stands where one should. */
static bool open_today(const char *spans, int minute)
{
	struct span span;

	for (skip_blanks(&spans); *spans; skip_blanks(&spans)) {
		if (!take_span(&spans, &span))
			return true;
		if (minute >= span.from &&
		    (minute < span.to || span.to < span.from))
			return true;
	}
	return false;
}

/* Whether a span of the day before goes on past midnight to the minute. */
static bool open_since_yesterday(const char *spans, int minute)
{
	struct span span;

	for (skip_blanks(&spans); *spans; skip_blanks(&spans)) {
		if (!take_span(&spans, &span))
			return false;
		if (span.to < span.from && minute < span.to)
			return true;
	}
	return false;
}

bool hours_open(const struct settings *settings, int weekday, int minute)
{
	int yesterday = (weekday + DAYS - 1) % DAYS;
	bool any = false;

	settings_each(settings, SECTION, note_any, &any);
	return !any || open_today(spans_of(settings, weekday), minute) ||
	       open_since_yesterday(spans_of(settings, yesterday), minute);
}
