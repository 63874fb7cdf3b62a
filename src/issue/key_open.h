#pragma once

#include "base/fault.h"
#include "base/home.h"
#include "seal/agency_key.h"

/* The agency's key of a home, under its passphrase. For the desk and the office
 * only. */
#define KEYS_SECRET "agency.key"

/*
 * Opens the home's key with the passphrase; on AGENCY_KEY_OPENED the caller
 * owns *out. Faults are those of agency_key_unlock() and of reading.
 */
MUST_CHECK enum fault keys_open(const struct home *home, const char *passphrase,
				enum agency_key_answer *answer,
				struct agency_key **out);

/* What a guess should cost on this machine, by its memory; in a demo, little.*/
enum agency_key_cost keys_cost(const struct home *home);
