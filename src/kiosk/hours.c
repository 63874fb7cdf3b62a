#include "kiosk/hours.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"

#define SECTION "hours"

static const char *const days[] = {
	"monday", "tuesday",  "wednesday", "thursday",
	"friday", "saturday", "sunday",
};

static void note_any(void *to, const char *name, const char *value)
{
	(void)name;
	(void)value;
	*(bool *)to = true;
}

/* Reads "08:30-16:30" at text; the characters it takes, 0 if it is none. */
static int read_span(const char *text, int *from, int *to)
{
	int hours[2], minutes[2], length = 0;

	if (sscanf(text, " %2d:%2d-%2d:%2d%n", &hours[0], &minutes[0],
		   &hours[1], &minutes[1], &length) != 4)
		return 0;
	for (int i = 0; i < 2; i++) {
		if (hours[i] < 0 || hours[i] > 24 || minutes[i] < 0 ||
		    minutes[i] > 59)
			return 0;
	}
	*from = hours[0] * 60 + minutes[0];
	*to = hours[1] * 60 + minutes[1];
	return length;
}

bool hours_open(const struct settings *settings, int weekday, int minute)
{
	const char *spans = settings_text(settings, SECTION, days[weekday], "");
	bool any = false;
	int from, to, length;

	settings_each(settings, SECTION, note_any, &any);
	if (!any)
		return true;
	for (spans += strspn(spans, " "); *spans; spans += strspn(spans, " ")) {
		length = read_span(spans, &from, &to);
		if (!length) {
			log_warning("[hours] %s: \"%s\" is no span of time; "
				    "write 08:30-16:30 (taken as open)",
				    days[weekday], spans);
			return true;
		}
		if (minute >= from && minute < to)
			return true;
		spans += length;
	}
	return false;
}
