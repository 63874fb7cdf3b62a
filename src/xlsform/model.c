#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "xlsform/document.h"
#include "xlsform/parameter.h"
#include "xpath/date.h"
#include "xpath/number.h"
#include "xpath/tree.h"
#include "xpath/xpath.h"

/* --- the primary instance ------------------------------------------------- */

/* Whether an identifier runs into a parenthesis: "uuid(" is a call. */
static bool has_call(const char *text)
{
	for (const char *c = text; (c = strchr(c, '(')); c++)
		if (c > text &&
		    ((c[-1] | 0x20) >= 'a' && (c[-1] | 0x20) <= 'z'))
			return true;
	return false;
}

static bool asks_number(const struct item *item)
{
	const char *type = item->is.type->name;

	return !strcmp(type, "integer") || !strcmp(type, "decimal") ||
	       !strcmp(type, "range");
}

/* "2 + 1" of a number; in words a sign is only a sign. */
static bool has_operator(const char *cell)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;

	return !xpath_parse(cell, &xpath, NULL) &&
	       xpath->root->kind == EXPR_CHAIN;
}

bool model_default_is_dynamic(const struct document *document,
			      const struct item *item)
{
	const char *cell = item_cell(&document->survey, item, "default");

	return strstr(cell, "${") || (has_call(cell) && strchr(cell, ')')) ||
	       (asks_number(item) && has_operator(cell));
}

static bool has_node(const struct item *item)
{
	return item->is.type && item->name && !item->flat &&
	       item->is.type->role != TYPE_INSTANCE &&
	       item->is.type->role != TYPE_AUDIT;
}

/* The node that counts a repeat whose count is more than one ${x}. */
static bool counts_itself(const struct document *document,
			  const struct item *item)
{
	const char *cell = item_cell(&document->survey, item, "repeat_count");
	const char *close = strchr(cell, '}');

	return item_is_repeat(item) && *cell &&
	       (strncmp(cell, "${", 2) || !close || close[1]);
}

/* Where in the primary instance a node is written. */
enum inside {
	INSIDE_NONE,
	INSIDE_TEMPLATE, /* a repeat is a template only */
	INSIDE_INSTANCE, /* a repeat has its template in that of the outer */
};

static void write_children(struct document *document, xmlNode *node,
			   const struct item *item, enum inside inside);

/* A first value in words, or with a comma, where a number is asked. */
static void check_number(struct document *document, const struct item *item,
			 const char *cell)
{
	const char *type = item->is.type->name;
	bool whole = !strcmp(type, "integer");

	if (!whole && strcmp(type, "decimal"))
		return;
	double number = number_parse(cell, strlen(cell));

	if (isnan(number) || (whole && number != floor(number)))
		findings_add(document->findings, FINDING_ERROR,
			     item_place(&document->survey, item, "default"),
			     "\"%s\" is no %s number; write it with digits%s",
			     cell, whole ? "whole" : "decimal",
			     whole ? ": 15" : " and a point: 1.5");
}

/* "31/12/2024", or "today" without its brackets. */
static void check_date(struct document *document, const struct item *item,
		       const char *cell)
{
	struct moment moment;

	if (!strcmp(item->is.type->name, "date") &&
	    !moment_parse(cell, &moment))
		findings_add(document->findings, FINDING_WARNING,
			     item_place(&document->survey, item, "default"),
			     "\"%s\" is no date; write the year first: "
			     "2024-12-31, or today() for the day it is asked",
			     cell);
}

static void write_leaf(struct document *document, xmlNode *parent,
		       const struct item *item)
{
	xmlNode *node = document_element(document, parent, item->name);
	const char *cell = item_cell(&document->survey, item, "default");

	document_attributes(document, node, item, "instance");
	if (*cell && !model_default_is_dynamic(document, item)) {
		xmlNodeAddContent(node, (const xmlChar *)cell);
		check_number(document, item, cell);
		check_date(document, item, cell);
	}
}

static void write_section(struct document *document, xmlNode *parent,
			  const struct item *item, enum inside inside)
{
	if (counts_itself(document, item)) {
		SCOPED(char_freep)
		char *name = xasprintf("%s_count", item->name);

		document_element(document, parent, name);
	}
	if (item_is_repeat(item) && inside != INSIDE_INSTANCE) {
		xmlNode *node = document_element(document, parent, item->name);

		document_set(node, "jr:template", "");
		document_attributes(document, node, item, "instance");
		write_children(document, node, item, INSIDE_TEMPLATE);
		if (inside == INSIDE_TEMPLATE)
			return;
		inside = INSIDE_INSTANCE;
	}
	xmlNode *node = document_element(document, parent, item->name);

	document_attributes(document, node, item, "instance");
	write_children(document, node, item, inside);
}

