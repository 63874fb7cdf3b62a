#include "xlsform/table.h"

#include <stdlib.h>
#include <string.h>

#include "xlsform/type.h"

/* A group or repeat that is not yet ended. */
struct open {
	bool table;
	char *list; /* that of the table's first select; NULL before it */
	int row;    /* of that select */
};

struct reading {
	const struct sheet *sheet;
	struct findings *findings;
	struct table_rows *out;
	struct open *open;
	size_t depth;
};

/* --- rows that are made --------------------------------------------------- */

static void append(struct table_rows *rows, const struct sheet_row *row)
{
	rows->list =
	    xreallocarray(rows->list, rows->count + 1, sizeof(*rows->list));
	rows->list[rows->count++] = row;
}

/* A row like another, or of its number alone; its cells may be changed. */
static struct sheet_row *make(struct table_rows *rows,
			      const struct sheet_row *of, bool cells)
{
	size_t columns = rows->sheet->column_count;
	struct sheet_row *row = xcalloc(1, sizeof *row);

	row->number = of->number;
	row->cells = xcalloc(columns, sizeof *row->cells);
	for (size_t i = 0; i < columns; i++)
		row->cells[i] = xstrdup(cells ? of->cells[i] : "");
	rows->made = xreallocarray(rows->made, rows->made_count + 1,
				   sizeof(struct sheet_row *));
	rows->made[rows->made_count++] = row;
	append(rows, row);
	return row;
}

/* Nothing where the sheet has no such column. Takes text. */
static void put(const struct sheet *sheet, struct sheet_row *row,
		const char *key, char *text)
{
	int column = sheet_find(sheet, key, NULL);

	if (column < 0) {
		free(text);
		return;
	}
	free(row->cells[column]);
	row->cells[column] = text;
}

/* --- a table's group ------------------------------------------------------ */

static bool is_words(const struct sheet_column *column)
{
	static const char *const keys[] = {
		"label", "hint",  "guidance_hint", "image",
		"audio", "video", "big-image",
	};

	for (size_t i = 0; i < COUNT(keys); i++)
		if (!strcmp(column->key, keys[i]))
			return true;
	return false;
}

static char *with_field_list(const char *appearance)
{
	static const char word[] = "table-list";
	const char *at = strcasestr(appearance, word);

	return xasprintf("%.*sfield-list%s", (int)(at - appearance), appearance,
			 at + strlen(word));
}

/* Hands the group's words on to a note; nothing if it has none. */
static void make_note(struct reading *reading, struct sheet_row *group)
{
	const struct sheet *sheet = reading->sheet;
	struct sheet_row *note = NULL;

	for (size_t i = 0; i < sheet->column_count; i++) {
		if (!*group->cells[i] || !is_words(&sheet->columns[i]))
			continue;
		if (!note)
			note = make(reading->out, group, false);
		char *blank = note->cells[i];

		note->cells[i] = group->cells[i];
		group->cells[i] = blank;
	}
	if (!note)
		return;
	put(sheet, note, "type", xstrdup("note"));
	put(sheet, note, "name", xasprintf(TABLE_NOTE "%d", group->number));
}

static void take_group(struct reading *reading, const struct sheet_row *row)
{
	const char *appearance = sheet_cell(reading->sheet, row, "appearance");
	bool table = sheet_has_word(appearance, "table-list");

	reading->open = xreallocarray(reading->open, reading->depth + 1,
				      sizeof *reading->open);
	reading->open[reading->depth++] = (struct open){ .table = table };
	if (!table) {
		append(reading->out, row);
		return;
	}
	struct sheet_row *group = make(reading->out, row, true);

	put(reading->sheet, group, "appearance", with_field_list(appearance));
	make_note(reading, group);
}

/* --- its selects ---------------------------------------------------------- */

/* The choices above the answers: a select that nobody answers. */
static void make_titles(struct reading *reading, const struct sheet_row *row)
{
	static const char *const same[] = { "type", "choice_filter",
					    "parameters" };
	const struct sheet *sheet = reading->sheet;
	struct sheet_row *titles = make(reading->out, row, false);

	for (size_t i = 0; i < COUNT(same); i++)
		put(sheet, titles, same[i],
		    xstrdup(sheet_cell(sheet, row, same[i])));
	put(sheet, titles, "name",
	    xasprintf("reserved_name_for_field_list_labels_%d", row->number));
	put(sheet, titles, "appearance", xstrdup("label"));
}

static void take_select(struct reading *reading, struct open *table,
			const struct sheet_row *row, const char *list)
{
	if (!table->list) {
		table->list = xstrdup(list);
		table->row = row->number;
		make_titles(reading, row);
	} else if (strcmp(table->list, list)) {
		findings_add(reading->findings, FINDING_ERROR,
			     sheet_place(reading->sheet, row, "type"),
			     "the choices of a table-list are one list: that "
			     "of row %d, %s; put this question outside",
			     table->row, table->list);
	}
	put(reading->sheet, make(reading->out, row, true), "appearance",
	    xstrdup("list-nolabel"));
}

/* --- row by row ----------------------------------------------------------- */

static void close_group(struct reading *reading)
{
	if (reading->depth)
		free(reading->open[--reading->depth].list);
}

static void take_row(struct reading *reading, const struct sheet_row *row)
{
	struct open *open =
	    reading->depth ? &reading->open[reading->depth - 1] : NULL;
	struct type_cell is;

	type_read(sheet_cell(reading->sheet, row, "type"), &is);
	enum type_role role = is.type ? is.type->role : TYPE_QUESTION;

	if (role == TYPE_BEGIN_GROUP || role == TYPE_BEGIN_REPEAT) {
		take_group(reading, row);
	} else if (role == TYPE_SELECT && is.list && open && open->table) {
		take_select(reading, open, row, is.list);
	} else {
		if (role == TYPE_END_GROUP || role == TYPE_END_REPEAT)
			close_group(reading);
		append(reading->out, row);
	}
	type_cell_done(&is);
}

void table_rows_read(const struct sheet *sheet, struct findings *findings,
		     struct table_rows *out)
{
	struct reading reading = { sheet, findings, out, NULL, 0 };

	*out = (struct table_rows){ .sheet = sheet };
	for (size_t i = 0; i < sheet->row_count; i++)
		take_row(&reading, &sheet->rows[i]);
	while (reading.depth)
		close_group(&reading);
	free(reading.open);
}

void table_rows_done(struct table_rows *rows)
{
	for (size_t i = 0; i < rows->made_count; i++) {
		for (size_t k = 0; k < rows->sheet->column_count; k++)
			free(rows->made[i]->cells[k]);
		free(rows->made[i]->cells);
		free(rows->made[i]);
	}
	free(rows->made);
	free(rows->list);
	*rows = (struct table_rows){ 0 };
}
