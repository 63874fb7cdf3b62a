#pragma once

#include "record/directory.h"
#include "report/places_page.h"

/*
 * A page of services that a person takes home, with labels and weekdays in
 * the person's language. What is stale is left off, and what is not in the
 * directory any more; *left_out says how many. The caller frees *out.
 */
MUST_CHECK enum fault read_places(const struct about *about,
				  struct record *record,
				  const struct directory_rules *rules,
				  const int64_t *services, size_t count,
				  size_t *left_out, struct page **out);
