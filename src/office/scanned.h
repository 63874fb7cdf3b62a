#pragma once

#include "base/fault.h"

/*
 * What a scanner or a picture of a ticket gives, as digits. Both give "" where
 * there is nothing like a ticket. The caller frees the text.
 */

/*
 * Standard input up to its end, blanks dropped: digits as they are, or what a
 * keyboard layout made of them.
 */
char *scanned_typed(void);

/*
 * The symbol in a PNG that begins as a ticket does, or else the first.
 * Faults as scan_picture().
 */
MUST_CHECK enum fault scanned_picture(const char *path, char **digits);

/* From the picture at path, or for NULL or "-" what is typed. */
MUST_CHECK enum fault scanned(const char *path, char **digits);
