#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/home.h"
#include "base/spreadsheet.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/printed.h"
#include "record/listing.h"
#include "record/value.h"
#include "report/read_list.h"

/* `foyer list`: what there is to do, of every kind. */

struct arguments {
	const char *home, *name;
	const char *output; /* of a printed page */
	bool csv, print;
};

static int wrong(const char *complaint)
{
	return noun_usage("list", "", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const struct options_place places[] = {
		{ "home", .value = &arguments->home },
		{ "csv", .flag = &arguments->csv },
		{ "print", .flag = &arguments->print },
		{ "output", .value = &arguments->output },
		{ 0 },
	};

	*arguments = (struct arguments){ 0 };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (argc - optind > 1)
		return wrong("one argument too many");
	arguments->name = argv[optind];
	return EXIT_DONE;
}

static int print_names(void)
{
	for (size_t i = 0; i < listing_count(); i++)
		puts(listing_at(i)->name);
	return EXIT_DONE;
}

/* --- rows ----------------------------------------------------------------- */

/* A list, and the staff's words where it has codes of many kinds. */
struct printing {
	const struct listing *listing;
	const struct wording *wording; /* NULL: it has none */
};

static bool has_many(const struct listing *listing)
{
	for (size_t i = 0; i < listing_width(listing); i++) {
		if (listing->columns[i].about)
			return true;
	}
	return false;
}

/* "ours": "am", "ours_words": "Amharic" */
static void add_words(json_t *line, const struct printing *printing,
		      const struct listing_row *row, size_t column)
{
	const struct listing_column *of = &printing->listing->columns[column];
	SCOPED(char_freep) char *key = xasprintf("%s_words", of->name);
	SCOPED(char_freep) char *words = NULL;
	const struct kind *kind;
	const struct field *field;

	if (!printing->wording || !of->about)
		return;
	field = listing_field(printing->listing, column, row->values, &kind);
	words =
	    wording_value(printing->wording, kind, field, row->values[column]);
	json_object_set_new(line, key, line_text(words));
}

static bool print_row(void *to, const struct listing_row *row)
{
	const struct printing *printing = to;
	const struct listing *listing = printing->listing;
	json_t *line = json_object();

	json_object_set_new(line, "kind", json_string(listing->kind));
	json_object_set_new(line, "id", json_integer(row->id));
	json_object_set_new(line, "since", line_instant(row->since));
	json_object_set_new(line, "person",
			    row->person ? json_integer(row->person)
					: json_null());
	for (size_t i = 0; i < listing_width(listing); i++) {
		SCOPED(char_freep)
		char *text =
		    value_write(listing_field(listing, i, row->values, NULL),
				row->values[i]);

		json_object_set_new(line, listing->columns[i].name,
				    line_text(text));
		add_words(line, printing, row, i);
	}
	line_print(line);
	return true;
}

static void print_rows(struct bytes *rows)
{
	fwrite(rows->data, 1, rows->length, stdout);
	bytes_wipe(rows);
}

static void print_heading(const struct listing *listing)
{
	struct bytes rows = { 0 };

	spreadsheet_begin(&rows);
	spreadsheet_cell(&rows, "id");
	for (size_t i = 0; i < listing_width(listing); i++)
		spreadsheet_cell(&rows, listing->columns[i].name);
	spreadsheet_end_row(&rows);
	print_rows(&rows);
}

static bool print_cells(void *to, const struct listing_row *row)
{
	const struct listing *listing = ((struct printing *)to)->listing;
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)row->id);
	struct bytes rows = { 0 };

	spreadsheet_cell(&rows, id);
	for (size_t i = 0; i < listing_width(listing); i++) {
		SCOPED(char_freep)
		char *text =
		    value_write(listing_field(listing, i, row->values, NULL),
				row->values[i]);

		spreadsheet_cell(&rows, text);
	}
	spreadsheet_end_row(&rows);
	print_rows(&rows);
	return true;
}

/* As a page for paper. */
static enum fault print_page(const struct home *home, struct record *record,
			     const struct listing *listing, const char *output)
{
	SCOPED(printed_done) struct printed printed;
	SCOPED(page_freep) struct page *page = NULL;
	enum fault fault = printed_open(&printed, home, NULL);
	struct wording wording;

	if (fault)
		return fault;
	wording = printed_wording(&printed, record);
	fault =
	    read_list(&printed.about, &wording, listing, printed.now, &page);
	return fault ? fault
		     : printed_put(&printed, page, listing->name, output);
}

static enum fault print_list(const struct home *home, struct record *record,
			     const struct listing *listing, bool csv)
{
	SCOPED(printed_done) struct printed printed = { 0 };
	char today[DESK_DAY];
	const struct listing_day day = { desk_now(), today };
	const struct record_who who = desk_who();
	struct printing printing = { .listing = listing };
	struct wording wording;
	enum fault fault;

	desk_today(day.now, today);
	if (csv) {
		print_heading(listing);
	} else if (has_many(listing)) {
		if ((fault = printed_open(&printed, home, NULL)))
			return fault;
		wording = printed_wording(&printed, record);
		printing.wording = &wording;
	}
	return listing_each(record, listing, &day, &who,
			    csv ? print_cells : print_row, &printing);
}

static int run(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	struct arguments arguments;
	const struct listing *listing;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if (!arguments.name)
		return print_names();
	if (!(listing = listing_find(arguments.name)))
		return wrong("no such list; `foyer list` names them all");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)))
		return fault_exit(fault);
	if (arguments.print || arguments.output)
		return fault_exit(
		    print_page(home, record, listing, arguments.output));
	return fault_exit(print_list(home, record, listing, arguments.csv));
}

static const struct verb verbs[] = {
	{ "", "[--home DIR] [--csv] [--print | -o FILE.pdf] [NAME]",
	  "a list to work from, by its name; without one: their names", run },
	{ .name = NULL },
};

const struct noun noun_list = {
	.name = "list",
	.summary = "lists that people work from: overdue, expected, stale",
	.details = "Prints a line of JSON a row; --csv prints a table for a "
		   "spreadsheet (UTF-8 with\nits mark); --print makes a page "
		   "in the home's folder of prints "
		   "and sends it to\nits printer, and -o makes it a PDF "
		   "file.\n",
	.verbs = verbs,
};
