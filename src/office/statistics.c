#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "office/desk.h"
#include "office/line.h"
#include "office/noun.h"
#include "office/options.h"
#include "office/pack.h"
#include "report/site_key.h"
#include "report/sites.h"

/* `foyer statistics`: what several sites count together. */

struct work {
	const char *verb;
	const char *folder, *from, *to, *site, *sites, *format, *output;
	char **operands;
	int operand_count;
	struct home *home;
	struct record *record;
	struct printed printed;
};

static void work_done(struct work *work)
{
	printed_done(&work->printed);
	record_close(work->record);
	home_free(work->home);
}

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("statistics", work->verb, complaint);
}

static int read_arguments(int argc, char **argv, struct work *work)
{
	const struct options_place places[] = {
		{ "home", .value = &work->folder },
		{ "from", .value = &work->from },
		{ "to", .value = &work->to },
		{ "site", .value = &work->site },
		{ "sites", .value = &work->sites },
		{ "format", .value = &work->format },
		{ "output", .value = &work->output },
		{ 0 },
	};

	*work = (struct work){ .verb = argv[0] };
	if (!options_read(argc, argv, places))
		return wrong(work, OPTIONS_COMPLAINT);
	work->operands = argv + optind;
	work->operand_count = argc - optind;
	return EXIT_DONE;
}

static enum fault open_all(struct work *work)
{
	enum fault fault;

	if ((fault = desk_home(work->folder, &work->home)) ||
	    (fault = desk_record(work->home, &work->record)))
		return fault;
	return printed_open(&work->printed, work->home, NULL);
}

/* What the coordinator's list calls this site. NULL: it has no name yet. */
static const char *site_name(const struct work *work)
{
	return work->site ? work->site : work->printed.about.agency;
}

#define NO_NAME                                                             \
	"this site has no name: give --site NAME, or set [agency] name in " \
	"foyer.ini"

static void print_key(const char *site, const uint8_t key[KEY_BYTES])
{
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes base64 = { 0 };

	key_fingerprint(key, fingerprint);
	bytes_add_base64(&base64, key, KEY_BYTES);
	bytes_add_byte(&base64, 0);
	line_print(json_pack("{s:s, s:s, s:s}", "site", site, "key",
			     (const char *)base64.data, "fingerprint",
			     fingerprint));
	bytes_done(&base64);
}

/* --- a site's own ---------------------------------------------------------
 */

static int run_key(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (work.operand_count)
		return wrong(&work, "one argument too many");
	if ((fault = open_all(&work)))
		return fault_exit(fault);
	if (!site_name(&work))
		return wrong(&work, NO_NAME);
	if ((fault = site_key(work.home, &key)))
		return fault_exit(fault);
	print_key(site_name(&work), kiosk_key_public(key));
	return EXIT_DONE;
}

static void tell_unshared(const struct work *work, enum shared_answer answer)
{
	if (answer == SHARED_TOO_FEW)
		fprintf(stderr,
			"foyer statistics %s: not written: a site with fewer "
			"than %d people would show who they are; take a longer "
			"time\n",
			work->verb, SHARED_PEOPLE);
}

static enum fault put_file(const struct work *work, const char *name,
			   const struct bytes *bytes)
{
	SCOPED(char_freep)
	char *path = home_path(work->home, HOME_EXPORTS, name);
	const char *output = work->output;
	enum fault fault = FAULT_NONE;

	if (!output)
		fault = folder_make(home_folder(work->home, HOME_EXPORTS));
	if (!fault)
		fault = file_write(output ? output : path, bytes->data,
				   bytes->length, 0600);
	if (!fault)
		line_print(json_pack("{s:s}", "file", output ? output : path));
	return fault;
}

static int write_shared(const struct work *work, const struct period *period)
{
	const struct wording wording =
	    printed_wording(&work->printed, work->record);
	SCOPED(kiosk_key_freep) struct kiosk_key *key = NULL;
	SCOPED(char_freep)
	char *name = xasprintf("foyer-statistics_%s_%s.json", period->first,
			       period->last);
	enum shared_answer answer = SHARED_NOTHING;
	struct bytes bytes = { 0 };
	enum fault fault = site_key(work->home, &key);

	if (!fault)
		fault = sites_share(&wording, period, key, site_name(work),
				    &answer, &bytes);
	if (!fault)
		tell_unshared(work, answer);
	if (!fault && answer == SHARED_MADE)
		fault = put_file(work, name, &bytes);
	bytes_done(&bytes);
	return fault                   ? fault_exit(fault)
	       : answer == SHARED_MADE ? EXIT_DONE
				       : EXIT_INPUT;
}

static int run_write(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	struct period period;
	const char *complaint;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (work.operand_count)
		return wrong(&work, "one argument too many");
	if ((complaint = pack_period(work.from, work.to, &period)))
		return wrong(&work, complaint);
	if ((fault = open_all(&work)))
		return fault_exit(fault);
	if (!site_name(&work))
		return wrong(&work, NO_NAME);
	return write_shared(&work, &period);
}

/* --- several sites' --------------------------------------------------------
 */

