#include "ui/spin.h"

#define LARGE 6 /* rows */

static struct canvas_area draw_arrow(struct canvas *canvas,
				     struct canvas_area area, const char *sign)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = area.x,
				.h = area.h,
				.w = area.w,
				.text = sign,
				.language = "en",
				.colour = CANVAS_ACCENT,
				.align = CANVAS_CENTRE,
				.caret = -1,
				.middle = true,
			    });
	return canvas_on_screen(canvas, area);
}

static void draw_part(struct spin *spin, struct canvas *canvas,
		      const struct canvas_area *area,
		      const struct spin_look *look)
{
	enum canvas_colour colour = look->focused ? CANVAS_FOCUS
				    : look->blank ? CANVAS_QUIET
						  : CANVAS_INK;

	canvas_fill(canvas, area->y, area->x, area->h, area->w, colour);
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = look->text,
				.language = look->language,
				.style = look->blank   ? CANVAS_PLAIN
					 : area->h > 1 ? CANVAS_HEADING
						       : CANVAS_BOLD,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
				.middle = true,
			    });
	spin->part = canvas_on_screen(canvas, *area);
}

void spin_draw(struct spin *spin, struct canvas *canvas,
	       struct canvas_area area, const struct spin_look *look)
{
	int high = area.h >= LARGE ? 2 : 1;
	struct canvas_area arrow = { area.y, area.x, high, area.w };

	*spin = (struct spin){ 0 };
	if (area.h >= 3) {
		spin->above = draw_arrow(canvas, arrow, "▴");
		arrow.y = area.y + area.h - high;
		spin->below = draw_arrow(canvas, arrow, "▾");
		area.y += high;
		area.h -= 2 * high;
	}
	draw_part(spin, canvas, &area, look);
}

enum spin_touch spin_touched(const struct spin *spin,
			     const struct ui_event *event)
{
	int y = event->y, x = event->x;

	if (canvas_area_holds(&spin->above, y, x))
		return SPIN_MORE;
	if (canvas_area_holds(&spin->below, y, x))
		return SPIN_LESS;
	return canvas_area_holds(&spin->part, y, x) ? SPIN_ITSELF : SPIN_MISSED;
}
