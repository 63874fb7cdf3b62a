#pragma once

#include "ticket/wire.h"

/*
 * Opening a genuine wire; for the desk and the office only. plain gets the
 * class's bytes and belongs in secret memory. Whoever asks has verified the
 * signature with wire_genuine() and found the secret by the header's id.
 */
enum open_answer {
	OPEN_DONE,
	OPEN_REFUSED, /* another agency key, or not sealed as it says */
};
MUST_CHECK enum open_answer wire_open(const uint8_t *bytes, size_t length,
				      const uint8_t agency_secret[KEY_BYTES],
				      const uint8_t agency[KEY_BYTES],
				      const uint8_t kiosk[KEY_BYTES],
				      uint8_t plain[WIRE_PLAIN_MAX],
				      size_t *plain_length);
