#include "kiosk/leaf.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "ticket/symbol.h"
#include "ui/choice.h"
#include "ui/keypad.h"

#define HIGH 20   /* rows of a screen that has room for air */
#define MARGIN 2  /* columns at each side */
#define PICTURE 6 /* columns of the pictogram, where pictures can be shown */
#define MORE (-1) /* the act of the key that turns the paragraphs */

enum { ERASE = 10, DONE = 11 }; /* ids of keys; 0 to 9 are digits */

struct leaf {
	char *language, *more, *erase, *done;
	const char *pictogram;
	char *heading;
	struct paragraph {
		char *text;
		enum canvas_colour colour;
	} * paragraphs;
	size_t count, top,
	    next; /* the first shown, and the first that is not */
	struct {
		char *word;
		int act;
	} keys[LEAF_KEYS + 1];
	size_t key_count;
	struct choice *choice; /* of the keys, when it was drawn */
	bool turns;            /* the first key turns the paragraphs */
	uint8_t *modules;
	int side;
	char *symbol_digits;
	bool asks, secret;
	struct keypad keypad;
	char digits[LEAF_DIGITS + 1];
};

struct leaf *leaf_new(const struct leaf_words *words, const char *pictogram,
		      const char *heading)
{
	struct leaf *leaf = xcalloc(1, sizeof *leaf);

	leaf->language = xstrdup(words->language);
	leaf->more = xstrdup(words->more);
	leaf->erase = xstrdup(words->erase);
	leaf->done = xstrdup(words->done);
	leaf->pictogram = pictogram;
	leaf->heading = xstrdup(heading ? heading : "");
	return leaf;
}

void leaf_free(struct leaf *leaf)
{
	if (!leaf)
		return;
	for (size_t i = 0; i < leaf->count; i++)
		free(leaf->paragraphs[i].text);
	for (size_t i = 0; i < leaf->key_count; i++)
		free(leaf->keys[i].word);
	free(leaf->paragraphs);
	choice_free(leaf->choice);
	free(leaf->modules);
	free(leaf->symbol_digits);
	free(leaf->language);
	free(leaf->more);
	free(leaf->erase);
	free(leaf->done);
	free(leaf->heading);
	sodium_memzero(leaf, sizeof *leaf);
	free(leaf);
}

void leaf_add(struct leaf *leaf, enum canvas_colour colour, const char *text)
{
	leaf->paragraphs = xreallocarray(leaf->paragraphs, leaf->count + 1,
					 sizeof *leaf->paragraphs);
	leaf->paragraphs[leaf->count++] =
	    (struct paragraph){ xstrdup(text), colour };
}

void leaf_key(struct leaf *leaf, int act, const char *word)
{
	assert(leaf->key_count < LEAF_KEYS);
	leaf->keys[leaf->key_count].word = xstrdup(word);
	leaf->keys[leaf->key_count++].act = act;
}

void leaf_symbol(struct leaf *leaf, const char *digits)
{
	SCOPED(symbol_freep) struct symbol *symbol = NULL;

	leaf->symbol_digits = xstrdup(digits);
	/* A screen has no creases and stains: the smallest symbol will do. */
	if (symbol_new(digits, SYMBOL_L, &symbol))
		return;
	leaf->side = symbol_size(symbol);
	leaf->modules = symbol_plain(symbol);
}

static void add_row(struct leaf *leaf, int from, int to)
{
	struct keypad_row *row = &leaf->keypad.rows[leaf->keypad.row_count++];

	*row = (struct keypad_row){ .language = leaf->language };
	for (int id = from; id <= to; id++) {
		struct keypad_key *key = &row->keys[row->count++];

		key->id = id % 10;
		key->cap[0] = (char)('0' + id % 10);
	}
}

void leaf_ask(struct leaf *leaf, bool secret)
{
	struct keypad_row *row;

	leaf->asks = true;
	leaf->secret = secret;
	add_row(leaf, 1, 5);
	add_row(leaf, 6, 10);
	row = &leaf->keypad.rows[leaf->keypad.row_count++];
	*row = (struct keypad_row){ .language = leaf->language,
				    .words = true,
				    .count = 2 };
	row->keys[0] = (struct keypad_key){ .id = ERASE, .word = leaf->erase };
	row->keys[1] = (struct keypad_key){ .id = DONE, .word = leaf->done };
	strcpy(row->keys[0].cap, "⌫");
	strcpy(row->keys[1].cap, "✓");
	leaf->keypad.place = KEYPAD_ON_ROWS;
}

/* --- drawing -----------------------------------------------------------------
 */

