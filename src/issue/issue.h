#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/home.h"
#include "base/memory.h"
#include "form/run.h"
#include "issue/lobby.h"
#include "seal/card.h"
#include "ticket/pack.h"
#include "ticket/slots.h"
#include "ticket/wire.h"

/*
 * From a confirmed run to a ticket. The kiosk's way, in order:
 *
 *   issuer_open()     once: the kiosk's key, numbers and agency key
 *   issuer_take()     a number, durable (before a visitor's process is forked)
 *   issue_seal()      answers -> plaintext -> wire -> `pending` on the disk
 *   (print)           the caller drives the printer in its poll loop
 *   issue_confirm()   the paper is out: `pending` is removed
 *
 * After issue_seal() nothing readable is left in any memory of this room.
 * Printing again prints the same wire; it is never sealed twice.
 */
struct issuer;

enum issuer_state {
	ISSUER_READY,
	ISSUER_NO_AGENCY_KEY, /* keys/agency.pub is missing: `foyer key new` */
	ISSUER_AGENCY_KEY_CHANGED, /* not the one that was pinned */
	ISSUER_NUMBERS_LOST, /* needs issuer_renew() and a new enrolment */
};

/*
 * Opens the home's kiosk, making its key on the first start, and pins the
 * agency key it finds then. What an earlier process left when it was killed is
 * on the disk for good before this returns. Only one process at a time may: it
 * holds a lock, which a forked child shares. The caller frees *out in every
 * state; home and lobby outlive it.
 *
 * FAULT_SYSTEM: a file or folder, or another process is issuing here.
 * FAULT_FORMAT: a key file is damaged; the log names it and the mend.
 */
MUST_CHECK enum fault issuer_open(const struct home *home,
				  const struct lobby *lobby,
				  struct issuer **out);
/*
 * The same for whoever only shows the kiosk's cards, also while it issues:
 * nothing is written or held, and only issuer_kiosk(), issuer_agency(), its
 * label and issuer_enrolment() may be asked. A kiosk without a key is opened,
 * which makes one.
 */
MUST_CHECK enum fault issuer_look(const struct home *home,
				  const struct lobby *lobby,
				  struct issuer **out);
void issuer_free(struct issuer *issuer); /* NULL is fine; wipes */
DEFINE_SCOPED(struct issuer, issuer_free)

enum issuer_state issuer_state(const struct issuer *issuer);

/* FAULT_SYSTEM, and the log has the mend: it is not ISSUER_READY. */
MUST_CHECK enum fault issuer_ready(const struct issuer *issuer);

const uint8_t *issuer_kiosk(const struct issuer *issuer);  /* public key */
const uint8_t *issuer_agency(const struct issuer *issuer); /* NULL if none */
const char *issuer_agency_label(const struct issuer *issuer);

/* The kiosk's card for enrolment: frame 584's payload as digits. */
void issuer_enrolment(const struct issuer *issuer, struct bytes *digits);

/*
 * Staff's word, behind their PIN or after they were asked: a new kiosk key and
 * numbers from 1. A ticket that waits for its paper bears the present key, and
 * could not be printed any more: nothing changes then. FAULT_SYSTEM.
 */
enum issuer_renewal { ISSUER_RENEWED, ISSUER_TICKET_WAITS };
MUST_CHECK enum fault issuer_renew(struct issuer *issuer,
				   enum issuer_renewal *renewal);

/* The agency key that lies in keys, which need not be the one that is pinned;
 * *found: there is one. FAULT_SYSTEM, FAULT_FORMAT. */
MUST_CHECK enum fault issuer_offered(const struct issuer *issuer, bool *found,
				     struct card *card);

/* Staff's word, behind their PIN or after they compared: pins that one. */
MUST_CHECK enum fault issuer_pin(struct issuer *issuer);

/*
 * A key that came by its code takes the place of the one that lies in keys;
 * issuer_pin() comes last, so that a power cut in between leaves a change that
 * goes on to the new key, never back to the old one. FAULT_SYSTEM.
 */
MUST_CHECK enum fault issuer_offer(const struct issuer *issuer,
				   const struct card *card);

/* Whether a key is the one that this kiosk sealed to before: staff who hold an
 * old card or an old code are told. */
bool issuer_was_agency(const struct issuer *issuer,
		       const uint8_t key[KEY_BYTES]);

/* Where the key that lies in keys is that one, the pinned one takes its place:
 * no kiosk goes back to it by itself. FAULT_SYSTEM, FAULT_FORMAT. */
MUST_CHECK enum fault issuer_refuse_former(struct issuer *issuer);

/* FAULT_SYSTEM, FAULT_LIMIT: as sequence_take(); issue nothing. */
MUST_CHECK enum fault issuer_take(struct issuer *issuer, uint32_t *number);

/* A ticket that was made: all of it may be seen by anyone. */
struct issued {
	struct wire wire;
	uint32_t sequence;
	char number[WIRE_NUMBER_BYTES]; /* "K7-0412" */
	int64_t minutes; /* since 1970 UTC; -1: the date is left blank */
	struct bytes digits;
};
void issued_done(struct issued *issued); /* wipes */

enum issue_answer {
	ISSUE_DONE,
	ISSUE_TOO_LONG, /* as PACK_TOO_LONG; the number is lost, no harm */
};

/*
 * Seals the run's relevant answers under the number taken and writes `pending`
 * before it returns. now is ms since 1970 UTC; flags as pack(), with
 * PLAIN_CLOCK_UNSURE added where now is a time that no set clock shows.
 * FAULT_SYSTEM: `pending` could not be written; nothing was issued.
 */
MUST_CHECK enum fault issue_seal(struct issuer *issuer,
				 const struct slots *slots, struct run *run,
				 uint32_t number, int64_t now, unsigned flags,
				 enum issue_answer *answer,
				 struct issued *issued);

/*
 * Who writes and removes `pending` for a process that cannot: it asks one that
 * can, whose issuer is the same. Each call is durable when it returns.
 */
struct issue_keeper {
	enum fault (*keep)(void *to, const void *wire, size_t length);
	enum fault (*drop)(void *to);
	void *to;
};
void issuer_entrust(struct issuer *issuer, struct issue_keeper keeper);

/* What such a keeper calls: a sealed ticket of this kiosk, with the number that
 * was taken for it, is `pending` now. FAULT_FORMAT: it is none, or has another
 * number, so it is not written. FAULT_SYSTEM: it could not be. */
MUST_CHECK enum fault issue_keep(struct issuer *issuer, uint32_t number,
				 const void *wire, size_t length);

/* The paper is in a hand, or its symbol was taken from the screen: removes
 * `pending`. Nothing else is a reason: it is set aside (issue/waiting.h). */
MUST_CHECK enum fault issue_confirm(struct issuer *issuer);

/* The ticket that is pending, if there is one: *found. What is none is
 * removed. */
#define ISSUE_PENDING_FILE "pending"
MUST_CHECK enum fault issue_pending(struct issuer *issuer, bool *found,
				    struct issued *issued);

/* The same of one that was set aside (issue/waiting.h), which may be printed
 * again behind the staff PIN; it stays. Not *found: it is gone, or was made
 * with another key of this kiosk. */
MUST_CHECK enum fault issue_waiting(struct issuer *issuer, uint32_t sequence,
				    bool *found, struct issued *issued);
