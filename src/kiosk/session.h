#pragma once

#include <stdbool.h>

#include "card/folder.h"
#include "kiosk/front.h"
#include "kiosk/hall.h"
#include "kiosk/leaf.h"
#include "kiosk/proof.h"
#include "kiosk/staff.h"
#include "print/printer.h"
#include "scan/wedge.h"
#include "seal/pin.h"
#include "text/catalogue.h"

/*
 * Staff at the kiosk's screen, for the pages that they see (kiosk/staff.h).
 * Which page follows which is kiosk/session.c's; what one shows and does is its
 * own file's.
 */
enum staff_page {
	/* The first boot, in this order. */
	PAGE_LANGUAGE,
	PAGE_CARD,
	PAGE_PIN,
	PAGE_AGENCY,
	PAGE_ENROL,
	PAGE_PRINTER,
	PAGE_LANGUAGES,
	PAGE_CLOCK,
	PAGE_OPEN,
	PAGE_STEPS,
	/* Besides. */
	PAGE_GATE = PAGE_STEPS, /* the PIN, before what comes next */
	PAGE_MENU,
	PAGE_CHANGED,
	PAGE_TROUBLE,
	PAGE_OFF,
	PAGE_KEY,     /* another key of the agency, by its code */
	PAGE_WAITING, /* tickets that have no paper yet */
	PAGE_DOCTOR,  /* what puts people at risk */
	PAGE_RENEW,   /* another key for a kiosk that lost its numbers */
	PAGES,
};

#define SESSION_LISTED 6 /* tickets that wait, on one page */

struct session {
	struct home *home;
	const char *card, *why;
	bool desk; /* may be asked for */
	enum staff_task task;
	struct front front;
	const char *language; /* "en" or "fr" */
	struct catalogue *words;
	int64_t now, touched;

	enum staff_page page, after; /* after: what the gate is for */
	struct leaf *leaf;           /* what is shown */
	int stage;                   /* of the page: what is shown changes */
	const char *note;            /* a key of a word shown first; NULL */
	bool let_in;                 /* the PIN was right */
	bool card_seen; /* staff went on from what is wrong on it */

	struct pin *pin;
	char first[LEAF_DIGITS + 1]; /* a PIN that is to be written again */
	bool folder_read;
	struct card_folder folder;
	struct hall *hall;   /* opened when a page needs it */
	struct wedge *wedge; /* of a page that takes scans; else NULL */
	struct card offered; /* a key that was scanned */
	struct {
		uint32_t listed[SESSION_LISTED]; /* their numbers */
		size_t first;                    /* listed, among all */
		uint32_t chosen;
	} waiting; /* tickets */
	struct proof *proof;
	struct printer *printer;

	bool over;
	enum staff_end end;
};

/* Has staff at the screen until they are done; the loop beats to beat. */
enum staff_end session_run(const struct staff_wish *wish, struct term *term,
			   int beat);

/* Staff who walk away leave nothing open behind: once nothing was touched for
 * so many ms, the menu closes, and elsewhere whoever comes next says the PIN,
 * once there is one. */
#define SESSION_PATIENCE ((int64_t)5 * 60 * 1000)
void session_watch(struct session *session);

/* Whether the first boot is behind. */
bool session_is_set_up(struct home *home);

struct page_ops {
	const char *heading;   /* a word's key */
	const char *pictogram; /* as canvas_pictogram() */
	/* Whether a step of the first boot is behind them; NULL: it is none. */
	bool (*done)(struct session *session);
	void (*fill)(struct session *session, struct leaf *leaf);
	void (*pressed)(struct session *session, int act);
	void (*written)(struct session *session, const char *digits); /* NULL */
	void (*scanned)(struct session *session, const char *digits); /* NULL */
	void (*tick)(struct session *session);                        /* NULL */
};

extern const struct page_ops page_language, page_card, page_pin, page_agency,
    page_enrol, page_printer, page_languages, page_clock, page_open, page_gate,
    page_menu, page_changed, page_trouble, page_off, page_key, page_waiting,
    page_doctor, page_renew;

/* --- for the pages
 * ------------------------------------------------------------
 */

/* Shows the page again, as it is now; stage and note say how. */
void session_again(struct session *session, int stage, const char *note);

/* Another page, from its beginning. */
void session_go(struct session *session, enum staff_page page);

/* The same behind the PIN, which is asked for unless it was just written. */
void session_go_behind_pin(struct session *session, enum staff_page page);

/* The page is behind them: the next step, or the menu. */
void session_next(struct session *session);
void session_leave(struct session *session, enum staff_end end);

/* Something failed, as the log says: the page says so, and stays. */
void session_failed(struct session *session);

/* Adds a word, and one with arguments, as a paragraph; a key. */
void session_say(const struct session *session, struct leaf *leaf,
		 const char *key);
void session_tell(const struct session *session, struct leaf *leaf,
		  const char *key, const char *name, const char *text);
void session_key(const struct session *session, struct leaf *leaf, int act,
		 const char *key);

/* A key by its name and fingerprint, to be compared; told where it is the one
 * that this kiosk had before. */
void session_show_key(struct session *session, struct leaf *leaf,
		      const struct card *card);

/* The language of the words from now on. FAULT as catalogue_add_family(). */
MUST_CHECK enum fault session_speak(struct session *session, const char *tag);

/* The card's folder, read once more if afresh. */
const struct card_folder *session_folder(struct session *session, bool afresh);

/* Its findings as paragraphs: first what keeps the lobby shut. */
void session_findings(struct session *session, struct leaf *leaf);

/* The hall, opened the first time; NULL: it cannot be, as the log says. */
struct hall *session_hall(struct session *session);
void session_close_hall(struct session *session);

/* Whether a ticket waits for its paper. */
bool session_waits(const struct session *session);

/* Whether the lobby cannot open because the ticket numbers are lost. */
bool session_lost_numbers(struct session *session);

/* Notes that a step of the first boot is behind them, durably. */
MUST_CHECK enum fault session_mark(struct session *session,
				   enum staff_page page);
bool session_marked(const struct session *session, enum staff_page page);
