#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/answer.h"
#include "desk/frame.h"
#include "desk/sheet_inside.h"
#include "desk/value.h"

#define LABEL_CELLS 26
#define SIDE_BY_SIDE 120 /* columns from which its history stands beside */

enum column { LABEL, MARK, VALUE, COLUMNS };

/* --- rows ------------------------------------------------------------------
 */

static bool is_changed(const struct entity *entity, size_t place)
{
	const char *was = entity->as_read[place], *is = entity->values[place];

	return strcmp(was ? was : "", is ? is : "") != 0;
}

static char *cell_text(const struct sheet *sheet, size_t place, int column)
{
	const struct entity *entity = sheet->entity;
	const struct field *field = &entity->fields[place];
	SCOPED(char_freep) char *label = NULL;

	switch (column) {
	case LABEL:
		label = value_label(sheet->desk, sheet->kind, field);
		return xasprintf("%s%s", label,
				 field->flags & FIELD_NEEDED ? " *" : "");
	case MARK:
		return xstrdup(is_changed(entity, place) ? "●" : "");
	default:
		return value_of(sheet->desk, entity, place);
	}
}

static struct table_cell fill(void *to, size_t row, int column)
{
	struct sheet *sheet = to;
	size_t place = sheet->rows[row];
	const char *value = sheet->entity->values[place];

	char_wipe(sheet->cell);
	sheet->cell = cell_text(sheet, place, column);
	return (struct table_cell){
		.text = sheet->cell,
		.colour = column == MARK             ? CANVAS_ACCENT
			  : column == VALUE && value ? CANVAS_INK
						     : CANVAS_QUIET,
	};
}

static bool take_version(void *to, const struct entity *entity)
{
	*(int *)to = entity->version;
	return false;
}

/* A view of a watched kind is audited, so it is read anew only where another
 * desk saved it. */
static void refresh(void *state)
{
	struct sheet *sheet = state;
	struct desk *desk = sheet->desk;
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)sheet->entity->id);
	const struct entity_match matches[] = { { "id", id }, { NULL, NULL } };
	int version = sheet->entity->version;

	/* What is written here stays; saving shows what another wrote. */
	if (!sheet->entity->id || sheet->touched)
		return;
	if (entity_each(desk->record, sheet->kind, matches, NULL, 1,
			&desk->staff.who, take_version, &version))
		desk_say_trouble(desk);
	else if (version != sheet->entity->version)
		sheet_read(sheet);
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct sheet *sheet = state;

	entity_free(sheet->entity);
	history_free(sheet->history);
	table_free(sheet->table);
	char_wipe(sheet->cell);
	free(sheet->rows);
	free(sheet);
}

/* Without an entity it is not there, or not for this role: it says so. */
static enum fault begin(struct sheet *sheet, const struct sheet_about *about)
{
	struct desk *desk = sheet->desk;
	enum entity_answer answer;
	enum fault fault;

	if (about->id) {
		fault = entity_read(desk->record, about->kind, about->id,
				    &desk->staff.who, desk->clock.now, &answer,
				    &sheet->entity);
		if (!fault && answer != ENTITY_DONE)
			answer_say(desk, answer);
		return fault;
	}
	if ((fault = entity_new(desk->record, about->kind, &sheet->entity)))
		return fault;
	for (const struct entity_match *given = about->given;
	     given && given->field; given++)
		entity_set(sheet->entity, given->field, given->value);
	return FAULT_NONE;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[LABEL] = { NULL, LABEL_CELLS, CANVAS_START, 0 },
		[MARK] = { NULL, 1, CANVAS_START, 0 },
		[VALUE] = { NULL, 0, CANVAS_START, 0 },
	};
	const struct sheet_about *of = about;
	struct sheet *sheet = xcalloc(1, sizeof *sheet);
	enum fault fault;

	*sheet = (struct sheet){
		.desk = desk,
		.kind = of->kind,
		.saved = of->saved,
		.to = of->to,
	};
	sheet->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .fill = fill,
	    .to = sheet,
	});
	if ((fault = begin(sheet, of)) || !sheet->entity) {
		leave(sheet);
		return fault;
	}
	sheet_look(sheet);
	*state = sheet;
	return FAULT_NONE;
}

static char *title_of(const struct sheet *sheet)
{
	const struct desk *desk = sheet->desk;
	SCOPED(char_freep) char *kind = value_kind(desk, sheet->kind);
	SCOPED(char_freep)
	char *called = sheet->entity->id
			   ? value_called(desk, sheet->kind, sheet->entity->id)
			   : desk_word(desk, "desk.new");

	return xasprintf("%s · %s", kind, called);
}

