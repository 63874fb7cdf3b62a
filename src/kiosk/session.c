#include "kiosk/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "card/pins.h"
#include "kiosk/progress.h"
#include "kiosk/world.h"
#include "ui/canvas.h"
#include "ui/term.h"

#define TICK 500
#define HURRY 50

static const struct page_ops *const pages[PAGES] = {
	[PAGE_LANGUAGE] = &page_language,
	[PAGE_CARD] = &page_card,
	[PAGE_PIN] = &page_pin,
	[PAGE_AGENCY] = &page_agency,
	[PAGE_ENROL] = &page_enrol,
	[PAGE_PRINTER] = &page_printer,
	[PAGE_LANGUAGES] = &page_languages,
	[PAGE_CLOCK] = &page_clock,
	[PAGE_OPEN] = &page_open,
	[PAGE_GATE] = &page_gate,
	[PAGE_MENU] = &page_menu,
	[PAGE_CHANGED] = &page_changed,
	[PAGE_TROUBLE] = &page_trouble,
	[PAGE_OFF] = &page_off,
	[PAGE_KEY] = &page_key,
	[PAGE_WAITING] = &page_waiting,
	[PAGE_DOCTOR] = &page_doctor,
	[PAGE_RENEW] = &page_renew,
};

/* --- what is shown
 * ------------------------------------------------------------ */

static char *word(const struct session *session, const char *key)
{
	return catalogue_word(session->words, key);
}

static void fill(struct session *session)
{
	const struct page_ops *page = pages[session->page];
	SCOPED(char_freep) char *heading = word(session, page->heading);
	SCOPED(char_freep) char *more = word(session, "staff.more");
	SCOPED(char_freep) char *erase = word(session, "staff.erase");
	SCOPED(char_freep) char *done = word(session, "staff.done");

	leaf_free(session->leaf);
	session->leaf = leaf_new(
	    &(struct leaf_words){ session->language, more, erase, done },
	    page->pictogram, heading);
	if (session->note) {
		SCOPED(char_freep) char *note = word(session, session->note);

		leaf_add(session->leaf, CANVAS_ALARM, note);
	}
	page->fill(session, session->leaf);
}

void session_again(struct session *session, int stage, const char *note)
{
	session->stage = stage;
	session->note = note;
	fill(session);
}

void session_go(struct session *session, enum staff_page page)
{
	sodium_memzero(session->first, sizeof session->first);
	session->page = page;
	wedge_free(session->wedge);
	session->wedge = pages[page]->scanned ? wedge_new() : NULL;
	session_again(session, 0, NULL);
}

void session_go_behind_pin(struct session *session, enum staff_page page)
{
	session->after = page;
	session_go(session, session->let_in ? page : PAGE_GATE);
}

void session_leave(struct session *session, enum staff_end end)
{
	session->over = true;
	session->end = end;
}

/* The first step that is not behind them; PAGE_STEPS: all are. */
static enum staff_page next_step(struct session *session)
{
	enum staff_page page = PAGE_LANGUAGE;

	while (page < PAGE_STEPS && pages[page]->done(session))
		page++;
	return page;
}

void session_next(struct session *session)
{
	enum staff_page page;

	if (session->task != STAFF_SETUP) {
		session_go(session, PAGE_MENU);
		return;
	}
	page = next_step(session);
	if (page == PAGE_STEPS)
		session_leave(session, STAFF_LEFT);
	else
		session_go(session, page);
}

void session_failed(struct session *session)
{
	session_again(session, session->stage, "staff.failed");
}

void session_say(const struct session *session, struct leaf *leaf,
		 const char *key)
{
	SCOPED(char_freep) char *text = word(session, key);

	leaf_add(leaf, CANVAS_INK, text);
}

void session_tell(const struct session *session, struct leaf *leaf,
		  const char *key, const char *name, const char *text)
{
	const struct catalogue_argument argument = { .name = name,
						     .text = text };
	SCOPED(char_freep)
	char *said = catalogue_say(session->words, key, &argument, 1);

	leaf_add(leaf, CANVAS_INK, said);
}

void session_key(const struct session *session, struct leaf *leaf, int act,
		 const char *key)
{
	SCOPED(char_freep) char *text = word(session, key);

	leaf_key(leaf, act, text);
}

enum fault session_speak(struct session *session, const char *tag)
{
	SCOPED(char_freep) char *folder = data_path("translations");
	SCOPED(catalogue_freep) struct catalogue *words = catalogue_new(tag);
	enum fault fault;

