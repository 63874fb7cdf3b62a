#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "vault/place.h"

/*
 * A desk box's partition, sticks and clock in a scratch folder, without root:
 * the partition is a file, cryptsetup a script that keeps the passphrase in
 * one, and mounting is written down. A stick "sda1" of the label FOYER can be
 * plugged in; what is mounted there is a folder.
 */
struct safe {
	char *folder;
	struct vault_place place;
	char *paths[16]; /* of place; owned here */
	size_t path_count;
};

#define SAFE_PARTITION (32 * 1024 * 1024) /* bytes */

/* Only one at a time. real: the machine's own cryptsetup (a cheap PBKDF), not
 * the script. */
void safe_init(struct safe *safe, bool real);
void safe_done(struct safe *safe);

/* The stick is plugged in, or pulled. */
void safe_plug(struct safe *safe, bool in);

/* A reader "sdb" with a card of so many bytes is plugged in. Its node, a file
 * that holds nothing yet; the caller frees the path. */
char *safe_plug_card(const struct safe *safe, uint64_t size);

/* From now on what is open cannot be closed; or it can again. */
void safe_jam(const struct safe *safe, bool jammed);

/* A folder that stays when the partition is closed: what lies on it. */
char *safe_data(const struct safe *safe);
/* The arguments of every program that was run, a line each. Caller frees. */
char *safe_ran(const struct safe *safe);
/* Seconds that the clock was set to; 0: it was not. */
time_t safe_clock(void);
