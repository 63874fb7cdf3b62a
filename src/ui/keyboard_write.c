#include "ui/keyboard_inside.h"

#include <string.h>

static void end_choosing(struct keyboard *keyboard)
{
	keyboard->offer_count = 0;
	keyboard->offers_skipped = 0;
	explicit_bzero(keyboard->spelling, sizeof keyboard->spelling);
}

void keyboard_end_composing(struct keyboard *keyboard)
{
	if (keyboard->hangul)
		hangul_end(keyboard->hangul);
	keyboard->composing[0] = 0;
}

static enum keyboard_event told(enum entry_event event)
{
	return event == ENTRY_REFUSED ? KEYBOARD_REFUSED : KEYBOARD_CHANGED;
}

/* Whether the field still is as composing left it. */
static bool is_composing(const struct keyboard *keyboard)
{
	size_t length = strlen(keyboard->composing);
	size_t caret = entry_caret(keyboard->entry);

	return length && caret >= length &&
	       memcmp(entry_text(keyboard->entry) + caret - length,
		      keyboard->composing, length) == 0;
}

static enum keyboard_event compose(struct keyboard *keyboard, const char *jamo)
{
	char text[HANGUL_BYTES];
	enum entry_event event;

	if (!is_composing(keyboard))
		keyboard_end_composing(keyboard);
	hangul_add(keyboard->hangul, jamo, text);
	event =
	    entry_replace(keyboard->entry, strlen(keyboard->composing), text);
	if (event == ENTRY_REFUSED)
		keyboard_end_composing(keyboard);
	else
		hangul_composing(keyboard->hangul, keyboard->composing);
	return told(event);
}

/* The characters for what is spelt; returns the letters they stand for. */
static size_t offer_characters(struct keyboard *keyboard)
{
	bool traditional = strcmp(keyboard->now->language->script, "Hant") == 0;
	char out[PINYIN_OFFERS][PINYIN_BYTES];
	size_t used = pinyin_offer(keyboard->spelling, traditional,
				   keyboard->offers_skipped, PINYIN_OFFERS, out,
				   &keyboard->offer_count);

	for (int i = 0; i < keyboard->offer_count; i++)
		strcpy(keyboard->offers[i], out[i]);
	return used;
}

static enum keyboard_event spell(struct keyboard *keyboard, const char *letter)
{
	keyboard->offered_by = keyboard->keypad.row;
	keyboard->offers_skipped = 0;
	if (strlen(keyboard->spelling) < SPELLING_MOST)
		strcat(keyboard->spelling, letter);
	offer_characters(keyboard);
	return KEYBOARD_MOVED;
}

/* From the beginning again, where there are no more. */
enum keyboard_event keyboard_offer_more(struct keyboard *keyboard)
{
	keyboard->offers_skipped += PINYIN_OFFERS;
	offer_characters(keyboard);
	if (!keyboard->offer_count) {
		keyboard->offers_skipped = 0;
		offer_characters(keyboard);
	}
	return KEYBOARD_MOVED;
}

static void take_letter_back(struct keyboard *keyboard)
{
	keyboard->spelling[strlen(keyboard->spelling) - 1] = 0;
	keyboard->offers_skipped = 0;
	offer_characters(keyboard);
}

enum keyboard_event keyboard_take_back(struct keyboard *keyboard)
{
	size_t before = strlen(keyboard->composing);

	if (keyboard->spelling[0]) {
		take_letter_back(keyboard);
		return KEYBOARD_MOVED;
	}
	end_choosing(keyboard);
	if (!keyboard->hangul || !is_composing(keyboard)) {
		keyboard_end_composing(keyboard);
		return told(entry_erase(keyboard->entry));
	}
	hangul_take_back(keyboard->hangul);
	hangul_composing(keyboard->hangul, keyboard->composing);
	return told(
	    entry_replace(keyboard->entry, before, keyboard->composing));
}

