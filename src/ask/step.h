#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "form/run.h"

/*
 * The way through a form, one screen at a time. A step is what stands on one
 * screen: a question; or every question of a group that appears as a
 * field-list (but for one in which instances are added); or a repeat that a
 * person adds to, behind its instances; or a question and its neighbours of
 * appearance `same-screen`, or of a field-list without a node (those too that
 * are not relevant yet: an answer on the same screen may make them so). Where
 * that would be more than STEP_FIELDS questions, they are asked one by one.
 * Which steps there are follows from relevance, so it is asked anew after each
 * answer; a step holds no answer itself.
 *
 * Left out: what is not relevant; values without a control; notes with
 * appearance `staff`; questions with appearance `bar` (keys of the frame),
 * `review` (the review itself) or `on-review` (they stand on its screen).
 */
#define STEP_FIELDS 48

struct step {
	struct node *field[STEP_FIELDS];
	size_t count;
	struct node *group; /* whose label is the heading, a group or a note
			       in front; NULL: the first one's that is asked */
	struct node *head;  /* the form's first of those without a group, where
			       the order differs; NULL: field[0] */
};

/*
 * The first step of the run, the one after, the one before. False, and *step
 * untouched, when there is none. A step whose question is gone (its relevance
 * changed) still has a before and an after, by the form's order.
 */
bool step_first(struct run *run, struct step *step);
bool step_last(struct run *run, struct step *step);
bool step_next(const struct step *now, struct step *step);
bool step_previous(struct run *run, const struct step *now, struct step *step);

/* The first step within an instance of a repeat; false: there is none. */
bool step_inside(struct node *instance, struct step *step);

/* Whether a person adds instances to the node: a repeat whose number no form
 * has settled. */
bool step_adds(const struct node *node);

/* The step that a question stands in; the first that holds up. False, and *step
 * untouched, when there is none. */
bool step_of(struct run *run, const struct node *node, struct step *step);
bool step_held_up(struct run *run, struct step *step);
/* The same of the first that is refused. */
bool step_refused(struct run *run, struct step *step);

/* How many steps there are now, and how many stand before this one. */
struct step_progress {
	size_t before, total;
};
struct step_progress step_progress(struct run *run, const struct step *now);

/* Whether a field of the step is a choice of appearance `label`: the words
 * above a table, which each of its rows says by itself. */
bool step_is_title(const struct step *step, size_t field);

/*
 * Whether a field of the step is asked now: it is relevant, and it is no title,
 * nor a question of appearance `calendar` that a date or a year beside it
 * answers.
 */
bool step_asks(const struct step *step, size_t field);

/* What holds a person up at a question: not an answer that must be given where
 * there is nothing to choose from, for nobody could ever pass it. Staff see
 * that it was left blank. */
enum node_violation step_violation(struct node *node);

/* Whether any answer on it is missing though required, or invalid; and whether
 * one is invalid alone. */
bool step_holds_up(const struct step *step);
bool step_is_refused(const struct step *step);

/* A question somebody can answer now: shown on screens and in the review. */
bool step_is_question(const struct node *node);

/* One that some answers would bring onto a screen, whether they were given or
 * not. */
bool step_could_ask(const struct node *node);
