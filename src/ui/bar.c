#include "ui/bar.h"

#include "text/cells.h"

/* The caller frees it. */
static char *item_text(const struct bar_item *item, bool words)
{
	if (!item->word || !(words || item->keep_word))
		return xstrdup(item->sign);
	if (!item->sign)
		return xstrdup(item->word);
	return item->sign_behind ? xasprintf("%s %s", item->word, item->sign)
				 : xasprintf("%s %s", item->sign, item->word);
}

struct place {
	int y, x, limit; /* x grows; limit is where the others begin */
};

static void draw_words(struct canvas *canvas, const struct bar_look *look,
		       const struct canvas_area *area, const char *text,
		       enum canvas_align align)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = 1,
				.w = area->w,
				.text = text,
				.language = look->language,
				.colour = look->colour,
				.align = align,
				.caret = -1,
			    });
}

static void draw_item(struct bar *bar, struct canvas *canvas,
		      const struct bar_look *look, const struct bar_item *item,
		      const struct canvas_area *area, const char *text)
{
	if (item->hidden || bar->count == BAR_MAX)
		return;
	draw_words(canvas, look, area, text,
		   item->at_end ? CANVAS_END : CANVAS_START);
	bar->spots[bar->count++] = (struct bar_spot){
		.on_screen = canvas_on_screen(canvas, *area),
		.id = item->id,
	};
}

static void draw_from_start(struct bar *bar, struct canvas *canvas,
			    struct place place, const struct bar_look *look,
			    const struct bar_item *items, size_t count)
{
	int between = text_cells(look->between);
	bool first = true;

	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *text = item_text(&items[i], look->words);
		int wide = text_cells(text);
		struct canvas_area gap = { place.y, place.x, 1, between };
		struct canvas_area area = { place.y,
					    place.x + (first ? 0 : between), 1,
					    wide };

		if (items[i].at_end)
			continue;
		if (area.x + wide > place.limit)
			break;
		if (!first)
			draw_words(canvas, look, &gap, look->between,
				   CANVAS_START);
		draw_item(bar, canvas, look, &items[i], &area, text);
		place.x = area.x + wide;
		first = false;
	}
}

/* Returns where the items at the end begin. */
static int draw_at_end(struct bar *bar, struct canvas *canvas, int y, int end,
		       const struct bar_look *look,
		       const struct bar_item *items, size_t count)
{
	int between = text_cells(look->between);

	for (size_t i = count; i-- > 0;) {
		SCOPED(char_freep)
		char *text = item_text(&items[i], look->words);
		int wide = text_cells(text);
		struct canvas_area area = { y, end - wide, 1, wide };

		if (!items[i].at_end)
			continue;
		draw_item(bar, canvas, look, &items[i], &area, text);
		end -= wide + between;
	}
	return end;
}

void bar_draw(struct bar *bar, struct canvas *canvas, int y, int x, int w,
	      const struct bar_look *look, const struct bar_item *items,
	      size_t count)
{
	int limit;

	bar->count = 0;
	limit = draw_at_end(bar, canvas, y, x + w, look, items, count);
	draw_from_start(bar, canvas, (struct place){ y, x, limit }, look, items,
			count);
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
