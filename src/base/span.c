#include "base/span.h"

#include <stdio.h>
#include <string.h>

#define DAY_MINUTES (24 * 60)

static bool is_time(int hour, int minute)
{
	return hour >= 0 && minute >= 0 && minute <= 59 &&
	       hour * 60 + minute <= DAY_MINUTES;
}

bool span_take(const char **text, struct span *span)
{
	int hours[2], minutes[2], length = 0;

	*text += strspn(*text, " ");
	if (sscanf(*text, "%2d:%2d-%2d:%2d%n", &hours[0], &minutes[0],
		   &hours[1], &minutes[1], &length) != 4 ||
	    !is_time(hours[0], minutes[0]) || !is_time(hours[1], minutes[1]) ||
	    !strchr(" ", (*text)[length]))
		return false;
	*span = (struct span){ hours[0] * 60 + minutes[0],
			       hours[1] * 60 + minutes[1] };
	if (span->from == span->to)
		return false;
	*text += length;
	return true;
}

bool span_all(const char *text)
{
	struct span span;

	while (span_take(&text, &span))
		;
	return !*text;
}
