#include "ask/told.h"

#include <stdlib.h>

#include "ask/field.h"
#include "ask/heading.h"

const struct told_pause told_person = {
	.heading = "kiosk.person_heading",
	.text = "kiosk.person_text",
	.keys = { "kiosk.person_wait", "kiosk.go_on" },
};

const struct told_pause told_waiting = {
	.heading = "kiosk.person_waiting",
	.keys = { "kiosk.go_on" },
};

const struct told_pause told_erase = {
	.heading = "kiosk.erase_heading",
	.keys = { "kiosk.erase_no", "kiosk.erase_yes" },
};

const struct told_pause told_idle = {
	.heading = "kiosk.idle",
	.text = "kiosk.idle_text",
	.keys = { "kiosk.still_here" },
};

const struct told_pause told_came_out = {
	.heading = "kiosk.came_out",
	.keys = { "kiosk.yes", "kiosk.no" },
};

#define USUAL_ROWS 4 /* of a heading that is all there is */
#define NUMBER_ROWS 3
#define SERVICES_ROWS 13 /* of a screen that has room for their key */
#define SERVICES_LEAD 5  /* cells for a number before a key, and behind it */

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int percent_of(int text_size)
{
	return text_size > 1 ? ask_percent(text_size) : 100;
}

static void begin(const struct told *told, struct canvas *canvas)
{
	canvas_mirror(canvas, told->language->right_to_left);
	canvas_magnify(canvas, percent_of(told->text_size));
	canvas_clear(canvas);
}

/* Centred, margin cells from both sides. A heading of more than its usual rows
 * is larger, if the text size wants it. */
static int put(const struct told *told, struct canvas *canvas,
	       const struct canvas_text *text, int margin)
{
	struct canvas_text placed = *text;

	placed.x = margin;
	placed.w = canvas_columns(canvas) - 2 * margin;
	placed.language = told->language->tag;
	placed.align = CANVAS_CENTRE;
	placed.caret = -1;
	return placed.style == CANVAS_HEADING
		   ? heading_draw(canvas, &placed, least(placed.h, USUAL_ROWS))
		   : canvas_text(canvas, &placed);
}

static int put_word(const struct told *told, struct canvas *canvas,
		    const char *key, struct canvas_text text, int margin)
{
	SCOPED(char_freep) char *word = catalogue_word(told->words, key);

	text.text = word;
	return put(told, canvas, &text, margin);
}

/* --- told, and no more ---------------------------------------------------- */

void told_welcome(const struct told *told, struct canvas *canvas)
{
	int middle = canvas_rows(canvas) / 2;

	canvas_mirror(canvas, false);
	canvas_magnify(canvas, 100);
	canvas_clear(canvas);
	canvas_pictogram(canvas, middle - 5, canvas_columns(canvas) / 2 - 4, 4,
			 8, "hand", CANVAS_ACCENT);
	put_word(
	    told, canvas, "kiosk.welcome",
	    (struct canvas_text){ .y = middle, .h = 3, .style = CANVAS_NUMBER },
	    2);
	put_word(told, canvas, "kiosk.touch_to_start",
		 (struct canvas_text){ .y = canvas_rows(canvas) - 2,
				       .h = 1,
				       .colour = CANVAS_QUIET },
		 2);
}

struct canvas_area told_welcome_services(const struct told *told, bool focused,
					 struct canvas *canvas)
{
	SCOPED(char_freep)
	char *word = catalogue_word(told->words, "kiosk.services");
	const enum canvas_colour colour = focused ? CANVAS_FOCUS : CANVAS_KEY;
	const int columns = canvas_columns(canvas);
	int w = canvas_text_cells(canvas, word, told->language->tag) +
		2 * SERVICES_LEAD;
	struct canvas_area area = { .y = canvas_rows(canvas) - 4, .h = 2 };

	if (canvas_rows(canvas) < SERVICES_ROWS)
		return (struct canvas_area){ 0 };
	area.w = least(w, columns - 4);
	area.x = (columns - area.w) / 2;
	canvas_fill(canvas, area.y, area.x, area.h, area.w, colour);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = area.x + 1,
				.h = area.h,
				.w = SERVICES_LEAD - 1,
				.text = focused ? "▸ 2" : "2",
				.language = "en",
				.style = CANVAS_BOLD,
				.colour = colour,
				.caret = -1,
				.middle = true,
			    });
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = area.x + SERVICES_LEAD,
				.h = area.h,
				.w = area.w - 2 * SERVICES_LEAD,
				.text = word,
				.language = told->language->tag,
				.style = CANVAS_BOLD,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
				.middle = true,
			    });
	return canvas_on_screen(canvas, area);
}

void told_printing(const struct told *told, struct canvas *canvas)
{
	int middle = canvas_rows(canvas) / 2;

	begin(told, canvas);
	canvas_pictogram(canvas, middle - 4, canvas_columns(canvas) / 2 - 4, 3,
			 8, "paper", CANVAS_ACCENT);
	put_word(told, canvas, "kiosk.printing",
		 (struct canvas_text){
		     .y = middle, .h = middle - 1, .style = CANVAS_HEADING },
		 2);
}

