#include "form/itemset.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/expression.h"
#include "form/limits.h"
#include "form/path.h"
#include "form/secondary.h"
#include "form/words.h"
#include "form/xml.h"

char *itemset_column(const xmlNode *row, const char *name)
{
	xmlNode *child = xml_named(row->children, name);

	return child ? xml_text(child) : NULL;
}

int itemset_index(const struct itemset *itemset, const char *value)
{
	void *found =
	    xmlHashLookup(itemset->list->by_value, (const xmlChar *)value);

	return (int)(intptr_t)found - 1;
}

static void add_choice(struct form_list *list, char *value, xmlNode *row)
{
	struct form_choice *choice = &list->choices[list->count];
	intptr_t number = (intptr_t)++list->count;

	*choice = (struct form_choice){ .value = value, .row = row };
	/* Of two with one value the first is meant; the second is not added. */
	(void)xmlHashAddEntry(list->by_value, (const xmlChar *)value,
			      (void *)number);
}

static enum fault make_list(struct form *form, struct control *control,
			    const char *key, size_t count)
{
	struct form_list *list;

	if (count > FORM_ITEMS_LIMIT) {
		log_error("%s: %s has more than %d choices", form->name,
			  control->path, FORM_ITEMS_LIMIT);
		return FAULT_LIMIT;
	}
	list = xcalloc(1, sizeof *list);
	*list = (struct form_list){
		.key = key ? xstrdup(key) : NULL,
		.choices = xcalloc(count + 1, sizeof *list->choices),
		.by_value = xmlHashCreate((int)count + 1),
		.next = form->lists,
	};
	form->lists = control->itemset->list = list;
	return FAULT_NONE;
}

static struct form_list *known_list(const struct form *form, const char *key)
{
	struct form_list *list = form->lists;

	while (list && (!list->key || strcmp(list->key, key) != 0))
		list = list->next;
	return list;
}

static enum fault read_item(struct form *form, const struct control *control,
			    xmlNode *item)
{
	SCOPED(char_freep)
	char *place = xasprintf("%s, a choice", control->path);
	struct form_list *list = control->itemset->list;
	xmlNode *label = xml_named(item->children, "label");
	char *value = itemset_column(item, "value");

	if (!value)
		return form_complain(form, "%s without a value", place);
	add_choice(list, value, item);
	return label ? words_read(form, label, place,
				  &list->choices[list->count - 1].label)
		     : FAULT_NONE;
}

static enum fault read_items(struct form *form, struct control *control)
{
	xmlNode *first = control->element->children;
	size_t count = 0;

	for (xmlNode *i = first; (i = xml_named(i, "item")); i = i->next)
		count++;
	enum fault fault = make_list(form, control, NULL, count);
	for (xmlNode *i = first; !fault && (i = xml_named(i, "item"));
	     i = i->next)
		fault = read_item(form, control, i);
	return fault;
}

/* Whether text is no more than the name of a child. */
static bool simple_name(const char *text)
{
	return *text && !strpbrk(text, " /.@()[]'\"*|:,+=<>$");
}

/* "randomize(nodeset, seed)" holds the nodeset as its first argument. */
static char *without_randomize(const char *nodeset)
{
	static const char call[] = "randomize(";
	int depth = 0;

	nodeset += strspn(nodeset, " \t\r\n");
	if (strncmp(nodeset, call, sizeof call - 1) != 0)
		return xstrdup(nodeset);
	nodeset += sizeof call - 1;
	for (const char *at = nodeset; *at; at++) {
		if (strchr("([", *at))
			depth++;
		else if (depth == 0 && strchr(",)", *at))
			return xstrndup(nodeset, (size_t)(at - nodeset));
		else if (strchr(")]", *at))
			depth--;
	}
	return xstrdup(nodeset);
}

static xmlNode *find_instance(void *to, const char *id)
{
	return secondary_find(to, id);
}

