#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/settings.h"
#include "filing/filing.h"
#include "record/alert.h"
#include "record/queue.h"
#include "record/record.h"
#include "scan/serial.h"
#include "scan/wedge.h"
#include "text/catalogue.h"
#include "ui/bar.h"
#include "ui/canvas.h"
#include "ui/screen.h"
#include "ui/term.h"

/*
 * One reception desk: the record it works on, who sits at it, the screens that
 * are open, and the scanner that works from every one of them.
 */
#define DESK_SCREENS 6 /* open above each other */
#define DESK_NAME 40   /* bytes of a worker's or a desk's name */

struct desk {
	const struct home *home;
	struct settings *settings;
	struct record *record;
	struct filing *filing;
	struct term *term;
	struct catalogue *words;
	const char *language; /* staff's: "en" or "fr" */
	char user[DESK_NAME], name[DESK_NAME];
	struct record_who who;

	int64_t now;     /* ms since 1970 UTC */
	int64_t moment;  /* ms of a clock that only goes forward */
	int64_t touched; /* moment of the last key */
	int64_t expired; /* now of the last look for what must be erased */
	bool dirty, over;

	const struct screen_ops *open[DESK_SCREENS];
	void *states[DESK_SCREENS];
	size_t depth;

	int64_t selected; /* the visit that keys act upon; 0: none */
	struct queue queue;
	struct alert *alerts;
	size_t alert_count;

	struct bar keys; /* the keys line as it was drawn: it takes clicks */
	char *message;   /* the last thing that was said, or NULL */
	bool alarming;   /* it is shown in the alarm colour */

	struct wedge *wedge;
	struct serial *serial; /* NULL: none is set up */
	int reading;           /* percent of a scan under way; -1: none */
	int incomplete;        /* scans cut short, one after another */
};

/* --- screens ---------------------------------------------------------------
 */

/* Opens a screen above the others; its enter() is handed the desk. A screen
 * that cannot be opened says so in the message line. */
void desk_open(struct desk *desk, const struct screen_ops *screen);
void desk_back(struct desk *desk); /* closes the uppermost */
void desk_home(struct desk *desk); /* closes all down to the first */
const struct screen_ops *desk_top(const struct desk *desk);

/* --- words -----------------------------------------------------------------
 */

char *desk_word(const struct desk *desk, const char *key); /* caller frees */
char *desk_words(const struct desk *desk, const char *key,
		 const struct catalogue_argument *arguments, size_t count);

/* Says something in the message line; takes text over. */
void desk_say(struct desk *desk, char *text, bool alarming);
void desk_say_key(struct desk *desk, const char *key);
/* A fault of the record, in staff's words. */
void desk_say_trouble(struct desk *desk);

/* "11 min", "2 h 05": how long, in the staff's language. Caller frees. */
char *desk_span(const struct desk *desk, int64_t milliseconds);

/* --- what is waiting --------------------------------------------------------
 */

/* Reads the lists anew: who waits, who is with somebody, and the alerts. */
void desk_refresh(struct desk *desk);

/* The row of the selected visit, or NULL. */
const struct queue_row *desk_row(const struct desk *desk);

/* The alert of a visit that is not closed, or NULL. */
const struct alert *desk_alert(const struct desk *desk, int64_t visit);

/* --- locking ---------------------------------------------------------------
 */

/* Tries the passphrase; on success files what waited for it. */
enum filing_unlock desk_unlock(struct desk *desk, const char *passphrase);
void desk_lock(struct desk *desk);

/* The selected visit's number, "—" for none. Caller frees. */
char *desk_number(const struct desk *desk);

/* --- frame ------------------------------------------------------------------
 */

/* Draws the top line, the keys and the message; gives what is left. */
struct canvas_area desk_frame(struct desk *desk, struct canvas *canvas,
			      const char *title);

/* One line of text in a column. */
void desk_line(struct canvas *canvas, int y, int x, int w, const char *text,
	       const char *language, enum canvas_style style,
	       enum canvas_colour colour);

/* --- running ----------------------------------------------------------------
 */

/* Runs until the desk is left. picture: a ticket that is at the scanner when
 * it is first unlocked, or NULL. */
MUST_CHECK enum fault desk_run(struct desk *desk, const char *picture);

/* A scan came; from any screen. */
void desk_take_scan(struct desk *desk, const char *digits);
/* A scan that was no ticket, or went wrong on the way. */
void desk_drop_scan(struct desk *desk, const struct scan_event *event);
/* A ticket in a picture file. */
void desk_take_picture(struct desk *desk, const char *path);

/* The lobby's board: numbers only, until a key is pressed. */
MUST_CHECK enum fault board_run(struct desk *desk);

extern const struct screen_ops desk_unlock_screen, desk_waiting_screen,
    desk_ticket_screen, desk_level_screen, desk_outcome_screen,
    desk_alert_screen, desk_find_screen, desk_do_screen, desk_help_screen;
