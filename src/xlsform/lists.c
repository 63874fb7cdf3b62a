#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

#include "xlsform/document.h"

/* Secondary instances: what choices and look-ups are taken from. */

/* --- the lists of the choices sheet --------------------------------------- */

/* How many choices before this one have its name, where that is allowed. */
static size_t namesakes_before(const struct document *document,
			       const struct choice_list *list, size_t index)
{
	const struct sheet *sheet = document->choices.sheet;
	const char *name = sheet_cell(sheet, list->rows[index], "name");
	size_t count = 0;

	if (!sheet_yes(
		heading_cell(&document->heading, "allow_choice_duplicates")))
		return 0;
	for (size_t i = 0; i < index; i++)
		count +=
		    !strcmp(sheet_cell(sheet, list->rows[i], "name"), name);
	return count;
}

/* "choices/A3/SELF:label"; a namesake is told apart by its number. */
static char *choice_id(const struct document *document,
		       const struct choice_list *list, size_t index)
{
	const char *name =
	    sheet_cell(document->choices.sheet, list->rows[index], "name");
	size_t before = namesakes_before(document, list, index);

	return before ? xasprintf("choices/%s/%s#%zu:label", list->name, name,
				  before + 1)
		      : xasprintf("choices/%s/%s:label", list->name, name);
}

static void add_leaf(struct document *document, xmlNode *item, const char *name,
		     const char *text)
{
	xmlNodeAddContent(document_element(document, item, name),
			  (const xmlChar *)text);
}

static void write_choice(struct document *document, xmlNode *root,
			 const struct choice_list *list, size_t index,
			 bool translated)
{
	const struct sheet *sheet = document->choices.sheet;
	const struct sheet_row *row = list->rows[index];
	xmlNode *item = document_element(document, root, "item");

	if (translated) {
		SCOPED(char_freep) char *id = choice_id(document, list, index);

		add_leaf(document, item, "itextId", id);
		words_add_choice(document, row, id);
	}
	add_leaf(document, item, "name", sheet_cell(sheet, row, "name"));
	if (!translated)
		add_leaf(document, item, "label",
			 sheet_cell(sheet, row, "label"));
	for (size_t i = 0; i < sheet->column_count; i++)
		if (choices_is_extra(&sheet->columns[i]) && *row->cells[i])
			add_leaf(document, item, sheet->columns[i].key,
				 row->cells[i]);
}

static xmlNode *add_instance(struct document *document, const char *id)
{
	xmlNode *instance =
	    document_element(document, document->model, "instance");

	document_set(instance, "id", id);
	return instance;
}

static void write_list(struct document *document,
		       const struct choice_list *list)
{
	bool translated = words_choices_translated(document, list);
	xmlNode *root = document_element(
	    document, add_instance(document, list->name), "root");

	for (size_t i = 0; i < list->count; i++)
		write_choice(document, root, list, i, translated);
}

/* --- files ---------------------------------------------------------------- */

static bool has_instance(const struct document *document, const char *id)
{
	for (xmlNode *node = document->model->children; node;
	     node = node->next) {
		xmlChar *own = xmlGetNoNsProp(node, (const xmlChar *)"id");
		bool same = own && !strcmp((const char *)own, id);

		xmlFree(own);
		if (same)
			return true;
	}
	return false;
}

static void add_file(struct document *document, const char *id,
		     const char *file)
{
	SCOPED(char_freep) char *source = xasprintf("jr://file-csv/%s", file);

	if (!has_instance(document, id))
		document_set(add_instance(document, id), "src", source);
}

/* A select_one_from_file, or a csv-external row. */
static void add_named_file(struct document *document, const struct item *item)
{
	const char *file = item->is.list;

	if (item->is.type->role == TYPE_INSTANCE) {
		SCOPED(char_freep) char *own = xasprintf("%s.csv", item->name);

		add_file(document, item->name, own);
		return;
	}
	const char *dot = strrchr(file, '.');

	if (!dot || strcmp(dot, ".csv")) {
		findings_add(document->findings, FINDING_ERROR,
			     item_place(&document->survey, item, "type"),
			     "choices are read from CSV files only: "
			     "select_one_from_file NAME.csv");
		return;
	}
	SCOPED(char_freep) char *id = xstrndup(file, (size_t)(dot - file));

	add_file(document, id, file);
}

/* Every pulldata('file', ...) in a cell needs that file. */
static void add_pulled(struct document *document, const char *cell)
{
	for (const char *c = cell; (c = strstr(c, "pulldata(")); c++) {
		const char *name = c + strlen("pulldata(");

		name += strspn(name, " ");
		if (*name != '\'' && *name != '"')
			continue;
		size_t length = strcspn(name + 1, "'\"");
		SCOPED(char_freep) char *id = xstrndup(name + 1, length);
		SCOPED(char_freep) char *file = xasprintf("%s.csv", id);

		if (!xmlValidateNCName((const xmlChar *)id, 0))
			add_file(document, id, file);
	}
}

void lists_write(struct document *document)
{
	const struct survey *survey = &document->survey;

	for (size_t i = 0; i < document->choices.count; i++)
		write_list(document, &document->choices.lists[i]);
	for (size_t i = 0; i < survey->count; i++) {
		const struct item *item = survey->all[i];

		if (item->is.type && item->name &&
		    ((item->is.from_file && item->is.list) ||
		     item->is.type->role == TYPE_INSTANCE))
			add_named_file(document, item);
		for (size_t k = 0; k < survey->sheet->column_count; k++)
			add_pulled(document, item->row->cells[k]);
	}
}
