#include "issue/key_gone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"

/*
 * A line for each key: "1A2B kept 12345 ... 12345", later "1A2B destroyed ...",
 * with "-" for a fingerprint that nobody noted.
 */
#define HISTORY_LIMIT (64L << 10) /* bytes: a thousand keys */
#define LINE (64 + KEY_FINGERPRINT_BYTES)
#define UNKNOWN "-"

enum fate { KEPT, DESTROYED };
static const char *const fates[] = { "kept", "destroyed" };

static void write_line(uint16_t id, enum fate fate, const char *fingerprint,
		       char line[LINE])
{
	snprintf(line, LINE, "%04X %s %s\n", id, fates[fate], fingerprint);
}

static void line_of(const uint8_t public[KEY_BYTES], enum fate fate,
		    char line[LINE])
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(public, fingerprint);
	write_line(key_id(KEY_AGENCY, public), fate, fingerprint, line);
}

/* Where a line begins with start; NULL: none does. */
static const char *find(const char *text, const char *start)
{
	const char *at = text;

	while ((at = strstr(at, start)) && at > text && at[-1] != '\n')
		at++;
	return at;
}

static char *path_of(const struct home *home)
{
	return home_path(home, HOME_KEYS, KEYS_HISTORY);
}

/* A damaged byte hides no line behind it, and the last one has its end. */
static enum fault read_file(const char *path, char **text)
{
	struct bytes file = { 0 };
	enum fault fault = FAULT_NONE;

	if (file_exists(path))
		fault = file_read(path, HISTORY_LIMIT, &file);
	for (size_t i = 0; i < file.length; i++) {
		if (!file.data[i])
			file.data[i] = '\n';
	}
	if (file.length && file.data[file.length - 1] != '\n')
		bytes_add_text(&file, "\n");
	*text = fault ? NULL : bytes_take_text(&file);
	return fault;
}

/* The caller frees *text: empty where there is none yet. */
static enum fault read_history(const struct home *home, char **text)
{
	SCOPED(char_freep) char *path = path_of(home);

	return read_file(path, text);
}

static enum fault write_history(const struct home *home, const char *text,
				const char *behind)
{
	SCOPED(char_freep) char *path = path_of(home);
	SCOPED(char_freep) char *all = xasprintf("%s%s", text, behind);

	return file_write(path, all, strlen(all), 0600);
}

enum fault key_gone_note_kept(const struct home *home,
			      const uint8_t public[KEY_BYTES])
{
	SCOPED(char_freep) char *text = NULL;
	char kept[LINE], destroyed[LINE];
	enum fault fault = read_history(home, &text);

	line_of(public, KEPT, kept);
	line_of(public, DESTROYED, destroyed);
	if (fault || find(text, kept) || find(text, destroyed))
		return fault;
	return write_history(home, text, kept);
}

/* Each line that begins as kept begins as destroyed, but for the one that is
 * spared; the caller frees it. */
static char *with_fate_changed(const char *text, const char *kept,
			       const char *destroyed, const char *spared)
{
	struct bytes out = { 0 };
	const char *at;

	while ((at = find(text, kept))) {
		const bool spare =
		    *spared && !strncmp(at, spared, strlen(spared));

		bytes_add(&out, text, (size_t)(at - text));
		bytes_add_text(&out, spare ? kept : destroyed);
		text = at + strlen(kept);
	}
	bytes_add_text(&out, text);
	return bytes_take_text(&out);
}

enum fault key_gone_note_destroyed(const struct home *home, uint16_t id,
				   const char *fingerprint,
				   const uint8_t present[KEY_BYTES])
{
	SCOPED(char_freep) char *text = NULL;
	SCOPED(char_freep) char *changed = NULL;
	char kept[LINE], destroyed[LINE], nameless[LINE], spared[LINE] = "";
	const bool is_of_present =
	    present && key_may_be(KEY_AGENCY, present, id, fingerprint);
	enum fault fault = read_history(home, &text);

	if (fault)
		return fault;
	/* Without the end of the line, so that without a fingerprint they begin
	 * each line of that id. */
	write_line(id, KEPT, fingerprint, kept);
	write_line(id, DESTROYED, fingerprint, destroyed);
	write_line(id, DESTROYED, *fingerprint ? fingerprint : UNKNOWN,
		   nameless);
	kept[strlen(kept) - 1] = 0;
	destroyed[strlen(destroyed) - 1] = 0;
	if (is_of_present)
		line_of(present, KEPT, spared);
	if (!find(text, kept))
		return is_of_present || find(text, destroyed)
			   ? FAULT_NONE
			   : write_history(home, text, nameless);
	changed = with_fate_changed(text, kept, destroyed, spared);
	return write_history(home, changed, "");
}

enum fault key_gone_may_be_in(const char *folder, uint16_t id,
			      const char *fingerprint, bool *gone)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/" KEYS_HISTORY, folder);
	SCOPED(char_freep) char *text = NULL;
	char own[LINE], nameless[LINE];
	enum fault fault = read_file(path, &text);

	/* Without the end of the line: without a fingerprint, any of the id. */
	write_line(id, DESTROYED, fingerprint, own);
	own[strlen(own) - 1] = 0;
	write_line(id, DESTROYED, UNKNOWN, nameless);
	*gone = !fault && (find(text, own) || find(text, nameless));
	return fault;
}

enum fault key_gone_may_be(const struct home *home, uint16_t id,
			   const char *fingerprint, bool *gone)
{
	return key_gone_may_be_in(home_folder(home, HOME_KEYS), id, fingerprint,
				  gone);
}

enum fault key_gone_is(const struct home *home, const uint8_t public[KEY_BYTES],
		       bool *gone)
{
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(public, fingerprint);
	return key_gone_may_be(home, key_id(KEY_AGENCY, public), fingerprint,
			       gone);
}

/* --- from one place to another ---------------------------------------------
 */

/* The lines of other that text has not, behind it; the caller frees it. */
static char *with_lines_of(const char *text, const char *other)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, text);
	for (const char *end; (end = strchr(other, '\n')); other = end + 1) {
		SCOPED(char_freep)
		char *line = xstrndup(other, (size_t)(end - other) + 1);

		if (!find(text, line))
			bytes_add_text(&out, line);
	}
	return bytes_take_text(&out);
}

enum fault key_gone_merge(const char *from, const char *to)
{
	SCOPED(char_freep) char *other = NULL;
	SCOPED(char_freep) char *text = NULL;
	SCOPED(char_freep) char *all = NULL;
	enum fault fault;

	if ((fault = read_file(from, &other)) || (fault = read_file(to, &text)))
		return fault;
	all = with_lines_of(text, other);
	if (strlen(all) > HISTORY_LIMIT) {
		log_error("%s: too many lines, with those of %s", to, from);
		return FAULT_LIMIT;
	}
	return strcmp(all, text) ? file_write(to, all, strlen(all), 0600)
				 : FAULT_NONE;
}
