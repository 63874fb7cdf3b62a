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
#include "report/gather.h"
#include "report/sharing.h"
#include "report/site_key.h"

/* `foyer statistics`: what several sites count together. */

struct work {
	const char *verb;
	bool replace;
	const char *folder, *from, *to, *site, *fingerprint, *format, *output;
	char **operands;
	int operand_count;
	struct home *home;
	struct record *record;
	struct printed printed;
	struct sites sites; /* of the list */
};

static void work_done(struct work *work)
{
	sites_done(&work->sites);
	printed_done(&work->printed);
	record_close(work->record);
	home_free(work->home);
}

static int wrong(const struct work *work, const char *complaint)
{
	return noun_usage("statistics", work->verb, complaint);
}

#define TOO_MANY "one argument too many"

/* Words behind the options: none, one file, or any number of them. */
enum files { NO_FILE, ONE_FILE, FILES };

static bool are_so_many(int count, enum files files)
{
	return files == FILES ? count > 0 : count == (files == ONE_FILE);
}

/* complaint: of a verb that wants others. */
static int read_arguments(int argc, char **argv, enum files files,
			  const char *complaint, struct work *work)
{
	const struct options_place places[] = {
		{ "home", .value = &work->folder },
		{ "from", .value = &work->from },
		{ "to", .value = &work->to },
		{ "site", .value = &work->site },
		{ "fingerprint", .value = &work->fingerprint },
		{ "format", .value = &work->format },
		{ "output", .value = &work->output },
		{ "replace", .flag = &work->replace },
		{ 0 },
	};

	*work = (struct work){ .verb = argv[0] };
	if (!options_read(argc, argv, places))
		return wrong(work, OPTIONS_COMPLAINT);
	work->operands = argv + optind;
	work->operand_count = argc - optind;
	return are_so_many(work->operand_count, files) ? EXIT_DONE
						       : wrong(work, complaint);
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
	int status = read_arguments(argc, argv, NO_FILE, TOO_MANY, &work);

	if (status)
		return status;
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
	else if (answer == SHARED_NOTHING)
		fprintf(stderr,
			"foyer statistics %s: not written: there is nothing to "
			"share of these days; take others\n",
			work->verb);
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
	char *called = statistics_called(site_name(work), period);
	SCOPED(char_freep) char *name = xasprintf("foyer-%s.json", called);
	enum shared_answer answer = SHARED_NOTHING;
	struct bytes bytes = { 0 };
	enum fault fault = site_key(work->home, &key);

	if (!fault)
		fault = sharing_all(&wording, period, key, site_name(work),
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
	int status = read_arguments(argc, argv, NO_FILE, TOO_MANY, &work);

	if (status)
		return status;
	if ((complaint = pack_period(work.from, work.to, &period)))
		return wrong(&work, complaint);
	if ((fault = open_all(&work)))
		return fault_exit(fault);
	if (!site_name(&work))
		return wrong(&work, NO_NAME);
	return write_shared(&work, &period);
}

/* --- one file -------------------------------------------------------------
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
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, STATISTICS_BYTES, &bytes);

	if (!fault)
		fault = statistics_read(path, bytes.data, bytes.length,
					&findings, out);
	print_findings(&findings);
	bytes_done(&bytes);
	return fault;
}

static int run_check(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	enum fault fault;
	int status = read_arguments(argc, argv, ONE_FILE,
				    "name one file of statistics", &work);

	if (status)
		return status;
	if ((fault = read_file(work.operands[0], &statistics)))
		return fault_exit(fault);
	print_key(statistics.site, statistics.key);
	line_print(json_pack("{s:s, s:s, s:s, s:i}", "from", statistics.first,
			     "to", statistics.last, "made", statistics.made,
			     "tables", (int)statistics.count));
	return EXIT_DONE;
}

/* --- the list of sites ------------------------------------------------------
 */

static enum fault open_sites(struct work *work)
{
	struct findings findings = { 0 };
	enum fault fault = open_all(work);

	if (!fault)
		fault = sites_read(work->home, &findings, &work->sites);
	print_findings(&findings);
	return fault;
}

static int complain(const struct work *work, const char *about,
		    const char *complaint)
{
	fprintf(stderr, "foyer statistics %s: %s: %s\n", work->verb, about,
		complaint);
	return EXIT_INPUT;
}

static int run_sites(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, NO_FILE, TOO_MANY, &work);

	if (status)
		return status;
	if ((fault = open_sites(&work)))
		return fault_exit(fault);
	for (size_t i = 0; i < work.sites.count; i++)
		print_key(work.sites.all[i].name, work.sites.all[i].key);
	return EXIT_DONE;
}

