#include "ask/surround.h"

#include <stdio.h>
#include <string.h>

#include "ask/heading.h"
#include "base/memory.h"
#include "text/cells.h"
#include "ui/progress.h"

#define WIDE 70 /* columns from which the footer has words */
#define LOW 16  /* rows, below which nothing is left empty on top */
#define FOOTER_ROWS 2
#define ANSWER_ROWS 7
#define HEADING_MOST 6 /* rows of the largest heading */
#define BETWEEN "    "

/* The footer, from the start edge; the person stands at the end. */
static const struct {
	enum surround_action action;
	const char *sign; /* NULL: the arrow of the layout */
	const char *word, *pictogram;
} footer[] = {
	{ SURROUND_BACK, NULL, "kiosk.back", NULL },
	{ SURROUND_ONWARD, NULL, "kiosk.skip", NULL },
	{ SURROUND_READ, "♪", "kiosk.read", "sound" },
	{ SURROUND_BIGGER, "A+", "kiosk.bigger", "bigger" },
	{ SURROUND_COLOURS, "◐", "kiosk.colours", "colours" },
	{ SURROUND_PERSON, "☺", "kiosk.person", "person" },
};

static bool is_shown(const struct surround *surround,
		     enum surround_action action)
{
	if (surround->title && action != SURROUND_BACK &&
	    action != SURROUND_ONWARD && action != SURROUND_START_OVER)
		return false;
	return !(action == SURROUND_BACK && surround->no_back) &&
	       !(action == SURROUND_ONWARD && surround->no_onward) &&
	       !(action == SURROUND_READ && !surround->reads);
}

static const char *sign_of(const struct canvas *canvas, size_t index)
{
	if (footer[index].sign)
		return footer[index].sign;
	return footer[index].action == SURROUND_ONWARD
		   ? canvas_onward(canvas)
		   : canvas_backward(canvas);
}

static const char *pictogram_of(const struct canvas *canvas, size_t index)
{
	bool onward = footer[index].action == SURROUND_ONWARD;

	if (footer[index].pictogram)
		return footer[index].pictogram;
	return onward != canvas_mirrored(canvas) ? "right" : "left";
}

static const char *word_of(const struct surround *surround, size_t index)
{
	enum surround_action action = footer[index].action;

	if (action == SURROUND_ONWARD && surround->answered)
		return "kiosk.next";
	return action == SURROUND_READ && surround->reading
		   ? "kiosk.stop_reading"
		   : footer[index].word;
}

/*
 * For the left hand a person is called from the other side; what goes on and
 * back keeps its order, which is that of reading. Returns how many there are.
 */
static size_t make_items(const struct surround *surround,
			 const struct canvas *canvas, struct bar_item *items,
			 char **words)
{
	size_t count = 0;

	for (size_t i = 0; i < COUNT(footer); i++) {
		enum surround_action action = footer[i].action;
		bool person = action == SURROUND_PERSON;

		/* A kiosk that never reads aloud keeps no place for it. */
		if (action == SURROUND_READ && !surround->reads)
			continue;
		words[count] =
		    catalogue_word(surround->words, word_of(surround, i));
		items[count] = (struct bar_item){
			.sign = sign_of(canvas, i),
			.word = words[count],
			.pictogram = pictogram_of(canvas, i),
			.sign_behind = action == SURROUND_ONWARD,
			.at_end = person != surround->left_handed,
			.keep_word = person,
			.hidden = !is_shown(surround, action),
			.id = (int)action,
		};
		count++;
	}
	return count;
}

/* Words where all have room beside each other; no key may be left out. Two
 * rows high where its signs are drawn. */
static void draw_footer(struct surround *surround, struct canvas *canvas)
{
	int wide = canvas_columns(canvas) - 2 * SURROUND_MARGIN;
	struct bar_look look = {
		.language = surround->language->tag,
		.between = BETWEEN,
		.colour = CANVAS_INK,
		.rows = canvas_has_plates(canvas) ? 2 : 1,
		.words = true,
	};
	struct bar_item items[COUNT(footer)];
	char *words[COUNT(footer)];
	size_t count = make_items(surround, canvas, items, words);

	look.words = canvas_columns(canvas) >= WIDE &&
		     bar_cells(canvas, &look, items, count) <= wide;
	bar_draw(&surround->footer, canvas, canvas_rows(canvas) - look.rows,
		 SURROUND_MARGIN, wide, &look, items, count);
	for (size_t i = 0; i < count; i++)
		char_free(words[i]);
}

