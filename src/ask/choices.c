#include "ask/choices.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text/cells.h"

struct choices {
	struct choices_look look;
	const char *const *labels;
	const char *const *languages;
	size_t count;
	bool ticked[CHOICES_MAX];
	size_t selected;
	/* Filled when drawn: what stands where on the page that is up. */
	size_t first, shown; /* rows of this page */
	bool has_more;
	struct field_area spots[CHOICES_PAGE + 1]; /* the last: "more" */
};

struct choices *choices_new(const struct choices_look *look)
{
	struct choices *choices = xcalloc(1, sizeof *choices);

	choices->look = *look;
	if (choices->look.columns < 1)
		choices->look.columns = 1;
	return choices;
}

void choices_free(struct choices *choices)
{
	if (!choices)
		return;
	explicit_bzero(choices, sizeof *choices);
	free(choices);
}

void choices_set(struct choices *choices, const char *const *labels,
		 const char *const *languages, size_t count)
{
	choices->labels = labels;
	choices->languages = languages;
	choices->count = count < CHOICES_MAX ? count : CHOICES_MAX;
	memset(choices->ticked, 0, sizeof choices->ticked);
	choices->selected = 0;
	choices->first = 0;
}

void choices_tick(struct choices *choices, size_t row, bool ticked)
{
	assert(row < choices->count);
	choices->ticked[row] = ticked;
}

bool choices_ticked(const struct choices *choices, size_t row)
{
	return choices->ticked[row];
}

void choices_select(struct choices *choices, size_t row)
{
	assert(row < choices->count);
	choices->selected = row;
}

size_t choices_selected(const struct choices *choices)
{
	return choices->selected;
}

void choices_set_row_height(struct choices *choices, int row_height)
{
	choices->look.row_height = row_height;
}

int choices_height(const struct choices *choices)
{
	int columns = choices->look.columns;

	return ((int)choices->count + columns - 1) / columns *
	       choices->look.row_height;
}

/* --- drawing --------------------------------------------------------------- */

/* How many rows a page holds when "more" takes one of the places. */
static size_t page_size(const struct choices *choices,
			const struct field_area *area)
{
	int rows = area->h / choices->look.row_height;
	size_t places = (size_t)(rows > 0 ? rows : 1) *
			(size_t)choices->look.columns;

	if (choices->count <= places && choices->count <= CHOICES_PAGE)
		return choices->count;
	places = places > 1 ? places - 1 : 1;
	return places < CHOICES_PAGE ? places : CHOICES_PAGE;
}

static struct field_area spot_of(const struct choices *choices,
				 const struct field_area *area, size_t place)
{
	int columns = choices->look.columns;
	int w = area->w / columns;

	return (struct field_area){
		.y = area->y +
		     (int)place / columns * choices->look.row_height,
		.x = area->x + (int)place % columns * w,
		.h = choices->look.row_height,
		.w = columns > 1 ? w - 1 : w,
	};
}

/* "▸ 2  ✓ Food", or without the signs that do not apply. */
static char *row_text(const struct choices *choices, size_t row, size_t number)
{
	bool focus = row == choices->selected;
	bool rtl = choices->look.language->right_to_left;
	const char *marker = focus ? (rtl ? "◂" : "▸") : " ";
	const char *tick = !choices->look.several   ? ""
			   : choices->ticked[row] ? "[✓] "
						    : "[ ] ";

	return xasprintf("%s %zu  %s%s", marker, number, tick,
			 choices->labels[row]);
}

static void draw_spot(const struct choices *choices, struct canvas *canvas,
		      const struct field_area *spot, const char *text,
		      const char *language, bool focus)
{
	enum canvas_colour colour = focus ? CANVAS_FOCUS : CANVAS_INK;

	canvas_fill(canvas, spot->y, spot->x, spot->h, spot->w, colour);
	canvas_text(canvas,
		    &(struct canvas_text){
			.y = spot->y,
			.x = spot->x,
			.h = spot->h,
			.w = spot->w,
			.text = text,
			.language = language ? language
					     : choices->look.language->tag,
			.style = focus ? CANVAS_BOLD : CANVAS_PLAIN,
			.colour = colour,
			.caret = -1,
		    });
}

