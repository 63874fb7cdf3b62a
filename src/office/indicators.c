#include "office/indicators.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "record/listing.h"
#include "text/rows.h"

/*
 * Indicators are data: a sheet gives each a group, a label and a definition,
 * and says which list is counted: all its rows, those that know a column, or
 * those that have a value in it.
 */

#define SHEET_BYTES (1 << 20)

struct counting {
	struct record *record;
	struct record_who who;
	struct listing_day day;
	const char *language;
	const char *file;
	struct rows sheet;
	const struct listing *listing;
	size_t column; /* LISTING_COLUMNS: every row counts */
	const char *value;
	json_int_t count;
};

static bool take_row(void *to, const struct listing_row *row)
{
	struct counting *counting = to;
	const char *has = counting->column < LISTING_COLUMNS
			      ? row->values[counting->column]
			      : "";

	counting->count +=
	    has && (!counting->value[0] || strcmp(has, counting->value) == 0);
	return true;
}

static bool find_list(struct counting *counting, size_t row)
{
	const char *column = rows_cell(&counting->sheet, row, "column");

	counting->listing =
	    listing_find(rows_cell(&counting->sheet, row, "list"));
	counting->column = LISTING_COLUMNS;
	counting->value =
	    column[0] ? rows_cell(&counting->sheet, row, "value") : "";
	for (size_t i = 0;
	     counting->listing && i < listing_width(counting->listing); i++) {
		if (strcmp(counting->listing->columns[i].name, column) == 0)
			counting->column = i;
	}
	return counting->listing &&
	       (!column[0] || counting->column < LISTING_COLUMNS);
}

static json_t *cell_line(const struct counting *counting, size_t row,
			 const char *key)
{
	SCOPED(char_freep)
	char *title = xasprintf("%s_%s", key, counting->language);

	return line_text(rows_cell(&counting->sheet, row, title));
}

static int count_row(struct counting *counting, size_t row)
{
	json_t *line;
	enum fault fault;

	if (!find_list(counting, row)) {
		fprintf(stderr,
			"foyer plan indicators: %s: row %d: no such list or "
			"column; foyer list prints them\n",
			counting->file, ROWS_SHEET_ROW(row));
		return EXIT_INPUT;
	}
	counting->count = 0;
	if ((fault = listing_each(counting->record, counting->listing,
				  &counting->day, &counting->who, take_row,
				  counting)))
		return fault_exit(fault);
	line = json_object();
	json_object_set_new(
	    line, "name", line_text(rows_cell(&counting->sheet, row, "name")));
	json_object_set_new(line, "group", cell_line(counting, row, "group"));
	json_object_set_new(line, "label", cell_line(counting, row, "label"));
	json_object_set_new(line, "definition",
			    cell_line(counting, row, "definition"));
	json_object_set_new(line, "count", json_integer(counting->count));
	line_print(line);
	return EXIT_DONE;
}

static int count_all(struct counting *counting)
{
	int status = EXIT_DONE;

	for (size_t i = 0; i < counting->sheet.count && !status; i++)
		status = count_row(counting, i);
	return status;
}

static int read_sheet(struct counting *counting)
{
	struct findings findings = { 0 };
	struct bytes bytes = { 0 };
	enum fault fault = file_read(counting->file, SHEET_BYTES, &bytes);

	if (!fault)
		fault = rows_read(counting->file, bytes.data, bytes.length,
				  &findings, &counting->sheet);
	for (size_t i = 0; i < findings.count; i++)
		fprintf(stderr, "foyer plan indicators: %s\n",
			findings.list[i].line);
	findings_done(&findings);
	bytes_done(&bytes);
	return fault ? fault_exit(fault) : EXIT_DONE;
}

static int with_record(const char *home, struct counting *counting)
{
	SCOPED(home_freep) struct home *where = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	char today[DESK_DAY];
	enum fault fault;
	int status = read_sheet(counting);

	if (status)
		return status;
	if (!(fault = desk_home(home, &where)) &&
	    !(fault = desk_record(where, &record))) {
		counting->record = record;
		counting->day.now = desk_now();
		counting->day.today = today;
		desk_today(counting->day.now, today);
		status = count_all(counting);
	}
	rows_done(&counting->sheet);
	return fault ? fault_exit(fault) : status;
}

int run_indicators(int argc, char **argv)
{
	struct counting counting = { .who = desk_who(), .language = "en" };
	SCOPED(char_freep)
	char *path = data_path("screens/plans/indicators.csv");
	const char *home = NULL;
	const struct options_place places[] = {
		{ "home", .value = &home },
		{ "lang", .value = &counting.language },
		{ 0 },
	};

	if (!options_read(argc, argv, places))
		return noun_usage("plan", argv[0], OPTIONS_COMPLAINT);
	if (argc - optind > 1 || (strcmp(counting.language, "en") != 0 &&
				  strcmp(counting.language, "fr") != 0))
		return noun_usage("plan", argv[0],
				  "give at most a file, and --lang en or fr");
	counting.file = argc > optind ? argv[optind] : path;
	return with_record(home, &counting);
}