#define AGAIN_CELLS 3 /* of the drawn sign and a gap */

/* The drawn sign before the words; returns the cells it takes. */
static int draw_again(struct canvas *canvas, int x)
{
	if (!canvas_has_plates(canvas))
		return 0;
	canvas_pictogram(canvas, 0, x, 1, AGAIN_CELLS - 1, "again",
			 CANVAS_QUIET);
	return AGAIN_CELLS;
}

/* Of the desk, in its own language; on the other side of the dots. */
static void draw_desk_title(const struct surround *surround,
			    struct canvas *canvas)
{
	int dots = surround->total ? progress_cells(surround->total) + 2 : 0;
	int x = SURROUND_MARGIN + dots;
	int w = canvas_columns(canvas) - SURROUND_MARGIN - x;

	canvas_text(canvas, &(struct canvas_text){
				.y = 0,
				.x = x,
				.h = 1,
				.w = w > 1 ? w : 1,
				.text = surround->title,
				.language = surround->title_language,
				.colour = CANVAS_QUIET,
				.align = CANVAS_END,
				.caret = -1,
			    });
}

static void draw_start_over(struct surround *surround, struct canvas *canvas)
{
	SCOPED(char_freep)
	char *word = catalogue_word(surround->words, "kiosk.start_over");
	bool drawn = canvas_has_plates(canvas);
	SCOPED(char_freep)
	char *text = drawn ? xstrdup(word) : xasprintf("↺ %s", word);
	int w = text_cells(text) + (drawn ? AGAIN_CELLS : 0), used;
	struct canvas_area area = {
		0, canvas_columns(canvas) - SURROUND_MARGIN - w, 1, w
	};

	if (surround->left_handed)
		area.x = SURROUND_MARGIN;
	used = draw_again(canvas, area.x);
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = area.x + used,
				.h = 1,
				.w = w - used,
				.text = text,
				.language = surround->language->tag,
				.colour = CANVAS_QUIET,
				/* Drawn words may be narrower than their cells:
				 * then they keep to their sign. */
				.align = drawn ? CANVAS_START : CANVAS_END,
				.caret = -1,
			    });
	surround->start_over = canvas_on_screen(canvas, area);
}

static void draw_progress(const struct surround *surround,
			  struct canvas *canvas)
{
	int x = SURROUND_MARGIN;

	if (surround->left_handed)
		x = canvas_columns(canvas) - SURROUND_MARGIN -
		    progress_cells(surround->total);
	if (surround->total)
		progress_draw(canvas, 0, x, surround->before, surround->total);
}

static struct canvas_text heading_text(const struct surround *surround,
				       const struct canvas *canvas, int y,
				       int picture)
{
	int margin = SURROUND_MARGIN;

	return (struct canvas_text){
		.y = y,
		.x = margin + picture,
		.h = SURROUND_HEADING_ROWS,
		.w = canvas_columns(canvas) - 2 * margin - picture,
		.text = surround->heading,
		.language = surround->language->tag,
		.style = CANVAS_HEADING,
		.colour = CANVAS_INK,
		.caret = -1,
	};
}

/* Cells that the heading's picture takes; 0 where it is not shown. Words that
 * need the whole width have it. */
static int picture_cells(const struct surround *surround, struct canvas *canvas)
{
	int percent = canvas_percent(canvas), rows;
	struct canvas_text text =
	    heading_text(surround, canvas, 0, SURROUND_PICTURE);

	if (!surround->picture || !canvas_has_plates(canvas))
		return 0;
	text.h++;
	canvas_magnify(canvas, 100);
	rows = canvas_text_rows(canvas, &text);
	canvas_magnify(canvas, percent);
	return rows > SURROUND_HEADING_ROWS ? 0 : SURROUND_PICTURE;
}

/* A larger heading leaves the rows of two of the largest answers below it, and
 * of what turns the page. */
