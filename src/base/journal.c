#include "base/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/log.h"

struct journal {
	char *path;
	FILE *file; /* NULL: it cannot be written */
	bool screens;
};

static void write_line(void *to, enum log_level level, const char *line)
{
	static const char *const levels[] = {
		[LOG_NOTE] = "note",
		[LOG_WARNING] = "warning",
		[LOG_ERROR] = "error",
	};
	const struct journal *journal = to;
	char when[32];
	time_t now = time(NULL);
	struct tm utc;

	gmtime_r(&now, &utc);
	strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
	if (journal->file) {
		fprintf(journal->file, "%s %s %s\n", when, levels[level], line);
		fflush(journal->file);
	}
	if (!journal->screens && level != LOG_NOTE)
		fprintf(stderr, "%s\n", line);
}

struct journal *journal_new(const char *path)
{
	struct journal *journal = xcalloc(1, sizeof *journal);

	journal->path = xstrdup(path);
	journal->file = fopen(path, "ae");
	log_to(write_line, journal);
	return journal;
}

void journal_free(struct journal *journal)
{
	log_to(NULL, NULL);
	if (journal->file)
		fclose(journal->file);
	free(journal->path);
	free(journal);
}

void journal_screens(struct journal *journal, bool up)
{
	journal->screens = up;
}

const char *journal_path(const struct journal *journal)
{
	return journal->file ? journal->path : NULL;
}
