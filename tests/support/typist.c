#include "tests/test.h"

#include "tests/support/typist.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "tests/support/event.h"
#include "text/letter.h"
#include "ui/grid.h"

static void show(struct typist *typist)
{
	struct canvas_area area = { 0, 0, canvas_rows(typist->canvas),
				    canvas_columns(typist->canvas) };
	struct canvas_area keys = area;

	canvas_clear(typist->canvas);
	typist->plan = keyboard_plan(typist->keyboard, &area);
	area.h = typist->plan.field;
	entry_draw(typist->entry, typist->canvas, area,
		   keyboard_has_focus(typist->keyboard) ? ENTRY_FED
							: ENTRY_FOCUSED);
	keys.y += typist->plan.field + typist->plan.between;
	keys.h = typist->plan.keys;
	if (typist->plan.keys)
		keyboard_draw(typist->keyboard, typist->canvas, &keys,
			      typist->plan.row_height);
}

static enum keyboard_event sent(struct typist *typist,
				const struct ui_event *event)
{
	if (typist->tell)
		typist->tell(typist->to, event);
	return keyboard_key(typist->keyboard, event);
}

void typist_begin(struct typist *typist, const struct keyboard_options *options,
		  int rows, int columns)
{
	*typist = (struct typist){ 0 };
	typist->words = catalogue_new(options->language);
	SCOPED(char_freep)
	char *path = xasprintf("translations/kiosk.%s.po", options->language);
	struct keyboard_options whole = *options;

	assert_int_equal(catalogue_add(typist->words, path), FAULT_NONE);
	whole.words = typist->words;
	typist->more = catalogue_word(typist->words, "kiosk.more_letters");
	typist->space = catalogue_word(typist->words, "kiosk.space");
	typist->entry =
	    entry_new(&(struct entry_options){ .language = options->language });
	typist->keyboard = keyboard_new(&whole, typist->entry);
	typist->canvas = canvas_new(rows, columns, true);
	show(typist);
}

void typist_end(struct typist *typist)
{
	keyboard_free(typist->keyboard);
	entry_free(typist->entry);
	catalogue_free(typist->words);
	canvas_free(typist->canvas);
	free(typist->more);
	free(typist->space);
}

enum keyboard_event typist_press(struct typist *typist, enum ui_key key)
{
	struct ui_event event = key_event(key);
	enum keyboard_event what = sent(typist, &event);

	show(typist);
	return what;
}

/* --- finding keys on the canvas ------------------------------------------- */

static bool is_key(const struct canvas *canvas, int y, int x)
{
	int colour = canvas_cell(canvas, y, x)->colour;

	return y > 0 && (colour == CANVAS_KEY || colour == CANVAS_FOCUS);
}

static bool plate_with(const struct canvas *canvas, const char *cap, int *y,
		       int *x)
{
	for (size_t i = 0; i < canvas->plate_count; i++) {
		const struct plate *plate = &canvas->plates[i];

		*y = plate->y;
		*x = plate->x + plate->w / 2;
		if (is_key(canvas, *y, *x) && strcmp(plate->text, cap) == 0)
			return true;
	}
	return false;
}

/* What stands on the key of cells that begins at a place, with blanks around;
 * the caller frees it. */
static char *cap_at(const struct canvas *canvas, int y, int x)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, " ");
	for (; x < canvas_columns(canvas) && is_key(canvas, y, x); x++) {
		const wchar_t *from = canvas_cell(canvas, y, x)->text;

		for (; *from; from++) {
			char bytes[LETTER_BYTES];

			letter_bytes((uint32_t)*from, bytes);
			bytes_add_text(&text, bytes);
		}
	}
	bytes_add_text(&text, " ");
	return bytes_take_text(&text);
}

