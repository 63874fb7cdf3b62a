#pragma once

#include <stddef.h>

#include "desk/desk.h"
#include "record/entity.h"

/*
 * What happened to one entity, newest first, a line a change: when, who, what
 * from which source. For a pane beside it, and for a screen of its own.
 */
struct history;

MUST_CHECK enum fault history_read(struct desk *desk, const struct kind *kind,
				   int64_t id, struct history **out);
void history_free(struct history *history); /* NULL is fine */
DEFINE_SCOPED(struct history, history_free)

void history_draw(struct history *history, struct canvas *canvas,
		  struct canvas_area area, bool focused);

extern const struct view desk_history_screen; /* about: struct entity_name */
