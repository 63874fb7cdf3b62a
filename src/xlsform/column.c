#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "xlsform/nearest.h"
#include "xlsform/sheet.h"

/* What a title may be called, and the key it has here. */
struct alias {
	const char *title, *key;
};

/* Titles that stand for themselves have no alias: they are known keys. */
static const struct alias survey_aliases[] = {
	{ "relevance", "relevant" },
	{ "bind::relevant", "relevant" },
	{ "calculate", "calculation" },
	{ "bind::calculate", "calculation" },
	{ "read_only", "readonly" },
	{ "bind::readonly", "readonly" },
	{ "bind::required", "required" },
	{ "bind::constraint", "constraint" },
	{ "bind::type", "bind::type" },
	{ "constraining_message", "constraint_message" },
	{ "bind::jr:constraintmsg", "constraint_message" },
	{ "requiredmsg", "required_message" },
	{ "bind::jr:requiredmsg", "required_message" },
	{ "noapperrorstring", "no_app_error_string" },
	{ "bind::jr:noapperrorstring", "no_app_error_string" },
	{ "count", "repeat_count" },
	{ "jr:count", "repeat_count" },
	{ "control::jr:count", "repeat_count" },
	{ "body::jr:count", "repeat_count" },
	{ "control::appearance", "appearance" },
	{ "body::appearance", "appearance" },
	{ "caption", "label" },
	{ "command", "type" },
	{ "tag", "name" },
	{ "value", "name" },
	{ "media::image", "image" },
	{ "media::big-image", "big-image" },
	{ "media::audio", "audio" },
	{ "media::video", "video" },
	{ "guidance", "guidance_hint" },
	{ "saveto", "save_to" },
	{ "bind::entities:saveto", "save_to" },
	{ "compact_tag", "instance::odk:tag" },
};

static const struct alias choice_aliases[] = {
	{ "caption", "label" },      { "value", "name" },
	{ "media::image", "image" }, { "media::big-image", "big-image" },
	{ "media::audio", "audio" }, { "media::video", "video" },
};

static const struct alias settings_aliases[] = {
	{ "set_form_title", "form_title" },
	{ "title", "form_title" },
	{ "set_form_id", "form_id" },
	{ "id_string", "form_id" },
};

static const struct alias entities_aliases[] = {
	{ "dataset", "list_name" },
};

static const char *const survey_keys[] = {
	"type",
	"name",
	"label",
	"hint",
	"guidance_hint",
	"required",
	"required_message",
	"relevant",
	"constraint",
	"constraint_message",
	"calculation",
	"default",
	"trigger",
	"readonly",
	"appearance",
	"parameters",
	"choice_filter",
	"repeat_count",
	"image",
	"audio",
	"video",
	"big-image",
	"autoplay",
	"rows",
	"save_to",
	"flat",
	"no_app_error_string",
	"bind::type",
};

static const char *const settings_keys[] = {
	"form_title",
	"form_id",
	"version",
	"default_language",
	"public_key",
	"submission_url",
	"instance_name",
	"style",
	"auto_send",
	"auto_delete",
	"allow_choice_duplicates",
	"clean_text_values",
	"add_none_option",
	"omit_instanceid",
	"name",
	"namespaces",
	"prefix",
	"delimiter",
	"client_editable",
	"flat",
};

static const char *const entities_keys[] = {
	"list_name", "label", "entity_id", "create_if", "update_if", "repeat",
};

#define SHEET_WORDS(kind)                                           \
	{                                                           \
		kind##_aliases, COUNT(kind##_aliases), kind##_keys, \
		    COUNT(kind##_keys)                              \
	}

static const struct {
	const struct alias *aliases;
	size_t alias_count;
	const char *const *keys; /* NULL: every title is welcome */
	size_t key_count;
} known[] = {
	[SHEET_SURVEY] = SHEET_WORDS(survey),
	[SHEET_CHOICES] = { choice_aliases, COUNT(choice_aliases), NULL, 0 },
	[SHEET_SETTINGS] = SHEET_WORDS(settings),
	[SHEET_ENTITIES] = SHEET_WORDS(entities),
};

/* Keys that may name a language. */
static const char *const translatable[] = {
	"label",
	"hint",
	"guidance_hint",
	"required_message",
	"constraint_message",
	"image",
	"audio",
	"video",
	"big-image",
	"no_app_error_string",
};

/* What may stand before :: and name an attribute behind it. */
static const char *const prefixes[] = {
	"bind", "body", "control", "instance", "attribute", "media",
};

static bool among(const char *word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!strcasecmp(word, words[i]))
			return true;
	return false;
}

