#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * An image file read from its beginning to its end: plain, or compressed by
 * gzip (RFC 1952) or Zstandard (RFC 8878), which its first bytes tell. Needs
 * memory for a window alone, never for the whole.
 */
struct source;

/* FAULT_SYSTEM: it cannot be opened or read; the log says how to mend it. */
MUST_CHECK enum fault source_open(const char *path, struct source **out);
void source_free(struct source *source); /* NULL is fine */
DEFINE_SCOPED(struct source, source_free)

/*
 * Reads length bytes, fewer only at the end of the image. FAULT_FORMAT: the
 * file is damaged or ends too early. FAULT_SYSTEM: it cannot be read.
 */
MUST_CHECK enum fault source_read(struct source *source, void *data,
				  size_t length, size_t *got);