char *itemset_value(const struct form *form, const struct itemset *itemset,
		    xmlNode *row)
{
	const struct xpath_host host = { .to = (void *)form,
					 .instance = find_instance };
	const struct xpath_place place = { .node = row };
	struct xpath_value value = { 0 };

	if (itemset->value_name)
		return itemset_column(row, itemset->value_name);
	if (xpath_evaluate(itemset->value->xpath, &host, &place,
			   XPATH_STEPS_LIMIT, &value, NULL))
		return NULL;
	char *text = xpath_store(&host, &value);
	xpath_value_done(&value);
	return text;
}

static enum fault add_rows(struct form *form, struct control *control,
			   const char *key, const struct xpath_value *rows)
{
	if (rows->type != XPATH_NODES)
		return form_complain(form, "%s, choices: not a nodeset",
				     control->path);
	enum fault fault = make_list(form, control, key, rows->count);

	for (size_t i = 0; !fault && i < rows->count; i++) {
		char *value =
		    itemset_value(form, control->itemset, rows->nodes[i]);

		if (value)
			add_choice(control->itemset->list, value,
				   rows->nodes[i]);
	}
	return fault;
}

/* Lists every row of nodeset, which has no filter. */
static enum fault list_rows(struct form *form, struct control *control,
			    const char *key, const char *nodeset)
{
	const struct xpath_host host = { .to = form,
					 .instance = find_instance };
	const struct xpath_place place = { .node = form->primary };
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	struct xpath_value rows = { 0 };
	struct xpath_problem problem = { 0 };

	enum fault fault = xpath_parse(nodeset, &xpath, &problem);
	if (!fault)
		fault =
		    xpath_evaluate(xpath, &host, &place,
				   XPATH_ITEMSET_STEPS_LIMIT, &rows, &problem);
	if (fault)
		(void)form_complain(form, "%s, choices: %s: %s", control->path,
				    problem.text, nodeset);
	else
		fault = add_rows(form, control, key, &rows);
	xpath_value_done(&rows);
	return fault;
}

static enum fault find_list(struct form *form, struct control *control,
			    const char *nodeset)
{
	const struct itemset *itemset = control->itemset;
	SCOPED(char_freep) char *bare = without_randomize(nodeset);
	SCOPED(char_freep) char *full = path_without_predicates(bare);
	SCOPED(char_freep)
	char *key = xasprintf("%s\n%s", full,
			      itemset->value_name ? itemset->value_name
						  : itemset->value->text);

	control->itemset->list = known_list(form, key);
	return itemset->list ? FAULT_NONE : list_rows(form, control, key, full);
}

static void note_primary(void *to, const struct xpath_path *path)
{
	if (path->from != XPATH_FROM_INSTANCE)
		*(bool *)to = true;
}

static enum fault read_label(struct form *form, struct control *control,
			     xmlNode *element)
{
	SCOPED(char_freep)
	char *place = xasprintf("%s, choice label", control->path);
	xmlNode *label = xml_named(element->children, "label");
	const char *ref = label ? xml_attribute(label, "ref") : NULL;

	if (!label)
		return FAULT_NONE;
	if (ref && simple_name(ref)) {
		control->itemset->label_name = xstrdup(ref);
		return FAULT_NONE;
	}
	return words_read(form, label, place, &control->itemset->label);
}

static enum fault read_value(struct form *form, struct control *control,
			     xmlNode *element)
{
	SCOPED(char_freep)
	char *place = xasprintf("%s, choice value", control->path);
	xmlNode *value = xml_named(element->children, "value");
	const char *ref = value ? xml_attribute(value, "ref") : NULL;

	if (!ref)
		return form_complain(form, "%s: choices without a value ref",
				     control->path);
	if (simple_name(ref)) {
		control->itemset->value_name = xstrdup(ref);
		return FAULT_NONE;
	}
	return form_expression(form, place, ref, &control->itemset->value);
}

