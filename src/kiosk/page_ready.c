#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "issue/issue.h"
#include "issue/waiting.h"
#include "kiosk/session.h"
#include "seal/key.h"
#include "text/lexicon.h"
#include "text/zone.h"
#include "ui/term.h"

/*
 * The first boot's last steps, which are also in the menu: the desk learns the
 * kiosk's key, a test ticket is printed, languages, the time, and the lobby
 * opens once the desk has read the test ticket.
 */
enum { GO_ON, AGAIN, YES, CHANGE, WITHOUT, ERASE };

static void mark_and_go_on(struct session *session, enum staff_page page)
{
	if (session->task == STAFF_SETUP && session_mark(session, page))
		session_failed(session);
	else
		session_next(session);
}

/* False, with the page saying so, where the kiosk's own things cannot be
 * opened. */
static bool have_hall(struct session *session, struct leaf *leaf)
{
	if (session_hall(session))
		return true;
	session_say(session, leaf, "staff.no_hall");
	session_key(session, leaf, AGAIN, "staff.look_again");
	return false;
}

/* --- enrolment
 * --------------------------------------------------------------------
 */

static bool enrol_done(struct session *session)
{
	return session_marked(session, PAGE_ENROL);
}

static void enrol_fill(struct session *session, struct leaf *leaf)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes digits = { 0 };

	if (!have_hall(session, leaf))
		return;
	session_tell(session, leaf, "staff.enrol_text", "name",
		     session->hall->lobby->kiosk);
	key_fingerprint(issuer_kiosk(session->hall->issuer), fingerprint);
	fingerprint[17] = 0;
	leaf_add(leaf, CANVAS_ACCENT, fingerprint);
	leaf_add(leaf, CANVAS_ACCENT, fingerprint + 18);
	session_say(session, leaf, "staff.enrol_compare");
	issuer_enrolment(session->hall->issuer, &digits);
	leaf_symbol(leaf, (const char *)digits.data);
	bytes_done(&digits);
	session_key(session, leaf, GO_ON, "staff.enrolled");
}

static void enrol_pressed(struct session *session, int act)
{
	if (act == AGAIN)
		session_again(session, 0, NULL);
	else
		mark_and_go_on(session, PAGE_ENROL);
}

const struct page_ops page_enrol = {
	.heading = "staff.enrol",
	.pictogram = "person",
	.done = enrol_done,
	.fill = enrol_fill,
	.pressed = enrol_pressed,
};

/* --- printer and test ticket
 * -------------------------------------------------------
 */

enum { ASKED, PRINTING, ANSWERED };

static bool printer_done(struct session *session)
{
	return session_marked(session, PAGE_PRINTER);
}

static const char *answer_key(enum printer_answer answer)
{
	switch (answer) {
	case PRINTER_CONFIRMED:
		return "staff.print_good";
	case PRINTER_UNKNOWN:
		return "staff.print_unknown";
	case PRINTER_NO_PAPER:
		return "staff.print_no_paper";
	case PRINTER_COVER_OPEN:
		return "staff.print_cover";
	case PRINTER_OFFLINE:
		return "staff.print_offline";
	default:
		return "staff.print_absent";
	}
}

/* Where no paper came, the test ticket is shown to be scanned from here. */
static void answered_fill(struct session *session, struct leaf *leaf)
{
	enum printer_answer answer = printer_answer(session->printer);

	session_say(session, leaf, answer_key(answer));
	if (answer == PRINTER_CONFIRMED || answer == PRINTER_UNKNOWN)
		session_key(session, leaf, GO_ON, "staff.print_came");
	else
		leaf_symbol(leaf,
			    (const char *)session->proof->issued.digits.data);
	session_key(session, leaf, AGAIN, "staff.print_again");
	if (answer != PRINTER_CONFIRMED)
		session_key(session, leaf, WITHOUT, "staff.print_without");
}

/* While it prints, and then; false: nothing was begun. */
static bool printing_fill(struct session *session, struct leaf *leaf)
{
	if (session->stage == PRINTING)
		session_say(session, leaf, "staff.printing");
	else if (session->stage == ANSWERED)
		answered_fill(session, leaf);
	return session->stage != ASKED;
}

