#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/home.h"
#include "office/desk.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/pack.h"
#include "office/service_file.h"
#include "report/shared.h"
#include "report/site_key.h"

/* `foyer report`: what funders, boards and coordinators ask for. */

struct arguments {
	const char *home, *name, *from, *to, *output;
	enum pack_format format;
	bool shared;
};

static int wrong(const char *complaint)
{
	return noun_usage("report", "", complaint);
}

static int read_arguments(int argc, char **argv, struct arguments *arguments)
{
	const char *format = "json";
	const struct options_place places[] = {
		{ "home", &arguments->home, NULL },
		{ "from", &arguments->from, NULL },
		{ "to", &arguments->to, NULL },
		{ "format", &format, NULL },
		{ "shared", NULL, &arguments->shared },
		{ "output", &arguments->output, NULL },
		{ NULL, NULL, NULL },
	};

	*arguments = (struct arguments){ 0 };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (!pack_format_of(format, &arguments->format))
		return wrong(PACK_FORMAT_COMPLAINT);
	if (argc - optind > 1)
		return wrong("one argument too many");
	arguments->name = argv[optind];
	return EXIT_DONE;
}

/* --- reading --------------------------------------------------------------
 */

/* One report or all. */
struct reports {
	struct reported *all;
	size_t count;
};

static void reports_done(struct reports *reports)
{
	for (size_t i = 0; i < reports->count; i++)
		reported_done(&reports->all[i]);
	free(reports->all);
}

static enum fault read_shared(const struct home *home,
			      const struct wording *wording,
			      const struct report *report,
			      const struct period *period,
			      struct reports *reports)
{
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;
	enum shared_answer answer;
	enum fault fault = site_key(home, &key);

	if (fault ||
	    (fault = shared_read(wording, report, period, kiosk_key_seed(key),
				 &answer, &reports->all[reports->count])))
		return fault;
	if (answer == SHARED_MADE)
		reports->count++;
	else
		fprintf(stderr, "foyer report: %s: %s\n", report->name,
			answer == SHARED_TOO_FEW
			    ? "not shared: a site with fewer than 40 people "
			      "would show who they are; share a longer time, "
			      "or together with other sites"
			    : "has nothing to share: its tables name places, "
			      "workers or rules, or are about silent calls");
	return FAULT_NONE;
}

static enum fault read_all(const struct home *home,
			   const struct wording *wording,
			   const struct arguments *arguments,
			   const struct period *period, struct reports *reports)
{
	const struct report *one = report_find(arguments->name);
	const size_t count = one ? 1 : report_count();
	enum fault fault = FAULT_NONE;

	reports->all = xcalloc(count, sizeof *reports->all);
	for (size_t i = 0; !fault && i < count; i++) {
		const struct report *report = one ? one : report_at(i);

		if (arguments->shared)
			fault =
			    read_shared(home, wording, report, period, reports);
		else
			fault = report_read(wording, report, period,
					    &reports->all[reports->count++]);
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

static int put(const struct home *home, struct printed *printed,
	       struct record *record, const struct arguments *arguments,
	       const struct period *period)
{
	SCOPED(reports_done) struct reports reports = { 0 };
	const struct wording wording = printed_wording(printed, record);
	const struct report_about about = {
		.agency = printed->about.agency,
		.period = period,
		.wording = &wording,
		.made_up = printed->about.made_up,
	};
	enum fault fault =
	    read_all(home, &wording, arguments, period, &reports);

	if (fault)
		return fault_exit(fault);
	if (!reports.count)
		return EXIT_INPUT; /* what is not shared was told */
	return fault_exit(pack_put(home, printed,
				   &(struct pack){ .name = arguments->name,
						   .reports = reports.all,
						   .count = reports.count,
						   .about = &about },
				   arguments->format, arguments->output));
}

static int run(int argc, char **argv)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(record_closep) struct record *record = NULL;
	SCOPED(printed_done) struct printed printed = { 0 };
	struct arguments arguments;
	struct period period;
	const char *complaint;
	enum fault fault;
	int status = read_arguments(argc, argv, &arguments);

	if (status)
		return status;
	if ((complaint = pack_period(arguments.from, arguments.to, &period)))
		return wrong(complaint);
	if (!arguments.name)
		return print_names();
	if (!report_find(arguments.name) && strcmp(arguments.name, "all") != 0)
		return wrong("no such report; `foyer report` names them all");
	if (arguments.format == PACK_PDF && arguments.output &&
	    !report_find(arguments.name) && !folder_exists(arguments.output))
		return wrong("all reports are a PDF file each: name a folder "
			     "with -o, or leave -o out");
	if ((fault = desk_home(arguments.home, &home)) ||
	    (fault = desk_record(home, &record)) ||
	    (fault = printed_open(&printed, home, NULL)))
		return fault_exit(fault);
	return put(home, &printed, record, &arguments, &period);
}

static const struct verb verbs[] = {
	{ "",
	  "[--home DIR] [--from DAY] [--to DAY] [--format csv|json|xlsx|pdf]"
	  " [--shared] [-o FILE | FOLDER] [NAME | all]",
	  "a report by its name; without one: their names", run },
	{ "service-file", SERVICE_FILE_USAGE,
	  "the services of a month as a funder wants them, and what it would "
	  "reject",
	  run_service_file },
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
	    "Reports are exact and name\nnobody; with --shared counts under 5 "
	    "and what would give them back are hidden, the\nothers rounded, "
	    "and tables that may not leave the agency left out.\n",
	.verbs = verbs,
};
