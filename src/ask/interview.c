#include "ask/interview.h"

#include <stdlib.h>

#include "ask/check.h"
#include "ask/page.h"
#include "ask/question.h"
#include "ask/review.h"
#include "ask/seen.h"
#include "ask/step.h"
#include "base/log.h"

struct interview {
	struct interview_options options;
	struct step step;
	struct seen *seen;
	bool reviewed; /* the review was reached */
	bool checking; /* the review is up, not a question */
	struct question *question;
	struct page page;
	struct check check;
};

static void leave(struct interview *interview)
{
	question_free(interview->question);
	interview->question = NULL;
	if (interview->checking)
		check_done(&interview->check);
	interview->checking = false;
}

static enum fault ask(struct interview *interview)
{
	leave(interview);
	seen_note(interview->seen, &interview->step);
	return question_new(interview->options.run, &interview->step,
			    interview->options.look, &interview->question);
}

static enum fault check(struct interview *interview)
{
	leave(interview);
	interview->reviewed = interview->checking = true;
	return check_make(interview->options.run, interview->options.look,
			  false, &interview->check);
}

enum fault interview_again(struct interview *interview)
{
	return interview->checking ? check(interview) : ask(interview);
}

enum fault interview_new(const struct interview_options *options,
			 struct interview **out)
{
	SCOPED(interview_freep)
	struct interview *interview = xcalloc(1, sizeof *interview);
	enum fault fault;

	interview->options = *options;
	interview->seen = seen_new();
	if (!step_first(options->run, &interview->step)) {
		log_error("the form asks nothing at its start");
		return FAULT_FORMAT;
	}
	if ((fault = ask(interview)))
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

void interview_draw(struct interview *interview, struct canvas *canvas)
{
	if (interview->checking)
		check_draw(&interview->check, canvas);
	else
		page_draw(&interview->page, interview->question,
			  interview->options.run, &interview->step,
			  interview->options.look, canvas);
}

/* --- going on and back -----------------------------------------------------
 */

/* What the form refuses is asked again before the answers are whole. */
static enum fault finish(struct interview *interview,
			 enum interview_event *what)
{
	if (step_held_up(interview->options.run, &interview->step))
		return ask(interview);
	*what = INTERVIEW_FINISHED;
	return FAULT_NONE;
}

/* After the review only what an answer newly brought is asked. */
static enum fault onward(struct interview *interview,
			 enum interview_event *what)
{
	const struct node *first = interview->step.field[0];
	const bool more = interview->reviewed
			      ? seen_next_new(interview->seen, &interview->step,
					      &interview->step)
			      : step_next(&interview->step, &interview->step);

	if (node_appears(first, "language") && node_value(first)[0] &&
	    interview->options.speaks)
		interview->options.speaks(interview->options.to,
					  node_value(first));
	if (more)
		return ask(interview);
	return review_node(interview->options.run) ? check(interview)
						   : finish(interview, what);
}

static enum fault before(struct interview *interview,
			 enum interview_event *what)
{
	struct run *run = interview->options.run;
	const bool any =
	    interview->checking
		? step_last(run, &interview->step)
		: step_previous(run, &interview->step, &interview->step);

	if (interview->reviewed && !interview->checking)
		return check(interview);
	if (any)
		return ask(interview);
	*what = INTERVIEW_LEFT;
	return FAULT_NONE;
}

/* --- keys --------------------------------------------------------------------
 */

static enum fault follow(struct interview *interview, enum question_event asked,
			 enum interview_event *what)
{
	*what = INTERVIEW_CHANGED;
	switch (asked) {
	case QUESTION_ONWARD:
	case QUESTION_SHOWN:
		return onward(interview, what);
	case QUESTION_BEFORE:
		return before(interview, what);
	case QUESTION_GOES:
		return step_inside(question_goes(interview->question),
				   &interview->step)
			   ? ask(interview)
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

/* A way to go on: the answer to what the form asks here may bring more. */
static enum fault take_way(struct interview *interview, size_t way,
			   enum interview_event *what)
{
	struct node *asks = interview->check.asks;
	struct step asked = { .field = { asks }, .count = 1 };
	enum run_answer answer;
	enum fault fault;

	if (!asks)
		return finish(interview, what);
	if ((fault = run_set(interview->options.run, asks,
			     interview->check.items[way].value, &answer)))
		return fault;
	return seen_next_new(interview->seen, &asked, &interview->step)
		   ? ask(interview)
		   : finish(interview, what);
}

/* A row of the review is the way back to its question. */
static enum fault take_row(struct interview *interview, size_t row,
			   enum interview_event *what)
{
	const struct node *node;

	if (row < interview->check.ways)
		return take_way(interview, row, what);
	node = interview->check.review.rows[row - interview->check.ways].node;
	return step_of(interview->options.run, node, &interview->step)
		   ? ask(interview)
		   : FAULT_NONE;
}

static enum fault key_of_check(struct interview *interview,
			       const struct ui_event *event,
			       enum interview_event *what,
			       enum surround_action *action)
{
	const enum choice_event chosen =
	    choice_key(interview->check.list, event);

	if (chosen != CHOICE_IGNORED) {
		*what = INTERVIEW_CHANGED;
		return chosen == CHOICE_PICKED
			   ? take_row(
				 interview,
				 (size_t)choice_selected(interview->check.list),
				 what)
			   : FAULT_NONE;
	}
	*action = surround_action(&interview->check.surround, event, false);
	if (*action == SURROUND_BACK) {
		*what = INTERVIEW_CHANGED;
		return before(interview, what);
	}
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
	return interview->checking
		   ? key_of_check(interview, event, what, action)
		   : key_of_question(interview, event, what, action);
}
