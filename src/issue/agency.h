#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "seal/card.h"

/*
 * The agency's public key as a file: frame 585's digits and a line end, so
 * that it may also be scanned or read out. keys/agency.pub is what whoever
 * sets up the kiosk put there; the kiosk pins its own copy.
 */
#define AGENCY_FILE "agency.pub"

/* *found is false, and nothing is a fault, where there is no such file.
 * FAULT_FORMAT: not an agency's card; the log names the mend. */
MUST_CHECK enum fault agency_file_read(const char *path, bool *found,
				       struct card *card);
MUST_CHECK enum fault agency_file_write(const char *path,
					const struct card *card);

/* Adds frame 585's digits, as a screen or a paper shows them. */
void agency_card_digits(const struct card *card, struct bytes *digits);
