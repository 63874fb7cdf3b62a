#include "xlsform/csv.h"

#include <csv.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/log.h"
#include "xlsform/grid.h"

/* What libcsv hands over, row by row. */
struct reader {
	struct grid grid;
	bool after_return; /* the last row ended with CR: LF may follow */
};

static void take_cell(void *bytes, size_t length, void *to)
{
	struct reader *reader = to;

	grid_cell(&reader->grid, bytes ? bytes : "", length);
}

/* terminator is what ended the row: CR, LF or -1 at the file's end. */
static void end_row(int terminator, void *to)
{
	struct reader *reader = to;
	bool second_half = terminator == '\n' && reader->after_return &&
			   reader->grid.count == 0;

	reader->after_return = terminator == '\r';
	if (!second_half)
		grid_end_row(&reader->grid);
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
		grid_complain(
		    &reader->grid, FAULT_FORMAT, NULL,
		    "a quote is astray; write \"\" for a quote inside a "
		    "quoted cell");
	csv_free(&parser);
}

enum fault csv_read(const char *file, const void *bytes, size_t length,
		    enum sheet_kind kind, struct findings *findings,
		    struct sheet *sheet)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct reader reader = { 0 };
	const char *text = bytes;

	*sheet = (struct sheet){ .kind = kind, .file = xstrdup(file) };
	grid_start(&reader.grid, sheet, findings);
	reader.grid.unreadable =
	    "not readable text; save the sheet as \"CSV UTF-8\"";
	if (length >= 3 && !memcmp(text, mark, 3))
		text += 3, length -= 3;
	if (length > SHEET_BYTES_LIMIT) {
		reader.grid.row = 0;
		grid_complain(&reader.grid, FAULT_LIMIT, NULL,
			      "larger than 8 MiB");
	} else {
		parse(&reader, text, length);
	}
	return grid_finish(&reader.grid);
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
			     "neither an .xlsx file nor a folder; save "
			     "the sheets as .xlsx, or each as CSV into "
			     "a folder, and name that");
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
