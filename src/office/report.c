#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/home.h"
#include "base/spreadsheet.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/printed.h"
#include "report/report_write.h"

/* `foyer report`: what funders, boards and coordinators ask for. */

enum format { FORMAT_JSON, FORMAT_CSV, FORMAT_XLSX, FORMAT_PDF, FORMATS };

static const char *const formats[] = {
	[FORMAT_JSON] = "json",
	[FORMAT_CSV] = "csv",
	[FORMAT_XLSX] = "xlsx",
	[FORMAT_PDF] = "pdf",
};

static const struct option options[] = {
	{ "home", required_argument, NULL, 'h' },
	{ "from", required_argument, NULL, 'f' },
	{ "to", required_argument, NULL, 't' },
	{ "format", required_argument, NULL, 'F' },
	{ "output", required_argument, NULL, 'o' },
	{ 0 },
};

struct arguments {
	const char *home, *name, *from, *to, *output;
	enum format format;
};

static int wrong(const char *complaint)
{
	return noun_usage("report", "", complaint);
}

static bool format_of(const char *word, enum format *out)
{
	for (size_t i = 0; i < FORMATS; i++) {
		if (strcmp(formats[i], word) == 0) {
			*out = (enum format)i;
			return true;
		}
	}
	return false;
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const char *format = "json";
	int option;

	*arguments = (struct arguments){ 0 };
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, "o:", options, NULL)) != -1) {
		if (option == 'h')
			arguments->home = optarg;
		else if (option == 'f')
			arguments->from = optarg;
		else if (option == 't')
			arguments->to = optarg;
		else if (option == 'F')
			format = optarg;
		else if (option == 'o')
			arguments->output = optarg;
		else
			return wrong("an option it does not know, or one "
				     "without its value");
	}
	if (!format_of(format, &arguments->format))
		return wrong("--format takes csv, json, xlsx or pdf");
	if (argc - optind > 1)
		return wrong("one argument too many");
	arguments->name = argv[optind];
	return EXIT_DONE;
}

static int read_period(const struct arguments *arguments, struct period *period)
{
	switch (
	    period_read(arguments->from, arguments->to, desk_now(), period)) {
	case PERIOD_FIRST_WRONG:
		return wrong("--from takes a day such as 2026-11-01, a month "
			     "(2026-11) or a year (2026)");
	case PERIOD_LAST_WRONG:
		return wrong("--to takes a day such as 2026-11-30, a month "
			     "(2026-11) or a year (2026)");
	case PERIOD_BACKWARDS:
		return wrong("--from is later than --to, or than today; turn "
			     "them round");
	default:
		return EXIT_DONE;
	}
}

/* --- writing --------------------------------------------------------------
 */

/* One report or all, read. */
struct pack {
	const char *name; /* "all", or the report's */
	struct reported *all;
	size_t count;
};

static void pack_done(struct pack *pack)
{
	for (size_t i = 0; i < pack->count; i++)
		reported_done(&pack->all[i]);
	free(pack->all);
}

static enum fault pack_read(const struct wording *wording, const char *name,
			    const struct period *period, struct pack *pack)
{
	const struct report *one = report_find(name);
	const size_t count = one ? 1 : report_count();
	enum fault fault = FAULT_NONE;

	pack->name = name;
	pack->all = xcalloc(count, sizeof *pack->all);
	for (size_t i = 0; !fault && i < count; i++)
		fault = report_read(wording, one ? one : report_at(i), period,
				    &pack->all[pack->count++]);
	return fault;
}

/* Text formats go to standard output where no file is named. */
static enum fault put_text(const struct pack *pack,
			   const struct report_about *about, enum format format,
			   const char *output)
{
	struct bytes bytes = { 0 };
	enum fault fault = FAULT_NONE;

	if (format == FORMAT_CSV)
		spreadsheet_begin(&bytes);
	for (size_t i = 0; i < pack->count; i++)
		(format == FORMAT_CSV ? report_csv : report_json)(
		    &pack->all[i], about, &bytes);
	if (output)
		fault = file_write(output, bytes.data, bytes.length, 0600);
	else
		fwrite(bytes.data, 1, bytes.length, stdout);
	bytes_done(&bytes);
	return fault;
}

