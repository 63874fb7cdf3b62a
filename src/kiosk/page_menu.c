#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "kiosk/session.h"

/*
 * The menu behind the PIN; what is shown when the lobby cannot open; and how
 * the machine is switched off.
 */
enum {
	LEAVE,
	LOBBY,
	TEST,
	ENROL,
	TONGUES,
	CLOCK,
	CARD,
	PIN,
	SPEAK,
	OFF,
	MENU,
	REBOOT,
	DESK,
	WAITING,
	KEY,
	DOCTOR,
	RENEW,
};

static bool is_closed(const struct session *session)
{
	SCOPED(char_freep)
	char *closed = home_path(session->home, HOME_KIOSK, "closed");

	return file_exists(closed);
}

static enum fault set_closed(const struct session *session, bool closed)
{
	SCOPED(char_freep)
	char *path = home_path(session->home, HOME_KIOSK, "closed");

	return closed ? file_write(path, "", 0, 0600) : file_remove(path);
}

/* --- how the printer is, for whoever can put in a roll ---------------------
 */

enum { TO_ASK, ASKING, TOLD };

static const char *printer_trouble(const struct printer *printer)
{
	switch (printer_answer(printer)) {
	case PRINTER_NO_PAPER:
		return "staff.printer_empty";
	case PRINTER_COVER_OPEN:
		return "staff.printer_cover";
	case PRINTER_OFFLINE:
		return printer_is_taken(printer) ? NULL : "staff.printer_off";
	case PRINTER_ABSENT:
		return printer_exists(printer) ? "staff.printer_gone" : NULL;
	default:
		return printer_paper_low(printer) ? "staff.printer_low" : NULL;
	}
}

/* Not while a ticket is printed, nor where the kiosk cannot open. */
static bool ask_printer(struct session *session)
{
	if (session->task == STAFF_TROUBLE ||
	    (session->printer &&
	     printer_answer(session->printer) == PRINTER_WORKING))
		return false;
	printer_free(session->printer);
	session->printer = NULL;
	if (!session_hall(session) ||
	    printer_new(session->hall->printer, &session->printer))
		return false;
	printer_use(session->printer, &session->hall->profile);
	printer_ask(session->printer, session->now);
	return true;
}

/* The menu is there before the printer has answered. */
static void menu_tick(struct session *session)
{
	if (session->stage == TO_ASK) {
		session->stage = ask_printer(session) ? ASKING : TOLD;
	} else if (session->stage == ASKING &&
		   printer_answer(session->printer) != PRINTER_WORKING) {
		session->stage = TOLD;
		if (printer_trouble(session->printer))
			session_again(session, TOLD, NULL);
	}
}

static void tell_printer(const struct session *session, struct leaf *leaf)
{
	const char *trouble = session->stage == TOLD && session->printer
				  ? printer_trouble(session->printer)
				  : NULL;

	if (trouble)
		session_say(session, leaf, trouble);
}

static void menu_fill(struct session *session, struct leaf *leaf)
{
	tell_printer(session, leaf);
	session_key(session, leaf, LEAVE, "staff.leave");
	if (session->desk)
		session_key(session, leaf, DESK, "staff.desk");
	session_key(session, leaf, LOBBY,
		    is_closed(session) ? "staff.lobby_open"
				       : "staff.lobby_close");
	/* Whoever prints one of these tests the printer, too. */
	if (session_waits(session))
		session_key(session, leaf, WAITING, "staff.waiting");
	else
		session_key(session, leaf, TEST, "staff.printer");
	if (session_lost_numbers(session))
		session_key(session, leaf, RENEW, "staff.renew");
	else
		session_key(session, leaf, ENROL, "staff.enrol");
	session_key(session, leaf, TONGUES, "staff.languages");
	session_key(session, leaf, CLOCK, "staff.clock");
	if (session->card)
		session_key(session, leaf, CARD, "staff.review_card");
	session_key(session, leaf, KEY, "staff.key");
	session_key(session, leaf, DOCTOR, "staff.doctor");
	session_key(session, leaf, PIN, "staff.change_pin");
	leaf_key(leaf, SPEAK,
		 strcmp(session->language, "fr") == 0 ? "English" : "Français");
	if (session->card)
		session_key(session, leaf, OFF, "staff.off");
}

