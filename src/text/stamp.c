#include "text/stamp.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "text/catalogue.h"

static const char first_line[] = "foyer languages 1\n";

#define HEX (2 * DIGEST_BYTES)
#define STAMPS_MOST 1024 /* files */

struct line {
	struct stamp stamp;
	size_t bytes;
	char digest[HEX + 1];
};

struct stamps {
	char *folder;
	struct timespec written; /* when the index was */
	struct line *lines;
	size_t count;
};

struct stamps *stamps_new(const char *folder)
{
	struct stamps *stamps = xcalloc(1, sizeof *stamps);

	stamps->folder = xstrdup(folder);
	return stamps;
}

void stamps_free(struct stamps *stamps)
{
	if (!stamps)
		return;
	for (size_t i = 0; i < stamps->count; i++)
		char_free((char *)stamps->lines[i].stamp.name);
	free(stamps->lines);
	free(stamps->folder);
	free(stamps);
}

static char *path_of(const struct stamps *stamps, const char *name)
{
	return xasprintf("%s/%s", stamps->folder, name);
}

static void add_line(struct stamps *stamps, const struct line *line)
{
	stamps->lines = xreallocarray(stamps->lines, stamps->count + 1,
				      sizeof *stamps->lines);
	stamps->lines[stamps->count++] = *line;
}

/* --- reading ---------------------------------------------------------------
 */

static bool read_line(struct stamps *stamps, const char *text)
{
	char name[128], state[16];
	struct line line = { 0 };
	int end = 0;

	if (stamps->count == STAMPS_MOST ||
	    sscanf(text, "%127[^ \n] %zu %64[0-9a-f] %15[a-z] %zu%n", name,
		   &line.bytes, line.digest, state, &line.stamp.findings,
		   &end) != 5 ||
	    text[end] || strlen(line.digest) != HEX)
		return false;
	line.stamp.reviewed = strcmp(state, "draft") != 0;
	line.stamp.name = xstrdup(name);
	add_line(stamps, &line);
	return true;
}

static bool read_lines(struct stamps *stamps, char *text)
{
	char *rest = NULL;

	if (strncmp(text, first_line, strlen(first_line)) != 0)
		return false;
	for (char *line = strtok_r(text + strlen(first_line), "\n", &rest);
	     line; line = strtok_r(NULL, "\n", &rest)) {
		if (!read_line(stamps, line))
			return false;
	}
	return true;
}

void stamps_read(struct stamps *stamps)
{
	SCOPED(char_freep) char *path = path_of(stamps, STAMPS_NAME);
	SCOPED(char_freep) char *text = NULL;
	struct bytes bytes = { 0 };
	struct stat about;

	if (stat(path, &about)) {
		log_note("%s is not there: every translation is read at "
			 "start",
			 path);
		return;
	}
	bytes_add_text(&bytes, "");
	if (file_read(path, STAMPS_LIMIT, &bytes)) {
		bytes_done(&bytes);
		return;
	}
	stamps->written = about.st_mtim;
	text = bytes_take_text(&bytes);
	if (read_lines(stamps, text))
		return;
	log_warning("%s is damaged: every translation is read at start; make "
		    "it again with `foyer language index`",
		    path);
	stamps->count = 0;
}

/* --- asking ----------------------------------------------------------------
 */

static enum fault digest_of(const char *path, struct line *line)
{
	struct bytes bytes = { 0 };
	uint8_t digest[DIGEST_BYTES];
	enum fault fault = file_read(path, CATALOGUE_LIMIT, &bytes);

	if (!fault) {
		line->bytes = bytes.length;
		digest_sha256(bytes.data, bytes.length, digest);
		for (size_t i = 0; i < DIGEST_BYTES; i++)
			snprintf(line->digest + 2 * i, 3, "%02x", digest[i]);
	}
	bytes_done(&bytes);
	return fault;
}

static bool is_newer(const struct timespec *time, const struct timespec *than)
{
	return time->tv_sec != than->tv_sec ? time->tv_sec > than->tv_sec
					    : time->tv_nsec > than->tv_nsec;
}

static bool is_unchanged(const struct stamps *stamps, const struct line *line)
{
	SCOPED(char_freep) char *path = path_of(stamps, line->stamp.name);
	struct line now = { 0 };
	struct stat about;

	if (stat(path, &about) || (size_t)about.st_size != line->bytes)
		return false;
	if (!is_newer(&about.st_mtim, &stamps->written))
		return true;
	return !digest_of(path, &now) && strcmp(now.digest, line->digest) == 0;
}

const struct stamp *stamps_of(const struct stamps *stamps, const char *name)
{
	for (size_t i = 0; i < stamps->count; i++) {
		const struct line *line = &stamps->lines[i];

		if (strcmp(line->stamp.name, name) == 0)
			return is_unchanged(stamps, line) ? &line->stamp : NULL;
	}
	return NULL;
}

/* --- writing ---------------------------------------------------------------
 */

enum fault stamps_add(struct stamps *stamps, const struct stamp *stamp)
{
	SCOPED(char_freep) char *path = path_of(stamps, stamp->name);
	struct line line = { .stamp = *stamp };
	enum fault fault = digest_of(path, &line);

	if (fault)
		return fault;
	line.stamp.name = xstrdup(stamp->name);
	add_line(stamps, &line);
	return FAULT_NONE;
}

enum fault stamps_write(const struct stamps *stamps, const char *path)
{
	struct bytes text = { 0 };
	enum fault fault;

	bytes_add_text(&text, first_line);
	for (size_t i = 0; i < stamps->count; i++) {
		const struct line *line = &stamps->lines[i];

		bytes_add_format(&text, "%s %zu %s %s %zu\n", line->stamp.name,
				 line->bytes, line->digest,
				 line->stamp.reviewed ? "reviewed" : "draft",
				 line->stamp.findings);
	}
	fault = file_write(path, text.data, text.length, 0644);
	bytes_done(&text);
	return fault;
}
