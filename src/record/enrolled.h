#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/record.h"

/*
 * The kiosks whose tickets this desk takes: an Ed25519 public key each, pinned
 * when staff compared its fingerprint. A kiosk is never removed, since its
 * tickets stay in the record; it is revoked.
 */
struct enrolled {
	uint8_t key[32];
	const char *name; /* short, as printed: "K7" */
	const char *zone; /* IANA, where it stands: its local dates */
	int64_t enrolled_at;
	const char *enrolled_by;
	bool revoked;
	uint32_t last_filed; /* the highest number of a ticket here; 0: none */
	uint32_t last_good;  /* of a revoked one: up to it tickets still file */
};

#define ENROLLED_NAME_LIMIT 24 /* bytes */
#define ENROLLED_LIMIT 500     /* kiosks of one record */

enum enrolled_answer {
	ENROLLED_DONE,
	ENROLLED_ALREADY,     /* this very key is enrolled */
	ENROLLED_NAME_SHARED, /* done; another one, not revoked, has the name */
	ENROLLED_BAD_NAME,    /* empty, too long, or not A-Z a-z 0-9 . _ */
	ENROLLED_UNKNOWN,     /* no kiosk has this key (revoke) */
	ENROLLED_FULL,        /* ENROLLED_LIMIT */
};

/*
 * Two kiosks of one name are both taken in, since a person's ticket matters
 * more than a tidy list; but two people may then hold one number, so whoever
 * enrols is told to rename one of them.
 */
MUST_CHECK enum fault enrolled_add(struct record *record, const uint8_t key[32],
				   const char *name, const char *zone,
				   const struct record_who *who, int64_t now,
				   enum enrolled_answer *answer);

/* Tickets numbered above last_good are no longer filed; 0 refuses all. */
MUST_CHECK enum fault enrolled_revoke(struct record *record,
				      const uint8_t key[32], uint32_t last_good,
				      const struct record_who *who, int64_t now,
				      enum enrolled_answer *answer);

/* Walks all of them, by name; strings live until the next call. */
typedef void enrolled_visit(void *to, const struct enrolled *kiosk);
MUST_CHECK enum fault enrolled_each(struct record *record,
				    enrolled_visit *visit, void *to);
