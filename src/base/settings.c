#include "base/settings.h"

#include <assert.h>
#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "base/setting_known.h"

struct setting {
	char *section, *name, *value;
	int line; /* of the file, from 1 */
};

struct settings {
	char *path;
	struct setting *all;
	size_t count;
	int line; /* while it is read: the line that inih is at */
};

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
		.line = settings->line,
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
		if (length > SETTINGS_LINE)
			return refuse_line(path, line,
					   "longer than 198 bytes; write it "
					   "shorter");
		if (*text == '[' && strcspn(text, "]\n") > SETTINGS_SECTION + 1)
			return refuse_line(path, line,
					   "a section's name has at most 49 "
					   "letters, and a ] behind it");
		bytes_add(out, text, length);
		bytes_add_byte(out, '\n');
		text += length + (text[length] == '\n');
	}
	return FAULT_NONE;
}

/* Hands inih the lines one by one, so that each setting knows its own. */
struct feed {
	struct settings *settings;
	const char *rest;
};

static char *next_line(char *line, int size, void *to)
{
	struct feed *feed = to;
	size_t length = strcspn(feed->rest, "\n");

	if (!*feed->rest)
		return NULL;
	length += feed->rest[length] == '\n';
	assert(length < (size_t)size);
	memcpy(line, feed->rest, length);
	line[length] = 0;
	feed->rest += length;
	feed->settings->line++;
	return line;
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
		line = ini_parse_stream(
		    next_line,
		    &(struct feed){ settings, (const char *)lines.data }, keep,
		    settings);
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
	const char *value = settings_text(settings, section, name, NULL);
	bool flag = usual;

	return value && setting_flag(value, &flag) ? flag : usual;
}

long settings_number(const struct settings *settings, const char *section,
		     const char *name, long usual)
{
	const struct setting_known *known = setting_known(section, name);
	const char *value = settings_text(settings, section, name, NULL);
	long number = usual;

	assert(known && known->kind == SETTING_NUMBER);
	return value && setting_number(known, value, &number) ? number : usual;
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

void settings_lines(const struct settings *settings, settings_line *visit,
		    void *to)
{
	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *setting = &settings->all[i];

		visit(to, setting->line, setting->section, setting->name,
		      setting->value);
	}
}

/* --- what is wrong, once ---------------------------------------------------
 */

static void tell_unknown(const struct settings *settings,
			 const struct setting *setting)
{
	struct bytes names = { 0 };

	setting_tell_names(setting->section, &names);
	if (!setting->section[0])
		log_warning("%s: line %d: %s stands before any [section]; "
			    "write its section above it",
			    settings->path, setting->line, setting->name);
	else if (names.length)
		log_warning("%s: line %d: [%s] has no setting \"%s\"; those it "
			    "has:%s",
			    settings->path, setting->line, setting->section,
			    setting->name, (char *)names.data);
	else {
		setting_tell_sections(&names);
		log_warning("%s: line %d: there is no section [%s]; those "
			    "there are:%s",
			    settings->path, setting->line, setting->section,
			    (char *)names.data);
	}
	bytes_done(&names);
}

static void tell_refused(const struct settings *settings,
			 const struct setting *setting,
			 const struct setting_known *known)
{
	static const char *const taken[] = {
		[SETTING_TEXT] = "",
		[SETTING_FLAG] = " (taken as if it were not there)",
		[SETTING_NUMBER] = " (taken as if it were not there)",
		[SETTING_WORD] = " (taken as if it were not there)",
		[SETTING_BEGIN] = "",
		[SETTING_SPANS] = " (taken as open)",
		[SETTING_SHORT] = "",
	};
	struct bytes allowed = { 0 };

	setting_tell(known, &allowed);
	log_warning("%s: line %d: [%s] %s is \"%s\"; write %s%s",
		    settings->path, setting->line, setting->section,
		    setting->name, setting->value, (char *)allowed.data,
		    taken[known->kind]);
	bytes_done(&allowed);
}

void settings_check(const struct settings *settings)
{
	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *setting = &settings->all[i];
		const struct setting_known *known =
		    setting_known(setting->section, setting->name);

		if (!known)
			tell_unknown(settings, setting);
		else if (!setting_allowed(known, setting->value))
			tell_refused(settings, setting, known);
	}
}
