#include "xlsform/answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "form/xml.h"

#define SHOWN 6   /* choices that a message names */
#define MANY 2000 /* choices: more are not compared one by one */

/* --- lists ---------------------------------------------------------------- */

static const xmlNode *model_of(xmlDoc *xml)
{
	const xmlNode *root = xmlDocGetRootElement(xml);
	const xmlNode *head = root ? xml_named(root->children, "head") : NULL;

	return head ? xml_named(head->children, "model") : NULL;
}

const xmlNode *answers_next(const xmlNode *item)
{
	return xml_element(item->next);
}

const xmlNode *answers_items(xmlDoc *xml, const char *list)
{
	const xmlNode *model = model_of(xml);

	if (!model)
		return NULL;
	for_each_element(node, model)
	{
		const char *id = xml_is_named(node, "instance")
				     ? xml_attribute(node, "id")
				     : NULL;
		const char *file = xml_attribute(node, "src");
		const xmlNode *root = xml_element(node->children);

		if (id && !strcmp(id, list))
			return file || !root ? NULL
					     : xml_element(root->children);
	}
	return NULL;
}

char *answers_leaf(const xmlNode *item, const char *name)
{
	const xmlNode *leaf = xml_named(item->children, name);

	return leaf ? xml_text(leaf) : xstrdup("");
}

/* --- questions ------------------------------------------------------------ */

/* instance('l')/root/item[filter], perhaps shuffled, taken apart. */
static void read_nodeset(const char *text, struct answers_of *of)
{
	static const char middle[] = "')/root/item";
	const char *start = strstr(text, "instance('");
	const char *end = start ? strstr(start, middle) : NULL;

	of->open = true;
	if (!end)
		return;
	start += strlen("instance('");
	of->list = xstrndup(start, (size_t)(end - start));
	end += strlen(middle);
	const char *close = strrchr(end, ']');

	if (*end == '[' && close)
		of->filter = xstrndup(end + 1, (size_t)(close - end - 1));
	of->open = false;
}

static void read_list(xmlDoc *xml, const xmlNode *itemset,
		      struct answers_of *of)
{
	const char *nodeset = xml_attribute(itemset, "nodeset");
	const xmlNode *value = xml_named(itemset->children, "value");
	const char *name = value ? xml_attribute(value, "ref") : NULL;
	const xmlNode *item;

	read_nodeset(nodeset ? nodeset : "", of);
	item = of->list ? answers_items(xml, of->list) : NULL;
	of->open |= !item || !name;
	for (; item && name; item = answers_next(item)) {
		SCOPED(char_freep) char *text = answers_leaf(item, name);

		paths_add(&of->values, text);
	}
}

static void read_choices(xmlDoc *xml, const xmlNode *control,
			 struct answers_of *of)
{
	for (const xmlNode *node = control->children; node; node = node->next) {
		if (xml_is_named(node, "itemset"))
			read_list(xml, node, of);
		if (xml_is_named(node, "item")) {
			SCOPED(char_freep)
			char *text = answers_leaf(node, "value");

			paths_add(&of->values, text);
		}
	}
	of->open |= !of->values.count || of->values.count > MANY;
}

static struct answers_of *find(const struct answers *answers, const char *path)
{
	for (size_t i = 0; i < answers->count; i++)
		if (!strcmp(answers->list[i].path, path))
			return &answers->list[i];
	return NULL;
}

static void add_control(xmlDoc *xml, const xmlNode *control,
			struct answers *answers)
{
	const char *path = xml_attribute(control, "ref");
	struct answers_of *other = path ? find(answers, path) : NULL;

	if (!path)
		return;
	if (other) /* asked in two ways: which of them is not for us to say */
		other->open = true;
	answers->list = xreallocarray(answers->list, answers->count + 1,
				      sizeof *answers->list);
	struct answers_of *of = &answers->list[answers->count++];

	*of = (struct answers_of){ .path = xstrdup(path) };
	of->multiple = xml_is_named(control, "select");
	read_choices(xml, control, of);
	of->open |= other != NULL;
}

/* Whether something but a person may answer: a bind, a setvalue. */
static void note_setter(const xmlNode *node, const struct answers *answers)
{
	const char *ref = xml_attribute(node, "ref");
	const char *nodeset = xml_attribute(node, "nodeset");
	const char *calculate = xml_attribute(node, "calculate");
	const char *path = ref ? ref : nodeset;
	struct answers_of *of = path ? find(answers, path) : NULL;

	if (of && (xml_is_named(node, "setvalue") || calculate))
		of->open = true;
}

typedef void visit(xmlDoc *xml, const xmlNode *node, struct answers *answers);

static void each(xmlDoc *xml, const xmlNode *from, struct answers *answers,
		 visit *look)
{
	for (const xmlNode *node = from; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		look(xml, node, answers);
		if (!xml_is_named(node, "instance") &&
		    !xml_is_named(node, "itext"))
			each(xml, node->children, answers, look);
	}
}

static void visit_control(xmlDoc *xml, const xmlNode *node,
			  struct answers *answers)
{
	if (xml_is_named(node, "select1") || xml_is_named(node, "select"))
		add_control(xml, node, answers);
}

static void visit_setter(xmlDoc *xml, const xmlNode *node,
			 struct answers *answers)
{
	(void)xml;
	if (xml_is_named(node, "setvalue") || xml_is_named(node, "bind"))
		note_setter(node, answers);
}

/* A first value that is none of the choices is an answer, too. */
static void note_defaults(const xmlNode *node, const char *above,
			  const struct answers *answers)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", above, node->name);
		SCOPED(char_freep) char *text = xml_text(node);
		struct answers_of *of = find(answers, path);

		if (of && *text)
			of->open = true;
		note_defaults(node->children, path, answers);
	}
}

void answers_find(xmlDoc *xml, struct answers *answers)
{
	const xmlNode *root = xmlDocGetRootElement(xml);
	const xmlNode *model = model_of(xml);
	const xmlNode *instance =
	    model ? xml_named(model->children, "instance") : NULL;

	*answers = (struct answers){ 0 };
	each(xml, root, answers, visit_control);
	each(xml, root, answers, visit_setter);
	if (instance)
		note_defaults(instance->children, "", answers);
}

void answers_done(struct answers *answers)
{
	for (size_t i = 0; i < answers->count; i++) {
		free(answers->list[i].path);
		free(answers->list[i].list);
		free(answers->list[i].filter);
		paths_done(&answers->list[i].values);
	}
	free(answers->list);
}

const struct answers_of *answers_known(const struct answers *answers,
				       const char *path)
{
	const struct answers_of *of = find(answers, path);

	return of && !of->open ? of : NULL;
}

char *answers_text(const struct answers_of *of)
{
	struct bytes text = { 0 };

	for (size_t i = 0; i < of->values.count && i < SHOWN; i++)
		bytes_add_format(&text, "%s%.40s", i ? ", " : "",
				 of->values.list[i]);
	if (of->values.count > SHOWN)
		bytes_add_text(&text, ", ...");
	return bytes_take_text(&text);
}
