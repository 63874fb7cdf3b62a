#include <stdlib.h>

#include "ask/check.h"
#include "kiosk/visit.h"
#include "ui/message.h"

/*
 * The answers once more, before they are sealed: a row each, opened to change
 * or erase it.
 */
struct review_screen {
	struct visit *visit;
	struct ask_look look;
	struct check check;
	struct message *message; /* change or erase? */
	size_t opened;           /* the row it is about */
};

/* What can be done with an answer. */
enum { CHANGE, ERASE, KEEP };

static const char *const opened_keys[] = {
	[CHANGE] = "kiosk.change",
	[ERASE] = "kiosk.erase",
	[KEEP] = "kiosk.back",
};

static void leave(void *state)
{
	struct review_screen *screen = state;

	check_done(&screen->check);
	message_free(screen->message);
	free(screen);
}

static enum fault enter(void *from, void **state)
{
	struct review_screen *screen = xcalloc(1, sizeof *screen);
	struct visit *visit = from;
	enum fault fault;

	screen->visit = visit;
	visit->reviewed = true;
	screen->look = (struct ask_look){
		.language = visit->offered->language,
		.words = visit_words(visit),
		.text_size = visit->text_size,
		.form = form_id(visit->hall->form),
		.left_handed = visit->left_handed,
	};
	fault = check_make(visit->run, &screen->look, visit->too_long,
			   &screen->check);
	if (fault) {
		leave(screen);
		return fault;
	}
	*state = screen;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct review_screen *screen = state;

	screen->look.text_size = screen->visit->text_size;
	screen->look.aloud = visit_aloud(screen->visit);
	screen->look.left_handed = screen->visit->left_handed;
	check_draw(&screen->check, canvas);
	if (screen->message)
		message_draw(screen->message, canvas,
			     (struct canvas_area){ 0, 0, canvas_rows(canvas),
						   canvas_columns(canvas) });
}

/* --- aloud ------------------------------------------------------------------
 */

static void say_opened(const struct review_screen *screen, struct prompts *out)
{
	const struct review_row *row =
	    &screen->check.review.rows[screen->opened];
	const struct prompt question = {
		.part = PROMPT_LEAD,
		.language = screen->look.language->tag,
		.text = row->question,
		.private = node_label_quotes(row->node),
	};
	const struct prompt answer = {
		.part = PROMPT_LEAD,
		.language = screen->look.language->tag,
		.text = row->answer,
		.private = true,
	};
	bool may_erase = !node_required(row->node);
	size_t place = 0, selected = message_selected(screen->message);

	prompts_add(out, &question);
	prompts_add(out, &answer);
	for (size_t i = 0; i < COUNT(opened_keys); i++) {
		if (i != ERASE || may_erase)
			visit_row(screen->visit, out, opened_keys[i],
				  (int)i + 1, place++ == selected);
	}
}

static void say(void *state, struct prompts *out)
{
	struct review_screen *screen = state;

	if (screen->message)
		say_opened(screen, out);
	else
		check_say(&screen->check, out);
}

/* --- change or erase --------------------------------------------------------
 */

static void open_row(struct review_screen *screen, size_t row)
{
	const struct review_row *answer = &screen->check.review.rows[row];
	struct message_key keys[COUNT(opened_keys)] = { 0 };
	bool may_erase = !node_required(answer->node);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(opened_keys); i++) {
		if (i == ERASE && !may_erase)
			continue;
		keys[count++] = (struct message_key){
			.word = visit_word(screen->visit, opened_keys[i]),
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

/* A question from here: when it is answered the review comes back. */
static void open_step(struct visit *visit, const struct step *step)
{
	visit->step = *step;
	visit_go(visit, VISIT_QUESTION);
}

static void act_on_row(struct review_screen *screen, size_t pressed)
{
	struct visit *visit = screen->visit;
	struct node *node = screen->check.review.rows[screen->opened].node;
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

	if (!step_held_up(visit->run, &step))
		return false;
	open_step(visit, &step);
	return true;
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
	struct step asked = { .field = { screen->check.asks }, .count = 1 };
	enum run_answer answer;
	enum fault fault;

	if (!screen->check.asks) {
		to_paper(visit);
		return FAULT_NONE;
	}
	if ((fault = run_set(visit->run, screen->check.asks,
			     screen->check.items[way].value, &answer)))
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
	if (choice_key(screen->check.list, event) == CHOICE_PICKED) {
		row = choice_selected(screen->check.list);
		if (row >= screen->check.ways)
			open_row(screen, row - screen->check.ways);
		else if (go_on(screen, row))
			visit_trouble(visit);
		return SCREEN_STAY;
	}
	action = surround_action(&screen->check.surround, event, false);
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
	.say = say,
	.key = key,
	.leave = leave,
};
