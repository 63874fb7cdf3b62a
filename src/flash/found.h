#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "flash/edition.h"
#include "flash/probe.h"
#include "flash/volume.h"

/* What a card is to a release. */
enum found_kind {
	FOUND_EMPTY,   /* nothing is on it */
	FOUND_FOREIGN, /* something that is not Foyer's */
	FOUND_USED,    /* a card of Foyer's that an update may be put on */
	FOUND_ODD,     /* Foyer's, but not laid out as the release is */
};

struct found {
	enum found_kind kind;
	struct probe probe;
	char *odd;           /* FOUND_ODD: why, a half sentence */
	struct volume *boot; /* of a card of Foyer's: its boot partition */
	bool known;          /* the edition could be read */
	struct edition edition;
};

/*
 * Looks at a card with a release's layout in mind; writes nothing. Release *out
 * with found_done(). Faults as device_read() and flash/fat.h have them.
 */
MUST_CHECK enum fault found_look(struct device *device,
				 const struct manifest *manifest,
				 struct found *out);
void found_done(struct found *found);

/* The partition of a table that a release's is. */
const struct probe_partition *
found_partition(const struct probe *probe,
		const struct manifest_partition *wanted);
