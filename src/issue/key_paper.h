#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "print/picture.h"
#include "seal/agency_key.h"
#include "seal/key_lines.h"

/*
 * An agency's key on paper: its four lines, and frame 586 (1, then the secret)
 * as a symbol. It is not sealed: whoever has the paper opens every ticket, so
 * it is kept in two places where nobody else comes. For the desk and the office
 * only.
 */

/* For a printer of width dots; faults as slip_draw(). The caller frees *out,
 * which wipes it. */
MUST_CHECK enum fault key_paper_draw(const struct agency_key *key, int width,
				     struct picture **out);

/* The secret in count digits of a scan; false, and secret untouched: they are
 * not the paper of a key. */
bool key_paper_scan(const char *digits, size_t count,
		    uint8_t secret[KEY_BYTES]);

/* Whether somebody who has the paper typed its line number (1 to KEY_LINES), or
 * scanned its symbol. */
bool key_paper_proves(const struct agency_key *key, int number,
		      const char *typed);

/* "04A3 · 2026-11-22": which key it is, and when it was made. */
#define KEY_PAPER_NAME 64
void key_paper_name(const struct agency_key *key, char text[KEY_PAPER_NAME]);

/* The public half's paper, for a kiosk to scan: label, fingerprint and frame
 * 585. It is no secret. Faults as slip_draw(); the caller frees *out. */
struct card;
MUST_CHECK enum fault key_card_draw(const struct card *card, int width,
				    struct picture **out);