enum keyboard_event keyboard_write_text(struct keyboard *keyboard,
					const char *text)
{
	keyboard_end_composing(keyboard);
	end_choosing(keyboard);
	return told(entry_insert(keyboard->entry, text));
}

/* A consonant is written, and its orders offered in place of it. */
static enum keyboard_event offer_orders(struct keyboard *keyboard,
					const char *consonant)
{
	enum keyboard_event event = keyboard_write_text(keyboard, consonant);

	if (event == KEYBOARD_REFUSED)
		return event;
	strcpy(keyboard->composing, consonant);
	keyboard->offered_by = keyboard->keypad.row;
	keyboard->offer_count =
	    layout_orders(consonant, LAYOUT_KEYS, keyboard->offers);
	keyboard_arrange(keyboard);
	keypad_go(&keyboard->keypad, 0, 0);
	return event;
}

static enum keyboard_event choose_order(struct keyboard *keyboard, int index)
{
	size_t before =
	    is_composing(keyboard) ? strlen(keyboard->composing) : 0;
	char text[LAYOUT_BYTES];

	strcpy(text, keyboard->offers[index]);
	keyboard_end_composing(keyboard);
	end_choosing(keyboard);
	keyboard->keypad.row = keyboard->offered_by;
	return told(entry_replace(keyboard->entry, before, text));
}

/* Capitals and pages of further letters are for one letter. */
static void after_letter(struct keyboard *keyboard)
{
	if (keyboard->shift != SHIFT_LOCKED)
		keyboard->shift = SHIFT_BY_ITSELF;
	if (!keyboard->digits && keyboard->kind == KEYBOARD_TEXT)
		keyboard->view = 0;
}

enum keyboard_event keyboard_press_letter(struct keyboard *keyboard, int id)
{
	const struct view *view = keyboard_view_now(keyboard);
	const char *text =
	    view->page->rows[view->first + (id - KEY_LETTER) / 16]
		.keys[id % 16]
		.text;
	SCOPED(char_freep) char *letter = keyboard_written(keyboard, text);
	enum keyboard_event event;

	if (keyboard_has_offers(keyboard))
		return keyboard->now->kind == LAYOUT_PINYIN
			   ? spell(keyboard, text)
			   : offer_orders(keyboard, text);
	event = keyboard->now->kind == LAYOUT_JAMO && !keyboard->digits
		    ? compose(keyboard, text)
		    : keyboard_write_text(keyboard, letter);
	after_letter(keyboard);
	return event;
}

/* What was spelt beyond the character chosen is spelt on. */
enum keyboard_event keyboard_choose_character(struct keyboard *keyboard,
					      int index)
{
	size_t used = offer_characters(keyboard);
	char rest[SPELLING_MOST + 1], text[LAYOUT_BYTES];
	enum keyboard_event event;

	strcpy(rest, keyboard->spelling + used);
	strcpy(text, keyboard->offers[index]);
	event = keyboard_write_text(keyboard, text);
	strcpy(keyboard->spelling, rest);
	if (rest[0])
		offer_characters(keyboard);
	else
		keyboard->keypad.row = keyboard->offered_by;
	return event;
}

enum keyboard_event keyboard_press_offer(struct keyboard *keyboard, int index)
{
	return keyboard->spelling[0]
		   ? keyboard_choose_character(keyboard, index)
		   : choose_order(keyboard, index);
}

enum keyboard_event keyboard_write_spelling(struct keyboard *keyboard)
{
	char text[SPELLING_MOST + 1];

	strcpy(text, keyboard->spelling);
	keyboard->keypad.row = keyboard->offered_by;
	return keyboard_write_text(keyboard, text);
}

enum keyboard_event keyboard_finish(struct keyboard *keyboard)
{
	keyboard_end_composing(keyboard);
	if (keyboard->spelling[0])
		return keyboard_write_spelling(keyboard);
	end_choosing(keyboard);
	return KEYBOARD_MOVED;
}
