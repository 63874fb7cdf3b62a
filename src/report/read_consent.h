#pragma once

#include "report/about.h"
#include "report/wording.h"

/*
 * What a person decided, each consent that the record has of them, as a
 * receipt. The caller frees *out. Faults are entity_each()'s.
 */
MUST_CHECK enum fault read_consent(const struct about *about,
				   const struct wording *wording,
				   int64_t person, struct page **out);
