#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether two descriptions may be of one person: how strongly, and what speaks
 * for and against it. A suggestion to a worker and no more: nothing is merged
 * or opened because of it.
 *
 * What weighs little, because it is common among people who are not the same:
 * a birthday on 1 January or one that a document made up, a name of one word,
 * a phone that a family shares. Names that share the family's part and not the
 * person's own count as relatives. All of it is shown to work, and how well,
 * by the labelled pairs of tests/data/match/pairs.csv.
 */
enum match_reason {
	MATCH_TICKET,     /* the ticket's own id */
	MATCH_CONTACT,    /* a phone, an address */
	MATCH_NAME,       /* the same words, folded */
	MATCH_SPELLING,   /* words spelt nearly so */
	MATCH_SOUND,      /* the same across scripts */
	MATCH_ORDER,      /* with words in another order */
	MATCH_PART,       /* one has more words than the other */
	MATCH_BIRTH_DAY,  /* the same day, that is no 1 January */
	MATCH_BIRTH,      /* birth intervals overlap */
	MATCH_BIRTH_NEAR, /* nearly: a digit, or day and month, changed places
			   */
	MATCH_HOUSEHOLD,  /* a household or family code in common */
	/* Against it. */
	MATCH_OTHER_NAME,
	MATCH_RELATIVE, /* the family's names, and not their own */
	MATCH_OTHER_BIRTH,
	MATCH_OTHER_GENDER,
	MATCH_REASONS,
};
const char *match_reason_word(enum match_reason reason); /* "birth-day" */

/* A list of texts; none may be NULL. */
struct match_texts {
	const char *const *text;
	size_t count;
};

/* Everything belongs to the caller; "" or no texts is "not known". */
struct match_person {
	struct match_texts names; /* as alike_form() gives them, each script */
	const char *birth_from, *birth_to; /* ISO 8601; the same for a day */
	bool birth_default;                /* a document's 1 January */
	struct match_texts contacts;       /* as match_contact() gives them */
	struct match_texts households;     /* ids or family codes */
	const char *ticket;
	const char *gender;
};

#define MATCH_SUGGESTED 60 /* strength from which it is suggested */
#define MATCH_CERTAIN 200  /* and the most there is */

struct match {
	int strength; /* 0 to MATCH_CERTAIN */
	bool suggested;
	unsigned reasons; /* bits: 1 << MATCH_CONTACT */
};

struct match match_people(const struct match_person *a,
			  const struct match_person *b);

/*
 * A contact as it is compared: of a phone number its last nine digits, in any
 * script's digits; of other addresses the small letters without blanks. "" for
 * what has neither. The caller frees it.
 */
char *match_contact(const char *contact);
