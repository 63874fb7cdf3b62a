#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "flash/edition.h"
#include "flash/manifest.h"

/*
 * A release's text, and a card's version.txt: both come from outside before
 * anything about them is known.
 */
static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* What was taken keeps every promise of its header. */
static void look_at(const struct manifest *manifest)
{
	uint64_t at = MANIFEST_SECTOR;

	for (size_t i = 0; i < manifest->partition_count; i++) {
		const struct manifest_partition *one = &manifest->partitions[i];

		if (one->start < at || one->start + one->size > manifest->size)
			abort();
		at = one->start + one->size;
	}
	if (!manifest_role(manifest, MANIFEST_BOOT) ||
	    !manifest_role(manifest, MANIFEST_DATA) ||
	    !manifest_role(manifest, MANIFEST_ROOT) ||
	    strchr(manifest->image, '/'))
		abort();
	for (size_t i = 0; i < manifest->file_count; i++) {
		if (!manifest_path(manifest->files[i].path))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *text = xstrndup((const char *)data, size);
	struct manifest manifest;
	struct edition edition;
	bool good = false;

	log_to(silent, NULL);
	if (!manifest_read("r", data, size, &good, &manifest)) {
		look_at(&manifest);
		manifest_done(&manifest);
	}
	if (edition_read(text, &edition) && !*edition.variant)
		abort();
	return 0;
}
