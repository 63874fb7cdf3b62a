#pragma once

#include <stdbool.h>

/*
 * A span of a day, as [hours] has them: "08:30-16:30". Minutes from that
 * day's midnight, up to 24:00; to before from lies on the next day.
 */
struct span {
	int from, to;
};

/* Takes one off the beginning of *text, with blanks before it; false, and
 * *text stands before what is none. */
bool span_take(const char **text, struct span *span);

/* Whether spans parted by blanks, or nothing, are all there is. */
bool span_all(const char *text);