static void print_findings(struct findings *findings)
{
	for (size_t i = 0; i < findings->count; i++)
		fprintf(stderr, "%s\n", findings->list[i].line);
	findings_done(findings);
}

static enum fault read_file(const char *path, struct statistics *out)
{
	struct findings findings = { 0 };
	enum fault fault = sites_read(path, &findings, out);

	print_findings(&findings);
	return fault;
}

static int run_check(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (work.operand_count != 1)
		return wrong(&work, "name one file of statistics");
	if ((fault = read_file(work.operands[0], &statistics)))
		return fault_exit(fault);
	print_key(statistics.site, statistics.key);
	line_print(json_pack("{s:s, s:s, s:i}", "from", statistics.first, "to",
			     statistics.last, "tables", (int)statistics.count));
	return EXIT_DONE;
}

static enum fault await_sites(const char *path, struct merge *merge)
{
	struct findings findings = { 0 };
	enum fault fault = sites_await(path, &findings, merge);

	print_findings(&findings);
	return fault;
}

static const char *const refusals[] = {
	[MERGE_UNKNOWN_SITE] = "no site of the list has this key; compare "
			       "fingerprints (`foyer statistics check`)",
	[MERGE_OTHER_NAME] = "the list has another name for this key",
	[MERGE_TWICE] = "this site is there already; leave one of its files "
			"out",
	[MERGE_OTHER_DAYS] = "of other days than the files before it; ask for "
			     "the same",
};

/* Every file is looked at, so that all that is wrong is told at once. */
static enum fault take_files(const struct work *work, struct merge *merge)
{
	enum fault first = FAULT_NONE;

	for (int i = 0; i < work->operand_count; i++) {
		SCOPED(statistics_done) struct statistics statistics = { 0 };
		enum fault fault = read_file(work->operands[i], &statistics);
		enum merge_answer answer;

		if (!fault &&
		    (answer = merge_take(merge, &statistics)) != MERGE_TAKEN) {
			fprintf(stderr, "%s: %s: %s\n", work->operands[i],
				statistics.site, refusals[answer]);
			fault = FAULT_FORMAT;
		}
		if (!first)
			first = fault;
	}
	return first;
}

static void tell_missing(const struct merge *merge)
{
	for (size_t i = 0; merge_missing(merge, i); i++)
		fprintf(stderr, "missing: %s\n", merge_missing(merge, i));
}

static enum fault put_merged(const struct work *work, const struct merge *merge,
			     enum pack_format format)
{
	const struct wording wording =
	    printed_wording(&work->printed, work->record);
	SCOPED(merged_done) struct merged merged = { 0 };
	struct period period;
	const struct report_about about = {
		.agency = work->printed.about.agency,
		.period = &period,
		.wording = &wording,
		.made_up = work->printed.about.made_up,
	};

	(void)period_read(merge_first(merge), merge_last(merge), desk_now(),
			  &period);
	*period.today = 0; /* each site made its own on another */
	merge_read(merge, &wording, &merged);
	return pack_put(work->home, &work->printed,
			&(struct pack){ .name = "merged",
					.reports = merged.reports,
					.count = merged.count,
					.about = &about },
			format, work->output);
}

static int run_merge(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	SCOPED(merge_freep) struct merge *merge = merge_new();
	enum pack_format format = PACK_JSON;
	enum fault fault;
	int status = read_arguments(argc, argv, &work);

	if (status)
		return status;
	if (!work.sites)
		return wrong(&work, "say which sites are awaited with --sites "
				    "FILE.csv");
	if (!work.operand_count)
		return wrong(&work, "name the sites' files");
	if (work.format && !pack_format_of(work.format, &format))
		return wrong(&work, PACK_FORMAT_COMPLAINT);
	if (format == PACK_PDF && work.output && !folder_exists(work.output))
		return wrong(&work, "reports are a PDF file each: name a "
				    "folder with -o, or leave -o out");
	if ((fault = open_all(&work)) ||
	    (fault = await_sites(work.sites, merge)) ||
	    (fault = take_files(&work, merge)))
		return fault_exit(fault);
	tell_missing(merge);
	return fault_exit(put_merged(&work, merge, format));
}

static const struct verb verbs[] = {
	{ "key", "[--home DIR] [--site NAME]",
	  "this site's name and key, for the coordinator's list", run_key },
	{ "write",
	  "[--home DIR] [--from DAY] [--to DAY] [--site NAME] [-o FILE]",
	  "the counts that may be shared, protected and signed", run_write },
	{ "check", "FILE", "whose file it is, and whether it is whole",
	  run_check },
	{ "merge",
	  "[--home DIR] --sites SITES.csv [--format csv|json|xlsx|pdf]"
	  " [-o FILE | FOLDER] FILE ...",
	  "several sites' files as reports of all of them", run_merge },
	{ .name = NULL },
};

const struct noun noun_statistics = {
	.name = "statistics",
	.summary = "counts that sites share, and the sum of several sites",
	.details =
	    "A file holds no person, no name and no count under 5. SITES.csv "
	    "has a row a site\nwith the columns site and key, as `key` prints "
	    "them; merging names who is missing\nand takes no file that is "
	    "changed, unknown, twice or of other days.\n",
	.verbs = verbs,
};
