#include "report/gather.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "report/statistics.h"

#define END ".json"

void gathered_done(struct gathered *gathered)
{
	free(gathered->file);
	free(gathered->site);
	free(gathered->why);
	bytes_done(&gathered->bytes);
	*gathered = (struct gathered){ 0 };
}

void gathering_done(struct gathering *gathering)
{
	for (size_t i = 0; i < gathering->count; i++)
		gathered_done(&gathering->all[i]);
	free(gathering->all);
	*gathering = (struct gathering){ 0 };
}

void gather_kept_done(struct gather_kept *kept)
{
	gathering_done(&kept->refused);
	free(kept->days);
	*kept = (struct gather_kept){ 0 };
}

/* --- one file -------------------------------------------------------------
 */

static const char *name_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* GATHER_TAKEN: it counts. */
static enum gather_answer judge(const struct sites *sites,
				const struct statistics *statistics)
{
	const struct sites_one *site = sites_by_key(sites, statistics->key);

	if (!site)
		return GATHER_UNKNOWN;
	return strcmp(site->name, statistics->site) == 0 ? GATHER_TAKEN
							 : GATHER_OTHER_NAME;
}

/* Reads what may be anything; *statistics is empty where it is damaged. */
static void look_at(const struct sites *sites, const char *file,
		    const struct bytes *bytes, struct gathered *out,
		    struct statistics *statistics)
{
	struct findings findings = { 0 };

	*out = (struct gathered){ .file = xstrdup(file) };
	if (statistics_read(file, bytes->data, bytes->length, &findings,
			    statistics)) {
		out->answer = GATHER_DAMAGED;
		out->site = xstrdup("");
		out->why =
		    xstrdup(findings.count ? findings.list[0].words : "");
	} else {
		out->answer = judge(sites, statistics);
		out->site = xstrdup(statistics->site);
		out->why = xstrdup("");
		strcpy(out->period.first, statistics->first);
		strcpy(out->period.last, statistics->last);
		memcpy(out->key, statistics->key, KEY_BYTES);
	}
	findings_done(&findings);
}

/* "statistics-Riverside-2026-10-1234567890.json": of the same site and days
 * there is one. The caller frees it. */
static char *kept_path(const struct home *home, const struct gathered *gathered)
{
	SCOPED(char_freep)
	char *called = statistics_called(gathered->site, &gathered->period);
	SCOPED(char_freep) char *name = NULL;
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(gathered->key, fingerprint);
	name = xasprintf(SITES_FOLDER "/%s-%.5s%.5s" END, called, fingerprint,
			 fingerprint + 6);
	return home_path(home, HOME_SETTINGS, name);
}

/* What is kept in its place, if it is as new. */
static enum fault compare(const char *path, const struct bytes *bytes,
			  const struct statistics *statistics,
			  enum gather_answer *answer)
{
	SCOPED(statistics_done) struct statistics kept = { 0 };
	struct findings findings = { 0 };
	struct bytes there = { 0 };
	enum fault fault = file_read(path, STATISTICS_BYTES, &there);

	*answer = GATHER_NEWER;
	if (!fault && there.length == bytes->length &&
	    memcmp(there.data, bytes->data, bytes->length) == 0)
		*answer = GATHER_SAME;
	/* One that was damaged here gives way. */
	else if (!fault &&
		 !statistics_read(path, there.data, there.length, &findings,
				  &kept) &&
		 memcmp(kept.key, statistics->key, KEY_BYTES) == 0 &&
		 strcmp(kept.made, statistics->made) >= 0)
		*answer = GATHER_OLDER;
	findings_done(&findings);
	bytes_done(&there);
	return fault;
}

static enum fault keep(const struct home *home, const struct bytes *bytes,
		       const struct statistics *statistics,
		       struct gathered *gathered)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_SETTINGS, SITES_FOLDER);
	SCOPED(char_freep) char *path = kept_path(home, gathered);
	enum fault fault = folder_make(folder);

	if (!fault && file_exists(path))
		fault = compare(path, bytes, statistics, &gathered->answer);
	if (!fault && gathered->answer <= GATHER_NEWER)
		fault = file_write(path, bytes->data, bytes->length, 0600);
	return fault;
}

static enum fault take(const struct home *home, const struct sites *sites,
		       const char *file, const struct bytes *bytes,
		       struct gathered *out)
{
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	enum fault fault = FAULT_NONE;

