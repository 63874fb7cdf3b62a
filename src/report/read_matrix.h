#pragma once

#include "report/about.h"
#include "report/wording.h"

/*
 * Who does what for a sponsored household, from the record: what everybody at
 * the table may read (MATRIX_SHARED), in the words of wording. The caller frees
 * *out. A sponsorship that is not there gives NULL.
 */
MUST_CHECK enum fault read_matrix(const struct about *about,
				  const struct wording *wording,
				  int64_t sponsorship, int64_t now,
				  struct page **out);