static const char *const changes[] = {
	[SITES_NAME_TAKEN] =
	    "another key stands on the list under this name; if the site says "
	    "that its key is new, `foyer statistics remove-site` first",
	[SITES_KEY_TAKEN] =
	    "its key stands on the list under another name; if the site has a "
	    "new name, `foyer statistics remove-site` the other first",
	[SITES_NONE] = "no site of the list has this name; `foyer statistics "
		       "sites` prints them",
	[SITES_FULL] = "the list has 1000 sites and takes no more; `foyer "
		       "statistics remove-site` those that share no more",
};

/* Done already is done, too. */
static int tell_change(const struct work *work, const char *name,
		       enum sites_answer answer)
{
	return changes[answer] ? complain(work, name, changes[answer])
			       : EXIT_DONE;
}

static struct sites_doing doing_of(const struct work *work,
				   const struct record_who *who)
{
	return (struct sites_doing){ work->home, work->record, who,
				     desk_now() };
}

static int tell_fingerprint(const struct work *work,
			    const struct statistics *statistics)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(statistics->key, fingerprint);
	fprintf(stderr,
		"foyer statistics %s: %s: its key's fingerprint is %s, and is "
		"not what --fingerprint says. Nothing was added; ask %s by "
		"telephone for the fingerprint that `foyer statistics key` "
		"prints there\n",
		work->verb, work->operands[0], fingerprint, statistics->site);
	return EXIT_INPUT;
}

static int add_site(struct work *work, const struct statistics *statistics)
{
	const struct record_who who = desk_who();
	const struct sites_doing doing = doing_of(work, &who);
	enum sites_answer answer;
	enum fault fault;

	if (!sites_compared(work->fingerprint, statistics->key))
		return tell_fingerprint(work, statistics);
	fault = sites_add(&doing, &work->sites, statistics->site,
			  statistics->key, &answer);
	if (fault)
		return fault_exit(fault);
	if (!changes[answer])
		print_key(statistics->site, statistics->key);
	return tell_change(work, statistics->site, answer);
}

static int run_add(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	enum fault fault;
	int status = read_arguments(
	    argc, argv, ONE_FILE, "name one file that the site signed", &work);

	if (status)
		return status;
	if (!work.fingerprint)
		return wrong(&work, "say with --fingerprint which key is the "
				    "site's, as the site tells it by telephone "
				    "(`foyer statistics key` prints it there)");
	if ((fault = open_sites(&work)) ||
	    (fault = read_file(work.operands[0], &statistics)))
		return fault_exit(fault);
	return add_site(&work, &statistics);
}

/* What is kept of it goes, too: nobody would add it up. */
static int remove_site(struct work *work)
{
	const struct record_who who = desk_who();
	const struct sites_doing doing = doing_of(work, &who);
	const struct sites_one *site = sites_by_name(&work->sites, work->site);
	enum sites_answer answer;
	uint8_t key[KEY_BYTES] = { 0 };
	enum fault fault;

	if (site)
		memcpy(key, site->key, sizeof key);
	if (!(fault =
		  sites_remove(&doing, &work->sites, work->site, &answer)) &&
	    answer == SITES_DONE)
		fault = gather_forget(work->home, key);
	return fault ? fault_exit(fault)
		     : tell_change(work, work->site, answer);
}

static int run_remove(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	enum fault fault;
	int status = read_arguments(argc, argv, NO_FILE, TOO_MANY, &work);

	if (status)
		return status;
	if (!work.site)
		return wrong(&work, "say which site with --site NAME");
	if ((fault = open_sites(&work)))
		return fault_exit(fault);
	return remove_site(&work);
}

