#pragma once

#include <stddef.h>

#include "print/spool.h"
#include "report/about.h"

struct desk;

/*
 * Pages on their way to the office's printer: nobody waits for them at the
 * screen. Zeros are none.
 */
#define PRINTING_MOST 8

struct printing {
	struct printing_job {
		struct spool_job job;
		char said[SPOOL_WORD]; /* of it, so far */
		char *path;
	} jobs[PRINTING_MOST];
	size_t count;
};

/*
 * What a page needs to say whose it is, in the staff's language and, beside
 * it, own (BCP 47; NULL: the staff's alone). The caller releases it with
 * printing_about_done(). FAULT_SYSTEM, FAULT_FORMAT: the words of pages.
 */
MUST_CHECK enum fault printing_about(const struct desk *desk, const char *own,
				     struct about *out);
void printing_about_done(struct about *about);

/* Puts the page into the home's prints, sends it to the printer if there is
 * one, and says where it is; a fault is said, too. name: "list-people". */
void printing_put(struct desk *desk, const struct page *page, const char *name);

/* Time has passed: says what became of those that were sent. */
void printing_look(struct desk *desk);

/* Forgets them: the printer's queue has them, or does not. */
void printing_done(struct printing *printing);
