#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ui/date.h"

/*
 * A date in three columns, in the calendar that the form names (appearance
 * `ethiopian`, ...) or else the language's own and the Gregorian one, between
 * which one key changes. Nothing is preset. The run gets an ISO date once all
 * three parts are there.
 */
#define START_YEAR 2000
#define FIRST_YEAR 1900
#define LAST_YEAR 2100

static size_t calendars_of(const struct field *field,
			   enum calendar calendars[2])
{
	static const char *const named[] = { "ethiopian", "coptic",
					     "islamic",   "persian",
					     "buddhist",  "bikram-sambat" };
	const char *home = field->look->language->calendars;
	SCOPED(char_freep) char *first = xstrndup(home, strcspn(home, " "));
	size_t count = 0;

	for (size_t i = 0; i < COUNT(named); i++) {
		if (node_appears(field->node, named[i]) &&
		    calendar_named(named[i], &calendars[0]))
			return 1;
	}
	if (calendar_named(first, &calendars[0]) &&
	    calendars[0] != CALENDAR_GREGORIAN)
		count = 1;
	calendars[count++] = CALENDAR_GREGORIAN;
	return count;
}

static enum fault enter(struct field *field)
{
	enum calendar calendars[2];
	size_t count = calendars_of(field, calendars);
	struct calendar_date iso, local;
	struct date *date = date_new(&(struct date_options){
	    .language = field->look->language->tag,
	    .calendars = calendars,
	    .calendar_count = (int)count,
	    .start_year = START_YEAR,
	    .first_year = FIRST_YEAR,
	    .last_year = LAST_YEAR,
	});

	field->state = date;
	if (!field_is_private(field) &&
	    sscanf(node_value(field->node), "%d-%d-%d", &iso.year, &iso.month,
		   &iso.day) == 3 &&
	    calendar_from_iso(calendars[0], iso, &local))
		date_set(date, calendars[0], local);
	return FAULT_NONE;
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct canvas_area box = *area;

	box.h = area->h >= DATE_ROWS ? DATE_ROWS : area->h;
	date_draw(field->state, canvas, box, focused);
}

enum extent { BLANK, BEGUN, WHOLE };

static enum extent extent_of(const struct date *date)
{
	struct calendar_date parts = date_parts(date);
	int given = !!parts.day + !!parts.month + !!parts.year;

	return given == 0 ? BLANK : given == 3 ? WHOLE : BEGUN;
}

/* The calendar that the date was given in, where the form asks for it beside
 * the date. */
static enum fault tell_calendar(struct field *field)
{
	const char *name = calendar_name(date_calendar(field->state));
	struct node *node = node_first(node_parent(field->node));
	enum run_answer answer;

	while (node && !node_appears(node, "calendar"))
		node = node_next(node);
	/* One that the form does not know stays unanswered. */
	return node ? run_set(field->run, node, name, &answer) : FAULT_NONE;
}

/* While parts are missing the run has no date. */
static enum fault tell(struct field *field, enum field_event *what)
{
	struct date *date = field->state;
	struct calendar_date iso;
	char text[48] = "";
	enum fault fault;

	*what = FIELD_CHANGED;
	if (date_iso(date, &iso))
		snprintf(text, sizeof text, "%04d-%02d-%02d", iso.year,
			 iso.month, iso.day);
	else if (field_is_private(field))
		return FAULT_NONE;
	/* The same day may be given in another calendar than before. */
	if (text[0] && (fault = tell_calendar(field)))
		return fault;
	if (strcmp(text, node_value(field->node)) == 0)
		return FAULT_NONE;
	return field_answer(field, text, what);
}

/* A day that is begun and not whole, or that no calendar has, is not left
 * behind in silence. */
static enum fault commit(struct field *field, enum field_event *what)
{
	struct calendar_date iso;

	if (extent_of(field->state) == BLANK || date_iso(field->state, &iso))
		return tell(field, what);
	field->problem = "kiosk.not_date";
	*what = FIELD_WRONG;
	return FAULT_NONE;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	enum fault fault;

	/* Back and skip, as on every other screen. */
	if (event->key == UI_KEY_LEFT || event->key == UI_KEY_RIGHT ||
	    event->key == UI_KEY_TAB) {
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	}
	*what = FIELD_CHANGED;
	switch (date_key(field->state, event)) {
	case DATE_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case DATE_MOVED:
		break;
	case DATE_CHANGED:
		return tell(field, what);
	case DATE_ENTERED:
		fault = commit(field, what);
		if (!fault && *what == FIELD_CHANGED)
			*what = FIELD_PICKED;
		return fault;
	}
	return FAULT_NONE;
}

static void leave(struct field *field)
{
	date_free(field->state);
	field->state = NULL;
}

const struct field_ops field_day = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.commit = commit,
	.leave = leave,
};