static enum fault read_itemset(struct form *form, struct control *control,
			       xmlNode *element)
{
	struct itemset *itemset = control->itemset;
	SCOPED(char_freep)
	char *place = xasprintf("%s, choices", control->path);
	const char *nodeset = xml_attribute(element, "nodeset");

	if (!nodeset)
		nodeset = xml_attribute(element, "ref");
	if (!nodeset)
		return form_complain(form, "%s: choices without a nodeset",
				     control->path);
	if (!strstr(nodeset, "instance("))
		return form_complain(form,
				     "%s: takes its choices from answers (a "
				     "repeat), which is not supported yet: %s",
				     control->path, nodeset);
	enum fault fault = read_value(form, control, element);
	if (!fault)
		fault = read_label(form, control, element);
	if (!fault)
		fault =
		    form_expression(form, place, nodeset, &itemset->nodeset);
	if (!fault)
		fault = find_list(form, control, nodeset);
	if (fault)
		return fault;
	itemset->nodeset->steps_limit = XPATH_ITEMSET_STEPS_LIMIT;
	xpath_each_path(itemset->nodeset->xpath, note_primary,
			&itemset->filtered);
	return FAULT_NONE;
}

enum fault itemset_read(struct form *form, struct control *control)
{
	xmlNode *children = control->element->children;
	xmlNode *element = xml_named(children, "itemset");

	if (element && xml_named(children, "item"))
		return form_complain(form, "%s: has both items and an itemset",
				     control->path);
	control->itemset = xcalloc(1, sizeof *control->itemset);
	return element ? read_itemset(form, control, element)
		       : read_items(form, control);
}

/* Of a list in several languages the rows say which text is theirs. */
static const char *label_ref(const struct form *form, const char *list)
{
	xmlNode *root = secondary_find(form, list);
	xmlNode *item = root ? xml_named(root->children, "root") : NULL;

	item = item ? xml_named(item->children, "item") : NULL;
	return item && xml_named(item->children, "itextId")
		   ? "jr:itext(itextId)"
		   : "label";
}

static void add_with_ref(xmlNode *parent, const char *name, const char *ref)
{
	xmlNewProp(xmlNewChild(parent, NULL, (const xmlChar *)name, NULL),
		   (const xmlChar *)"ref", (const xmlChar *)ref);
}

/* Reads a list by its name as if an <itemset> asked for all of it. */
static enum fault read_named_list(struct form *form, struct control *control,
				  const char *list)
{
	xmlNode *element = xmlNewNode(NULL, (const xmlChar *)"itemset");
	SCOPED(char_freep)
	char *nodeset = xasprintf("instance('%s')/root/item", list);

	xmlNewProp(element, (const xmlChar *)"nodeset",
		   (const xmlChar *)nodeset);
	add_with_ref(element, "value", "name");
	add_with_ref(element, "label", label_ref(form, list));
	enum fault fault = read_itemset(form, control, element);
	xmlFreeNode(element);
	return fault;
}

enum fault marks_read(struct form *form, struct control *control)
{
	const char *list =
	    xml_attribute_of(control->element, NS_ODK, "tick-labelset");
	xmlNode *element = xml_named(control->element->children, "itemset");
	enum fault fault;

	if (!element && !list)
		return FAULT_NONE;
	control->itemset = xcalloc(1, sizeof *control->itemset);
	fault = element ? read_itemset(form, control, element)
			: read_named_list(form, control, list);
	control->marks = control->itemset;
	control->itemset = NULL;
	return fault;
}

void itemset_free(struct itemset *itemset)
{
	if (!itemset)
		return;
	words_done(&itemset->label);
	free(itemset->label_name);
	free(itemset->value_name);
	free(itemset);
}

static void list_free(struct form_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->choices[i].value);
		words_done(&list->choices[i].label);
	}
	xmlHashFree(list->by_value, NULL);
	free(list->choices);
	free(list->key);
	free(list);
}

void lists_free(struct form *form)
{
	while (form->lists) {
		struct form_list *list = form->lists;

		form->lists = list->next;
		list_free(list);
	}
}
