#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "flash/device.h"

/*
 * A partition, or a whole image, in memory: a nameless file that other programs
 * can work on by its path, gone with this program. Only what is not zero takes
 * room.
 */
struct volume;

/* One of size bytes, all zero. FAULT_SYSTEM: there is no memory for it. */
MUST_CHECK enum fault volume_new(uint64_t size, struct volume **out);
void volume_free(struct volume *volume); /* NULL is fine */
DEFINE_SCOPED(struct volume, volume_free)

/* One with what lies on a device from at on. */
MUST_CHECK enum fault volume_load(struct device *device, uint64_t at,
				  uint64_t size, struct volume **out);
MUST_CHECK enum fault volume_copy(const struct volume *from,
				  struct volume **out);

uint64_t volume_size(const struct volume *volume); /* bytes */
int volume_descriptor(const struct volume *volume);
/* "/proc/self/fd/7", good in this program and those that it starts. */
const char *volume_path(const struct volume *volume);

MUST_CHECK enum fault volume_read(const struct volume *volume, uint64_t at,
				  void *data, size_t length);
MUST_CHECK enum fault volume_write(struct volume *volume, uint64_t at,
				   const void *data, size_t length);

/* The same for a place that is still zero: what is zero takes no room. */
MUST_CHECK enum fault volume_fill(struct volume *volume, uint64_t at,
				  const void *data, size_t length);
/* Makes it size bytes long; what is added is zero. */
MUST_CHECK enum fault volume_resize(struct volume *volume, uint64_t size);

/* Whether the device has the same bytes from at on; false, too, where it cannot
 * be read, which the log then has. */
bool volume_same(const struct volume *volume, struct device *device,
		 uint64_t at);
