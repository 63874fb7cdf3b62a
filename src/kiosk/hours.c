#include "kiosk/hours.h"

#include "base/span.h"

#define SECTION "hours"
#define DAYS 7

static const char *const days[DAYS] = {
	"monday", "tuesday",  "wednesday", "thursday",
	"friday", "saturday", "sunday",
};

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

	while (span_take(&spans, &span)) {
		if (minute >= span.from &&
		    (minute < span.to || span.to < span.from))
			return true;
	}
	return *spans;
}

/* Whether a span of the day before goes on past midnight to the minute. */
static bool open_since_yesterday(const char *spans, int minute)
{
	struct span span;

	while (span_take(&spans, &span)) {
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
