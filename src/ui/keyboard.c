#include "ui/keyboard_inside.h"

#include <stdlib.h>
#include <string.h>

#define FIELD_MOST 3 /* rows */
#define ROW_MOST 3   /* rows a key is high at most */
#define LETTER_ROWS_LEAST 2
#define LETTER_ROWS_USUAL 3
#define COLUMNS_LEAST 40 /* below which no keyboard is drawn */

static const char *const word_keys[WORDS] = {
	[WORD_LETTERS] = "kiosk.letters",
	[WORD_OWN_LETTERS] = "kiosk.own_letters",
	[WORD_SPACE] = "kiosk.space",
	[WORD_DELETE] = "kiosk.delete_letter",
	[WORD_MORE] = "kiosk.more_letters",
	[WORD_LARGER] = "kiosk.show_larger",
};

/* --- making --------------------------------------------------------------- */

static const struct layout_row address_signs = {
	.keys = { { "@", "" }, { ".", "" }, { "-", "" }, { "_", "" } },
	.count = 4,
};

static void make_address(struct layout_page *page)
{
	const struct layout_page *letters = &layout_latin()->pages[0];

	page->rows[page->count++] = address_signs;
	for (int i = 0; i < letters->count && page->count < LAYOUT_ROWS; i++)
		page->rows[page->count++] = letters->rows[i];
}

static bool begins_latin(const struct keyboard *keyboard,
			 const struct keyboard_options *options)
{
	return (options->latin && !keyboard_is_latin(keyboard->own)) ||
	       options->kind == KEYBOARD_ADDRESS;
}

static const struct layout *layout_for(const struct keyboard_options *options)
{
	const struct layout *own = layout_of(options->language);
	bool offers =
	    own->kind == LAYOUT_PINYIN || own->kind == LAYOUT_SYLLABLES;

	return options->secret && offers ? layout_latin() : own;
}

struct keyboard *keyboard_new(const struct keyboard_options *options,
			      struct entry *entry)
{
	struct keyboard *keyboard = xcalloc(1, sizeof *keyboard);

	keyboard->entry = entry;
	keyboard->language = xstrdup(options->language);
	for (int i = 0; i < WORDS; i++)
		keyboard->words[i] =
		    catalogue_word(options->words, word_keys[i]);
	keyboard->kind = options->kind;
	keyboard->capitals = options->capitals;
	keyboard->secret = options->secret;
	keyboard->own = layout_for(options);
	keyboard->now =
	    begins_latin(keyboard, options) ? layout_latin() : keyboard->own;
	keyboard->letter_rows = LAYOUT_ROWS;
	if (options->kind == KEYBOARD_ADDRESS)
		make_address(&keyboard->address);
	if (keyboard->own->kind == LAYOUT_JAMO)
		keyboard->hangul = hangul_new();
	keyboard_find_views(keyboard);
	keyboard_arrange(keyboard);
	return keyboard;
}

void keyboard_free(struct keyboard *keyboard)
{
	if (!keyboard)
		return;
	for (int i = 0; i < WORDS; i++)
		free(keyboard->words[i]);
	free(keyboard->language);
	hangul_free(keyboard->hangul);
	explicit_bzero(keyboard, sizeof *keyboard);
	free(keyboard);
}

bool keyboard_has_focus(const struct keyboard *keyboard)
{
	return keyboard->keypad.place != KEYPAD_OUTSIDE;
}

/* Shift has no name: letters are said the same, great or small. */
static struct keyboard_name name_of_key(const struct keyboard *keyboard,
					const struct keypad_key *key)
{
	struct keyboard_name name = { .cap = key->cap };
	size_t circle = strlen(DOTTED_CIRCLE);

	if (key->id == KEY_SHIFT)
		name.cap = "";
	/* What a mark is shown on. */
	if (key->id >= KEY_LETTER && !strncmp(key->cap, DOTTED_CIRCLE, circle))
		name.cap += circle;
	if (key->id == KEY_DONE)
		name.word = "kiosk.next";
	for (int i = 0; i < WORDS; i++) {
		if (key->word && key->word == keyboard->words[i])
			name.word = word_keys[i];
	}
	return name;
}

int keyboard_names(const struct keyboard *keyboard, struct keyboard_name *out,
		   int most)
{
	const struct keypad *keypad = &keyboard->keypad;
	const struct keypad_row *row = &keypad->rows[keypad->row];
	int count = 0;

	if (keypad->place == KEYPAD_OUTSIDE)
		return 0;
	for (int i = 0; i < row->count && count < most; i++) {
		if (keypad->place == KEYPAD_ON_ROWS || i == keypad->key)
			out[count++] = name_of_key(keyboard, &row->keys[i]);
	}
	return count;
}

bool keyboard_shows_larger(const struct keyboard *keyboard)
{
	return keyboard->larger;
}

/* --- keys that write nothing ---------------------------------------------- */

static void press_shift(struct keyboard *keyboard)
{
	static const enum shift next[] = {
		[SHIFT_SMALL] = SHIFT_ONCE,
		[SHIFT_ONCE] = SHIFT_LOCKED,
		[SHIFT_LOCKED] = SHIFT_SMALL,
	};

	keyboard->shift = keyboard->shift != SHIFT_BY_ITSELF
			      ? next[keyboard->shift]
			  : keyboard_wants_capital(keyboard) ? SHIFT_SMALL
							     : SHIFT_ONCE;
}

