#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "text/catalogue.h"

/*
 * What is wrong or doubtful on an agency's card: which file, which line, what,
 * and what to write instead. Kept as a key of the catalogue "card" with what is
 * put in, so that a laptop and a kiosk's screen say the same, in English and in
 * French.
 */
enum card_level {
	CARD_NOTE,     /* worth knowing */
	CARD_DOUBT,    /* it works; somebody should look at it */
	CARD_LEFT_OUT, /* this file is not taken; what was there stays */
	CARD_STOP,     /* nothing of the card is taken before this is mended */
	CARD_LEVELS,
};

#define CARD_WITH 5        /* texts put in */
#define CARD_FINDINGS 200  /* kept; what stops is counted beyond it */
#define CARD_TEXT_SHOWN 80 /* bytes of a text from the card, then cut */

struct card_with {
	const char *name, *text; /* name: static */
};

struct card_finding {
	enum card_level level;
	const char *key; /* static: "card.no_key" */
	char *file;      /* relative to the folder; NULL: the whole of it */
	int line;        /* from 1; 0: the whole file */
	struct card_with with[CARD_WITH]; /* up to the first without a name */
};

/* Start from { 0 }; release with card_findings_done(). */
struct card_findings {
	struct card_finding *list;
	size_t count;
	size_t levels[CARD_LEVELS]; /* how many of each there are */
};

void card_findings_done(struct card_findings *findings);

/*
 * Adds one. with ends with one that has no name, and may be NULL; texts are
 * copied: made one line of valid UTF-8, and cut; "all", "words" and
 * "why" are Foyer's own, and whole. The same once more is not
 * added.
 */
void card_find(struct card_findings *findings, enum card_level level,
	       const char *file, int line, const char *key,
	       const struct card_with *with);
#define CARD_PUT(...)              \
	(const struct card_with[]) \
	{                          \
		__VA_ARGS__,       \
		{                  \
			NULL, NULL \
		}                  \
	}

/* "note", "doubt", "left-out", "stop" */
const char *card_level_name(enum card_level level);

/* "foyer.ini, line 3: ...", from the words of the catalogue "card"; the caller
 * frees it. And the part behind the place. */
char *card_finding_say(const struct card_finding *finding,
		       const struct catalogue *words);
char *card_finding_text(const struct card_finding *finding,
			const struct catalogue *words);