static void change_language(struct session *session)
{
	const char *other = strcmp(session->language, "fr") == 0 ? "en" : "fr";

	if (session_speak(session, other) ||
	    session_mark(session, PAGE_LANGUAGE))
		session_failed(session);
	else
		session_again(session, 0, NULL);
}

static void menu_pressed(struct session *session, int act)
{
	static const enum staff_page pages[] = {
		[TEST] = PAGE_PRINTER,      [ENROL] = PAGE_ENROL,
		[TONGUES] = PAGE_LANGUAGES, [CLOCK] = PAGE_CLOCK,
		[CARD] = PAGE_CHANGED,      [PIN] = PAGE_PIN,
		[OFF] = PAGE_OFF,           [WAITING] = PAGE_WAITING,
		[KEY] = PAGE_KEY,           [DOCTOR] = PAGE_DOCTOR,
		[RENEW] = PAGE_RENEW,
	};

	if (!session->let_in)
		session_go_behind_pin(session, PAGE_MENU);
	else if (act == LEAVE)
		session_leave(session, STAFF_LEFT);
	else if (act == DESK)
		session_leave(session, STAFF_DESK);
	else if (act == SPEAK)
		change_language(session);
	else if (act != LOBBY)
		session_go(session, pages[act]);
	else if (set_closed(session, !is_closed(session)))
		session_failed(session);
	else
		session_again(session, 0, NULL);
}

const struct page_ops page_menu = {
	.heading = "staff.menu",
	.pictogram = "key",
	.fill = menu_fill,
	.pressed = menu_pressed,
	.tick = menu_tick,
};

/* --- the lobby cannot open
 * -------------------------------------------------------- */

static void trouble_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.trouble_text");
	if (session->why)
		leaf_add(leaf, CANVAS_QUIET, session->why);
	session_key(session, leaf, LEAVE, "staff.try_again");
	if (pin_is_set(session->pin) && session_lost_numbers(session))
		session_key(session, leaf, RENEW, "staff.renew");
	if (pin_is_set(session->pin))
		session_key(session, leaf, MENU, "staff.menu");
	if (session->card)
		session_key(session, leaf, OFF, "staff.off");
}

static void trouble_pressed(struct session *session, int act)
{
	if (act == LEAVE)
		session_leave(session, STAFF_LEFT);
	else if (act == OFF)
		session_go(session, PAGE_OFF);
	else
		session_go_behind_pin(session,
				      act == RENEW ? PAGE_RENEW : PAGE_MENU);
}

const struct page_ops page_trouble = {
	.heading = "staff.trouble",
	.pictogram = "person",
	.fill = trouble_fill,
	.pressed = trouble_pressed,
};

/* --- off
 * ----------------------------------------------------------------------------
 */

static void off_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.off_text");
	session_key(session, leaf, OFF, "staff.off_now");
	session_key(session, leaf, REBOOT, "staff.reboot");
	session_key(session, leaf, LEAVE, "staff.back");
}

static void off_pressed(struct session *session, int act)
{
	if (act == LEAVE && session->task == STAFF_TROUBLE && !session->let_in)
		session_go(session, PAGE_TROUBLE);
	else if (act == LEAVE)
		session_next(session);
	else
		session_leave(session,
			      act == OFF ? STAFF_POWER_OFF : STAFF_REBOOT);
}

const struct page_ops page_off = {
	.heading = "staff.off",
	.pictogram = "hand",
	.fill = off_fill,
	.pressed = off_pressed,
};
