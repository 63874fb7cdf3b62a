#include "xlsform/csv.h"

#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <libxml/xmlstring.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/log.h"

/* What libcsv hands over, row by row. */
struct reader {
	struct sheet *sheet;
	struct findings *findings;
	char **cells; /* of the row that is being read */
	size_t count, room;
	int row;           /* its number */
	bool after_return; /* the last row ended with CR: LF may follow */
	enum fault fault;
};

static void complain(struct reader *reader, enum fault fault,
		     const char *column, const char *words)
{
	reader->fault = fault;
	findings_add(
	    reader->findings, FINDING_ERROR,
	    (struct finding_place){ reader->sheet->file, reader->row, column },
	    "%s", words);
}

static const char *title_of(const struct reader *reader, size_t column)
{
	return column < reader->sheet->column_count
		   ? reader->sheet->columns[column].title
		   : NULL;
}

/* XML 1.0 has no place for control characters and two others. */
static bool xml_text(const char *text, size_t length)
{
	if (!xmlCheckUTF8((const xmlChar *)text) || strlen(text) != length)
		return false;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 && !strchr("\t\n\r", *c))
			return false;
	return !strstr(text, "\xef\xbf\xbe") && !strstr(text, "\xef\xbf\xbf");
}

/* Trimmed of blanks, tabs, line ends and no-break spaces. */
static char *trimmed(const char *text, size_t length)
{
	static const char nbsp[] = "\xc2\xa0";

	for (;;) {
		if (length && strchr(" \t\r\n", *text))
			text++, length--;
		else if (length > 1 && !memcmp(text, nbsp, 2))
			text += 2, length -= 2;
		else
			break;
	}
	for (;;) {
		if (length && strchr(" \t\r\n", text[length - 1]))
			length--;
		else if (length > 1 && !memcmp(text + length - 2, nbsp, 2))
			length -= 2;
		else
			break;
	}
	return xstrndup(text, length);
}

static void take_cell(void *bytes, size_t length, void *to)
{
	struct reader *reader = to;
	const char *text = bytes ? bytes : "";

	if (reader->fault)
		return;
	if (reader->count >= SHEET_COLUMNS_LIMIT)
		complain(reader, FAULT_LIMIT, NULL, "more than 500 columns");
	else if (length > SHEET_CELL_LIMIT)
		complain(reader, FAULT_LIMIT, title_of(reader, reader->count),
			 "more than 64 KiB in one cell");
	else if (!xml_text(text, length))
		complain(reader, FAULT_FORMAT, title_of(reader, reader->count),
			 "not readable text; save the sheet as \"CSV UTF-8\"");
	if (reader->fault)
		return;
	if (reader->count == reader->room) {
		reader->room = reader->room ? 2 * reader->room : 16;
		reader->cells = xreallocarray(reader->cells, reader->room,
					      sizeof *reader->cells);
	}
	reader->cells[reader->count++] = trimmed(text, length);
}

static bool blank_row(const struct reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		if (*reader->cells[i])
			return false;
	return true;
}

static void forget_cells(struct reader *reader)
{
	for (size_t i = 0; i < reader->count; i++)
		free(reader->cells[i]);
	reader->count = 0;
}

static void take_titles(struct reader *reader)
{
	struct sheet *sheet = reader->sheet;

	sheet->columns = xcalloc(reader->count, sizeof *sheet->columns);
	for (size_t i = 0; i < reader->count; i++)
		sheet->columns[i].title = reader->cells[i];
	sheet->column_count = reader->count;
	reader->count = 0;
}

static void take_row(struct reader *reader)
{
	struct sheet *sheet = reader->sheet;
	char **cells = xcalloc(sheet->column_count, sizeof *cells);

	if ((sheet->row_count & (sheet->row_count - 1)) == 0)
		sheet->rows = xreallocarray(
		    sheet->rows, sheet->row_count ? 2 * sheet->row_count : 1,
		    sizeof *sheet->rows);
	for (size_t i = 0; i < sheet->column_count; i++) {
		cells[i] = i < reader->count ? reader->cells[i] : xstrdup("");
		if (i < reader->count)
			reader->cells[i] = NULL;
	}
	for (size_t i = sheet->column_count; i < reader->count; i++)
		if (*reader->cells[i])
			complain(reader, FAULT_FORMAT, NULL,
				 "more cells than there are titles; a comma "
				 "or a quote may be astray");
	sheet->rows[sheet->row_count++] =
	    (struct sheet_row){ reader->row, cells };
}

