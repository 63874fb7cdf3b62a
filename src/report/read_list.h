#pragma once

#include "record/listing.h"
#include "report/about.h"
#include "report/wording.h"

/*
 * A list of the record as a page in the staff's words, with how many rows it
 * has and how old the oldest is: the rows that wording->who may see. The caller
 * frees *out. Faults are listing_each()'s.
 */
MUST_CHECK enum fault read_list(const struct about *about,
				const struct wording *wording,
				const struct listing *listing, int64_t now,
				struct page **out);