/* Blanks inside become one underscore each: "List name" is list_name. */
static char *squeeze(const char *title, size_t length)
{
	char *key = xstrndup(title, length);
	char *to = key;

	for (const char *from = key; *from; from++) {
		if (*from != ' ')
			*to++ = *from;
		else if (to > key && to[-1] != '_')
			*to++ = '_';
	}
	while (to > key && to[-1] == '_' && length > 1)
		to--;
	*to = '\0';
	return key;
}

/* Old sheets have one colon: "media:image" is media::image. Takes key. */
static char *with_two_colons(char *key)
{
	for (size_t i = 0; i < COUNT(prefixes); i++) {
		size_t length = strlen(prefixes[i]);

		if (strncasecmp(key, prefixes[i], length) ||
		    key[length] != ':' || key[length + 1] == ':')
			continue;
		char *new = xasprintf("%s::%s", prefixes[i], key + length + 1);

		free(key);
		return new;
	}
	return key;
}

static const char *find_alias(enum sheet_kind kind, const char *key)
{
	for (size_t i = 0; i < known[kind].alias_count; i++)
		if (!strcasecmp(key, known[kind].aliases[i].title))
			return known[kind].aliases[i].key;
	return NULL;
}

static char *lower(char *text)
{
	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return text;
}

/*
 * The key of a title without a language. Attributes keep their letters (XML
 * tells case apart), all other keys are in small ones.
 */
static char *key_of(enum sheet_kind kind, const char *title, size_t length)
{
	char *key = with_two_colons(squeeze(title, length));
	const char *alias = find_alias(kind, key);
	char *parts = strstr(key, "::");

	if (alias) {
		free(key);
		return xstrdup(alias);
	}
	if (parts) {
		for (char *c = key; c < parts; c++)
			*c = (char)tolower((unsigned char)*c);
		return key;
	}
	/* A filter column's name is an element's name: letters count. */
	if (kind == SHEET_CHOICES &&
	    !among(key, translatable, COUNT(translatable)) &&
	    strcasecmp(key, "list_name") && strcasecmp(key, "name"))
		return key;
	return lower(key);
}

/* Where the language of a title begins behind its colons, or NULL. */
static const char *language_in(enum sheet_kind kind, const char *title,
			       size_t *key_length)
{
	for (const char *c = strchr(title, ':'); c; c = strchr(c, ':')) {
		size_t colons = c[1] == ':' ? 2 : 1;
		SCOPED(char_freep)
		char *key = key_of(kind, title, (size_t)(c - title));

		if (among(key, translatable, COUNT(translatable))) {
			*key_length = (size_t)(c - title);
			return c + colons;
		}
		c += colons;
	}
	return NULL;
}

static bool has_prefix(const char *key)
{
	const char *parts = strstr(key, "::");

	for (size_t i = 0; parts && i < COUNT(prefixes); i++)
		if (strlen(prefixes[i]) == (size_t)(parts - key) &&
		    !strncmp(key, prefixes[i], (size_t)(parts - key)))
			return true;
	return false;
}

/* A title that is none: said with the one it may be meant to be. */
static void tell_unknown(const struct sheet *sheet,
			 const struct sheet_column *column,
			 struct findings *findings)
{
	struct nearest nearest = { .word = column->key };

	for (size_t i = 0; i < known[sheet->kind].key_count; i++)
		nearest_offer(&nearest, known[sheet->kind].keys[i]);
	SCOPED(char_freep) char *question = nearest_question(&nearest, "", "");

	findings_add(findings, FINDING_WARNING,
		     (struct finding_place){ sheet->file, 1, column->title },
		     "no such column in %s; it is left out%s",
		     sheet_name(sheet->kind), question);
}

static void name_column(const struct sheet *sheet, struct sheet_column *column,
			struct findings *findings)
{
	size_t length = strlen(column->title);
	const char *language = language_in(sheet->kind, column->title, &length);

	column->key = key_of(sheet->kind, column->title, length);
	if (language) {
		while (*language == ' ')
			language++;
		column->language = xstrdup(language);
	}
	if (known[sheet->kind].keys && *column->title &&
	    !has_prefix(column->key) &&
	    !among(column->key, known[sheet->kind].keys,
		   known[sheet->kind].key_count))
		tell_unknown(sheet, column, findings);
}

void sheet_name_columns(struct sheet *sheet, struct findings *findings)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		name_column(sheet, &sheet->columns[i], findings);
	for (size_t i = 0; i < sheet->column_count; i++) {
		struct sheet_column *column = &sheet->columns[i];
		int first = sheet_find(sheet, column->key, column->language);

		if ((size_t)first < i && *column->title)
			findings_add(findings, FINDING_ERROR,
				     (struct finding_place){ sheet->file, 1,
							     column->title },
				     "the same column is there twice; remove "
				     "one");
	}
}
