#include "form/bind.h"

#include <string.h>

#include "base/log.h"
#include "form/expression.h"
#include "form/limits.h"
#include "form/path.h"
#include "form/words.h"
#include "form/xml.h"

static const struct {
	const char *attribute;
	enum aspect aspect;
} expressions[] = {
	{ "relevant", ASPECT_RELEVANT },     { "calculate", ASPECT_CALCULATE },
	{ "readonly", ASPECT_READONLY },     { "required", ASPECT_REQUIRED },
	{ "constraint", ASPECT_CONSTRAINT },
};

/* Without a prefix; what is not here is text. */
static const struct {
	const char *name;
	enum node_type type;
} types[] = {
	{ "int", TYPE_INT },           { "integer", TYPE_INT },
	{ "decimal", TYPE_DECIMAL },   { "boolean", TYPE_BOOLEAN },
	{ "date", TYPE_DATE },         { "time", TYPE_TIME },
	{ "dateTime", TYPE_DATETIME }, { "binary", TYPE_BINARY },
	{ "barcode", TYPE_BARCODE },   { "geopoint", TYPE_GEO },
	{ "geotrace", TYPE_GEO },      { "geoshape", TYPE_GEO },
};

enum fault binds_find(struct form *form)
{
	SCOPED(char_freep) char *name = xml_qualified(form->primary);
	SCOPED(char_freep) char *root = xasprintf("/%s", name);
	size_t count = 0;

	form->bind_by_path = xmlHashCreate(1024);
	for (xmlNode *bind = form->model->children;
	     (bind = xml_named(bind, "bind")); bind = bind->next) {
		const char *nodeset = xml_attribute(bind, "nodeset");

		if (!nodeset)
			nodeset = xml_attribute(bind, "ref");
		if (++count > FORM_BINDS_LIMIT) {
			log_error("%s: more than %d binds", form->name,
				  FORM_BINDS_LIMIT);
			return FAULT_LIMIT;
		}
		SCOPED(char_freep)
		char *path = nodeset ? path_resolve(root, nodeset) : NULL;
		if (path)
			xmlHashUpdateEntry(form->bind_by_path, (xmlChar *)path,
					   bind, NULL);
		else
			log_note("%s: line %d: a bind that names no node",
				 form->name, bind->line);
	}
	return FAULT_NONE;
}

static const char *without_prefix(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static enum node_type type_of(const char *name)
{
	name = without_prefix(name);
	for (size_t i = 0; i < COUNT(types); i++) {
		if (strcmp(types[i].name, name) == 0)
			return types[i].type;
	}
	return TYPE_STRING;
}

const char *bind_type_name(const struct field *field)
{
	static const char *const names[] = {
		[TYPE_STRING] = "string",     [TYPE_INT] = "int",
		[TYPE_DECIMAL] = "decimal",   [TYPE_BOOLEAN] = "boolean",
		[TYPE_DATE] = "date",         [TYPE_TIME] = "time",
		[TYPE_DATETIME] = "dateTime", [TYPE_BINARY] = "binary",
		[TYPE_BARCODE] = "barcode",   [TYPE_GEO] = "geopoint",
	};
	const char *own = field->bind ? xml_attribute(field->bind, "type") : "";

	own = own ? without_prefix(own) : "";
	/* Places are of three names, and an intent is text under its own. */
	return field->type == TYPE_GEO || strcmp(own, "intent") == 0
		   ? own
		   : names[field->type];
}

static const char *javarosa(const xmlNode *bind, const char *name)
{
	return xml_attribute_of(bind, NS_JAVAROSA, name);
}

static struct preload preload_of(const xmlNode *bind)
{
	const char *kind = javarosa(bind, "preload");
	const char *what = javarosa(bind, "preloadParams");

	if (!kind)
		return (struct preload){ 0 };
	if (!what)
		what = "";
	if (strcmp(kind, "uid") == 0)
		return (struct preload){ .kind = PRELOAD_UID };
	if (strcmp(kind, "date") == 0)
		return (struct preload){ .kind = PRELOAD_TODAY };
	if (strcmp(kind, "timestamp") == 0)
		return (struct preload){ .kind = strcmp(what, "end") == 0
						     ? PRELOAD_END
						     : PRELOAD_START };
	if (strcmp(kind, "property") == 0)
		return (struct preload){ .kind = PRELOAD_PROPERTY,
					 .property = what };
	return (struct preload){ 0 };
}

static enum fault read_expressions(struct form *form, struct field *field)
{
	for (size_t i = 0; i < COUNT(expressions); i++) {
		const char *text =
		    xml_attribute(field->bind, expressions[i].attribute);
		if (!text)
			continue;

		SCOPED(char_freep)
		char *place =
		    xasprintf("%s, %s", field->path, expressions[i].attribute);
		enum fault fault =
		    form_expression(form, place, text,
				    &field->expression[expressions[i].aspect]);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

static enum fault read_message(struct form *form, const struct field *field,
			       const char *attribute, struct words *out)
{
	const char *text = javarosa(field->bind, attribute);
	SCOPED(char_freep)
	char *place = xasprintf("%s, %s", field->path, attribute);

	return text ? words_read_text(form, text, place, out) : FAULT_NONE;
}

enum fault bind_read(struct form *form, struct field *field)
{
	field->bind = xmlHashLookup(form->bind_by_path, (xmlChar *)field->path);
	if (!field->bind)
		return FAULT_NONE;

	const char *type = xml_attribute(field->bind, "type");
	if (type)
		field->type = type_of(type);
	field->preload = preload_of(field->bind);
	enum fault fault = read_expressions(form, field);
	if (!fault)
		fault = read_message(form, field, "requiredMsg",
				     &field->required_message);
	if (!fault)
		fault = read_message(form, field, "constraintMsg",
				     &field->constraint_message);
	return fault;
}
