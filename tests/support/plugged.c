#include "tests/support/plugged.h"

#include <stdio.h>
#include <string.h>

#include "tests/test.h"

struct plugged plugged_new(enum feed_kind kind, const char *path)
{
	return (struct plugged){ .feed = feed_new(kind, path), .now = 5000 };
}

static void take_events(struct plugged *plugged)
{
	struct scan_event event;

	while ((event = feed_next(plugged->feed)).kind != SCAN_NONE) {
		size_t at = strlen(plugged->said);
		char *to = plugged->said + at;
		size_t room = sizeof plugged->said - at;

		assert_int_not_equal(event.kind, SCAN_KEY);
		if (event.kind == SCAN_DIGITS)
			snprintf(to, room, "%s;", event.digits);
		else if (event.kind == SCAN_DROPPED)
			snprintf(to, room, "%s %zu;",
				 event.why == SCAN_FOREIGN ? "foreign"
							   : "garbled",
				 event.count);
	}
}

void plugged_look(struct plugged *plugged)
{
	feed_ready(plugged->feed, plugged->now);
	take_events(plugged);
}

void plugged_pass(struct plugged *plugged, int64_t ms)
{
	plugged->now += ms;
	feed_tick(plugged->feed, plugged->now);
	take_events(plugged);
}
