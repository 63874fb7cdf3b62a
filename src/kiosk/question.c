#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/page.h"
#include "ask/question.h"
#include "base/log.h"
#include "kiosk/visit.h"
#include "kiosk/world.h"
#include "ticket/frame.h"
#include "ticket/pack.h"
#include "ticket/wire.h"
#include "ui/album.h"

/*
 * A question of the form in the lobby's frame. An answer to a question with
 * one answer goes on by itself, after it could be seen for a moment; nothing
 * of a private one is seen.
 */
#define SEEN_MS 350

struct lobby_question {
	struct visit *visit;
	struct ask_look look;
	struct question *question;
	struct page page;
	int64_t go_on_at; /* 0: not on its own */
};

static int room(void *to, const struct node *node, const char *text)
{
	const struct visit *visit = to;

	return pack_room(visit->hall->slots, visit->run, node, text);
}

/* A language that is no language ("another") can always be chosen. */
static bool offers(void *to, const char *tag)
{
	const struct visit *visit = to;

	return !language_find(tag) || visit_offers(visit, tag);
}

static const struct language *beside(void *to, size_t index)
{
	const struct visit *visit = to;
	const struct hall *hall = visit->hall;

	for (size_t i = 0; i < hall->offered_count; i++) {
		const struct language *each = hall->offered[i].language;

		if (visit_offers(visit, each->tag) && !index--)
			return each;
	}
	return NULL;
}

static void speaks(void *to, const struct language *chosen)
{
	struct visit *visit = to;
	const struct offered *offered = hall_offered(visit->hall, chosen->tag);

	if (offered)
		visit_speak(visit, offered);
}

static const struct drawing *picture(void *to, const char *address)
{
	const struct visit *visit = to;

	return album_find(visit->hall->album, address);
}

static enum fault build(struct lobby_question *screen)
{
	struct visit *visit = screen->visit;

	question_free(screen->question);
	screen->question = NULL;
	screen->look = (struct ask_look){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.text_size = visit->text_size,
		.form = form_id(visit->hall->form),
		.left_handed = visit->left_handed,
		.room = room,
		.offers = offers,
		.beside = beside,
		.speaks = speaks,
		.picture = picture,
		.to = visit,
	};
	return question_new(visit->run, &visit->step, &screen->look,
			    &screen->question);
}

static void leave(void *state)
{
	struct lobby_question *screen = state;

	question_free(screen->question);
	page_done(&screen->page);
	free(screen);
}

/* It may follow another question on the same screen, which calls it up. */
static bool awaits_scan(const struct step *step)
{
	for (size_t i = 0; i < step->count; i++) {
		if (node_appears(step->field[i], "scan"))
			return true;
	}
	return false;
}

static enum fault enter(void *from, void **state)
{
	struct lobby_question *screen = xcalloc(1, sizeof *screen);
	enum fault fault;

	screen->visit = from;
	seen_note(screen->visit->seen, &screen->visit->step);
	if (awaits_scan(&screen->visit->step))
		visit_await_scan(screen->visit);
	if ((fault = build(screen))) {
		leave(screen);
		return fault;
	}
	*state = screen;
	return FAULT_NONE;
}

/* --- drawing ---------------------------------------------------------------
 */

static void draw(void *state, struct canvas *canvas)
{
	struct lobby_question *screen = state;
	struct visit *visit = screen->visit;

	screen->look.text_size = visit->text_size;
	screen->look.left_handed = visit->left_handed;
	screen->look.language = visit->offered->language;
	screen->look.words = visit_words(visit);
	screen->look.aloud = visit_aloud(visit);
	page_draw(&screen->page, screen->question, visit->run, &visit->step,
		  &screen->look, canvas);
}

static void say(void *state, struct prompts *out)
{
	const struct lobby_question *screen = state;

	question_say(screen->question, out);
}

/* --- going on and back -----------------------------------------------------
 */

