#pragma once

#include "report/about.h"
#include "report/wording.h"

/*
 * What another case system is handed of a person, in the staff's words: who
 * they are, how to reach them, status, needs, what is open. Notes stay here.
 * Looking at what is watched is audited. The caller frees *out.
 * Faults are entity_read()'s.
 */
MUST_CHECK enum fault read_summary(const struct about *about,
				   const struct wording *wording,
				   int64_t person, int64_t now,
				   struct page **out);
