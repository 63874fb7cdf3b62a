#include "ask/interview.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ask/check.h"
#include "ask/opened.h"
#include "ask/page.h"
#include "ask/question.h"
#include "ask/review.h"
#include "ask/seen.h"
#include "ask/step.h"

struct interview {
	struct interview_options options;
	struct step step;
	struct seen *seen;
	bool reviewed; /* the review was reached */
	bool shown;    /* an answer is being seen */
	bool too_long; /* the answers did not fit */

	/* What is up: a question, or the review and perhaps a row of it. */
	struct question *question;
	struct page page;
	bool checking;
	struct check check;
	struct opened *opened;
};

static void close_row(struct interview *interview)
{
	opened_free(interview->opened);
	interview->opened = NULL;
}

static void leave(struct interview *interview)
{
	question_free(interview->question);
	interview->question = NULL;
	close_row(interview);
	if (interview->checking)
		check_done(&interview->check);
	interview->checking = false;
	interview->shown = false;
}

static enum fault ask(struct interview *interview, enum interview_event *what)
{
	leave(interview);
	*what = INTERVIEW_MOVED;
	seen_note(interview->seen, &interview->step);
	return question_new(interview->options.run, &interview->step,
			    interview->options.look, &interview->question);
}

static enum fault check(struct interview *interview, enum interview_event *what)
{
	leave(interview);
	*what = INTERVIEW_MOVED;
	interview->reviewed = interview->checking = true;
	return check_make(interview->options.run, interview->options.look,
			  interview->too_long, &interview->check);
}

/* The screens before it were shown, and so was it. */
static bool find_place(struct interview *interview, const char *at)
{
	struct step step;
	bool more = step_first(interview->options.run, &step);

	for (; more; more = step_next(&step, &step)) {
		SCOPED(char_freep) char *here = node_reference(step.field[0]);

		seen_note(interview->seen, &step);
		interview->step = step;
		if (strcmp(here, at) == 0)
			return true;
	}
	return false;
}

/* Where it was left, or where it begins. */
static enum fault begin(struct interview *interview)
{
	const char *at = interview->options.at;
	enum interview_event moved;

	interview->options.at = NULL; /* belongs to the caller */
	if (at && find_place(interview, at))
		return ask(interview, &moved);
	if (at && !*at)
		return check(interview, &moved);
	seen_free(interview->seen);
	interview->seen = seen_new();
	return step_first(interview->options.run, &interview->step)
		   ? ask(interview, &moved)
		   : check(interview, &moved);
}

enum fault interview_new(const struct interview_options *options,
			 struct interview **out)
{
	SCOPED(interview_freep)
	struct interview *interview = xcalloc(1, sizeof *interview);
	enum fault fault;

	interview->options = *options;
	interview->seen = seen_new();
	if ((fault = begin(interview)))
		return fault;
	*out = interview;
	interview = NULL;
	return FAULT_NONE;
}

void interview_free(struct interview *interview)
{
	if (!interview)
		return;
	leave(interview);
	page_done(&interview->page);
	seen_free(interview->seen);
	free(interview);
}

char *interview_place(const struct interview *interview)
{
	return interview->question ? node_reference(interview->step.field[0])
				   : xstrdup("");
}

void interview_draw(struct interview *interview, struct canvas *canvas)
{
	if (!interview->checking) {
		page_draw(&interview->page, interview->question,
			  interview->options.run, &interview->step,
			  interview->options.look, canvas);
		return;
	}
	check_draw(&interview->check, canvas);
	if (interview->opened)
		opened_draw(interview->opened, canvas);
}

void interview_say(struct interview *interview, struct prompts *out)
{
	if (interview->opened)
		opened_say(interview->opened, out);
	else if (interview->checking)
		check_say(&interview->check, out);
	else
		question_say(interview->question, out);
}

/* --- going on and back -----------------------------------------------------
 */

/* What the form refuses (an answer left behind by going back, say) is asked
 * again before the answers are whole. */
