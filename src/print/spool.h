#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/settings.h"
#include "text/page.h"

/*
 * Where printed pages go: a PDF file in a folder, and from there to the
 * office's printer where the agency has named one, a queue of CUPS. The files
 * hold what a person told: they are readable to this user alone, one that was
 * printed is erased, and so are all once they are old.
 *
 *   [print] paper      letter or a4
 *           folder     usually prints/ in the home
 *           printer    a queue that `foyer printer list` shows; none: files
 * only keep_days  days a file stays; 0: for good
 */
struct spool {
	const char *paper, *folder, *printer; /* of settings and home */
	long keep_days;
};

/* Points into settings and home. */
struct spool spool_of(const struct settings *settings, const struct home *home);

/* The page as a PDF file at path, whole or not at all. Faults as sheets_new()
 * and file_write(). */
MUST_CHECK enum fault spool_write(const struct spool *spool,
				  const struct page *page, const char *path);

/*
 * Erases what has lain in the folder for longer than it is kept: files of such
 * names as spool_put() and spool_path() give alone. What cannot be erased is
 * logged and stays.
 */
void spool_sweep(const struct spool *spool, int64_t now);

/*
 * The same in the folder, as foyer-NAME-TIME.pdf, after spool_sweep(). now is
 * ms since 1970 UTC; the caller frees *path. A file of that very name is not
 * overwritten, but gets a number behind.
 */
MUST_CHECK enum fault spool_put(const struct spool *spool,
				const struct page *page, const char *name,
				int64_t now, char **path);

/* The path in the folder of another file of that name that is to leave the
 * desk: foyer-NAME-TIME and its ending, ".csv", ".json" or ".xlsx". Old ones
 * are erased with the pages. The caller frees it. */
char *spool_path(const struct spool *spool, const char *name,
		 const char *ending, int64_t now);

/* Whether a file of the folder is one of these, a page or another. */
bool spool_is_file(const char *name);

/* A file on its way; zeros are none. */
#define SPOOL_WORD 16
struct spool_job {
	pid_t sender;          /* `foyer printer send`, without a shell */
	int words;             /* what it says, line by line */
	char word[SPOOL_WORD]; /* the last: "queued", "no-paper" ... */
	char half[SPOOL_WORD];
};

/*
 * Sends a file to the printer, which spool names, and does not wait. follow:
 * until it is printed, or nobody knows after ten minutes; else until the queue
 * has it. FAULT_SYSTEM: the sender cannot be started; the log says the mend,
 * and the file stays.
 */
MUST_CHECK enum fault spool_send(const struct spool *spool, const char *path,
				 bool follow, struct spool_job *job);

enum spool_answer {
	SPOOL_SENDING, /* still at it: job->word says how it stands; ask again*/
	SPOOL_SENT,    /* printed, or the queue has it; the file is erased */
	SPOOL_REFUSED, /* the printer would not; the file stays */
};

/* What became of it, without waiting; after another answer than SPOOL_SENDING
 * the job is gone. */
enum spool_answer spool_look(struct spool_job *job, const char *path);
/* The same, waiting for it: for programs that nobody sits before. */
enum spool_answer spool_wait(struct spool_job *job, const char *path);

/* Lets go of one that is still under way: the queue has it, or will. */
void spool_leave(struct spool_job *job);
