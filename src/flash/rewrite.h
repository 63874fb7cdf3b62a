#pragma once

#include "base/fault.h"
#include "flash/device.h"
#include "flash/volume.h"

/*
 * Brings a FAT32 partition on a card from one sound state to another, so that
 * whatever moment the card is taken out at, what it holds is sound but for
 * clusters that belong to nobody (which fat_repair() finds). Nothing is kept
 * beside it; the order of the writes does it:
 *
 *  1. data of clusters that are free in the state before; those that a folder
 *     grows by are empty for now,
 *  2. the FATs, with every cluster in use that is in either state,
 *  3. in folders, every entry that changes, struck out,
 *  4. the same entries as they are to be, in the order of their sectors, so
 *     that a long name comes before the entry it belongs to,
 *  5. the FATs as they are to be: what nobody has any more is free,
 *  6. the boot sector and its neighbours.
 *
 * Between these the card is told to finish. So a name stands for all of its
 * file, or is not there; a cluster in use is never taken for another file; and
 * no cluster of a file that is in both states is written at all.
 *
 * What changes in a cluster in use must be entries of folders: the state after
 * may not have other bytes in a file that keeps its clusters.
 */

/*
 * at: where the partition begins on the card, which has the state before.
 * FAULT_FORMAT: not FAT32. FAULT_SYSTEM: the card fails.
 */
MUST_CHECK enum fault rewrite(struct device *card, uint64_t at,
			      const struct volume *before,
			      const struct volume *after);
