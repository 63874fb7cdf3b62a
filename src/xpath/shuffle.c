#include "xpath/shuffle.h"

#include <math.h>
#include <nettle/sha2.h>
#include <string.h>

#define MODULUS INT64_C(2147483647)
#define FACTOR 16807

/* The first eight bytes of the text's SHA-256, the highest first. */
static int64_t hash_of(const char *text)
{
	struct sha256_ctx state;
	uint8_t digest[SHA256_DIGEST_SIZE];
	uint64_t hash = 0;

	sha256_init(&state);
	sha256_update(&state, strlen(text), (const uint8_t *)text);
	sha256_digest(&state, sizeof digest, digest);
	for (int i = 0; i < 8; i++)
		hash = hash << 8 | digest[i];
	return (int64_t)hash;
}

/* What is left over the modulus, with the sign of the number. */
static int64_t remainder_of(double number, const char *text)
{
	if (isnan(number))
		return *text ? hash_of(text) % MODULUS : 0;
	if (isinf(number))
		return (number > 0 ? INT64_MAX : INT64_MIN) % MODULUS;
	return (int64_t)fmod(trunc(number), (double)MODULUS);
}

struct shuffle shuffle_seeded(double number, const char *text)
{
	int64_t state = remainder_of(number, text);

	return (struct shuffle){ .state =
				     state > 0 ? state : state + MODULUS - 1 };
}

struct shuffle shuffle_random(double (*random)(void *to), void *to)
{
	return (struct shuffle){ .random = random, .to = to };
}

size_t shuffle_next(struct shuffle *shuffle, size_t below)
{
	double chance;
	size_t place;

	if (shuffle->random) {
		chance = shuffle->random(shuffle->to);
	} else {
		shuffle->state = shuffle->state * FACTOR % MODULUS;
		chance = (double)(shuffle->state - 1) / (double)(MODULUS - 1);
	}
	place = (size_t)floor(chance * (double)below);
	return place < below ? place : below - 1;
}
