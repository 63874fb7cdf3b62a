#include "form/output.h"

#include <string.h>

#include "form/xml.h"

struct search {
	output_visit *visit;
	void *to;
	xmlHashTable *named; /* itext ids that questions and messages use */
};

static void visit_below(const struct search *search, const xmlNode *element)
{
	for_each_element(child, element)
	{
		if (strcmp((const char *)child->name, "output") != 0)
			visit_below(search, child);
		else if (child->_private)
			search->visit(search->to, child->_private);
	}
}

static void note_named(const struct search *search, const struct words *words)
{
	if (words->itext)
		(void)xmlHashUpdateEntry(search->named,
					 (const xmlChar *)words->itext,
					 words->itext, NULL);
}

static void note_all_named(const struct search *search, const struct form *form)
{
	for (const struct control *c = form->controls; c; c = c->next) {
		note_named(search, &c->label);
		note_named(search, &c->hint);
		note_named(search, &c->frame);
	}
	for (size_t i = 0; i < form->field_count; i++) {
		note_named(search, &form->fields[i]->required_message);
		note_named(search, &form->fields[i]->constraint_message);
	}
}

static void visit_text(void *text, void *to, const xmlChar *id)
{
	const struct search *search = to;

	if (!xmlHashLookup(search->named, id))
		visit_below(search, text);
}

static void visit_items(const struct search *search,
			const struct form_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		if (list->choices[i].label.inside)
			visit_below(search, list->choices[i].label.inside);
	}
}

void outputs_of_choices(const struct form *form, output_visit *visit, void *to)
{
	struct search search = { visit, to, xmlHashCreate(64) };

	note_all_named(&search, form);
	for (size_t i = 0; i < form->translation_count; i++)
		xmlHashScan(form->translations[i].texts, visit_text, &search);
	for (const struct form_list *list = form->lists; list;
	     list = list->next)
		visit_items(&search, list);
	xmlHashFree(search.named, NULL);
}
