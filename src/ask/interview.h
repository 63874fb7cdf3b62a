#pragma once

#include "ask/field.h"
#include "ask/surround.h"
#include "base/fault.h"
#include "base/memory.h"
#include "form/run.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A form put to somebody from its first screen to the end: its steps, one after
 * another and back, and the review where the form has one. What else a
 * lobby needs (a welcome, paper, idle visitors) is not here, so that a form can
 * be asked at a desk.
 */
struct interview;

enum interview_event {
	INTERVIEW_IGNORED,  /* not a key for here */
	INTERVIEW_CHANGED,  /* draw again */
	INTERVIEW_FINISHED, /* the answers are whole */
	INTERVIEW_LEFT,     /* back, out of the first screen */
	INTERVIEW_ACTION,   /* a key of the frame that is the caller's */
};

struct interview_options {
	struct run *run;
	/* The caller may change it between two keys; then interview_again(). */
	const struct ask_look *look;
	/* A question of appearance `language` was answered; NULL: nobody minds.
	 */
	void (*speaks)(void *to, const char *tag);
	void *to;
};

/*
 * What options point to outlives it. The caller frees *out. FAULT_FORMAT: the
 * form has no question that is asked at its start. Others are the run's.
 */
MUST_CHECK enum fault interview_new(const struct interview_options *options,
				    struct interview **out);
void interview_free(struct interview *interview); /* NULL is fine; wipes */
DEFINE_SCOPED(struct interview, interview_free)

void interview_draw(struct interview *interview, struct canvas *canvas);

/* *action is set with INTERVIEW_ACTION. Faults are the run's. */
MUST_CHECK enum fault interview_key(struct interview *interview,
				    const struct ui_event *event,
				    enum interview_event *what,
				    enum surround_action *action);

/* The look has changed: the screen that is up is made anew. */
MUST_CHECK enum fault interview_again(struct interview *interview);
