#include <stdlib.h>

#include "base/file.h"
#include "desk/box_papers.h"
#include "desk/pick.h"
#include "desk/pieces.h"
#include "desk/reports.h"
#include "desk/saved.h"
#include "desk/write.h"
#include "report/sharing.h"
#include "report/site_key.h"

/* What a site shares, and what a coordinator makes of several sites' files. */

/* This site's own, while it is counted. */
struct share {
	struct wording wording;
	struct period period;
	struct kiosk_key *key;
	const char *site;
	struct sharing sharing;
};

static void share_free(void *to)
{
	struct share *share = to;

	sharing_done(&share->sharing);
	kiosk_key_free(share->key);
	free(share);
}

static enum fault share_report(void *to, size_t index)
{
	struct share *share = to;

	return sharing_add(&share->sharing, index, &share->wording,
			   &share->period, share->key);
}

/* Nobody looks into a box: it goes on from there by a stick. */
static void say_how_it_goes(struct desk *desk)
{
	SCOPED(char_freep) char *papers = desk_word(desk, "box.papers");
	const struct catalogue_argument menu = { .name = "papers",
						 .text = papers };

	if (desk->vault && !desk->said.alarming)
		desk_say(desk, desk_words(desk, "reports.carry", &menu, 1),
			 false);
}

static void write_shared(struct desk *desk, void *to)
{
	const struct share *share = to;
	SCOPED(char_freep) char *called = NULL;
	struct bytes bytes = { 0 };

	switch (sharing_write(&share->sharing, share->site, &share->period,
			      share->key, &bytes)) {
	case SHARED_TOO_FEW:
		desk_say_key(desk, "reports.too_few");
		break;
	case SHARED_NOTHING:
		desk_say_key(desk, "reports.nothing_shared");
		break;
	case SHARED_MADE:
		called = statistics_called(share->site, &share->period);
		saved_put(desk, called, ".json", &bytes);
		say_how_it_goes(desk);
		break;
	}
	bytes_done(&bytes);
}

void reports_share(struct desk *desk, const struct period *period)
{
	SCOPED(char_freep) char *title = desk_word(desk, "reports.share");
	struct share *share = xcalloc(1, sizeof *share);

	share->site = settings_text(desk->settings, "agency", "name", "");
	share->period = *period;
	share->wording = (struct wording){ desk->record, desk->staff.words,
					   &desk->staff.who };
	if (!*share->site) {
		desk_say_key(desk, "reports.no_site");
		share_free(share);
		return;
	}
	if (site_key(desk->home, &share->key)) {
		desk_say_trouble(desk);
		share_free(share);
		return;
	}
	pieces_start(desk, &(struct pieces){ .title = title,
					     .words = "reports.sharing",
					     .count = report_count(),
					     .each = share_report,
					     .done = write_shared,
					     .drop = share_free,
					     .to = share });
}

/* --- several sites' -------------------------------------------------------
 */

static void say_of(struct desk *desk, const char *key, const char *of)
{
	const struct catalogue_argument what = { .name = "what", .text = of };

	desk_say(desk, desk_words(desk, key, &what, 1), true);
}

bool reports_sites(struct desk *desk, struct sites *out)
{
	struct findings findings = { 0 };
	const bool read = !sites_read(desk->home, &findings, out);
	const struct catalogue_argument row = {
		.name = "row",
		.number = findings.count ? findings.list[0].row : 1
	};

	if (!read && !findings.count)
		desk_say_trouble(desk);
	else if (!read)
		desk_say(desk, desk_words(desk, "reports.list_wrong", &row, 1),
			 true);
	findings_done(&findings);
	return read;
}

/* --- from a stick or a folder --------------------------------------------- */

static enum fault gather_all(const struct home *home,
			     const char *const *folders, size_t count,
			     struct gathering *out)
{
	SCOPED(sites_done) struct sites sites = { 0 };
	struct findings findings = { 0 };
	enum fault fault = sites_read(home, &findings, &sites);

	*out = (struct gathering){ 0 };
	findings_done(&findings);
	for (size_t i = 0; !fault && i < count; i++)
		fault = gather_folder(home, &sites, folders[i], out);
	return fault;
}

enum fault reports_gather(const struct home *home, const char *stick,
			  struct gathering *out)
{
	SCOPED(char_freep) char *papers = xasprintf("%s/" PAPERS_FOLDER, stick);
	SCOPED(char_freep)
	char *statistics = xasprintf("%s/" SITES_FOLDER, stick);
	const char *const folders[] = { stick, papers, statistics };

	return gather_all(home, folders, COUNT(folders), out);
}

/* "~/Downloads" as a shell has it. The caller frees it. */
static char *folder_of(const char *typed)
{
	const char *home = getenv("HOME");

	return home && typed[0] == '~' && typed[1] == '/'
		   ? xasprintf("%s%s", home, typed + 1)
		   : xstrdup(typed);
}