static enum fault finish(struct interview *interview,
			 enum interview_event *what)
{
	struct run *run = interview->options.run;
	const bool held = interview->options.look->paper
			      ? step_refused(run, &interview->step)
			      : step_held_up(run, &interview->step);

	if (held)
		return ask(interview, what);
	leave(interview);
	interview->too_long = false;
	*what = INTERVIEW_FINISHED;
	return FAULT_NONE;
}

/* After the review only what an answer newly brought is asked. */
static enum fault onward(struct interview *interview,
			 enum interview_event *what)
{
	const bool more = interview->reviewed
			      ? seen_next_new(interview->seen, &interview->step,
					      &interview->step)
			      : step_next(&interview->step, &interview->step);

	if (more)
		return ask(interview, what);
	return review_node(interview->options.run) ||
		       interview->options.look->paper
		   ? check(interview, what)
		   : finish(interview, what);
}

static enum fault before(struct interview *interview,
			 enum interview_event *what)
{
	struct run *run = interview->options.run;

	if (interview->reviewed && !interview->checking)
		return check(interview, what);
	if (interview->checking
		? step_last(run, &interview->step)
		: step_previous(run, &interview->step, &interview->step))
		return ask(interview, what);
	*what = INTERVIEW_LEFT;
	return FAULT_NONE;
}

static void tell_language(const struct interview *interview)
{
	const struct node *first = interview->step.field[0];

	if (interview->options.speaks && node_appears(first, "language") &&
	    node_value(first)[0])
		interview->options.speaks(interview->options.to,
					  node_value(first));
}

enum fault interview_go_on(struct interview *interview,
			   enum interview_event *what)
{
	assert(interview->shown);
	return onward(interview, what);
}

enum fault interview_too_long(struct interview *interview)
{
	enum interview_event moved;

	interview->too_long = true;
	return check(interview, &moved);
}

/* --- keys of a question
 * -------------------------------------------------------
 */

static enum fault follow(struct interview *interview, enum question_event asked,
			 enum interview_event *what)
{
	*what = INTERVIEW_CHANGED;
	switch (asked) {
	case QUESTION_ONWARD:
		tell_language(interview);
		return onward(interview, what);
	case QUESTION_SHOWN:
		tell_language(interview);
		interview->shown = true;
		*what = INTERVIEW_SHOWN;
		return FAULT_NONE;
	case QUESTION_BEFORE:
		return before(interview, what);
	case QUESTION_GOES:
		return step_inside(question_goes(interview->question),
				   &interview->step)
			   ? ask(interview, what)
			   : FAULT_NONE;
	case QUESTION_CHANGED:
		return FAULT_NONE;
	default:
		*what = INTERVIEW_IGNORED;
		return FAULT_NONE;
	}
}

static enum fault key_of_question(struct interview *interview,
				  const struct ui_event *event,
				  enum interview_event *what,
				  enum surround_action *action)
{
	enum question_event asked;
	enum fault fault = question_key(interview->question, event, &asked);

	if (fault || asked != QUESTION_IGNORED)
		return fault ? fault : follow(interview, asked, what);
	*action = surround_action(&interview->page.surround, event,
				  question_typing(interview->question));
	if (*action == SURROUND_ONWARD)
		fault = question_onward(interview->question, &asked);
	else if (*action == SURROUND_BACK)
		fault = question_back(interview->question, &asked);
	else if (*action != SURROUND_NONE)
		*what = INTERVIEW_ACTION;
	return fault || asked == QUESTION_IGNORED
		   ? fault
		   : follow(interview, asked, what);
}

/* --- scans
 * ----------------------------------------------------------------------
 */

bool interview_awaits_scan(const struct interview *interview)
{
	for (size_t i = 0; interview->question && i < interview->step.count;
	     i++) {
		if (node_appears(interview->step.field[i], "scan"))
			return true;
	}
	return false;
}

