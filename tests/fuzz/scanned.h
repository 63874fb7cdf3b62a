#pragma once

#include <assert.h>
#include <string.h>

#include "scan/event.h"

/* An event of a scanner that is no key: what is called digits is digits of
 * ours, and what is no ticket has something in it. */
static inline void check_scanned(const struct scan_event *event)
{
	if (event->kind == SCAN_DIGITS) {
		assert(event->count <= SCAN_MAX);
		assert(strlen(event->digits) == event->count);
		assert(strspn(event->digits, "0123456789") == event->count);
		assert(strncmp(event->digits, "58", 2) == 0);
	} else if (event->kind == SCAN_READING) {
		assert(event->percent >= 0 && event->percent < 100);
	} else {
		assert(event->count > 0);
	}
}
