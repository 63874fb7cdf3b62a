#pragma once

#include "filing/filing.h"
#include "scan/event.h"

/*
 * What a scan at the desk was, as a ticket with a status: people hand in their
 * paper as soon as they have it, so it is filed at once.
 */

/* Of digits. An unknown kiosk's ticket is kept aside: it is the newcomer's
 * answers all the same. Faults and release as filing_scan(). */
MUST_CHECK enum fault scan_digits(struct filing *filing, const char *digits,
				  const struct record_who *who, int64_t now,
				  struct filing_ticket *out);

/* Of keys that were no ticket, or went wrong on the way. */
struct filing_ticket scan_dropped(const struct scan_event *event);

/* Whether it is to be opened, and whether it is said in the alarm colour. */
bool scan_is_visit(const struct filing_ticket *ticket);
bool scan_is_trouble(const struct filing_ticket *ticket);
