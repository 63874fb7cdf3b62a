#include "kiosk/visit.h"

#include <stdlib.h>
#include <string.h>

#include "ask/surround.h"
#include "base/log.h"
#include "kiosk/shut.h"
#include "kiosk/world.h"
#include "ui/canvas.h"

#define TICK 1000 /* ms between ticks, at most */
#define HURRY 100 /* the same while a screen changes by itself */

static const struct screen_ops *const screens[VISIT_SCREENS] = {
	[VISIT_WELCOME] = &screen_welcome,
	[VISIT_INTERVIEW] = &screen_interview,
	[VISIT_PRINTING] = &screen_printing,
	[VISIT_CAME_OUT] = &screen_came_out,
	[VISIT_LAST] = &screen_last,
	[VISIT_TROUBLE] = &screen_trouble,
	[VISIT_CLOSED] = &screen_closed,
	[VISIT_TONGUES] = &screen_tongues,
	[VISIT_NEEDS] = &screen_needs,
	[VISIT_PLACES] = &screen_places,
	[VISIT_SERVICE] = &screen_service,
	[VISIT_PERSON] = &screen_person,
	[VISIT_WAITING] = &screen_waiting,
	[VISIT_ERASE] = &screen_erase,
	[VISIT_IDLE] = &screen_idle,
};

/* --- which screen is up --------------------------------------------------- */

static bool is_covered(const struct visit *visit)
{
	return visit->overlay != VISIT_SCREENS;
}

static const struct screen_ops *top_ops(const struct visit *visit)
{
	return screens[is_covered(visit) ? visit->overlay : visit->screen];
}

static void **top_state(struct visit *visit)
{
	return &visit->states[is_covered(visit)];
}

void visit_uncover(struct visit *visit)
{
	if (is_covered(visit))
		screens[visit->overlay]->leave(visit->states[1]);
	visit->overlay = VISIT_SCREENS;
	visit->states[1] = NULL;
	visit->dirty = true;
	aloud_forget(visit->aloud);
}

void visit_cover(struct visit *visit, enum visit_screen overlay)
{
	visit_uncover(visit);
	if (screens[overlay]->enter(visit, &visit->states[1]))
		return;
	visit->overlay = overlay;
}

static void leave_screen(struct visit *visit)
{
	visit_uncover(visit);
	visit_await_scan(visit, false);
	if (visit->states[0])
		screens[visit->screen]->leave(visit->states[0]);
	visit->states[0] = NULL;
}

static bool is_browsing(enum visit_screen screen)
{
	return screen == VISIT_TONGUES || screen == VISIT_NEEDS ||
	       screen == VISIT_PLACES || screen == VISIT_SERVICE;
}

static bool is_personal(enum visit_screen screen)
{
	return screen == VISIT_INTERVIEW || screen == VISIT_PRINTING ||
	       is_browsing(screen);
}

/* Nobody is asked anything by a process that could tell it to anybody, nor
 * looks anything up. */
static enum fault enter(struct visit *visit)
{
	enum fault fault = FAULT_NONE;

	if (!visit->shut_in && is_personal(visit->screen))
		fault = shut_in(visit);
	if (fault)
		return fault;
	visit->shut_in = visit->shut_in || is_personal(visit->screen);
	return screens[visit->screen]->enter(visit, &visit->states[0]);
}

void visit_go(struct visit *visit, enum visit_screen screen)
{
	leave_screen(visit);
	visit->screen = screen;
	visit->dirty = true;
	visit->hurry = false;
	if (enter(visit)) {
		visit->states[0] = NULL;
		/* The page of trouble is drawn from fixed words. */
		if (screen != VISIT_TROUBLE)
			visit_trouble(visit);
		else
			visit_end(visit);
	}
}

void visit_trouble(struct visit *visit)
{
	visit->end = VISITOR_TROUBLE;
	visit_go(visit, VISIT_TROUBLE);
}

void visit_end(struct visit *visit)
{
	visit->over = true;
}

/* --- what every screen shares --------------------------------------------- */

const struct catalogue *visit_words(const struct visit *visit)
{
	return hall_words(visit->hall, visit->offered);
}

