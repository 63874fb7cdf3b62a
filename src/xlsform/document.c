#include "xlsform/document.h"

#include <stdlib.h>
#include <string.h>

#define XFORMS "http://www.w3.org/2002/xforms"

static const struct {
	const char *prefix, *address;
	bool always;
} namespaces[] = {
	{ "h", "http://www.w3.org/1999/xhtml", true },
	{ "ev", "http://www.w3.org/2001/xml-events", true },
	{ "xsd", "http://www.w3.org/2001/XMLSchema", true },
	{ "jr", "http://openrosa.org/javarosa", true },
	{ "orx", "http://openrosa.org/xforms", true },
	{ "odk", "http://www.opendatakit.org/xforms", true },
	{ "entities", "http://www.opendatakit.org/xforms/entities", false },
	{ "foyer", "urn:foyer:xforms:1", false },
};

static bool declared(const xmlNode *html, const char *prefix)
{
	return xmlSearchNs(html->doc, (xmlNode *)html,
			   (const xmlChar *)prefix) != NULL;
}

static void declare(xmlNode *html, const char *prefix, const char *address)
{
	if (!declared(html, prefix))
		xmlNewNs(html, (const xmlChar *)address,
			 (const xmlChar *)prefix);
}

/* Whether a title of the survey sheet uses the prefix: "bind::foyer:bytes". */
static bool prefix_used(const struct sheet *survey, const char *prefix)
{
	SCOPED(char_freep) char *sign = xasprintf("::%s:", prefix);

	for (size_t i = 0; i < survey->column_count; i++)
		if (strstr(survey->columns[i].key, sign))
			return true;
	return false;
}

/*
 * One of the settings' namespaces, prefix="address" or prefix=address; NULL at
 * the end.
 */
static const char *declare_next(struct document *document, const char *text)
{
	text += strspn(text, " \t\n");
	size_t name = strcspn(text, "=\"' \t\n");
	const char *address = text + name + (text[name] == '=');
	char quote = *address == '"' || *address == '\'' ? *address++ : '\0';
	const char *end =
	    quote ? strchr(address, quote) : address + strcspn(address, " \n");

	if (!*text)
		return NULL;
	SCOPED(char_freep) char *prefix = xstrndup(text, name);

	if (text[name] != '=' || !end || end == address ||
	    xmlValidateNCName((const xmlChar *)prefix, 0) ||
	    !strcmp(prefix, "xmlns") || !strcmp(prefix, "xml")) {
		findings_add(document->findings, FINDING_ERROR,
			     heading_place(&document->heading, "namespaces"),
			     "write prefix=\"address\", several parted by "
			     "blanks");
		return NULL;
	}
	SCOPED(char_freep)
	char *whole = xstrndup(address, (size_t)(end - address));

	declare(document->html, prefix, whole);
	return end + (quote != '\0');
}

static void declare_all(struct document *document)
{
	const char *own = heading_cell(&document->heading, "namespaces");
	const struct sheet *survey = &document->sheets->of[SHEET_SURVEY];
	bool entities = document->sheets->of[SHEET_ENTITIES].row_count > 0;

	xmlSetNs(document->html,
		 xmlNewNs(document->html, (const xmlChar *)XFORMS, NULL));
	for (size_t i = 0; i < COUNT(namespaces); i++)
		if (namespaces[i].always ||
		    (entities && !strcmp(namespaces[i].prefix, "entities")) ||
		    prefix_used(survey, namespaces[i].prefix))
			declare(document->html, namespaces[i].prefix,
				namespaces[i].address);
	while (own)
		own = declare_next(document, own);
}

xmlNode *document_element(struct document *document, xmlNode *parent,
			  const char *name)
{
	const char *colon = strchr(name, ':');
	SCOPED(char_freep)
	char *prefix = colon ? xstrndup(name, (size_t)(colon - name)) : NULL;

	return xmlNewChild(
	    parent,
	    xmlSearchNs(document->xml, document->html, (const xmlChar *)prefix),
	    (const xmlChar *)(colon ? colon + 1 : name), NULL);
}

