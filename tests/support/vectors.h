#pragma once

#include "ticket/wire.h"

/*
 * The three tickets that TICKET.md §10 gives: agency secret 32 x 11, kiosk
 * seed 32 x 22, ephemeral secret 32 x 33.
 */
struct vector_keys {
	uint8_t agency_secret[32], seed[32], ephemeral[32];
	uint8_t agency[32], kiosk[32]; /* the public halves */
};

void vector_keys(struct vector_keys *keys);

struct vector {
	uint32_t sequence;
	size_t plain_length;
	const char *tag;         /* hex */
	const char *wire_sha256; /* hex */
	size_t digits;
	const char *digits_begin, *digits_end;
	const char *digits_sha256; /* hex */
};

#define VECTORS 3
extern const struct vector vectors[VECTORS];

/* The plaintext of one (0..2), and its wire. */
void vector_plain(int which, uint8_t plain[WIRE_PLAIN_MAX]);
void vector_wire(int which, struct wire *wire);
