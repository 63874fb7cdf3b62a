#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ask/field.h"
#include "ask/interview.h"
#include "ask/surround.h"
#include "ask/told.h"
#include "base/fault.h"
#include "form/run.h"
#include "kiosk/aloud.h"
#include "kiosk/browse.h"
#include "kiosk/front.h"
#include "kiosk/hall.h"
#include "kiosk/porter.h"
#include "kiosk/visitor.h"
#include "print/picture.h"
#include "scan/wedge.h"
#include "ui/screen.h"
#include "ui/term.h"

/*
 * One visit, from the welcome to the wipe: which screen is up, the answers,
 * how the person likes to read. Lives in the visitor's process only.
 */

/* The screens of a visit. Those from VISIT_OVERLAY on lie over another one,
 * which comes back unchanged when they go. */
enum visit_screen {
	VISIT_WELCOME,
	VISIT_INTERVIEW,
	VISIT_PRINTING,
	VISIT_CAME_OUT, /* the printer did not say whether it printed */
	VISIT_LAST,
	VISIT_TROUBLE,
	VISIT_CLOSED,
	VISIT_TONGUES, /* looking through services: kiosk/browse.h */
	VISIT_NEEDS,
	VISIT_PLACES,
	VISIT_SERVICE,
	VISIT_OVERLAY,
	VISIT_PERSON = VISIT_OVERLAY, /* how to get a person */
	VISIT_WAITING,                /* waits for one at the screen */
	VISIT_ERASE,                  /* start over? */
	VISIT_IDLE,                   /* still here? */
	VISIT_SCREENS,
};

struct visit {
	struct hall *hall;
	struct front front;
	struct porter *porter;
	bool shut_in;    /* no file, no network from here on */
	uint32_t number; /* the ticket's, taken before the visit */
	int64_t now;     /* ms of a clock that only goes forward */
	int64_t touched; /* when the last key came */

	const struct offered *offered; /* the language now */
	int text_size;                 /* 1 to ASK_SIZES */
	bool left_handed;
	enum term_theme theme;

	struct aloud *aloud; /* what is said aloud */
	struct run *run;
	/* The form in the lobby, which lives on while the paper is tried. */
	struct {
		struct ask_look look;
		struct interview *interview; /* NULL: nothing was asked yet */
		int64_t go_on_at;            /* 0: not on its own */
	} asking;

	enum visit_screen screen;
	enum visit_screen overlay; /* VISIT_SCREENS: none */
	void *states[2];           /* of screen and overlay */
	bool dirty;                /* to be drawn again */
	bool hurry;                /* the screen changes by itself, soon */
	struct browse browse;
	int backs; /* times that back was pressed at the welcome */

	bool sealed; /* a ticket was made; it cannot be unmade */
	struct issued issued;
	struct picture *picture; /* its paper */
	int copies;              /* times it was sent to the printer */
	bool in_hand;            /* the person says it came out */
	bool handed;             /* it is theirs: no longer kept */
	bool too_long; /* the answers did not fit: they are reviewed again */

	struct wedge *wedge;        /* while a ticket may be scanned */
	char scanned[SCAN_MAX + 1]; /* of the last UI_KEY_SCAN */
	bool over;
	enum visitor_end end;
};

/*
 * Receives one person on term, who may use number for a ticket; says how it
 * ended. Before anything is asked the process is shut in (kiosk/shut.h); where
 * that fails nobody is asked. The loop beats to beat (kiosk/pulse.h). A fault
 * was logged, and the person was told to go to the desk.
 */
MUST_CHECK enum fault visit_run(struct hall *hall, struct term *term,
				struct porter *porter, uint32_t number,
				int beat, enum visitor_end *end);

/* --- for the screens -------------------------------------------------------
 */

/* Goes to a screen, leaving the one that was up (and an overlay). */
void visit_go(struct visit *visit, enum visit_screen screen);

/* Lays one over the screen, or takes it away. */
void visit_cover(struct visit *visit, enum visit_screen overlay);
void visit_uncover(struct visit *visit);

/* The visit is over: everything is wiped and the welcome returns. */
void visit_end(struct visit *visit);

/* The reading language from now on, told to the form, too. */
void visit_speak(struct visit *visit, const struct offered *offered);

/* Whether the language of a tag can be read on this terminal and is offered. */
bool visit_offers(const struct visit *visit, const char *tag);

/* The place among the offered languages of the next one that can be read here:
 * for screens that take turns before a language was chosen. */
size_t visit_turn(const struct visit *visit, size_t turn);

/* The frame of a screen that has no question, for its heading to be put in. */
struct surround visit_surround(const struct visit *visit);

/* What the frame's keys do on every screen; true if it was one of them that
 * is the same everywhere (person, bigger, colours, start over). */
bool visit_surround_key(struct visit *visit, enum surround_action action);

/* Whether a ticket may be scanned now, until the screen goes: it comes as
 * UI_KEY_SCAN. */
void visit_await_scan(struct visit *visit, bool awaited);

/* The words of the language now. */
const struct catalogue *visit_words(const struct visit *visit);

/* A word of the kiosk in the language now; the caller frees it. */
char *visit_word(const struct visit *visit, const char *key);

/* What the screens that only tell something are told in. */
struct told visit_told(const struct visit *visit);

/* Whether questions have a key for reading aloud now. */
enum ask_aloud visit_aloud(const struct visit *visit);

/* The same to be said aloud; text is said where it is not the word as it is. */
void visit_prompt(const struct visit *visit, struct prompts *out,
		  enum prompt_part part, const char *key, const char *text);

/* A word in the language whose turn it is, before one was chosen. */
void visit_prompt_turn(const struct visit *visit, size_t turn,
		       struct prompts *out, const char *key);

/* A key of a screen, with the number that presses it. */
void visit_row(const struct visit *visit, struct prompts *out, const char *key,
	       int number, bool focused);

/* Something failed: says so to the person, in their words. */
void visit_trouble(struct visit *visit);

extern const struct screen_ops screen_welcome, screen_interview,
    screen_printing, screen_came_out, screen_last, screen_trouble,
    screen_closed, screen_person, screen_waiting, screen_erase, screen_idle,
    screen_tongues, screen_needs, screen_places, screen_service;