	look_at(sites, file, bytes, out, &statistics);
	if (out->answer == GATHER_TAKEN)
		fault = keep(home, bytes, &statistics, out);
	if (out->answer == GATHER_UNKNOWN || out->answer == GATHER_OLDER)
		bytes_add(&out->bytes, bytes->data, bytes->length);
	return fault;
}

enum fault gather_take(const struct home *home, const struct sites *sites,
		       const char *path, struct gathered *out)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, STATISTICS_BYTES, &bytes);

	*out = (struct gathered){ 0 };
	if (!fault)
		fault = take(home, sites, name_of(path), &bytes, out);
	bytes_done(&bytes);
	return fault;
}

enum fault gather_again(const struct home *home, const struct sites *sites,
			struct gathered *gathered)
{
	struct gathered now = { 0 };
	enum fault fault =
	    take(home, sites, gathered->file, &gathered->bytes, &now);

	if (fault) {
		gathered_done(&now);
		return fault;
	}
	gathered_done(gathered);
	*gathered = now;
	return FAULT_NONE;
}

/* --- a folder of them ------------------------------------------------------
 */

static int may_be(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' && length > strlen(END) &&
	       strcmp(entry->d_name + length - strlen(END), END) == 0;
}

/* A pipe of that name would be waited for. */
static bool is_file(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

typedef enum fault each_file(void *to, const char *path,
			     const struct bytes *bytes);

/* Those that begin as one; a file that cannot be read, or is larger than any,
 * is none. */
static enum fault each(const char *folder, each_file *visit, void *to)
{
	struct dirent **names = NULL;
	const int count = scandir(folder, &names, may_be, alphasort);
	enum fault fault = FAULT_NONE;

	if (count < 0 && errno != ENOENT && errno != ENOTDIR) {
		log_error("%s: cannot be read: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	for (int i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, names[i]->d_name);
		struct bytes bytes = { 0 };

		if (!fault && is_file(path) &&
		    !file_read(path, STATISTICS_BYTES, &bytes) &&
		    statistics_are(bytes.data, bytes.length))
			fault = visit(to, path, &bytes);
		bytes_done(&bytes);
		free(names[i]);
	}
	free(names);
	return fault;
}

static struct gathered *next_of(struct gathering *gathering)
{
	gathering->all = xreallocarray(gathering->all, gathering->count + 1,
				       sizeof *gathering->all);
	return &gathering->all[gathering->count++];
}

struct taking {
	const struct home *home;
	const struct sites *sites;
	struct gathering *gathering;
	size_t fresh; /* not taken before */
};

static enum fault take_each(void *to, const char *path,
			    const struct bytes *bytes)
{
	struct taking *taking = to;
	struct gathered *gathered;
	enum fault fault;

	if (taking->fresh == GATHER_MOST) {
		taking->gathering->left++;
		return FAULT_NONE;
	}
	gathered = next_of(taking->gathering);
	fault =
	    take(taking->home, taking->sites, name_of(path), bytes, gathered);
	taking->fresh += gathered->answer != GATHER_SAME;
	return fault;
}

enum fault gather_folder(const struct home *home, const struct sites *sites,
			 const char *folder, struct gathering *gathering)
{
	struct taking taking = { home, sites, gathering, 0 };

	return each(folder, take_each, &taking);
}

/* --- what is kept ---------------------------------------------------------
 */

static enum fault each_kept(const struct home *home, each_file *visit, void *to)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_SETTINGS, SITES_FOLDER);

	return each(folder, visit, to);
}

/* Of each site the newest of its days. */
struct newest {
	const struct period *period; /* NULL: of any days */
	const struct sites *sites;
	struct statistics *all;
	size_t count;
	struct gathering *refused; /* NULL: nobody asks */
};

static void newest_done(struct newest *newest)
{
	for (size_t i = 0; i < newest->count; i++)
		statistics_done(&newest->all[i]);
	free(newest->all);
}

static bool same_days(const struct period *period,
		      const struct statistics *statistics)
{
	return strcmp(period->first, statistics->first) == 0 &&
	       strcmp(period->last, statistics->last) == 0;
}

static void add_newest(struct newest *newest, struct statistics *statistics)
{
	for (size_t i = 0; i < newest->count; i++) {
		struct statistics *there = &newest->all[i];
		const struct statistics other = *there;

		if (memcmp(there->key, statistics->key, KEY_BYTES) != 0 ||
		    strcmp(there->first, statistics->first) != 0 ||
		    strcmp(there->last, statistics->last) != 0)
			continue;
		if (strcmp(there->made, statistics->made) < 0) {
			*there = *statistics;
			*statistics = other;
		}
		return;
	}
	newest->all =
	    xreallocarray(newest->all, newest->count + 1, sizeof *newest->all);
	newest->all[newest->count++] = *statistics;
	*statistics = (struct statistics){ 0 };
}