static enum fault put_workbook(const struct home *home, const struct pack *pack,
			       const struct report_about *about,
			       const char *output)
{
	SCOPED(char_freep)
	char *name = xasprintf("foyer-%s_%s_%s.xlsx", pack->name,
			       about->period->first, about->period->last);
	SCOPED(char_freep) char *path = home_path(home, HOME_EXPORTS, name);
	enum fault fault = FAULT_NONE;

	if (!output)
		fault = folder_make(home_folder(home, HOME_EXPORTS));
	if (!fault)
		fault = report_workbook(pack->all, pack->count, about,
					output ? output : path);
	if (!fault)
		line_print(json_pack("{s:s}", "file", output ? output : path));
	return fault;
}

static enum fault put_pages(const struct printed *printed,
			    const struct pack *pack,
			    const struct report_about *about,
			    const char *output)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < pack->count; i++) {
		SCOPED(page_freep)
		struct page *page =
		    report_page(&pack->all[i], about, &printed->about);

		fault = printed_put(printed, page, pack->all[i].report->name,
				    output);
	}
	return fault;
}

/* --- the verb -------------------------------------------------------------
 */

static int print_names(void)
{
	for (size_t i = 0; i < report_count(); i++)
		puts(report_at(i)->name);
	return EXIT_DONE;
}

static enum fault put(const struct home *home, struct printed *printed,
		      struct record *record, const struct arguments *arguments,
		      const struct period *period)
{
	SCOPED(pack_done) struct pack pack = { 0 };
	const struct wording wording = printed_wording(printed, record);
	const struct report_about about = {
		.agency = printed->about.agency,
		.period = period,
		.wording = &wording,
		.made_up = printed->about.made_up,
	};
	enum fault fault = pack_read(&wording, arguments->name, period, &pack);

	if (fault)
		return fault;
	switch (arguments->format) {
	case FORMAT_XLSX:
		return put_workbook(home, &pack, &about, arguments->output);
	case FORMAT_PDF:
		return put_pages(printed, &pack, &about, arguments->output);
	default:
		return put_text(&pack, &about, arguments->format,
				arguments->output);
	}
}

static int run(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(printed_done) struct printed printed = { 0 };
	struct arguments arguments;
	struct period period;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status || (status = read_period(&arguments, &period)))
		return status;
	if (!arguments.name)
		return print_names();
	if (!report_find(arguments.name) && strcmp(arguments.name, "all") != 0)
		return wrong("no such report; `foyer report` names them all");
	if (arguments.format == FORMAT_PDF && arguments.output &&
	    !report_find(arguments.name))
		return wrong("all reports are a PDF file each: name one with "
			     "-o, or leave -o out");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = printed_open(&printed, home, NULL)))
		return fault_exit(fault);
	return fault_exit(put(home, &printed, record, &arguments, &period));
}

static const struct verb verbs[] = {
	{ "",
	  "[--home DIR] [--from DAY] [--to DAY] [--format csv|json|xlsx|pdf]"
	  " [-o FILE] [NAME | all]",
	  "a report by its name; without one: their names", run },
	{ .name = NULL },
};

const struct noun noun_report = {
	.name = "report",
	.summary = "counts for funders, boards and coordinators",
	.details =
	    "A day may be cut short: --from 2026-10 alone is that month, "
	    "--from 2026 --to\n2026-06 half a year; without either, this "
	    "month so far. A line of JSON a report\nis printed, or CSV; "
	    "spreadsheets (xlsx, a sheet and a chart a table) and pages "
	    "(pdf)\ngo to the home's exports and prints, or where -o says. "
	    "Reports are exact and name\nnobody.\n",
	.verbs = verbs,
};
