#include "text/weekdays.h"

#include <stdlib.h>
#include <string.h>

#include "text/calendar.h"

#define BETWEEN ", "
#define WEEKS_MOST 53 /* of a year */

/* Takes a day off the beginning: Sunday is 0, -1 is none; nth is 0 where the
 * list says every one. */
static int next_day(const char **at, long *nth)
{
	static const char codes[] = "SUMOTUWETHFRSA";
	char *name;
	int found = -1;

	*nth = strtol(*at, &name, 10);
	for (int day = 0; day < 7; day++) {
		if (strncmp(name, codes + 2 * day, 2) == 0)
			found = day;
	}
	*at = found < 0 ? name + strcspn(name, BETWEEN) : name + 2;
	return found;
}

bool weekdays_are(const char *byday)
{
	long nth;

	do {
		if (next_day(&byday, &nth) < 0 || labs(nth) > WEEKS_MOST)
			return false;
	} while (*byday++ == ',');
	return !byday[-1];
}

void weekdays_say(const char *byday, const char *language, struct bytes *out)
{
	bool first = true;
	long nth;

	for (byday += strspn(byday, BETWEEN); *byday;
	     byday += strspn(byday, BETWEEN)) {
		const int day = next_day(&byday, &nth);

		byday += strcspn(byday, BETWEEN);
		if (day < 0)
			continue;
		bytes_add_text(out, first ? "" : BETWEEN);
		if (nth)
			bytes_add_format(out, "%ld. ", nth);
		bytes_add_text(
		    out, calendar_weekday_name(language, day, CALENDAR_SHORT));
		first = false;
	}
}
