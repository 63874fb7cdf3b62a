#pragma once

#include "base/fault.h"

/*
 * A copy of a PO file in memory for libgettextpo to read. Told of a charset,
 * that library hands every single letter to iconv, which is most of its time;
 * so the bytes are checked to be UTF-8 here, and in the copy the header calls
 * its charset PO_CHARSET, a word of the same length. It also drops flags that
 * it does not know; a line "#, foyer-same" becomes the comment "#. same".
 *
 * On success the caller closes *out, a file descriptor. FAULT_FORMAT: not
 * UTF-8, the log names the line. FAULT_LIMIT, FAULT_SYSTEM: as file_read().
 */
#define PO_CHARSET "carhset"
MUST_CHECK enum fault po_copy(const char *path, int *out);
