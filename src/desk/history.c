#include "desk/history.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/frame.h"
#include "desk/value.h"
#include "ui/table.h"

struct line {
	char *when, *who, *what;
};

enum column { WHEN, WHO, WHAT, COLUMNS };

struct history {
	struct desk *desk;
	const struct kind *kind;
	struct line *lines;
	size_t count;
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct history *history = to;
	const struct line *line = &history->lines[history->count - 1 - row];

	return (struct table_cell){
		.text = column == WHEN  ? line->when
			: column == WHO ? line->who
					: line->what,
		.colour = column == WHAT ? CANVAS_INK : CANVAS_QUIET,
	};
}

static const struct field *find_field(const struct entity *entity,
				      const char *name)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		if (strcmp(entity->fields[i].name, name) == 0)
			return &entity->fields[i];
	}
	return NULL;
}

/* "Level: stable → crisis (seen)". */
static char *field_words(const struct history *history,
			 const struct field *field, const struct change *change)
{
	struct desk *desk = history->desk;
	SCOPED(char_freep)
	char *label = value_label(desk, history->kind, field);
	SCOPED(char_freep)
	char *before = value_shown(desk, history->kind, field, change->before);
	SCOPED(char_freep)
	char *after = value_shown(desk, history->kind, field, change->after);
	SCOPED(char_freep)
	char *key = xasprintf("desk.source_%s",
			      change->source ? change->source : "told");
	SCOPED(char_freep) char *source = desk_word(desk, key);

	return change->before
		   ? xasprintf("%s: %s → %s (%s)", label, before, after, source)
		   : xasprintf("%s: %s (%s)", label, after, source);
}

static char *words_of(const struct history *history,
		      const struct entity *fields, const struct change *change)
{
	const struct field *field = find_field(fields, change->field);

	if (field)
		return field_words(history, field, change);
	return desk_word(history->desk,
			 change->after ? "desk.was_made" : "desk.was_removed");
}

struct walk {
	struct history *history;
	const struct entity *fields; /* of the kind, as they are now */
};

static void add(void *to, const struct change *change)
{
	const struct walk *walk = to;
	struct history *history = walk->history;
	char *what = words_of(history, walk->fields, change);

	if (change->reason && change->reason[0]) {
		char *both = xasprintf("%s · %s", what, change->reason);

		free(what);
		what = both;
	}
	history->lines = xreallocarray(history->lines, history->count + 1,
				       sizeof *history->lines);
	history->lines[history->count++] = (struct line){
		.when = value_instant(history->desk, change->at),
		.who = xstrdup(change->user),
		.what = what,
	};
}

void history_free(struct history *history)
{
	if (!history)
		return;
	for (size_t i = 0; i < history->count; i++) {
		free(history->lines[i].when);
		free(history->lines[i].who);
		char_wipe(history->lines[i].what);
	}
	free(history->lines);
	table_free(history->table);
	free(history);
}

enum fault history_read(struct desk *desk, const struct kind *kind, int64_t id,
			struct history **out)
{
	const struct table_column columns[COLUMNS] = {
		[WHEN] = { NULL, value_instant_cells(desk), CANVAS_START, 0 },
		[WHO] = { NULL, 8, CANVAS_START, 1 },
		[WHAT] = { NULL, 0, CANVAS_START, 0 },
	};
	SCOPED(history_freep)
	struct history *history = xcalloc(1, sizeof *history);
	SCOPED(entity_freep) struct entity *fields = NULL;
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.no_history");
	struct walk walk = { history, NULL };
	enum fault fault;

	history->desk = desk;
	history->kind = kind;
	if ((fault = entity_new(desk->record, kind, &fields)))
		return fault;
	walk.fields = fields;
	if ((fault = entity_history(desk->record, kind, id, add, &walk)))
		return fault;
	history->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .empty = empty,
	    .fill = fill,
	    .to = history,
	});
	table_set_count(history->table, history->count);
	*out = history;
	history = NULL;
	return FAULT_NONE;
}

void history_draw(struct history *history, struct canvas *canvas,
		  struct canvas_area area, bool focused)
{
	table_draw(history->table, canvas, area, focused);
}

/* --- the screen ------------------------------------------------------------
 */

struct showing {
	struct desk *desk;
	struct entity_name of;
	struct history *history;
};

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct showing *showing = xcalloc(1, sizeof *showing);
	enum fault fault;

	showing->desk = desk;
	showing->of = *(const struct entity_name *)about;
	if ((fault = history_read(desk, showing->of.kind, showing->of.id,
				  &showing->history))) {
		free(showing);
		return fault;
	}
	*state = showing;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct showing *showing = state;
	struct desk *desk = showing->desk;
	SCOPED(char_freep)
	char *called = value_called(desk, showing->of.kind, showing->of.id);
	SCOPED(char_freep) char *word = desk_word(desk, "desk.history_title");
	SCOPED(char_freep) char *title = xasprintf("%s · %s", called, word);

	history_draw(showing->history, canvas, frame_draw(desk, canvas, title),
		     true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct showing *showing = state;

	if (!action_key(showing->desk, event))
		(void)table_key(showing->history->table, event);
	return SCREEN_STAY;
}

static void refresh(void *state)
{
	struct showing *showing = state;
	size_t selected = table_selected(showing->history->table);
	struct history *history;

	if (history_read(showing->desk, showing->of.kind, showing->of.id,
			 &history)) {
		desk_say_trouble(showing->desk);
		return;
	}
	history_free(showing->history);
	showing->history = history;
	table_select(history->table, selected);
}

static void leave(void *state)
{
	struct showing *showing = state;

	history_free(showing->history);
	free(showing);
}

const struct view desk_history_screen = {
	.name = "history",
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
