#include "office/service_file.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "office/desk.h"
#include "office/enter.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/pack.h"
#include "office/passphrase.h"
#include "office/printed.h"
#include "report/service_file.h"

enum option_key {
	OPTION_HOME,
	OPTION_MONTH,
	OPTION_PROFILE,
	OPTION_FORMAT,
	OPTION_OUTPUT,
	OPTION_USER,
	OPTION_FD,
	OPTIONS,
};

struct work {
	const char *given[OPTIONS]; /* NULL: not */
	struct period period;
	enum pack_format format;
	int descriptor; /* of the passphrase */
	struct user_in in;
	struct record_who who;
	struct home *home;
	struct record *record;
	struct printed printed;
	struct funder *funder;
	struct catalogue *theirs;
	struct service_file file;
};

static void work_done(struct work *work)
{
	service_file_done(&work->file);
	catalogue_free(work->theirs);
	funder_free(work->funder);
	printed_done(&work->printed);
	user_in_done(&work->in);
	record_close(work->record);
	home_free(work->home);
}

static int wrong(const char *complaint)
{
	return noun_usage("report", "service-file", complaint);
}

static bool is_month(const char *text)
{
	return strlen(text) == strlen("2026-10") &&
	       period_read(text, text, desk_now(), &(struct period){ 0 }) ==
		   PERIOD_READ;
}

/* The month that is over. */
static void last_month(char out[DAYS_BYTES])
{
	char today[DESK_DAY];

	desk_today(desk_now(), today);
	days_months_after(today, -1, out);
	out[strlen("2026-10")] = 0;
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	const struct options_place places[] = {
		{ "home", &work->given[OPTION_HOME], NULL },
		{ "month", &work->given[OPTION_MONTH], NULL },
		{ "profile", &work->given[OPTION_PROFILE], NULL },
		{ "format", &work->given[OPTION_FORMAT], NULL },
		{ "output", &work->given[OPTION_OUTPUT], NULL },
		{ "user", &work->given[OPTION_USER], NULL },
		{ "passphrase-fd", &work->given[OPTION_FD], NULL },
		{ NULL, NULL, NULL },
	};
	char month[DAYS_BYTES];

	*work = (struct work){ .descriptor = PASSPHRASE_NO_FD };
	if (!options_read(argc, argv, places))
		return wrong(OPTIONS_COMPLAINT);
	if (work->given[OPTION_FD] &&
	    !passphrase_descriptor(work->given[OPTION_FD], &work->descriptor))
		return wrong(PASSPHRASE_FD_COMPLAINT);
	if (argc != optind)
		return wrong("one argument too many");
	last_month(month);
	if (work->given[OPTION_MONTH] && !is_month(work->given[OPTION_MONTH]))
		return wrong("--month takes a month such as 2026-10");
	(void)period_read(
	    work->given[OPTION_MONTH] ? work->given[OPTION_MONTH] : month,
	    work->given[OPTION_MONTH] ? work->given[OPTION_MONTH] : month,
	    desk_now(), &work->period);
	if (!pack_format_of(
		work->given[OPTION_FORMAT] ? work->given[OPTION_FORMAT] : "csv",
		&work->format))
		return wrong(PACK_FORMAT_COMPLAINT);
	return EXIT_DONE;
}

/* --- the profile ---------------------------------------------------------- */

static int print_names(const struct work *work)
{
	struct funders funders;

	funders_read(work->home, &funders);
	for (size_t i = 0; i < funders.count; i++)
		puts(funders.names[i]);
	funders_done(&funders);
	return EXIT_DONE;
}

static enum fault read_funder(struct work *work)
{
	const char *name = work->given[OPTION_PROFILE];
	SCOPED(char_freep)
	char *path =
	    strchr(name, '.') ? xstrdup(name) : funder_path(work->home, name);
	struct findings findings = { 0 };
	enum fault fault;

	if (!path) {
		fprintf(stderr,
			"foyer report service-file: %s: no such profile; "
			"without --profile all are named\n",
			name);
		return FAULT_FORMAT;
	}
	fault = funder_read(work->record, path, &findings, &work->funder);
	for (size_t i = 0; i < findings.count; i++)
		fprintf(stderr, "%s\n", findings.list[i].line);
	findings_done(&findings);
	return fault;
}

static enum fault read_words(struct work *work)
{
	SCOPED(char_freep) char *shipped = data_path("translations");

	work->theirs = catalogue_new(work->funder->language);
	return catalogue_add_family(work->theirs, shipped, "desk");
}

/* --- who ------------------------------------------------------------------ */

/* It is about single people. */
static int identify(struct work *work)
{
	static const char refusal[] = "a funder's file is for a supervisor";
	const struct enter enter = { .verb = "report service-file",
				     .refuse = refusal,
				     .user = work->given[OPTION_USER],
				     .descriptor = work->descriptor };
	int status =
	    enter_as(work->home, work->record, &enter, &work->in, &work->who);

	if (status || service_file_may(&work->who))
		return status;
	fprintf(stderr, "foyer report service-file: %s: %s\n", work->who.user,
		refusal);
	return EXIT_INPUT;
}

/* --- the file ------------------------------------------------------------- */

