#pragma once

#include <stdint.h>

#include "tests/support/chance.h"

/*
 * What of a folder outlasts a power cut. Every change that this program and
 * its children make below the folder is noted, and every moment at which the
 * disk was told to finish; a cut then leaves what had to be there, and of the
 * rest what chance decides: a part of the writes, the last of them torn, and
 * the names as they were at one moment since their folder was last finished.
 *
 * A program that links this has its calls that change files go through here.
 */

/* What is in the folder now is on the disk. Children made from here on are
 * noted with this program; release it with lasting_done(). */
void lasting_start(const char *folder);
void lasting_done(void);

/*
 * Calls reached, with to, before each change is made, in this process from now
 * on: for whoever wants to be killed there. NULL: no more.
 */
typedef void lasting_reached(void *to);
void lasting_each(lasting_reached *reached, void *to);

/* The power fails: the folder is what lasted, and the notes begin again. */
void lasting_cut(struct chance *chance);
