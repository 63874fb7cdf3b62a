#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "seal/key.h"
#include "seal/signature.h"

/*
 * What a kiosk and an agency hand each other once, on a screen or on paper: a
 * public key and the name it goes by. As digits (ticket/frame.h) the kiosk's
 * enrolment is frame 584 and the agency's key is frame 585.
 */
#define CARD_NAME 64 /* bytes of UTF-8 */
#define CARD_BYTES (1 + KEY_BYTES + 1 + CARD_NAME + SIGNATURE_BYTES)

struct card {
	uint8_t key[KEY_BYTES];
	char name[CARD_NAME + 1]; /* kiosk: "K7"; agency: its label */
};

/* 01, key, name length, name, and its own signature: the kiosk has the key. */
void card_write_kiosk(const struct card *card,
		      const uint8_t seed[SIGNATURE_SEED], struct bytes *out);

/* 01, key, name length, name. */
void card_write_agency(const struct card *card, struct bytes *out);

/*
 * Reads one strictly. Foreseen answers, since a person holds the other screen.
 */
enum card_answer {
	CARD_GOOD,
	CARD_MALFORMED, /* length, version, or a name that is not plain UTF-8 */
	CARD_UNSOUND,   /* the key is of the kind that must not be used */
	CARD_FORGED,    /* kiosk: the signature is not the key's */
};
MUST_CHECK enum card_answer card_read(enum key_kind kind, const void *data,
				      size_t length, struct card *card);
