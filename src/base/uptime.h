#pragma once

#include <stdint.h>

/*
 * How long the machine has been running, which nobody sets: what is counted in
 * it goes on when the clock is put right, and begins anew with each start of
 * the machine.
 */
#define UPTIME_BOOT_BYTES 36

struct uptime {
	/* proc(5), random/boot_id; "" where the system does not say. */
	char boot[UPTIME_BOOT_BYTES + 1];
	int64_t ms; /* since it started, also while it sleeps */
};

struct uptime uptime_now(void);
