#include "ui/choice_inside.h"

#include <stdio.h>
#include <stdlib.h>

static void add_spot(struct choice *choice, const struct canvas *canvas,
		     const struct canvas_area *area, size_t row,
		     enum choice_control control)
{
	choice->spots[choice->spot_count++] = (struct choice_spot){
		.on_screen = canvas_on_screen(canvas, *area),
		.row = row,
		.control = control,
	};
}

/* Signs that are drawn, where that makes them larger than a letter. */
static bool draws_signs(const struct canvas *canvas, int h)
{
	return canvas_has_plates(canvas) && h > 1;
}

static void draw_marker(struct canvas *canvas, const struct canvas_area *area)
{
	const char *sign = canvas_mirrored(canvas) ? "left" : "right";

	if (draws_signs(canvas, area->h))
		canvas_pictogram(canvas, area->y, area->x, area->h,
				 CHOICE_MARKER, sign, CANVAS_FOCUS);
	else
		canvas_text(canvas, &(struct canvas_text){
					.y = area->y,
					.x = area->x,
					.h = area->h,
					.w = CHOICE_MARKER,
					.text = canvas_onward(canvas),
					.language = "en",
					.style = CANVAS_BOLD,
					.colour = CANVAS_FOCUS,
					.caret = -1,
					.middle = true,
				    });
}

/* The ground of a row, and what tells that it has the focus. */
static void draw_ground(struct canvas *canvas, const struct canvas_area *area,
			bool focus)
{
	canvas_fill(canvas, area->y, area->x, area->h, area->w,
		    focus ? CANVAS_FOCUS : CANVAS_INK);
	if (focus)
		draw_marker(canvas, area);
}

/* Words from a column of the row on; like.w is 0 for the rest of the row. */
static void draw_words(struct canvas *canvas, const struct canvas_area *area,
		       int column, struct canvas_text like, bool focus)
{
	like.y = area->y;
	like.x = area->x + column;
	like.h = area->h;
	like.w = like.w ? like.w : choice_most(area->w - column, 1);
	like.middle = true;
	like.caret = -1;
	if (focus) {
		like.colour = CANVAS_FOCUS;
		like.style = CANVAS_BOLD;
	}
	canvas_text(canvas, &like);
}

/* The number, or what stands for it while the answer is confirmed. */
static void put_number(const struct choice *choice, size_t row, char number[8])
{
	size_t place = row - choice_first_of_page(choice);

	if (choice->confirmed && row == choice->selected)
		snprintf(number, 8, "✓");
	else
		snprintf(number, 8, "%c",
			 place < CHOICE_NUMBERS ? (char)('1' + place) : ' ');
}

/* The row's picture, no higher than others have room for. */
static void draw_picture(const struct choice *choice, struct canvas *canvas,
			 const struct canvas_area *area, int column, size_t row,
			 enum canvas_colour colour)
{
	int spare =
	    area->h > choice_picture_rows(choice->row_height)
		? (area->h - choice_picture_rows(choice->row_height)) / 2
		: 0;

	canvas_drawing(canvas, area->y + spare, area->x + column,
		       area->h - 2 * spare,
		       choice_picture_cells(choice, canvas) - 1,
		       choice->rows[row].picture, colour);
}

/* Number, drawn mark, picture and label, each on its own. */
static void draw_signed_row(const struct choice *choice, struct canvas *canvas,
			    const struct canvas_area *area,
			    struct canvas_text label, size_t row, bool focus)
{
	enum canvas_colour colour = focus ? CANVAS_FOCUS : label.colour;
	struct canvas_text number = label;
	int column = CHOICE_MARKER + choice_number_cells(canvas);
	char digit[8];

	put_number(choice, row, digit);
	number.text = digit;
	number.w = choice_number_cells(canvas);
	number.lead = label.lead = NULL;
	label.w = 0;
	draw_words(canvas, area, CHOICE_MARKER, number, focus);
	if (choice->several) {
		canvas_pictogram(
		    canvas, area->y, area->x + column, area->h, CHOICE_MARK,
		    choice->rows[row].checked ? "checked" : "box", colour);
		column += CHOICE_MARK;
	}
	if (choice->rows[row].picture)
		draw_picture(choice, canvas, area, column, row, colour);
	draw_words(canvas, area,
		   CHOICE_MARKER + choice_lead_cells(choice, canvas), label,
		   focus);
}

/* Number and mark as the label's own lead. */
static void draw_plain_row(const struct choice *choice, struct canvas *canvas,
			   const struct canvas_area *area,
			   struct canvas_text label, size_t row, bool focus)
{
	char number[8], lead[16];

