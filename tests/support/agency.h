#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/home.h"
#include "filing/filing.h"
#include "form/form.h"
#include "record/record.h"
#include "ticket/pack.h"
#include "ticket/slots.h"
#include "ticket/wire.h"

/*
 * A made-up agency in a folder: its key under the passphrase
 * AGENCY_PASSPHRASE, kiosk K7 enrolled in Toronto, the form of
 * tests/data/filing/visit.xml, a record, and the desk's filing, unlocked.
 */
struct agency {
	char *folder;
	struct home *home;
	struct record *record;
	struct filing *filing;
	struct form *form;
	struct slots *slots;
	uint8_t secret[32], key[32];     /* the agency's */
	uint8_t seed[32], kiosk_key[32]; /* K7's */
};

#define AGENCY_PASSPHRASE "lamo kire fusa bido wena topu"
#define AGENCY_NOON 1782057600000 /* 2026-06-21, noon in Toronto */

/* byte makes one agency different from another. */
void agency_init(struct agency *agency, uint8_t byte);
void agency_done(struct agency *agency);

/* *state becomes a struct agency, and what is logged is held back. */
int agency_open(void **state);
int agency_close(void **state);
#define WITH_AGENCY(test) \
	cmocka_unit_test_setup_teardown(test, agency_open, agency_close)

/* Another kiosk's keys, not enrolled anywhere. */
void agency_kiosk(uint8_t byte, uint8_t seed[32], uint8_t key[32]);
void agency_enrol(struct agency *agency, const uint8_t key[32],
		  const char *name);

/* An answer of a ticket: "/data/age", "30". "" adds one to a repeat. */
struct agency_answer {
	const char *path, *value;
};

/* The digits of a ticket issued at AGENCY_NOON; the caller frees them. */
char *agency_ticket(const struct agency *agency, uint32_t seq, unsigned flags,
		    const struct agency_answer *answers, size_t count);

/* The same of a plaintext, by any kiosk to any agency. */
struct wire agency_wire(const uint8_t agency[32], const uint8_t seed[32],
			const uint8_t kiosk[32], uint32_t seq,
			const uint8_t *plain, size_t length);
char *agency_digits(const struct wire *wire, uint32_t seq);

/* Packs answers; *length is the plaintext's. */
void agency_pack(const struct agency *agency, unsigned flags, int64_t at,
		 const struct agency_answer *answers, size_t count,
		 uint8_t plain[WIRE_PLAIN_MAX], size_t *length);