	if ((fault = catalogue_add_family(words, folder, "staff")) ||
	    (fault = catalogue_add_family(words, folder, "card")) ||
	    (fault = catalogue_add_family(words, folder, "doctor")))
		return fault;
	catalogue_free(session->words);
	session->words = words;
	words = NULL;
	session->language = strcmp(tag, "fr") == 0 ? "fr" : "en";
	return FAULT_NONE;
}

/* --- what the pages share
 * -------------------------------------------------------
 */

const struct card_folder *session_folder(struct session *session, bool afresh)
{
	SCOPED(char_freep) char *shipped = data_path("forms");

	if (session->folder_read && !afresh)
		return &session->folder;
	card_folder_done(&session->folder);
	card_folder_read(session->card ? session->card : "", shipped,
			 &session->folder);
	session->folder_read = true;
	return &session->folder;
}

/* A dot before each: two of them may be of one colour. */
static void add_findings(const struct session *session, struct leaf *leaf,
			 bool stops)
{
	const struct card_findings *findings = &session->folder.findings;

	for (size_t i = 0; i < findings->count; i++) {
		const struct card_finding *finding = &findings->list[i];
		SCOPED(char_freep)
		char *text = card_finding_say(finding, session->words);
		SCOPED(char_freep) char *line = xasprintf("• %s", text);

		if ((finding->level == CARD_STOP) == stops)
			leaf_add(leaf, stops ? CANVAS_ALARM : CANVAS_INK, line);
	}
}

void session_findings(struct session *session, struct leaf *leaf)
{
	(void)session_folder(session, false);
	add_findings(session, leaf, true);
	add_findings(session, leaf, false);
}

struct hall *session_hall(struct session *session)
{
	if (!session->hall &&
	    hall_open(session->home, session->card != NULL, &session->hall))
		session->hall = NULL;
	return session->hall;
}

void session_close_hall(struct session *session)
{
	proof_free(session->proof);
	printer_free(session->printer);
	hall_free(session->hall);
	session->proof = NULL;
	session->printer = NULL;
	session->hall = NULL;
}

enum fault session_mark(struct session *session, enum staff_page page)
{
	struct setup_progress progress = setup_progress_read(session->home);

	progress.steps |= 1u << page;
	memcpy(progress.language, session->language, 3);
	return setup_progress_write(session->home, &progress);
}

bool session_marked(const struct session *session, enum staff_page page)
{
	return setup_progress_read(session->home).steps & 1u << page;
}

/* --- the loop
 * -------------------------------------------------------------------
 */

static void draw(struct session *session)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = front_canvas(&session->front);

	leaf_draw(session->leaf, canvas);
	front_show(&session->front, canvas, session->now);
}

/* Back is no key of the first boot: there is nothing to go back to. Where the
 * lobby cannot open it leads out of the menu, and whoever comes next says the
 * PIN. */
static void go_back(struct session *session)
{
	if (session->task == STAFF_TROUBLE) {
		session->let_in = false;
		session_go(session, PAGE_TROUBLE);
		return;
	}
	if (session->task == STAFF_SETUP) {
		if (session->page == PAGE_OFF)
			session_next(session);
		return;
	}
	if (session->page == PAGE_MENU || session->page == PAGE_GATE ||
	    session->page == PAGE_CHANGED)
		session_leave(session, STAFF_LEFT);
	else
		session_go(session, session->let_in ? PAGE_MENU : PAGE_CHANGED);
}

static void take(struct session *session, const struct ui_event *event)
{
	const struct page_ops *page = pages[session->page];

	session->touched = session->now;
	switch (leaf_take(session->leaf, event)) {
	case LEAF_PRESSED:
		page->pressed(session, leaf_act(session->leaf));
		break;
	case LEAF_WRITTEN:
		page->written(session, leaf_digits(session->leaf));
		break;
	case LEAF_BACK:
		go_back(session);
		break;
	default:
		break;
	}
}

void session_watch(struct session *session)
{
	if (session->now - session->touched < SESSION_PATIENCE)
		return;
	session->let_in = false;
	session->touched = session->now;
	if (session->task == STAFF_MENU || session->task == STAFF_CARD) {
		session_leave(session, STAFF_LEFT);
	} else if (session->task == STAFF_TROUBLE) {
		if (session->page != PAGE_TROUBLE)
			session_go(session, PAGE_TROUBLE);
	} else if (pin_is_set(session->pin) && session->page != PAGE_GATE) {
		session->after = next_step(session);
		session_go(session, PAGE_GATE);
	}
}