bool document_attribute(xmlNode *node, const char *name, const char *value)
{
	const char *colon = strchr(name, ':');
	xmlNs *space = NULL;

	if (colon) {
		SCOPED(char_freep)
		char *prefix = xstrndup(name, (size_t)(colon - name));

		space = xmlSearchNs(node->doc, node, (const xmlChar *)prefix);
		if (!space)
			return false;
		name = colon + 1;
	}
	if (xmlValidateNCName((const xmlChar *)name, 0))
		return false;
	xmlSetNsProp(node, space, (const xmlChar *)name,
		     (const xmlChar *)value);
	return true;
}

void document_set(xmlNode *node, const char *name, const char *value)
{
	(void)document_attribute(node, name, value); /* declared by us */
}

struct reference document_asker(struct document *document,
				const struct item *item, const char *key)
{
	return (struct reference){
		.survey = &document->survey,
		.from = item,
		.where = item ? item_place(&document->survey, item, key)
			      : (struct finding_place){ 0 },
		.findings = document->findings,
	};
}

void document_expression(struct document *document, xmlNode *node,
			 const char *name, const struct item *item,
			 const char *key)
{
	const char *cell = item_cell(&document->survey, item, key);
	struct reference asker = document_asker(document, item, key);

	if (!*cell)
		return;
	SCOPED(char_freep)
	char *text = reference_expression(&asker, cell, REFERENCE_EXPRESSION);

	if (text)
		document_set(node, name, text);
}

/* The value of an attribute cell: not an expression, but may hold ${x}. */
static void set_cell(struct document *document, xmlNode *node,
		     const struct item *item, const struct sheet_column *column,
		     const char *name, const char *cell)
{
	struct reference asker = document_asker(document, item, column->key);
	SCOPED(char_freep) char *value = NULL;

	if (sheet_yes(cell) || sheet_no(cell))
		value = xstrdup(sheet_yes(cell) ? "true()" : "false()");
	else if (strstr(cell, "${"))
		value = reference_expand(&asker, cell, REFERENCE_EXPRESSION);
	else
		value = xstrdup(cell);
	if (value && !document_attribute(node, name, value))
		findings_add(document->findings, FINDING_ERROR, asker.where,
			     "%s cannot be an attribute's name; a prefix is "
			     "declared in settings, column namespaces",
			     name);
}

void document_attributes(struct document *document, xmlNode *node,
			 const struct item *item, const char *prefix)
{
	const struct sheet *sheet = document->survey.sheet;
	size_t length = strlen(prefix);

	for (size_t i = 0; i < sheet->column_count; i++) {
		const struct sheet_column *column = &sheet->columns[i];
		const char *cell = item->row->cells[i];

		if (*cell && !strncmp(column->key, prefix, length) &&
		    !strncmp(column->key + length, "::", 2) &&
		    strcmp(column->key, "bind::type"))
			set_cell(document, node, item, column,
				 column->key + length + 2, cell);
	}
}

void document_start(struct document *document)
{
	document->xml = xmlNewDoc((const xmlChar *)"1.0");
	document->html =
	    xmlNewDocNode(document->xml, NULL, (const xmlChar *)"html", NULL);
	xmlDocSetRootElement(document->xml, document->html);
	declare_all(document);
	xmlSetNs(document->html, xmlSearchNs(document->xml, document->html,
					     (const xmlChar *)"h"));
	xmlNode *head = document_element(document, document->html, "h:head");
	xmlNode *title = document_element(document, head, "h:title");

	xmlNodeAddContent(title, (const xmlChar *)document->heading.title);
	document->model = document_element(document, head, "model");
	document_set(document->model, "odk:xforms-version", "1.0.0");
	document->body = document_element(document, document->html, "h:body");
	const char *style = heading_cell(&document->heading, "style");

	if (*style)
		document_set(document->body, "class", style);
}

void document_done(struct document *document)
{
	for (size_t i = 0; i < document->language_count; i++)
		free(document->languages[i].name);
	free(document->languages);
	xmlFreeDoc(document->xml);
	choices_done(&document->choices);
	survey_done(&document->survey);
}