static bool is_folder(struct desk *desk, void *to, const char *text)
{
	SCOPED(char_freep) char *folder = folder_of(text);

	(void)to;
	if (folder_exists(folder))
		return true;
	if (*folder)
		say_of(desk, "reports.no_folder", folder);
	else
		desk_say_key(desk, "reports.folder_hint");
	return false;
}

static void folder_typed(struct desk *desk, void *to, const char *text)
{
	SCOPED(char_freep) char *folder = folder_of(text);
	const char *const folders[] = { folder };
	struct gathering gathering;
	enum fault fault = gather_all(desk->home, folders, 1, &gathering);

	(void)to;
	if (!fault && gathering.count) {
		gathered_open(desk, &gathering);
		return;
	}
	if (fault)
		desk_say_trouble(desk);
	else
		say_of(desk, "reports.none_there", folder);
	gathering_done(&gathering);
}

void reports_gather_here(struct desk *desk)
{
	SCOPED(char_freep) char *title = desk_word(desk, "reports.gather");
	SCOPED(char_freep) char *hint = desk_word(desk, "reports.folder_hint");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .language = "en",
					  .check = is_folder,
					  .done = folder_typed });
}

/* --- their sum ------------------------------------------------------------ */

void reports_sum_done(struct reports_sum *sum)
{
	sites_done(&sum->sites);
	gather_kept_done(&sum->kept);
}

/* What lies there and does not count is told before who is missing: those are
 * named below each table, too. */
static void say_missing(struct desk *desk, const struct merge *merge,
			const struct gathering *refused)
{
	struct bytes names = { 0 };

	for (size_t i = 0; merge_missing(merge, i); i++)
		bytes_add_format(&names, "%s%s", i ? ", " : "",
				 merge_missing(merge, i));
	if (refused->count)
		say_of(desk, "reports.does_not_count", refused->all[0].file);
	else if (names.length)
		say_of(desk, "reports.missing", (const char *)names.data);
	else
		desk_say_key(desk, "reports.all_there");
	bytes_done(&names);
}

static void open_merged(struct desk *desk, const struct merge *merge,
			const struct reports_sum *sum)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct reports_shown shown = { .name = "merged",
				       .language = sum->language };
	struct merged merged = { 0 };

	if (reports_words(sum->language, &words)) {
		desk_say_trouble(desk);
		return;
	}
	merge_read(merge,
		   &(struct wording){ desk->record, words, &desk->staff.who },
		   &merged);
	if (!merged.count) {
		merged_done(&merged);
		desk_say_key(desk, "reports.nothing_shared");
		return;
	}
	(void)period_read(merge_first(merge), merge_last(merge),
			  desk->clock.now, &shown.period);
	*shown.period.today = 0; /* each site made its own on another */
	shown.reports = merged.reports;
	shown.count = merged.count;
	desk_open(desk, &desk_report_screen, &shown);
	say_missing(desk, merge, &sum->kept.refused);
}

static void days_picked(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	const struct reports_sum *sum = to;
	SCOPED(merge_freep) struct merge *merge = merge_new();

	if (!count)
		return;
	if (gather_merge(desk->home, &sum->sites,
			 &sum->kept.days[rows[0]].period, merge))
		desk_say_trouble(desk);
	else
		open_merged(desk, merge, sum);
}

#define DAYS_OFFERED 24 /* months of two years */

static void pick_days(struct desk *desk, struct reports_sum *sum)
{
	SCOPED(char_freep) char *title = desk_word(desk, "reports.days");
	char *rows[DAYS_OFFERED];
	size_t count = 0;

	for (; count < sum->kept.count && count < COUNT(rows); count++) {
		const struct gather_days *days = &sum->kept.days[count];
		const struct catalogue_argument parts[] = {
			{ .name = "first", .text = days->period.first },
			{ .name = "last", .text = days->period.last },
			{ .name = "sites", .number = (double)days->sites },
			{ .name = "all", .number = (double)sum->sites.count },
		};

		rows[count] =
		    desk_words(desk, "reports.days_sites", parts, COUNT(parts));
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = count,
					.done = days_picked,
					.to = sum });
	while (count)
		free(rows[--count]);
}

void reports_merge(struct desk *desk, struct reports_sum *sum)
{
	const size_t only = 0;

	reports_sum_done(sum);
	if (!reports_sites(desk, &sum->sites))
		return;
	if (gather_look(desk->home, &sum->sites, &sum->kept))
		desk_say_trouble(desk);
	else if (!sum->sites.count)
		desk_say_key(desk, "reports.no_list");
	else if (!sum->kept.count && sum->kept.refused.count)
		say_of(desk, "reports.does_not_count",
		       sum->kept.refused.all[0].file);
	else if (!sum->kept.count)
		desk_say_key(desk, "reports.no_files");
	else if (sum->kept.count == 1)
		days_picked(desk, sum, &only, 1);
	else
		pick_days(desk, sum);
}
