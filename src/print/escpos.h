#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "print/picture.h"

/*
 * ESC/POS: the bytes that make a receipt printer print a picture, and the
 * bytes it answers (TICKET.md §7).
 */

#define ESCPOS_BAND 64 /* rows in a band; the last one may have fewer */
#define ESCPOS_BAND_LEAST 24
#define ESCPOS_BAND_MOST 112

/* In what one model's job is unlike another's. */
struct escpos_ways {
	int band; /* rows, no multiple of 48 */
	int feed; /* lines after the picture */
	bool cuts;
	bool acknowledges; /* it is asked to say when all that is done */
};

/*
 * A job: zero bytes that complete any half-received raster, initialise, three
 * status questions, the picture in bands, feed, cut, and a request for an
 * acknowledgement when all that is done. The pieces come one after another;
 * bytes.data[0 .. end[0]) is the first.
 */
enum escpos_piece {
	ESCPOS_OPENING, /* zero bytes and initialise */
	ESCPOS_ASK_STATE,
	ESCPOS_ASK_CAUSE,
	ESCPOS_ASK_PAPER,
	ESCPOS_BANDS, /* the first band; further ones follow */
};
#define ESCPOS_PIECES \
	(ESCPOS_BANDS + PICTURE_MAX_HEIGHT / ESCPOS_BAND_LEAST + 2)

struct escpos_job {
	struct bytes bytes;
	size_t end[ESCPOS_PIECES]; /* where each piece ends */
	int pieces;                /* the last is feed, cut, acknowledgement */
};

/*
 * Makes the job of a picture for a printer of these ways; those of any are
 * profile_usual's (print/profile.h). Bands are never a multiple of 48 rows:
 * white rows are added. Release with escpos_done().
 */
void escpos_job(const struct picture *picture, const struct escpos_ways *ways,
		struct escpos_job *out);
void escpos_done(struct escpos_job *job); /* wipes */

/*
 * Makes a picture safe to send. Printers obey 10 04, 10 05 and 10 14 even
 * inside a raster. Each needs a byte 10, a single black dot between white
 * ones: that dot gets a black neighbour, and the bytes become 18 04. A symbol
 * of 2 dots a module and more has no such dot, so only letters ever gain one.
 * paper_draw() gives a picture that is mended already, so that a file shows
 * what comes out; escpos_job() mends what it sends, whatever became of it in
 * between. Returns the number of dots added.
 */
int escpos_mend(struct picture *picture);

/* What a printer's status replies told. */
struct escpos_status {
	bool offline, cover_open, no_paper, failed;
	bool paper_low; /* near the end: print on, tell staff */
};

/*
 * Reads replies byte by byte. Replies nobody asked for (automatic status back,
 * four bytes) are skipped. Start from { 0 }.
 */
struct escpos_reader {
	int skip; /* bytes of an unasked reply still to come */
};

enum escpos_reply {
	ESCPOS_NOTHING,      /* not a reply to a question of ours */
	ESCPOS_STATUS,       /* an answer to 10 04 n */
	ESCPOS_ACKNOWLEDGED, /* the answer to 1D 72 01 */
};

enum escpos_reply escpos_reply(struct escpos_reader *reader, uint8_t byte);

/* Adds what a status reply to this question says. */
void escpos_status(enum escpos_piece question, uint8_t reply,
		   struct escpos_status *status);

/* Adds what an acknowledgement says of the paper. */
void escpos_acknowledged(uint8_t reply, struct escpos_status *status);
