#pragma once

#include "desk/history.h"
#include "desk/retime.h"
#include "desk/sheet.h"
#include "ui/table.h"

/* Inside the sheet: its files share this. */
struct sheet {
	struct desk *desk;
	const struct kind *kind;
	struct entity *entity;
	size_t *rows; /* places of the fields that are shown */
	size_t row_count;
	struct table *table;
	struct history *history; /* NULL: it is new */
	char *cell;              /* of the last fill() */
	bool touched;            /* something is not saved */
	bool leaving;            /* it is to be closed when it is saved */
	struct retime retime;    /* of an appointment */
	struct clash clash;      /* of one that is booked */
	void (*saved)(struct desk *desk, void *to, int64_t id);
	void *to;
};

/* sheet_rows.c: the field of the selected row, and the value it has now. */
const struct field *sheet_field(const struct sheet *sheet);
const char *sheet_value(const struct sheet *sheet);

/* Selects the row of a field, if it has one. */
void sheet_select(struct sheet *sheet, const char *field);

/* The rows and the history of the entity that it has. */
void sheet_look(struct sheet *sheet);

/* Reads the entity anew; what is not saved goes. */
void sheet_read(struct sheet *sheet);

/* Takes over another reading of it, or the saved one. */
void sheet_take(struct sheet *sheet, struct entity *entity);

/* sheet_edit.c: opens what the selected row is edited with. */
void sheet_edit(struct sheet *sheet);

/* sheet_save.c */
void sheet_save(struct sheet *sheet);
void sheet_ask(struct sheet *sheet); /* before it is left unsaved */
bool sheet_may_move(const struct sheet *sheet);
void sheet_move(struct sheet *sheet);
void sheet_remove(struct sheet *sheet);