static void watch_printer(struct session *session, short revents)
{
	if (!session->printer)
		return;
	printer_ready(session->printer, revents, session->now);
	printer_tick(session->printer, session->now);
}

/* What came out of the wedge: a person's keys, or a scan. */
static void take_scans(struct session *session)
{
	char digits[SCAN_MAX + 1];
	struct scan_event scan;

	while (!session->over && session->wedge &&
	       (scan = wedge_next(session->wedge)).kind != SCAN_NONE) {
		if (scan.kind == SCAN_KEY) {
			const struct ui_event event =
			    ui_event_unpacked(scan.key, session->now);

			take(session, &event);
		} else if (scan.kind == SCAN_DIGITS) {
			/* The page may go, and the wedge with it. */
			memcpy(digits, scan.digits, scan.count);
			digits[scan.count] = 0;
			session->touched = session->now;
			pages[session->page]->scanned(session, digits);
		}
	}
}

static void read_keys(struct session *session)
{
	struct ui_event event;

	while (!session->over &&
	       (event = term_event(session->front.term)).key != UI_KEY_NONE) {
		if (session->wedge && ui_event_typed(&event))
			wedge_key(session->wedge, ui_event_character(&event),
				  ui_event_packed(&event), session->now);
		else
			take(session, &event);
		take_scans(session);
	}
	if (session->wedge)
		wedge_tick(session->wedge, session->now);
	take_scans(session);
}

static void turn(struct session *session)
{
	struct printer *printer = session->printer;
	struct pollfd wait = { .fd = -1 };

	if (printer)
		wait = (struct pollfd){ printer_descriptor(printer),
					printer_events(printer), 0 };
	if (!front_wait(&session->front, &wait,
			printer || session->wedge ? HURRY : TICK,
			&session->now))
		session_leave(session, STAFF_STOPPED);
	watch_printer(session, wait.revents);
	read_keys(session);
	if (!session->over && pages[session->page]->tick)
		pages[session->page]->tick(session);
	if (!session->over)
		session_watch(session);
}

/* Where a task begins. Whoever comes back to a first boot that was interrupted
 * says the PIN that was chosen, for the key may not be confirmed yet. */
static void begin(struct session *session)
{
	switch (session->task) {
	case STAFF_SETUP:
		if (pin_is_set(session->pin)) {
			session->after = next_step(session);
			session_go(session, PAGE_GATE);
		} else {
			session_next(session);
		}
		break;
	case STAFF_CARD:
		session_go(session, PAGE_CHANGED);
		break;
	case STAFF_MENU:
		session->after = PAGE_MENU;
		session_go(session, PAGE_GATE);
		break;
	case STAFF_TROUBLE:
		session_go(session, PAGE_TROUBLE);
		break;
	}
}

static void done(struct session *session)
{
	session_close_hall(session);
	leaf_free(session->leaf);
	catalogue_free(session->words);
	card_folder_done(&session->folder);
	pin_free(session->pin);
	wedge_free(session->wedge);
	sodium_memzero(session->first, sizeof session->first);
}

enum staff_end session_run(const struct staff_wish *wish, struct term *term,
			   int beat)
{
	const struct setup_progress progress = setup_progress_read(wish->home);
	struct session session = {
		.home = wish->home,
		.card = wish->card,
		.desk = wish->desk,
		.why = wish->why,
		.task = wish->task,
		.now = world_ticks(),
		.pin =
		    pin_new(home_folder(wish->home, HOME_KIOSK), world_ticks()),
		.end = STAFF_FAILED,
	};

	front_init(&session.front, term, beat);
	session.touched = session.now;
	if (!session_speak(
		&session, strcmp(progress.language, "fr") == 0 ? "fr" : "en")) {
		begin(&session);
		while (!session.over) {
			draw(&session);
			turn(&session);
		}
	}
	done(&session);
	front_done(&session.front);
	return session.end;
}

bool session_is_set_up(struct home *home)
{
	struct session session = {
		.home = home,
		.language = "en",
		.pin = pin_new(home_folder(home, HOME_KIOSK), 0),
	};
	/* The clock is asked for after each power loss, but holds nothing up.*/
	const bool all = session_marked(&session, PAGE_OPEN) &&
			 pin_is_set(session.pin) && card_is_pinned(home);

	pin_free(session.pin);
	return all;
}
