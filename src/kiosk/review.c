#include "ask/review.h"

#include <stdlib.h>
#include <string.h>

#include "ask/surround.h"
#include "kiosk/visit.h"
#include "ui/choice.h"
#include "ui/message.h"

/*
 * The answers once more, before they are sealed: a row each, opened to change
 * or erase it. First stand the ways to go on: the choices of the question that
 * the form asks here, until it was answered, or else "finish".
 */
struct review_screen {
	struct visit *visit;
	struct ask_look look;
	struct review review;
	struct node *asks; /* NULL: nothing is asked here */
	const struct choice_item *items;
	size_t ways; /* rows before the answers */
	struct choice *list;
	struct surround surround;
	char *heading, *notice;
	struct message *message; /* change or erase? */
	size_t opened;           /* the row it is about */
};

#define ROW_MOST 400 /* bytes of a row's words */

static void drop_list(struct review_screen *screen)
{
	choice_free(screen->list);
	review_done(&screen->review);
	screen->list = NULL;
}

static void leave(void *state)
{
	struct review_screen *screen = state;

	drop_list(screen);
	message_free(screen->message);
	free(screen->heading);
	free(screen->notice);
	free(screen);
}

/* Asked until it was answered; then going on means the paper. */
static enum fault ask_here(struct review_screen *screen)
{
	struct node *asks = review_asks(screen->visit->run);

	screen->asks = NULL;
	screen->ways = 1;
	if (!asks || node_value(asks)[0])
		return FAULT_NONE;
	screen->asks = asks;
	return node_choices(asks, &screen->items, &screen->ways);
}

static char *row_words(const struct review_row *row)
{
	return xasprintf("%.*s  %.*s", ROW_MOST, row->question, ROW_MOST,
			 row->answer);
}

static enum fault make_list(struct review_screen *screen)
{
	struct visit *visit = screen->visit;
	SCOPED(char_freep) char *finish = visit_word(visit, "kiosk.finish");
	SCOPED(char_freep) char *more = visit_word(visit, "kiosk.more");
	size_t count = screen->ways + screen->review.count;
	struct choice_row *rows = xcalloc(count, sizeof *rows);
	char **words = xcalloc(count, sizeof *words);
	enum fault fault;

	for (size_t i = 0; i < count; i++) {
		if (i >= screen->ways)
			words[i] =
			    row_words(&screen->review.rows[i - screen->ways]);
		else
			words[i] = xstrdup(screen->asks ? screen->items[i].label
							: finish);
		rows[i].label = words[i];
	}
	fault = choice_new(
	    &(struct choice_options){
		.language = visit->offered->language->tag,
		.more = more,
		.row_height = 1,
		.page_rows = 8,
	    },
	    rows, count, &screen->list);
	for (size_t i = 0; i < count; i++) {
		explicit_bzero(words[i], strlen(words[i]));
		free(words[i]);
	}
	free(words);
	free(rows);
	return fault;
}

static enum fault build(struct review_screen *screen)
{
	struct visit *visit = screen->visit;
	enum fault fault;

	drop_list(screen);
	screen->look = (struct ask_look){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.text_size = visit->text_size,
	};
	review_make(visit->run, &screen->look, &screen->review);
	fault = ask_here(screen);
	return fault ? fault : make_list(screen);
}

static char *heading_of(const struct visit *visit)
{
	struct node *node = review_node(visit->run);
	char *label = node ? node_label(node) : NULL;

	return label ? label : visit_word(visit, "kiosk.review");
}

/* What else is said: the question asked here, or that the paper is full. */
static char *notice_of(const struct review_screen *screen)
{
	if (screen->visit->too_long)
		return visit_word(screen->visit, "kiosk.no_room");
	if (screen->asks)
		return node_label(screen->asks);
	return screen->review.count
		   ? NULL
		   : visit_word(screen->visit, "kiosk.nothing_answered");
}

static enum fault enter(void *from, void **state)
{
	struct review_screen *screen = xcalloc(1, sizeof *screen);
	enum fault fault;

	screen->visit = from;
	screen->visit->reviewed = true;
	if ((fault = build(screen))) {
		leave(screen);
		return fault;
	}
	screen->heading = heading_of(from);
	screen->notice = notice_of(screen);
	*state = screen;
	return FAULT_NONE;
}

/* --- drawing ---------------------------------------------------------------
 */

static int draw_notice(const struct review_screen *screen,
		       struct canvas *canvas, const struct canvas_area *area)
{
	if (!screen->notice)
		return 0;
	return canvas_text(canvas, &(struct canvas_text){
				       .y = area->y,
				       .x = area->x,
				       .h = 2,
				       .w = area->w,
				       .text = screen->notice,
				       .language = screen->look.language->tag,
				       .colour = CANVAS_ACCENT,
				       .caret = -1,
				   });
}

static void draw(void *state, struct canvas *canvas)
{
	struct review_screen *screen = state;
	struct visit *visit = screen->visit;
	struct canvas_area area;
	int used;

	screen->surround = (struct surround){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.heading = screen->heading,
		.before = 1,
		.total = 1,
		.no_onward = true,
	};
	canvas_magnify(canvas, visit->text_size > 2 ? 150 : 100);
	choice_set_row_height(screen->list, visit->text_size > 2 ? 2 : 1);
	area = surround_draw(&screen->surround, canvas);
	used = draw_notice(screen, canvas, &area);
	area.y += used;
	area.h = area.h > used + 1 ? area.h - used : 1;
	choice_draw(screen->list, canvas, area);
	if (screen->message)
		message_draw(screen->message, canvas,
			     (struct canvas_area){ 0, 0, canvas_rows(canvas),
						   canvas_columns(canvas) });
}

