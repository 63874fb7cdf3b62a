#pragma once

#include "base/fault.h"
#include "flash/release.h"
#include "flash/volume.h"

/*
 * The boot partition as it is to be: that of a card (sound, see fat_repair())
 * with a release's boot files in place of its own, what an earlier release had
 * and this one has not taken away, the release's text added, and everything
 * else as it was. All of it happens in memory, before anything is written.
 *
 * boot: the release's own boot partition. New files lie in clusters that are
 * free on the card, as flash/rewrite.h wants it. The caller frees *out.
 *
 * FAULT_LIMIT: no room for them. FAULT_FORMAT: the release's files are not what
 * it says, the card's are not to be read, or the agency's folder would not be
 * what it was. The log says which, and what to do.
 */
MUST_CHECK enum fault merge(const struct volume *card,
			    const struct volume *boot,
			    const struct release *release, struct volume **out);

/* FAULT_FORMAT: the agency's folder is not the same in both, which the log
 * tells. */
MUST_CHECK enum fault merge_keeps(const struct volume *before,
				  const struct volume *after);
