#pragma once

#include "seal/hpke.h"

/*
 * Opening what seal/seal.h sealed. For the desk and the office only: the kiosk
 * does not link this file, and a test looks.
 *
 * sender is the sender's public key in the modes with authentication.
 * FAULT_FORMAT: enc or sender is no key.
 */
MUST_CHECK enum fault
hpke_receive(enum hpke_mode mode, const uint8_t secret[HPKE_KEY],
	     const uint8_t enc[HPKE_ENC], const uint8_t *sender,
	     const void *info, size_t info_length, const struct hpke_psk *psk,
	     struct hpke_context *context);

/* Whether the message is whole and ours is a foreseen answer. */
enum hpke_open {
	HPKE_OPENED,
	HPKE_REFUSED, /* another key, another header, or damage */
};

/*
 * sealed has length bytes, HPKE_TAG or more; plain gets length - HPKE_TAG.
 * Refused, plain is zeros and the message is not counted.
 */
MUST_CHECK enum hpke_open hpke_open(struct hpke_context *context,
				    const void *aad, size_t aad_length,
				    const uint8_t *sealed, size_t length,
				    uint8_t *plain);
