#pragma once

#include <stdint.h>

/* The time, as a desk last looked at it: once before each thing it does. */
struct clock {
	int64_t now;    /* ms since 1970 UTC */
	int64_t moment; /* ms of a clock that only goes forward */
};

void clock_read(struct clock *clock);
