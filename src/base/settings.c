#include "base/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/log.h"

struct setting {
	char *section, *name, *value;
};

struct settings {
	char *path;
	struct setting *all;
	size_t count;
};

/*
 * What inih takes of a line and of a section's name; more it would cut without
 * a word.
 */
#define LINE_MOST 198
#define SECTION_MOST 49

static int keep(void *to, const char *section, const char *name,
		const char *value)
{
	struct settings *settings = to;

	if (!*name)
		return 0;
	settings->all = xreallocarray(settings->all, settings->count + 1,
				      sizeof *settings->all);
	settings->all[settings->count++] = (struct setting){
		.section = xstrdup(section),
		.name = xstrdup(name),
		.value = xstrdup(value),
	};
	return 1;
}

static enum fault refuse_line(const char *path, int line, const char *why)
{
	log_error("%s: line %d: %s", path, line, why);
	return FAULT_FORMAT;
}

/*
 * The lines as inih shall see them: without comments, which may be long, and
 * without the blanks before them, since to it an indented line goes on with
 * the value above.
 */
static enum fault plain_lines(const char *path, const char *text,
			      struct bytes *out)
{
	for (int line = 1; *text; line++) {
		size_t length;

		text += strspn(text, " \t");
		length = strcspn(text, "\n");
		if (*text == '#' || *text == ';') {
			text += length;
			length = 0;
		}
		if (length > LINE_MOST)
			return refuse_line(path, line,
					   "longer than 198 bytes; write it "
					   "shorter");
		if (*text == '[' && strcspn(text, "]\n") > SECTION_MOST + 1)
			return refuse_line(path, line,
					   "a section's name has at most 49 "
					   "letters, and a ] behind it");
		bytes_add(out, text, length);
		bytes_add_byte(out, '\n');
		text += length + (text[length] == '\n');
	}
	return FAULT_NONE;
}

static enum fault parse(struct settings *settings, const struct bytes *text)
{
	const char *from = text->data ? (const char *)text->data : "";
	struct bytes lines = { 0 };
	enum fault fault;
	int line = 0;

	if (memchr(from, 0, text->length)) {
		log_error("%s: not plain text; save it as UTF-8",
			  settings->path);
		return FAULT_FORMAT;
	}
	bytes_add_text(&lines, "");
	fault = plain_lines(settings->path, from, &lines);
	if (!fault)
		line =
		    ini_parse_string((const char *)lines.data, keep, settings);
	if (line)
		fault = refuse_line(settings->path, line,
				    "not a setting; write `name = value` below "
				    "a [section]");
	bytes_done(&lines);
	return fault;
}

enum fault settings_read(const char *path, struct settings **out)
{
	SCOPED(settings_freep)
	struct settings *settings = xcalloc(1, sizeof *settings);
	struct bytes text = { 0 };
	enum fault fault = FAULT_NONE;

	settings->path = xstrdup(path);
	if (file_exists(path)) {
		fault = file_read(path, SETTINGS_LIMIT, &text);
		if (!fault)
			fault = parse(settings, &text);
		bytes_done(&text);
	}
	if (fault)
		return fault;
	*out = settings;
	settings = NULL;
	return FAULT_NONE;
}

void settings_free(struct settings *settings)
{
	if (!settings)
		return;
	for (size_t i = 0; i < settings->count; i++) {
		free(settings->all[i].section);
		free(settings->all[i].name);
		free(settings->all[i].value);
	}
	free(settings->all);
	free(settings->path);
	free(settings);
}

/* The last one counts: an agency adds a line below and expects it to work. */
const char *settings_text(const struct settings *settings, const char *section,
			  const char *name, const char *usual)
{
	for (size_t i = settings->count; i--;) {
		if (strcmp(settings->all[i].section, section) == 0 &&
		    strcmp(settings->all[i].name, name) == 0)
			return settings->all[i].value;
	}
	return usual;
}

bool settings_flag(const struct settings *settings, const char *section,
		   const char *name, bool usual)
{
	static const struct {
		const char *word;
		bool value;
	} words[] = {
		{ "yes", true }, { "no", false },    { "true", true },
		{ "on", true },  { "false", false }, { "off", false },
		{ "1", true },   { "0", false },
	};
	const char *value = settings_text(settings, section, name, NULL);

	if (!value)
		return usual;
	for (size_t i = 0; i < COUNT(words); i++) {
		if (strcasecmp(value, words[i].word) == 0)
			return words[i].value;
	}
	log_warning("%s: [%s] %s is \"%s\"; write yes or no (taken as %s)",
		    settings->path, section, name, value, usual ? "yes" : "no");
	return usual;
}

long settings_number(const struct settings *settings, const char *section,
		     const char *name, long least, long most, long usual)
{
	const char *value = settings_text(settings, section, name, NULL);
	char *end;
	long number;

	if (!value)
		return usual;
	errno = 0;
	number = strtol(value, &end, 10);
	if (!errno && end != value && !*end && number >= least &&
	    number <= most)
		return number;
	log_warning("%s: [%s] %s is \"%s\"; write a whole number from %ld to "
		    "%ld (taken as %ld)",
		    settings->path, section, name, value, least, most, usual);
	return usual;
}

void settings_each(const struct settings *settings, const char *section,
		   settings_visit *visit, void *to)
{
	for (size_t i = 0; i < settings->count; i++) {
		if (strcmp(settings->all[i].section, section) == 0)
			visit(to, settings->all[i].name,
			      settings->all[i].value);
	}
}
