#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "text/cells.h"

/*
 * Free text: names, how to be reached. The caret stops at grapheme clusters;
 * what was written is told to the run when the field is left. A question of
 * appearance `scan` is filled by a scanner and written here the same way.
 */
#define TEXT_MOST 2000 /* bytes typed; the ticket's room ends long before */
#define BAR_CELLS 20

struct write {
	char text[TEXT_MOST + 8];
	size_t length, caret;
	int whole; /* bytes of room when empty, for the bar */
};

static enum fault enter(struct field *field)
{
	const char *value =
	    field_is_private(field) ? "" : node_value(field->node);
	struct write *write = xcalloc(1, sizeof *write);

	field->state = write;
	write->length = strnlen(value, TEXT_MOST);
	memcpy(write->text, value, write->length);
	write->caret = write->length;
	if (field->look->room)
		write->whole =
		    field->look->room(field->look->to, field->node, "");
	return FAULT_NONE;
}

static int height(const struct field *field, int width)
{
	(void)field;
	(void)width;
	return 4;
}

static bool is_long(const struct field *field)
{
	return node_appears(field->node, "multiline");
}

/* How much of the ticket is left, without a number. */
static void draw_bar(const struct field *field, struct canvas *canvas,
		     const struct field_area *area, int y)
{
	const struct write *write = field->state;
	char bar[BAR_CELLS * 4] = "";
	int room, full;

	if (write->whole <= 0 || y >= area->y + area->h)
		return;
	room = field->look->room(field->look->to, field->node, write->text);
	full = BAR_CELLS - (room > 0 ? room : 0) * BAR_CELLS / write->whole;
	for (int i = 0; i < BAR_CELLS; i++)
		strcat(bar, i < full ? "▬" : "·");
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = area->x,
				.h = 1,
				.w = BAR_CELLS,
				.text = bar,
				.language = "en",
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct field_area *area, bool focused)
{
	const struct write *write = field->state;
	int rows = is_long(field) && area->h > 5 ? area->h - 3
		   : area->h > 3		 ? 3
						 : 1;

	canvas_fill(canvas, area->y, area->x, rows, area->w, CANVAS_FOCUS);
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y + (rows > 2),
				.x = area->x + 1,
				.h = rows > 2 ? rows - 2 : 1,
				.w = area->w - 2,
				.text = write->text,
				.language = field->look->language->tag,
				.colour = CANVAS_FOCUS,
				.caret = focused ? (int)write->caret : -1,
			    });
	if (is_long(field))
		draw_bar(field, canvas, area, area->y + rows + 1);
}

/* --- editing --------------------------------------------------------------- */

static size_t encode(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

static void remove_bytes(struct write *write, size_t from, size_t to)
{
	memmove(write->text + from, write->text + to,
		write->length - to + 1);
	explicit_bzero(write->text + write->length - (to - from), to - from);
	write->length -= to - from;
	write->caret = from;
}

static bool has_room(const struct field *field)
{
	const struct write *write = field->state;

	return !field->look->room ||
	       field->look->room(field->look->to, field->node, write->text) >=
		   0;
}

static enum field_event insert(struct field *field, uint32_t character)
{
	struct write *write = field->state;
	char bytes[4];
	size_t count = encode(character, bytes), before = write->caret;

	field->problem = "kiosk.no_room";
	if (write->length + count > TEXT_MOST)
		return FIELD_WRONG;
	memmove(write->text + before + count, write->text + before,
		write->length - before + 1);
	memcpy(write->text + before, bytes, count);
	write->length += count;
	write->caret += count;
	if (!has_room(field)) {
		remove_bytes(write, before, before + count);
		return FIELD_WRONG;
	}
	field->problem = NULL;
	return FIELD_CHANGED;
}

/* A script whose letters are built up from several signs loses one sign at a
 * time; the others a whole cluster. */
static size_t erase_from(const struct field *field, const struct write *write)
{
	static const char *const built_up[] = { "Deva", "Guru", "Gujr", "Beng",
						"Taml", "Mlym", "Mymr", "Khmr",
						"Thai" };
	size_t at = write->caret;

	for (size_t i = 0; i < COUNT(built_up); i++) {
		if (strcmp(field->look->language->script, built_up[i]) != 0)
			continue;
		while (at && ((unsigned char)write->text[--at] & 0xC0) == 0x80)
			continue;
		return at;
	}
	return text_previous_cluster(write->text, at);
}

static enum field_event edit(struct field *field, const struct ui_event *event)
{
	struct write *write = field->state;
	bool mirrored = field->look->language->right_to_left;
	bool back = event->key == (mirrored ? UI_KEY_RIGHT : UI_KEY_LEFT);

	switch (event->key) {
	case UI_KEY_TEXT:
		return insert(field, event->character);
	case UI_KEY_BACKSPACE:
		remove_bytes(write, erase_from(field, write), write->caret);
		break;
	case UI_KEY_DELETE:
		remove_bytes(write, write->caret,
			     text_next_cluster(write->text, write->caret));
		break;
	case UI_KEY_LEFT:
	case UI_KEY_RIGHT:
		write->caret =
		    back ? text_previous_cluster(write->text, write->caret)
			 : text_next_cluster(write->text, write->caret);
		break;
	case UI_KEY_HOME:
		write->caret = 0;
		break;
	case UI_KEY_END:
		write->caret = write->length;
		break;
	default:
		return FIELD_IGNORED;
	}
	field->problem = NULL;
	return FIELD_CHANGED;
}

/* A private answer that was left blank again is kept as it was. */
static enum fault commit(struct field *field, enum field_event *what)
{
	struct write *write = field->state;
	SCOPED(char_freep) char *normal = NULL;
	enum fault fault;

	*what = FIELD_CHANGED;
	if (field_is_private(field) && !write->length)
		return FAULT_NONE;
	normal = text_normal(write->text);
	fault = field_answer(field, normal, what);
	explicit_bzero(normal, strlen(normal));
	return fault;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	enum fault fault;

	if (event->key != UI_KEY_ENTER) {
		*what = edit(field, event);
		return FAULT_NONE;
	}
	if (is_long(field)) {
		*what = insert(field, '\n');
		return FAULT_NONE;
	}
	if ((fault = commit(field, what)))
		return fault;
	if (*what == FIELD_CHANGED)
		*what = FIELD_PICKED;
	return FAULT_NONE;
}

static void leave(struct field *field)
{
	if (field->state)
		explicit_bzero(field->state, sizeof(struct write));
	free(field->state);
	field->state = NULL;
}

const struct field_ops field_write = {
	.enter = enter,
	.height = height,
	.draw = draw,
	.key = key,
	.commit = commit,
	.leave = leave,
	.typing = true,
};
