#include "desk/called.h"

#include <string.h>

#include "base/bytes.h"
#include "desk/value.h"

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

static char *field_of(const struct desk *desk, const struct kind *kind,
		      int64_t id, const char *field)
{
	SCOPED(char_freep) char *number = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { "id", number },
						{ NULL, NULL } };
	struct wanted wanted = { field, NULL };

	if (entity_each(desk->record, kind, matches, NULL, 1, &desk->staff.who,
			take_value, &wanted))
		return NULL;
	return wanted.value;
}

char *called_person(const struct desk *desk, int64_t person)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	SCOPED(char_freep)
	char *number = field_of(desk, kind_find("person"), person, "number");
	const struct entity_match matches[] = { { "person", id },
						{ NULL, NULL } };
	struct names names = { NULL, NULL };
	struct bytes line = { 0 };

	/* A name that cannot be read is not at hand. */
	if (!entity_each(desk->record, kind_find("name"), matches, NULL, 1,
			 &desk->staff.who, take_names, &names)) {
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
	const char *kind, *fields[3];
} namings[] = {
	{ "household", { "family_code", "arrival_group", NULL } },
	{ "contact", { "value", NULL } },
	{ "identifier", { "value", NULL } },
};

static char *by_naming(const struct desk *desk, const struct kind *kind,
		       int64_t id)
{
	for (size_t i = 0; i < COUNT(namings); i++) {
		if (strcmp(namings[i].kind, kind->name) != 0)
			continue;
		for (size_t j = 0; namings[i].fields[j]; j++) {
			char *value =
			    field_of(desk, kind, id, namings[i].fields[j]);

			if (value)
				return value;
		}
	}
	return NULL;
}

/* By its first text: a team's name, a goal's own words. */
static char *by_text(const struct desk *desk, const struct kind *kind,
		     int64_t id)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];
		char *value;

		if ((field->type != FIELD_TEXT && field->type != FIELD_LONG) ||
		    field->flags & FIELD_INNER)
			continue;
		value = field_of(desk, kind, id, field->name);
		if (value)
			return value;
	}
	return NULL;
}

char *value_called(const struct desk *desk, const struct kind *kind, int64_t id)
{
	char *called;

	if (strcmp(kind->name, "person") == 0)
		return called_person(desk, id);
	if (!(called = by_naming(desk, kind, id)) &&
	    !(called = by_text(desk, kind, id)))
		called = xasprintf("#%lld", (long long)id);
	return called;
}