/* terminator is what ended the row: CR, LF or -1 at the file's end. */
static void end_row(int terminator, void *to)
{
	struct reader *reader = to;
	bool second_half =
	    terminator == '\n' && reader->after_return && reader->count == 0;

	reader->after_return = terminator == '\r';
	if (second_half || reader->fault)
		return;
	if (reader->sheet->row_count >= SHEET_ROWS_LIMIT)
		complain(reader, FAULT_LIMIT, NULL, "more than 60,000 rows");
	else if (!blank_row(reader) && !reader->sheet->columns)
		take_titles(reader);
	else if (!blank_row(reader))
		take_row(reader);
	forget_cells(reader);
	reader->row++;
}

/* The most frequent of the three in the first line, outside of quotes. */
static unsigned char delimiter_of(const char *text, size_t length)
{
	static const char delimiters[] = ",;\t";
	size_t counts[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < length; i++) {
		const char *found = strchr(delimiters, text[i]);

		quoted ^= text[i] == '"';
		if (!quoted && (text[i] == '\n' || text[i] == '\r'))
			break;
		if (!quoted && text[i] && found)
			counts[found - delimiters]++;
	}
	for (size_t i = 1; i < COUNT(counts); i++)
		if (counts[i] > counts[best])
			best = i;
	return (unsigned char)delimiters[best];
}

static void parse(struct reader *reader, const char *text, size_t length)
{
	struct csv_parser parser;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL |
				  CSV_APPEND_NULL))
		abort();
	csv_set_delim(&parser, delimiter_of(text, length));
	if (csv_parse(&parser, text, length, take_cell, end_row, reader) !=
		length ||
	    csv_fini(&parser, take_cell, end_row, reader))
		complain(reader, FAULT_FORMAT, NULL,
			 "a quote is astray; write \"\" for a quote inside a "
			 "quoted cell");
	csv_free(&parser);
}

enum fault csv_read(const char *file, const void *bytes, size_t length,
		    enum sheet_kind kind, struct findings *findings,
		    struct sheet *sheet)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct reader reader = { .sheet = sheet,
				 .findings = findings,
				 .row = 1 };
	const char *text = bytes;

	*sheet = (struct sheet){ .kind = kind, .file = xstrdup(file) };
	if (length >= 3 && !memcmp(text, mark, 3))
		text += 3, length -= 3;
	if (length > SHEET_BYTES_LIMIT) {
		reader.row = 0;
		complain(&reader, FAULT_LIMIT, NULL, "larger than 8 MiB");
	} else {
		parse(&reader, text, length);
	}
	forget_cells(&reader);
	free(reader.cells);
	if (reader.fault)
		sheet_done(sheet);
	else
		sheet_name_columns(sheet, findings);
	return reader.fault;
}

/* --- a folder ---------------------------------------------------------- */

/* The name a sheet's file really has: "Survey.CSV"; NULL if it is not there.*/
static char *find_file(enum sheet_kind kind, DIR *entries)
{
	SCOPED(char_freep)
	char *wanted = xasprintf("%s.csv", sheet_name(kind));

	rewinddir(entries);
	for (struct dirent *entry; (entry = readdir(entries));)
		if (!strcasecmp(entry->d_name, wanted))
			return xstrdup(entry->d_name);
	return NULL;
}

static enum fault read_one(const char *folder, const char *file,
			   enum sheet_kind kind, struct findings *findings,
			   struct sheet *sheet)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, file);
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, SHEET_BYTES_LIMIT + 3, &bytes);

	if (!fault)
		fault = csv_read(file, bytes.data, bytes.length, kind, findings,
				 sheet);
	bytes_done(&bytes);
	return fault;
}

static enum fault read_all(const char *folder, DIR *entries,
			   struct findings *findings, struct sheets *sheets)
{
	enum fault worst = FAULT_NONE;

	for (enum sheet_kind kind = 0; kind < SHEET_KINDS; kind++) {
		SCOPED(char_freep)
		char *file = find_file(kind, entries);
		enum fault fault = FAULT_NONE;

		sheets->of[kind].kind = kind;
		if (file)
			fault = read_one(folder, file, kind, findings,
					 &sheets->of[kind]);
		if (fault)
			worst = fault;
	}
	return worst;
}

enum fault csv_read_folder(const char *folder, struct findings *findings,
			   struct sheets *sheets)
{
	DIR *entries = opendir(folder);

	*sheets = (struct sheets){ 0 };
	if (!entries && errno == ENOTDIR) {
		findings_add(findings, FINDING_ERROR,
			     (struct finding_place){ .file = folder },
			     "not a folder; save each sheet as CSV into one, "
			     "and name that");
		return FAULT_FORMAT;
	}
	if (!entries) {
		log_error("%s: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	enum fault fault = read_all(folder, entries, findings, sheets);

	closedir(entries);
	return fault;
}
