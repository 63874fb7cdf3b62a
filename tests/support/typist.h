#pragma once

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/entry.h"
#include "ui/keyboard.h"

/*
 * Somebody who writes on an on-screen keyboard alone, looking for each key
 * where it is drawn. Every key pressed is told to whoever wants to press the
 * same ones elsewhere: on the keyboard of the real kiosk.
 */
typedef void typist_tell(void *to, const struct ui_event *event);

struct typist {
	struct catalogue *words;
	struct entry *entry;
	struct keyboard *keyboard;
	struct canvas *canvas;
	struct keyboard_plan plan;
	char *more, *space; /* words on keys */
	typist_tell *tell;  /* NULL: nobody */
	void *to;
};

/* A field and its keyboard fill a canvas; options->words is not looked at. */
void typist_begin(struct typist *typist, const struct keyboard_options *options,
		  int rows, int columns);
void typist_end(struct typist *typist);

/* Presses a key of six, and draws. */
enum keyboard_event typist_press(struct typist *typist, enum ui_key key);

/* Where a key is, by what stands on it; false: not in sight. */
bool typist_find(const struct typist *typist, const char *cap, int *y, int *x);

/* Ways to press the key at a place: a touch; arrows and yes; up, down and
 * yes. */
typedef enum keyboard_event typist_way(struct typist *typist, int y, int x);
typist_way typist_touch, typist_arrows, typist_three_keys;

/* The key with a cap, or with the other one. */
enum keyboard_event typist_cap(struct typist *typist, typist_way *way,
			       const char *cap, const char *other);

/* Caps parted by blanks; "_" is the key for a space. A letter that is not in
 * sight stands on a page of further letters. */
void typist_write(struct typist *typist, typist_way *way, const char *caps);
