#include "ui/keypad.h"

#include <stdlib.h>
#include <string.h>

#include "text/cells.h"

#define PITCH_LEAST 3
#define PITCH_MOST 9
#define GAP 1
#define WORDS_LEAST 56
#define AROUND 2 /* blanks beside what stands on a key of a row of words */
#define AROUND_LARGE 10 /* the same of large letters, at most */
#define WIDE_LEAST 12   /* cells left for the wide key then */

/* --- walking -------------------------------------------------------------- */

static const struct keypad_row *row_here(const struct keypad *keypad)
{
	return &keypad->rows[keypad->row];
}

void keypad_settle(struct keypad *keypad)
{
	if (keypad->row >= keypad->row_count)
		keypad->row = keypad->row_count - 1;
	if (keypad->key >= row_here(keypad)->count)
		keypad->key = row_here(keypad)->count - 1;
	if (keypad->key < 0)
		keypad->key = 0;
}

void keypad_go(struct keypad *keypad, int row, int key)
{
	if (keypad->place == KEYPAD_OUTSIDE)
		return;
	if (keypad->place == KEYPAD_ON_ROWS)
		keypad->place = KEYPAD_IN_ROW;
	keypad->row = row;
	keypad->key = key;
	keypad_settle(keypad);
}

static enum keypad_event go_out(struct keypad *keypad)
{
	keypad->place = KEYPAD_OUTSIDE;
	return KEYPAD_LEFT;
}

static enum keypad_event go_in(struct keypad *keypad, int by)
{
	keypad->place = KEYPAD_ON_ROWS;
	keypad->row = by > 0 ? 0 : keypad->row_count - 1;
	/* A row may be empty: what is offered comes and goes. */
	while (!row_here(keypad)->count)
		keypad->row += by;
	return KEYPAD_MOVED;
}

/* The key of the row whose middle is nearest to a place on the screen. */
static int key_below(const struct keypad *keypad, int row, int middle)
{
	int best = 0, least = -1;

	for (int i = 0; i < keypad->rows[row].count; i++) {
		const struct canvas_area *spot = &keypad->spots[row][i];
		int far = abs(2 * spot->x + spot->w - middle);

		if (least < 0 || far < least) {
			least = far;
			best = i;
		}
	}
	return best;
}

static enum keypad_event to_row(struct keypad *keypad, int by)
{
	const struct canvas_area *from =
	    &keypad->spots[keypad->row][keypad->key];
	int row = keypad->row + by;

	while (row >= 0 && row < keypad->row_count && !keypad->rows[row].count)
		row += by;
	if (row < 0 || row >= keypad->row_count)
		return go_out(keypad);
	if (keypad->place == KEYPAD_FREE)
		keypad->key = key_below(keypad, row, 2 * from->x + from->w);
	keypad->row = row;
	return KEYPAD_MOVED;
}

static enum keypad_event along_row(struct keypad *keypad, int by)
{
	keypad->key += by;
	if (keypad->key < 0 || keypad->key >= row_here(keypad)->count) {
		keypad->place = KEYPAD_ON_ROWS;
		keypad->key = 0;
	}
	return KEYPAD_MOVED;
}

static enum keypad_event up_or_down(struct keypad *keypad, int by)
{
	switch (keypad->place) {
	case KEYPAD_OUTSIDE:
		return go_in(keypad, by);
	case KEYPAD_IN_ROW:
		return along_row(keypad, by);
	default:
		return to_row(keypad, by);
	}
}

static int first_key(const struct keypad_row *row)
{
	return row->from_first ? 0 : row->count / 2;
}

/* Round at the ends: the way to the last key is short. */
static enum keypad_event left_or_right(struct keypad *keypad, int by)
{
	int count = row_here(keypad)->count;

	if (keypad->place == KEYPAD_OUTSIDE)
		return KEYPAD_IGNORED;
	if (keypad->place == KEYPAD_ON_ROWS)
		keypad->key = first_key(row_here(keypad));
	else
		keypad->key = (keypad->key + by + count) % count;
	keypad->place = KEYPAD_FREE;
	return KEYPAD_MOVED;
}