/* Touches come in cells of the screen; what is drawn may be mirrored. */
static struct field_area on_screen(const struct canvas *canvas,
				   struct field_area spot)
{
	if (canvas_mirrored(canvas))
		spot.x = canvas_columns(canvas) - spot.x - spot.w;
	return spot;
}

static void draw_more(struct choices *choices, struct canvas *canvas,
		      const struct field_area *area)
{
	struct field_area spot = spot_of(choices, area, choices->shown);
	SCOPED(char_freep)
	char *text = xasprintf("  0  %s …", choices->look.more);

	draw_spot(choices, canvas, &spot, text, NULL, false);
	choices->spots[CHOICES_PAGE] = on_screen(canvas, spot);
}

void choices_draw(struct choices *choices, struct canvas *canvas,
		  const struct field_area *area)
{
	size_t size;

	if (!choices->count)
		return;
	size = page_size(choices, area);
	choices->first = choices->selected / size * size;
	choices->shown = choices->count - choices->first < size
			     ? choices->count - choices->first
			     : size;
	choices->has_more = choices->count > size;
	for (size_t i = 0; i < choices->shown; i++) {
		size_t row = choices->first + i;
		struct field_area spot = spot_of(choices, area, i);
		SCOPED(char_freep)
		char *text = row_text(choices, row, i + 1);

		draw_spot(choices, canvas, &spot, text,
			  choices->languages ? choices->languages[row] : NULL,
			  row == choices->selected);
		choices->spots[i] = on_screen(canvas, spot);
	}
	if (choices->has_more)
		draw_more(choices, canvas, area);
}

/* --- keys ------------------------------------------------------------------ */

static enum choices_event move(struct choices *choices, long to)
{
	long last = (long)choices->count - 1;

	choices->selected = (size_t)(to < 0 ? 0 : to > last ? last : to);
	return CHOICES_MOVED;
}

static enum choices_event act(struct choices *choices, size_t row)
{
	choices->selected = row;
	if (!choices->look.several)
		return CHOICES_PICKED;
	choices->ticked[row] = !choices->ticked[row];
	return CHOICES_TICKED;
}

/* From the last page "more" leads to the first. */
static enum choices_event show_more(struct choices *choices)
{
	size_t next = choices->first + choices->shown;

	return move(choices, next < choices->count ? (long)next : 0);
}

static enum choices_event digit(struct choices *choices, uint32_t character)
{
	size_t number = character - '0';

	if (!number)
		return choices->has_more ? show_more(choices)
					 : CHOICES_IGNORED;
	return number <= choices->shown ? act(choices,
					      choices->first + number - 1)
					: CHOICES_IGNORED;
}

static bool is_in(const struct field_area *spot, const struct ui_event *event)
{
	return event->y >= spot->y && event->y < spot->y + spot->h &&
	       event->x >= spot->x && event->x < spot->x + spot->w;
}

static enum choices_event touch(struct choices *choices,
				const struct ui_event *event)
{
	for (size_t i = 0; i < choices->shown; i++) {
		if (is_in(&choices->spots[i], event))
			return act(choices, choices->first + i);
	}
	if (choices->has_more && is_in(&choices->spots[CHOICES_PAGE], event))
		return show_more(choices);
	return CHOICES_IGNORED;
}

enum choices_event choices_key(struct choices *choices,
			       const struct ui_event *event)
{
	long selected = (long)choices->selected;

	if (!choices->count)
		return CHOICES_IGNORED;
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return move(choices, selected - 1);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return move(choices, selected + 1);
	case UI_KEY_HOME:
		return move(choices, 0);
	case UI_KEY_END:
		return move(choices, (long)choices->count - 1);
	case UI_KEY_ENTER:
		return act(choices, choices->selected);
	case UI_KEY_POINT:
		return touch(choices, event);
	case UI_KEY_TEXT:
		if (event->character >= '0' && event->character <= '9')
			return digit(choices, event->character);
		if (event->character == ' ')
			return act(choices, choices->selected);
		return CHOICES_IGNORED;
	default:
		return CHOICES_IGNORED;
	}
}