static void printer_fill(struct session *session, struct leaf *leaf)
{
	if (!have_hall(session, leaf) || printing_fill(session, leaf))
		return;
	session_tell(session, leaf, "staff.printer_text", "printer",
		     session->hall->printer);
	session_key(session, leaf, YES, "staff.print");
}

static enum fault make_proof(struct session *session, bool *found)
{
	*found = true;
	return session->page == PAGE_WAITING
		   ? proof_waiting(session->hall, session->waiting.chosen,
				   found, &session->proof)
		   : proof_make(session->hall, &session->proof);
}

static void print_one(struct session *session)
{
	SCOPED(char_freep) char *sender = NULL;
	bool found;

	printer_free(session->printer);
	proof_free(session->proof);
	session->printer = NULL;
	session->proof = NULL;
	if (!session_hall(session) || make_proof(session, &found) ||
	    (found && printer_new(session->hall->printer, &session->printer))) {
		session_again(session, ASKED, "staff.failed");
		return;
	}
	if (!found) {
		session_again(session, ASKED, "staff.waiting_gone");
		return;
	}
	sender = hall_sender(session->hall);
	printer_name(session->printer, PRINTER_TICKET, sender);
	printer_use(session->printer, &session->hall->profile);
	printer_start(session->printer, session->proof->picture, session->now);
	session_again(session, PRINTING, NULL);
}

static void leave_printer(struct session *session)
{
	printer_free(session->printer);
	session->printer = NULL;
}

static void printer_pressed(struct session *session, int act)
{
	if (act == AGAIN && !session->hall) {
		session_again(session, ASKED, NULL);
	} else if (act == YES || act == AGAIN) {
		print_one(session);
	} else {
		leave_printer(session);
		session->stage = ASKED; /* nothing is left to be told of */
		mark_and_go_on(session, PAGE_PRINTER);
	}
}

static void printer_tick_page(struct session *session)
{
	enum printer_answer answer;

	if (session->stage != PRINTING || !session->printer)
		return;
	answer = printer_answer(session->printer);
	if (answer != PRINTER_IDLE && answer != PRINTER_WORKING)
		session_again(session, ANSWERED, NULL);
}

const struct page_ops page_printer = {
	.heading = "staff.printer",
	.pictogram = "printer",
	.done = printer_done,
	.fill = printer_fill,
	.pressed = printer_pressed,
	.tick = printer_tick_page,
};

/* --- tickets that wait for their paper --------------------------------------
 */

enum { CHOSEN = ANSWERED + 1 }; /* one of them */
enum { OTHERS = ERASE + 1, TICKET };

static void add_waiting(const struct session *session, struct leaf *leaf,
			int act, const struct waiting *waiting)
{
	SCOPED(char_freep) char *minutes = xasprintf("%d", waiting->minutes);
	char number[WIRE_NUMBER_BYTES];
	const struct catalogue_argument with[] = {
		{ .name = "number", .text = number },
		{ .name = "minutes", .text = minutes },
	};

	wire_number(session->hall->lobby->kiosk, waiting->sequence, number);
	SCOPED(char_freep)
	char *row = catalogue_say(session->words, "staff.waiting_row", with,
				  COUNT(with));

	leaf_key(leaf, act, row);
}

static void list_waiting(struct session *session, struct leaf *leaf)
{
	const struct uptime now = uptime_now();
	struct waiting list[WAITING_MOST];
	const size_t all = waiting_list(session->home, &now, list);
	size_t first = session->waiting.first;

	session->waiting.first = first = first < all ? first : 0;
	session_say(session, leaf, "staff.waiting_text");
	for (int i = 0; i < SESSION_LISTED && first + (size_t)i < all; i++) {
		const struct waiting *each = &list[first + (size_t)i];

		session->waiting.listed[i] = each->sequence;
		add_waiting(session, leaf, TICKET + i, each);
	}
	if (all > SESSION_LISTED)
		session_key(session, leaf, OTHERS, "staff.waiting_others");
	session_key(session, leaf, WITHOUT, "staff.back");
}

