#include "print/profile.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "base/log.h"
#include "base/setting_known.h"
#include "base/settings.h"

const struct profile profile_usual = {
	.name = "any printer",
	.status = true,
	.ways = { .band = ESCPOS_BAND,
		  .feed = 3,
		  .cuts = true,
		  .acknowledges = true },
};

/* Values are flags, numbers from least to most, or a text. */
static const struct value {
	const char *name;
	enum { TEXT, FLAG, NUMBER } kind;
	size_t place; /* in struct profile */
	int least, most;
	const char *write; /* what may stand there */
} values[] = {
	{ "name", TEXT, offsetof(struct profile, name), 1, PROFILE_NAME,
	  "1 to 40 bytes, the first no ;" },
	{ "paper_mm", NUMBER, offsetof(struct profile, paper_mm), 58, 80,
	  "58 or 80" },
	{ "status", FLAG, offsetof(struct profile, status), 0, 1, "yes or no" },
	{ "acknowledges", FLAG, offsetof(struct profile, ways.acknowledges), 0,
	  1, "yes or no" },
	{ "cuts", FLAG, offsetof(struct profile, ways.cuts), 0, 1,
	  "yes or no" },
	{ "band", NUMBER, offsetof(struct profile, ways.band),
	  ESCPOS_BAND_LEAST, ESCPOS_BAND_MOST,
	  "24 to 112, and no multiple of 48" },
	{ "pause", NUMBER, offsetof(struct profile, pause), 0, 50, "0 to 50" },
	{ "feed", NUMBER, offsetof(struct profile, ways.feed), 0, 12,
	  "0 to 12" },
};

/* --- reading ---------------------------------------------------------------
 */

struct reading {
	const char *path;
	struct profile profile;
	enum fault fault;
};

static bool set_number(const struct value *value, const char *text, int *to)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (end == text || *end || number < value->least ||
	    number > value->most)
		return false;
	*to = (int)number;
	return true;
}

/* Only what is written down counts for a queue. */
static bool set_flag(const struct value *value, const char *text,
		     struct profile *profile)
{
	bool *flag = (bool *)((char *)profile + value->place);

	if (!setting_flag(text, flag))
		return false;
	if (flag == &profile->ways.acknowledges)
		profile->vouches = *flag;
	return true;
}

static bool set(const struct value *value, const char *text,
		struct profile *profile)
{
	void *at = (char *)profile + value->place;

	switch (value->kind) {
	case TEXT:
		/* Behind a blank, where it is written, ; begins a comment. */
		if (!*text || *text == ';' || strlen(text) > PROFILE_NAME)
			return false;
		strcpy(at, text);
		return true;
	case FLAG:
		return set_flag(value, text, profile);
	default:
		return set_number(value, text, at);
	}
}

/* What the bounds alone do not say. */
static bool is_possible(const struct profile *profile)
{
	return profile->ways.band % 48 &&
	       (!profile->paper_mm || profile->paper_mm == 58 ||
		profile->paper_mm == 80);
}

static void take(void *to, const char *name, const char *text)
{
	struct reading *reading = to;
	struct bytes names = { 0 };

	for (size_t i = 0; i < COUNT(values); i++) {
		if (strcmp(values[i].name, name) != 0) {
			bytes_add_format(&names, " %s", values[i].name);
			continue;
		}
		bytes_done(&names);
		if (set(&values[i], text, &reading->profile) &&
		    is_possible(&reading->profile))
			return;
		log_error("%s: [profile] %s is \"%s\"; write %s", reading->path,
			  name, text, values[i].write);
		reading->fault = FAULT_FORMAT;
		return;
	}
	log_error("%s: [profile] has no \"%s\"; there are%s", reading->path,
		  name, (const char *)names.data);
	bytes_done(&names);
	reading->fault = FAULT_FORMAT;
}

enum fault profile_read(const char *path, struct profile *out)
{
	struct reading reading = { .path = path, .profile = profile_usual };
	SCOPED(settings_freep) struct settings *settings = NULL;
	enum fault fault;

	if (!file_exists(path)) {
		log_error("%s: there is no such file", path);
		return FAULT_SYSTEM;
	}
	if ((fault = settings_read(path, &settings)))
		return fault;
	reading.profile.name[0] = 0;
	settings_each(settings, "profile", take, &reading);
	if (!reading.fault && !reading.profile.name[0]) {
		log_error("%s: it has no name; write [profile] and below it "
			  "name = what the printer is called",
			  path);
		return FAULT_FORMAT;
	}
	if (!reading.fault)
		*out = reading.profile;
	return reading.fault;
}

/* --- finding ---------------------------------------------------------------
 */

bool profile_may_be_called(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_";

	return *name && strlen(name) <= PROFILE_NAME &&
	       strspn(name, letters) == strlen(name);
}

char *profile_path(const struct home *home, const char *name)
{
	SCOPED(char_freep) char *file = xasprintf("printers/%s.ini", name);

	return home_path(home, HOME_SETTINGS, file);
}

enum fault profile_find(const struct home *home, const char *name,
			struct profile *out)
{
	SCOPED(char_freep) char *own = profile_path(home, name);
	SCOPED(char_freep)
	char *file = xasprintf("screens/printers/%s.ini", name);
	SCOPED(char_freep) char *shipped = data_path(file);

	if (!*name) {
		*out = profile_usual;
		return FAULT_NONE;
	}
	if (!profile_may_be_called(name)) {
		log_error("[printer] profile is \"%s\"; write a name of "
			  "letters, digits, - and _",
			  name);
		return FAULT_FORMAT;
	}
	if (file_exists(own))
		return profile_read(own, out);
	if (file_exists(shipped))
		return profile_read(shipped, out);
	log_error("[printer] profile is \"%s\", and there is no %s; see `foyer "
		  "printer list`",
		  name, own);
	return FAULT_SYSTEM;
}

/* --- writing ---------------------------------------------------------------
 */

void profile_write(const struct profile *profile, struct bytes *out)
{
	bytes_add_text(out, "[profile]\n");
	for (size_t i = 0; i < COUNT(values); i++) {
		const struct value *value = &values[i];
		const void *at = (const char *)profile + value->place;

		if (value->kind == TEXT)
			bytes_add_format(out, "%s = %s\n", value->name,
					 (const char *)at);
		else if (value->kind == FLAG)
			bytes_add_format(out, "%s = %s\n", value->name,
					 *(const bool *)at ? "yes" : "no");
		else if (*(const int *)at >= value->least)
			bytes_add_format(out, "%s = %d\n", value->name,
					 *(const int *)at);
	}
}
