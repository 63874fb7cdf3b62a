#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "flash/device.h"
#include "flash/manifest.h"

/* What lies on a device, as libblkid recognises it. */
struct probe_partition {
	int number;
	uint8_t type;
	uint64_t start, size;      /* bytes */
	char holds[MANIFEST_WORD]; /* "ext4"; "blank": nothing it knows */
	char label[MANIFEST_NAME]; /* "" where it has none */
};

struct probe {
	char table[MANIFEST_WORD]; /* "dos", "gpt"; "": none */
	uint32_t disk;             /* the label-id of a dos table */
	struct probe_partition partitions[MANIFEST_PARTITIONS];
	size_t count;
	bool more; /* than MANIFEST_PARTITIONS */
	/* Of the whole device, where it has no table. */
	char holds[MANIFEST_WORD], label[MANIFEST_NAME];
};

/* FAULT_SYSTEM: the device cannot be read. */
MUST_CHECK enum fault probe_look(struct device *device, struct probe *out);

/* Nothing is on it that anybody could miss. */
bool probe_empty(const struct probe *probe);

/* Adds it in words: "vfat FOYER, ext4 data", "nothing". */
void probe_tell(const struct probe *probe, struct bytes *out);
