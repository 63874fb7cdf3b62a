#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "scan/symbols.h"

/*
 * QR symbols in a picture file: a photograph or a ticket kept as PNG. For the
 * desk and the office only; the kiosk links no symbol reader.
 */

#define SCAN_PICTURE_BYTES (32 * 1024 * 1024) /* in the file */
#define SCAN_PICTURE_SIDE 8192                /* pixels */

/*
 * Reads the PNG at path. A picture without a symbol gives count 0. The caller
 * releases *out with scan_symbols_done(); on a fault *out is untouched.
 *
 * FAULT_SYSTEM: the file cannot be read. FAULT_FORMAT: it is not a PNG.
 * FAULT_LIMIT: larger than the limits above.
 */
MUST_CHECK enum fault scan_picture(const char *path, struct scan_symbols *out);

/* The same for a PNG in memory; name is for the log. */
MUST_CHECK enum fault scan_picture_bytes(const char *name, const uint8_t *data,
					 size_t length,
					 struct scan_symbols *out);