static void write_children(struct document *document, xmlNode *node,
			   const struct item *item, enum inside inside)
{
	for (const struct item *i = item->first; i; i = i->next) {
		if (i->flat)
			write_children(document, node, i, inside);
		else if (has_node(i) && item_is_section(i))
			write_section(document, node, i, inside);
		else if (has_node(i))
			write_leaf(document, node, i);
	}
}

static void set_heading(struct document *document, xmlNode *node,
			const char *key, const char *attribute)
{
	const char *cell = heading_cell(&document->heading, key);

	if (*cell)
		document_set(node, attribute, cell);
}

/* NULL: there is none. */
static const struct item *audit_of(const struct document *document)
{
	for (size_t i = 0; i < document->survey.count; i++) {
		const struct item *item = document->survey.all[i];

		if (item->is.type && item->is.type->role == TYPE_AUDIT)
			return item;
	}
	return NULL;
}

static xmlNode *write_meta(struct document *document, xmlNode *root)
{
	xmlNode *meta = document_element(document, root, "meta");

	if (audit_of(document))
		document_element(document, meta, "audit");
	if (!sheet_yes(heading_cell(&document->heading, "omit_instanceid")))
		document_element(document, meta, "instanceID");
	if (*heading_cell(&document->heading, "instance_name"))
		document_element(document, meta, "instanceName");
	return meta;
}

/* attribute::X of settings: an attribute of the form's own element. */
static void set_attributes(struct document *document, xmlNode *root)
{
	static const char prefix[] = "attribute::";
	const struct heading *heading = &document->heading;

	for (size_t i = 0; heading->row && i < heading->sheet->column_count;
	     i++) {
		const char *key = heading->sheet->columns[i].key;
		const char *cell = heading->row->cells[i];

		if (!*cell || strncmp(key, prefix, strlen(prefix)))
			continue;
		if (!document_attribute(root, key + strlen(prefix), cell))
			findings_add(document->findings, FINDING_ERROR,
				     heading_place(heading, key),
				     "%s cannot be an attribute's name; a "
				     "prefix is declared in the column "
				     "namespaces",
				     key + strlen(prefix));
	}
}

/* Returns meta. */
static xmlNode *write_instance(struct document *document)
{
	const struct heading *heading = &document->heading;
	xmlNode *instance =
	    document_element(document, document->model, "instance");
	xmlNode *root = document_element(document, instance, heading->root);

	document_set(root, "id", heading->id);
	if (*heading->version)
		document_set(root, "version", heading->version);
	set_heading(document, root, "prefix", "odk:prefix");
	set_heading(document, root, "delimiter", "odk:delimiter");
	set_attributes(document, root);
	write_children(document, root, document->survey.root, INSIDE_NONE);
	return write_meta(document, root);
}

/* --- binds ---------------------------------------------------------------- */

static xmlNode *add_bind(struct document *document, const char *path)
{
	xmlNode *bind = document_element(document, document->model, "bind");

	document_set(bind, "nodeset", path);
	return bind;
}

/* All bounds of a range whole: an int. */
static const char *range_type(const char *parameters)
{
	return strchr(parameters, '.') ? "decimal" : "int";
}

static const char *bind_type(const struct document *document,
			     const struct item *item)
{
	const char *own = item_cell(&document->survey, item, "bind::type");
	const struct type *type = item->is.type;

	if (*own)
		return own;
	if (type->control && !strcmp(type->control, "range"))
		return range_type(
		    item_cell(&document->survey, item, "parameters"));
	return type->bind;
}

static void write_calculation(struct document *document, xmlNode *bind,
			      const struct item *item)
{
	const struct survey *survey = &document->survey;

	/* With a trigger it is worked out then, and not otherwise. */
	if (!*item_cell(survey, item, "trigger"))
		document_expression(document, bind, "calculate", item,
				    "calculation");
	if (!strcmp(item->is.type->name, "calculate") &&
	    !*item_cell(survey, item, "calculation") &&
	    !model_default_is_dynamic(document, item))
		findings_add(
		    document->findings, FINDING_ERROR,
		    item_place(survey, item, "calculation"),
		    "a calculate needs a calculation; write here what it is");
}

static void set_parameters(struct document *document, xmlNode *bind,
			   const struct item *item)
{
	parameter_check(document, item);
	parameter_set(document, bind, item, PARAMETER_ON_BIND);
}

