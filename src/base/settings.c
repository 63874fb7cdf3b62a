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

static int keep(void *to, const char *section, const char *name,
		const char *value)
{
	struct settings *settings = to;

	settings->all = xreallocarray(settings->all, settings->count + 1,
				      sizeof *settings->all);
	settings->all[settings->count++] = (struct setting){
		.section = xstrdup(section),
		.name = xstrdup(name),
		.value = xstrdup(value),
	};
	return 1;
}

enum fault settings_read(const char *path, struct settings **out)
{
	SCOPED(settings_freep)
	struct settings *settings = xcalloc(1, sizeof *settings);
	struct bytes text = { 0 };
	enum fault fault;
	int line;

	settings->path = xstrdup(path);
	if (file_exists(path)) {
		if ((fault = file_read(path, SETTINGS_LIMIT, &text))) {
			bytes_done(&text);
			return fault;
		}
		line = ini_parse_string(text.data ? (char *)text.data : "",
					keep, settings);
		bytes_done(&text);
		if (line) {
			log_error("%s: line %d: not a setting; write "
				  "`name = value` below a [section]",
				  path, line);
			return FAULT_FORMAT;
		}
	}
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
		{ "yes", true }, { "no", false },   { "true", true },
		{ "on", true },	 { "false", false }, { "off", false },
		{ "1", true },	 { "0", false },
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
