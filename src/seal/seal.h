#pragma once

#include "seal/hpke.h"

/*
 * Sealing: what only the holder of a secret X25519 key can read again.
 *
 * enc and receiver are public; ephemeral is the one-time secret, which the
 * caller makes with secret_random() and wipes. sender is the sender's secret
 * key in the modes with authentication, else NULL.
 *
 * FAULT_FORMAT: the receiver's key is no key (its secret would be zero).
 */
MUST_CHECK enum fault
hpke_send(enum hpke_mode mode, const uint8_t receiver[HPKE_KEY],
	  const uint8_t ephemeral[HPKE_KEY], const uint8_t *sender,
	  const void *info, size_t info_length, const struct hpke_psk *psk,
	  uint8_t enc[HPKE_ENC], struct hpke_context *context);

/* Writes length + HPKE_TAG bytes to sealed and counts the message. */
void hpke_seal(struct hpke_context *context, const void *aad, size_t aad_length,
	       const void *plain, size_t length, uint8_t *sealed);
