#include "kiosk/timepiece.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "kiosk/world.h"

#define BOOT "/proc/sys/kernel/random/boot_id"
#define BOOT_BYTES 36
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

/* "" where the system does not say. */
static void read_boot(char boot[BOOT_BYTES + 1])
{
	struct bytes text = { 0 };

	boot[0] = 0;
	if (file_exists(BOOT) && !file_read(BOOT, 256, &text) &&
	    text.length >= BOOT_BYTES) {
		memcpy(boot, text.data, BOOT_BYTES);
		boot[BOOT_BYTES] = 0;
	}
	bytes_done(&text);
}

struct timepiece timepiece_read(const struct home *home, bool own_machine)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "time");
	struct timepiece timepiece = { .trusted =
					   !own_machine && world_now() >= SET };
	char boot[BOOT_BYTES + 1];
	struct bytes text = { 0 };
	int64_t offset;

	if (!own_machine || !file_exists(path) || file_read(path, 256, &text))
		return timepiece;
	read_boot(boot);
	if (boot[0] && text.length > BOOT_BYTES &&
	    memcmp(text.data, boot, BOOT_BYTES) == 0 &&
	    read_offset((const char *)text.data + BOOT_BYTES, &offset))
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
	char boot[BOOT_BYTES + 1], line[80];
	enum fault fault;
	int length;

	read_boot(boot);
	length = snprintf(line, sizeof line, "%s %" PRId64 "\n", boot, offset);
	if ((fault = file_write(path, line, (size_t)length, 0600)))
		return fault;
	*timepiece = (struct timepiece){ .offset = offset, .trusted = true };
	return FAULT_NONE;
}

int64_t timepiece_now(const struct timepiece *timepiece)
{
	return world_now() + timepiece->offset;
}