/* --- their files -----------------------------------------------------------
 */

static const char *const gathers[GATHER_ANSWERS] = {
	[GATHER_TAKEN] = "taken",
	[GATHER_NEWER] = "taken in the place of an older one",
	[GATHER_REPLACED] = "taken in the place of the one that was here",
	[GATHER_SAME] = "was taken before; nothing changed",
	[GATHER_OLDER] =
	    "one that is as new was taken before; nothing changed. If this one "
	    "is to count all the same, `foyer statistics take --replace`",
	[GATHER_UNKNOWN] = "refused: no site of the list has its key. If the "
			   "site says that this fingerprint is its own, `foyer "
			   "statistics add-site`",
	[GATHER_OTHER_NAME] =
	    "refused: the list has another name for its key. The site can "
	    "write it under that name (`foyer statistics write --site NAME`). "
	    "If its name is new, `foyer statistics remove-site` the other, "
	    "which erases its files here, then add-site, and ask it for the "
	    "months before once more",
};

static void tell_gathered(const char *path, const struct gathered *gathered)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	if (gathered->answer == GATHER_DAMAGED) {
		fprintf(stderr, "%s: refused: %s\n", path, gathered->why);
		return;
	}
	key_fingerprint(gathered->key, fingerprint);
	fprintf(stderr, "%s: %s, %s to %s, key %s: %s\n", path, gathered->site,
		gathered->period.first, gathered->period.last, fingerprint,
		gathers[gathered->answer]);
}

/* Every file is looked at, so that all that is wrong is told at once. */
static int take_files(const struct work *work)
{
	int status = EXIT_DONE;

	for (int i = 0; i < work->operand_count; i++) {
		SCOPED(gathered_done) struct gathered gathered = { 0 };
		enum fault fault = gather_take(work->home, &work->sites,
					       work->operands[i], &gathered);

		if (!fault && work->replace && gathered.answer == GATHER_OLDER)
			fault = gather_replace(work->home, &gathered);
		if (!fault)
			tell_gathered(work->operands[i], &gathered);
		if (fault)
			status = fault_exit(fault);
		else if (GATHER_REFUSED(gathered.answer) && !status)
			status = EXIT_INPUT;
	}
	return status;
}

static int run_take(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	enum fault fault;
	int status =
	    read_arguments(argc, argv, FILES, "name the sites' files", &work);

	if (status)
		return status;
	if ((fault = open_sites(&work)))
		return fault_exit(fault);
	return take_files(&work);
}

/* --- their sum -------------------------------------------------------------
 */

static void tell_missing(const struct merge *merge)
{
	for (size_t i = 0; merge_missing(merge, i); i++)
		fprintf(stderr, "missing: %s\n", merge_missing(merge, i));
}

static enum fault put_merged(const struct work *work, const struct merge *merge,
			     const struct period *days, enum pack_format format)
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

	(void)period_read(days->first, days->last, desk_now(), &period);
	*period.today = 0; /* each site made its own on another */
	merge_read(merge, &wording, &merged);
	return pack_put(work->home, &work->printed,
			&(struct pack){ .name = "merged",
					.reports = merged.reports,
					.count = merged.count,
					.about = &about },
			format, work->output);
}

static int tell_days(const struct work *work, const struct gather_kept *kept,
		     const char *why)
{
	fprintf(stderr, "foyer statistics %s: %s\n", work->verb, why);
	for (size_t i = 0; i < kept->count; i++)
		fprintf(stderr, "--from %s --to %s: %zu of %zu sites\n",
			kept->days[i].period.first, kept->days[i].period.last,
			kept->days[i].sites, work->sites.count);
	return EXIT_INPUT;
}

