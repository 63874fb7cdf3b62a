#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * A card in its reader, or a file that holds what a card would: bytes at
 * places, and every way in which a card fails told in words a person can act
 * on.
 */
struct device;

enum device_use {
	DEVICE_LOOK,  /* to read only */
	DEVICE_WRITE, /* and nobody else may have it in use */
};

/*
 * Opens path. A file that is not there, or empty, is made with size bytes where
 * it is to be written (size 0: it is not made).
 *
 * FAULT_FORMAT: neither a disk nor a file. FAULT_SYSTEM: it is not there, may
 * not be opened, is write-protected or in use.
 */
MUST_CHECK enum fault device_open(const char *path, enum device_use use,
				  uint64_t size, struct device **out);
/* One of a descriptor the caller keeps open; path is how it is named. */
MUST_CHECK enum fault device_of(int descriptor, const char *path,
				struct device **out);
void device_free(struct device *device); /* NULL is fine */
DEFINE_SCOPED(struct device, device_free)

const char *device_path(const struct device *device);
uint64_t device_size(const struct device *device); /* bytes */
bool device_is_disk(const struct device *device);  /* not a file */
int device_descriptor(const struct device *device);

/* FAULT_SYSTEM, for each of these: the card refused, or is gone. */
MUST_CHECK enum fault device_read(struct device *device, uint64_t at,
				  void *data, size_t length);
MUST_CHECK enum fault device_write(struct device *device, uint64_t at,
				   const void *data, size_t length);
/* What was written is on the card when this comes back; and what is read next
 * comes from the card, not from memory. */
MUST_CHECK enum fault device_settle(struct device *device);

/* Has the system look at the card's table anew. */
void device_announce(struct device *device);
