#include "ui/keyboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/cells.h"
#include "text/letter.h"
#include "ui/hangul.h"
#include "ui/keypad.h"
#include "ui/layout.h"
#include "ui/pinyin.h"

#define FIELD_MOST 3 /* rows */
#define ROW_MOST 3   /* rows a key is high at most */
#define LETTER_ROWS_LEAST 2
#define LETTER_ROWS_USUAL 3
#define COLUMNS_LEAST 40 /* below which no keyboard is drawn */
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

static const char *const word_keys[WORDS] = {
	[WORD_LETTERS] = "kiosk.letters",
	[WORD_OWN_LETTERS] = "kiosk.own_letters",
	[WORD_SPACE] = "kiosk.space",
	[WORD_DELETE] = "kiosk.delete_letter",
	[WORD_MORE] = "kiosk.more_letters",
	[WORD_LARGER] = "kiosk.show_larger",
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

static void find_views(struct keyboard *keyboard);
static void arrange(struct keyboard *keyboard);

static bool is_latin(const struct layout *layout)
{
	return strcmp(layout->language->script, "Latn") == 0;
}

static bool begins_latin(const struct keyboard *keyboard,
			 const struct keyboard_options *options)
{
	return (options->latin && !is_latin(keyboard->own)) ||
	       options->kind == KEYBOARD_ADDRESS;
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
	keyboard->own = layout_of(options->language);
	keyboard->now =
	    begins_latin(keyboard, options) ? layout_latin() : keyboard->own;
	keyboard->letter_rows = LAYOUT_ROWS;
	if (options->kind == KEYBOARD_ADDRESS)
		make_address(&keyboard->address);
	if (keyboard->own->kind == LAYOUT_JAMO)
		keyboard->hangul = hangul_new();
	find_views(keyboard);
	arrange(keyboard);
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

/* --- what is shown -------------------------------------------------------- */

static bool has_offers(const struct keyboard *keyboard)
{
	return keyboard->kind == KEYBOARD_TEXT && !keyboard->digits &&
	       (keyboard->now->kind == LAYOUT_SYLLABLES ||
		keyboard->now->kind == LAYOUT_PINYIN);
}

static const struct layout_page *pages(const struct keyboard *keyboard,
				       int *count)
{
	*count = 1;
	if (keyboard->kind == KEYBOARD_NUMBERS)
		return layout_numbers();
	if (keyboard->kind == KEYBOARD_WHOLE)
		return &keyboard->own->whole;
	if (keyboard->kind == KEYBOARD_DECIMAL)
		return &keyboard->own->decimal;
	if (keyboard->digits)
		return &keyboard->own->digits;
	if (keyboard->kind == KEYBOARD_ADDRESS)
		return &keyboard->address;
	*count = keyboard->now->page_count;
	return keyboard->now->pages;
}

/* The last rows of a page are wanted first. */
static void find_views(struct keyboard *keyboard)
{
	int count;
	const struct layout_page *page = pages(keyboard, &count);

	keyboard->view_count = 0;
	for (int i = 0; i < count; i++, page++) {
		int rows = page->count;

		while (rows > 0 && keyboard->view_count < VIEWS) {
			int shown = rows < keyboard->letter_rows
					? rows
					: keyboard->letter_rows;

			rows -= shown;
			keyboard->views[keyboard->view_count++] =
			    (struct view){ page, rows, shown };
		}
	}
	if (keyboard->view >= keyboard->view_count)
		keyboard->view = 0;
}

static const struct view *view_now(const struct keyboard *keyboard)
{
	return &keyboard->views[keyboard->view];
}

/* Rows of letters in the fullest view: the others leave some blank. */
static int most_rows(const struct keyboard *keyboard)
{
	int most = 0;

	for (int i = 0; i < keyboard->view_count; i++) {
		if (keyboard->views[i].count > most)
			most = keyboard->views[i].count;
	}
	return most;
}

static bool begins_word(const char *text, size_t caret)
{
	return !caret || strchr(" -\n", text[caret - 1]);
}

static bool wants_capital(const struct keyboard *keyboard)
{
	const char *text = entry_text(keyboard->entry);
	size_t caret = entry_caret(keyboard->entry);

	switch (keyboard->capitals) {
	case KEYBOARD_FIRST_CAPITAL:
		return !caret;
	case KEYBOARD_WORD_CAPITALS:
		return begins_word(text, caret);
	default:
		return false;
	}
}

static bool is_capital(const struct keyboard *keyboard)
{
	if (keyboard->digits || !keyboard->now->has_case ||
	    keyboard->kind != KEYBOARD_TEXT)
		return false;
	return keyboard->shift == SHIFT_BY_ITSELF
		   ? wants_capital(keyboard)
		   : keyboard->shift != SHIFT_SMALL;
}

/* A key's text as it would be written now; the caller frees it. */
static char *written(const struct keyboard *keyboard, const char *text)
{
	return is_capital(keyboard)
		   ? letter_capital(text, keyboard->now->language->tag)
		   : xstrdup(text);
}

/* --- the rows of keys ----------------------------------------------------- */

static struct keypad_row *add_row(struct keypad *keypad, const char *language)
{
	struct keypad_row *row = &keypad->rows[keypad->row_count++];

	*row = (struct keypad_row){ .language = language };
	return row;
}

static void add_key(struct keypad_row *row, int id, const char *cap,
		    const char *word)
{
	struct keypad_key *key = &row->keys[row->count++];

	*key = (struct keypad_key){ .id = id, .word = word };
	snprintf(key->cap, sizeof key->cap, "%s", cap);
}

static void arrange_offers(struct keyboard *keyboard)
{
	struct keypad_row *row =
	    add_row(&keyboard->keypad, keyboard->now->language->tag);

	row->from_first = true;
	row->words = keyboard->now->kind == LAYOUT_PINYIN;
	if (keyboard->spelling[0])
		add_key(row, KEY_SPELLING, keyboard->spelling, NULL);
	for (int i = 0; i < keyboard->offer_count; i++)
		add_key(row, KEY_OFFER + i, keyboard->offers[i], NULL);
	if (keyboard->spelling[0] && keyboard->offer_count == PINYIN_OFFERS)
		add_key(row, KEY_MORE_OFFERS, "⋯", NULL);
}

static void arrange_letters(struct keyboard *keyboard)
{
	const struct view *view = view_now(keyboard);

	for (int i = view->count; i < most_rows(keyboard); i++)
		add_row(&keyboard->keypad, keyboard->language);
	for (int i = 0; i < view->count; i++) {
		const struct layout_row *from =
		    &view->page->rows[view->first + i];
		struct keypad_row *row =
		    add_row(&keyboard->keypad, keyboard->now->language->tag);

		for (int j = 0; j < from->count; j++) {
			const struct layout_key *key = &from->keys[j];
			SCOPED(char_freep)
			char *text = written(keyboard, key->text);

			add_key(row, KEY_LETTER + i * 16 + j,
				key->cap[0] ? key->cap : text, NULL);
		}
	}
}

/* The first letters of a layout's middle row, which name it. */
static void name_of(const struct layout *layout, char out[static KEYPAD_CAP])
{
	const struct layout_row *row =
	    &layout->pages[0].rows[layout->pages[0].count > 2 ? 1 : 0];

	snprintf(out, KEYPAD_CAP, "ABC");
	if (layout == layout_latin())
		return;
	out[0] = 0;
	for (int i = 0, shown = 0; i < row->count && shown < 2; i++) {
		if (!row->keys[i].cap[0]) {
			strcat(out, row->keys[i].text);
			shown++;
		}
	}
}

static void arrange_shift(const struct keyboard *keyboard,
			  struct keypad_row *row)
{
	if (keyboard->digits || !keyboard->now->has_case)
		return;
	add_key(row, KEY_SHIFT,
		keyboard->shift == SHIFT_LOCKED ? "⇪"
		: is_capital(keyboard)          ? "⬆"
						: "⇧",
		NULL);
}

static void arrange_other_letters(const struct keyboard *keyboard,
				  struct keypad_row *row)
{
	bool to_latin = keyboard->now != layout_latin();
	char cap[KEYPAD_CAP];

	if (is_latin(keyboard->own))
		return;
	name_of(to_latin ? layout_latin() : keyboard->own, cap);
	add_key(row, KEY_OTHER_LETTERS, cap,
		keyboard->words[to_latin ? WORD_LETTERS : WORD_OWN_LETTERS]);
}

static void arrange_digits(const struct keyboard *keyboard,
			   struct keypad_row *row)
{
	char cap[KEYPAD_CAP] = "123";

	if (keyboard->digits)
		name_of(keyboard->now, cap);
	add_key(row, KEY_DIGITS, cap, NULL);
}

static bool is_numeric(const struct keyboard *keyboard)
{
	return keyboard->kind == KEYBOARD_NUMBERS ||
	       keyboard->kind == KEYBOARD_WHOLE ||
	       keyboard->kind == KEYBOARD_DECIMAL;
}

static void arrange_functions(struct keyboard *keyboard)
{
	struct keypad_row *row = add_row(&keyboard->keypad, keyboard->language);

	row->words = row->stays = true;
	if (keyboard->kind == KEYBOARD_TEXT) {
		arrange_other_letters(keyboard, row);
		arrange_shift(keyboard, row);
	}
	if (keyboard->view_count > 1)
		add_key(row, KEY_MORE, "⋯", keyboard->words[WORD_MORE]);
	if (!is_numeric(keyboard))
		arrange_digits(keyboard, row);
	if (keyboard->kind == KEYBOARD_TEXT ||
	    keyboard->kind == KEYBOARD_NUMBERS) {
		add_key(row, KEY_SPACE, "␣", keyboard->words[WORD_SPACE]);
		row->keys[row->count - 1].wide = true;
	}
	add_key(row, KEY_DELETE, "⌫", keyboard->words[WORD_DELETE]);
	add_key(row, KEY_LARGER, "Aa", keyboard->words[WORD_LARGER]);
	add_key(row, KEY_DONE, "✓", NULL);
	if (keyboard->kind == KEYBOARD_WHOLE ||
	    keyboard->kind == KEYBOARD_DECIMAL)
		row->keys[row->count - 1].wide = true;
}

static void arrange(struct keyboard *keyboard)
{
	keyboard->keypad.row_count = 0;
	if (!keyboard->larger) {
		if (has_offers(keyboard))
			arrange_offers(keyboard);
		arrange_letters(keyboard);
	}
	arrange_functions(keyboard);
	keypad_settle(&keyboard->keypad);
}

/* --- drawing -------------------------------------------------------------- */

static int between(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

static void end_choosing(struct keyboard *keyboard)
{
	keyboard->offer_count = 0;
	keyboard->offers_skipped = 0;
	explicit_bzero(keyboard->spelling, sizeof keyboard->spelling);
}

static void end_composing(struct keyboard *keyboard)
{
	if (keyboard->hangul)
		hangul_end(keyboard->hangul);
	keyboard->composing[0] = 0;
}

/* Nobody presses keys that cannot be seen. */
static void hide(struct keyboard *keyboard)
{
	end_composing(keyboard);
	keyboard->shown = keyboard->larger = false;
	keyboard->keypad.place = KEYPAD_OUTSIDE;
}

struct keyboard_plan keyboard_plan(struct keyboard *keyboard,
				   const struct canvas_area *area)
{
	struct keyboard_plan plan = { .field = area->h };
	int others = 1 + has_offers(keyboard), left = area->h - 1 - others;
	int rows, spare;

	if (left < LETTER_ROWS_LEAST || area->w < COLUMNS_LEAST) {
		hide(keyboard);
		return plan;
	}
	keyboard->shown = true;
	if (keyboard->letter_rows != between(left, 1, LAYOUT_ROWS)) {
		keyboard->letter_rows = between(left, 1, LAYOUT_ROWS);
		keyboard->view = 0;
		find_views(keyboard);
	}
	arrange(keyboard);
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
	return 1 + LETTER_ROWS_USUAL + has_offers(keyboard) + 1;
}

void keyboard_draw(struct keyboard *keyboard, struct canvas *canvas,
		   const struct canvas_area *area, int row_height)
{
	arrange(keyboard);
	keypad_draw(&keyboard->keypad, canvas, area, row_height);
}

/* --- writing -------------------------------------------------------------- */

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
		end_composing(keyboard);
	hangul_add(keyboard->hangul, jamo, text);
	event =
	    entry_replace(keyboard->entry, strlen(keyboard->composing), text);
	if (event == ENTRY_REFUSED)
		end_composing(keyboard);
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
static enum keyboard_event offer_more(struct keyboard *keyboard)
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

static enum keyboard_event take_back(struct keyboard *keyboard)
{
	size_t before = strlen(keyboard->composing);

	if (keyboard->spelling[0]) {
		take_letter_back(keyboard);
		return KEYBOARD_MOVED;
	}
	end_choosing(keyboard);
	if (!keyboard->hangul || !is_composing(keyboard)) {
		end_composing(keyboard);
		return told(entry_erase(keyboard->entry));
	}
	hangul_take_back(keyboard->hangul);
	hangul_composing(keyboard->hangul, keyboard->composing);
	return told(
	    entry_replace(keyboard->entry, before, keyboard->composing));
}

static enum keyboard_event write_text(struct keyboard *keyboard,
				      const char *text)
{
	end_composing(keyboard);
	end_choosing(keyboard);
	return told(entry_insert(keyboard->entry, text));
}

/* A consonant is written, and its orders offered in place of it. */
static enum keyboard_event offer_orders(struct keyboard *keyboard,
					const char *consonant)
{
	enum keyboard_event event = write_text(keyboard, consonant);

	if (event == KEYBOARD_REFUSED)
		return event;
	strcpy(keyboard->composing, consonant);
	keyboard->offered_by = keyboard->keypad.row;
	keyboard->offer_count =
	    layout_orders(consonant, LAYOUT_KEYS, keyboard->offers);
	arrange(keyboard);
	keypad_go(&keyboard->keypad, 0, 0);
	return event;
}

static enum keyboard_event choose_order(struct keyboard *keyboard, int index)
{
	size_t before =
	    is_composing(keyboard) ? strlen(keyboard->composing) : 0;
	char text[LAYOUT_BYTES];

	strcpy(text, keyboard->offers[index]);
	end_composing(keyboard);
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

static enum keyboard_event press_letter(struct keyboard *keyboard, int id)
{
	const struct view *view = view_now(keyboard);
	const char *text =
	    view->page->rows[view->first + (id - KEY_LETTER) / 16]
		.keys[id % 16]
		.text;
	SCOPED(char_freep) char *letter = written(keyboard, text);
	enum keyboard_event event;

	if (has_offers(keyboard))
		return keyboard->now->kind == LAYOUT_PINYIN
			   ? spell(keyboard, text)
			   : offer_orders(keyboard, text);
	event = keyboard->now->kind == LAYOUT_JAMO && !keyboard->digits
		    ? compose(keyboard, text)
		    : write_text(keyboard, letter);
	after_letter(keyboard);
	return event;
}

/* What was spelt beyond the character chosen is spelt on. */
static enum keyboard_event choose_character(struct keyboard *keyboard,
					    int index)
{
	size_t used = offer_characters(keyboard);
	char rest[SPELLING_MOST + 1], text[LAYOUT_BYTES];
	enum keyboard_event event;

	strcpy(rest, keyboard->spelling + used);
	strcpy(text, keyboard->offers[index]);
	event = write_text(keyboard, text);
	strcpy(keyboard->spelling, rest);
	if (rest[0])
		offer_characters(keyboard);
	else
		keyboard->keypad.row = keyboard->offered_by;
	return event;
}

static enum keyboard_event press_offer(struct keyboard *keyboard, int index)
{
	return keyboard->spelling[0] ? choose_character(keyboard, index)
				     : choose_order(keyboard, index);
}

static enum keyboard_event write_spelling(struct keyboard *keyboard)
{
	char text[SPELLING_MOST + 1];

	strcpy(text, keyboard->spelling);
	keyboard->keypad.row = keyboard->offered_by;
	return write_text(keyboard, text);
}

enum keyboard_event keyboard_finish(struct keyboard *keyboard)
{
	end_composing(keyboard);
	if (keyboard->spelling[0])
		return write_spelling(keyboard);
	end_choosing(keyboard);
	return KEYBOARD_MOVED;
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
			  : wants_capital(keyboard) ? SHIFT_SMALL
						    : SHIFT_ONCE;
}

/* Other keys come into the same places. */
static enum keyboard_event turn(struct keyboard *keyboard, int view)
{
	enum keyboard_event event = keyboard_finish(keyboard);

	keyboard->view = view;
	find_views(keyboard);
	return event;
}

static enum keyboard_event write_space(struct keyboard *keyboard)
{
	if (keyboard->spelling[0])
		return keyboard->offer_count ? choose_character(keyboard, 0)
					     : write_spelling(keyboard);
	return write_text(keyboard, " ");
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
		return take_back(keyboard);
	case KEY_LARGER:
		keyboard->larger = !keyboard->larger;
		break;
	case KEY_SPELLING:
		return write_spelling(keyboard);
	case KEY_MORE_OFFERS:
		return offer_more(keyboard);
	case KEY_DONE:
		end_composing(keyboard);
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
		return press_letter(keyboard, id);
	if (id >= KEY_OFFER)
		return press_offer(keyboard, id - KEY_OFFER);
	event = press_function(keyboard, id);
	arrange(keyboard);
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
		return take_back(keyboard);
	if (event->key == UI_KEY_TEXT && keyboard->spelling[0] &&
	    (int)event->character - '1' >= 0 &&
	    (int)event->character - '1' < keyboard->offer_count)
		return press_offer(keyboard, (int)event->character - '1');
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
