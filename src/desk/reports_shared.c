#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/box_papers.h"
#include "desk/pieces.h"
#include "desk/reports.h"
#include "desk/saved.h"
#include "report/site_key.h"
#include "report/sites.h"

/* What a site shares, and what a coordinator makes of several sites' files. */

#define FOLDER "statistics" /* beside foyer.ini */
#define LIST FOLDER "/sites.csv"
#define END ".json"

static void save(struct desk *desk, const struct period *period,
		 const struct bytes *bytes)
{
	SCOPED(char_freep) char *name = NULL;
	char days[PERIOD_NAME];

	period_name(period, days);
	name = xasprintf("statistics-%s", days);
	saved_put(desk, name, END, bytes);
}

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

static void write_shared(struct desk *desk, void *to)
{
	const struct share *share = to;
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
		save(desk, &share->period, &bytes);
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

static int is_file(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name);

	return length > strlen(END) &&
	       strcmp(entry->d_name + length - strlen(END), END) == 0;
}

/* --- from a stick --------------------------------------------------------- */

#define LIST_BYTES (1u << 20)

static enum fault copy_file(const char *from, size_t limit, const char *folder,
			    const char *name)
{
	SCOPED(char_freep) char *to = xasprintf("%s/%s", folder, name);
	struct bytes file = { 0 };
	enum fault fault = file_read(from, limit, &file);

	if (!fault)
		fault = file_write(to, file.data, file.length, 0600);
	bytes_done(&file);
	return fault;
}

/* Whether some site signed it; a stick has other files, too. */
static bool is_statistics(const char *path)
{
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	struct findings findings = { 0 };
	const bool is = !sites_read(path, &findings, &statistics);

	findings_done(&findings);
	return is;
}

/* What an earlier month left would be refused as of other days. */
static enum fault drop_old(const char *folder)
{
	struct dirent **names = NULL;
	const int count = scandir(folder, &names, is_file, alphasort);
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, names[i]->d_name);

		if (!fault)
			fault = file_remove(path);
		free(names[i]);
	}
	free(names);
	return fault;
}

static enum fault gather_from(const char *from, const char *to, size_t *files)
{
	struct dirent **names = NULL;
	const int count = scandir(from, &names, is_file, alphasort);
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", from, names[i]->d_name);

		if (!fault && is_statistics(path)) {
			if (!*files)
				fault = drop_old(to);
			if (!fault)
				fault = copy_file(path, STATISTICS_BYTES, to,
						  names[i]->d_name);
			*files += !fault;
		}
		free(names[i]);
	}
	free(names);
	return fault;
}

enum fault reports_gather(const struct home *home, const char *stick,
			  size_t *files)
{
	static const char *const folders[] = { "", "/" PAPERS_FOLDER,
					       "/" FOLDER };
	SCOPED(char_freep)
	char *to = home_path(home, HOME_SETTINGS, FOLDER);
	SCOPED(char_freep) char *list = xasprintf("%s/" LIST, stick);
	enum fault fault = folder_make(to);

	*files = 0;
	for (size_t i = 0; !fault && i < COUNT(folders); i++) {
		SCOPED(char_freep)
		char *from = xasprintf("%s%s", stick, folders[i]);

		fault = gather_from(from, to, files);
	}
	if (!fault && *files && file_exists(list))
		fault = copy_file(list, LIST_BYTES, to, "sites.csv");
	return fault;
}

/* --- their sum ------------------------------------------------------------ */

static void say_of(struct desk *desk, const char *key, const char *of)
{
	const struct catalogue_argument what = { .name = "what", .text = of };

	desk_say(desk, desk_words(desk, key, &what, 1), true);
}

/* False: the message line says what is wrong with it. */
static bool take_file(struct desk *desk, const char *folder, const char *name,
		      struct merge *merge)
{
	static const char *const refusals[] = {
		[MERGE_UNKNOWN_SITE] = "reports.unknown_site",
		[MERGE_OTHER_NAME] = "reports.other_name",
		[MERGE_TWICE] = "reports.twice",
		[MERGE_OTHER_DAYS] = "reports.other_days_there",
	};
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	struct findings findings = { 0 };
	enum merge_answer answer;

	if (sites_read(path, &findings, &statistics)) {
		say_of(desk, "reports.changed", name);
		findings_done(&findings);
		return false;
	}
	answer = merge_take(merge, &statistics);
	if (answer != MERGE_TAKEN)
		say_of(desk, refusals[answer], name);
	return answer == MERGE_TAKEN;
}

static bool take_files(struct desk *desk, struct merge *merge)
{
	SCOPED(char_freep)
	char *folder = home_path(desk->home, HOME_SETTINGS, FOLDER);
	struct dirent **names = NULL;
	const int count = scandir(folder, &names, is_file, alphasort);
	bool taken = true;

	for (int i = 0; i < count; i++) {
		taken =
		    taken && take_file(desk, folder, names[i]->d_name, merge);
		free(names[i]);
	}
	free(names);
	if (count < 1)
		say_of(desk, "reports.no_files", folder);
	return taken && count > 0;
}

static void say_missing(struct desk *desk, const struct merge *merge)
{
	struct bytes names = { 0 };

	for (size_t i = 0; merge_missing(merge, i); i++)
		bytes_add_format(&names, "%s%s", i ? ", " : "",
				 merge_missing(merge, i));
	if (names.length)
		say_of(desk, "reports.missing", (const char *)names.data);
	else
		desk_say_key(desk, "reports.all_there");
	bytes_done(&names);
}

static void open_merged(struct desk *desk, const struct merge *merge,
			const char *language)
{
	SCOPED(catalogue_freep) struct catalogue *words = NULL;
	struct reports_shown shown = { .name = "merged", .language = language };
	struct merged merged = { 0 };

	if (reports_words(language, &words)) {
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
	say_missing(desk, merge);
}

void reports_merge(struct desk *desk, const char *language)
{
	SCOPED(char_freep)
	char *list = home_path(desk->home, HOME_SETTINGS, LIST);
	SCOPED(merge_freep) struct merge *merge = merge_new();
	struct findings findings = { 0 };
	enum fault fault = sites_await(list, &findings, merge);

	if (fault)
		say_of(desk, "reports.list_wrong",
		       findings.count ? findings.list[0].line : list);
	else if (take_files(desk, merge))
		open_merged(desk, merge, language);
	findings_done(&findings);
}
