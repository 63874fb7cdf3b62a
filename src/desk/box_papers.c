#include "desk/box_papers.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "print/spool.h"
#include "report/statistics.h"

#define BEGIN "foyer-"
#define PAGE_LIMIT (24 * 1024 * 1024) /* bytes of a file that is copied */

/* --- what is there -------------------------------------------------------- */

static int is_paper(const struct dirent *entry)
{
	return spool_is_file(entry->d_name);
}

/* Where NAME ends and -20261122-104501, or -20261122-104501-2, begins. */
static const char *stamp_of(const char *name)
{
	static const char shape[] = "-00000000-000000";

	for (const char *at = name; *at; at++) {
		size_t i = 0;

		while (shape[i] &&
		       (shape[i] == '-' ? at[i] == '-'
					: at[i] >= '0' && at[i] <= '9'))
			i++;
		if (!shape[i])
			return at;
	}
	return NULL;
}

/* By what it begins with, not by what it is called. */
static bool is_shared(const char *path, const struct stat *about)
{
	struct bytes bytes = { 0 };
	const bool is = about->st_size <= STATISTICS_BYTES &&
			!file_read(path, STATISTICS_BYTES, &bytes) &&
			statistics_are(bytes.data, bytes.length);

	bytes_wipe(&bytes);
	return is;
}

static bool read_one(struct paper_file *out, const char *folder,
		     const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	const char *stamp = stamp_of(name);
	const char *what = name + strlen(BEGIN);
	struct stat about;

	if (!stamp || stamp < what || lstat(path, &about) ||
	    !S_ISREG(about.st_mode))
		return false;
	*out = (struct paper_file){
		.name = xstrdup(name),
		.what = xstrndup(what, (size_t)(stamp - what)),
		.made = about.st_mtime,
		.size = (uint64_t)about.st_size,
		.shared = is_shared(path, &about),
	};
	return true;
}

static int by_newest(const void *a, const void *b)
{
	const struct paper_file *one = a, *other = b;

	if (one->made != other->made)
		return one->made < other->made ? 1 : -1;
	return strcmp(one->name, other->name);
}

static void paper_done(struct paper_file *paper)
{
	free(paper->name);
	free(paper->what);
}

static bool may_take(const struct paper_file *paper, unsigned roles)
{
	return !roles || roles & PAPERS_ROLES ||
	       (paper->shared && roles & PAPERS_SHARED_ROLES);
}

void papers_read(struct papers *papers, const char *folder, unsigned roles)
{
	struct dirent **names;
	const int count = scandir(folder, &names, is_paper, alphasort);

	*papers = (struct papers){ .folder = xstrdup(folder) };
	papers->files =
	    xcalloc(count > 0 ? (size_t)count : 1, sizeof *papers->files);
	for (int i = 0; i < count; i++) {
		struct paper_file *paper = &papers->files[papers->count];

		if (read_one(paper, folder, names[i]->d_name)) {
			if (may_take(paper, roles))
				papers->count++;
			else
				paper_done(paper);
		}
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	qsort(papers->files, papers->count, sizeof *papers->files, by_newest);
	while (papers->count > PAPERS_MOST)
		paper_done(&papers->files[--papers->count]);
}

void papers_done(struct papers *papers)
{
	while (papers->count)
		paper_done(&papers->files[--papers->count]);
	free(papers->files);
	free(papers->folder);
	*papers = (struct papers){ 0 };
}

size_t papers_chosen(const struct papers *papers, uint64_t *bytes)
{
	size_t count = 0;

	*bytes = 0;
	for (size_t i = 0; i < papers->count; i++) {
		count += papers->files[i].chosen;
		*bytes += papers->files[i].chosen ? papers->files[i].size : 0;
	}
	return count;
}

bool papers_chosen_shared(const struct papers *papers)
{
	for (size_t i = 0; i < papers->count; i++) {
		if (papers->files[i].chosen && !papers->files[i].shared)
			return false;
	}
	return true;
}

char *paper_name(const struct paper_file *paper)
{
	const char *stamp = stamp_of(paper->name) + 1;
	const char *rest = stamp + strlen("00000000-000000");

	return xasprintf("%.4s-%.2s-%.2s-%.6s-%s%s", stamp, stamp + 4,
			 stamp + 6, stamp + 9, paper->what, rest);
}

/* --- to a stick ----------------------------------------------------------- */

static enum fault copy_one(const struct papers *papers,
			   const struct paper_file *paper, const char *folder)
{
	SCOPED(char_freep)
	char *from = xasprintf("%s/%s", papers->folder, paper->name);
	SCOPED(char_freep) char *name = paper_name(paper);
	SCOPED(char_freep) char *to = xasprintf("%s/%s", folder, name);
	struct bytes file = { 0 };
	enum fault fault = file_read(from, PAGE_LIMIT, &file);

	if (!fault)
		fault = file_write(to, file.data, file.length, 0600);
	bytes_wipe(&file);
	return fault;
}

enum fault papers_copy(struct papers *papers, const char *stick,
		       struct record *record, const struct record_who *who,
		       int64_t now)
{
	SCOPED(char_freep)
	char *folder = xasprintf("%s/" PAPERS_FOLDER, stick);
	enum fault fault = folder_make(folder);

	for (size_t i = 0; !fault && i < papers->count; i++) {
		struct paper_file *paper = &papers->files[i];

		if (!paper->chosen)
			continue;
		if ((fault = record_note(record, "paper-to-stick", "paper",
					 paper->name, who, now)) ||
		    (fault = copy_one(papers, paper, folder)))
			break;
		paper->copied = true;
	}
	return fault;
}

enum fault papers_erase(struct papers *papers, struct record *record,
			const struct record_who *who, int64_t now,
			size_t *erased)
{
	enum fault fault = FAULT_NONE;

	*erased = 0;
	for (size_t i = 0; !fault && i < papers->count; i++) {
		const struct paper_file *paper = &papers->files[i];
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", papers->folder, paper->name);

		if (!paper->chosen)
			continue;
		if ((fault = record_note(record, "paper-erased", "paper",
					 paper->name, who, now)) ||
		    (fault = file_remove(path)))
			break;
		(*erased)++;
	}
	return fault;
}
