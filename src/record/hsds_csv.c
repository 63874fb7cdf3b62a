#include "record/hsds_csv.h"

#include <csv.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What libcsv hands over, cell by cell. */
struct reader {
	struct hsds_file *file;
	struct findings *findings;
	size_t at;   /* cells of this row so far */
	size_t room; /* of file->cells */
	enum fault fault;
};

static enum fault complain(struct reader *reader, enum fault fault,
			   const char *words)
{
	const struct hsds_file *file = reader->file;
	struct finding_place place = { .file = file->path, .row = 1 };

	if (file->cells)
		place.row = HSDS_SHEET_ROW(file->row_count);
	if (file->cells && reader->at < file->column_count)
		place.column = file->columns[reader->at];
	findings_add(reader->findings, FINDING_ERROR, place, "%s", words);
	return reader->fault = fault;
}

/* jansson takes only UTF-8; a zero byte is no text either. */
static bool is_text(const char *cell, size_t length)
{
	json_t *text = json_stringn(cell, length);
	const bool sound = text && !memchr(cell, 0, length);

	json_decref(text);
	return sound;
}

static bool cell_is_sound(struct reader *reader, const char *cell,
			  size_t length)
{
	if (reader->fault)
		return false;
	if (length > HSDS_CELL_LIMIT)
		complain(reader, FAULT_LIMIT,
			 "more than 65536 bytes in one cell; shorten it, or "
			 "look for a quotation mark that nothing closes");
	else if (!is_text(cell, length))
		complain(reader, FAULT_FORMAT,
			 "not UTF-8 text; save the sheet as \"CSV UTF-8\"");
	return !reader->fault;
}

static void take_heading(struct reader *reader, const char *cell, size_t length)
{
	struct hsds_file *file = reader->file;

	if (file->column_count == HSDS_COLUMNS_LIMIT) {
		complain(reader, FAULT_LIMIT, "more than 200 columns");
		return;
	}
	file->columns = xreallocarray(file->columns, file->column_count + 1,
				      sizeof *file->columns);
	file->columns[file->column_count++] = xstrndup(cell, length);
}

static void take_value(struct reader *reader, const char *cell, size_t length)
{
	struct hsds_file *file = reader->file;
	size_t *cells;

	if (reader->at >= file->column_count) {
		/* A spreadsheet may leave empty cells behind the last one. */
		if (length)
			complain(reader, FAULT_FORMAT,
				 "more cells than the heading has; put a text "
				 "with commas between quotation marks");
		return;
	}
	cells = file->cells + file->row_count * file->column_count;
	if (length) {
		cells[reader->at] = file->text.length;
		bytes_add(&file->text, cell, length);
		bytes_add_byte(&file->text, 0);
	}
	reader->at++;
}

static void take_cell(void *cell, size_t length, void *to)
{
	struct reader *reader = to;
	const char *text = cell ? cell : "";

	if (!cell_is_sound(reader, text, length))
		return;
	if (!reader->file->cells)
		take_heading(reader, text, length);
	else
		take_value(reader, text, length);
}

/* Room for one more row, its cells empty. */
static void make_room(struct reader *reader)
{
	struct hsds_file *file = reader->file;
	const size_t used = file->row_count * file->column_count;

	if (!file->cells || used + file->column_count > reader->room) {
		reader->room = 2 * reader->room + 64 * file->column_count;
		file->cells = xreallocarray(file->cells, reader->room,
					    sizeof *file->cells);
	}
	memset(file->cells + used, 0, file->column_count * sizeof *file->cells);
	reader->at = 0;
}

static void check_heading(struct reader *reader)
{
	const struct hsds_file *file = reader->file;

	for (size_t i = 0; i < file->column_count; i++) {
		if (hsds_column(file, file->columns[i]) == i &&
		    *file->columns[i])
			continue;
		findings_add(reader->findings, FINDING_ERROR,
			     (struct finding_place){ file->path, 1, NULL },
			     *file->columns[i]
				 ? "two columns are called %s; rename one"
				 : "a column without a name%s; name it or "
				   "take it out",
			     file->columns[i]);
		reader->fault = FAULT_FORMAT;
	}
}

static void end_row(int end, void *to)
{
	struct reader *reader = to;
	struct hsds_file *file = reader->file;

	(void)end; /* which byte ended it */
	if (reader->fault)
		return;
	if (!file->cells)
		check_heading(reader);
	else if (++file->row_count > HSDS_ROWS_LIMIT ||
		 file->row_count * file->column_count > HSDS_CELLS_LIMIT)
		complain(reader, FAULT_LIMIT,
			 "more than 500000 rows or 10000000 cells");
	make_room(reader);
}

/* Blanks are part of a cell (RFC 4180 §2.4). */
static int no_space(unsigned char byte)
{
	(void)byte;
	return 0;
}

static bool by_semicolon(const char *text, size_t length)
{
	size_t commas = 0, semicolons = 0;

	for (size_t i = 0; i < length && text[i] != '\n'; i++) {
		commas += text[i] == ',';
		semicolons += text[i] == ';';
	}
	return semicolons > commas;
}

static bool parse(struct reader *reader, const char *text, size_t length,
		  const char **why)
{
	struct csv_parser parser;
	bool sound;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
		abort();
	csv_set_space_func(&parser, no_space);
	csv_set_delim(&parser, by_semicolon(text, length) ? ';' : ',');
	sound = csv_parse(&parser, text, length, take_cell, end_row, reader) ==
		    length &&
		csv_fini(&parser, take_cell, end_row, reader) == 0;
	*why = csv_strerror(csv_error(&parser));
	csv_free(&parser);
	return sound;
}

enum fault hsds_csv_read(struct hsds_file *file, struct findings *findings)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct reader reader = { .file = file, .findings = findings };
	const char *text = file->bytes.data ? (char *)file->bytes.data : "";
	size_t length = file->bytes.length;
	const char *why;

	if (length >= strlen(mark) && !memcmp(text, mark, strlen(mark))) {
		text += strlen(mark);
		length -= strlen(mark);
	}
	/* So that no cell that has something begins at 0. */
	bytes_add_byte(&file->text, 0);
	if (!parse(&reader, text, length, &why) && !reader.fault)
		complain(&reader, FAULT_FORMAT, why);
	if (!reader.fault && !file->cells)
		complain(&reader, FAULT_FORMAT,
			 "no heading; the first row names the columns");
	return reader.fault;
}

void hsds_csv_add_cell(struct bytes *out, const char *cell, bool first)
{
	if (!first)
		bytes_add_byte(out, ',');
	/* Without the marks the row of one empty cell would be no row. */
	if (*cell && !strpbrk(cell, ",\"\r\n;")) {
		bytes_add_text(out, cell);
		return;
	}
	if (!*cell)
		return;
	bytes_add_byte(out, '"');
	for (; *cell; cell++) {
		if (*cell == '"')
			bytes_add_byte(out, '"');
		bytes_add_byte(out, (uint8_t)*cell);
	}
	bytes_add_byte(out, '"');
}

void hsds_csv_end_row(struct bytes *out)
{
	bytes_add_text(out, "\r\n");
}