/* "open · changed Sun 22 Nov 2026 14:32 by Sam". */
static char *standing_of(const struct sheet *sheet)
{
	const struct desk *desk = sheet->desk;
	const struct entity *entity = sheet->entity;
	const struct field *state = kind_field(sheet->kind, "state");
	const char *value = entity_text(entity, "state");
	SCOPED(char_freep)
	char *word =
	    state && value ? value_code(desk, sheet->kind, state, value) : NULL;
	SCOPED(char_freep) char *when = NULL;
	SCOPED(char_freep) char *changed = NULL;

	if (!entity->id)
		return desk_word(desk, "desk.not_saved_yet");
	when = value_instant(desk, entity->changed_at);
	const struct catalogue_argument by[] = {
		{ .name = "at", .text = when },
		{ .name = "by", .text = entity->changed_by },
	};
	changed = desk_words(desk, "desk.changed_by", by, COUNT(by));
	return word ? xasprintf("%s · %s", word, changed) : xstrdup(changed);
}

static void draw(void *state, struct canvas *canvas)
{
	struct sheet *sheet = state;
	struct desk *desk = sheet->desk;
	SCOPED(char_freep) char *title = title_of(sheet);
	SCOPED(char_freep) char *standing = standing_of(sheet);
	struct canvas_area area = frame_draw(desk, canvas, title);

	if (area.w >= SIDE_BY_SIDE && sheet->history) {
		struct canvas_area beside = area;

		beside.x = area.w / 2 + 1;
		beside.w = area.w - beside.x;
		area.w /= 2;
		canvas_rule_down(canvas, area.y, area.w, area.h);
		history_draw(sheet->history, canvas, beside, false);
	}
	frame_line(canvas, area.y, 2, area.w - 3, standing,
		   desk->staff.language, CANVAS_PLAIN, CANVAS_QUIET);
	area.y++;
	area.h--;
	table_draw(sheet->table, canvas, area, true);
}

static bool holds(const void *state)
{
	return ((const struct sheet *)state)->touched;
}

static void ask(void *state)
{
	sheet_ask(state);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct sheet *sheet = state;

	if (action_key(sheet->desk, event))
		return SCREEN_STAY;
	if (table_key(sheet->table, event) == TABLE_OPENED)
		sheet_edit(sheet);
	return SCREEN_STAY;
}

/* --- actions ---------------------------------------------------------------
 */

static bool has_rows(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct sheet *)state)->row_count > 0;
}

static bool is_touched(const struct desk *desk, const void *state)
{
	(void)desk;
	return holds(state);
}

/* A new one whose values were given may be right as it is. */
static bool may_save(const struct desk *desk, const void *state)
{
	const struct sheet *sheet = state;

	return is_touched(desk, state) || !sheet->entity->id;
}

static bool is_saved(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct sheet *)state)->entity->id != 0;
}

static bool may_move(const struct desk *desk, const void *state)
{
	(void)desk;
	return sheet_may_move(state);
}

static void edit(struct desk *desk, void *state)
{
	(void)desk;
	sheet_edit(state);
}

static void save(struct desk *desk, void *state)
{
	(void)desk;
	sheet_save(state);
}

static void move(struct desk *desk, void *state)
{
	(void)desk;
	sheet_move(state);
}

static bool may_retime(const struct desk *desk, const void *state)
{
	const struct sheet *sheet = state;

	(void)desk;
	return sheet->kind == kind_find("appointment") && sheet->entity->id &&
	       !sheet->touched && retime_may(sheet->entity);
}

static void retime(struct desk *desk, void *state)
{
	struct sheet *sheet = state;

	retime_open(desk, &sheet->retime, sheet->entity->id);
}

static void take_out(struct desk *desk, void *state)
{
	(void)desk;
	sheet_remove(state);
}

static void show_history(struct desk *desk, void *state)
{
	const struct sheet *sheet = state;
	const struct entity_name name = { sheet->kind, sheet->entity->id };

	desk_open(desk, &desk_history_screen, &name);
}

static const struct action actions[] = {
	{ '\r', "desk.edit", "desk.edit_about", has_rows, edit },
	{ 's', "desk.save", "desk.save_about", may_save, save },
	{ 'm', "desk.move", "desk.move_about", may_move, move },
	{ 'w', "retime.key", "retime.about", may_retime, retime },
	{ 'h', "desk.history", "desk.history_about", is_saved, show_history },
	{ 'x', "desk.remove", "desk.remove_about", is_saved, take_out },
	{ 0 },
};

static const struct view_mark marks[] = {
	{ "●", "desk.mark_unsaved" },
	{ "*", "desk.mark_needed" },
	{ NULL, NULL },
};

const struct view desk_sheet_screen = {
	.name = "sheet",
	.actions = actions,
	.marks = marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.holds = holds,
	.ask = ask,
	.leave = leave,
};
