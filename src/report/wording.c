#include "report/wording.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "text/language.h"

#define CENTS 100

/* --- labels ----------------------------------------------------------------
 */

char *wording_or(const struct wording *wording, const char *key,
		 const char *name)
{
	return catalogue_pattern(wording->words, key) ||
		       catalogue_english(wording->words, key)
		   ? catalogue_word(wording->words, key)
		   : xstrdup(name);
}

char *wording_kind(const struct wording *wording, const struct kind *kind)
{
	SCOPED(char_freep) char *key = xasprintf("kind.%s", kind->name);

	return wording_or(wording, key, kind->name);
}

struct own_label {
	const char *language;
	char *found;
};

static bool take_label(void *to, const struct entity *own)
{
	struct own_label *label = to;
	const char *french = entity_text(own, "label_fr");

	label->found = xstrdup(strcmp(label->language, "fr") == 0 && french
				   ? french
				   : entity_text(own, "label_en"));
	return false;
}

static char *own_label(const struct wording *wording, const struct kind *kind,
		       const struct field *field)
{
	const struct entity_match matches[] = { { "of", kind->name },
						{ "name", field->name },
						{ NULL, NULL } };
	struct own_label label = { catalogue_language(wording->words), NULL };

	if (entity_each(wording->record, kind_find("own_field"), matches, NULL,
			1, wording->who, take_label, &label))
		return xstrdup(field->name);
	return label.found ? label.found : xstrdup(field->name);
}

char *wording_field(const struct wording *wording, const struct kind *kind,
		    const struct field *field)
{
	SCOPED(char_freep)
	char *key = xasprintf("field.%s.%s", kind->name, field->name);

	return field->flags & FIELD_OWN ? own_label(wording, kind, field)
					: wording_or(wording, key, field->name);
}

char *wording_code(const struct wording *wording, const struct kind *kind,
		   const struct field *field, const char *code)
{
	SCOPED(char_freep)
	char *key = xasprintf("code.%s.%s.%s", kind ? kind->name : "list",
			      field->name, code);

	return wording_or(wording, key, code);
}

/* --- names -----------------------------------------------------------------
 */

struct names {
	char *latin, *own;
};

static bool take_names(void *to, const struct entity *name)
{
	struct names *names = to;
	const char *preferred = entity_text(name, "preferred");
	const char *latin = entity_text(name, "latin");
	const char *own = entity_text(name, "own_script");

	names->latin = xstrdup(preferred ? preferred : latin ? latin : "");
	names->own = xstrdup(own ? own : "");
	return false;
}

static void add_part(struct bytes *line, const char *part)
{
	if (part && part[0])
		bytes_add_format(line, "%s%s", line->length ? " · " : "", part);
}

/* A field of one entity, whoever may see it; NULL: not known. */
struct wanted {
	const char *field;
	char *value;
};

static bool take_value(void *to, const struct entity *entity)
{
	struct wanted *wanted = to;
	const char *value = entity_text(entity, wanted->field);

	wanted->value = value ? xstrdup(value) : NULL;
	return false;
}

static char *field_of(const struct wording *wording, const struct kind *kind,
		      int64_t id, const char *field)
{
	SCOPED(char_freep) char *number = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { "id", number },
						{ NULL, NULL } };
	struct wanted wanted = { field, NULL };

	if (entity_each(wording->record, kind, matches, NULL, 1, wording->who,
			take_value, &wanted))
		return NULL;
	return wanted.value;
}

char *wording_person(const struct wording *wording, int64_t person)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	SCOPED(char_freep)
	char *number = field_of(wording, kind_find("person"), person, "number");
	const struct entity_match matches[] = { { "person", id },
						{ NULL, NULL } };
	struct names names = { NULL, NULL };
	struct bytes line = { 0 };

	/* A name that cannot be read is not at hand. */
	if (!entity_each(wording->record, kind_find("name"), matches, NULL, 1,
			 wording->who, take_names, &names)) {
		add_part(&line, names.latin);
		add_part(&line, names.own);
	}
	add_part(&line, number);
	if (!line.length)
		bytes_add_format(&line, "#%s", id);
	char_wipe(names.latin);
	char_wipe(names.own);
	return bytes_take_text(&line);
}

/* The fields that a kind is called by, the first that is known. */
static const struct {
	const char *kind, *fields[4];
} namings[] = {
	{ "household", { "family_code", "arrival_group", NULL } },
	{ "conflict", { "what", NULL } },
	{ "contact", { "value", NULL } },
	{ "identifier", { "value", NULL } },
	{ "sponsorship", { "sponsor_group", NULL } },
	{ "agreement", { "sponsor_group", NULL } },
	{ "responsibility", { "task", NULL } },
	{ "meeting", { "what", NULL } },
	{ "party", { "who", NULL } },
	{ "appointment", { "person", NULL } },
	{ "status", { "category", NULL } },
	{ "consent", { "purpose", NULL } },
	{ "service", { "name", NULL } },
	{ "referral", { "service", "elsewhere", "from", NULL } },
};

