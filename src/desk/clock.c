#include "desk/clock.h"

#include <time.h>

static int64_t milliseconds(clockid_t which)
{
	struct timespec time;

	clock_gettime(which, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void clock_read(struct clock *clock)
{
	clock->now = milliseconds(CLOCK_REALTIME);
	clock->moment = milliseconds(CLOCK_MONOTONIC);
}