/* --- change or erase --------------------------------------------------------
 */

enum { CHANGE, ERASE, KEEP };

static void open_row(struct review_screen *screen, size_t row)
{
	static const char *const words[] = {
		[CHANGE] = "kiosk.change",
		[ERASE] = "kiosk.erase",
		[KEEP] = "kiosk.back",
	};
	const struct review_row *answer = &screen->review.rows[row];
	struct message_key keys[COUNT(words)] = { 0 };
	bool may_erase = !node_required(answer->node);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(words); i++) {
		if (i == ERASE && !may_erase)
			continue;
		keys[count++] = (struct message_key){
			.word = visit_word(screen->visit, words[i]),
			.character = (uint32_t)('1' + i),
		};
	}
	screen->opened = row;
	screen->message = message_new(&(struct message_options){
	    .language = screen->look.language->tag,
	    .heading = answer->question,
	    .text = answer->answer,
	    .keys = keys,
	    .count = count,
	    .colour = CANVAS_INK,
	});
	for (size_t i = 0; i < count; i++)
		free((char *)keys[i].word);
}

static void close_message(struct review_screen *screen)
{
	message_free(screen->message);
	screen->message = NULL;
}

/* The step in which the question stands. */
static bool step_of(struct run *run, const struct node *node, struct step *out)
{
	struct step step;

	for (bool more = step_first(run, &step); more;
	     more = step_next(&step, &step)) {
		for (size_t i = 0; i < step.count; i++) {
			if (step.field[i] == node) {
				*out = step;
				return true;
			}
		}
	}
	return false;
}

/* A question from here: when it is answered the review comes back. */
static void open_step(struct visit *visit, const struct step *step)
{
	visit->step = *step;
	visit_go(visit, VISIT_QUESTION);
}

static void act_on_row(struct review_screen *screen, size_t pressed)
{
	struct visit *visit = screen->visit;
	struct node *node = screen->review.rows[screen->opened].node;
	enum run_answer answer;
	struct step step;

	/* Without "erase" the keys move up. */
	if (pressed > CHANGE && node_required(node))
		pressed = KEEP;
	close_message(screen);
	if (pressed == CHANGE && step_of(visit->run, node, &step)) {
		open_step(visit, &step);
	} else if (pressed == ERASE) {
		if (run_set(visit->run, node, "", &answer))
			visit_trouble(visit);
		else
			visit_go(visit, VISIT_REVIEW);
	}
}

/* --- going on ---------------------------------------------------------------
 */

/* An answer that the form refuses, left behind by going back, is asked again
 * before anything is sealed. */
static bool ask_again(struct visit *visit)
{
	struct step step;

	for (bool more = step_first(visit->run, &step); more;
	     more = step_next(&step, &step)) {
		if (step_holds_up(&step)) {
			open_step(visit, &step);
			return true;
		}
	}
	return false;
}

static void to_paper(struct visit *visit)
{
	if (!ask_again(visit))
		visit_go(visit, VISIT_PRINTING);
}

/*
 * The answer given here may have brought further questions behind the one that
 * was asked; else it is time for the paper.
 */
static enum fault go_on(struct review_screen *screen, size_t way)
{
	struct visit *visit = screen->visit;
	struct step asked = { .field = { screen->asks }, .count = 1 };
	enum run_answer answer;
	enum fault fault;

	if (!screen->asks) {
		to_paper(visit);
		return FAULT_NONE;
	}
	if ((fault = run_set(visit->run, screen->asks, screen->items[way].value,
			     &answer)))
		return fault;
	if (seen_next_new(visit->seen, &asked, &visit->step))
		visit_go(visit, VISIT_QUESTION);
	else
		to_paper(visit);
	return FAULT_NONE;
}

static void go_back(struct visit *visit)
{
	if (step_last(visit->run, &visit->step))
		visit_go(visit, VISIT_QUESTION);
}

static void key_in_message(struct review_screen *screen,
			   const struct ui_event *event)
{
	switch (message_key(screen->message, event)) {
	case MESSAGE_PRESSED:
		act_on_row(screen, message_selected(screen->message));
		break;
	case MESSAGE_CANCELLED:
		close_message(screen);
		break;
	default:
		break;
	}
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct review_screen *screen = state;
	struct visit *visit = screen->visit;
	enum surround_action action;
	size_t row;

	if (screen->message) {
		key_in_message(screen, event);
		return SCREEN_STAY;
	}
	if (choice_key(screen->list, event) == CHOICE_PICKED) {
		row = choice_selected(screen->list);
		if (row >= screen->ways)
			open_row(screen, row - screen->ways);
		else if (go_on(screen, row))
			visit_trouble(visit);
		return SCREEN_STAY;
	}
	action = surround_action(&screen->surround, event, false);
	if (action == SURROUND_BACK)
		go_back(visit);
	else
		visit_surround_key(visit, action);
	return SCREEN_STAY;
}

const struct screen_ops screen_review = {
	.name = "review",
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
