#pragma once

#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4) over length bytes. */
#define DIGEST_BYTES 32
void digest_sha256(const void *data, size_t length,
		   uint8_t digest[DIGEST_BYTES]);
