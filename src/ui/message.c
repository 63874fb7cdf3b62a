#include "ui/message.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "text/cells.h"

#define WIDEST 60   /* cells of the frame */
#define PADDING 2   /* cells between frame and words */
#define TEXT_ROWS 8 /* at most */
#define KEY_GAP 3

struct message {
	char *language, *heading, *text;
	struct {
		char *word;
		uint32_t character;
		struct canvas_area on_screen;
	} keys[MESSAGE_KEYS];
	size_t count, selected;
	int key_rows;
	enum canvas_colour colour;
	bool mirrored;
};

struct message *message_new(const struct message_options *options)
{
	struct message *message = xcalloc(1, sizeof *message);

	assert(options->count > 0 && options->count <= MESSAGE_KEYS);
	message->language = xstrdup(options->language);
	message->heading = options->heading ? xstrdup(options->heading) : NULL;
	message->text = xstrdup(options->text);
	message->colour = options->colour;
	message->count = options->count;
	message->key_rows = options->key_rows > 0 ? options->key_rows : 1;
	for (size_t i = 0; i < options->count; i++) {
		message->keys[i].word = xstrdup(options->keys[i].word);
		message->keys[i].character = options->keys[i].character;
	}
	return message;
}

static void wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

void message_free(struct message *message)
{
	if (!message)
		return;
	free(message->language);
	wipe(message->heading);
	wipe(message->text);
	for (size_t i = 0; i < message->count; i++)
		free(message->keys[i].word);
	free(message);
}

size_t message_selected(const struct message *message)
{
	return message->selected;
}

/* --- drawing -------------------------------------------------------------- */

static struct canvas_text words(const struct message *message,
				const struct canvas_area *inside, int y,
				const char *text)
{
	return (struct canvas_text){
		.y = y,
		.x = inside->x,
		.h = inside->y + inside->h - y,
		.w = inside->w,
		.text = text,
		.language = message->language,
		.caret = -1,
	};
}

static struct canvas_text heading(const struct message *message,
				  const struct canvas_area *inside)
{
	struct canvas_text text =
	    words(message, inside, inside->y, message->heading);

	text.h = 2;
	text.style = CANVAS_BOLD;
	text.colour = message->colour;
	return text;
}

static int key_width(const struct message *message, const struct canvas *canvas,
		     size_t key)
{
	int percent = canvas_has_plates(canvas) ? canvas_percent(canvas) : 100;

	return (text_cells(message->keys[key].word) + 4) * percent / 100;
}

/* Below each other where they do not fit beside each other. */
static bool keys_beside(const struct message *message,
			const struct canvas *canvas, int width)
{
	int sum = -KEY_GAP;

	for (size_t i = 0; i < message->count; i++)
		sum += key_width(message, canvas, i) + KEY_GAP;
	return sum <= width;
}

static void draw_key(struct message *message, struct canvas *canvas, size_t key,
		     const struct canvas_area *area)
{
	bool focus = key == message->selected;
	enum canvas_colour colour = focus ? CANVAS_FOCUS : CANVAS_INK;
	SCOPED(char_freep)
	char *text = xasprintf("%s %s ", focus ? canvas_onward(canvas) : " ",
			       message->keys[key].word);

	canvas_fill(canvas, area->y, area->x, area->h, area->w, colour);
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = text,
				.language = message->language,
				.style = focus ? CANVAS_BOLD : CANVAS_PLAIN,
				.colour = colour,
				.caret = -1,
				.middle = true,
			    });
	message->keys[key].on_screen = canvas_on_screen(canvas, *area);
}

