#pragma once

#include "base/bytes.h"
#include "desk/desk.h"

/*
 * Files that leave the desk. They lie among the home's exports; on a desk box,
 * which nobody looks into, beside its printed pages, so that they are put on a
 * stick as those are (desk/box_papers.h).
 */

/* Where one is to be written: NAME-DAY and its ending (".csv"), with a number
 * behind where that is taken, or, on a box, as spool_path() has it: nothing
 * that was written before is written over. The caller frees *out. Faults as
 * folder_make(). */
MUST_CHECK enum fault saved_path(const struct desk *desk, const char *name,
				 const char *ending, char **out);

/* Says in the message line where it is, or that it could not be written. */
void saved_say(struct desk *desk, enum fault fault, const char *path);

/* Both, with the writing of bytes between them. */
void saved_put(struct desk *desk, const char *name, const char *ending,
	       const struct bytes *bytes);
