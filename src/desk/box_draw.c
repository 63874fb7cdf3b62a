#include "base/memory.h"
#include "desk/box_step.h"
#include "text/cells.h"

/*
 * How the screens before the record look: a heading, what is to be done, what
 * the step shows, its fields or choices, what was said, and the keys.
 */
#define MARGIN 2
#define ROOMY 20 /* rows from which there are blank ones between */
#define LABEL 24 /* cells of a field's word, at most */

struct sheet {
	const struct box *box;
	struct canvas *canvas;
	int y, w, gap;
};

void box_line(struct canvas *canvas, int y, int x, int w, const char *text,
	      const char *language, enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = language,
				.colour = colour,
				.caret = -1,
			    });
}

/* Takes the rows it needs. */
static void put(struct sheet *sheet, const char *text, enum canvas_style style,
		enum canvas_colour colour)
{
	sheet->y += canvas_text(sheet->canvas,
				&(struct canvas_text){
				    .y = sheet->y,
				    .x = MARGIN,
				    .h = canvas_rows(sheet->canvas) / 2,
				    .w = sheet->w,
				    .text = text,
				    .language = sheet->box->language,
				    .style = style,
				    .colour = colour,
				    .caret = -1,
				}) +
		    sheet->gap;
}

static void put_fields(struct sheet *sheet)
{
	const struct box *box = sheet->box;

	for (int i = 0; i < BOX_FIELDS && box->fields[i]; i++) {
		SCOPED(char_freep)
		char *word = box_word(box, box->step->fields[i].word);
		const int label = sheet->w / 3 < LABEL ? sheet->w / 3 : LABEL;

		box_line(sheet->canvas, sheet->y, MARGIN, label, word,
			 box->language, CANVAS_QUIET);
		entry_draw(box->fields[i], sheet->canvas,
			   (struct canvas_area){ sheet->y, MARGIN + label + 1,
						 1, sheet->w - label - 1 },
			   i == box->focus ? ENTRY_FOCUSED : ENTRY_QUIET);
		sheet->y += 1 + sheet->gap;
	}
}

static void put_choices(struct sheet *sheet)
{
	const struct box *box = sheet->box;

	for (int i = 0; i < box->choice_count; i++) {
		SCOPED(char_freep)
		char *text =
		    xasprintf("%s %d  %s", i == box->choice ? "▸" : " ", i + 1,
			      box->choices[i]);
		const enum canvas_colour colour =
		    i == box->choice ? CANVAS_FOCUS : CANVAS_INK;

		canvas_fill(sheet->canvas, sheet->y, MARGIN, 1, sheet->w,
			    colour);
		box_line(sheet->canvas, sheet->y, MARGIN, sheet->w, text,
			 box->language, colour);
		sheet->y++;
	}
}

static void put_step(struct sheet *sheet)
{
	const struct box *box = sheet->box;
	const struct box_step *step = box->step;
	SCOPED(char_freep) char *key = xasprintf("box.%s", step->name);
	SCOPED(char_freep) char *about_key = xasprintf("box.%s_about", key + 4);
	SCOPED(char_freep) char *heading = box_word(box, key);
	SCOPED(char_freep) char *about = box_word(box, about_key);

	put(sheet, heading, CANVAS_BOLD, CANVAS_ACCENT);
	put(sheet, about, CANVAS_PLAIN, CANVAS_INK);
	if (step->draw)
		sheet->y += step->draw(
		    box, sheet->canvas,
		    (struct canvas_area){ sheet->y, MARGIN,
					  canvas_rows(sheet->canvas) - sheet->y,
					  sheet->w });
	put_fields(sheet);
	put_choices(sheet);
}

/* What is being done, in place of a step. */
static void put_waiting(struct sheet *sheet)
{
	const struct box *box = sheet->box;
	const bool long_work =
	    box->asked == VAULT_MAKE || box->asked == VAULT_OPEN;
	SCOPED(char_freep)
	char *text =
	    box_word(box, box->asked == VAULT_POWER_OFF ? "box.going_off"
			  : long_work                   ? "box.working"
							: "box.moment");

	put(sheet, text, CANVAS_BOLD, CANVAS_INK);
}

static void put_bottom(const struct sheet *sheet)
{
	const struct box *box = sheet->box;
	const int rows = canvas_rows(sheet->canvas);
	SCOPED(char_freep)
	char *keys = box_word(box, box->choice_count ? "box.keys_choose"
						     : "box.keys_write");

	/* It may lie over a low window's last rows, until the next key. */
	if (box->said)
		canvas_fill(sheet->canvas, rows - 3, 0, 2,
			    canvas_columns(sheet->canvas), CANVAS_INK);
	canvas_text(sheet->canvas, &(struct canvas_text){
				       .y = rows - 3,
				       .x = MARGIN,
				       .h = 2,
				       .w = sheet->w,
				       .text = box->said ? box->said : "",
				       .language = box->language,
				       .style = CANVAS_BOLD,
				       .colour = CANVAS_INK,
				       .caret = -1,
				   });
	if (!box->call)
		box_line(sheet->canvas, rows - 1, MARGIN, sheet->w, keys,
			 box->language, CANVAS_QUIET);
}

void box_draw(struct box *box, struct canvas *canvas)
{
	const bool roomy = canvas_rows(canvas) >= ROOMY;
	struct sheet sheet = {
		.box = box,
		.canvas = canvas,
		.y = roomy ? 2 : 1,
		.w = canvas_columns(canvas) - 2 * MARGIN,
		.gap = roomy,
	};
	SCOPED(char_freep) char *top = box_word(box, "box.top");

	canvas_clear(canvas);
	box_line(canvas, 0, MARGIN, sheet.w, top, box->language, CANVAS_QUIET);
	if (box->call || !box->step)
		put_waiting(&sheet);
	else
		put_step(&sheet);
	put_bottom(&sheet);
}
