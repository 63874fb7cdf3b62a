#include "text/zone.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/memory.h"

#define ZONE_NAME_LIMIT 64 /* the longest IANA name has 32 */

static bool is_utc(const char *zone)
{
	return !zone || !*zone || strcmp(zone, "UTC") == 0;
}

static bool to_utf16(const char *zone, UChar out[ZONE_NAME_LIMIT])
{
	UErrorCode error = U_ZERO_ERROR;

	u_strFromUTF8(out, ZONE_NAME_LIMIT, NULL, zone, -1, &error);
	return error == U_ZERO_ERROR;
}

bool zone_known(const char *zone)
{
	UChar name[ZONE_NAME_LIMIT], canonical[ZONE_NAME_LIMIT];
	UErrorCode error = U_ZERO_ERROR;

	if (is_utc(zone))
		return true;
	if (!to_utf16(zone, name))
		return false;
	ucal_getCanonicalTimeZoneID(name, -1, canonical, ZONE_NAME_LIMIT, NULL,
				    &error);
	return error == U_ZERO_ERROR;
}

/*
 * A program lives in one zone, and opening ICU's calendar costs more than all
 * else here: the last one stays open.
 */
static UCalendar *calendar_of(const char *zone)
{
	static UCalendar *calendar;
	static char open_zone[ZONE_NAME_LIMIT];
	UChar name[ZONE_NAME_LIMIT];
	UErrorCode error = U_ZERO_ERROR;

	if (calendar && strcmp(zone, open_zone) == 0)
		return calendar;
	if (strlen(zone) >= ZONE_NAME_LIMIT || !to_utf16(zone, name))
		return NULL;
	if (calendar)
		ucal_close(calendar);
	calendar = ucal_open(name, -1, "en", UCAL_GREGORIAN, &error);
	if (U_FAILURE(error))
		calendar = NULL;
	strcpy(open_zone, zone);
	return calendar;
}

int64_t zone_offset(const char *zone, int64_t utc)
{
	UCalendar *calendar = is_utc(zone) ? NULL : calendar_of(zone);
	UErrorCode error = U_ZERO_ERROR;
	int32_t raw, saving;

	if (!calendar)
		return 0;
	ucal_setMillis(calendar, (UDate)utc, &error);
	raw = ucal_get(calendar, UCAL_ZONE_OFFSET, &error);
	saving = ucal_get(calendar, UCAL_DST_OFFSET, &error);
	return U_FAILURE(error) ? 0 : (int64_t)raw + saving;
}

int64_t zone_to_utc(const char *zone, int64_t local)
{
	UCalendar *calendar = is_utc(zone) ? NULL : calendar_of(zone);
	UErrorCode error = U_ZERO_ERROR;
	int32_t raw, saving;

	if (!calendar)
		return local;
	ucal_setMillis(calendar, (UDate)local, &error);
	ucal_getTimeZoneOffsetFromLocal(calendar, UCAL_TZ_LOCAL_FORMER,
					UCAL_TZ_LOCAL_FORMER, &raw, &saving,
					&error);
	return U_FAILURE(error) ? local : local - raw - saving;
}
