#include "desk/events.h"

#include <stdlib.h>
#include <string.h>

#include "desk/day.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "desk/value.h"
#include "record/visit.h"

enum column { WHEN, WHAT, CALLED, STANDS, COLUMNS };

struct row {
	char *words[COLUMNS];
};

struct events {
	struct desk *desk;
	struct entity_name of;
	struct timeline_event *events;
	struct row *rows; /* in words; empty until they are drawn */
	size_t count;
	struct table *table;
};

/* --- words -----------------------------------------------------------------
 */

static char *day_words(const struct desk *desk, int64_t at)
{
	char day[DAY_BYTES];

	day_of(at, day);
	return day_shown(desk->staff.words, day);
}

static char *visit_number(const struct desk *desk, int64_t id)
{
	enum visit_found found;
	struct visit visit;
	char *number;

	if (visit_read(desk->record, id, &found, &visit) ||
	    found != VISIT_FOUND)
		return xstrdup("—");
	number = xstrdup(visit.number);
	visit_done(&visit);
	return number;
}

static char *state_words(const struct desk *desk,
			 const struct timeline_event *event)
{
	const struct field *state;
	SCOPED(char_freep) char *key = NULL;

	if (!event->state[0])
		return xstrdup("");
	if (event->kind) {
		state = kind_field(event->kind, "state");
		return state
			   ? value_code(desk, event->kind, state, event->state)
			   : xstrdup(event->state);
	}
	key = xasprintf("code.visit.state.%s", event->state);
	return desk_word(desk, key);
}

/* What is watched is read by opening it, which the audit keeps. */
static char *called_words(const struct desk *desk,
			  const struct timeline_event *event)
{
	if (!event->kind)
		return visit_number(desk, event->id);
	return event->kind->watched
		   ? desk_word(desk, "desk.open_to_read")
		   : value_called(desk, event->kind, event->id);
}

static char *words_of(const struct desk *desk,
		      const struct timeline_event *event, int column)
{
	switch (column) {
	case WHEN:
		return event->of[0] ? day_shown(desk->staff.words, event->of)
				    : day_words(desk, event->at);
	case WHAT:
		return event->kind ? value_kind(desk, event->kind)
				   : desk_word(desk, "kind.visit");
	case CALLED:
		return called_words(desk, event);
	default:
		return state_words(desk, event);
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct events *events = to;
	char **words = &events->rows[row].words[column];

	if (!*words)
		*words = words_of(events->desk, &events->events[row], column);
	return (struct table_cell){
		.text = *words,
		.colour = column == CALLED ? CANVAS_INK : CANVAS_QUIET,
	};
}

/* --- rows ------------------------------------------------------------------
 */

static void forget(struct events *events)
{
	for (size_t i = 0; i < events->count; i++) {
		for (int j = 0; j < COLUMNS; j++)
			char_wipe(events->rows[i].words[j]);
	}
	free(events->rows);
	free(events->events);
	events->rows = NULL;
	events->events = NULL;
	events->count = 0;
}

void events_free(struct events *events)
{
	if (!events)
		return;
	forget(events);
	table_free(events->table);
	free(events);
}

static enum fault read_rows(struct events *events)
{
	struct desk *desk = events->desk;
	struct timeline_event *read = NULL;
	size_t count = 0;
	enum fault fault =
	    strcmp(events->of.kind->name, "person") == 0
		? timeline_read(desk->record, events->of.id, &desk->staff.who,
				&read, &count)
		: timeline_of_household(desk->record, events->of.id,
					&desk->staff.who, &read, &count);

	if (fault)
		return fault;
	forget(events);
	events->events = read;
	events->count = count;
	events->rows = xcalloc(count + 1, sizeof *events->rows);
	table_set_count(events->table, count);
	return FAULT_NONE;
}

enum fault events_read(struct desk *desk, const struct entity_name *of,
		       struct events **out)
{
	static const struct table_column columns[COLUMNS] = {
		[WHEN] = { NULL, 18, CANVAS_START, 0 },
		[WHAT] = { NULL, 16, CANVAS_START, 0 },
		[CALLED] = { NULL, 0, CANVAS_START, 0 },
		[STANDS] = { NULL, 12, CANVAS_START, 1 },
	};
	SCOPED(events_freep) struct events *events = xcalloc(1, sizeof *events);
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.no_events");
	enum fault fault;

	events->desk = desk;
	events->of = *of;
	events->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = events,
	});
	if ((fault = read_rows(events)))
		return fault;
	*out = events;
	events = NULL;
	return FAULT_NONE;
}

enum fault events_refresh(struct events *events)
{
	const struct timeline_event was = events->count
					      ? *events_selected(events)
					      : (struct timeline_event){ 0 };
	enum fault fault = read_rows(events);

	for (size_t i = 0; !fault && i < events->count; i++) {
		if (events->events[i].kind == was.kind &&
		    events->events[i].id == was.id)
			table_select(events->table, i);
	}
	return fault;
}

void events_draw(struct events *events, struct canvas *canvas,
		 struct canvas_area area, bool focused)
{
	table_draw(events->table, canvas, area, focused);
}

enum table_event events_key(struct events *events, const struct ui_event *event)
{
	return table_key(events->table, event);
}

size_t events_count(const struct events *events)
{
	return events->count;
}

const struct timeline_event *events_selected(const struct events *events)
{
	return &events->events[table_selected(events->table)];
}

void events_open(struct events *events)
{
	const struct timeline_event *event;

	if (!events->count)
		return;
	event = events_selected(events);
	if (event->kind) {
		open_entity(events->desk, event->kind, event->id);
		return;
	}
	events->desk->selected = event->id;
	desk_open(events->desk, &desk_ticket_screen, NULL);
}

bool events_have_alert(const struct events *events)
{
	for (size_t i = 0; i < events->count; i++) {
		if (!events->events[i].kind &&
		    lists_alert(&events->desk->lists, events->events[i].id))
			return true;
	}
	return false;
}
