#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/field.h"
#include "ask/step.h"
#include "base/fault.h"
#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * One step of a form put to a person. A step of one question is that question;
 * one of several shows each on a row with its answer and unfolds the one that
 * is being answered, so that a group fits on a small screen. The heading and
 * the frame around it are the caller's.
 */
struct question;

enum question_event {
	QUESTION_IGNORED, /* not a key for here */
	QUESTION_CHANGED, /* draw again */
	QUESTION_ONWARD,  /* answered: go on to the next step */
	QUESTION_SHOWN,   /* answered: let the answer be seen, then go on */
	QUESTION_BEFORE,  /* back, out of the step's first question */
	QUESTION_GOES,    /* to the instance of a repeat: question_goes() */
};

/*
 * run, step's nodes and look outlive it. The caller frees *out.
 * Faults are the run's.
 */
MUST_CHECK enum fault question_new(struct run *run, const struct step *step,
				   const struct ask_look *look,
				   struct question **out);
void question_free(struct question *question); /* NULL is fine; wipes */
DEFINE_SCOPED(struct question, question_free)

void question_draw(struct question *question, struct canvas *canvas,
		   const struct canvas_area *area);
MUST_CHECK enum fault question_key(struct question *question,
				   const struct ui_event *event,
				   enum question_event *what);

/* The instance that was added or picked, after QUESTION_GOES. */
struct node *question_goes(const struct question *question);

/*
 * "Next" or "Skip" was asked for: QUESTION_ONWARD, or QUESTION_CHANGED where
 * another question of the step is next, or something is wrong and now shown.
 */
MUST_CHECK enum fault question_onward(struct question *question,
				      enum question_event *what);

/* "Back": QUESTION_BEFORE, or QUESTION_CHANGED within the step. */
MUST_CHECK enum fault question_back(struct question *question,
				    enum question_event *what);

/* Adds what is said aloud of it: heading, hint, warning, choices. Of a private
 * question all of it is private, and words in which answers stand. */
struct prompts;
void question_say(const struct question *question, struct prompts *out);

bool question_typing(const struct question *question);

/* Whether something visible was answered here or is begun, or must be: "Next"
 * instead of "Skip". A private answer does not count, so that the word tells
 * nobody. */
bool question_answered(const struct question *question);

/* Whether there is a way on: not from a required question that has no answer,
 * unless one is being written. On paper there always is. */
bool question_goes_on(const struct question *question);

/*
 * The field that a scanner fills, if one is asked now (appearance `scan`); it
 * gets the focus, and what was being written beside it is the run's. *out is
 * NULL where there is none.
 */
MUST_CHECK enum fault question_scanned(struct question *question,
				       struct field **out);
