#include "tests/support/world.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/test.h"

static const char probe_document[] =
    "<data id='probe'><empty/><d1>2020-01-01</d1><d2>2020-03-01</d2>"
    "<sel>a</sel><rep><v>1</v></rep><rep><v>2</v></rep><rep><v>10</v></rep>"
    "<own/></data>";

static const char cities_document[] =
    "<root><item><name>a</name><label>AA</label></item>"
    "<item><name>b</name><label>BB</label></item>"
    "<item><name>c</name><label>CC</label></item>"
    "<item><name>d</name><label>DD</label></item></root>";

static int64_t frozen_now(void *to)
{
	(void)to;
	return INT64_C(1580731200000);
}

static double chance(void *to)
{
	return ((struct world *)to)->chance;
}

static void count_up(void *to, uint8_t *bytes, size_t count)
{
	(void)to;
	for (size_t i = 0; i < count; i++)
		bytes[i] = (uint8_t)i;
}

static xmlNode *find_instance(void *to, const char *id)
{
	struct world *world = to;

	return strcmp(id, "cities") ? NULL : (xmlNode *)world->cities;
}

static xmlNode *find_primary(void *to)
{
	return xmlDocGetRootElement(((struct world *)to)->primary);
}

static bool is_hidden(void *to, const xmlNode *node)
{
	return ((struct world *)to)->hidden == node;
}

static char *name_choice(void *to, const xmlNode *node, const char *value,
			 const char *path)
{
	const struct world *world = to;
	xmlNode *root = xmlDocGetRootElement(world->cities);

	(void)node;
	if (strcmp(path, "/data/sel"))
		return NULL;
	for (xmlNode *item = root->children; item; item = item->next) {
		xmlNode *name = item->children;

		if (!strcmp((char *)name->children->content, value))
			return xstrdup((char *)name->next->children->content);
	}
	return NULL;
}

static char *itext(void *to, const char *id)
{
	(void)to;
	return xasprintf("text of %s", id);
}

static xmlDoc *parse(const char *xml)
{
	xmlDoc *document =
	    xmlReadMemory(xml, (int)strlen(xml), NULL, NULL, XML_PARSE_NONET);

	if (!document)
		abort();
	return document;
}

void world_init(struct world *world, const char *xml)
{
	*world = (struct world){ .primary = parse(xml ? xml : probe_document),
				 .cities = parse(cities_document),
				 .index = xpath_index_new() };
	world->host = (struct xpath_host){
		.to = world,
		.index = world->index,
		.now = frozen_now,
		.random = chance,
		.random_bytes = count_up,
		.instance = find_instance,
		.primary = find_primary,
		.hidden = is_hidden,
		.choice_name = name_choice,
		.itext = itext,
		.steps = &world->steps,
	};
}

void world_done(struct world *world)
{
	xpath_index_free(world->index);
	xmlFreeDoc(world->primary);
	xmlFreeDoc(world->cities);
	*world = (struct world){ 0 };
}

static xmlNode *child_named(xmlNode *parent, const char *name, size_t length)
{
	for (xmlNode *n = parent->children; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE &&
		    strlen((const char *)n->name) == length &&
		    !memcmp(n->name, name, length))
			return n;
	return NULL;
}

xmlNode *world_node(struct world *world, const char *path)
{
	xmlNode *node = xmlDocGetRootElement(world->primary);

	while (node && *path) {
		size_t length = strcspn(path, "/");

		node = child_named(node, path, length);
		path += length + (path[length] == '/');
	}
	assert_non_null(node);
	return node;
}

char *world_ask(struct world *world, xmlNode *node, const char *expression)
{
	struct xpath_place place = {
		.node = node ? node : xmlDocGetRootElement(world->primary)
	};
	struct xpath_problem problem = { 0 };
	struct xpath_value value = { 0 };
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	char *text;

	if (xpath_parse(expression, &xpath, &problem) ||
	    xpath_evaluate(xpath, &world->host, &place, XPATH_STEPS_LIMIT,
			   &value, &problem))
		return xasprintf("!%s", problem.text);
	text = xpath_store(&world->host, &value);
	xpath_value_done(&value);
	return text;
}

void world_expect(struct world *world, xmlNode *node, const char *expression,
		  const char *expected)
{
	SCOPED(char_freep) char *got = world_ask(world, node, expression);

	if (strcmp(got, expected) != 0)
		fail_msg("%s gives \"%s\", not \"%s\"", expression, got,
			 expected);
}
