#pragma once

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"

/*
 * Rows of keys that are touched, or walked through with as little as three
 * keys: up and down choose a row, yes goes into it (into its middle), up and
 * down then choose a key, yes presses it. Walking out of a row at either end
 * chooses rows again. Who has arrows to the left and right walks straight from
 * key to key. What a key does is the caller's business.
 */
#define KEYPAD_ROWS 7
#define KEYPAD_KEYS 14
#define KEYPAD_CAP 28 /* bytes */

struct keypad_key {
	int id;
	char cap[KEYPAD_CAP]; /* a letter or sign: always fits */
	const char *word;     /* stands there where it fits; NULL: none */
	bool wide;            /* takes what room is left in its row */
};

struct keypad_row {
	struct keypad_key keys[KEYPAD_KEYS];
	int count;
	bool words;           /* as wide as what stands on it; else all alike */
	bool from_first;      /* going in begins at the first key */
	bool stays;           /* after a press the key is kept, for the next */
	const char *language; /* BCP 47, of the caps */
};

enum keypad_place {
	KEYPAD_OUTSIDE, /* the focus is elsewhere */
	KEYPAD_ON_ROWS,
	KEYPAD_IN_ROW,
	KEYPAD_FREE, /* from key to key in four directions */
};

struct keypad {
	struct keypad_row rows[KEYPAD_ROWS];
	int row_count;
	enum keypad_place place;
	int row, key; /* the focus */
	/* When last drawn: */
	struct canvas_area spots[KEYPAD_ROWS][KEYPAD_KEYS];
};

enum keypad_event {
	KEYPAD_IGNORED, /* not its key; a touch elsewhere takes the focus off */
	KEYPAD_MOVED,
	KEYPAD_LEFT,    /* the focus went out, up or down */
	KEYPAD_PRESSED, /* *id */
};

enum keypad_event keypad_key(struct keypad *keypad,
			     const struct ui_event *event, int *id);

/* Puts the focus on a key of a row, if the keys have it. */
void keypad_go(struct keypad *keypad, int row, int key);

/* Rows were taken away or put in: the focus stays on a key there is. */
void keypad_settle(struct keypad *keypad);

/* Each row is row_height rows high. Keys keep their places on a mirrored
 * canvas: nobody learnt them the other way round. */
void keypad_draw(struct keypad *keypad, struct canvas *canvas,
		 const struct canvas_area *area, int row_height);
