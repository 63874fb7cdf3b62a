#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "desk/box_slip.h"
#include "desk/box_stick.h"
#include "seal/agency_key.h"
#include "seal/passphrase.h"
#include "text/catalogue.h"
#include "ui/entry.h"
#include "vault/call.h"

/*
 * What a desk box knows before its desk is open, and what it says: the screens
 * (box.h), their steps (box_step.h) and what lies below its folder (box_home.h)
 * work on it.
 */
#define BOX_FIELDS 4
#define BOX_CHOICES 8
#define BOX_NAME 64 /* bytes of an agency's or a user's name, with the zero */

struct box_step;

struct box {
	const char *vault;  /* the helper's socket */
	const char *folder; /* the home, below which all of it lies */
	char *stick;        /* where a stick is mounted */
	int64_t now;        /* ms since 1970 UTC, as it was looked at last */
	int64_t moment;     /* then, ms of a clock that only goes forward */

	const char *language; /* "en" or "fr" */
	struct catalogue *words;

	/* The helper: one request at a time, and what it said last. */
	struct vault_call *call;
	enum vault_verb asked;
	struct vault_answer answer;
	bool heard, silent;

	const struct box_step *step;
	struct entry *fields[BOX_FIELDS];
	int focus, choice;
	char *choices[BOX_CHOICES]; /* of a step whose choices are made */
	int choice_count;
	char *said; /* the last thing that was said; NULL: nothing */
	bool escaping;

	/* What was answered so far. */
	bool chosen, clocked, brought, printed, rehearsed;
	bool stickless, by_paper;
	enum { BOX_OPEN, BOX_NEW, BOX_BACK } way;
	char agency[BOX_NAME];
	const char *zone;
	struct box_secret {
		char key[PASSPHRASE_LIMIT];   /* of the agency's key */
		char offer[PASSPHRASE_LIMIT]; /* a passphrase to take */
	} * secret;                           /* in secret memory */
	bool told; /* the key's passphrase was written down and typed */
	struct agency_key *key;
	struct box_slip slip;
	struct sticks_found found; /* backups on the stick */

	bool lobby;     /* the kiosk's screen otherwise: it can be given back */
	bool giving;    /* it is, once the data are closed */
	bool off_first; /* asked for before the first screen */
	bool left;      /* the desk was open, and is not any more */
	bool over;      /* the desk may open */
	bool off;       /* and the box is switched off, or the kiosk's again */
};

/* Reads the words of box->language. FAULT_SYSTEM, FAULT_FORMAT. */
MUST_CHECK enum fault box_read_words(struct box *box);
/* The caller frees it. */
char *box_word(const struct box *box, const char *key);
void box_say(struct box *box, const char *key); /* NULL: nothing */
/* The words of the other language, from now on. */
void box_turn(struct box *box);

/* Begins what the request asks the helper for, and waits. */
void box_ask(struct box *box, const struct vault_request *request);
bool box_is_waiting(const struct box *box);
/* Whether the helper said that the data are open. */
bool box_is_open(const struct box *box);

const char *box_text(const struct box *box, int field);

/* Back to the choice between a new agency and one that comes back. */
void box_forget_way(struct box *box);
