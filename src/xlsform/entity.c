#include <libxml/tree.h>
#include <string.h>

#include "xlsform/document.h"

#define ENTITIES_VERSION "2024.1.0"

/* The one row of the entities sheet, or NULL. */
static const struct sheet_row *entity_row(const struct document *document)
{
	const struct sheet *sheet = &document->sheets->of[SHEET_ENTITIES];

	return sheet->row_count ? &sheet->rows[0] : NULL;
}

static const char *cell(const struct document *document, const char *key)
{
	return sheet_cell(&document->sheets->of[SHEET_ENTITIES],
			  entity_row(document), key);
}

static struct finding_place place(const struct document *document,
				  const char *key)
{
	return sheet_place(&document->sheets->of[SHEET_ENTITIES],
			   entity_row(document), key);
}

/* A property may not be called what every entity has. */
static bool property_name(const char *name)
{
	return !xmlValidateNCName((const xmlChar *)name, 0) &&
	       strcmp(name, "name") && strcmp(name, "label") &&
	       strncmp(name, "__", 2);
}

void entity_save_to(struct document *document, xmlNode *bind,
		    const struct item *item)
{
	const char *name = item_cell(&document->survey, item, "save_to");
	struct finding_place where =
	    item_place(&document->survey, item, "save_to");

	if (!*name)
		return;
	if (!entity_row(document))
		findings_add(document->findings, FINDING_ERROR, where,
			     "needs a sheet entities that says what is saved");
	else if (item_is_section(item))
		findings_add(document->findings, FINDING_ERROR, where,
			     "a group or repeat cannot be saved; save what is "
			     "in it");
	else if (item_repeat(item))
		findings_add(document->findings, FINDING_ERROR, where,
			     "what is asked of several people cannot be saved "
			     "to one record");
	else if (!property_name(name))
		findings_add(document->findings, FINDING_ERROR, where,
			     "\"%s\" cannot be saved to; use letters, digits "
			     "and _, and neither name nor label nor __ in "
			     "front",
			     name);
	else
		document_set(bind, "entities:saveto", name);
}

static xmlNode *bind_below(struct document *document, const char *name)
{
	SCOPED(char_freep)
	char *path =
	    xasprintf("/%s/meta/entity%s", document->heading.root, name);
	xmlNode *bind = document_element(document, document->model, "bind");

	document_set(bind, "nodeset", path);
	document_set(bind, "type", "string");
	document_set(bind, "readonly", "true()");
	return bind;
}

static void bind_cell(struct document *document, const char *name,
		      const char *key)
{
	struct reference asker = { .survey = &document->survey,
				   .where = place(document, key),
				   .findings = document->findings };
	SCOPED(char_freep)
	char *text = reference_expression(&asker, cell(document, key),
					  REFERENCE_EXPRESSION);

	if (text)
		document_set(bind_below(document, name), "calculate", text);
}

/* A new entity gets an id at the form's start. */
static void make_id(struct document *document)
{
	SCOPED(char_freep)
	char *path = xasprintf("/%s/meta/entity/@id", document->heading.root);
	xmlNode *set = document_element(document, document->model, "setvalue");

	document_set(set, "event", "odk-instance-first-load");
	document_set(set, "ref", path);
	document_set(set, "value", "uuid()");
}

static void check(struct document *document)
{
	const struct sheet *sheet = &document->sheets->of[SHEET_ENTITIES];

	if (sheet->row_count > 1)
		findings_add(document->findings, FINDING_ERROR,
			     sheet_place(sheet, &sheet->rows[1], NULL),
			     "a form saves to one record only; remove the row");
	if (!property_name(cell(document, "list_name")))
		findings_add(document->findings, FINDING_ERROR,
			     place(document, "list_name"),
			     "name what is saved, by letters, digits and _");
	if (*cell(document, "repeat"))
		findings_add(document->findings, FINDING_ERROR,
			     place(document, "repeat"),
			     "saving from a repeat is not possible yet");
	if (*cell(document, "update_if") && !*cell(document, "entity_id"))
		findings_add(document->findings, FINDING_ERROR,
			     place(document, "update_if"),
			     "what is changed must be named in entity_id");
	if (!*cell(document, "label") && !*cell(document, "entity_id"))
		findings_add(document->findings, FINDING_ERROR,
			     place(document, "label"),
			     "say how the record is titled in lists");
}

void entity_write(struct document *document, xmlNode *meta)
{
	if (!entity_row(document))
		return;
	check(document);
	bool update = *cell(document, "entity_id");
	bool create = !update || *cell(document, "create_if");
	xmlNode *entity = document_element(document, meta, "entity");

	document_set(document->model, "entities:entities-version",
		     ENTITIES_VERSION);
	document_set(entity, "dataset", cell(document, "list_name"));
	document_set(entity, "id", "");
	if (create)
		document_set(entity, "create", "1");
	if (update) {
		document_set(entity, "update", "1");
		document_set(entity, "baseVersion", "");
	}
	if (*cell(document, "create_if"))
		bind_cell(document, "/@create", "create_if");
	if (*cell(document, "update_if"))
		bind_cell(document, "/@update", "update_if");
	if (update)
		bind_cell(document, "/@id", "entity_id");
	else
		bind_below(document, "/@id");
	if (*cell(document, "label")) {
		document_element(document, entity, "label");
		bind_cell(document, "/label", "label");
	}
	if (!update)
		make_id(document);
}