char *visit_word(const struct visit *visit, const char *key)
{
	return catalogue_word(visit_words(visit), key);
}

struct told visit_told(const struct visit *visit)
{
	return (struct told){ .language = visit->offered->language,
			      .words = visit_words(visit),
			      .text_size = visit->text_size };
}

enum ask_aloud visit_aloud(const struct visit *visit)
{
	if (!aloud_serves(visit->aloud, visit->offered->language->tag))
		return ASK_SILENT;
	return aloud_reads(visit->aloud) ? ASK_READS : ASK_CAN_READ;
}

void visit_prompt(const struct visit *visit, struct prompts *out,
		  enum prompt_part part, const char *key, const char *text)
{
	SCOPED(char_freep) char *word = text ? NULL : visit_word(visit, key);

	prompts_add(out, &(struct prompt){
			     .part = part,
			     .language = visit->offered->language->tag,
			     .key = key,
			     .text = text ? text : word,
			 });
}

void visit_prompt_turn(const struct visit *visit, size_t turn,
		       struct prompts *out, const char *key)
{
	const struct offered *offered = &visit->hall->offered[turn];
	SCOPED(char_freep)
	char *word = catalogue_word(hall_words(visit->hall, offered), key);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_LEAD,
			     .language = offered->language->tag,
			     .key = key,
			     .text = word,
			 });
}

void visit_row(const struct visit *visit, struct prompts *out, const char *key,
	       int number, bool focused)
{
	SCOPED(char_freep) char *word = visit_word(visit, key);

	prompts_add(out, &(struct prompt){
			     .part = PROMPT_ROW,
			     .language = visit->offered->language->tag,
			     .key = key,
			     .text = word,
			     .number = number,
			     .focused = focused,
			 });
}

/* Without plates, a script that cells break is worse than none. */
static bool is_readable(const struct visit *visit,
			const struct language *language)
{
	return language->drawing != LANGUAGE_PLATES ||
	       term_has_plates(visit->front.term);
}

bool visit_offers(const struct visit *visit, const char *tag)
{
	const struct offered *offered = hall_offered(visit->hall, tag);

	return offered && is_readable(visit, offered->language);
}

/* English, the first, can be read everywhere: the search ends. */
size_t visit_turn(const struct visit *visit, size_t turn)
{
	const struct hall *hall = visit->hall;

	do
		turn = (turn + 1) % hall->offered_count;
	while (!is_readable(visit, hall->offered[turn].language));
	return turn;
}

void visit_speak(struct visit *visit, const struct offered *offered)
{
	struct node *reserved = run_named(visit->run, "language");
	enum run_answer answer;

	visit->offered = offered;
	run_set_language(visit->run, offered->language->tag);
	if (reserved &&
	    run_put(visit->run, reserved, offered->language->tag, &answer))
		visit_trouble(visit);
	visit->dirty = true;
}

static void cycle_theme(struct visit *visit)
{
	static const enum term_theme after[] = {
		[TERM_DARK] = TERM_LIGHT,
		[TERM_LIGHT] = TERM_STRONG,
		[TERM_STRONG] = TERM_DARK,
	};

	visit->theme = after[visit->theme];
	term_set_theme(visit->front.term, visit->theme);
	world_note_access(visit->run, "HIC", visit->theme == TERM_STRONG);
}

/* From the largest back to the smallest. Cells know no size between. */
static void grow(struct visit *visit)
{
	visit->text_size = term_has_plates(visit->front.term)
			       ? visit->text_size % ASK_SIZES + 1
			   : visit->text_size == 1 ? ASK_SIZES
						   : 1;
	world_note_access(visit->run, "BIG",
			  visit->text_size > visit->hall->text_size);
}

struct surround visit_surround(const struct visit *visit)
{
	const enum ask_aloud aloud = visit_aloud(visit);

	return (struct surround){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.reads = aloud != ASK_SILENT,
		.reading = aloud == ASK_READS,
		.left_handed = visit->left_handed,
	};
}

