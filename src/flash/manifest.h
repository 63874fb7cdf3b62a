#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "flash/version.h"
#include "seal/signature.h"

/*
 * What a release is: a text of lines, that anybody may read, and the file with
 * the card's image beside it. The lines, in this order, each ended by a line
 * feed, words parted by one blank:
 *
 *	foyer release 1
 *	name Foyer kiosk, November 2026
 *	variant kiosk
 *	version 2026.11.2
 *	image foyer-kiosk.img.zst
 *	size 314572800
 *	hash 5b0a...
 *	disk 6f796572
 *	partition 1 boot 0c 4194304 100663296 vfat 77fe...
 *	partition 2 data 83 104857600 67108864 ext4 0c11...
 *	partition 3 root 83 171966464 142606336 squashfs 9d4c...
 *	file 1e55... 14365491 kernel8.img
 *	...
 *	key 8d3a...
 *	signature 41c0...
 *
 * size is the image's without compression, in bytes, and hash is its
 * BLAKE2b-256 (`b2sum -l 256`). disk is the MBR's label-id. A partition has its
 * number in the MBR (1 to 4), its role, its type there, where it starts and how
 * long it is in bytes, what it holds as libblkid names it ("blank" for what it
 * does not know), and its hash. A card that is in use keeps its data partitions
 * and the agency's folder in the boot partition; the root partition and the
 * files of the boot partition that have a line here are replaced. Those lie
 * anywhere but in the agency's folder. Numbers of bytes are multiples of 512,
 * except files'.
 *
 * The signature is Ed25519's of the key named before it over
 * "foyer/release/v1" and its zero byte, and the BLAKE2b-256 of that prefix with
 * its zero byte and all bytes up to the line that begins with "signature".
 */
#define MANIFEST_LIMIT (64 * 1024) /* bytes of the text */
#define MANIFEST_FILES 256
#define MANIFEST_PARTITIONS 4 /* an MBR has no more */
#define MANIFEST_NAME 80      /* bytes of a name, with its zero */
#define MANIFEST_WORD 20      /* of a variant, or what a partition holds */
#define MANIFEST_PATH 128     /* of a file's path */
#define MANIFEST_SIZE ((uint64_t)64 << 30)  /* bytes of an image, at most */
#define MANIFEST_FILE ((uint64_t)256 << 20) /* of a boot file */
#define MANIFEST_SECTOR 512

#define MANIFEST_AGENCY                                      \
	"foyer" /* the agency's folder on the boot partition \
		 */

enum manifest_role {
	MANIFEST_BOOT, /* exactly one */
	MANIFEST_DATA, /* one or more; never written on a card in use */
	MANIFEST_ROOT, /* exactly one, and the last on the card */
	MANIFEST_ROLES,
};

struct manifest_partition {
	int number;
	enum manifest_role role;
	uint8_t type;
	uint64_t start, size;
	char holds[MANIFEST_WORD];
	uint8_t hash[KEY_HASH_BYTES];
};

struct manifest_file {
	char path[MANIFEST_PATH]; /* parted by "/" */
	uint64_t size;
	uint8_t hash[KEY_HASH_BYTES];
};

struct manifest {
	char name[MANIFEST_NAME], variant[MANIFEST_WORD];
	struct version version;
	char image[MANIFEST_NAME]; /* a name without a folder */
	uint64_t size;
	uint8_t hash[KEY_HASH_BYTES];
	uint32_t disk;
	struct manifest_partition partitions[MANIFEST_PARTITIONS];
	size_t partition_count; /* in the order of their places */
	struct manifest_file *files;
	size_t file_count;
	uint8_t key[KEY_BYTES];
};

/*
 * Reads the lines of a text; called is how complaints name it. *good says
 * whether the signature at its end is the key's own; whether the key is one to
 * trust is another question. Release *out with manifest_done().
 *
 * FAULT_FORMAT: no release, or damaged; the log has the line. FAULT_LIMIT: more
 * than MANIFEST_LIMIT bytes, or one of the limits above.
 */
MUST_CHECK enum fault manifest_read(const char *called, const void *text,
				    size_t length, bool *good,
				    struct manifest *out);
void manifest_done(struct manifest *manifest);

/* Adds the text, signed by the key of a seed; manifest->key is not looked at.
 */
void manifest_write(const struct manifest *manifest,
		    const uint8_t seed[SIGNATURE_SEED], struct bytes *out);

/* The first partition with that role. */
const struct manifest_partition *manifest_role(const struct manifest *manifest,
					       enum manifest_role role);

/*
 * Whether a path may be a boot file's: names of letters, digits and "._+-",
 * none beginning with a dot, not in the agency's folder whatever its case.
 */
bool manifest_path(const char *path);
