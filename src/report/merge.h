#pragma once

#include "report/statistics.h"

/*
 * The shared counts of several sites as one report: a table has the rows of
 * all sites, a count is the sum of what sites show. Where sites hid it, it is
 * at least that, and " (+2)" behind it says how many did. Each site's counts
 * are rounded without favour, so errors of many do not pile up: the sum of n
 * sites is less than 5 n off, and mostly much less.
 */
struct merge;

struct merge *merge_new(void);
void merge_free(struct merge *merge); /* NULL is fine */
DEFINE_SCOPED(struct merge, merge_free)

enum merge_answer {
	MERGE_TAKEN,
	MERGE_UNKNOWN_SITE, /* none of the list has this key */
	MERGE_OTHER_NAME,   /* the key is another site's */
	MERGE_TWICE,        /* this site was taken */
	MERGE_OTHER_DAYS,   /* not those of the first that was taken */
};

/* A site that is awaited, by its key; the name is copied. False: one of this
 * name or key is awaited already. */
bool merge_await(struct merge *merge, const char *site,
		 const uint8_t key[KEY_BYTES]);

/* Takes a site's counts; they may be released afterwards. */
enum merge_answer merge_take(struct merge *merge,
			     const struct statistics *statistics);

/* The awaited that did not come, in their order; NULL past the last. */
const char *merge_missing(const struct merge *merge, size_t index);

/* The days that all are of; "" before the first was taken. */
const char *merge_first(const struct merge *merge);
const char *merge_last(const struct merge *merge);

/* The reports that any site shared a table of, each with a note that names who
 * is missing. *out is released with merged_done(). */
struct merged {
	struct reported *reports;
	size_t count;
};
void merge_read(const struct merge *merge, const struct wording *wording,
		struct merged *out);
void merged_done(struct merged *merged);