bool visit_surround_key(struct visit *visit, enum surround_action action)
{
	switch (action) {
	case SURROUND_BIGGER:
		grow(visit);
		break;
	case SURROUND_HAND:
		visit->left_handed = !visit->left_handed;
		break;
	case SURROUND_COLOURS:
		cycle_theme(visit);
		break;
	case SURROUND_PERSON:
		world_note_access(visit->run, "PER", true);
		visit_cover(visit, VISIT_PERSON);
		break;
	case SURROUND_READ:
		aloud_switch(visit->aloud, !aloud_reads(visit->aloud));
		world_note_access(visit->run, "AUD", aloud_reads(visit->aloud));
		break;
	case SURROUND_START_OVER:
		visit_cover(visit, VISIT_ERASE);
		break;
	default:
		return false;
	}
	visit->dirty = true;
	return true;
}

/* --- idle ------------------------------------------------------------------
 */

/*
 * Where nobody has said anything yet, or the screen ends by itself, nobody is
 * asked. Somebody who does not say whether the paper came out has left with it
 * or without: the closing screen has the number, and goes.
 */
static void watch_idle(struct visit *visit)
{
	int64_t idle = visit->now - visit->touched;

	if (idle < visit->hall->idle_seconds * 1000LL ||
	    visit->overlay == VISIT_IDLE)
		return;
	if (visit->screen == VISIT_INTERVIEW || is_browsing(visit->screen))
		visit_cover(visit, VISIT_IDLE);
	else if (visit->screen == VISIT_CAME_OUT)
		visit_go(visit, VISIT_LAST);
}

/* --- the loop --------------------------------------------------------------
 */

#define LEAST_ROWS 8 /* below these no question can be drawn */
#define LEAST_COLUMNS 40

/* Said in the visitor's language once there is one; answers are kept. */
static bool draw_too_small(struct visit *visit, struct canvas *canvas)
{
	SCOPED(char_freep) char *text = NULL;

	if (!visit->offered || (canvas_rows(canvas) >= LEAST_ROWS &&
				canvas_columns(canvas) >= LEAST_COLUMNS))
		return false;
	text = catalogue_word(visit_words(visit), "kiosk.too_small");
	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){
				.h = canvas_rows(canvas),
				.w = canvas_columns(canvas),
				.text = text,
				.language = visit->offered->language->tag,
				.caret = -1,
			    });
	return true;
}

/* What the screen says, in so far as it is new; behind the drawing, which
 * finds out what is on a page. */
static void speak(struct visit *visit)
{
	const char *language = visit->offered->language->tag;
	SCOPED(char_freep)
	char *headphones = visit_word(visit, "kiosk.headphones");
	SCOPED(char_freep) char *how = visit_word(visit, "kiosk.how_to_answer");
	const struct prompt instead = { .language = language,
					.key = "kiosk.headphones",
					.text = headphones };
	const struct prompt help = { .language = language,
				     .key = "kiosk.how_to_answer",
				     .text = how };
	struct prompts now = { 0 };

	if (!aloud_reads(visit->aloud) || !top_ops(visit)->say)
		return;
	top_ops(visit)->say(*top_state(visit), &now);
	aloud_say(visit->aloud, &now, &instead, &help);
}

static void draw(struct visit *visit)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = front_canvas(&visit->front);

	if (!draw_too_small(visit, canvas))
		top_ops(visit)->draw(*top_state(visit), canvas);
	front_show(&visit->front, canvas, visit->now);
	visit->dirty = false;
	speak(visit);
}

static void follow(struct visit *visit, enum screen_next next)
{
	if (next == SCREEN_HOME)
		visit_end(visit);
	else if (next == SCREEN_BACK)
		visit_uncover(visit);
}

/*
 * The way to the staff menu, where nobody has begun: F10, or back so often in a
 * row, for a keypad. Back does nothing else there.
 */
#define STAFF_FUNCTION 10
#define STAFF_BACKS 5