static void write_bind(struct document *document, const struct item *item)
{
	const struct type *type = item->is.type;
	xmlNode *bind = add_bind(document, item->path);

	if (!item_is_section(item))
		document_set(bind, "type", bind_type(document, item));
	if (type->readonly)
		document_set(bind, "readonly", "true()");
	else
		document_expression(document, bind, "readonly", item,
				    "readonly");
	document_expression(document, bind, "required", item, "required");
	words_message(document, bind, item, "required_message",
		      "jr:requiredMsg");
	document_expression(document, bind, "relevant", item, "relevant");
	document_expression(document, bind, "constraint", item, "constraint");
	words_message(document, bind, item, "constraint_message",
		      "jr:constraintMsg");
	words_message(document, bind, item, "no_app_error_string",
		      "jr:noAppErrorString");
	if (!item_is_section(item))
		write_calculation(document, bind, item);
	if (type->preload) {
		document_set(bind, "jr:preload", type->preload);
		document_set(bind, "jr:preloadParams", type->parameter);
	}
	entity_save_to(document, bind, item);
	if (!item_is_section(item))
		set_parameters(document, bind, item);
	document_attributes(document, bind, item, "bind");
	/* A group that binds nothing needs no bind. */
	if (item_is_section(item) && !bind->properties->next) {
		xmlUnlinkNode(bind);
		xmlFreeNode(bind);
	}
}

static void write_count(struct document *document, const struct item *item)
{
	SCOPED(char_freep) char *path = xasprintf("%s_count", item->path);
	xmlNode *bind = add_bind(document, path);

	if (survey_at(&document->survey, path))
		findings_add(document->findings, FINDING_ERROR,
			     item_place(&document->survey, item, "name"),
			     "this repeat needs %s_count for its count; name "
			     "that other row differently",
			     item->name);
	document_set(bind, "type", "string");
	document_set(bind, "readonly", "true()");
	document_expression(document, bind, "calculate", item, "repeat_count");
}

static void write_meta_binds(struct document *document)
{
	const struct heading *heading = &document->heading;
	const char *name = heading_cell(heading, "instance_name");
	SCOPED(char_freep)
	char *meta = xasprintf("/%s/meta", heading->root);
	SCOPED(char_freep) char *id = xasprintf("%s/instanceID", meta);
	SCOPED(char_freep) char *titled = xasprintf("%s/instanceName", meta);
	SCOPED(char_freep) char *audited = xasprintf("%s/audit", meta);
	const struct item *audit = audit_of(document);

	if (audit) {
		xmlNode *bind = add_bind(document, audited);

		document_set(bind, "type", "binary");
		set_parameters(document, bind, audit);
	}
	if (!sheet_yes(heading_cell(heading, "omit_instanceid"))) {
		xmlNode *bind = add_bind(document, id);

		document_set(bind, "type", "string");
		document_set(bind, "readonly", "true()");
		document_set(bind, "jr:preload", "uid");
	}
	if (*name) {
		struct reference asker = {
			.survey = &document->survey,
			.where = heading_place(heading, "instance_name"),
			.findings = document->findings,
		};
		SCOPED(char_freep)
		char *text =
		    reference_expression(&asker, name, REFERENCE_EXPRESSION);
		xmlNode *bind = add_bind(document, titled);

		document_set(bind, "type", "string");
		if (text)
			document_set(bind, "calculate", text);
	}
}

/* --- first values --------------------------------------------------------- */

/* Defaults inside of repeats are set there: see body.c. */
static void write_default(struct document *document, const struct item *item)
{
	if (item_repeat(item) || !model_default_is_dynamic(document, item))
		return;
	xmlNode *set = document_element(document, document->model, "setvalue");

	document_set(set, "event", "odk-instance-first-load");
	document_set(set, "ref", item->path);
	document_expression(document, set, "value", item, "default");
}

/* --- submission ----------------------------------------------------------- */

static void write_submission(struct document *document)
{
	static const struct {
		const char *key, *attribute;
	} parts[] = {
		{ "submission_url", "action" },
		{ "public_key", "base64RsaPublicKey" },
		{ "auto_send", "orx:auto-send" },
		{ "auto_delete", "orx:auto-delete" },
	};
	xmlNode *node = NULL;

	for (size_t i = 0; i < COUNT(parts); i++) {
		const char *cell =
		    heading_cell(&document->heading, parts[i].key);

		if (!*cell)
			continue;
		if (!node) {
			node = document_element(document, document->model,
						"submission");
			document_set(node, "method", "post");
		}
		document_set(node, parts[i].attribute, cell);
	}
}

void model_write(struct document *document)
{
	const struct survey *survey = &document->survey;
	xmlNode *meta = write_instance(document);

	lists_write(document);
	for (size_t i = 0; i < survey->count; i++) {
		const struct item *item = survey->all[i];

		if (counts_itself(document, item) && item->name)
			write_count(document, item);
		if (has_node(item))
			write_bind(document, item);
	}
	write_meta_binds(document);
	entity_write(document, meta);
	for (size_t i = 0; i < survey->count; i++)
		if (has_node(survey->all[i]))
			write_default(document, survey->all[i]);
	write_submission(document);
}
