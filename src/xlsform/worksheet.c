#include "xlsform/worksheet.h"

#include <stdlib.h>
#include <string.h>

#include "xlsform/grid.h"
#include "xlsform/part.h"

#define ROW_LIMIT 1048576 /* as Excel has */

struct worksheet {
	struct part part;
	const struct legend *legend;
	struct grid grid;
	size_t next;      /* the column of a cell that does not say its own */
	bool hidden;      /* the row is */
	int first_hidden; /* the first hidden row with something in it */
	size_t hidden_count;
};

/* --- cells ---------------------------------------------------------------- */

/* "AB12" is column 27; letters alone count. The number of letters, too. */
static size_t column_of(const char *reference, size_t *letters)
{
	size_t column = 0, i = 0;

	for (; reference[i] >= 'A' && reference[i] <= 'Z' && i < 3; i++)
		column = 26 * column + (size_t)(reference[i] - 'A') + 1;
	*letters = i;
	return column ? column - 1 : 0;
}

/* What a cell's elements say. */
struct cell {
	struct bytes value; /* of <v> */
	struct bytes text;  /* of <is> */
	bool formula;
};

static void read_cell(struct worksheet *sheet, struct cell *cell)
{
	struct part *part = &sheet->part;
	bool in_value = false;

	bytes_add_text(&cell->value, "");
	bytes_add_text(&cell->text, "");
	if (part_empty(part))
		return;
	while (part_next(part) && !part_ends(part, "c")) {
		const char *text = part_text(part);

		if (part_starts(part, "v"))
			in_value = !part_empty(part);
		else if (part_ends(part, "v"))
			in_value = false;
		else if (part_starts(part, "f"))
			cell->formula = true;
		else if (part_starts(part, "is"))
			part_add_runs(part, "is", &cell->text);
		else if (text && in_value)
			bytes_add_text(&cell->value, text);
	}
}

static void complain(struct worksheet *sheet, const char *words)
{
	grid_complain(&sheet->grid, FAULT_FORMAT,
		      grid_title(&sheet->grid, sheet->grid.count), words);
}

static void put(struct worksheet *sheet, const char *text)
{
	grid_cell(&sheet->grid, text, strlen(text));
}

static void put_shared(struct worksheet *sheet, const char *value)
{
	char *end;
	unsigned long index = strtoul(value, &end, 10);

	if (end == value || *end || index >= sheet->legend->string_count)
		complain(sheet, "a text is missing from the file; save it "
				"again as .xlsx in the spreadsheet program");
	else
		put(sheet, sheet->legend->strings[index]);
}

static void put_number(struct worksheet *sheet, size_t format,
		       const char *value)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	legend_add_number(sheet->legend, format, value, &text);
	put(sheet, (const char *)text.data);
	bytes_done(&text);
}

static void put_error(struct worksheet *sheet, const char *value)
{
	SCOPED(char_freep)
	char *words = xasprintf("the formula in this cell fails (%.20s); "
				"write its result instead",
				value);

	complain(sheet, words);
}

/* type is the attribute t (ECMA-376, 18.18.11). */
static void put_cell(struct worksheet *sheet, const char *type, size_t format,
		     const struct cell *cell)
{
	const char *value = (const char *)cell->value.data;

	if (!strcmp(type, "inlineStr")) {
		SCOPED(char_freep)
		char *text = xstrdup((const char *)cell->text.data);

		legend_unhide(text);
		put(sheet, text);
	} else if (!strcmp(type, "e") && *value) {
		put_error(sheet, value);
	} else if (!*value && cell->formula && strcmp(type, "str")) {
		complain(sheet, "a formula that was never worked out; open "
				"and save the file in the spreadsheet "
				"program");
	} else if (!*value) {
		put(sheet, "");
	} else if (!strcmp(type, "s")) {
		put_shared(sheet, value);
	} else if (!strcmp(type, "b")) {
		put(sheet, strcmp(value, "0") ? "TRUE" : "FALSE");
	} else if (!strcmp(type, "n")) {
		put_number(sheet, format, value);
	} else { /* a formula's text, a date as text */
		SCOPED(char_freep) char *text = xstrdup(value);

		legend_unhide(text);
		put(sheet, text);
	}
}

/* A cell says where it is, or is the next one. */
static void take_cell(struct worksheet *sheet)
{
	SCOPED(char_freep) char *at = part_attribute(&sheet->part, "r");
	SCOPED(char_freep) char *type = part_attribute(&sheet->part, "t");
	size_t format = part_number(&sheet->part, "s", 0);
	struct cell cell = { 0 };
	size_t letters = 0, column = at ? column_of(at, &letters) : 0;

	read_cell(sheet, &cell);
	if (!letters)
		column = sheet->next;
	sheet->next = column + 1;
	/* Cells that only have a colour are many and mean nothing. */
	if (cell.value.length || cell.text.length || cell.formula) {
		grid_skip_to(&sheet->grid, column);
		if (column < sheet->grid.count)
			complain(sheet, "two cells in one place; save the "
					"file again as .xlsx");
		else if (!sheet->grid.fault)
			put_cell(sheet, type ? type : "n", format, &cell);
	}
	bytes_done(&cell.value);
	bytes_done(&cell.text);
}