/* After the review only what an answer newly brought is asked. */
static void go_on(struct visit *visit)
{
	bool more = visit->reviewed
			? seen_next_new(visit->seen, &visit->step, &visit->step)
			: step_next(&visit->step, &visit->step);

	if (more)
		visit_go(visit, VISIT_QUESTION);
	else
		visit_finish(visit);
}

static void go_back(struct visit *visit)
{
	if (visit->reviewed)
		visit_finish(visit);
	else if (step_previous(visit->run, &visit->step, &visit->step))
		visit_go(visit, VISIT_QUESTION);
}

/* The answer to the question of appearance `language` is the reading language
 * from here on. */
static bool takes_language(const struct visit *visit)
{
	return node_appears(visit->step.field[0], "language");
}

static void follow_language(struct visit *visit)
{
	const struct offered *offered;

	if (!takes_language(visit))
		return;
	offered = hall_offered(visit->hall, node_value(visit->step.field[0]));
	if (offered)
		visit_speak(visit, offered);
}

static void follow(struct lobby_question *screen, enum question_event what)
{
	struct visit *visit = screen->visit;

	visit->dirty = true;
	switch (what) {
	case QUESTION_ONWARD:
		follow_language(visit);
		go_on(visit);
		break;
	case QUESTION_SHOWN:
		follow_language(visit);
		screen->go_on_at = visit->now + SEEN_MS;
		visit->hurry = true;
		break;
	case QUESTION_BEFORE:
		go_back(visit);
		break;
	case QUESTION_GOES:
		if (step_inside(question_goes(screen->question), &visit->step))
			visit_go(visit, VISIT_QUESTION);
		break;
	default:
		break;
	}
}

/*
 * An old ticket at the kiosk's scanner. The kiosk cannot open it: the answer is
 * only which kiosk made it and its number, a suggestion to staff. A scan that
 * cannot be read leaves the question as it is.
 */
static enum fault take_scan(struct lobby_question *screen,
			    enum question_event *what)
{
	struct visit *visit = screen->visit;
	struct field *field;
	struct wire_header header;
	struct frame scan;
	enum field_event told;
	enum fault fault;
	char number[24];

	*what = QUESTION_CHANGED;
	if (frame_read(visit->scanned, strlen(visit->scanned), &scan) !=
		FRAME_READ ||
	    scan.magic != FRAME_TICKET ||
	    wire_read(scan.payload, scan.length, &header) != WIRE_SOUND)
		return FAULT_NONE;
	if ((fault = question_scanned(screen->question, &field)) || !field)
		return fault;
	snprintf(number, sizeof number, "%04X-%u", (unsigned)header.kiosk,
		 (unsigned)header.sequence);
	if ((fault = field_answer(field, number, &told)))
		return fault;
	if (told == FIELD_CHANGED)
		*what = QUESTION_SHOWN;
	return build(screen);
}

static enum fault act(struct lobby_question *screen,
		      const struct ui_event *event, enum question_event *what)
{
	enum surround_action action;
	enum fault fault;

	if (event->key == UI_KEY_SCAN)
		return take_scan(screen, what);
	fault = question_key(screen->question, event, what);
	if (fault || *what != QUESTION_IGNORED)
		return fault;
	action = surround_action(&screen->page.surround, event,
				 question_typing(screen->question));
	if (action == SURROUND_ONWARD)
		return question_onward(screen->question, what);
	if (action == SURROUND_BACK)
		return question_back(screen->question, what);
	visit_surround_key(screen->visit, action);
	return FAULT_NONE;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct lobby_question *screen = state;
	struct visit *visit = screen->visit;
	enum question_event what = QUESTION_IGNORED;

	/* A second press while the answer is being seen is no new answer. */
	if (screen->go_on_at)
		return SCREEN_STAY;
	if (act(screen, event, &what))
		visit_trouble(visit);
	else
		follow(screen, what);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct lobby_question *screen = state;

	if (screen->go_on_at && now >= screen->go_on_at)
		go_on(screen->visit);
	return SCREEN_STAY;
}

const struct screen_ops screen_question = {
	.name = "question",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = leave,
};
