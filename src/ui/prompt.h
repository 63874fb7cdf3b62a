#pragma once

#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * One line at the bottom that asks for a few words: "/" to find, ":" to do.
 */
struct prompt;

enum prompt_event {
	PROMPT_IGNORED,
	PROMPT_CHANGED, /* draw again; what is written may be acted on already*/
	PROMPT_ENTERED,
	PROMPT_CANCELLED, /* Escape, or Backspace in an empty line */
};

/* label stands before the words: "/", "Find". Copied. */
struct prompt *prompt_new(const char *label, const char *language);
void prompt_free(struct prompt *prompt); /* NULL is fine; wipes */
DEFINE_SCOPED(struct prompt, prompt_free)

const char *prompt_text(const struct prompt *prompt);
void prompt_set_text(struct prompt *prompt, const char *text);

/* note stands quiet at the end of the line: "3 people"; NULL: nothing. */
void prompt_draw(struct prompt *prompt, struct canvas *canvas, int y, int x,
		 int w, const char *note);
enum prompt_event prompt_key(struct prompt *prompt,
			     const struct ui_event *event);