static enum keypad_event press(struct keypad *keypad, int *id)
{
	if (keypad->place == KEYPAD_OUTSIDE)
		return KEYPAD_IGNORED;
	if (keypad->place == KEYPAD_ON_ROWS) {
		keypad->place = KEYPAD_IN_ROW;
		keypad->key = first_key(row_here(keypad));
		return KEYPAD_MOVED;
	}
	*id = row_here(keypad)->keys[keypad->key].id;
	if (keypad->place == KEYPAD_IN_ROW && !row_here(keypad)->stays)
		keypad->place = KEYPAD_ON_ROWS;
	return KEYPAD_PRESSED;
}

static enum keypad_event touch(struct keypad *keypad,
			       const struct ui_event *event, int *id)
{
	keypad->place = KEYPAD_OUTSIDE;
	for (int i = 0; i < keypad->row_count; i++) {
		for (int j = 0; j < keypad->rows[i].count; j++) {
			struct canvas_area spot = keypad->spots[i][j];

			spot.w += spot.w ? GAP : 0;
			if (canvas_area_holds(&spot, event->y, event->x)) {
				*id = keypad->rows[i].keys[j].id;
				return KEYPAD_PRESSED;
			}
		}
	}
	return KEYPAD_IGNORED;
}

enum keypad_event keypad_key(struct keypad *keypad,
			     const struct ui_event *event, int *id)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_DOWN:
		return up_or_down(keypad, event->key == UI_KEY_UP ? -1 : 1);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return left_or_right(keypad,
				     event->key == UI_KEY_LEFT ? -1 : 1);
	case UI_KEY_ENTER:
		return press(keypad, id);
	case UI_KEY_POINT:
		return touch(keypad, event, id);
	default:
		return KEYPAD_IGNORED;
	}
}

/* --- drawing -------------------------------------------------------------- */

static bool has_focus(const struct keypad *keypad, int row, int key)
{
	if (keypad->place == KEYPAD_OUTSIDE || row != keypad->row)
		return false;
	return keypad->place == KEYPAD_ON_ROWS || key == keypad->key;
}

/* A plate makes letters smaller, but not below that part, in percent, of what
 * is wanted; what would be cut then keeps its usual size. */
#define SMALLEST 60

static int percent_for(const struct canvas *canvas, const char *text,
		       const char *language, int w)
{
	int percent = canvas_percent(canvas);
	int cells = canvas_text_cells(canvas, text, language);

	return cells * percent * SMALLEST / 100 > w * 100 ? 100 : percent;
}

static void draw_key(struct keypad *keypad, struct canvas *canvas, int row,
		     int key, const char *text)
{
	/* Mirrored twice, it is where it was meant to be. */
	struct canvas_area spot =
	    canvas_on_screen(canvas, keypad->spots[row][key]);
	bool focus = has_focus(keypad, row, key);
	int percent = canvas_percent(canvas);
	enum canvas_colour colour = focus ? CANVAS_FOCUS : CANVAS_KEY;

	/* Where there is room, keys of two rows are seen to be two. */
	spot.h -= spot.h > 2;

	canvas_fill(canvas, spot.y, spot.x, spot.h, spot.w, colour);
	canvas_magnify(canvas, percent_for(canvas, text,
					   keypad->rows[row].language, spot.w));
	canvas_text(canvas, &(struct canvas_text){
				.y = spot.y,
				.x = spot.x,
				.h = spot.h,
				.w = spot.w,
				.text = text,
				.language = keypad->rows[row].language,
				.style = focus ? CANVAS_BOLD : CANVAS_PLAIN,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
				.middle = true,
				/* A word is not broken. */
				.apart = keypad->rows[row].words,
			    });
	canvas_magnify(canvas, percent);
}

static void draw_alike(struct keypad *keypad, struct canvas *canvas,
		       const struct canvas_area *area, int row, int pitch)
{
	const struct keypad_row *keys = &keypad->rows[row];
	int x = area->x + (area->w - keys->count * pitch + GAP) / 2;

	for (int i = 0; i < keys->count; i++, x += pitch) {
		keypad->spots[row][i] =
		    (struct canvas_area){ area->y, x, area->h, pitch - GAP };
		draw_key(keypad, canvas, row, i, keys->keys[i].cap);
	}
}