/* Lays the keys out anew; turns says whether one of them turns the page. */
static void make_choice(struct leaf *leaf, bool turns)
{
	struct choice_row rows[LEAF_KEYS + 1];
	size_t selected = leaf->choice ? choice_selected(leaf->choice) : 0;
	size_t count = 0;
	const bool same = leaf->choice && leaf->turns == turns;

	if (same || !(leaf->key_count + turns))
		return;
	for (size_t i = 0; i < leaf->key_count; i++)
		rows[count++] =
		    (struct choice_row){ .label = leaf->keys[i].word };
	if (turns)
		rows[count++] = (struct choice_row){ .label = leaf->more };
	choice_free(leaf->choice);
	leaf->choice = NULL;
	leaf->turns = turns;
	/* So few rows are within every limit. */
	if (choice_new(&(struct choice_options){ .language = leaf->language,
						 .more = leaf->more,
						 .page_rows = 9 },
		       rows, count, &leaf->choice))
		return;
	if (selected < count)
		choice_select(leaf->choice, selected);
}

static struct canvas_text text_of(const struct leaf *leaf, int y, int x, int w,
				  int h, const char *text)
{
	return (struct canvas_text){
		.y = y,
		.x = x,
		.w = w,
		.h = h,
		.text = text,
		.language = leaf->language,
		.caret = -1,
	};
}

static int draw_heading(const struct leaf *leaf, struct canvas *canvas)
{
	const bool pictured = canvas_has_plates(canvas) && leaf->pictogram;
	const int x = MARGIN + (pictured ? PICTURE : 0);
	struct canvas_text text = text_of(
	    leaf, 0, x, canvas_columns(canvas) - x - MARGIN, 2, leaf->heading);
	int rows;

	text.style = CANVAS_BOLD;
	text.colour = CANVAS_ACCENT;
	rows = canvas_text(canvas, &text);
	if (pictured)
		canvas_pictogram(canvas, 0, MARGIN, 2, PICTURE - 2,
				 leaf->pictogram, CANVAS_ACCENT);
	rows = pictured && rows < 2 ? 2 : rows;
	return rows + (canvas_rows(canvas) >= HIGH);
}

/* Draws from the top paragraph on; the first that does not fit is next. */
static void draw_paragraphs(struct leaf *leaf, struct canvas *canvas,
			    struct canvas_area area)
{
	const int gap = canvas_rows(canvas) >= HIGH;
	int y = area.y;

	leaf->next = leaf->top;
	while (leaf->next < leaf->count) {
		const struct paragraph *each = &leaf->paragraphs[leaf->next];
		struct canvas_text text =
		    text_of(leaf, y, area.x, area.w, area.h, each->text);
		int rows = canvas_text_rows(canvas, &text);

		/* The first is drawn as far as it goes. */
		if (y + rows > area.y + area.h && leaf->next > leaf->top)
			return;
		text.h = area.y + area.h - y;
		text.colour = each->colour;
		if (each->colour == CANVAS_ACCENT)
			text.style = CANVAS_BOLD;
		if (text.h > 0)
			y += canvas_text(canvas, &text) + gap;
		leaf->next++;
	}
}

/* Whether all paragraphs fit below each other. */
static bool fits(const struct leaf *leaf, const struct canvas *canvas,
		 struct canvas_area area)
{
	const int gap = canvas_rows(canvas) >= HIGH;
	int rows = 0;

	for (size_t i = 0; i < leaf->count; i++) {
		struct canvas_text text = text_of(leaf, 0, area.x, area.w, 1000,
						  leaf->paragraphs[i].text);

		rows += canvas_text_rows(canvas, &text) + (i ? gap : 0);
	}
	return !leaf->count || rows <= area.h;
}

/* The symbol at the end of the area, as large as it goes; false where there is
 * no room for it. */
static bool draw_symbol(const struct leaf *leaf, struct canvas *canvas,
			struct canvas_area *area)
{
	const bool plates = canvas_has_plates(canvas);
	int h = plates ? area->h : canvas_symbol_rows(leaf->side);
	int w = plates ? h * 5 / 2 : canvas_symbol_columns(leaf->side);

	if (!leaf->modules || h > area->h || w > area->w * 2 / 3 ||
	    (plates && h < 7))
		return false;
	canvas_symbol(canvas, area->y, area->x + area->w - w, h, w,
		      leaf->modules, leaf->side);
	area->w -= w + MARGIN;
	return true;
}

static void draw_keys(struct leaf *leaf, struct canvas *canvas,
		      struct canvas_area body)
{
	int rows = (int)leaf->key_count;

	if (leaf->choice && rows)
		choice_draw(leaf->choice, canvas, body);
}

/* With room for the one that turns the paragraphs. */
static int key_rows(const struct leaf *leaf)
{
	return (int)leaf->key_count + (leaf->count > 0);
}

static void draw_digits(struct leaf *leaf, struct canvas *canvas,
			struct canvas_area area)
{
	struct bytes shown = { 0 };
	struct canvas_text text;
	const int pad = 3;