static bool calls_staff(struct visit *visit, const struct ui_event *means)
{
	if (!visit->hall->has_pin || is_covered(visit) ||
	    (visit->screen != VISIT_WELCOME && visit->screen != VISIT_CLOSED))
		return false;
	visit->backs = means->key == UI_KEY_ESCAPE ? visit->backs + 1 : 0;
	if (visit->backs == STAFF_BACKS ||
	    (means->key == UI_KEY_FUNCTION &&
	     means->character == STAFF_FUNCTION)) {
		visit->end = VISITOR_STAFF;
		visit_end(visit);
		return true;
	}
	return visit->backs > 0;
}

static void take_key(struct visit *visit, const struct ui_event *event)
{
	struct ui_event means;

	visit->dirty = true;
	if (event->key == UI_KEY_RESIZE)
		return;
	visit->touched = visit->now;
	means = buttons_meaning(&visit->hall->buttons, event);
	if (calls_staff(visit, &means))
		return;
	follow(visit, top_ops(visit)->key(*top_state(visit), &means));
}

static void tick(struct visit *visit)
{
	watch_idle(visit);
	if (aloud_watch(visit->aloud)) {
		world_note_access(visit->run, "AUD", aloud_reads(visit->aloud));
		visit->dirty = true;
	}
	if (top_ops(visit)->tick && !visit->over)
		follow(visit,
		       top_ops(visit)->tick(*top_state(visit), visit->now));
}

/* --- scans ------------------------------------------------------------------
 */

void visit_await_scan(struct visit *visit, bool awaited)
{
	if (awaited && !visit->wedge)
		visit->wedge = wedge_new();
	if (awaited)
		return;
	wedge_free(visit->wedge);
	visit->wedge = NULL;
}

/* What came out of the wedge: a person's keys, or a ticket. */
static void take_scans(struct visit *visit)
{
	struct ui_event event;
	struct scan_event scan;

	while (!visit->over && visit->wedge &&
	       (scan = wedge_next(visit->wedge)).kind != SCAN_NONE) {
		if (scan.kind == SCAN_KEY) {
			event = ui_event_unpacked(scan.key, visit->now);
		} else if (scan.kind == SCAN_DIGITS) {
			event = (struct ui_event){ .key = UI_KEY_SCAN,
						   .at = visit->now };
			memcpy(visit->scanned, scan.digits, scan.count);
			visit->scanned[scan.count] = 0;
		} else {
			continue;
		}
		take_key(visit, &event);
	}
}

static void read_keys(struct visit *visit)
{
	struct ui_event event;

	while (!visit->over &&
	       (event = term_event(visit->front.term)).key != UI_KEY_NONE) {
		if (event.key != UI_KEY_RESIZE)
			aloud_hush(visit->aloud);
		if (visit->wedge && ui_event_typed(&event))
			wedge_key(visit->wedge, ui_event_character(&event),
				  ui_event_packed(&event), visit->now);
		else
			take_key(visit, &event);
		take_scans(visit);
	}
	if (visit->wedge)
		wedge_tick(visit->wedge, visit->now);
	take_scans(visit);
}

static int64_t time_left(const struct visit *visit)
{
	int64_t left = visit->hurry ? HURRY : TICK, scan;

	if (!visit->wedge)
		return left;
	scan = wedge_deadline(visit->wedge) - visit->now;
	return scan < left ? scan : left;
}

static void wait_and_take(struct visit *visit)
{
	struct pollfd porter = { porter_descriptor(visit->porter), POLLIN, 0 };

	if (!front_wait(&visit->front, &porter, time_left(visit),
			&visit->now)) {
		visit->browse.sent = false; /* no slip is waited for then */
		visit_end(visit);
	}
	porter_take(visit->porter, visit->now);
	visit->front.beat.alone = porter_descriptor(visit->porter) < 0;
	read_keys(visit);
	if (!visit->over)
		tick(visit);
}

/* What stands on the screen meanwhile tells nothing of what was looked at. */
static void show_that_paper_comes(struct visit *visit)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = front_canvas(&visit->front);
	SCOPED(char_freep) char *word = visit_word(visit, "kiosk.printing");
	const int rows = canvas_rows(canvas), columns = canvas_columns(canvas);

	canvas_text(canvas, &(struct canvas_text){
				.y = rows / 2,
				.x = 2,
				.h = rows - rows / 2,
				.w = columns - 4,
				.text = word,
				.language = visit->offered->language->tag,
				.style = CANVAS_BOLD,
				.colour = CANVAS_ACCENT,
				.caret = -1,
			    });
	front_show(&visit->front, canvas, visit->now);
}

