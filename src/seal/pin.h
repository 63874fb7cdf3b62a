#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The staff PIN of a kiosk: 6 to 12 digits, kept as Argon2id's text
 * (libsodium's crypto_pwhash_str), 2 passes over 64 MiB, so that a card that
 * was taken out still has each guess cost something. Digits alone are few: what
 * protects them in the lobby is that guesses are slowed, and stay slowed over a
 * power cut.
 *
 *   staff.pin    the hash
 *   staff.tries  wrong ones since the last right one, a blank, the last moment
 *
 * The moment is in pin_try()'s milliseconds; without it, pin_new()'s holds.
 */
struct pin;

#define PIN_LEAST 6
#define PIN_MOST 12
#define PIN_FREE 4 /* wrong tries before the next one waits */

/* Of the folder that holds both; nothing is read yet. now is ms of a clock that
 * only goes forward while the machine is on: a wait that was on goes on, and
 * after a power cut lasts at least until the machine was on for so long again,
 * since nobody knows how long it was off. The caller frees it. */
struct pin *pin_new(const char *folder, int64_t now);
void pin_free(struct pin *pin); /* NULL is fine */
DEFINE_SCOPED(struct pin, pin_free)

/* Whether one was chosen; a file that is none of ours is one that no digits
 * open, which pin_try() logs once. */
bool pin_is_set(const struct pin *pin);

/* Whether digits are none that everybody tries first: one digit or two all
 * over, up or down in a row, the same part twice or thrice, or a year in them
 * that a person was born. And not digits at all, too few, too many. */
enum pin_choice { PIN_GOOD, PIN_LENGTH, PIN_TRIVIAL };
enum pin_choice pin_choose(const char *digits);

/* How dear a guess is; a demo's is cheap, for tests. */
enum pin_cost { PIN_KIOSK, PIN_DEMO };

/* FAULT_SYSTEM: too little memory, or it cannot be written. */
MUST_CHECK enum fault pin_set(struct pin *pin, const char *digits,
			      enum pin_cost cost);

enum pin_answer {
	PIN_RIGHT,
	PIN_WRONG,
	PIN_WAIT, /* it was not looked at: pin_wait() says how long */
};

/*
 * A try counts before it is looked at, so that cutting the power gives none
 * away. FAULT_SYSTEM: it could not be counted, and was not looked at.
 */
MUST_CHECK enum fault pin_try(struct pin *pin, const char *digits, int64_t now,
			      enum pin_answer *answer);

/* Milliseconds until the next try is looked at; 0: now. */
int64_t pin_wait(const struct pin *pin, int64_t now);
