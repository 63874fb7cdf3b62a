#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/home.h"
#include "card/pins.h"
#include "kiosk/progress.h"
#include "kiosk/session.h"

/*
 * The first boot's first steps: the language of those who set it up, what is
 * wrong on the card, and the staff PIN. And the gate that asks for the PIN.
 */
enum { ENGLISH, FRENCH };

static bool language_done(struct session *session)
{
	return setup_progress_read(session->home).language[0] != 0;
}

static void language_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.language_text");
	leaf_key(leaf, ENGLISH, "English");
	leaf_key(leaf, FRENCH, "Français");
}

static void language_pressed(struct session *session, int act)
{
	if (session_speak(session, act == FRENCH ? "fr" : "en") ||
	    session_mark(session, PAGE_LANGUAGE))
		session_failed(session);
	else
		session_next(session);
}

const struct page_ops page_language = {
	.heading = "staff.language",
	.pictogram = "hand",
	.done = language_done,
	.fill = language_fill,
	.pressed = language_pressed,
};

/* --- the card
 * ------------------------------------------------------------------- */

enum { GO_ON, LOOK_AGAIN, OFF };

static bool card_done(struct session *session)
{
	return card_is_pinned(session->home) || session->card_seen;
}

static void card_fill(struct session *session, struct leaf *leaf)
{
	const struct card_folder *folder = session_folder(session, true);
	const bool serves = card_folder_serves(folder);

	session_say(session, leaf,
		    !serves                  ? "staff.card_stops"
		    : folder->findings.count ? "staff.card_look"
					     : "staff.card_good");
	session_findings(session, leaf);
	if (serves)
		session_key(session, leaf, GO_ON, "staff.go_on");
	session_key(session, leaf, LOOK_AGAIN, "staff.look_again");
	session_key(session, leaf, OFF, "staff.off_to_mend");
}

static void card_pressed(struct session *session, int act)
{
	if (act == LOOK_AGAIN) {
		session_again(session, 0, NULL);
	} else if (act == OFF) {
		session_go(session, PAGE_OFF);
	} else {
		session->card_seen = true;
		session_next(session);
	}
}

const struct page_ops page_card = {
	.heading = "staff.card",
	.pictogram = "paper",
	.done = card_done,
	.fill = card_fill,
	.pressed = card_pressed,
};

/* --- the PIN, chosen
 * ------------------------------------------------------------ */

enum { FIRST, SECOND };

static bool pin_done(struct session *session)
{
	return pin_is_set(session->pin);
}

static void pin_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf,
		    session->stage == FIRST ? "staff.pin_text"
					    : "staff.pin_again");
	leaf_ask(leaf, true);
}

static void no_act(struct session *session, int act)
{
	(void)session;
	(void)act;
}

static void take_first(struct session *session, const char *digits)
{
	static const char *const refusals[] = {
		[PIN_LENGTH] = "staff.pin_length",
		[PIN_TRIVIAL] = "staff.pin_trivial",
	};
	enum pin_choice choice = pin_choose(digits);

	if (choice != PIN_GOOD) {
		session_again(session, FIRST, refusals[choice]);
		return;
	}
	memcpy(session->first, digits, strlen(digits) + 1);
	session_again(session, SECOND, NULL);
}

static void pin_written(struct session *session, const char *digits)
{
	const bool same = strcmp(session->first, digits) == 0;

	if (session->stage == FIRST) {
		take_first(session, digits);
		return;
	}
	sodium_memzero(session->first, sizeof session->first);
	if (!same)
		session_again(session, FIRST, "staff.pin_differs");
	else if (pin_set(session->pin, digits,
			 home_is_demo(session->home) ? PIN_DEMO : PIN_KIOSK))
		session_again(session, FIRST, "staff.failed");
	else {
		session->let_in = true;
		session_next(session);
	}
}

const struct page_ops page_pin = {
	.heading = "staff.pin",
	.pictogram = "key",
	.done = pin_done,
	.fill = pin_fill,
	.pressed = no_act,
	.written = pin_written,
};

/* --- the PIN, asked for
 * ---------------------------------------------------------- */

static void gate_fill(struct session *session, struct leaf *leaf)
{
	const int64_t wait = pin_wait(session->pin, session->now);
	SCOPED(char_freep)
	char *minutes = xasprintf("%d", (int)((wait + 59999) / 60000));

	if (wait)
		session_tell(session, leaf, "staff.pin_wait", "minutes",
			     minutes);
	else
		session_say(session, leaf, "staff.gate_text");
	leaf_ask(leaf, true);
}

static void gate_written(struct session *session, const char *digits)
{
	enum pin_answer answer = PIN_WAIT;

	if (pin_try(session->pin, digits, session->now, &answer)) {
		session_failed(session);
	} else if (answer == PIN_RIGHT) {
		session->let_in = true;
		session_go(session, session->after);
	} else {
		session_again(session, 0,
			      answer == PIN_WRONG ? "staff.pin_wrong" : NULL);
	}
}

const struct page_ops page_gate = {
	.heading = "staff.gate",
	.pictogram = "key",
	.fill = gate_fill,
	.pressed = no_act,
	.written = gate_written,
};
