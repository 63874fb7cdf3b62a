#include "ask/reading.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "text/cells.h"

void reading_open(struct reading *reading, const char *text)
{
	reading_close(reading);
	reading->text = xstrdup(text);
	reading->pages = 1;
}

void reading_close(struct reading *reading)
{
	char_wipe(reading->text); /* a form may put answers in */
	*reading = (struct reading){ 0 };
}

static bool fits(const char *language, const struct canvas *canvas,
		 const struct canvas_area *area, const char *text, size_t start,
		 size_t end)
{
	SCOPED(char_wipep) char *piece = xstrndup(text + start, end - start);
	struct canvas_text measured = canvas_text_in(area, piece, language);

	measured.h = INT_MAX / 4;
	return canvas_text_rows(canvas, &measured) <= area->h;
}

static size_t next_word(const char *text, size_t at)
{
	at += strspn(text + at, " ");
	return at + strcspn(text + at, " ");
}

/* Where a page may end, the best first: behind a sentence; behind a word where
 * one sentence is more than a page; anywhere in a script without blanks. */
static size_t (*const ends[])(const char *text, size_t at) = {
	text_next_sentence,
	next_word,
	text_next_cluster,
};

size_t reading_end(const char *language, const struct canvas *canvas,
		   const struct canvas_area *area, const char *text,
		   size_t start)
{
	size_t end = start, next;

	for (size_t i = 0; i < COUNT(ends) && end == start; i++) {
		while (text[end] && (next = ends[i](text, end)) &&
		       fits(language, canvas, area, text, start, next))
			end = next;
	}
	return end;
}

/* Where the page begins and ends; counts the pages as they are now. */
static void find_page(struct reading *reading, const struct ask_look *look,
		      const struct canvas *canvas,
		      const struct canvas_area *area, size_t *start,
		      size_t *end)
{
	size_t at = 0;

	for (reading->pages = 0; !reading->pages || reading->text[at];
	     reading->pages++) {
		size_t next = reading_end(look->language->tag, canvas, area,
					  reading->text, at);

		if (next == at)
			next = strlen(reading->text);
		if (reading->pages <= reading->page) {
			*start = at;
			*end = next;
		}
		at = next;
	}
	if (reading->page >= reading->pages)
		reading->page = reading->pages - 1;
}

#define LOW 6 /* rows: a row to go on of two would leave too little */

static void draw_onward(const struct ask_look *look, struct canvas *canvas,
			const struct canvas_area *area)
{
	SCOPED(char_wipep)
	char *next = catalogue_word(look->words, "kiosk.next");
	SCOPED(char_wipep)
	char *line = xasprintf("%s  %s", canvas_onward(canvas), next);
	struct canvas_area inside = { area->y, area->x + 1, area->h,
				      area->w - 2 };
	struct canvas_text text =
	    canvas_text_in(&inside, line, look->language->tag);

	canvas_fill(canvas, area->y, area->x, area->h, area->w, CANVAS_FOCUS);
	text.colour = CANVAS_FOCUS;
	text.style = CANVAS_BOLD;
	text.middle = true;
	canvas_text(canvas, &text);
}

void reading_draw(struct reading *reading, const struct ask_look *look,
		  struct canvas *canvas, const struct canvas_area *area)
{
	int row = area->h < LOW ? 1 : 2;
	struct canvas_area page = { area->y, area->x, area->h - row, area->w };
	struct canvas_area below = { area->y + area->h - row, area->x, row,
				     area->w };
	SCOPED(char_wipep) char *piece = NULL;
	struct canvas_text text;
	size_t start = 0, end = 0;

	reading->drawn = canvas_on_screen(canvas, *area);
	if (page.h > LOW)
		page.h--; /* a blank row between */
	find_page(reading, look, canvas, &page, &start, &end);
	piece = xstrndup(reading->text + start, end - start);
	text = canvas_text_in(&page, piece, look->language->tag);
	canvas_text(canvas, &text);
	draw_onward(look, canvas, &below);
}

bool reading_onward(struct reading *reading)
{
	if (reading->page + 1 >= reading->pages)
		return false;
	reading->page++;
	return true;
}

bool reading_back(struct reading *reading)
{
	if (!reading->page)
		return false;
	reading->page--;
	return true;
}

bool reading_key_onward(const struct reading *reading,
			const struct ui_event *event)
{
	if (event->key == UI_KEY_POINT)
		return canvas_area_holds(&reading->drawn, event->y, event->x);
	return event->key == UI_KEY_ENTER || event->key == UI_KEY_DOWN ||
	       event->key == UI_KEY_PAGE_DOWN;
}

bool reading_key_back(const struct ui_event *event)
{
	return event->key == UI_KEY_UP || event->key == UI_KEY_PAGE_UP;
}
