/*
 * keyboard TAG [THEME]: a name written with the on-screen keyboard of a
 * language, until Escape, for looking at in a real terminal.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/memory.h"
#include "text/catalogue.h"
#include "text/language.h"
#include "ui/entry.h"
#include "ui/keyboard.h"
#include "ui/term.h"

#define MARGIN 2
#define TOP 5    /* rows of a frame above a question */
#define BOTTOM 2 /* and below it */

struct writing {
	const struct language *language;
	struct entry *entry;
	struct keyboard *keyboard;
};

static void draw(struct writing *writing, struct canvas *canvas)
{
	struct canvas_area area = { TOP, MARGIN,
				    canvas_rows(canvas) - TOP - BOTTOM,
				    canvas_columns(canvas) - 2 * MARGIN };
	struct canvas_area box = area;
	struct keyboard_plan plan = keyboard_plan(writing->keyboard, &area);

	canvas_mirror(canvas, writing->language->right_to_left);
	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){
				.y = 2,
				.x = MARGIN,
				.h = 2,
				.w = area.w,
				.text = writing->language->own_name,
				.language = writing->language->tag,
				.style = CANVAS_HEADING,
				.caret = -1,
			    });
	box.h = plan.field;
	entry_draw(writing->entry, canvas, box,
		   keyboard_has_focus(writing->keyboard) ? ENTRY_FED
							 : ENTRY_FOCUSED);
	area.y += plan.field + plan.between;
	keyboard_draw(writing->keyboard, canvas, &area, plan.row_height);
}

static bool is_over(struct writing *writing, struct term *term)
{
	struct pollfd wait = { term_input(term), POLLIN, 0 };
	struct ui_event event;

	(void)poll(&wait, 1, -1);
	while ((event = term_event(term)).key != UI_KEY_NONE) {
		if (event.key == UI_KEY_ESCAPE)
			return true;
		if (keyboard_key(writing->keyboard, &event) == KEYBOARD_IGNORED)
			(void)entry_key(writing->entry, &event);
	}
	return false;
}

static struct catalogue *words_of(const char *tag)
{
	struct catalogue *words = catalogue_new(tag);
	SCOPED(char_freep) char *path = xasprintf("kiosk.%s.po", tag);
	SCOPED(char_freep)
	char *whole = xasprintf("%s/translations/%s", data_folder(), path);

	if (catalogue_add(words, whole))
		exit(3);
	return words;
}

int main(int argc, char **argv)
{
	enum term_theme theme =
	    argc > 2 && !strcmp(argv[2], "light") ? TERM_LIGHT : TERM_DARK;
	struct writing writing = { .language = language_find(argc > 1 ? argv[1]
								      : "en") };
	struct catalogue *words =
	    words_of(writing.language->right_to_left ? "ar" : "en");
	struct term *term = NULL;

	writing.entry = entry_new(
	    &(struct entry_options){ .language = writing.language->tag });
	writing.keyboard = keyboard_new(
	    &(struct keyboard_options){
		.language = writing.language->tag,
		.words = words,
		.capitals = KEYBOARD_WORD_CAPITALS,
	    },
	    writing.entry);
	if (term_open(theme, &term))
		return 3;
	do {
		SCOPED(canvas_freep)
		struct canvas *canvas = canvas_new(
		    term_rows(term), term_columns(term), term_has_plates(term));

		draw(&writing, canvas);
		term_show(term, canvas);
	} while (!is_over(&writing, term));
	term_free(term);
	keyboard_free(writing.keyboard);
	entry_free(writing.entry);
	catalogue_free(words);
	return 0;
}