static enum fault sift(void *to, const char *path, const struct bytes *bytes)
{
	struct newest *newest = to;
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	struct gathered gathered;

	look_at(newest->sites, name_of(path), bytes, &gathered, &statistics);
	if (gathered.answer != GATHER_TAKEN && newest->refused) {
		*next_of(newest->refused) = gathered;
		return FAULT_NONE;
	}
	if (gathered.answer == GATHER_TAKEN &&
	    (!newest->period || same_days(newest->period, &statistics)))
		add_newest(newest, &statistics);
	gathered_done(&gathered);
	return FAULT_NONE;
}

static void count_days(const struct statistics *statistics,
		       struct gather_kept *out)
{
	struct gather_days *days;

	for (size_t i = 0; i < out->count; i++) {
		if (!same_days(&out->days[i].period, statistics))
			continue;
		out->days[i].sites++;
		return;
	}
	out->days = xreallocarray(out->days, out->count + 1, sizeof *out->days);
	days = &out->days[out->count++];
	*days = (struct gather_days){ .sites = 1 };
	strcpy(days->period.first, statistics->first);
	strcpy(days->period.last, statistics->last);
}

static int by_last(const void *one, const void *other)
{
	const struct gather_days *a = one, *b = other;
	const int last = strcmp(b->period.last, a->period.last);

	return last ? last : strcmp(b->period.first, a->period.first);
}

enum fault gather_look(const struct home *home, const struct sites *sites,
		       struct gather_kept *out)
{
	SCOPED(newest_done)
	struct newest newest = { .sites = sites, .refused = &out->refused };
	enum fault fault;

	*out = (struct gather_kept){ 0 };
	fault = each_kept(home, sift, &newest);
	for (size_t i = 0; i < newest.count; i++)
		count_days(&newest.all[i], out);
	if (out->count)
		qsort(out->days, out->count, sizeof *out->days, by_last);
	return fault;
}

enum fault gather_merge(const struct home *home, const struct sites *sites,
			const struct period *period, struct merge *merge)
{
	SCOPED(newest_done)
	struct newest newest = { .period = period, .sites = sites };
	enum fault fault = each_kept(home, sift, &newest);

	/* The list names nobody twice, and one of each is left. */
	for (size_t i = 0; i < sites->count; i++)
		(void)merge_await(merge, sites->all[i].name, sites->all[i].key);
	for (size_t i = 0; i < newest.count; i++)
		(void)merge_take(merge, &newest.all[i]);
	return fault;
}

/* --- what is not to count ---------------------------------------------------
 */

struct forgetting {
	const uint8_t *key;
	const struct period *period; /* NULL: of any days */
	const char *but;             /* a file that stays; NULL: none */
};

static enum fault forget(void *to, const char *path, const struct bytes *bytes)
{
	const struct forgetting *forgetting = to;
	SCOPED(statistics_done) struct statistics statistics = { 0 };
	struct findings findings = { 0 };
	enum fault fault = FAULT_NONE;

	if ((!forgetting->but || strcmp(name_of(path), forgetting->but) != 0) &&
	    !statistics_read(path, bytes->data, bytes->length, &findings,
			     &statistics) &&
	    memcmp(statistics.key, forgetting->key, KEY_BYTES) == 0 &&
	    (!forgetting->period || same_days(forgetting->period, &statistics)))
		fault = file_remove(path);
	findings_done(&findings);
	return fault;
}

enum fault gather_forget(const struct home *home, const uint8_t key[KEY_BYTES])
{
	struct forgetting forgetting = { .key = key };

	return each_kept(home, forget, &forgetting);
}

enum fault gather_replace(const struct home *home, struct gathered *gathered)
{
	SCOPED(char_freep) char *path = kept_path(home, gathered);
	struct forgetting others = { gathered->key, &gathered->period,
				     name_of(path) };
	enum fault fault = file_write(path, gathered->bytes.data,
				      gathered->bytes.length, 0600);

	if (!fault)
		fault = each_kept(home, forget, &others);
	if (!fault)
		gathered->answer = GATHER_REPLACED;
	return fault;
}
