#include "xlsform/type.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define ABSENT                                                                \
	"not available on the kiosk, which shows \"Not available here\" and " \
	"never requires it"
#define GEO ABSENT
#define OLD "the kiosk leaves it empty"

#define URI_PRELOAD(property)                                                 \
	{                                                                     \
		"uri:" property, .bind = "string", .preload = "property",     \
				 .parameter = "uri:" property, .warning = OLD \
	}

static const struct type types[] = {
	{ "text", .bind = "string", .control = "input" },
	{ "integer", .bind = "int", .control = "input" },
	{ "decimal", .bind = "decimal", .control = "input" },
	{ "range", .bind = "int", .control = "range" },
	{ "date", .bind = "date", .control = "input" },
	{ "time", .bind = "time", .control = "input" },
	{ "dateTime", .bind = "dateTime", .control = "input" },
	{ "note", .bind = "string", .control = "input", .readonly = true },
	{ "tel", .bind = "tel", .control = "input" },
	{ "acknowledge", .bind = "string", .control = "trigger" },
	{ "calculate", .bind = "string" },
	{ "hidden", .bind = "string" },
	{ "select_one", TYPE_SELECT, .bind = "string", .control = "select1" },
	{ "select_multiple", TYPE_SELECT, .bind = "string",
	  .control = "select" },
	{ "begin_group", .role = TYPE_BEGIN_GROUP },
	{ "end_group", .role = TYPE_END_GROUP },
	{ "begin_repeat", .role = TYPE_BEGIN_REPEAT },
	{ "end_repeat", .role = TYPE_END_REPEAT },
	{ "csv-external", .role = TYPE_INSTANCE },
	{ "audit", TYPE_AUDIT, "binary",
	  .warning = "the kiosk keeps no audit of a visitor; it stays empty" },

	{ "start", .bind = "dateTime", .preload = "timestamp",
	  .parameter = "start" },
	{ "end", .bind = "dateTime", .preload = "timestamp",
	  .parameter = "end" },
	{ "today", .bind = "date", .preload = "date", .parameter = "today" },
	{ "deviceid", .bind = "string", .preload = "property",
	  .parameter = "deviceid" },
	{ "username", .bind = "string", .preload = "property",
	  .parameter = "username", .warning = OLD },
	{ "email", .bind = "string", .preload = "property",
	  .parameter = "email", .warning = OLD },
	{ "phonenumber", .bind = "string", .preload = "property",
	  .parameter = "phonenumber", .warning = OLD },
	{ "subscriberid", .bind = "string", .preload = "property",
	  .parameter = "subscriberid", .warning = OLD },
	{ "simserial", .bind = "string", .preload = "property",
	  .parameter = "simserial", .warning = OLD },

	URI_PRELOAD("deviceid"),
	URI_PRELOAD("subscriberid"),
	URI_PRELOAD("simserial"),
	URI_PRELOAD("phonenumber"),
	URI_PRELOAD("username"),
	URI_PRELOAD("email"),

	{ "image", .bind = "binary", .control = "upload",
	  .mediatype = "image/*", .warning = ABSENT },
	{ "audio", .bind = "binary", .control = "upload",
	  .mediatype = "audio/*", .warning = ABSENT },
	{ "video", .bind = "binary", .control = "upload",
	  .mediatype = "video/*", .warning = ABSENT },
	{ "file", .bind = "binary", .control = "upload",
	  .mediatype = "application/*", .warning = ABSENT },
	{ "background-audio", .bind = "binary", .warning = OLD },
	{ "barcode", .bind = "barcode", .control = "input", .warning = ABSENT },
	{ "geopoint", .bind = "geopoint", .control = "input", .warning = GEO },
	{ "geotrace", .bind = "geotrace", .control = "input", .warning = GEO },
	{ "geoshape", .bind = "geoshape", .control = "input", .warning = GEO },
	{ "start-geopoint", .bind = "geopoint", .warning = OLD },
	{ "background-geopoint", .bind = "geopoint", .warning = OLD },
	{ "osm", .bind = "binary", .control = "upload", .mediatype = "osm/*",
	  .warning = ABSENT },

	{ "rank", TYPE_SELECT, "odk:rank", "odk:rank",
	  .refused = "putting choices in order is not possible yet; ask for "
		     "the first one with select_one" },
	{ "xml-external", TYPE_INSTANCE,
	  .refused = "only CSV files can be looked things up in; use "
		     "csv-external" },
	{ "select_one_external", TYPE_SELECT, "string", "input",
	  .refused = "use select_one_from_file with a CSV file instead" },
};

static const struct {
	const char *alias, *name;
} aliases[] = {
	{ "string", "text" },
	{ "int", "integer" },
	{ "datetime", "dateTime" },
	{ "date time", "dateTime" },
	{ "trigger", "acknowledge" },
	{ "start time", "start" },
	{ "end time", "end" },
	{ "device id", "deviceid" },
	{ "imei", "deviceid" },
	{ "phone number", "tel" }, /* asked; of the device: */
	{ "get phone number", "phonenumber" },
	{ "subscriber id", "subscriberid" },
	{ "sim id", "simserial" },
	{ "photo", "image" },
	{ "picture", "image" },
	{ "gps", "geopoint" },
	{ "location", "geopoint" },
	{ "begin group", "begin_group" },
	{ "end group", "end_group" },
	{ "begin repeat", "begin_repeat" },
	{ "end repeat", "end_repeat" },
	{ "begin lgroup", "begin_repeat" },
	{ "end lgroup", "end_repeat" },
	{ "begin looped group", "begin_repeat" },
	{ "end looped group", "end_repeat" },
};

