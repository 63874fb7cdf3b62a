#pragma once

#include "desk/desk.h"

/*
 * Handing a visit over to the agency's own case system: "handed to SYSTEM as
 * ID" (kind handover).
 */

/* Opens a sheet for where the selected visit went, unless its person did not
 * agree to be kept: then it says so. */
void handing_open(struct desk *desk);

/* Calls say with a line for each time that a visit was handed over. */
typedef void handing_say(void *to, const char *line);
void handing_each(struct desk *desk, int64_t visit, handing_say *say, void *to);
