#include "xpath/function.h"

#include <string.h>

static const struct function *const tables[] = {
	xpath_text_functions, xpath_number_functions, xpath_boolean_functions,
	xpath_node_functions, xpath_date_functions,   xpath_form_functions,
};

#define NO_MAPS "Foyer asks no places on a map"
#define ONLY_JAVAROSA "only JavaRosa has it"
#define ONLY_CHT "only the Community Health Toolkit has it; "

static const struct {
	const char *name, *why;
} refused[] = {
	{ "area", NO_MAPS },
	{ "enclosed-area", NO_MAPS },
	{ "distance", NO_MAPS },
	{ "geofence", NO_MAPS },
	{ "intersects", NO_MAPS },
	{ "depend", ONLY_JAVAROSA },
	{ "property", ONLY_JAVAROSA },
	{ "version", ONLY_JAVAROSA },
	{ "add-date", ONLY_CHT "write date(X + 7) for 7 days" },
	{ "difference-in-months", ONLY_CHT "write int((A - B) div 30.4375)" },
	{ "extract-signed", "signed codes cannot be checked yet" },
};

static bool is_name(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && memcmp(name, text, length) == 0;
}

const struct function *function_find(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct function *f = tables[i]; f->name; f++)
			if (is_name(f->name, name, length))
				return f;
	return NULL;
}

const char *function_refusal(const char *name, size_t length)
{
	for (size_t i = 0; i < COUNT(refused); i++)
		if (is_name(refused[i].name, name, length))
			return refused[i].why;
	return NULL;
}
