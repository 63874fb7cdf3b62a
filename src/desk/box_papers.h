#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "desk/box_stick.h"
#include "record/kind.h"
#include "record/record.h"

/*
 * The pages that a desk printed into a folder, and the files it saved there, on
 * their way to an office's printer or to another computer: a desk box has none
 * of its own, so that they are carried there on a stick, and erased where they
 * are not needed any more. They hold what people told, and nothing on a stick
 * is encrypted: only whoever may see all of them takes them, and each one that
 * is put there is in the record's audit before it is. What sites count together
 * (report/statistics.h) tells of nobody: whoever coordinates them takes that,
 * and sees nothing else here.
 */
#define PAPERS_ROLES ROLE_SUPERVISOR /* pages are of anybody's people */
#define PAPERS_SHARED_ROLES ROLE_COORDINATOR
#define PAPERS_FOLDER "foyer-papers" /* on the stick */
#define PAPERS_MOST 200              /* the newest of them */

struct paper_file {
	char *name;    /* foyer-NAME-20261122-104501.pdf */
	char *what;    /* NAME */
	int64_t made;  /* s since 1970 UTC, as the file system has it */
	uint64_t size; /* bytes */
	bool shared;   /* a signed file of statistics */
	bool chosen;   /* is to be copied, or erased */
	bool copied;   /* is on a stick */
};

struct papers {
	char *folder;
	struct paper_file *files; /* the newest first */
	size_t count;
};

/* Reads the folder; one that is not there has none. Whoever has neither of the
 * roles above gets none, either; 0 is where nobody signs in. Release it with
 * papers_done(). */
void papers_read(struct papers *papers, const char *folder, unsigned roles);
void papers_done(struct papers *papers);

/* Those that are chosen. */
size_t papers_chosen(const struct papers *papers, uint64_t *bytes);

/* Whether all of those are shared. */
bool papers_chosen_shared(const struct papers *papers);

/* What it is called on the stick: 2026-11-22-104501-NAME.pdf, so that they
 * stand in the order of their times. The caller frees it. */
char *paper_name(const struct paper_file *paper);

/*
 * Copies the chosen ones to the stick, whole or not at all each; copied says
 * which are there. FAULT_SYSTEM: one could not be written, or read; faults of
 * the record.
 */
MUST_CHECK enum fault papers_copy(struct papers *papers, const char *stick,
				  struct record *record,
				  const struct record_who *who, int64_t now);

/* Erases the chosen ones from the folder, each once it is in the audit. *erased
 * says how many are gone. */
MUST_CHECK enum fault papers_erase(struct papers *papers, struct record *record,
				   const struct record_who *who, int64_t now,
				   size_t *erased);
