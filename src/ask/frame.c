#include "ask/frame.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "text/cells.h"

#define MARGIN 2	/* cells left and right */
#define WIDE 70		/* columns from which the footer has words */
#define DOTS_MOST 14	/* more screens share a dot */
#define HEADING_ROW 2
#define HEADING_ROWS 2

/* A footer key: its sign, and the catalogue's word for it. */
struct footer_key {
	enum frame_action action;
	const char *sign, *mirrored_sign;
	const char *word;
	bool sign_behind; /* the sign follows the word: "Skip ▸" */
	bool always_word; /* on narrow screens, too */
};

static const struct footer_key keys[] = {
	{ FRAME_BACK, "◂", "▸", "kiosk.back", false, false },
	{ FRAME_ONWARD, "▸", "◂", "kiosk.skip", true, false },
	{ FRAME_BIGGER, "A+", "A+", "kiosk.bigger", false, false },
	{ FRAME_COLOURS, "◐", "◐", "kiosk.colours", false, false },
	{ FRAME_PERSON, "☺", "☺", "kiosk.person", false, true },
};

static bool is_shown(const struct frame *frame, enum frame_action action)
{
	return !(action == FRAME_BACK && frame->no_back) &&
	       !(action == FRAME_ONWARD && frame->no_onward);
}

/* "◂ Back", "Skip ▸", or the sign alone; the caller frees it. */
static char *key_text(const struct frame *frame, const struct footer_key *key,
		      bool wide)
{
	const char *name = key->action == FRAME_ONWARD && frame->answered
			       ? "kiosk.next"
			       : key->word;
	const char *sign = frame->language->right_to_left ? key->mirrored_sign
							  : key->sign;
	SCOPED(char_freep) char *word = catalogue_word(frame->words, name);

	if (!wide && !key->always_word)
		return xstrdup(sign);
	return key->sign_behind ? xasprintf("%s %s", word, sign)
				: xasprintf("%s %s", sign, word);
}

static void put(struct frame *frame, struct canvas *canvas,
		enum frame_action action, int y, int x, int w,
		const char *text, enum canvas_colour colour)
{
	int columns = canvas_columns(canvas);

	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = frame->language->tag,
				.colour = colour,
				.caret = -1,
			    });
	frame->spots[action] = (struct frame_spot){
		.y = y,
		.x = canvas_mirrored(canvas) ? columns - x - w : x,
		.w = w,
	};
}

/* Back, onward, bigger and colours from the start; the person at the end. */
static void draw_footer(struct frame *frame, struct canvas *canvas)
{
	int columns = canvas_columns(canvas), y = canvas_rows(canvas) - 1;
	bool wide = columns >= WIDE;
	int x = MARGIN;

	for (size_t i = 0; i < COUNT(keys); i++) {
		SCOPED(char_freep)
		char *text = key_text(frame, &keys[i], wide);
		int w = text_cells(text);

		if (keys[i].action == FRAME_PERSON)
			x = columns - MARGIN - w;
		if (is_shown(frame, keys[i].action))
			put(frame, canvas, keys[i].action, y, x, w, text,
			    keys[i].action == FRAME_PERSON ? CANVAS_ACCENT
							   : CANVAS_INK);
		/* Hidden keys keep their place: the others never move. */
		x += w + (wide ? 4 : 5);
	}
}

/* How far, roughly: never more dots than fit, and no count to fall behind. */
static void draw_dots(struct frame *frame, struct canvas *canvas)
{
	size_t dots = frame->total < DOTS_MOST ? frame->total : DOTS_MOST;
	char text[DOTS_MOST * 4 + 1] = "";

	for (size_t i = 0; i < dots; i++) {
		bool done = i * frame->total < frame->before * dots;

		strcat(text, done ? "● " : "○ ");
	}
	canvas_text(canvas, &(struct canvas_text){
				.y = 0,
				.x = MARGIN,
				.h = 1,
				.w = (int)dots * 2,
				.text = text,
				.language = "en",
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static void draw_start_over(struct frame *frame, struct canvas *canvas)
{
	SCOPED(char_freep)
	char *word = catalogue_word(frame->words, "kiosk.start_over");
	SCOPED(char_freep) char *text = xasprintf("⟲ %s", word);
	int w = text_cells(text);

	put(frame, canvas, FRAME_START_OVER, 0,
	    canvas_columns(canvas) - MARGIN - w, w, text, CANVAS_QUIET);
}

struct frame_area frame_draw(struct frame *frame, struct canvas *canvas)
{
	int rows = canvas_rows(canvas), columns = canvas_columns(canvas);
	int y = HEADING_ROW;

	memset(frame->spots, 0, sizeof frame->spots);
	canvas_mirror(canvas, frame->language->right_to_left);
	canvas_clear(canvas);
	draw_dots(frame, canvas);
	draw_start_over(frame, canvas);
	if (frame->heading)
		y += canvas_text(canvas,
				 &(struct canvas_text){
				     .y = HEADING_ROW,
				     .x = MARGIN,
				     .h = HEADING_ROWS,
				     .w = columns - 2 * MARGIN,
				     .text = frame->heading,
				     .language = frame->language->tag,
				     .style = CANVAS_HEADING,
				     .colour = CANVAS_INK,
				     .caret = -1,
				 }) +
		     1;
	draw_footer(frame, canvas);
	return (struct frame_area){
		.y = y,
		.x = MARGIN,
		.h = rows - 2 - y > 1 ? rows - 2 - y : 1,
		.w = columns - 2 * MARGIN,
	};
}

static enum frame_action touched(const struct frame *frame,
				 const struct ui_event *event)
{
	for (int action = 1; action < FRAME_ACTIONS; action++) {
		const struct frame_spot *spot = &frame->spots[action];

		/* A finger is wider than a word: one cell more on each side. */
		if (spot->w && event->y == spot->y && event->x >= spot->x - 1 &&
		    event->x <= spot->x + spot->w)
			return action;
	}
	return FRAME_NONE;
}

static enum frame_action of_function_key(uint32_t number)
{
	static const enum frame_action actions[] = {
		[1] = FRAME_PERSON,
		[2] = FRAME_BIGGER,
		[3] = FRAME_COLOURS,
		[9] = FRAME_START_OVER,
	};

	return number < COUNT(actions) ? actions[number] : FRAME_NONE;
}

enum frame_action frame_action(const struct frame *frame,
			       const struct ui_event *event, bool typing)
{
	bool mirrored = frame->language->right_to_left;
	enum frame_action action = FRAME_NONE;

	switch (event->key) {
	case UI_KEY_POINT:
		action = touched(frame, event);
		break;
	case UI_KEY_FUNCTION:
		action = of_function_key(event->character);
		break;
	case UI_KEY_LEFT:
		action = typing	    ? FRAME_NONE
			 : mirrored ? FRAME_ONWARD
				    : FRAME_BACK;
		break;
	case UI_KEY_RIGHT:
		action = typing	    ? FRAME_NONE
			 : mirrored ? FRAME_BACK
				    : FRAME_ONWARD;
		break;
	case UI_KEY_ESCAPE:
	case UI_KEY_PAGE_UP:
		action = FRAME_BACK;
		break;
	case UI_KEY_TAB:
	case UI_KEY_PAGE_DOWN:
		action = FRAME_ONWARD;
		break;
	default:
		break;
	}
	return is_shown(frame, action) ? action : FRAME_NONE;
}

void frame_note(const struct frame *frame, struct canvas *canvas,
		const struct frame_area *area, const char *text)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y + area->h - 1,
				.x = area->x,
				.h = 1,
				.w = area->w,
				.text = text,
				.language = frame->language->tag,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}