/* First, and for the agency alone. */
static void tell_refusals(const struct work *work,
			  const struct wording *wording)
{
	const struct service_file *file = &work->file;

	for (size_t i = 0; i < file->refusal_count; i++) {
		const struct service_refusal *refusal = &file->refusals[i];
		SCOPED(char_freep)
		char *words = service_refusal_words(wording, refusal);

		fprintf(stderr, "would be rejected: %s, %s%s%s, %s: %s\n",
			refusal->who, refusal->day, *refusal->visit ? ", " : "",
			refusal->visit, refusal->column, words);
	}
	fprintf(stderr,
		"%zu row%s written; %zu would be rejected; left out: %zu whose "
		"%s did not agree, %zu of another team's people\n",
		file->rows, file->rows == 1 ? "" : "s", file->refused,
		file->not_agreed, file->not_agreed == 1 ? "person" : "people",
		file->unseen);
}

static enum fault put_table(const struct work *work,
			    const struct wording *wording,
			    enum service_table table, const char *path)
{
	struct bytes bytes = { 0 };
	enum fault fault;

	if (work->format == PACK_XLSX)
		return service_file_workbook(&work->file, table, wording, path);
	if (work->format == PACK_JSON)
		service_file_json(&work->file, table, wording, &work->period,
				  &bytes);
	else
		service_file_csv(&work->file, table, wording, &bytes);
	fault = file_write(path, bytes.data, bytes.length, 0600);
	bytes_wipe(&bytes);
	return fault;
}

/* A profile that is a file is called as that is. The caller frees it. */
static char *called_of(const char *profile)
{
	const char *slash = strrchr(profile, '/');
	const char *called = slash ? slash + 1 : profile;

	return xstrndup(called, strcspn(called, "."));
}

/* "foyer-services_maple_2026-10.csv", and with "_rejected" what is not sent. */
static char *path_of(const struct work *work, enum service_table table,
		     const char *ending)
{
	SCOPED(char_freep)
	char *called = called_of(work->given[OPTION_PROFILE]);
	SCOPED(char_freep)
	char *name =
	    xasprintf("foyer-services_%s_%.7s%s.%s", called, work->period.first,
		      table == SERVICE_ROWS ? "" : "_rejected", ending);

	return home_path(work->home, HOME_EXPORTS, name);
}

static const char *const endings[] = {
	[PACK_JSON] = "json",
	[PACK_CSV] = "csv",
	[PACK_XLSX] = "xlsx",
};

/* What an earlier time left would be taken for this one's. */
static enum fault drop_refusals(const struct work *work)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(endings); i++) {
		SCOPED(char_freep)
		char *path = path_of(work, SERVICE_REFUSALS, endings[i]);

		if (file_exists(path))
			fault = file_remove(path);
	}
	return fault;
}

static enum fault put_files(struct work *work, const struct wording *wording)
{
	const char *ending = endings[work->format];
	SCOPED(char_freep) char *rows = path_of(work, SERVICE_ROWS, ending);
	SCOPED(char_freep)
	char *refused = path_of(work, SERVICE_REFUSALS, ending);
	const char *output = work->given[OPTION_OUTPUT];
	enum fault fault = folder_make(home_folder(work->home, HOME_EXPORTS));

	if (!fault)
		fault = drop_refusals(work);
	if (!fault)
		fault = put_table(work, wording, SERVICE_ROWS,
				  output ? output : rows);
	if (!fault && work->file.refused)
		fault = put_table(work, wording, SERVICE_REFUSALS, refused);
	if (!fault)
		line_print(json_pack("{s:s, s:i, s:s?, s:i}", "file",
				     output ? output : rows, "rows",
				     (int)work->file.rows, "rejected",
				     work->file.refused ? refused : NULL,
				     "rejected_rows", (int)work->file.refused));
	return fault;
}

/* What the agency reads itself, and no funder is sent. */
static enum fault put_summary(struct work *work, const struct wording *wording)
{
	const char *profile = work->given[OPTION_PROFILE];
	SCOPED(char_freep) char *called = called_of(profile);
	SCOPED(char_freep) char *report = xasprintf("services-%s", called);
	SCOPED(char_freep)
	char *name = period_file(&work->period, report,
				 catalogue_language(wording->words));
	SCOPED(page_freep)
	struct page *page = service_file_page(
	    &work->file, wording, &work->period, &work->printed.about);

	return printed_put(&work->printed, page, name,
			   work->given[OPTION_OUTPUT]);
}

int run_service_file(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	struct wording wording;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if ((fault = desk_home(work.given[OPTION_HOME], &work.home)))
		return fault_exit(fault);
	if (!work.given[OPTION_PROFILE])
		return print_names(&work);
	if ((fault = desk_record(work.home, &work.record)))
		return fault_exit(fault);
	if ((status = identify(&work)))
		return status;
	if ((fault = printed_open(&work.printed, work.home, NULL)) ||
	    (fault = read_funder(&work)) || (fault = read_words(&work)))
		return fault_exit(fault);
	wording = printed_wording(&work.printed, work.record);
	wording.who = &work.who;
	if ((fault = service_file_read(
		 &wording, work.theirs, work.funder, &work.period,
		 settings_text(work.printed.settings, "kiosk", "zone", NULL),
		 &work.file)))
		return fault_exit(fault);
	tell_refusals(&work, &wording);
	return fault_exit(work.format == PACK_PDF ? put_summary(&work, &wording)
						  : put_files(&work, &wording));
}
