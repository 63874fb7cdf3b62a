#include "xlsform/parameter.h"

#include <stdlib.h>
#include <string.h>

#include "xlsform/nearest.h"
#include "xpath/number.h"

#define SELECT "randomize", "seed"
#define LINE "allow-mock-accuracy", "incremental"
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
	{ "geopoint",
	  { "allow-mock-accuracy", "capture-accuracy", "warning-accuracy" } },
	{ "geotrace", { LINE } },
	{ "geoshape", { LINE } },
	{ "audit",
	  { "location-priority", "location-min-interval", "location-max-age",
	    "track-changes", "track-changes-reasons", "identify-user" } },
};

static bool is_length(const char *value)
{
	return number_parse(value, strlen(value)) >= 0; /* NaN is not */
}

/* A whole number from 0. */
static bool is_count(const char *value)
{
	size_t digits = strspn(value, "0123456789");

	return digits && digits < 10 && !value[digits];
}

#define PRIORITIES "no-power, low-power, balanced or high-accuracy"

static bool is_priority(const char *value)
{
	return !strcmp(value, "no-power") || !strcmp(value, "low-power") ||
	       !strcmp(value, "balanced") || !strcmp(value, "high-accuracy");
}

#define QUALITIES "voice-only, low, normal or external"

static bool is_quality(const char *value)
{
	return !strcmp(value, "voice-only") || !strcmp(value, "low") ||
	       !strcmp(value, "normal") || !strcmp(value, "external");
}

static bool is_on_edit(const char *value)
{
	return !strcmp(value, "on-form-edit");
}

static bool is_true(const char *value)
{
	return !strcmp(value, "true");
}

static bool is_truth(const char *value)
{
	return is_true(value) || !strcmp(value, "false");
}

/*
 * Those that become an attribute, as they stand. A kiosk takes no photograph,
 * finds no place and keeps no audit; but other programs show the form too.
 */
static const struct parameter {
	const char *name;
	enum parameter_place place;
	const char *attribute;
	bool (*takes)(const char *value); /* NULL: any word */
	const char *wants;                /* where it takes not any */
} attributes[] = {
	{ "capture-accuracy", PARAMETER_ON_CONTROL, "accuracyThreshold",
	  is_length, "a number of metres" },
	{ "warning-accuracy", PARAMETER_ON_CONTROL,
	  "unacceptableAccuracyThreshold", is_length, "a number of metres" },
	{ "incremental", PARAMETER_ON_CONTROL, "incremental", is_true, "true" },
	{ "allow-mock-accuracy", PARAMETER_ON_BIND, "odk:allow-mock-accuracy",
	  is_truth, "true or false" },
	{ "max-pixels", PARAMETER_ON_BIND, "orx:max-pixels", is_count,
	  "a number of pixels" },
	{ "app", PARAMETER_ON_CONTROL, "intent", NULL, NULL },
	{ "quality", PARAMETER_ON_BIND, "odk:quality", is_quality, QUALITIES },
	{ "location-priority", PARAMETER_ON_BIND, "odk:location-priority",
	  is_priority, PRIORITIES },
	{ "location-min-interval", PARAMETER_ON_BIND,
	  "odk:location-min-interval", is_count, "a number of seconds" },
	{ "location-max-age", PARAMETER_ON_BIND, "odk:location-max-age",
	  is_count, "a number of seconds" },
	{ "track-changes", PARAMETER_ON_BIND, "odk:track-changes", is_truth,
	  "true or false" },
	{ "track-changes-reasons", PARAMETER_ON_BIND,
	  "odk:track-changes-reasons", is_on_edit, "on-form-edit" },
	{ "identify-user", PARAMETER_ON_BIND, "odk:identify-user", is_truth,
	  "true or false" },
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

static bool among(const char *name, const char *const *names)
{
	for (size_t i = 0; names && i < NAMES && names[i]; i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

/* NULL: it becomes none. */
static const struct parameter *attribute_of(const char *name)
{
	for (size_t i = 0; i < COUNT(attributes); i++)
		if (!strcmp(name, attributes[i].name))
			return &attributes[i];
	return NULL;
}

static bool is_taken(const struct parameter *parameter, const char *value)
{
	return !parameter->takes || parameter->takes(value);
}

void parameter_set(struct document *document, xmlNode *node,
		   const struct item *item, enum parameter_place place)
{
	const char *const *names = names_of(item->is.type);

	for (size_t i = 0; names && i < NAMES && names[i]; i++) {
		const struct parameter *is = attribute_of(names[i]);
		SCOPED(char_freep)
		char *value = parameter_of(document, item, names[i]);

		if (is && is->place == place && value && is_taken(is, value))
			document_set(node, is->attribute, value);
	}
}

/* --- what is left out ----------------------------------------------------- */

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

static void check_value(const struct document *document,
			const struct item *item, const char *name,
			const char *value)
{
	const struct finding_place where =
	    item_place(&document->survey, item, "parameters");
	const struct parameter *is = attribute_of(name);

	if (!value)
		findings_add(document->findings, FINDING_WARNING, where,
			     "%s has no value, so it is left out; write "
			     "%s=...",
			     name, name);
	else if (is && !is_taken(is, value))
		findings_add(document->findings, FINDING_WARNING, where,
			     "%s=%s is left out; write %s", name, value,
			     is->wants);
}

/* Of where somebody is, a program notes all or nothing. */
static void check_together(const struct document *document,
			   const struct item *item)
{
	static const char *const names[] = { "location-priority",
					     "location-min-interval",
					     "location-max-age" };
	size_t count = 0;

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *value = parameter_of(document, item, names[i]);

		count += value != NULL;
	}
	if (count && count < COUNT(names))
		findings_add(document->findings, FINDING_WARNING,
			     item_place(&document->survey, item, "parameters"),
			     "%s, %s and %s count only together; write all "
			     "three or none",
			     names[0], names[1], names[2]);
}

void parameter_check(const struct document *document, const struct item *item)
{
	const char *text = item_cell(&document->survey, item, "parameters");
	const char *const *names = names_of(item->is.type);
	struct pair pair;

	while (next_pair(&text, &pair)) {
		SCOPED(char_freep)
		char *name = xstrndup(pair.name, pair.name_length);
		SCOPED(char_freep)
		char *value =
		    pair.value ? xstrndup(pair.value, pair.value_length) : NULL;

		if (among(name, names))
			check_value(document, item, name, value);
		else
			tell_unknown(document, item, name, names);
	}
	if (among("location-priority", names))
		check_together(document, item);
}
