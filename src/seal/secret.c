#include "seal/secret.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * libsodium must have looked at the machine before it gives memory or random
 * bytes; asking again costs nothing. Without its generator no promise holds.
 */
static void start(void)
{
	if (sodium_init() < 0) {
		fputs("libsodium cannot start\n", stderr);
		abort();
	}
}

void *secret_new(size_t length)
{
	void *secret;

	start();
	secret = sodium_malloc(length);
	if (!secret) {
		perror("out of memory for keys");
		abort();
	}
	memset(secret, 0, length);
	return secret;
}

void secret_free(void *secret)
{
	sodium_free(secret);
}

void secret_wipe(void *memory, size_t length)
{
	sodium_memzero(memory, length);
}

void secret_random(void *bytes, size_t length)
{
	start();
	randombytes_buf(bytes, length);
}

uint32_t secret_below(uint32_t limit)
{
	start();
	return randombytes_uniform(limit);
}