/* Those that were asked for, or the only ones there are. */
static int choose_days(const struct work *work, const struct gather_kept *kept,
		       struct period *asked)
{
	if (!kept->count)
		return tell_days(work, kept,
				 "no file of a site of the list is kept here; "
				 "`foyer statistics take` the sites' files");
	if (!work->from && !work->to && kept->count > 1)
		return tell_days(work, kept,
				 "files of several days are kept; say which "
				 "with --from and --to");
	if (!work->from && !work->to)
		*asked = kept->days[0].period;
	for (size_t i = 0; i < kept->count; i++) {
		if (strcmp(kept->days[i].period.first, asked->first) == 0 &&
		    strcmp(kept->days[i].period.last, asked->last) == 0)
			return EXIT_DONE;
	}
	return tell_days(work, kept,
			 "no file of these days is kept; there are");
}

static int merge_kept(const struct work *work, struct period *asked,
		      enum pack_format format)
{
	SCOPED(merge_freep) struct merge *merge = merge_new();
	SCOPED(gather_kept_done) struct gather_kept kept = { 0 };
	enum fault fault = gather_look(work->home, &work->sites, &kept);
	int status;

	if (fault)
		return fault_exit(fault);
	for (size_t i = 0; i < kept.refused.count; i++)
		tell_gathered(kept.refused.all[i].file, &kept.refused.all[i]);
	if ((status = choose_days(work, &kept, asked)))
		return status;
	if ((fault = gather_merge(work->home, &work->sites, asked, merge)))
		return fault_exit(fault);
	tell_missing(merge);
	return fault_exit(put_merged(work, merge, asked, format));
}

static int run_merge(int argc, char **argv)
{
	SCOPED(work_done) struct work work;
	enum pack_format format = PACK_JSON;
	struct period period;
	const char *complaint;
	enum fault fault;
	int status = read_arguments(argc, argv, NO_FILE,
				    "it adds up what `foyer statistics take` "
				    "took, and takes no file itself",
				    &work);

	if (status)
		return status;
	if ((complaint = pack_period(work.from, work.to, &period)))
		return wrong(&work, complaint);
	if (work.format && !pack_format_of(work.format, &format))
		return wrong(&work, PACK_FORMAT_COMPLAINT);
	if (format == PACK_PDF && work.output && !folder_exists(work.output))
		return wrong(&work, "reports are a PDF file each: name a "
				    "folder with -o, or leave -o out");
	if ((fault = open_sites(&work)))
		return fault_exit(fault);
	return merge_kept(&work, &period, format);
}

static const struct verb verbs[] = {
	{ "key", "[--home DIR] [--site NAME]",
	  "this site's name and key, for the coordinator's list", run_key },
	{ "write",
	  "[--home DIR] [--from DAY] [--to DAY] [--site NAME] [-o FILE]",
	  "the counts that may be shared, protected and signed", run_write },
	{ "check", "FILE", "whose file it is, and whether it is whole",
	  run_check },
	{ "sites", "[--home DIR]", "the coordinator's list of sites",
	  run_sites },
	{ "add-site", "[--home DIR] --fingerprint DIGITS FILE",
	  "the site that signed FILE goes on the list", run_add },
	{ "remove-site", "[--home DIR] --site NAME",
	  "it leaves the list, and its files go", run_remove },
	{ "take", "[--home DIR] [--replace] FILE ...",
	  "sites' files into the coordinator's home; --replace: older ones too",
	  run_take },
	{ "merge",
	  "[--home DIR] [--from DAY] [--to DAY] [--format csv|json|xlsx|pdf]"
	  " [-o FILE | FOLDER]",
	  "what was taken, as reports of all sites", run_merge },
	{ .name = NULL },
};

const struct noun noun_statistics = {
	.name = "statistics",
	.summary = "counts that sites share, and the sum of several sites",
	.details =
	    "A file holds no person, no name and no count under 5. The "
	    "coordinator's home keeps\nthe list of sites "
	    "(statistics/sites.csv) "
	    "and of each site and its days the newest\nfile. A site goes on "
	    "the "
	    "list once its fingerprint was compared, by telephone;\n`take` "
	    "refuses a file that is changed or of a key that is not on the "
	    "list, and\n`merge` names who is missing.\n",
	.verbs = verbs,
};