/* Other keys come into the same places. */
static enum keyboard_event turn(struct keyboard *keyboard, int view)
{
	enum keyboard_event event = keyboard_finish(keyboard);

	keyboard->view = view;
	keyboard_find_views(keyboard);
	return event;
}

static enum keyboard_event write_space(struct keyboard *keyboard)
{
	if (keyboard->spelling[0])
		return keyboard->offer_count
			   ? keyboard_choose_character(keyboard, 0)
			   : keyboard_write_spelling(keyboard);
	return keyboard_write_text(keyboard, " ");
}

static enum keyboard_event press_function(struct keyboard *keyboard, int id)
{
	switch (id) {
	case KEY_SHIFT:
		press_shift(keyboard);
		break;
	case KEY_MORE:
		return turn(keyboard,
			    (keyboard->view + 1) % keyboard->view_count);
	case KEY_DIGITS:
		keyboard->digits = !keyboard->digits;
		return turn(keyboard, 0);
	case KEY_OTHER_LETTERS:
		keyboard->now = keyboard->now == layout_latin()
				    ? keyboard->own
				    : layout_latin();
		keyboard->digits = false;
		return turn(keyboard, 0);
	case KEY_SPACE:
		return write_space(keyboard);
	case KEY_DELETE:
		return keyboard_take_back(keyboard);
	case KEY_LARGER:
		keyboard->larger = !keyboard->larger;
		break;
	case KEY_SPELLING:
		return keyboard_write_spelling(keyboard);
	case KEY_MORE_OFFERS:
		return keyboard_offer_more(keyboard);
	case KEY_DONE:
		keyboard_end_composing(keyboard);
		return KEYBOARD_DONE;
	}
	return KEYBOARD_MOVED;
}

/* The function row stays under a finger that changes what is above it. */
static enum keyboard_event press(struct keyboard *keyboard, int id)
{
	bool last = keyboard->keypad.row == keyboard->keypad.row_count - 1;
	enum keyboard_event event;

	if (id >= KEY_LETTER)
		return keyboard_press_letter(keyboard, id);
	if (id >= KEY_OFFER)
		return keyboard_press_offer(keyboard, id - KEY_OFFER);
	event = press_function(keyboard, id);
	keyboard_arrange(keyboard);
	if (last)
		keypad_go(&keyboard->keypad, keyboard->keypad.row_count - 1,
			  keyboard->keypad.key);
	return event;
}

enum keyboard_event keyboard_key(struct keyboard *keyboard,
				 const struct ui_event *event)
{
	int id = 0;

	if (!keyboard->shown)
		return KEYBOARD_IGNORED;
	if (event->key == UI_KEY_BACKSPACE)
		return keyboard_take_back(keyboard);
	if (event->key == UI_KEY_TEXT && keyboard->spelling[0] &&
	    (int)event->character - '1' >= 0 &&
	    (int)event->character - '1' < keyboard->offer_count)
		return keyboard_press_offer(keyboard,
					    (int)event->character - '1');
	if (event->key == UI_KEY_TEXT) {
		keyboard->keypad.place = KEYPAD_OUTSIDE;
		(void)keyboard_finish(keyboard); /* no room for both, then */
		return KEYBOARD_IGNORED;
	}
	switch (keypad_key(&keyboard->keypad, event, &id)) {
	case KEYPAD_IGNORED:
		return KEYBOARD_IGNORED;
	case KEYPAD_MOVED:
	case KEYPAD_LEFT:
		return KEYBOARD_MOVED;
	case KEYPAD_PRESSED:
		break;
	}
	return press(keyboard, id);
}

/* --- how it shares the room -------------------------------------------------
 */

static int between(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

/* Nobody presses keys that cannot be seen. */
static void hide(struct keyboard *keyboard)
{
	keyboard_end_composing(keyboard);
	keyboard->shown = keyboard->larger = false;
	keyboard->keypad.place = KEYPAD_OUTSIDE;
}

struct keyboard_plan keyboard_plan(struct keyboard *keyboard,
				   const struct canvas_area *area)
{
	struct keyboard_plan plan = { .field = area->h };
	int others = 1 + keyboard_has_offers(keyboard),
	    left = area->h - 1 - others;
	int rows, spare;

	if (left < LETTER_ROWS_LEAST || area->w < COLUMNS_LEAST) {
		hide(keyboard);
		return plan;
	}
	keyboard->shown = true;
	if (keyboard->letter_rows != between(left, 1, LAYOUT_ROWS)) {
		keyboard->letter_rows = between(left, 1, LAYOUT_ROWS);
		keyboard->view = 0;
		keyboard_find_views(keyboard);
	}
	keyboard_arrange(keyboard);
	rows = keyboard->keypad.row_count;
	plan.row_height = between((area->h - 1) / rows, 1, ROW_MOST);
	plan.keys = rows * plan.row_height;
	spare = area->h - plan.keys;
	plan.field = keyboard->larger ? spare : between(spare, 1, FIELD_MOST);
	/* A blank row between them before a third for the field. */
	if (!keyboard->larger && spare == FIELD_MOST)
		plan.field--;
	plan.between = spare > plan.field;
	return plan;
}

int keyboard_rows(const struct keyboard *keyboard)
{
	return 1 + LETTER_ROWS_USUAL + keyboard_has_offers(keyboard) + 1;
}

void keyboard_draw(struct keyboard *keyboard, struct canvas *canvas,
		   const struct canvas_area *area, int row_height)
{
	keyboard_arrange(keyboard);
	keypad_draw(&keyboard->keypad, canvas, area, row_height);
}