	bytes_add_text(&shown, "");
	for (const char *at = leaf->digits; *at; at++)
		bytes_add_format(&shown, "%s",
				 leaf->secret ? "● " : (char[]){ *at, 0 });
	bytes_add_text(&shown, "_");
	text = text_of(leaf, area.y + area.h - pad - 2, area.x, area.w, 1,
		       (const char *)shown.data);
	text.style = CANVAS_BOLD;
	canvas_text(canvas, &text);
	bytes_wipe(&shown);
	keypad_draw(
	    &leaf->keypad, canvas,
	    &(struct canvas_area){ area.y + area.h - pad, area.x, pad, area.w },
	    1);
}

static void draw_body(struct leaf *leaf, struct canvas *canvas,
		      struct canvas_area area)
{
	const int below = leaf->asks ? 6 : key_rows(leaf) + 1;
	struct canvas_area text = area;

	text.h -= below;
	if (leaf->symbol_digits && !draw_symbol(leaf, canvas, &text)) {
		leaf_add(leaf, CANVAS_INK, leaf->symbol_digits);
		free(leaf->symbol_digits);
		leaf->symbol_digits = NULL;
	}
	make_choice(leaf, !leaf->asks && !fits(leaf, canvas, text));
	draw_paragraphs(leaf, canvas, text);
	if (leaf->asks)
		draw_digits(leaf, canvas, area);
	else
		draw_keys(leaf, canvas,
			  (struct canvas_area){ area.y + area.h - below + 1,
						area.x, below - 1, area.w });
}

void leaf_draw(struct leaf *leaf, struct canvas *canvas)
{
	int y;

	canvas_clear(canvas);
	y = draw_heading(leaf, canvas);
	draw_body(leaf, canvas,
		  (struct canvas_area){ y, MARGIN, canvas_rows(canvas) - y,
					canvas_columns(canvas) - 2 * MARGIN });
}

/* --- keys
 * --------------------------------------------------------------------- */

static enum leaf_event write_digit(struct leaf *leaf, int id)
{
	const size_t length = strlen(leaf->digits);

	if (id == DONE)
		return LEAF_WRITTEN;
	if (id == ERASE && length)
		leaf->digits[length - 1] = 0;
	else if (id < 10 && length < LEAF_DIGITS)
		leaf->digits[length] = (char)('0' + id);
	return LEAF_MOVED;
}

/* Who walks out of the keys with an arrow comes in at the other end. */
static void go_round(struct keypad *keypad)
{
	keypad->place = KEYPAD_ON_ROWS;
	keypad->row = keypad->row ? 0 : keypad->row_count - 1;
}

static enum leaf_event take_digits(struct leaf *leaf,
				   const struct ui_event *event)
{
	int id;

	if (event->key == UI_KEY_ESCAPE)
		return LEAF_BACK;
	if (event->key == UI_KEY_BACKSPACE)
		return write_digit(leaf, ERASE);
	if (event->key == UI_KEY_TEXT && event->character >= '0' &&
	    event->character <= '9') {
		/* Whoever types means Enter as the end. */
		leaf->keypad.place = KEYPAD_OUTSIDE;
		return write_digit(leaf, (int)event->character - '0');
	}
	if (event->key == UI_KEY_ENTER && leaf->keypad.place == KEYPAD_OUTSIDE)
		return LEAF_WRITTEN;
	switch (keypad_key(&leaf->keypad, event, &id)) {
	case KEYPAD_PRESSED:
		return write_digit(leaf, id);
	case KEYPAD_IGNORED:
		return LEAF_IGNORED;
	case KEYPAD_LEFT:
		go_round(&leaf->keypad);
		return LEAF_MOVED;
	default:
		return LEAF_MOVED;
	}
}

static void turn(struct leaf *leaf)
{
	leaf->top = leaf->next < leaf->count ? leaf->next : 0;
}

enum leaf_event leaf_take(struct leaf *leaf, const struct ui_event *event)
{
	if (leaf->asks)
		return take_digits(leaf, event);
	if (event->key == UI_KEY_ESCAPE)
		return LEAF_BACK;
	if (!leaf->choice)
		return LEAF_IGNORED;
	switch (choice_key(leaf->choice, event)) {
	case CHOICE_PICKED:
		if (leaf_act(leaf) != MORE)
			return LEAF_PRESSED;
		turn(leaf);
		return LEAF_MOVED;
	case CHOICE_MOVED:
		return LEAF_MOVED;
	default:
		return LEAF_IGNORED;
	}
}

int leaf_act(const struct leaf *leaf)
{
	const size_t row = choice_selected(leaf->choice);

	return row < leaf->key_count ? leaf->keys[row].act : MORE;
}

const char *leaf_digits(const struct leaf *leaf)
{
	return leaf->digits;
}
