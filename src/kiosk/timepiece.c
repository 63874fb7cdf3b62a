#include "kiosk/timepiece.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/uptime.h"
#include "kiosk/world.h"

#define SET 1735689600000 /* 2025-01-01: a clock before it was never set */
#define FAR 3155760000000 /* ms, a century: no clock is as wrong */

/* Whether it is what staff said: a damaged file tells any number. */
static bool read_offset(const char *text, int64_t *offset)
{
	char *end;

	*offset = strtoll(text, &end, 10);
	return end != text && *offset > -FAR && *offset < FAR &&
	       world_now() + *offset > 0;
}

struct timepiece timepiece_read(const struct home *home, bool own_machine)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "time");
	struct timepiece timepiece = { .trusted =
					   !own_machine && world_now() >= SET };
	struct bytes text = { 0 };
	int64_t offset;

	if (!own_machine || !file_exists(path) || file_read(path, 256, &text))
		return timepiece;
	const struct uptime uptime = uptime_now();

	if (uptime.boot[0] && text.length > UPTIME_BOOT_BYTES &&
	    memcmp(text.data, uptime.boot, UPTIME_BOOT_BYTES) == 0 &&
	    read_offset((const char *)text.data + UPTIME_BOOT_BYTES, &offset))
		timepiece =
		    (struct timepiece){ .offset = offset, .trusted = true };
	bytes_done(&text);
	return timepiece;
}

enum fault timepiece_confirm(const struct home *home, int64_t now,
			     struct timepiece *timepiece)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "time");
	const int64_t offset = now - world_now();
	const struct uptime uptime = uptime_now();
	char line[80];
	enum fault fault;
	int length;

	length = snprintf(line, sizeof line, "%s %" PRId64 "\n", uptime.boot,
			  offset);
	if ((fault = file_write(path, line, (size_t)length, 0600)))
		return fault;
	*timepiece = (struct timepiece){ .offset = offset, .trusted = true };
	return FAULT_NONE;
}

int64_t timepiece_now(const struct timepiece *timepiece)
{
	return world_now() + timepiece->offset;
}
