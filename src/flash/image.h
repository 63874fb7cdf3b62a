#pragma once

#include "base/fault.h"
#include "flash/manifest.h"
#include "flash/progress.h"

/* Called with each piece of an image, in order; none lies across a partition's
 * border. */
typedef enum fault image_sink(void *to, uint64_t at, const void *data,
			      size_t length);

/*
 * Passes the whole image of a release through sink (NULL: only looks at it),
 * with a line of progress that says what is done. What came is compared with
 * the release's hashes at the end: do not trust it before.
 *
 * FAULT_FORMAT: damaged, or not this release's image. FAULT_SYSTEM: it cannot
 * be read. A fault of sink's ends it.
 */
MUST_CHECK enum fault image_walk(const char *path,
				 const struct manifest *manifest,
				 const struct shown *shown, const char *doing,
				 image_sink *sink, void *to);
