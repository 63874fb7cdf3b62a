#include <stdlib.h>
#include <string.h>

#include "desk/answer.h"
#include "desk/sheet_inside.h"

/* What a sheet shows: the fields of its entity, as they were read last. */

/* --- rows ------------------------------------------------------------------
 */

const struct field *sheet_field(const struct sheet *sheet)
{
	return &sheet->entity
		    ->fields[sheet->rows[table_selected(sheet->table)]];
}

const char *sheet_value(const struct sheet *sheet)
{
	return sheet->entity->values[sheet->rows[table_selected(sheet->table)]];
}

void sheet_select(struct sheet *sheet, const char *field)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		if (strcmp(sheet->entity->fields[sheet->rows[i]].name, field) ==
		    0)
			table_select(sheet->table, i);
	}
}
static void find_rows(struct sheet *sheet)
{
	const struct entity *entity = sheet->entity;

	free(sheet->rows);
	sheet->rows = xcalloc(entity->field_count + 1, sizeof *sheet->rows);
	sheet->row_count = 0;
	for (size_t i = 0; i < entity->field_count; i++) {
		if (!(entity->fields[i].flags & FIELD_INNER))
			sheet->rows[sheet->row_count++] = i;
	}
	table_set_count(sheet->table, sheet->row_count);
}

/* --- reading ---------------------------------------------------------------
 */

static void read_history(struct sheet *sheet)
{
	struct history *history;

	if (!sheet->entity->id)
		return;
	if (history_read(sheet->desk, sheet->kind, sheet->entity->id,
			 &history)) {
		desk_say_trouble(sheet->desk);
		return;
	}
	history_free(sheet->history);
	sheet->history = history;
}

void sheet_look(struct sheet *sheet)
{
	find_rows(sheet);
	read_history(sheet);
}

void sheet_take(struct sheet *sheet, struct entity *entity)
{
	entity_free(sheet->entity);
	sheet->entity = entity;
	sheet->touched = false;
	sheet_look(sheet);
}

void sheet_read(struct sheet *sheet)
{
	struct desk *desk = sheet->desk;
	enum entity_answer answer;
	struct entity *entity;

	if (entity_read(desk->record, sheet->kind, sheet->entity->id,
			&desk->staff.who, desk->clock.now, &answer, &entity))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		sheet_take(sheet, entity);
}
