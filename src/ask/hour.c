#include "ask/field.h"
#include "base/memory.h"
#include "ui/daytime.h"

/*
 * A time of day, hours and minutes. The run gets "14:30:00.000" once both are
 * there: what the clock on the wall says, without a zone.
 */
#define ROWS 3
#define PLATE_ROWS 6 /* cells have no middle in two rows */

static enum fault enter(struct field *field)
{
	struct daytime *daytime = xcalloc(1, sizeof *daytime);

	field->state = daytime;
	daytime_init(daytime);
	if (!field_comes_back_blank(field))
		(void)daytime_read(daytime, node_value(field->node));
	return FAULT_NONE;
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	int wanted = canvas_has_plates(canvas) ? PLATE_ROWS : ROWS;
	struct canvas_area box = *area;

	box.h = area->h > wanted ? wanted : area->h;
	box.w = DAYTIME_CELLS;
	daytime_draw(field->state, canvas, box, field->look->language->tag,
		     focused);
}

/* While a part is missing the run has no answer. */
static enum fault tell(struct field *field, enum field_event *what)
{
	const struct daytime *daytime = field->state;
	SCOPED(char_wipep) char *text = daytime_text(daytime);

	*what = FIELD_CHANGED;
	if (!text[0] && field_comes_back_blank(field))
		return FAULT_NONE;
	return field_answer(field, text, what);
}

/* Minutes without an hour are not left behind in silence. */
static enum fault commit(struct field *field, enum field_event *what)
{
	const struct daytime *daytime = field->state;

	*what = FIELD_CHANGED;
	if (!field->touched)
		return FAULT_NONE;
	if (daytime_is_whole(daytime) || daytime_is_blank(daytime))
		return tell(field, what);
	field->problem = "kiosk.not_number";
	*what = FIELD_WRONG;
	return FAULT_NONE;
}

static bool written(const struct field *field)
{
	return !daytime_is_blank(field->state);
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct daytime *daytime = field->state;
	enum fault fault;

	*what = FIELD_CHANGED;
	if (field_leads_back(field, event) && daytime_back(daytime))
		return FAULT_NONE;
	switch (daytime_key(daytime, event)) {
	case DAYTIME_IGNORED:
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	case DAYTIME_MOVED:
		return FAULT_NONE;
	case DAYTIME_CHANGED:
		return tell(field, what);
	case DAYTIME_ENTERED:
		break;
	}
	fault = commit(field, what);
	if (!fault && *what == FIELD_CHANGED)
		*what = FIELD_PICKED;
	return fault;
}

static void say(struct field *field, struct prompts *out)
{
	SCOPED(char_wipep) char *text = daytime_wall(field->state);

	field_say(field, text, out);
}

static void leave(struct field *field)
{
	field_forget(field, sizeof(struct daytime));
}

static int rows(const struct field *field)
{
	(void)field;
	return ROWS;
}

const struct field_ops field_hour = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.commit = commit,
	.written = written,
	.say = say,
	.leave = leave,
	.rows = rows,
};