static void show_waiting(struct session *session, struct leaf *leaf)
{
	char number[WIRE_NUMBER_BYTES];

	wire_number(session->hall->lobby->kiosk, session->waiting.chosen,
		    number);
	session_tell(session, leaf, "staff.waiting_one", "number", number);
	session_key(session, leaf, YES, "staff.waiting_print");
	session_key(session, leaf, ERASE, "staff.waiting_erase");
	session_key(session, leaf, WITHOUT, "staff.back");
}

static void waiting_fill(struct session *session, struct leaf *leaf)
{
	if (!have_hall(session, leaf))
		return;
	if (session->stage == CHOSEN)
		show_waiting(session, leaf);
	else if (!printing_fill(session, leaf))
		list_waiting(session, leaf);
}

/* It has its paper, or nobody comes for it. */
static void end_waiting(struct session *session)
{
	if (waiting_remove(session->home, session->waiting.chosen))
		session_again(session, ASKED, "staff.failed");
	else if (session_waits(session))
		session_again(session, ASKED, NULL);
	else
		session_go(session, PAGE_MENU);
}

static void list_pressed(struct session *session, int act)
{
	if (act == WITHOUT) {
		session_go(session, PAGE_MENU);
		return;
	}
	if (act >= TICKET)
		session->waiting.chosen = session->waiting.listed[act - TICKET];
	else if (act == OTHERS)
		session->waiting.first += SESSION_LISTED;
	session_again(session, act >= TICKET ? CHOSEN : ASKED, NULL);
}

static void waiting_pressed(struct session *session, int act)
{
	if (session->stage == ASKED) {
		list_pressed(session, act);
	} else if (act == YES || act == AGAIN) {
		print_one(session);
	} else {
		leave_printer(session);
		/* Without paper it waits on. */
		if (act == WITHOUT)
			session_again(session, ASKED, NULL);
		else
			end_waiting(session);
	}
}

bool session_waits(const struct session *session)
{
	const struct uptime now = uptime_now();
	struct waiting list[WAITING_MOST];

	return waiting_list(session->home, &now, list) > 0;
}

const struct page_ops page_waiting = {
	.heading = "staff.waiting",
	.pictogram = "printer",
	.fill = waiting_fill,
	.pressed = waiting_pressed,
	.tick = printer_tick_page,
};

/* --- languages
 * ---------------------------------------------------------------------
 */

static bool languages_done(struct session *session)
{
	return session_marked(session, PAGE_LANGUAGES);
}

static const char *state_key(const struct lexicon_language *language)
{
	if (language->broken)
		return "staff.language_broken";
	if (!lexicon_complete(language))
		return "staff.language_missing";
	if (language->status == LEXICON_DRAFT)
		return language->offered ? "staff.language_draft"
					 : "staff.language_not_named";
	return "staff.language_good";
}

/* So many names are a paragraph that fits on the smallest screen. */
#define NAMES 10

/* A state, and the languages that are in it, by their English names. */
static void list_state(struct session *session, const char *state,
		       struct leaf *leaf)
{
	const struct lexicon *lexicon = session->hall->lexicon;
	struct bytes names = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < lexicon_count(lexicon); i++) {
		const struct lexicon_language *each = lexicon_at(lexicon, i);

		if (each->status == LEXICON_NONE ||
		    strcmp(state_key(each), state) != 0)
			continue;
		if (count++ % NAMES == 0 && names.length) {
			session_tell(session, leaf, state, "languages",
				     (const char *)names.data);
			bytes_done(&names);
		}
		bytes_add_format(&names, "%s%s", names.length ? ", " : "",
				 each->language->name);
	}
	if (names.length)
		session_tell(session, leaf, state, "languages",
			     (const char *)names.data);
	bytes_done(&names);
}

static void languages_fill(struct session *session, struct leaf *leaf)
{
	static const char *const states[] = {
		"staff.language_good",      "staff.language_draft",
		"staff.language_not_named", "staff.language_missing",
		"staff.language_broken",
	};

	if (!have_hall(session, leaf))
		return;
	for (size_t i = 0; i < COUNT(states); i++)
		list_state(session, states[i], leaf);
	if (!term_has_plates(session->front.term))
		session_say(session, leaf, "staff.no_plates");
	session_key(session, leaf, GO_ON, "staff.go_on");
}

