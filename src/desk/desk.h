#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/settings.h"
#include "desk/clock.h"
#include "desk/lists.h"
#include "desk/printing.h"
#include "desk/reach.h"
#include "desk/scanner.h"
#include "desk/stack.h"
#include "desk/staff.h"
#include "filing/filing.h"
#include "record/record.h"
#include "record/user_in.h"
#include "ui/bar.h"

struct action;

/* What a desk box does once its desk is closed. */
enum desk_after {
	DESK_LEFT,    /* asks */
	DESK_OFF,     /* switches off */
	DESK_RESTORE, /* brings a backup back from a stick */
	DESK_LOBBY,   /* gives the screen to the lobby's kiosk */
	DESK_AWAY,    /* the same, closed: nobody is there any more */
};

/*
 * One reception desk: the record it works on, who sits at it, the screens that
 * are open, and the scanner that works from every one of them. Whoever makes
 * one hands it the locked desk's screen and what can be done at it.
 */
struct desk {
	const struct home *home;
	/* Stands on every screen of a made-up agency (catalogue); NULL: it is a
	 * real one. */
	const char *mark;
	struct settings *settings;
	struct record *record;
	struct filing *filing;

	const struct view *locked; /* the lowest screen */
	const struct action *actions;
	size_t action_count, line_count; /* the keys line has the first */

	struct staff staff;
	struct user_known known; /* who signed in here last */
	struct clock clock;
	struct stack stack;
	struct lists lists;
	struct reach reach;
	struct scanner scanner;
	struct printing printing;
	struct desk_said {
		char *text; /* the last thing that was said, or NULL */
		bool alarming;
	} said;

	int64_t selected; /* the visit that keys act upon; 0: none */
	int64_t ended;    /* the one that the last key ended; 0: none */
	struct bar keys;  /* the keys line as it was drawn: it takes clicks */
	char left_by[STAFF_NAME]; /* whose unsaved screens lie below the locked
				     one; "": nobody's */
	int64_t changes; /* of the record, as record_changed() counted last */
	bool dirty, over;

	/* On a desk box: where its helper listens; else NULL. */
	const char *vault;
	const char *stick; /* where a stick is mounted */
	const char *nodes; /* where the cards' nodes are */
	const char *flash; /* the program that writes cards */
	enum desk_after after;
	bool lobby; /* the lobby's kiosk has this screen otherwise */
};

/* --- screens ---------------------------------------------------------------
 */

/* Opens a screen above the others, which shows what about says (its own
 * business; NULL for those that need no telling). One that cannot be opened
 * says so in the message line. */
void desk_open(struct desk *desk, const struct view *view, const void *about);

/* Close the uppermost; all down to the waiting list; and all of them, to end.
 * The first screen on the way that holds something unsaved stays, and asks:
 * false. */
bool desk_back(struct desk *desk);
bool desk_to_waiting(struct desk *desk);
bool desk_leave(struct desk *desk);

/* The uppermost has its result, and is closed whatever it holds. */
void desk_done(struct desk *desk);

/* All are closed, whatever they hold; what is in sight is forgotten. */
void desk_close(struct desk *desk);

/* Opens the ticket of a visit above the waiting list, or above the screen that
 * holds something unsaved: a scan disturbs nobody's writing. */
void desk_show(struct desk *desk, int64_t visit, const struct view *view);

/* Shows it in the waiting list alone, with the same regard. */
void desk_select(struct desk *desk, int64_t visit);

/* The record changed, here or at another desk: what is in sight is read anew.
 */
void desk_changed(struct desk *desk);

/* --- words -----------------------------------------------------------------
 */

char *desk_word(const struct desk *desk, const char *key); /* caller frees */
char *desk_words(const struct desk *desk, const char *key,
		 const struct catalogue_argument *arguments, size_t count);

/* Says something in the message line; takes text over, NULL for nothing. */
void desk_say(struct desk *desk, char *text, bool alarming);
void desk_say_key(struct desk *desk, const char *key);
/* A fault of the record, in staff's words. */
void desk_say_trouble(struct desk *desk);

/* "11 min", "2 h 05": how long, in the staff's language. Caller frees. */
char *desk_span(const struct desk *desk, int64_t milliseconds);

/* --- what is waiting --------------------------------------------------------
 */

/* Reads the lists anew. */
void desk_refresh(struct desk *desk);

/* Nobody works here: only whether a quiet flag calls is looked at. */
void desk_look_for_calls(struct desk *desk);

/* The row of the selected visit, or NULL. */
const struct queue_row *desk_row(const struct desk *desk);

/* The selected visit's number, "—" for none. Caller frees. */
char *desk_number(const struct desk *desk);

/* --- locking ---------------------------------------------------------------
 */

/* Tries the passphrase; on success files what waited for it. A fault is
 * FILING_KEY_DAMAGED: the log has the cause. */
enum filing_unlock desk_unlock(struct desk *desk, const char *passphrase);

/* What is unsaved stays below the locked screen for whoever wrote it. */
void desk_lock(struct desk *desk);
/* Whether nobody works here now. Somebody may who holds no key, too. */
bool desk_locked(const struct desk *desk);

/* Whoever unlocked the desk finds what they left unsaved: true, and the locked
 * screen is to be closed. Another's is dropped: false. */
bool desk_take_up(struct desk *desk);
