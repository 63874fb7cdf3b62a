#pragma once

#include "desk/desk.h"
#include "record/entity.h"
#include "record/timeline.h"
#include "ui/table.h"

/*
 * What happened with a person or a household as rows: day, kind, what, where
 * it stands. A pane of a screen; Enter on it opens the row.
 */
struct events;

/* of: a person or a household. The caller frees *out. */
MUST_CHECK enum fault events_read(struct desk *desk,
				  const struct entity_name *of,
				  struct events **out);
void events_free(struct events *events); /* NULL is fine; wipes */
DEFINE_SCOPED(struct events, events_free)

/* Reads anew; the cursor stays on its row. */
MUST_CHECK enum fault events_refresh(struct events *events);

void events_draw(struct events *events, struct canvas *canvas,
		 struct canvas_area area, bool focused);
enum table_event events_key(struct events *events,
			    const struct ui_event *event);

size_t events_count(const struct events *events);
/* Of the selected row; its kind is NULL for a visit. Not of none. */
const struct timeline_event *events_selected(const struct events *events);
/* Opens the selected row: a visit's ticket, else the entity. */
void events_open(struct events *events);

/* Whether one of the visits among them has a quiet flag that is not closed. */
bool events_have_alert(const struct events *events);
