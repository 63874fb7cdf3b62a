#pragma once

#include "base/fault.h"
#include "base/findings.h"
#include "record/hsds_table.h"

/*
 * Whether the tables hold together: what must be there, codes, days, times,
 * numbers, and rows that name others.
 */
MUST_CHECK enum fault hsds_check(const struct hsds_package *package,
				 struct findings *findings);

/* Whether text is a day ("2026-11-22"), or a time with what may follow it
 * ("09:00", "09:00:00-05:00", "9:00Z"). */
bool hsds_is_day(const char *text);
bool hsds_is_time(const char *text);
