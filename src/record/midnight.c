#include "record/record.h"

#include "text/zone.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)

int64_t record_midnight_after(int64_t at, const char *zone)
{
	int64_t local = at + zone_offset(zone, at);

	return zone_to_utc(zone, local - local % DAY_MS + DAY_MS);
}
