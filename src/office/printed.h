#pragma once

#include "base/home.h"
#include "print/spool.h"
#include "record/record.h"
#include "report/about.h"
#include "report/wording.h"

/*
 * What the verbs that print share: the home's words, paper and printer. It
 * points into itself, so it stays where it was opened.
 */
struct printed {
	struct settings *settings;
	struct catalogue *words; /* the staff's */
	struct record_who who;
	int64_t now;
	char day[16]; /* the local one */
	struct about about;
	struct spool spool;
};

/*
 * For a person who reads the language of a tag; NULL: for staff alone. Release
 * with printed_done(), after a fault too. Faults are those of settings and of
 * tongues_open().
 */
MUST_CHECK enum fault printed_open(struct printed *printed,
				   const struct home *home, const char *tag);
void printed_done(struct printed *printed);

/* The words of a record's values, for pages about it. */
struct wording printed_wording(const struct printed *printed,
			       struct record *record);

/*
 * Writes the page to output, or where that is NULL to the home's folder of
 * prints and on to its printer; a line of JSON says where it is. Faults are
 * spool_put()'s. What a printer refuses stays as a file, and is no fault.
 */
MUST_CHECK enum fault printed_put(const struct printed *printed,
				  const struct page *page, const char *name,
				  const char *output);