static bool cells_with(const struct canvas *canvas, const char *cap, int *y,
		       int *x)
{
	SCOPED(char_freep) char *wanted = xasprintf(" %s ", cap);

	for (*y = 1; *y < canvas_rows(canvas); ++*y) {
		for (*x = 1; *x < canvas_columns(canvas); ++*x) {
			SCOPED(char_freep) char *found = NULL;

			if (!is_key(canvas, *y, *x - 1) ||
			    (*x > 1 && is_key(canvas, *y, *x - 2)))
				continue;
			found = cap_at(canvas, *y, *x - 1);
			if (strstr(found, wanted))
				return true;
		}
	}
	return false;
}

bool typist_find(const struct typist *typist, const char *cap, int *y, int *x)
{
	return plate_with(typist->canvas, cap, y, x) ||
	       cells_with(typist->canvas, cap, y, x);
}

static bool has_focus(const struct typist *typist, int y, int x)
{
	return canvas_cell(typist->canvas, y, x)->colour == CANVAS_FOCUS;
}

static bool row_has_focus(const struct typist *typist, int y)
{
	for (int x = 0; x < canvas_columns(typist->canvas); x++) {
		if (has_focus(typist, y, x))
			return true;
	}
	return false;
}

/* --- three ways to press a key -------------------------------------------- */

enum keyboard_event typist_touch(struct typist *typist, int y, int x)
{
	struct ui_event event = point_event(y, x);
	enum keyboard_event what = sent(typist, &event);

	show(typist);
	return what;
}

#define MOST_STEPS 80

enum keyboard_event typist_arrows(struct typist *typist, int y, int x)
{
	for (int i = 0; !row_has_focus(typist, y); i++) {
		assert_true(i < MOST_STEPS);
		typist_press(typist, UI_KEY_DOWN);
	}
	typist_press(typist, UI_KEY_RIGHT);
	for (int i = 0; !has_focus(typist, y, x); i++) {
		assert_true(i < MOST_STEPS);
		typist_press(typist, UI_KEY_RIGHT);
	}
	return typist_press(typist, UI_KEY_ENTER);
}

static bool row_is_focused(const struct typist *typist, int y)
{
	for (int x = 0; x < canvas_columns(typist->canvas); x++) {
		if (is_key(typist->canvas, y, x) && !has_focus(typist, y, x))
			return false;
	}
	return true;
}

/* Up, down and yes. */
enum keyboard_event typist_three_keys(struct typist *typist, int y, int x)
{
	for (int i = 0; !row_is_focused(typist, y); i++) {
		assert_true(i < MOST_STEPS);
		typist_press(typist, UI_KEY_DOWN);
	}
	for (int i = 0; row_is_focused(typist, y) || !has_focus(typist, y, x);
	     i++) {
		assert_true(i < MOST_STEPS);
		if (row_is_focused(typist, y))
			typist_press(typist, UI_KEY_ENTER);
		else
			typist_press(typist, i < 20 ? UI_KEY_DOWN : UI_KEY_UP);
	}
	return typist_press(typist, UI_KEY_ENTER);
}

enum keyboard_event typist_cap(struct typist *typist, typist_way *way,
			       const char *cap, const char *other)
{
	int y, x;

	if (!typist_find(typist, cap, &y, &x) &&
	    !typist_find(typist, other, &y, &x))
		fail_msg("no key %s", cap);
	return way(typist, y, x);
}

/* Caps parted by blanks; "_" is the key for a space. A letter that is not in
 * sight stands on a page of further letters. */
void typist_write(struct typist *typist, typist_way *way, const char *caps)
{
	SCOPED(char_freep) char *list = xstrdup(caps);
	char *rest = NULL;

	for (char *cap = strtok_r(list, " ", &rest); cap;
	     cap = strtok_r(NULL, " ", &rest)) {
		int y, x;

		if (strcmp(cap, "_") == 0) {
			typist_cap(typist, way, typist->space, "␣");
			continue;
		}
		for (int i = 0; i < 12 && !typist_find(typist, cap, &y, &x);
		     i++)
			typist_cap(typist, way, typist->more, "⋯");
		typist_cap(typist, way, cap, cap);
	}
}
