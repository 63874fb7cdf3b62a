#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * A file that keeps a secret under a passphrase: magic (8), Argon2id passes
 * (4), memory in KiB (4), salt (16), nonce (24), and XChaCha20-Poly1305 of the
 * secret with those 56 bytes as associated data. Numbers are big-endian.
 */
#define LOCKED_FRONT (8 + 4 + 4 + 16 + 24)
#define LOCKED_OVER (LOCKED_FRONT + 16) /* bytes beside the secret's */
#define LOCKED_MOST 256                 /* bytes of a secret */

#define LOCKED_PASSES_LIMIT 16        /* a file asking for more is refused */
#define LOCKED_MEMORY_LIMIT (1 << 20) /* KiB */

/* One kind of such files. */
struct locked_kind {
	char magic[9];      /* eight bytes and a zero */
	const char *name;   /* "agency key file" */
	const char *a;      /* "an agency key file of Foyer" */
	const char *made;   /* "`foyer key new`" */
	size_t least, most; /* bytes of the secret */
};

/* How dear each guess of the passphrase is. */
struct locked_cost {
	uint32_t passes, memory; /* KiB */
};

/* Adds the file's bytes. FAULT_SYSTEM: not enough memory for the cost. */
MUST_CHECK enum fault locked_close(const struct locked_kind *kind,
				   struct locked_cost cost,
				   const char *passphrase, const void *secret,
				   size_t length, struct bytes *out);

/*
 * Opens the file's bytes; takes as long as its cost says. *opened is false
 * where the passphrase is another one or the file is damaged: they look alike.
 * Else secret, which is in secret memory and has room for kind->most bytes, got
 * length - LOCKED_OVER of them.
 *
 * FAULT_FORMAT: no such file. FAULT_LIMIT: its cost is above the limits.
 * FAULT_SYSTEM: not enough memory for its cost.
 */
MUST_CHECK enum fault locked_open(const struct locked_kind *kind,
				  const void *file, size_t length,
				  const char *passphrase, bool *opened,
				  uint8_t *secret);