/* The question is made anew: a field shows what it read when it was entered. */
static enum fault made_anew(struct interview *interview,
			    enum interview_event *what)
{
	question_free(interview->question);
	interview->question = NULL;
	*what = INTERVIEW_CHANGED;
	return question_new(interview->options.run, &interview->step,
			    interview->options.look, &interview->question);
}

enum fault interview_scanned(struct interview *interview, const char *answer,
			     enum interview_event *what)
{
	struct field *field = NULL;
	enum field_event told;
	enum fault fault;

	*what = INTERVIEW_IGNORED;
	if (interview->shown || !interview->question)
		return FAULT_NONE;
	fault = question_scanned(interview->question, &field);
	if (fault || !field)
		return fault;
	if ((fault = field_answer(field, answer, &told)) ||
	    (fault = made_anew(interview, what)))
		return fault;
	return told == FIELD_CHANGED ? follow(interview, QUESTION_SHOWN, what)
				     : FAULT_NONE;
}

/* --- keys of the review
 * -------------------------------------------------------
 */

/* A way to go on: the answer to what the form asks here may bring more. */
static enum fault take_way(struct interview *interview, size_t way,
			   enum interview_event *what)
{
	struct node *asks = interview->check.asks;
	struct step asked = { .field = { asks }, .count = 1 };

	if (!asks)
		return finish(interview, what);
	(void)field_tell_run(interview->options.run, asks,
			     interview->check.items[way].value);
	return seen_next_new(interview->seen, &asked, &interview->step)
		   ? ask(interview, what)
		   : finish(interview, what);
}

static enum fault take_row(struct interview *interview, size_t row,
			   enum interview_event *what)
{
	const struct check *check = &interview->check;

	if (row < check->ways)
		return take_way(interview, row, what);
	interview->opened = opened_new(&check->review.rows[row - check->ways],
				       interview->options.look);
	*what = INTERVIEW_CHANGED;
	return FAULT_NONE;
}

/* When the question is answered the review comes back. */
static enum fault key_of_row(struct interview *interview,
			     const struct ui_event *event,
			     enum interview_event *what)
{
	struct run *run = interview->options.run;
	struct node *node = opened_node(interview->opened);
	const enum opened_event does = opened_key(interview->opened, event);

	if (does == OPENED_IGNORED)
		return FAULT_NONE;
	*what = INTERVIEW_CHANGED;
	if (does == OPENED_MOVED)
		return FAULT_NONE;
	close_row(interview);
	if (does == OPENED_CHANGE)
		return step_of(run, node, &interview->step)
			   ? ask(interview, what)
			   : FAULT_NONE;
	if (does == OPENED_KEEP)
		return FAULT_NONE;
	(void)field_tell_run(run, node, "");
	return check(interview, what);
}

static enum fault key_of_check(struct interview *interview,
			       const struct ui_event *event,
			       enum interview_event *what,
			       enum surround_action *action)
{
	const enum choice_event chosen =
	    choice_key(interview->check.list, event);

	if (chosen == CHOICE_PICKED)
		return take_row(interview,
				(size_t)choice_selected(interview->check.list),
				what);
	if (chosen != CHOICE_IGNORED) {
		*what = INTERVIEW_CHANGED;
		return FAULT_NONE;
	}
	*action = surround_action(&interview->check.surround, event, false);
	if (*action == SURROUND_BACK)
		return before(interview, what);
	if (*action != SURROUND_NONE && *action != SURROUND_ONWARD)
		*what = INTERVIEW_ACTION;
	return FAULT_NONE;
}

enum fault interview_key(struct interview *interview,
			 const struct ui_event *event,
			 enum interview_event *what,
			 enum surround_action *action)
{
	*what = INTERVIEW_IGNORED;
	*action = SURROUND_NONE;
	if (interview->shown)
		return FAULT_NONE;
	if (interview->opened)
		return key_of_row(interview, event, what);
	return interview->checking
		   ? key_of_check(interview, event, what, action)
		   : key_of_question(interview, event, what, action);
}
