#include "ui/bar.h"

#include "text/cells.h"

#define SIGN_CELLS 3 /* of a drawn sign */

static bool has_word(const struct bar_item *item, const struct bar_look *look)
{
	return item->word && (look->words || item->keep_word || !item->sign);
}

static bool is_drawn(const struct canvas *canvas, const struct bar_look *look,
		     const struct bar_item *item)
{
	return look->rows > 1 && item->pictogram && canvas_has_plates(canvas);
}

/* The caller frees it. */
static char *item_text(const struct bar_item *item, const struct bar_look *look)
{
	if (!has_word(item, look))
		return xstrdup(item->sign);
	if (!item->sign)
		return xstrdup(item->word);
	return item->sign_behind ? xasprintf("%s %s", item->word, item->sign)
				 : xasprintf("%s %s", item->sign, item->word);
}

/* Drawn letters may be a little wider than cells; a word is kept whole. */
static int word_cells(const char *word)
{
	int cells = text_cells(word);

	return cells + cells / 4 + 2;
}

static int item_cells(const struct canvas *canvas, const struct bar_look *look,
		      const struct bar_item *item)
{
	SCOPED(char_freep) char *text = item_text(item, look);

	if (!is_drawn(canvas, look, item))
		return text_cells(text);
	return SIGN_CELLS +
	       (has_word(item, look) ? 1 + word_cells(item->word) : 0);
}

int bar_cells(const struct canvas *canvas, const struct bar_look *look,
	      const struct bar_item *items, size_t count)
{
	int cells = 0;

	for (size_t i = 0; i < count; i++)
		cells += item_cells(canvas, look, &items[i]) +
			 (i ? text_cells(look->between) : 0);
	return cells;
}

static void draw_words(struct canvas *canvas, const struct bar_look *look,
		       const struct canvas_area *area, const char *text,
		       enum canvas_align align)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = text,
				.language = look->language,
				.colour = look->colour,
				.align = align,
				.caret = -1,
				.apart = true,
				.middle = area->h > 1,
			    });
}

/* The drawn sign, and the word beside it where it has one. */
static void draw_sign(struct canvas *canvas, const struct bar_look *look,
		      const struct bar_item *item,
		      const struct canvas_area *area)
{
	struct canvas_area word = *area;
	int sign = area->x;

	word.w -= SIGN_CELLS + 1;
	if (item->sign_behind)
		sign = area->x + area->w - SIGN_CELLS;
	else
		word.x += SIGN_CELLS + 1;
	canvas_pictogram(canvas, area->y, sign, area->h, SIGN_CELLS,
			 item->pictogram, look->colour);
	if (has_word(item, look))
		draw_words(canvas, look, &word, item->word,
			   item->sign_behind ? CANVAS_END : CANVAS_START);
}

static void draw_item(struct bar *bar, struct canvas *canvas,
		      const struct bar_look *look, const struct bar_item *item,
		      const struct canvas_area *area)
{
	SCOPED(char_freep) char *text = item_text(item, look);

	if (item->hidden || bar->count == BAR_MAX)
		return;
	if (is_drawn(canvas, look, item))
		draw_sign(canvas, look, item, area);
	else
		draw_words(canvas, look, area, text,
			   item->at_end ? CANVAS_END : CANVAS_START);
	bar->spots[bar->count++] = (struct bar_spot){
		.on_screen = canvas_on_screen(canvas, *area),
		.id = item->id,
	};
}

static void draw_from_start(struct bar *bar, struct canvas *canvas,
			    struct canvas_area place,
			    const struct bar_look *look,
			    const struct bar_item *items, size_t count)
{
	int between = text_cells(look->between), end = place.x + place.w;
	bool first = true;

	for (size_t i = 0; i < count; i++) {
		int wide = item_cells(canvas, look, &items[i]);
		struct canvas_area gap = { place.y, place.x, place.h, between };
		struct canvas_area area = { place.y,
					    place.x + (first ? 0 : between),
					    place.h, wide };

		if (items[i].at_end)
			continue;
		if (area.x + wide > end)
			break;
		if (!first && place.h == 1)
			draw_words(canvas, look, &gap, look->between,
				   CANVAS_START);
		draw_item(bar, canvas, look, &items[i], &area);
		place.x = area.x + wide;
		first = false;
	}
}

/* Returns where the items at the end begin. */
static int draw_at_end(struct bar *bar, struct canvas *canvas,
		       struct canvas_area place, const struct bar_look *look,
		       const struct bar_item *items, size_t count)
{
	int between = text_cells(look->between), end = place.x + place.w;

	for (size_t i = count; i-- > 0;) {
		int wide = item_cells(canvas, look, &items[i]);
		struct canvas_area area = { place.y, end - wide, place.h,
					    wide };

		if (!items[i].at_end)
			continue;
		draw_item(bar, canvas, look, &items[i], &area);
		end -= wide + between;
	}
	return end;
}

void bar_draw(struct bar *bar, struct canvas *canvas, int y, int x, int w,
	      const struct bar_look *look, const struct bar_item *items,
	      size_t count)
{
	struct canvas_area place = { y, x, look->rows > 1 ? look->rows : 1, w };

	bar->count = 0;
	place.w = draw_at_end(bar, canvas, place, look, items, count) - x;
	draw_from_start(bar, canvas, place, look, items, count);
}

/* A finger is wider than a word: one cell more on each side. */
int bar_touched(const struct bar *bar, const struct ui_event *event)
{
	for (size_t i = 0; event->key == UI_KEY_POINT && i < bar->count; i++) {
		struct canvas_area area = bar->spots[i].on_screen;

		area.x--;
		area.w += 2;
		if (canvas_area_holds(&area, event->y, event->x))
			return bar->spots[i].id;
	}
	return 0;
}