static char *by_naming(const struct wording *wording, const struct kind *kind,
		       int64_t id)
{
	for (size_t i = 0; i < COUNT(namings); i++) {
		if (strcmp(namings[i].kind, kind->name) != 0)
			continue;
		for (size_t j = 0; namings[i].fields[j]; j++) {
			const char *name = namings[i].fields[j];
			SCOPED(char_freep)
			char *value = field_of(wording, kind, id, name);

			if (value)
				return wording_value(wording, kind,
						     kind_field(kind, name),
						     value);
		}
	}
	return NULL;
}

/* By its first text: a team's name, a goal's own words. */
static char *by_text(const struct wording *wording, const struct kind *kind,
		     int64_t id)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		char *value;

		if ((field->type != FIELD_TEXT && field->type != FIELD_LONG) ||
		    field->flags & FIELD_INNER ||
		    strcmp(field->name, "language") == 0)
			continue;
		value = field_of(wording, kind, id, field->name);
		if (value)
			return value;
	}
	return NULL;
}

char *wording_called(const struct wording *wording, const struct kind *kind,
		     int64_t id)
{
	char *called;

	if (strcmp(kind->name, "person") == 0)
		return wording_person(wording, id);
	if (!(called = by_naming(wording, kind, id)) &&
	    !(called = by_text(wording, kind, id)))
		called = xasprintf("#%lld", (long long)id);
	return called;
}

/* --- values ----------------------------------------------------------------
 */

static char *codes_shown(const struct wording *wording, const struct kind *kind,
			 const struct field *field, const char *value)
{
	SCOPED(char_freep) char *codes = xstrdup(value);
	char *rest = codes, *code;
	struct bytes line = { 0 };

	while ((code = strsep(&rest, " "))) {
		SCOPED(char_freep)
		char *word = wording_code(wording, kind, field, code);

		bytes_add_format(&line, "%s%s", line.length ? ", " : "", word);
	}
	return bytes_take_text(&line);
}

char *wording_money(const char *value)
{
	long long cents = atoll(value), rest = cents % CENTS;

	return xasprintf("%s%lld.%02lld", cents < 0 ? "-" : "",
			 (cents < 0 ? -cents : cents) / CENTS,
			 rest < 0 ? -rest : rest);
}

char *wording_line(const char *value)
{
	size_t length = strcspn(value, "\n");
	SCOPED(char_freep) char *line = xstrndup(value, length);

	return value[length] ? xasprintf("%s …", line) : xstrdup(line);
}

static struct tm local_time(int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	struct tm local;

	localtime_r(&seconds, &local);
	return local;
}

#define MOMENT 32 /* bytes of "2026-11-22 10:45" and more */

char *wording_day(int64_t at)
{
	const struct tm local = local_time(at);
	char text[MOMENT];

	strftime(text, sizeof text, "%Y-%m-%d", &local);
	return xstrdup(text);
}

static char *moment_shown(int64_t at)
{
	const struct tm local = local_time(at);
	char text[MOMENT];

	strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
	return xstrdup(text);
}

/* "goal.words", "goal." or, of what is no kind, "visit.state". */
static char *about_shown(const struct wording *wording, const char *value)
{
	const char *point = strchr(value, '.') ?: value + strlen(value);
	SCOPED(char_freep)
	char *name = xstrndup(value, (size_t)(point - value));
	SCOPED(char_freep) char *key = xasprintf("field.%s", value);
	const struct kind *kind = kind_find(name);
	const struct field *field =
	    kind ? kind_field(kind, point + !!*point) : NULL;
	SCOPED(char_freep) char *of = NULL;
	SCOPED(char_freep) char *part = NULL;

	if (!kind)
		return wording_or(wording, key, value);
	of = wording_kind(wording, kind);
	if (!point[0] || !point[1])
		return xstrdup(of);
	part = field ? wording_field(wording, kind, field) : xstrdup(point + 1);
	return xasprintf("%s: %s", of, part);
}

char *wording_language(const struct wording *wording, const char *tag)
{
	const struct language *language = language_find(tag);
	SCOPED(char_freep) char *key = NULL;

	if (!language)
		return xstrdup(tag);
	key = xasprintf("language.%s", language->tag);
	return wording_or(wording, key, language->name);
}

char *wording_value(const struct wording *wording, const struct kind *kind,
		    const struct field *field, const char *value)
{
	if (!value)
		return NULL;
	/* What is kept as a tag is read as a name. */
	if (strcmp(field->name, "language") == 0 && language_find(value))
		return wording_language(wording, value);
	/* A kind that lies apart is led to by a number; a visit is no kind. */
	if (field->link && kind_find(field->link))
		return wording_called(wording, kind_find(field->link),
				      atoll(value));
	switch (field->type) {
	case FIELD_CODE:
	case FIELD_CODES:
		return codes_shown(wording, kind, field, value);
	case FIELD_YES:
		return strcmp(value, "1") == 0
			   ? wording_or(wording, "desk.yes", "yes")
			   : wording_or(wording, "desk.no", "no");
	case FIELD_INSTANT:
		return moment_shown(atoll(value));
	case FIELD_MONEY:
		return wording_money(value);
	case FIELD_ABOUT:
		return about_shown(wording, value);
	default:
		return wording_line(value);
	}
}