/* --- rows ----------------------------------------------------------------- */

static void note_hidden(struct worksheet *sheet)
{
	if (!sheet->hidden || !sheet->grid.count ||
	    !sheet->grid.sheet->column_count)
		return;
	if (!sheet->hidden_count++)
		sheet->first_hidden = sheet->grid.row;
}

static void end_row(struct worksheet *sheet)
{
	note_hidden(sheet);
	grid_end_row(&sheet->grid);
}

/* A row says its number, or is the next one. */
static void start_row(struct worksheet *sheet)
{
	size_t last = (size_t)sheet->grid.row;
	size_t number = part_number(&sheet->part, "r", last);

	if (number < last || number > ROW_LIMIT)
		complain(sheet, "rows are out of order; save the file again "
				"as .xlsx");
	else
		sheet->grid.row = (int)number;
	sheet->hidden = part_yes(&sheet->part, "hidden");
	sheet->next = 0;
}

static void tell_hidden(struct worksheet *sheet)
{
	struct finding_place place = { sheet->grid.sheet->file,
				       sheet->first_hidden, NULL };

	if (sheet->hidden_count == 1)
		findings_add(sheet->grid.findings, FINDING_WARNING, place,
			     "this row is hidden in the spreadsheet and counts "
			     "all the same; delete it if it should not");
	else if (sheet->hidden_count)
		findings_add(sheet->grid.findings, FINDING_WARNING, place,
			     "this row and %zu below it are hidden in the "
			     "spreadsheet and count all the same; delete them "
			     "if they should not",
			     sheet->hidden_count - 1);
}

/* --- merged cells --------------------------------------------------------- */

static int by_number(const void *key, const void *member)
{
	const int *number = key;
	const struct sheet_row *row = member;

	return (*number > row->number) - (*number < row->number);
}

/* The rows are in order: start_row() refuses any other sheet. */
static const struct sheet_row *row_at(const struct sheet *sheet, int number)
{
	return sheet->row_count
		   ? bsearch(&number, sheet->rows, sheet->row_count,
			     sizeof *sheet->rows, by_number)
		   : NULL;
}

/* "B3:B5", where the first has something below a title. */
static void tell_merged(struct worksheet *sheet)
{
	SCOPED(char_freep) char *area = part_attribute(&sheet->part, "ref");
	const char *colon = area ? strchr(area, ':') : NULL;
	const struct sheet *made = sheet->grid.sheet;
	size_t letters;

	if (!colon)
		return;
	size_t column = column_of(area, &letters);
	const struct sheet_row *row = row_at(made, atoi(area + letters));

	if (!row || column >= made->column_count || !*row->cells[column])
		return;
	findings_add(sheet->grid.findings, FINDING_WARNING,
		     (struct finding_place){ made->file, row->number,
					     made->columns[column].title },
		     "the cells %s are merged: only the first of them says "
		     "this, the others count as empty; unmerge them and write "
		     "it in each that should",
		     area);
}

/* -------------------------------------------------------------------------- */

static void take_node(struct worksheet *sheet)
{
	if (part_starts(&sheet->part, "row")) {
		start_row(sheet);
		if (part_empty(&sheet->part))
			end_row(sheet);
	} else if (part_ends(&sheet->part, "row")) {
		end_row(sheet);
	} else if (part_starts(&sheet->part, "c")) {
		take_cell(sheet);
	} else if (part_starts(&sheet->part, "mergeCell")) {
		tell_merged(sheet);
	}
}

enum fault worksheet_read(struct package *package, const struct legend *legend,
			  const char *part, struct findings *findings,
			  struct sheet *out)
{
	struct worksheet sheet = { .legend = legend };
	enum fault fault = part_open(package, part, &sheet.part);

	grid_start(&sheet.grid, out, findings);
	sheet.grid.remarks = true;
	sheet.grid.unreadable = "holds a character that no text may have; "
				"write the cell anew";
	while (!fault && !sheet.grid.fault && part_next(&sheet.part))
		take_node(&sheet);
	if (!fault)
		fault = sheet.part.fault;
	if (!sheet.grid.fault)
		sheet.grid.fault = fault;
	tell_hidden(&sheet);
	part_done(&sheet.part);
	return grid_finish(&sheet.grid);
}
