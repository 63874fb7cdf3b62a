#pragma once

#include "base/fault.h"
#include "flash/device.h"
#include "flash/progress.h"
#include "flash/release.h"
#include "flash/volume.h"

/*
 * A release put on a card: first all that can be known without writing, then
 * the writes, then what is on the card read back and compared.
 *
 * A new card gets the whole image. Its table is wiped first and written last,
 * so a card that was taken out in between is empty to every computer and to
 * foyer-flash, which then begins again.
 *
 * A card in use keeps its data partitions, of which not a byte is written, and
 * all of its boot partition but the release's boot files. The order, with the
 * card told to finish after each step:
 *
 *  1. the root's first block is wiped: from here on no kernel with any
 *     initramfs mounts this card, since dm-verity refuses that block, and says
 *     so on the screen before anything else happens;
 *  2. the root's entry in the table;
 *  3. the rest of the root, which is then read back;
 *  4. the boot files (flash/rewrite.h), which are then read back;
 *  5. the root's first block.
 *
 * So a new kernel with an old root, or the other way round, never runs: as
 * long as the two may not belong together the first block is missing, and
 * writing it is one write at the very end. A card that was taken out anywhere
 * in between is still a card in use, and the same command makes it right.
 */
struct put {
	struct device *card;
	const struct release *release;
	const struct shown *shown; /* progress; NULL: none */
	struct volume *first;      /* the image's bytes before any partition */
	struct volume *boot;       /* the image's boot partition */
	struct volume *after; /* the card's boot partition as it is to be */
	struct volume *sound; /* the one it has, repaired; NULL: a new card */
	struct volume *found; /* the same as it is on the card */
};

#define PUT_BLOCK 4096 /* bytes of a root's first block: dm-verity's */

/*
 * Reads the whole image, checks it, and makes up what is to be written. found
 * is the card's boot partition, the caller's; NULL for a new card. Writes
 * nothing to the card. Release *out with put_done(), after a fault as well.
 * FAULT_FORMAT and FAULT_LIMIT as image_walk() and merge() have them.
 */
MUST_CHECK enum fault put_prepare(struct device *card, struct volume *found,
				  const struct release *release,
				  const struct shown *shown, struct put *out);
void put_done(struct put *put);

/* Writes. FAULT_SYSTEM: the card failed, and the log says that the same is to
 * be run again. FAULT_FORMAT: the image changed meanwhile; the same. */
MUST_CHECK enum fault put_new(struct put *put);
MUST_CHECK enum fault put_update(struct put *put);