static int heading_rows(const struct canvas *canvas, int y)
{
	int spare = canvas_rows(canvas) - y - FOOTER_ROWS - ANSWER_ROWS - 1;

	if (spare < SURROUND_HEADING_ROWS)
		return SURROUND_HEADING_ROWS;
	return spare < HEADING_MOST ? spare : HEADING_MOST;
}

static int draw_heading(const struct surround *surround, struct canvas *canvas,
			int y)
{
	struct canvas_text text;
	int picture, rows;

	if (!surround->heading)
		return 0;
	picture = picture_cells(surround, canvas);
	text = heading_text(surround, canvas, y, picture);
	if (picture)
		canvas_drawing(canvas, y, SURROUND_MARGIN,
			       SURROUND_HEADING_ROWS, picture - 1,
			       surround->picture, CANVAS_ACCENT);
	text.h = heading_rows(canvas, y);
	rows = heading_draw(canvas, &text, SURROUND_HEADING_ROWS);
	/* A row is left blank below it; large answers need that of a low
	 * screen more. */
	return rows > SURROUND_HEADING_ROWS && canvas_rows(canvas) < LOW
		   ? rows
		   : rows + 1;
}

/* On a low screen the heading stands closer to the top, so that four answers
 * of two rows fit on one page. */
static int heading_row(const struct canvas *canvas)
{
	return canvas_rows(canvas) < LOW ? 1 : 2;
}

/* Its letters stay as they are: the signs beside them are large. */
static void draw_frame(struct surround *surround, struct canvas *canvas)
{
	int percent = canvas_percent(canvas);

	canvas_magnify(canvas, 100);
	draw_progress(surround, canvas);
	if (surround->title)
		draw_desk_title(surround, canvas);
	else
		draw_start_over(surround, canvas);
	draw_footer(surround, canvas);
	canvas_magnify(canvas, percent);
}

struct canvas_area surround_draw(struct surround *surround,
				 struct canvas *canvas)
{
	int rows = canvas_rows(canvas), y = heading_row(canvas);

	canvas_mirror(canvas, surround->language->right_to_left);
	canvas_clear(canvas);
	draw_frame(surround, canvas);
	y += draw_heading(surround, canvas, y);
	return (struct canvas_area){
		.y = y,
		.x = SURROUND_MARGIN,
		.h = rows - FOOTER_ROWS - y > 1 ? rows - FOOTER_ROWS - y : 1,
		.w = canvas_columns(canvas) - 2 * SURROUND_MARGIN,
	};
}

static enum surround_action of_function_key(uint32_t number)
{
	static const enum surround_action actions[] = {
		[1] = SURROUND_PERSON,  [2] = SURROUND_BIGGER,
		[3] = SURROUND_COLOURS, [4] = SURROUND_READ,
		[5] = SURROUND_HAND,    [9] = SURROUND_START_OVER,
	};

	return number < COUNT(actions) ? actions[number] : SURROUND_NONE;
}

static enum surround_action touched(const struct surround *surround,
				    const struct ui_event *event)
{
	if (!surround->title &&
	    canvas_area_holds(&surround->start_over, event->y, event->x))
		return SURROUND_START_OVER;
	return (enum surround_action)bar_touched(&surround->footer, event);
}

static enum surround_action of_arrow(const struct surround *surround, bool left,
				     bool typing)
{
	if (typing)
		return SURROUND_NONE;
	return left != surround->language->right_to_left ? SURROUND_BACK
							 : SURROUND_ONWARD;
}

enum surround_action surround_action(const struct surround *surround,
				     const struct ui_event *event, bool typing)
{
	enum surround_action action = SURROUND_NONE;

	switch (event->key) {
	case UI_KEY_POINT:
		action = touched(surround, event);
		break;
	case UI_KEY_FUNCTION:
		action = of_function_key(event->character);
		break;
	case UI_KEY_LEFT:
		action = of_arrow(surround, true, typing);
		break;
	case UI_KEY_RIGHT:
		action = of_arrow(surround, false, typing);
		break;
	case UI_KEY_ESCAPE:
	case UI_KEY_PAGE_UP:
		action = SURROUND_BACK;
		break;
	case UI_KEY_TAB:
	case UI_KEY_PAGE_DOWN:
		action = SURROUND_ONWARD;
		break;
	default:
		break;
	}
	return is_shown(surround, action) ? action : SURROUND_NONE;
}
