#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ui/entry.h"
#include "ui/progress.h"

/*
 * Free text: names, how to be reached. What was written is told to the run
 * when the field is left. A question of appearance `scan` is filled by a
 * scanner, and may be written here as well.
 */
#define BAR_CELLS 20

struct write {
	struct entry *entry;
	int whole; /* bytes of room when empty, for the bar */
};

static bool is_long(const struct field *field)
{
	return node_appears(field->node, "multiline");
}

static bool accepts(void *to, const char *text)
{
	const struct field *field = to;

	return !field->look->room ||
	       field->look->room(field->look->to, field->node, text) >= 0;
}

static enum fault enter(struct field *field)
{
	struct write *write = xcalloc(1, sizeof *write);

	field->state = write;
	write->entry = entry_new(&(struct entry_options){
	    .language = field->look->language->tag,
	    .lines = is_long(field),
	    .accepts = accepts,
	    .to = field,
	});
	if (!field_is_private(field))
		entry_set_text(write->entry, node_value(field->node));
	if (field->look->room)
		write->whole =
		    field->look->room(field->look->to, field->node, "");
	return FAULT_NONE;
}

/* How much of the ticket is left, without a number. */
static void draw_room(const struct field *field, struct canvas *canvas, int y,
		      int x)
{
	const struct write *write = field->state;
	int room;

	if (write->whole <= 0)
		return;
	room = field->look->room(field->look->to, field->node,
				 entry_text(write->entry));
	progress_bar(canvas, y, x, BAR_CELLS,
		     room > 0 ? room * 1000 / write->whole : 0, CANVAS_QUIET);
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct write *write = field->state;
	struct canvas_area box = *area;

	box.h = is_long(field) && area->h > 3 ? area->h - 2
		: area->h >= 3                ? 3
					      : area->h;
	entry_draw(write->entry, canvas, box, focused);
	if (is_long(field) && area->h > 3)
		draw_room(field, canvas, area->y + area->h - 1, area->x);
}

/* A private answer that was left blank again is kept as it was. */
static enum fault commit(struct field *field, enum field_event *what)
{
	struct write *write = field->state;
	const char *text = entry_text(write->entry);

	*what = FIELD_CHANGED;
	if (field_is_private(field) && !text[0])
		return FAULT_NONE;
	return field_answer(field, text, what);
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct write *write = field->state;
	enum fault fault;

	*what = FIELD_CHANGED;
	field->problem = NULL;
	switch (entry_key(write->entry, event)) {
	case ENTRY_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case ENTRY_MOVED:
	case ENTRY_CHANGED:
		break;
	case ENTRY_REFUSED:
		field->problem = "kiosk.no_room";
		*what = FIELD_WRONG;
		break;
	case ENTRY_ENTERED:
		fault = commit(field, what);
		if (!fault && *what == FIELD_CHANGED)
			*what = FIELD_PICKED;
		return fault;
	}
	return FAULT_NONE;
}

static void leave(struct field *field)
{
	struct write *write = field->state;

	if (!write)
		return;
	entry_free(write->entry);
	free(write);
	field->state = NULL;
}

const struct field_ops field_write = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.commit = commit,
	.leave = leave,
	.typing = true,
};
