#include "card/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* Windows' own, beside those that begin with a dot. */
static bool is_litter(const char *name)
{
	static const char *const names[] = { "System Volume Information",
					     "Thumbs.db",
					     "desktop.ini",
					     "$RECYCLE.BIN",
					     "FOUND.000",
					     "README",
					     "README.txt" };

	for (size_t i = 0; i < COUNT(names); i++) {
		if (strcasecmp(name, names[i]) == 0)
			return true;
	}
	return name[0] == '.';
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void card_names_read(const char *path, const char *file, size_t most,
		     struct card_findings *findings, struct card_names *out)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	*out = (struct card_names){ 0 };
	while (folder && (entry = readdir(folder))) {
		if (is_litter(entry->d_name))
			continue;
		if (out->count == most) {
			card_find(findings, CARD_STOP, file, 0, "card.many",
				  NULL);
			break;
		}
		out->list =
		    xreallocarray(out->list, out->count + 1, sizeof *out->list);
		out->list[out->count++] = xstrdup(entry->d_name);
	}
	if (folder)
		closedir(folder);
	if (out->count)
		qsort(out->list, out->count, sizeof *out->list, by_name);
}

void card_names_done(struct card_names *names)
{
	for (size_t i = 0; i < names->count; i++)
		free(names->list[i]);
	free(names->list);
	*names = (struct card_names){ 0 };
}

static void too_large(const char *file, size_t limit,
		      struct card_findings *findings)
{
	SCOPED(char_freep) char *most = xasprintf("%zu", limit / 1024);

	card_find(findings, CARD_LEFT_OUT, file, 0, "card.large",
		  CARD_PUT({ "most", most }));
}

/* False where reading fails; one byte more than limit tells a larger one. */
static bool read_up_to(int from, size_t limit, struct bytes *out)
{
	uint8_t piece[16384];
	ssize_t got = 1;

	while (out->length <= limit &&
	       (got = read(from, piece, sizeof piece)) > 0)
		bytes_add(out, piece, (size_t)got);
	return got >= 0;
}

bool card_bytes(const char *path, const char *file, size_t limit,
		struct card_findings *findings, struct bytes *out)
{
	int from = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
				  O_NOCTTY);
	struct stat about;
	bool good = from >= 0 && !fstat(from, &about) &&
		    S_ISREG(about.st_mode) && read_up_to(from, limit, out);

	if (!good)
		card_find(findings, CARD_LEFT_OUT, file, 0, "card.unreadable",
			  NULL);
	if (from >= 0)
		close(from);
	if (good && out->length > limit) {
		too_large(file, limit, findings);
		return false;
	}
	return good;
}
