#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/home.h"
#include "filing/filing.h"
#include "ticket/kept_name.h"

/*
 * Scans while the record is on a server that cannot be reached: the tickets are
 * kept on this computer, sealed as they were scanned, and filed when the record
 * is back. Each is a file of its own in KEPT_FOLDER below the home's
 * HOME_RECORD, so that desks of one home share them and none undoes what
 * another wrote; what is in one is the digits of the scan.
 */
#define KEPT_LIMIT 5000 /* tickets */

enum kept_answer {
	KEPT_NOW,
	KEPT_BEFORE, /* the same ticket is kept already */
	KEPT_FULL,   /* KEPT_LIMIT are */
	KEPT_NOT,    /* there is nothing to file: out->status says what it is */
};

/*
 * Keeps a scan. *out is what can be told of it without the record: its status
 * is FILING_FILED where it is to be filed, unless it was before; level, reasons
 * and answers are set then. With KEPT_NOW and KEPT_BEFORE it is on the disk.
 * The caller releases *out with filing_ticket_done().
 *
 * FAULT_SYSTEM: it could not be written (the disk is full, the log has why),
 * and is not kept. Others are the reading's.
 */
MUST_CHECK enum fault kept_add(struct filing *filing, const char *digits,
			       int64_t now, enum kept_answer *answer,
			       struct filing_ticket *out);

/* How many are kept. FAULT_SYSTEM: the folder cannot be read. */
MUST_CHECK enum fault kept_count(const struct filing *filing, size_t *count);

/* The same, of a home that needs no filing open. */
struct kept_state {
	size_t count;
	int64_t since; /* when the oldest was scanned */
	bool calls;    /* a quiet flag was read in one of them, when it was
			  scanned or by kept_next(), or in one that was kept
			  with them; who it is of, only they tell */
};
MUST_CHECK enum fault kept_look(const struct home *home,
				struct kept_state *out);

/* Visits all, the oldest first; wire is NULL for one that is damaged. Faults
 * as kept_look(). */
typedef void kept_visit(void *to, int64_t arrived, const struct wire *wire);
MUST_CHECK enum fault kept_each(const struct home *home, kept_visit *visit,
				void *to);

/* How many of them are sealed to an agency key of this id (seal/key.h), in a
 * home that needs no filing open. What is damaged is sealed to none.
 * FAULT_SYSTEM: the folder or one of them cannot be read. */
MUST_CHECK enum fault kept_sealed_to(const struct home *home, uint16_t id,
				     size_t *count);

/* A walk through them, the oldest first, a ticket a call: a screen is not held
 * by many. Zeros begin it. */
struct kept_place {
	char after[KEPT_NAME + 1]; /* the last */
	int busy;                  /* how often another program held it up */
	bool over;                 /* there was none any more */
	bool another;              /* or another desk is filing them */
};

/*
 * Reads the next one as kept_add() read it, as far as it can be opened now.
 * FILING_INCOMPLETE: it is damaged. The caller releases *out with
 * filing_ticket_done(); while place->over nothing is in it. Faults are of this
 * one alone, and the walk goes on.
 */
MUST_CHECK enum fault kept_next(struct filing *filing, struct kept_place *place,
				int64_t now, int64_t *arrived,
				struct filing_ticket *out);

/* What became of one that was scanned at arrived; ticket is NULL for a file
 * that was damaged. It belongs to the caller. */
typedef void kept_told(void *to, int64_t arrived,
		       const struct filing_ticket *ticket);

/*
 * Files the next one, as a scan that arrived when it did; it is removed once
 * the record has it, filed or aside. A damaged file is put beside the others
 * under another name; a sound ticket whose answers cannot be read goes aside in
 * the record. Where another desk is at it just now, the walk is over. One that
 * fails is still kept and holds up no other, unless the record cannot be
 * reached: then the walk is over, too.
 *
 * FAULT_STORE: the record refused it. FAULT_SYSTEM: a file could not be read or
 * removed, or the folder not be locked, the log has which; what was filed is
 * known as filed the next time.
 */
MUST_CHECK enum fault kept_file(struct filing *filing,
				const struct record_who *who, int64_t now,
				struct kept_place *place, kept_told *told,
				void *to);
