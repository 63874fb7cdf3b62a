#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "desk/box_slip.h"
#include "desk/box_stick.h"
#include "desk/desk.h"
#include "seal/agency_key.h"
#include "seal/passphrase.h"
#include "text/catalogue.h"
#include "ui/canvas.h"
#include "ui/entry.h"
#include "ui/key.h"
#include "vault/call.h"

/*
 * A desk box from power to the locked desk: screens that come before there is
 * a record. Each start asks for the passphrase of the data and whether the
 * clock is right; the first one makes the box: passphrase, agency, key, the
 * key's paper and its rehearsal, the first user; or brings an agency back from
 * its paper and a stick.
 *
 * The screens are rows of one table (box_steps.c). What is due is read from how
 * things are, so that a box that lost power goes on where it was; a key is
 * written to the disk only after its paper was read back.
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

/* language: "en" or "fr", the one it begins in. FAULT_SYSTEM, FAULT_FORMAT:
 * the words. The caller releases it with box_done(), after a fault too. */
MUST_CHECK enum fault box_init(struct box *box, const char *vault,
			       const char *folder, const char *language);
void box_done(struct box *box); /* wipes */

void box_draw(struct box *box, struct canvas *canvas);
void box_key(struct box *box, const struct ui_event *event);
/* Looks at what is waited for. */
void box_tick(struct box *box);

/* The screen is the kiosk's again; closed: the data are encrypted first. */
void box_give_back(struct box *box, bool closed);

/* The desk is closed; nothing of the data is open any more. */
void box_leave(struct box *box, enum desk_after after);

/* --- for the steps ----------------------------------------------------------
 */

/* Begins what the request asks for, and waits. */
void box_ask(struct box *box, const struct vault_request *request);
/* The caller frees it. */
char *box_word(const struct box *box, const char *key);
void box_say(struct box *box, const char *key);
/* The words of the other language, from now on. */
void box_turn(struct box *box);
/* Goes to the first step that is due, whatever was shown. */
void box_go_on(struct box *box);
const char *box_text(const struct box *box, int field);
bool box_is_waiting(const struct box *box);
