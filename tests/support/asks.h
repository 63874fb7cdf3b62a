#pragma once

#include "ask/question.h"
#include "ask/step.h"
#include "form/run.h"
#include "text/catalogue.h"

/*
 * A small form put to a made-up person, screen by screen, without a terminal:
 * keys in, a picture in text out.
 */
struct asks {
	struct form *form;
	struct run *run;
	struct catalogue *words;
	struct ask_look look;
	struct step step;
	struct question *question; /* of the step; NULL before asks_at() */
};

/* data and rest as forms_data() takes them; tag is the language it is read in,
 * whose words are Foyer's own. Release with asks_done(). */
void asks_start(struct asks *asks, const char *tag, const char *data,
		const char *rest, const char *body);
void asks_done(struct asks *asks);

/* The same with a form of tests/data/widgets, by its name without ".xml". */
void asks_open(struct asks *asks, const char *tag, const char *name);

/* The steps there are now, "a b+c | d" by name: `+` joins what stands on one
 * screen, and what is not asked yet is in brackets. The caller frees it. */
char *asks_steps(struct asks *asks);

/* Asks the step that a node stands in; there must be one. */
void asks_at(struct asks *asks, const char *reference);

/* A key, a digit or letter, "Next" and "Back". */
enum question_event asks_key(struct asks *asks, enum ui_key key);
enum question_event asks_type(struct asks *asks, const char *text);
enum question_event asks_onward(struct asks *asks);
enum question_event asks_back(struct asks *asks);

/* What the question looks like on rows x columns; the caller frees it. */
char *asks_picture(struct asks *asks, int rows, int columns);

/* Whether the picture has the text in it. */
bool asks_shows(struct asks *asks, const char *text);
