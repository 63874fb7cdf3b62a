#pragma once

#include <stdbool.h>

#include "base/memory.h"
#include "text/catalogue.h"
#include "ui/canvas.h"
#include "ui/entry.h"
#include "ui/key.h"

/*
 * An on-screen keyboard below a text field, which it writes into: the letters
 * of a language and the A-B-C letters, page after page, by touch, arrows, or
 * up, down and yes alone (ui/keypad.h). A person may use a real keyboard at any
 * time; the field then has the focus again.
 */
struct keyboard;

enum keyboard_kind {
	KEYBOARD_TEXT,
	KEYBOARD_NUMBERS, /* digits, and what codes are written with */
	KEYBOARD_WHOLE,   /* a whole number: the language's digits, minus */
	KEYBOARD_DECIMAL, /* and its point */
	KEYBOARD_ADDRESS, /* e-mail: A-B-C letters, with its signs in sight */
};

/* Where a letter becomes a capital by itself, in scripts that have them. */
enum keyboard_capitals {
	KEYBOARD_NO_CAPITALS,
	KEYBOARD_FIRST_CAPITAL, /* of the text */
	KEYBOARD_WORD_CAPITALS, /* of each word: names */
};

struct keyboard_options {
	const char *language; /* BCP 47 */
	const struct catalogue *words;
	enum keyboard_kind kind;
	enum keyboard_capitals capitals;
	bool latin;  /* begins with the A-B-C letters */
	bool secret; /* what is written is not to be seen: no key shows it
			larger, and where signs are offered in sight, as to who
			writes Chinese or Amharic, it has the A-B-C letters */
};

enum keyboard_event {
	KEYBOARD_IGNORED, /* not its key: the field's, or the caller's */
	KEYBOARD_MOVED,
	KEYBOARD_CHANGED, /* the text changed */
	KEYBOARD_REFUSED, /* the field would not have it */
	KEYBOARD_DONE,    /* the key that ends writing */
};

/* entry outlives it; layouts are those of ui/layout.h. */
struct keyboard *keyboard_new(const struct keyboard_options *options,
			      struct entry *entry);
void keyboard_free(struct keyboard *keyboard); /* NULL is fine; wipes */
DEFINE_SCOPED(struct keyboard, keyboard_free)

/*
 * How it shares an area with its field: rows of the field, rows between, rows
 * of the keys. No rows of keys: there is not room enough, and until there is
 * every key is the field's. While the text is shown larger the keys are one
 * row, with the way back.
 */
struct keyboard_plan {
	int field, between, keys;
	int row_height;
};
struct keyboard_plan keyboard_plan(struct keyboard *keyboard,
				   const struct canvas_area *area);

/* Rows of such an area without which it is no good keyboard. */
int keyboard_rows(const struct keyboard *keyboard);

void keyboard_draw(struct keyboard *keyboard, struct canvas *canvas,
		   const struct canvas_area *area, int row_height);

/* Whether the focus is on the keys; else it is the field's. */
bool keyboard_has_focus(const struct keyboard *keyboard);

/*
 * What stands on the key that has the focus, or on each of a row that has it,
 * for whoever cannot see it: at most most into out; returns how many. Texts
 * last until the next call for this keyboard.
 */
struct keyboard_name {
	const char *cap;  /* a letter or sign */
	const char *word; /* key of what is said instead; NULL: the cap */
};
int keyboard_names(const struct keyboard *keyboard, struct keyboard_name *out,
		   int most);

/* Whether the person wants to see what is written in large letters. */
bool keyboard_shows_larger(const struct keyboard *keyboard);

enum keyboard_event keyboard_key(struct keyboard *keyboard,
				 const struct ui_event *event);

/*
 * Nothing that a person spelt is lost: what no character was chosen for is
 * written as it stands. To be called before the field is read at the end.
 * KEYBOARD_MOVED: there was nothing.
 */
enum keyboard_event keyboard_finish(struct keyboard *keyboard);
