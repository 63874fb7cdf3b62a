#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * Other programs, run without a shell: mtools, which knows FAT, and dosfstools'
 * fsck.fat. What they say in complaint goes to the log.
 */

/*
 * Runs words (ended by NULL; the program is found by PATH and in /usr/sbin)
 * with nothing on its standard input. What it prints is added to out (NULL: it
 * goes nowhere), at most limit bytes. *status is what it exited with.
 *
 * FAULT_SYSTEM: it is not installed (the log says what is), or was killed.
 * FAULT_LIMIT: it prints more.
 */
MUST_CHECK enum fault tool_run(const char *const *words, size_t limit,
			       struct bytes *out, int *status);

/* The same where anything but exit status 0 is a failure: FAULT_FORMAT, and
 * the log has what it said about it. */
MUST_CHECK enum fault tool_do(const char *const *words, size_t limit,
			      struct bytes *out);
