#pragma once

#include <stdbool.h>

#include "base/bytes.h"

/*
 * Weekdays as iCalendar lists them (RFC 5545, BYDAY): "MO,WE" or, by month,
 * "2MO,-1FR".
 */

/* Whether a text is such a list, of one day or more and nothing else. */
bool weekdays_are(const char *byday);

/* Adds them in a language (BCP 47): "Mon, 2. Wed"; what is none is left out. */
void weekdays_say(const char *byday, const char *language, struct bytes *out);
