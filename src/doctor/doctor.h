#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/home.h"
#include "base/jail.h"
#include "base/network.h"
#include "text/catalogue.h"

struct lexicon;

/*
 * A doctor's round: what on this machine and in this home puts people at risk,
 * and how it is mended. A check is a row of a table; what a row looks at comes
 * in from outside, so that tests can make up a machine.
 */
enum doctor_level {
	DOCTOR_WELL, /* of a finding */
	DOCTOR_LOW,  /* of a whole round: nothing was found wrong */
	DOCTOR_MEDIUM,
	DOCTOR_HIGH,
};

enum doctor_pictures {
	DOCTOR_PICTURES_UNSEEN, /* not asked from a terminal */
	DOCTOR_PICTURES_NONE,
	DOCTOR_PICTURES_SHOWN,
};

/* What is looked at. */
struct doctor_place {
	const struct home *home;
	/* Of what the lobby asks in, as its form has them; NULL: they could
	 * not be opened, and the log said why. */
	const struct lexicon *lexicon;
	const char *proc, *sys, *etc; /* "/proc", "/sys", "/etc" */
	int64_t now;                  /* s since 1970 UTC */
	int64_t made;                 /* the program; likewise; 0: unknown */
	enum doctor_pictures pictures;
	network_ask *filesystem;
	/* What is free on the disk of a folder, in percent; -1 likewise. */
	int (*free_percent)(const char *folder);
	/* Whether who starts programs here lets them be dumped (ulimit -c). */
	bool (*dumps)(void);
	/* What a process can be shut in with. */
	struct jail_offer (*jail)(void);
};

/* A home on this machine; its languages, and the terminal's pictures, are for
 * the caller to add. */
struct doctor_place doctor_here(const struct home *home);

/* What a row looks for while it looks; see doctor/found.h. */
struct doctor_found;

struct doctor_check {
	const char *id;          /* "record-disk"; stable */
	enum doctor_level level; /* where it finds something wrong */
	/* Words: what is looked at, why it matters, how it is mended. */
	const char *name, *reason, *mend;
	/* Adds at least one finding. */
	void (*look)(const struct doctor_place *place,
		     struct doctor_found *found);
};

/* One thing that was found. */
struct doctor_finding {
	const struct doctor_check *check;
	enum doctor_level level; /* never DOCTOR_LOW */
	const char *code;        /* of the word; stable */
	char *found;
};

/* A whole round; release with doctor_round_done(). */
struct doctor_round {
	enum doctor_level level; /* the highest that was found */
	struct doctor_finding *list;
	const struct doctor_finding **worst; /* the same, what is worst first */
	size_t count;
};
void doctor_round_done(struct doctor_round *round);

/* The words of every check and finding. Faults are catalogue_add_family()'s;
 * the caller frees *out. */
MUST_CHECK enum fault doctor_words(const char *language,
				   struct catalogue **out);

/* Makes every check, in the table's order, and says in words what is found. The
 * log is quiet meanwhile. */
void doctor_examine(const struct doctor_place *place,
		    const struct catalogue *words, struct doctor_round *out);

/* "OK", "LOW", "MEDIUM", "HIGH": for programs; and its word. */
const char *doctor_level_name(enum doctor_level level);
const char *doctor_level_word(enum doctor_level level);

/* "The risk here is HIGH.", and of a finding why it matters and how it is
 * mended. The caller frees them. */
char *doctor_result(const struct catalogue *words, enum doctor_level level);
char *doctor_advice(const struct catalogue *words,
		    const struct doctor_check *check);
