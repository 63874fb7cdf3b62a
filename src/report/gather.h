#pragma once

#include "report/merge.h"
#include "report/sites.h"

/*
 * The files that sites signed, as a coordinator keeps them beside the list of
 * sites (report/sites.h): of each site and its days the newest, whichever stick
 * or folder it came from. What lies there is looked at anew each time it is
 * added up: a site that left the list counts no more.
 */
enum gather_answer {
	GATHER_TAKEN,      /* it is kept now */
	GATHER_NEWER,      /* ... in the place of an older one */
	GATHER_REPLACED,   /* ... as somebody wished: gather_replace() */
	GATHER_SAME,       /* it is kept already: nothing changed */
	GATHER_OLDER,      /* one that is as new is kept: nothing changed */
	GATHER_UNKNOWN,    /* no site of the list has its key */
	GATHER_OTHER_NAME, /* the list has another name for its key */
	GATHER_DAMAGED,    /* why says how */
	GATHER_ANSWERS,
};
#define GATHER_REFUSED(answer) ((answer) >= GATHER_UNKNOWN)

struct gathered {
	enum gather_answer answer;
	char *file;           /* as it was called, without its folder */
	char *site;           /* as it calls itself; "" with GATHER_DAMAGED */
	char *why;            /* GATHER_DAMAGED: a line of English; else "" */
	struct period period; /* first and last alone */
	uint8_t key[KEY_BYTES];
	struct bytes bytes; /* GATHER_UNKNOWN, GATHER_OLDER: all of it, for
			     * gather_again() and gather_replace() */
};
void gathered_done(struct gathered *gathered);

/*
 * Takes one file, or refuses it and keeps nothing. The caller releases *out
 * with gathered_done(), after a fault too. Faults of reading and writing; what
 * the file itself lacks is an answer.
 */
MUST_CHECK enum fault gather_take(const struct home *home,
				  const struct sites *sites, const char *path,
				  struct gathered *out);

/* Once more of one that was refused as GATHER_UNKNOWN, with a list that may
 * have its site now. */
MUST_CHECK enum fault gather_again(const struct home *home,
				   const struct sites *sites,
				   struct gathered *gathered);

/* Keeps one that was GATHER_OLDER all the same, and nothing else of this site
 * and its days; its other days stay. Faults of writing. */
MUST_CHECK enum fault gather_replace(const struct home *home,
				     struct gathered *gathered);

/* All that were found somewhere. Zeros are none. */
struct gathering {
	struct gathered *all;
	size_t count;
	size_t left; /* beyond GATHER_MOST; they wait for another time */
};
/* Files of one folder, not counted those that were taken before: so each time
 * brings others. */
#define GATHER_MOST 200

/* Takes every file of a folder that begins as one of statistics does: other
 * files may lie there. A folder that is not there has none. FAULT_SYSTEM: it
 * cannot be read. */
MUST_CHECK enum fault gather_folder(const struct home *home,
				    const struct sites *sites,
				    const char *folder,
				    struct gathering *gathering);
void gathering_done(struct gathering *gathering);

/* --- what is kept ---------------------------------------------------------
 */

/* Of which days files are kept, and of how many sites of the list. */
struct gather_days {
	struct period period; /* first and last alone */
	size_t sites;
};
struct gather_kept {
	struct gather_days *days; /* those that ended last stand first */
	size_t count;
	struct gathering refused; /* what lies there and does not count */
};

/* The caller releases *out with gather_kept_done(). Faults of reading. */
MUST_CHECK enum fault gather_look(const struct home *home,
				  const struct sites *sites,
				  struct gather_kept *out);
void gather_kept_done(struct gather_kept *kept);

/* Awaits every site of the list, and takes what is kept of those days. */
MUST_CHECK enum fault gather_merge(const struct home *home,
				   const struct sites *sites,
				   const struct period *period,
				   struct merge *merge);

/* Erases what is kept of a key: its site left the list. */
MUST_CHECK enum fault gather_forget(const struct home *home,
				    const uint8_t key[KEY_BYTES]);