static void languages_pressed(struct session *session, int act)
{
	if (act == AGAIN)
		session_again(session, 0, NULL);
	else
		mark_and_go_on(session, PAGE_LANGUAGES);
}

const struct page_ops page_languages = {
	.heading = "staff.languages",
	.pictogram = "sound",
	.done = languages_done,
	.fill = languages_fill,
	.pressed = languages_pressed,
};

/* --- the time
 * -----------------------------------------------------------------------
 */

enum { SHOWN, WRITTEN };

static bool clock_done(struct session *session)
{
	struct hall *hall = session_hall(session);

	return hall && hall->clock.trusted;
}

static void clock_fill(struct session *session, struct leaf *leaf)
{
	const char *zone;
	char text[32] = "";
	time_t local;
	struct tm day;
	int64_t now;

	if (!have_hall(session, leaf))
		return;
	if (session->stage == WRITTEN) {
		session_say(session, leaf, "staff.clock_write");
		leaf_ask(leaf, false);
		return;
	}
	zone = session->hall->lobby->zone;
	now = hall_now(session->hall);
	local = (time_t)((now + zone_offset(zone, now)) / 1000);
	if (gmtime_r(&local, &day))
		strftime(text, sizeof text, "%Y-%m-%d %H:%M", &day);
	session_say(session, leaf, "staff.clock_text");
	leaf_add(leaf, CANVAS_ACCENT, text);
	session_tell(session, leaf, "staff.clock_zone", "zone", zone);
	session_key(session, leaf, YES, "staff.clock_right");
	session_key(session, leaf, CHANGE, "staff.clock_change");
}

static void confirm(struct session *session, int64_t now)
{
	if (timepiece_confirm(session->home, now, &session->hall->clock))
		session_failed(session);
	else
		session_next(session);
}

static void clock_pressed(struct session *session, int act)
{
	if (act == YES)
		confirm(session, hall_now(session->hall));
	else
		session_again(session, act == CHANGE ? WRITTEN : SHOWN, NULL);
}

/* Days of a date of the proleptic Gregorian calendar since 1970-01-01. */
static bool read_time(const char *digits, const char *zone, int64_t *now)
{
	struct tm day = { 0 }, again;
	time_t local;

	if (strlen(digits) != 12 ||
	    sscanf(digits, "%4d%2d%2d%2d%2d", &day.tm_year, &day.tm_mon,
		   &day.tm_mday, &day.tm_hour, &day.tm_min) != 5)
		return false;
	day.tm_year -= 1900;
	day.tm_mon -= 1;
	again = day;
	local = timegm(&again);
	/* The 31st of a short month would become another day. */
	if (again.tm_mday != day.tm_mday || again.tm_mon != day.tm_mon ||
	    again.tm_hour != day.tm_hour || again.tm_min != day.tm_min ||
	    day.tm_year < 125)
		return false;
	*now = zone_to_utc(zone, (int64_t)local * 1000);
	return true;
}

static void clock_written(struct session *session, const char *digits)
{
	int64_t now;

	if (read_time(digits, session->hall->lobby->zone, &now))
		confirm(session, now);
	else
		session_again(session, WRITTEN, "staff.clock_wrong");
}

const struct page_ops page_clock = {
	.heading = "staff.clock",
	.pictogram = "again",
	.done = clock_done,
	.fill = clock_fill,
	.pressed = clock_pressed,
	.written = clock_written,
};

/* --- open
 * ----------------------------------------------------------------------------
 */

static bool open_done(struct session *session)
{
	return session_marked(session, PAGE_OPEN);
}

static void open_fill(struct session *session, struct leaf *leaf)
{
	session_say(session, leaf, "staff.open_text");
	session_key(session, leaf, YES, "staff.open_yes");
	session_key(session, leaf, AGAIN, "staff.open_again");
}

static void open_pressed(struct session *session, int act)
{
	if (act == AGAIN)
		session_go(session, PAGE_PRINTER);
	else
		mark_and_go_on(session, PAGE_OPEN);
}

const struct page_ops page_open = {
	.heading = "staff.open",
	.pictogram = "check",
	.done = open_done,
	.fill = open_fill,
	.pressed = open_pressed,
};
