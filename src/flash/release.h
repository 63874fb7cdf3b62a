#pragma once

#include "base/bytes.h"
#include "base/fault.h"
#include "flash/manifest.h"
#include "flash/signer.h"

/*
 * A release as somebody has fetched it: its text (flash/manifest.h), in a file
 * that ends in ".release", and the image beside it.
 */
#define RELEASE_END ".release"
#define RELEASE_FILE "release.txt" /* the text's copy in the boot partition */

struct release {
	struct manifest manifest;
	struct bytes text; /* as it was read */
	char *image;       /* the path of the image */
};

/*
 * Reads path and holds it against the keys. Release *out with release_done().
 * FAULT_FORMAT: no release, damaged, or signed by nobody who is trusted: the
 * log says which, and what to do. FAULT_SYSTEM, FAULT_LIMIT: unreadable.
 */
MUST_CHECK enum fault release_open(const char *path, const struct signers *keys,
				   struct release *out);
/* The same of a text that was read already; its image is NULL. */
MUST_CHECK enum fault release_of(const char *called, const struct bytes *text,
				 const struct signers *keys,
				 struct release *out);
void release_done(struct release *release);
