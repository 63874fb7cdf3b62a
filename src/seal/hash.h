#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"
#include "seal/key.h"

/*
 * BLAKE2b-256 (RFC 7693) of what comes a piece at a time; the same as
 * key_hash_plain() of all of it, and as `b2sum -l 256`.
 */
struct hash;

struct hash *hash_new(void);       /* for the caller to free */
void hash_free(struct hash *hash); /* NULL is fine */
DEFINE_SCOPED(struct hash, hash_free)

void hash_add(struct hash *hash, const void *data, size_t length);
/* What it is of all that was added; nothing can be added after it. */
void hash_end(struct hash *hash, uint8_t result[KEY_HASH_BYTES]);
