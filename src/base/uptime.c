#include "base/uptime.h"

#include <string.h>
#include <time.h>

#include "base/file.h"

#define BOOT "/proc/sys/kernel/random/boot_id"

static void read_boot(char boot[UPTIME_BOOT_BYTES + 1])
{
	struct bytes text = { 0 };

	if (file_exists(BOOT) && !file_read(BOOT, 256, &text) &&
	    text.length >= UPTIME_BOOT_BYTES)
		memcpy(boot, text.data, UPTIME_BOOT_BYTES);
	bytes_done(&text);
}

struct uptime uptime_now(void)
{
	struct uptime uptime = { 0 };
	struct timespec now;

	read_boot(uptime.boot);
	clock_gettime(CLOCK_BOOTTIME, &now);
	uptime.ms = now.tv_sec * 1000LL + now.tv_nsec / 1000000;
	return uptime;
}
