#include "text/rows.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

/* What libcsv hands over, cell by cell. */
struct reader {
	const char *file;
	struct findings *findings;
	struct rows *rows;
	size_t at;   /* cells of this row so far */
	size_t room; /* for cells */
	bool named;  /* the first row is over */
	enum fault fault;
};

static void complain(struct reader *reader, enum fault fault, const char *words)
{
	const struct rows *rows = reader->rows;
	const struct finding_place place = {
		.file = reader->file,
		.row = reader->named ? ROWS_SHEET_ROW(rows->count) : 1,
		.column = reader->named && reader->at < rows->column_count
			      ? rows->columns[reader->at]
			      : NULL,
	};

	findings_add(reader->findings, FINDING_ERROR, place, "%s", words);
	reader->fault = fault;
}

/* UTF-8 without a zero byte. */
static bool is_text(const char *cell, size_t length)
{
	UErrorCode code = U_ZERO_ERROR;
	int32_t units = 0;

	if (memchr(cell, 0, length))
		return false;
	u_strFromUTF8(NULL, 0, &units, cell, (int32_t)length, &code);
	return code == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(code);
}

static char *cell_of(const char *cell, size_t length)
{
	/* See spreadsheet_cell(). */
	if (length > 1 && cell[0] == '\'' && strchr("=+-@\t", cell[1])) {
		cell++;
		length--;
	}
	return xstrndup(cell, length);
}

static void take_heading(struct reader *reader, const char *cell, size_t length)
{
	struct rows *rows = reader->rows;

	if (rows->column_count == ROWS_COLUMNS) {
		complain(reader, FAULT_LIMIT, "more than 500 columns");
		return;
	}
	rows->columns = xreallocarray(rows->columns, rows->column_count + 1,
				      sizeof *rows->columns);
	rows->columns[rows->column_count++] = xstrndup(cell, length);
}

static void take_value(struct reader *reader, const char *cell, size_t length)
{
	struct rows *rows = reader->rows;

	if (reader->at < rows->column_count)
		rows->cells[rows->count * rows->column_count + reader->at++] =
		    cell_of(cell, length);
	else if (length)
		complain(reader, FAULT_FORMAT,
			 "more cells than the heading has; put a text with "
			 "commas between quotation marks");
}

static void take_cell(void *cell, size_t length, void *to)
{
	struct reader *reader = to;
	const char *text = cell ? cell : "";

	if (reader->fault)
		return;
	if (length > ROWS_CELL_LIMIT)
		complain(reader, FAULT_LIMIT,
			 "more than a million bytes in one cell; look for a "
			 "quotation mark that nothing closes");
	else if (!is_text(text, length))
		complain(reader, FAULT_FORMAT,
			 "not UTF-8 text; save the sheet as \"CSV UTF-8\"");
	else if (reader->named)
		take_value(reader, text, length);
	else
		take_heading(reader, text, length);
}

/* Room for one more row, its cells none. */
static void make_room(struct reader *reader)
{
	struct rows *rows = reader->rows;
	const size_t used = rows->count * rows->column_count;

	if (used + rows->column_count > reader->room) {
		reader->room = 2 * reader->room + 16 * rows->column_count;
		rows->cells = xreallocarray(rows->cells, reader->room,
					    sizeof *rows->cells);
	}
	memset(rows->cells + used, 0, rows->column_count * sizeof *rows->cells);
	reader->at = 0;
}

static void check_heading(struct reader *reader)
{
	const struct rows *rows = reader->rows;

	for (size_t i = 0; i < rows->column_count && !reader->fault; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(rows->columns[i], rows->columns[j]) != 0)
				continue;
			reader->at = i;
			complain(reader, FAULT_FORMAT,
				 rows->columns[i][0]
				     ? "two columns have the same name; "
				       "rename one"
				     : "columns without a name; name them or "
				       "take them out");
		}
	}
}

static void fill_row(struct reader *reader)
{
	struct rows *rows = reader->rows;

	while (reader->at < rows->column_count)
		rows->cells[rows->count * rows->column_count + reader->at++] =
		    xstrdup("");
	rows->count++;
}

static void end_row(int end, void *to)
{
	struct reader *reader = to;
	struct rows *rows = reader->rows;

	(void)end; /* which byte ended it */
	if (reader->fault)
		return;
	if (reader->named)
		fill_row(reader);
	reader->named = true;
	if (!rows->count)
		check_heading(reader);
	if ((rows->count + 1) * rows->column_count > ROWS_LIMIT)
		complain(reader, FAULT_LIMIT, "more than a million cells");
	else
		make_room(reader);
}

/* Blanks are part of a cell (RFC 4180 §2.4). */
static int no_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

static char delimiter_of(const char *text, size_t length)
{
	size_t commas = 0, semicolons = 0, tabs = 0;

	for (size_t i = 0; i < length && text[i] != '\n'; i++) {
		commas += text[i] == ',';
		semicolons += text[i] == ';';
		tabs += text[i] == '\t';
	}
	return tabs > commas && tabs > semicolons ? '\t'
	       : semicolons > commas              ? ';'
						  : ',';
}

static void parse(struct reader *reader, const char *text, size_t length)
{
	struct csv_parser parser;
	bool sound;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
		abort();
	csv_set_space_func(&parser, no_space);
	csv_set_delim(&parser, (unsigned char)delimiter_of(text, length));
	sound = csv_parse(&parser, text, length, take_cell, end_row, reader) ==
		    length &&
		csv_fini(&parser, take_cell, end_row, reader) == 0;
	csv_free(&parser);
	if (!sound && !reader->fault)
		complain(reader, FAULT_FORMAT,
			 "a quotation mark that nothing closes, or one in the "
			 "middle of a cell; write it twice");
	if (!reader->fault && !reader->named)
		complain(reader, FAULT_FORMAT,
			 "the first row names the columns, and there is none");
}

enum fault rows_read(const char *file, const void *bytes, size_t length,
		     struct findings *findings, struct rows *out)
{
	static const char mark[] = "\xEF\xBB\xBF";
	struct reader reader = { .file = file, .findings = findings };
	const char *text = bytes;

	*out = (struct rows){ 0 };
	reader.rows = out;
	if (length >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0) {
		text += strlen(mark);
		length -= strlen(mark);
	}
	parse(&reader, text, length);
	/* The row that is being read has cells, too. */
	if (reader.fault) {
		out->count += out->cells != NULL;
		rows_done(out);
	}
	return reader.fault;
}

void rows_done(struct rows *rows)
{
	for (size_t i = 0; i < rows->column_count; i++)
		free(rows->columns[i]);
	for (size_t i = 0; i < rows->count * rows->column_count; i++)
		char_wipe(rows->cells[i]);
	free(rows->columns);
	free(rows->cells);
	*rows = (struct rows){ 0 };
}

bool rows_has(const struct rows *rows, const char *column)
{
	for (size_t i = 0; i < rows->column_count; i++) {
		if (strcmp(rows->columns[i], column) == 0)
			return true;
	}
	return false;
}

const char *rows_cell(const struct rows *rows, size_t row, const char *column)
{
	for (size_t i = 0; i < rows->column_count; i++) {
		if (strcmp(rows->columns[i], column) == 0)
			return rows->cells[row * rows->column_count + i];
	}
	return "";
}