void told_trouble(const struct told *told, struct canvas *canvas)
{
	int y = canvas_rows(canvas) / 3;

	begin(told, canvas);
	put_word(told, canvas, "kiosk.trouble",
		 (struct canvas_text){ .y = y,
				       .h = canvas_rows(canvas) - y - 1,
				       .style = CANVAS_HEADING },
		 4);
}

/* --- the last screen ------------------------------------------------------ */

#define SYMBOL_ROW 3

/* In half blocks a symbol needs many rows; as a plate it is scaled. */
bool told_symbol_fits(int side, const struct canvas *canvas)
{
	int rows = canvas_rows(canvas) - SYMBOL_ROW;

	if (!side)
		return false;
	if (canvas_has_plates(canvas))
		return rows >= 8;
	return rows >= canvas_symbol_rows(side) &&
	       canvas_columns(canvas) >= canvas_symbol_columns(side);
}

static void draw_symbol(const struct told_last *last, struct canvas *canvas)
{
	int rows = canvas_rows(canvas) - SYMBOL_ROW;
	int columns = canvas_columns(canvas);
	int w = canvas_has_plates(canvas) ? rows * 5 / 2
					  : canvas_symbol_columns(last->side);

	canvas_symbol(canvas, SYMBOL_ROW, (columns - w) / 2, rows, w,
		      last->modules, last->side);
}

/* The symbol has what room there is: the words keep their usual size. */
static void draw_with_symbol(const struct told *told,
			     const struct told_last *last, const char *line,
			     struct canvas *canvas)
{
	canvas_magnify(canvas, 100);
	put(told, canvas,
	    &(struct canvas_text){ .h = 2, .text = line, .style = CANVAS_BOLD },
	    2);
	put(told, canvas,
	    &(struct canvas_text){ .y = 2,
				   .h = 1,
				   .text = last->number,
				   .style = CANVAS_BOLD,
				   .colour = CANVAS_ACCENT },
	    2);
	draw_symbol(last, canvas);
}

static void draw_with_number(const struct told *told,
			     const struct told_last *last, const char *line,
			     struct canvas *canvas)
{
	int label = canvas_line_rows(canvas);
	int most = canvas_rows(canvas) - 1 - (1 + label + 1 + NUMBER_ROWS);
	int y = 1 + put(told, canvas,
			&(struct canvas_text){ .y = 1,
					       .h = most > 3 ? most : 3,
					       .text = line,
					       .style = CANVAS_HEADING },
			2);

	y += (canvas_rows(canvas) - y - label - 1 - NUMBER_ROWS) / 3;
	y += put_word(
	    told, canvas, "kiosk.number",
	    (struct canvas_text){ .y = y, .h = label, .colour = CANVAS_QUIET },
	    2);
	put(told, canvas,
	    &(struct canvas_text){ .y = y + 1,
				   .h = NUMBER_ROWS,
				   .text = last->number,
				   .style = CANVAS_NUMBER },
	    2);
}

void told_last(const struct told *told, const struct told_last *last,
	       struct canvas *canvas)
{
	const struct catalogue_argument number = { .name = "number",
						   .text = last->number };
	SCOPED(char_freep)
	char *line = catalogue_say(told->words, last->line, &number, 1);

	begin(told, canvas);
	if (told_symbol_fits(last->modules ? last->side : 0, canvas))
		draw_with_symbol(told, last, line, canvas);
	else
		draw_with_number(told, last, line, canvas);
}

/* --- between two questions ------------------------------------------------ */

#define KEY_ROWS 2 /* for a finger */

struct message *told_message(const struct told *told,
			     const struct told_pause *pause)
{
	SCOPED(char_freep)
	char *heading = catalogue_word(told->words, pause->heading);
	SCOPED(char_freep)
	char *text = pause->text ? catalogue_word(told->words, pause->text)
				 : xstrdup("");
	struct message_key keys[TOLD_KEYS] = { 0 };
	char *words[TOLD_KEYS] = { 0 };
	struct message *message;
	size_t count = 0;

	for (; count < TOLD_KEYS && pause->keys[count]; count++) {
		words[count] = catalogue_word(told->words, pause->keys[count]);
		keys[count] = (struct message_key){
			.word = words[count],
			.character = (uint32_t)('1' + count),
		};
	}
	message = message_new(&(struct message_options){
	    .language = told->language->tag,
	    .heading = heading,
	    .text = text,
	    .keys = keys,
	    .count = count,
	    .colour = CANVAS_INK,
	    .key_rows = KEY_ROWS,
	});
	for (size_t i = 0; i < count; i++)
		free(words[i]);
	return message;
}

void told_draw_message(const struct told *told, struct message *message,
		       struct canvas *canvas)
{
	struct canvas_area all = { 0, 0, canvas_rows(canvas),
				   canvas_columns(canvas) };
	int size = told->text_size;

	begin(told, canvas);
	/* As large as wanted, if all of it can be seen then. */
	do
		canvas_magnify(canvas, percent_of(size));
	while (size-- > 1 && message_rows(message, canvas, &all) > all.h);
	message_draw(message, canvas, all);
}