/* How long the next person stands before it for that, in ms. */
#define SLIP_PATIENCE 15000
#define PERSON_FUNCTION 1 /* as on each screen (ask/surround.c) */

static bool calls_someone(struct visit *visit)
{
	struct ui_event event, means;
	bool calls = false;

	while ((event = term_event(visit->front.term)).key != UI_KEY_NONE) {
		means = buttons_meaning(&visit->hall->buttons, &event);
		calls |= means.key == UI_KEY_FUNCTION &&
			 (means.character == STAFF_FUNCTION ||
			  means.character == PERSON_FUNCTION);
	}
	return calls;
}

/* A slip would be cut off with the process: whoever asked for it and turned
 * away gets all of it, unless it hangs, or somebody is wanted here. */
static void await_slip(struct visit *visit)
{
	struct pollfd porter = { porter_descriptor(visit->porter), POLLIN, 0 };
	const int64_t until = visit->now + SLIP_PATIENCE;

	if (!visit->browse.sent)
		return;
	show_that_paper_comes(visit);
	while (porter_answer(visit->porter) == PRINTER_WORKING &&
	       visit->now < until && !calls_someone(visit) &&
	       front_wait(&visit->front, &porter, TICK, &visit->now)) {
		porter_take(visit->porter, visit->now);
		porter.fd = porter_descriptor(visit->porter);
	}
}

/* A ticket that is not known to be in a hand is no ticket given out. */
static enum visitor_end end_of(const struct visit *visit)
{
	if (!visit->sealed || visit->end == VISITOR_TROUBLE)
		return visit->end;
	return visit->handed ? VISITOR_TICKET : VISITOR_UNPRINTED;
}

static void forget(struct visit *visit)
{
	if (visit->sealed)
		issued_done(&visit->issued);
	picture_free(visit->picture);
	wedge_free(visit->wedge);
	interview_free(visit->asking.interview);
	run_free(visit->run);
	aloud_free(visit->aloud);
}

/* Said to staff once a start: the terminal is the same for everybody. */
static void log_unreadable(const struct visit *visit)
{
	for (size_t i = 0; i < visit->hall->offered_count; i++) {
		const struct language *language =
		    visit->hall->offered[i].language;

		if (!is_readable(visit, language))
			log_warning("%s is not offered here: this terminal "
				    "shows no pictures (sixel), and its script "
				    "cannot be read without",
				    language->tag);
	}
}

enum fault visit_run(struct hall *hall, struct term *term,
		     struct porter *porter, uint32_t number, int beat,
		     enum visitor_end *end)
{
	struct visit visit = {
		.hall = hall,
		.porter = porter,
		.number = number,
		.now = world_ticks(),
		.offered = &hall->offered[0],
		.text_size = hall->text_size,
		.left_handed = hall->left_handed,
		.theme = hall->theme,
		.overlay = VISIT_SCREENS,
		.end = VISITOR_LEFT,
	};
	struct run_world world = world_of(&visit);
	enum fault fault;

	front_init(&visit.front, term, beat);
	visit.touched = visit.now;
	visit.aloud = aloud_new(&hall->speech); /* before anything is known */
	term_set_theme(term, visit.theme);
	if (!hall->visited)
		log_unreadable(&visit);
	fault = run_new(hall->form, &world, &visit.run);
	if (!fault) {
		visit_go(&visit,
			 hall_is_open(hall) ? VISIT_WELCOME : VISIT_CLOSED);
		while (!visit.over) {
			if (visit.dirty)
				draw(&visit);
			wait_and_take(&visit);
		}
	}
	leave_screen(&visit);
	*end = end_of(&visit);
	forget(&visit);
	await_slip(&visit);
	front_done(&visit.front);
	return fault;
}
