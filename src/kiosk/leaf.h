#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * One page of what staff see at a kiosk: a pictogram and a heading, a few
 * paragraphs, perhaps a symbol to scan, and below them keys by number, arrows
 * or touch; or a field for digits, with keys for those who have no keyboard.
 * Paragraphs that do not fit are turned by a key of their own.
 */
struct leaf;

enum leaf_event {
	LEAF_IGNORED,
	LEAF_MOVED,   /* its key; draw again */
	LEAF_PRESSED, /* leaf_act() was pressed */
	LEAF_WRITTEN, /* leaf_digits() are whole */
	LEAF_BACK,    /* Escape */
};

#define LEAF_KEYS 13
#define LEAF_DIGITS 12

/* The words of its own keys. */
struct leaf_words {
	const char *language; /* BCP 47; belongs to the caller */
	const char *more, *erase, *done;
};

/* heading may be NULL: none yet. pictogram: as canvas_pictogram(); static. */
struct leaf *leaf_new(const struct leaf_words *words, const char *pictogram,
		      const char *heading);
void leaf_free(struct leaf *leaf); /* NULL is fine; wipes */
DEFINE_SCOPED(struct leaf, leaf_free)

/* All texts are copied. act is what leaf_act() tells of a key. */
void leaf_add(struct leaf *leaf, enum canvas_colour colour, const char *text);
void leaf_key(struct leaf *leaf, int act, const char *word);

/* digits as a QR symbol; as digits where the screen has no room for it. */
void leaf_symbol(struct leaf *leaf, const char *digits);

/* Asks for digits; secret: dots are shown for them. */
void leaf_ask(struct leaf *leaf, bool secret);

void leaf_draw(struct leaf *leaf, struct canvas *canvas);
enum leaf_event leaf_take(struct leaf *leaf, const struct ui_event *event);
int leaf_act(const struct leaf *leaf);
const char *leaf_digits(const struct leaf *leaf);
