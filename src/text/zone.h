#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Time zones by IANA name ("Asia/Kabul"), from ICU's own tables, so that the
 * machine's zone and its TZ variable never matter. NULL, "" and "UTC" cost
 * nothing. All times are milliseconds; a local time is what a clock on the
 * wall shows, counted as if it were UTC.
 */

/* Whether ICU knows the zone. An unknown one is taken for UTC below. */
bool zone_known(const char *zone);

/* How far the zone's clocks are ahead of UTC at an instant. */
int64_t zone_offset(const char *zone, int64_t utc);

/*
 * The instant at which the zone's clocks show local. Of two (clocks put back)
 * it is the earlier; a time that was skipped counts on from before the skip.
 */
int64_t zone_to_utc(const char *zone, int64_t local);