	put_number(choice, row, number);
	snprintf(lead, sizeof lead, "%s%s", number,
		 !choice->several            ? ""
		 : choice->rows[row].checked ? "  ☑"
					     : "  ☐");
	label.lead = lead;
	label.w = 0;
	draw_words(canvas, area, CHOICE_MARKER, label, focus);
}

static void draw_row(struct choice *choice, struct canvas *canvas,
		     const struct canvas_area *area, size_t row)
{
	struct canvas_text text =
	    choice_label_text(choice, canvas, row, area->w);
	bool focus = row == choice->selected && !choice->on_control;

	if (choice->rows[row].checked) {
		text.style = CANVAS_BOLD;
		text.colour = CANVAS_ACCENT;
	}
	draw_ground(canvas, area, focus);
	if (draws_signs(canvas, area->h) &&
	    (choice->several || choice_picture_cells(choice, canvas)))
		draw_signed_row(choice, canvas, area, text, row, focus);
	else
		draw_plain_row(choice, canvas, area, text, row, focus);
	add_spot(choice, canvas, area, row, CONTROL_MORE);
}

static char *control_words(const struct choice *choice,
			   const struct canvas *canvas,
			   enum choice_control control)
{
	const char *words = choice->words[control];

	if (control == CONTROL_EXTRA)
		return xstrdup(words);
	return control == CONTROL_NEXT
		   ? xasprintf("%s %s", words, canvas_onward(canvas))
		   : xasprintf("%s  …", words ? words : "");
}

static void draw_control(struct choice *choice, struct canvas *canvas,
			 const struct canvas_area *area,
			 enum choice_control control)
{
	bool focus = choice->on_control && choice->control == control;
	SCOPED(char_freep)
	char *words = control_words(choice, canvas, control);
	struct canvas_text text = {
		.text = words,
		.language = choice->language,
		.style = control == CONTROL_NEXT ? CANVAS_BOLD : CANVAS_PLAIN,
	};

	if (control == CONTROL_MORE) {
		text.lead = "0";
		text.lead_cells = choice_number_cells(canvas);
	}
	draw_ground(canvas, area, focus);
	draw_words(canvas, area, CHOICE_MARKER, text, focus);
	add_spot(choice, canvas, area, choice->count, control);
}

static void draw_controls(struct choice *choice, struct canvas *canvas,
			  struct canvas_area area)
{
	int count = 0;

	for (int i = 0; i < CONTROLS; i++)
		count += choice_has_control(choice, (enum choice_control)i);
	if (!count)
		return;
	area.w = (area.w - (count - 1)) / count;
	for (int i = 0; i < CONTROLS; i++) {
		if (!choice_has_control(choice, (enum choice_control)i))
			continue;
		draw_control(choice, canvas, &area, (enum choice_control)i);
		area.x += area.w + 1;
	}
}

static void draw_page(struct choice *choice, struct canvas *canvas,
		      const struct canvas_area *area)
{
	size_t page = choice_page_of(choice, choice->selected);
	int width = choice_tile_width(choice, area->w), y = area->y;

	for (size_t row = choice->starts[page]; row < choice->starts[page + 1];
	     row += (size_t)choice->columns) {
		int height = choice_band_height(choice, row);

		if (y + height > area->y + area->h)
			height = choice_most(area->y + area->h - y, 1);
		for (int i = 0; i < choice->columns; i++) {
			struct canvas_area tile = {
				.y = y,
				.x = area->x + i * (width + 1),
				.h = height,
				.w = width,
			};

			if (row + (size_t)i < choice->starts[page + 1])
				draw_row(choice, canvas, &tile,
					 row + (size_t)i);
		}
		y += height;
	}
}

void choice_draw(struct choice *choice, struct canvas *canvas,
		 struct canvas_area area)
{
	int control, highest;

	area.h = choice_most(area.h, 1);
	highest = choice_make_pages(choice, canvas, &area, &control);
	choice->mirrored = canvas_mirrored(canvas);
	choice->spot_count = 0;
	if (choice->on_control && !choice_has_control(choice, choice->control))
		choice->on_control = false;
	/* A row that is higher than the page gives way to what turns it. */
	if (highest + control > area.h && control)
		control = 1;
	draw_page(choice, canvas,
		  &(struct canvas_area){ area.y, area.x,
					 choice_most(area.h - control, 1),
					 area.w });
	if (control) {
		int y = area.y + highest;

		if (y + control > area.y + area.h)
			y = choice_most(area.y + area.h - control, area.y);
		draw_controls(
		    choice, canvas,
		    (struct canvas_area){ y, area.x, control, area.w });
	}
}
