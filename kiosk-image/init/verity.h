#pragma once

#include <stdbool.h>

/* What the card must hold: from the file /root of the initramfs. */
struct root {
	unsigned int disk; /* the number of the disk, in its first sector */
	unsigned long long blocks; /* of 4096 bytes; the hashes come after */
	char hash[65], salt[65];
};

/*
 * Makes the block device at path, "major:minor" of the part with the root,
 * readable as name through the kernel's dm-verity, and reads all of it once,
 * so that damage is found now and not in front of a newcomer. false: it could
 * not be opened, or a block of it is not what was built.
 */
bool verity_open(const struct root *root, const char *part, const char *path);
