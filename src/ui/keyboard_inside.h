#pragma once

#include "text/cells.h"
#include "ui/hangul.h"
#include "ui/keyboard.h"
#include "ui/keypad.h"
#include "ui/layout.h"
#include "ui/pinyin.h"

/*
 * The inside of an on-screen keyboard, for the files of this room that make
 * one: keyboard.c (what each key does, and the room it has), keyboard_rows.c
 * (which keys there are now, and where) and keyboard_write.c (what becomes of
 * letters).
 */
#define VIEWS 24
#define DOTTED_CIRCLE "◌"

enum key_id {
	KEY_SHIFT = 1,
	KEY_MORE,
	KEY_DIGITS,
	KEY_OTHER_LETTERS,
	KEY_SPACE,
	KEY_DELETE,
	KEY_LARGER,
	KEY_DONE,
	KEY_SPELLING,       /* what is spelt, as it stands */
	KEY_MORE_OFFERS,    /* further characters for it */
	KEY_OFFER = 0x100,  /* and which of those offered */
	KEY_LETTER = 0x200, /* and 16 times the row of the view, and the key */
};

#define PINYIN_OFFERS 7 /* at once */
#define SPELLING_MOST 12

enum shift { SHIFT_BY_ITSELF, SHIFT_SMALL, SHIFT_ONCE, SHIFT_LOCKED };

enum word {
	WORD_LETTERS,
	WORD_OWN_LETTERS,
	WORD_SPACE,
	WORD_DELETE,
	WORD_MORE,
	WORD_LARGER,
	WORDS,
};

/* Rows of a page that are shown together. */
struct view {
	const struct layout_page *page;
	int first, count;
};

struct keyboard {
	struct entry *entry;
	char *language;
	char *words[WORDS];
	enum keyboard_kind kind;
	enum keyboard_capitals capitals;
	const struct layout *own, *now; /* now: own, or the A-B-C letters */
	struct layout_page address;
	bool shown; /* there was room when it was last planned */
	bool digits, larger;
	bool secret; /* no key shows it larger */
	enum shift shift;
	int letter_rows; /* shown at once, by the room there is */
	struct view views[VIEWS];
	int view_count, view;
	struct keypad keypad;
	/* What is chosen from, in a row of its own. */
	char offers[LAYOUT_KEYS][LAYOUT_BYTES];
	int offer_count;
	int offered_by; /* the row of the key that was pressed for it */
	char spelling[SPELLING_MOST + 1]; /* in pinyin */
	int offers_skipped;
	struct hangul *hangul;
	/* The syllable before the caret that is not done yet. */
	char composing[HANGUL_BYTES];
};

/* --- keyboard_rows.c -------------------------------------------------------
 */

bool keyboard_is_latin(const struct layout *layout);

/* Whether a row of characters is kept to choose from. */
bool keyboard_has_offers(const struct keyboard *keyboard);

/* Which rows of its pages are shown together, as many as there is room for;
 * those in view now. */
void keyboard_find_views(struct keyboard *keyboard);
const struct view *keyboard_view_now(const struct keyboard *keyboard);

/* Whether a letter becomes a capital by itself here; a key's text as it would
 * be written now, for the caller to free. */
bool keyboard_wants_capital(const struct keyboard *keyboard);
char *keyboard_written(const struct keyboard *keyboard, const char *text);

/* Makes the rows of keys anew. */
void keyboard_arrange(struct keyboard *keyboard);

/* --- keyboard_write.c ------------------------------------------------------
 */

enum keyboard_event keyboard_write_text(struct keyboard *keyboard,
					const char *text);
enum keyboard_event keyboard_press_letter(struct keyboard *keyboard, int id);

/* A character that was offered; further ones; what was spelt, as it stands. */
enum keyboard_event keyboard_press_offer(struct keyboard *keyboard, int index);
enum keyboard_event keyboard_choose_character(struct keyboard *keyboard,
					      int index);
enum keyboard_event keyboard_offer_more(struct keyboard *keyboard);
enum keyboard_event keyboard_write_spelling(struct keyboard *keyboard);

/* Takes back what was written, spelt or composed last. */
enum keyboard_event keyboard_take_back(struct keyboard *keyboard);

/* What is being composed is done. */
void keyboard_end_composing(struct keyboard *keyboard);
