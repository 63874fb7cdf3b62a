#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/record.h"

/*
 * The quiet flag: a silent call for staff that a ticket may carry. Raised at
 * the scan, at the desk that scanned; after ALERT_REPEAT_MS without anybody
 * acknowledging it, every other desk shows it too, and does so from then on. It
 * stays in the list until it is closed with an outcome, whatever becomes of the
 * visit.
 */
#define ALERT_REPEAT_MS (3 * 60 * 1000)
/* One that was raised later than this after now is repeated, too: the clock was
 * set back since, and nobody knows how long it has waited. */
#define ALERT_AHEAD_MS (2 * RECORD_BUSY_MS)

enum alert_outcome {
	ALERT_NO_OUTCOME,
	ALERT_TALKED,   /* spoke with the person alone */
	ALERT_REFERRED, /* handed to a named service or emergency */
	ALERT_DECLINED, /* the person did not want to talk */
	ALERT_GONE,     /* the person had left */
	ALERT_MISTAKE,  /* raised by mistake */
	ALERT_TEST,     /* the monthly test was answered */
};

enum alert_kind { ALERT_QUIET, ALERT_MONTHLY_TEST };

struct alert {
	int64_t id, visit; /* visit is 0 for a test */
	char number[32];   /* what to call, "K7-0412"; "" for a test */
	enum alert_kind kind;
	char desk[64];                /* where it was raised */
	int64_t raised, acknowledged; /* 0: not yet */
	char by[64];                  /* who acknowledged it */
	bool repeated; /* came to this desk because nobody answered */
};

/*
 * The alerts this desk has to show now, oldest first: its own, the repeated
 * ones of other desks, and whatever is acknowledged and not closed. The first
 * showing of a repeated one is written down. The caller frees *out.
 */
MUST_CHECK enum fault alert_read(struct record *record,
				 const struct record_who *who, int64_t now,
				 struct alert **out, size_t *count);

/*
 * Whether one of them that nobody has acknowledged calls at this desk now,
 * without a word of whose it is: for a screen that nobody has signed in at. The
 * first showing is written down as above.
 */
MUST_CHECK enum fault alert_calls(struct record *record,
				  const struct record_who *who, int64_t now,
				  bool *calls);

enum alert_answer {
	ALERT_DONE,
	ALERT_UNKNOWN,
	ALERT_ALREADY, /* acknowledged or closed by somebody else */
};
MUST_CHECK enum fault alert_acknowledge(struct record *record, int64_t id,
					const struct record_who *who,
					int64_t now, enum alert_answer *answer);
/* Closing one that nobody acknowledged acknowledges it too. */
MUST_CHECK enum fault alert_close(struct record *record, int64_t id,
				  enum alert_outcome outcome,
				  const struct record_who *who, int64_t now,
				  enum alert_answer *answer);
/* The monthly test; *id is the new alert's. */
MUST_CHECK enum fault alert_raise_test(struct record *record,
				       const struct record_who *who,
				       int64_t now, int64_t *id);
