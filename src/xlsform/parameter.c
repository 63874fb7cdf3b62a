#include "xlsform/parameter.h"

#include <stdlib.h>
#include <string.h>

#include "xlsform/nearest.h"

#define SELECT "randomize", "seed"
#define PLACE                                                          \
	"allow-mock-accuracy", "capture-accuracy", "warning-accuracy", \
	    "incremental"
#define NAMES 8

/* What each type may have; a type that is not here has none. */
static const struct {
	const char *type;
	const char *names[NAMES];
} known[] = {
	{ "range",
	  { "start", "end", "step", "tick_interval", "placeholder",
	    "tick_labelset" } },
	{ "select_one", { SELECT, "value", "label" } },
	{ "select_multiple", { SELECT, "value", "label" } },
	{ "text", { "rows" } },
	{ "image", { "max-pixels", "app" } },
	{ "audio", { "quality" } },
	{ "background-audio", { "quality" } },
	{ "geopoint", { PLACE } },
	{ "geotrace", { PLACE } },
	{ "geoshape", { PLACE } },
	{ "audit",
	  { "location-priority", "location-min-interval", "location-max-age",
	    "track-changes", "track-changes-reasons", "identify-user" } },
};

/* The next NAME=VALUE; both are as long as is said. */
struct pair {
	const char *name, *value; /* value: NULL where there is no = */
	size_t name_length, value_length;
};

static bool next_pair(const char **text, struct pair *out)
{
	const char *at = *text + strspn(*text, " ,;");

	if (!*at)
		return false;
	*out = (struct pair){ .name = at, .name_length = strcspn(at, "= ,;") };
	at += out->name_length;
	const char *sign = at + strspn(at, " ");

	if (*sign == '=') {
		out->value = sign + 1 + strspn(sign + 1, " ");
		out->value_length = strcspn(out->value, " ,;");
		at = out->value + out->value_length;
	}
	*text = at;
	return true;
}

char *parameter_of(const struct document *document, const struct item *item,
		   const char *name)
{
	const char *text = item_cell(&document->survey, item, "parameters");
	struct pair pair;

	while (next_pair(&text, &pair))
		if (pair.value && pair.name_length == strlen(name) &&
		    !strncmp(pair.name, name, pair.name_length))
			return xstrndup(pair.value, pair.value_length);
	return NULL;
}

static const char *const *names_of(const struct type *type)
{
	for (size_t i = 0; i < COUNT(known); i++)
		if (!strcmp(type->name, known[i].type))
			return known[i].names;
	return NULL;
}

static void tell_unknown(const struct document *document,
			 const struct item *item, const char *name,
			 const char *const *names)
{
	struct nearest nearest = { .word = name };

	for (size_t i = 0; names && i < NAMES && names[i]; i++)
		nearest_offer(&nearest, names[i]);
	SCOPED(char_freep) char *question = nearest_question(&nearest, "", "");

	findings_add(document->findings, FINDING_WARNING,
		     item_place(&document->survey, item, "parameters"),
		     "%s has no parameter %s; it is left out%s",
		     item->is.type->name, name, question);
}

static bool among(const char *name, const char *const *names)
{
	for (size_t i = 0; names && i < NAMES && names[i]; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

void parameter_check(const struct document *document, const struct item *item)
{
	const char *text = item_cell(&document->survey, item, "parameters");
	const char *const *names = names_of(item->is.type);
	struct pair pair;

	while (next_pair(&text, &pair)) {
		SCOPED(char_freep)
		char *name = xstrndup(pair.name, pair.name_length);

		if (!among(name, names))
			tell_unknown(document, item, name, names);
		else if (!pair.value)
			findings_add(
			    document->findings, FINDING_WARNING,
			    item_place(&document->survey, item, "parameters"),
			    "%s has no value, so it is left out; "
			    "write %s=...",
			    name, name);
	}
}
