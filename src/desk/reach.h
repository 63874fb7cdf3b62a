#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/kept.h"
#include "filing/filing.h"
#include "filing/kept.h"

struct desk;

/*
 * Whether the record can be reached, which may lie on a server, and what a desk
 * does while it cannot: what was in sight stays, as of when it was read;
 * nothing is changed; scans are kept (filing/kept.h), and filed when the record
 * is back and the desk is unlocked. Zeros are a record within reach.
 */
struct reach {
	bool lost;
	bool let_in;   /* somebody was meanwhile: desk/enter.h */
	int64_t next;  /* moment of the next try to reach it */
	int64_t look;  /* moment of the next look for kept scans */
	bool signs_in; /* users sign in here, as the record said last */
	struct kept_state kept; /* scans that are kept on this computer */
	/* Those that were read here, while they are in sight, and how far on
	 * the disk they are. Each stands in the list as a visit of the number
	 * reach_visit() gives. */
	struct reach_read {
		struct filing_ticket ticket; /* without its answers */
		char *first_need;
	} * read;
	size_t read_count;
	struct kept_place reading;
	/* A round of filing them, some at each tick. */
	struct reach_filing {
		bool runs;
		struct kept_place place;
		size_t all, filed, others;
		enum fault fault; /* the first */
	} filing;
	/* What became of kept ones and is still to be shown. */
	struct kept_lines became;
};

/* The desk begins: away is whether its record cannot be reached, which was
 * opened all the same (record/where.h). */
void reach_begin(struct desk *desk, bool away);

/* From time to time, and once somebody signed in: what it needs for that is
 * written down. */
void reach_remember(struct desk *desk);

/* The last fault may have come from that: true if the record cannot be reached
 * now, or could not and nobody knew whether it saved; the message line says
 * what that means. */
bool reach_lose(struct desk *desk);

/* Nothing is changed while it cannot be reached: true, and it is said. */
bool reach_refuses(struct desk *desk);

/* Keeps a scan, and says so. false: there is nothing to keep, *out says what it
 * is, and the caller releases it. */
bool reach_keep(struct desk *desk, const char *digits,
		struct filing_ticket *out);

/* What was read of the visit by which a kept ticket stands in the list; NULL
 * for every other visit. */
const struct reach_read *reach_read_of(const struct desk *desk, int64_t visit);

/* Whoever sees the screens next is another: what was read goes; the scans stay
 * kept. */
void reach_forget(struct desk *desk);

/* What became of kept ones goes, too, shown or not. */
void reach_done(struct desk *desk);

/* From time to time: tries to reach it, files what is kept, and shows what
 * became of it, which waits for the waiting list: nothing opens above what
 * somebody is writing. */
void reach_look(struct desk *desk);

/* Files what is kept now, if it can be filed: as much as holds nobody up. */
void reach_file(struct desk *desk);

/* Its next tick shall come at once: there is something to be filed or read. */
bool reach_busy(const struct desk *desk);

/* What the top line says of it, NULL for nothing; the caller frees it. */
char *reach_words(const struct desk *desk);
