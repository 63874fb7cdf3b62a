#pragma once

#include <stdbool.h>

#include "ask/field.h"
#include "ask/surround.h"
#include "base/fault.h"
#include "base/memory.h"
#include "form/run.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A form put to somebody from its first screen to the end: its steps, one after
 * another and back, and the review where the form has one, and for a paper in
 * any case. What else a
 * lobby needs (a welcome, paper, idle visitors) is not here, so that a form can
 * be asked at a desk.
 */
struct interview;

enum interview_event {
	INTERVIEW_IGNORED,  /* not a key for here */
	INTERVIEW_CHANGED,  /* draw again */
	INTERVIEW_MOVED,    /* another screen is up: draw it */
	INTERVIEW_SHOWN,    /* draw, let it be seen, then interview_go_on() */
	INTERVIEW_FINISHED, /* the answers are whole; no screen is up */
	INTERVIEW_LEFT,     /* back, out of the first screen, which stays */
	INTERVIEW_ACTION,   /* a key of the frame that is the caller's */
};

struct interview_options {
	struct run *run;
	/* The caller may change it at any time; then draw again. */
	const struct ask_look *look;
	/* A question of appearance `language` was answered; NULL: nobody minds.
	 */
	void (*speaks)(void *to, const char *tag);
	void *to;
	/* Where it was left, as interview_place() told; NULL: it begins. A
	 * place that is no more is the beginning. */
	const char *at;
};

/*
 * What options point to outlives it. The caller frees *out. A form that asks
 * nothing at its start begins with the review. Faults are the run's.
 */
MUST_CHECK enum fault interview_new(const struct interview_options *options,
				    struct interview **out);
void interview_free(struct interview *interview); /* NULL is fine; wipes */
DEFINE_SCOPED(struct interview, interview_free)

/* What is up, for whoever goes on another time: the reference of a screen's
 * first question, "" for the review. The caller frees it. */
char *interview_place(const struct interview *interview);

void interview_draw(struct interview *interview, struct canvas *canvas);

/* Adds what the screen that is up says aloud. */
struct prompts;
void interview_say(struct interview *interview, struct prompts *out);

/* *action is set with INTERVIEW_ACTION. Keys are ignored while an answer is
 * being seen: a second press is no new answer. Faults are the run's. */
MUST_CHECK enum fault interview_key(struct interview *interview,
				    const struct ui_event *event,
				    enum interview_event *what,
				    enum surround_action *action);

/* After INTERVIEW_SHOWN. */
MUST_CHECK enum fault interview_go_on(struct interview *interview,
				      enum interview_event *what);

/* Whether the screen that is up has a field that a scanner fills (appearance
 * `scan`), perhaps called up by another answer on it; and its answer, which is
 * as if it had been written. */
bool interview_awaits_scan(const struct interview *interview);
MUST_CHECK enum fault interview_scanned(struct interview *interview,
					const char *answer,
					enum interview_event *what);

/* After INTERVIEW_FINISHED: the answers do not fit on the ticket, so the review
 * is up again, which says so. */
MUST_CHECK enum fault interview_too_long(struct interview *interview);