static void draw_keys(struct message *message, struct canvas *canvas,
		      const struct canvas_area *inside)
{
	bool beside = keys_beside(message, canvas, inside->w);
	int high = message->key_rows;
	int rows = beside ? high : (int)message->count * high;
	struct canvas_area area = { inside->y + inside->h - rows, inside->x,
				    high, inside->w };

	for (size_t i = 0; i < message->count; i++) {
		if (beside)
			area.w = key_width(message, canvas, i);
		draw_key(message, canvas, i, &area);
		area.x += beside ? area.w + KEY_GAP : 0;
		area.y += beside ? 0 : high;
	}
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int width_of(const struct canvas_area *area)
{
	return least(area->w, WIDEST);
}

int message_rows(const struct message *message, const struct canvas *canvas,
		 const struct canvas_area *area)
{
	struct canvas_area inside = { 0, 0, TEXT_ROWS,
				      width_of(area) - 2 * (PADDING + 1) };
	struct canvas_text text = words(message, &inside, 0, message->text);
	int rows = canvas_text_rows(canvas, &text) + 2;
	bool beside = keys_beside(message, canvas, inside.w);

	if (message->heading) {
		text = heading(message, &inside);
		rows += canvas_text_rows(canvas, &text) + 1;
	}
	return rows + 1 +
	       message->key_rows * (beside ? 1 : (int)message->count);
}

/* The frame's area: as wide as it may be, as high as its words need. */
static struct canvas_area frame_of(const struct message *message,
				   const struct canvas *canvas,
				   const struct canvas_area *area)
{
	int width = width_of(area);
	int rows = least(message_rows(message, canvas, area), area->h);

	return (struct canvas_area){
		.y = area->y + (area->h - rows) / 2,
		.x = area->x + (area->w - width) / 2,
		.h = rows,
		.w = width,
	};
}

void message_draw(struct message *message, struct canvas *canvas,
		  struct canvas_area area)
{
	struct canvas_area frame = frame_of(message, canvas, &area);
	struct canvas_area inside = { frame.y + 1, frame.x + 1 + PADDING,
				      frame.h - 2,
				      frame.w - 2 * (PADDING + 1) };
	int y = inside.y;
	struct canvas_text text;

	message->mirrored = canvas_mirrored(canvas);
	canvas_frame(canvas, &frame, CANVAS_QUIET);
	if (message->heading) {
		text = heading(message, &inside);
		y += canvas_text(canvas, &text) + 1;
	}
	text = words(message, &inside, y, message->text);
	canvas_text(canvas, &text);
	draw_keys(message, canvas, &inside);
}

/* --- keys ----------------------------------------------------------------- */

static enum message_event move(struct message *message, bool back)
{
	if (back && message->selected)
		message->selected--;
	else if (!back && message->selected + 1 < message->count)
		message->selected++;
	return MESSAGE_MOVED;
}

static enum message_event press(struct message *message, size_t key)
{
	message->selected = key;
	return MESSAGE_PRESSED;
}

static uint32_t small_letter(uint32_t character)
{
	return character >= 'A' && character <= 'Z' ? character + 32
						    : character;
}

/* Its letter, or its number. */
static enum message_event type(struct message *message, uint32_t character)
{
	if (character == ' ')
		return press(message, message->selected);
	for (size_t i = 0; i < message->count; i++) {
		if ((message->keys[i].character &&
		     small_letter(message->keys[i].character) ==
			 small_letter(character)) ||
		    character == '1' + i)
			return press(message, i);
	}
	return MESSAGE_IGNORED;
}

static enum message_event touch(struct message *message,
				const struct ui_event *event)
{
	for (size_t i = 0; i < message->count; i++) {
		if (canvas_area_holds(&message->keys[i].on_screen, event->y,
				      event->x))
			return press(message, i);
	}
	return MESSAGE_IGNORED;
}

enum message_event message_key(struct message *message,
			       const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
		return move(message, true);
	case UI_KEY_DOWN:
		return move(message, false);
	case UI_KEY_TAB:
		return move(message, event->character == 1);
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		return move(message,
			    (event->key == UI_KEY_LEFT) != message->mirrored);
	case UI_KEY_ENTER:
		return press(message, message->selected);
	case UI_KEY_ESCAPE:
		return MESSAGE_CANCELLED;
	case UI_KEY_TEXT:
		return type(message, event->character);
	case UI_KEY_POINT:
		return touch(message, event);
	default:
		return MESSAGE_IGNORED;
	}
}