/* How a select may begin; the longer spelling of two comes first. */
static const struct {
	const char *words, *name;
	bool from_file;
} selects[] = {
	{ "select_one_from_file", "select_one", .from_file = true },
	{ "select one from file", "select_one", .from_file = true },
	{ "select_multiple_from_file", "select_multiple", .from_file = true },
	{ "select multiple from file", "select_multiple", .from_file = true },
	{ "select_one_external", .name = "select_one_external" },
	{ "select one external", .name = "select_one_external" },
	{ "select_one", .name = "select_one" },
	{ "select1", .name = "select_one" },
	{ "select one from", .name = "select_one" },
	{ "select one using", .name = "select_one" },
	{ "select one prompt using", .name = "select_one" },
	{ "select one", .name = "select_one" },
	{ "select_multiple", .name = "select_multiple" },
	{ "select all that apply from", .name = "select_multiple" },
	{ "select all that apply", .name = "select_multiple" },
	{ "select multiple from", .name = "select_multiple" },
	{ "select multiple using", .name = "select_multiple" },
	{ "select multiple prompt using", .name = "select_multiple" },
	{ "select multiple", .name = "select_multiple" },
	{ "select", .name = "select_multiple" },
	{ "rank", .name = "rank" },
};

static const struct type *find_type(const char *name)
{
	for (size_t i = 0; i < COUNT(aliases); i++)
		if (!strcasecmp(name, aliases[i].alias))
			name = aliases[i].name;
	for (size_t i = 0; i < COUNT(types); i++)
		if (!strcasecmp(name, types[i].name))
			return &types[i];
	return NULL;
}

/* The text behind words, if text begins with them as whole words. */
static const char *behind(const char *text, const char *words)
{
	size_t length = strlen(words);

	if (strncasecmp(text, words, length) ||
	    (text[length] && text[length] != ' '))
		return NULL;
	text += length;
	while (*text == ' ')
		text++;
	return text;
}

/* Runs of blanks become one. */
static char *plain_words(const char *cell)
{
	char *words = xstrdup(cell), *to = words;

	for (const char *from = words; *from; from++)
		if (*from != ' ' || (to > words && to[-1] != ' '))
			*to++ = *from;
	*to = '\0';
	return words;
}

/* "list or_other" */
static void read_list(const char *rest, struct type_cell *out)
{
	const char *end = strchr(rest, ' ');
	size_t length = end ? (size_t)(end - rest) : strlen(rest);

	out->or_other = end && (!strcasecmp(end + 1, "or_other") ||
				!strcasecmp(end + 1, "or specify other") ||
				!strcasecmp(end + 1, "or other"));
	if (end && !out->or_other)
		length = strlen(rest); /* a list with a blank: unknown */
	if (length)
		out->list = xstrndup(rest, length);
	out->from_repeat = !strncmp(rest, "${", 2);
}

static bool read_select(const char *words, struct type_cell *out)
{
	for (size_t i = 0; i < COUNT(selects); i++) {
		const char *rest = behind(words, selects[i].words);

		if (!rest)
			continue;
		out->type = find_type(selects[i].name);
		out->from_file = selects[i].from_file;
		read_list(rest, out);
		return true;
	}
	return false;
}

/* "add X prompt", "q X", "get X" say X. */
static const char *without_filler(char *words)
{
	static const char *const fillers[] = { "add", "q", "get" };
	static const char prompt[] = " prompt";
	size_t length = strlen(words);

	if (behind(words, "add") && length > strlen(prompt) &&
	    !strcasecmp(words + length - strlen(prompt), prompt))
		words[length - strlen(prompt)] = '\0';
	for (size_t i = 0; i < COUNT(fillers); i++) {
		const char *rest = behind(words, fillers[i]);

		if (rest && *rest)
			return rest;
	}
	return words;
}

void type_read(const char *cell, struct type_cell *out)
{
	SCOPED(char_freep) char *words = plain_words(cell);

	/* With its filler, a type may have a meaning of its own. */
	*out = (struct type_cell){ .type = find_type(words) };
	if (out->type && out->type->role != TYPE_SELECT)
		return;
	const char *plain = without_filler(words);

	if (!read_select(plain, out))
		out->type = find_type(behind(plain, "osm") ? "osm" : plain);
}

void type_cell_done(struct type_cell *cell)
{
	free(cell->list);
	*cell = (struct type_cell){ 0 };
}

void type_offer(struct nearest *nearest)
{
	for (size_t i = 0; i < COUNT(types); i++)
		nearest_offer(nearest, types[i].name);
	for (size_t i = 0; i < COUNT(aliases); i++)
		nearest_offer(nearest, aliases[i].alias);
}