static int key_cells(const struct canvas *canvas, const struct keypad_row *row,
		     int key, bool word)
{
	const struct keypad_key *at = &row->keys[key];

	return canvas_text_cells(canvas, word ? at->word : at->cap,
				 row->language);
}

/* Words for as many keys as there is room for, from the first on. */
static int choose_words(const struct canvas *canvas,
			const struct keypad_row *row, int room,
			bool words[KEYPAD_KEYS])
{
	int used = row->count * (GAP + AROUND) - GAP;

	for (int i = 0; i < row->count; i++)
		used += key_cells(canvas, row, i, false);
	for (int i = 0; i < row->count; i++) {
		int more = row->keys[i].word
			       ? key_cells(canvas, row, i, true) -
				     key_cells(canvas, row, i, false)
			       : 0;

		words[i] = row->keys[i].word && used + more <= room;
		used += words[i] ? more : 0;
	}
	return used;
}

/* Blanks beside words: more for large letters, which are wider where cells are
 * narrow, as long as the wide key has enough. left is what nothing takes. */
static int around_words(const struct canvas *canvas, int count, int left)
{
	int more = count ? (left - WIDE_LEAST) / count : 0;

	if (canvas_percent(canvas) == 100 || more <= 0)
		return AROUND;
	return AROUND +
	       (more < AROUND_LARGE - AROUND ? more : AROUND_LARGE - AROUND);
}

static void draw_words(struct keypad *keypad, struct canvas *canvas,
		       const struct canvas_area *area, int row)
{
	const struct keypad_row *keys = &keypad->rows[row];
	bool words[KEYPAD_KEYS] = { 0 };
	int left = area->w - choose_words(canvas, keys, area->w, words);
	int around = around_words(canvas, keys->count, left), x = area->x;

	left -= (around - AROUND) * keys->count;
	for (int i = 0; i < keys->count; i++) {
		const struct keypad_key *key = &keys->keys[i];
		int w = key_cells(canvas, keys, i, words[i]) + around +
			(key->wide ? left : 0);

		if (w > area->x + area->w - x)
			w = area->x + area->w - x;
		keypad->spots[row][i] =
		    (struct canvas_area){ area->y, x, area->h, w > 0 ? w : 0 };
		draw_key(keypad, canvas, row, i,
			 words[i] ? key->word : key->cap);
		x += w + GAP;
	}
}

/* Cells from one key of a row of letters to the next. */
static int pitch_of(const struct keypad *keypad, int room, int *most)
{
	int pitch;

	*most = 1;
	for (int i = 0; i < keypad->row_count; i++) {
		if (!keypad->rows[i].words && keypad->rows[i].count > *most)
			*most = keypad->rows[i].count;
	}
	pitch = (room + GAP) / *most;
	return pitch < PITCH_LEAST  ? PITCH_LEAST
	       : pitch > PITCH_MOST ? PITCH_MOST
				    : pitch;
}

/* Rows of words are as wide as those of letters, where that is wide. */
static struct canvas_area middle_of(struct canvas_area area, int wanted)
{
	int w = wanted < WORDS_LEAST ? WORDS_LEAST : wanted;

	if (w < area.w) {
		area.x += (area.w - w) / 2;
		area.w = w;
	}
	return area;
}

void keypad_draw(struct keypad *keypad, struct canvas *canvas,
		 const struct canvas_area *area, int row_height)
{
	struct canvas_area row = canvas_on_screen(canvas, *area);
	int most, pitch = pitch_of(keypad, area->w, &most);

	memset(keypad->spots, 0, sizeof keypad->spots);
	row.h = row_height;
	for (int i = 0; i < keypad->row_count; i++, row.y += row_height) {
		struct canvas_area words = middle_of(row, most * pitch - GAP);

		if (keypad->rows[i].words)
			draw_words(keypad, canvas, &words, i);
		else
			draw_alike(keypad, canvas, &row, i, pitch);
	}
}
