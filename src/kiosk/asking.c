#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/interview.h"
#include "kiosk/visit.h"
#include "ticket/frame.h"
#include "ticket/pack.h"
#include "ticket/wire.h"
#include "ui/album.h"

/*
 * An answer to a question with one answer goes on by itself, after it could be
 * seen for a moment; nothing of a private one is seen.
 */
#define SEEN_MS 350

/* --- what the questions ask of the kiosk -----------------------------------
 */

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

static const struct drawing *picture(void *to, const char *address)
{
	const struct visit *visit = to;

	return album_find(visit->hall->album, address);
}

/* How the person reads now, which keys of the frame change. */
static void look_again(struct visit *visit)
{
	struct ask_look *look = &visit->asking.look;

	look->language = visit->offered->language;
	look->words = visit_words(visit);
	look->text_size = visit->text_size;
	look->left_handed = visit->left_handed;
	look->aloud = visit_aloud(visit);
}

/* The answer to the question of appearance `language` is the reading language
 * from here on. */
static void speaks_tag(void *to, const char *tag)
{
	struct visit *visit = to;
	const struct offered *offered = hall_offered(visit->hall, tag);

	if (!offered)
		return;
	visit_speak(visit, offered);
	look_again(visit);
}

static void speaks(void *to, const struct language *chosen)
{
	speaks_tag(to, chosen->tag);
}

/* --- the conversation -------------------------------------------------------
 */

static enum fault begin(struct visit *visit)
{
	visit->asking.look = (struct ask_look){
		.form = form_id(visit->hall->form),
		.room = room,
		.offers = offers,
		.beside = beside,
		.speaks = speaks,
		.picture = picture,
		.to = visit,
	};
	look_again(visit);
	return interview_new(
	    &(struct interview_options){ .run = visit->run,
					 .look = &visit->asking.look,
					 .speaks = speaks_tag,
					 .to = visit },
	    &visit->asking.interview);
}

/* Another screen of the conversation is up. */
static void moved(struct visit *visit)
{
	visit->asking.go_on_at = 0;
	visit->hurry = false;
	visit->dirty = true;
	aloud_forget(visit->aloud);
	visit_await_scan(visit, interview_awaits_scan(visit->asking.interview));
}

/* It comes back where the answers did not fit on the paper. */
static enum fault enter(void *from, void **state)
{
	struct visit *visit = from;
	enum fault fault = FAULT_NONE;

	if (!visit->asking.interview)
		fault = begin(visit);
	if (!fault && visit->too_long)
		fault = interview_too_long(visit->asking.interview);
	if (fault)
		return fault;
	moved(visit);
	*state = visit;
	return FAULT_NONE;
}

/* The visit has it until its end. */
static void leave(void *state)
{
	(void)state;
}

static void draw(void *state, struct canvas *canvas)
{
	struct visit *visit = state;

	look_again(visit);
	interview_draw(visit->asking.interview, canvas);
}

static void say(void *state, struct prompts *out)
{
	const struct visit *visit = state;

	interview_say(visit->asking.interview, out);
}

/* --- keys --------------------------------------------------------------------
 */

/*
 * An old ticket at the kiosk's scanner. The kiosk cannot open it: the answer is
 * only which kiosk made it and its number, a suggestion to staff. A scan that
 * cannot be read leaves the question as it is.
 */
static enum fault take_scan(struct visit *visit, enum interview_event *what)
{
	const char *scanned = visit->scanned;
	struct wire_header header;
	struct frame scan;
	char number[24];

	*what = INTERVIEW_IGNORED;
	if (frame_read(scanned, strlen(scanned), &scan) != FRAME_READ ||
	    scan.magic != FRAME_TICKET ||
	    wire_read(scan.payload, scan.length, &header) != WIRE_SOUND)
		return FAULT_NONE;
	snprintf(number, sizeof number, "%04X-%u", (unsigned)header.kiosk,
		 (unsigned)header.sequence);
	return interview_scanned(visit->asking.interview, number, what);
}

static void follow(struct visit *visit, enum interview_event what,
		   enum surround_action action)
{
	/* It may have ended in trouble meanwhile. */
	if (visit->screen != VISIT_INTERVIEW)
		return;
	switch (what) {
	case INTERVIEW_MOVED:
		moved(visit);
		break;
	case INTERVIEW_SHOWN:
		visit->asking.go_on_at = visit->now + SEEN_MS;
		visit->hurry = true;
		break;
	case INTERVIEW_FINISHED:
		visit_go(visit, VISIT_PRINTING);
		break;
	case INTERVIEW_ACTION:
		visit_surround_key(visit, action);
		break;
	default:
		break;
	}
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct visit *visit = state;
	enum surround_action action = SURROUND_NONE;
	enum interview_event what;

	look_again(visit);
	if (event->key == UI_KEY_SCAN
		? take_scan(visit, &what)
		: interview_key(visit->asking.interview, event, &what, &action))
		visit_trouble(visit);
	else
		follow(visit, what, action);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct visit *visit = state;
	enum interview_event what;

	if (!visit->asking.go_on_at || now < visit->asking.go_on_at)
		return SCREEN_STAY;
	visit->asking.go_on_at = 0;
	if (interview_go_on(visit->asking.interview, &what))
		visit_trouble(visit);
	else
		follow(visit, what, SURROUND_NONE);
	return SCREEN_STAY;
}

const struct screen_ops screen_interview = {
	.name = "interview",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = leave,
};
