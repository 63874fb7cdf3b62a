#include "form/run.h"

#include <stdlib.h>
#include <string.h>

#include "form/change.h"
#include "form/choices.h"
#include "form/event.h"
#include "form/expression.h"
#include "form/field.h"
#include "form/itext.h"
#include "form/say.h"
#include "form/secondary.h"
#include "form/settle.h"
#include "xpath/index.h"

/* --- what expressions ask of the run ------------------------------------- */

static int64_t host_now(void *to)
{
	const struct run *run = to;

	return run->now;
}

static void host_random_bytes(void *to, uint8_t *bytes, size_t count)
{
	const struct run *run = to;

	if (run->world->random_bytes)
		run->world->random_bytes(run->world->to, bytes, count);
	else
		memset(bytes, 0, count);
}

static double host_random(void *to)
{
	uint64_t bits;

	host_random_bytes(to, (uint8_t *)&bits, sizeof bits);
	return (double)(bits >> 11) / 9007199254740992.0; /* 2^53 */
}

static xmlNode *host_instance(void *to, const char *id)
{
	const struct run *run = to;

	return secondary_find(run->form, id);
}

static xmlNode *host_primary(void *to)
{
	const struct run *run = to;

	return run->root->xml;
}

/* The node of the run that an XML node belongs to; NULL: of an instance. */
static struct node *node_of(const struct run *run, const xmlNode *xml)
{
	if (xml->doc != run->doc)
		return NULL;
	while (xml && !xml->_private)
		xml = xml->parent;
	return xml && xml->type != XML_DOCUMENT_NODE ? xml->_private : NULL;
}

static bool host_hidden(void *to, const xmlNode *xml)
{
	const struct node *node = node_of(to, xml);

	return node && !node->relevant;
}

static char *host_choice_name(void *to, const xmlNode *xml, const char *value,
			      const char *path)
{
	struct run *run = to;
	struct node *from = node_of(run, xml);
	struct node *question = from ? node_seen(from, path) : NULL;
	char *label = question ? choices_label(question, value) : NULL;

	return label ? label : xstrdup("");
}

static char *host_itext(void *to, const char *id)
{
	struct run *run = to;

	return say_itext(run->root, id, run->root->xml, NULL);
}

static void set_up_host(struct run *run)
{
	run->host = (struct xpath_host){
		.to = run,
		.now = host_now,
		.zone = run->world->zone,
		.random = host_random,
		.random_bytes = host_random_bytes,
		.instance = host_instance,
		.primary = host_primary,
		.hidden = host_hidden,
		.choice_name = host_choice_name,
		.itext = host_itext,
		.index = run->index,
	};
}

/* --- language ------------------------------------------------------------ */

/* Whether it can be a BCP 47 tag, not "default" or "English". */
static bool is_tag(const char *text)
{
	size_t primary = strcspn(text, "-_");

	return primary == 2 || primary == 3;
}

static void take_language(struct run *run, const char *language)
{
	free(run->language);
	free(run->tag);
	run->translation = itext_language(run->form, language);
	if (run->translation < run->form->translation_count)
		language = run->form->translations[run->translation].name;
	run->language = xstrdup(language);
	run->tag = itext_tag(language);
	run->host.language = is_tag(run->tag) ? run->tag : NULL;
}

static void want_words(struct node *node, void *to)
{
	(void)to;
	for (int aspect = 0; aspect < ASPECTS; aspect++) {
		const struct expression *expression =
		    field_expression(node->field, aspect);

		if (expression && expression->of_words)
			change_want(node, aspect);
	}
}

void run_set_language(struct run *run, const char *language)
{
	const struct form *form = run->form;

	take_language(run, language);
	for (size_t i = 0; i < form->spoken_count; i++)
		node_each(run->root, form->spoken[i], want_words, NULL);
	/* What failed keeps its words in the language before; it was said. */
	(void)!settle(run);
}

const char *run_language(const struct run *run)
{
	return run->language;
}

/* --- the run ------------------------------------------------------------- */

static void preload_all(struct node *node)
{
	const struct preload *preload = &node->field->preload;
	char *text = NULL;

	if (preload->kind != PRELOAD_NONE && preload->kind != PRELOAD_END)
		text = event_preload(node->run, preload);
	if (node->field == node->run->form->instance_id &&
	    node->run->world->instance_id) {
		free(text);
		text = xstrdup(node->run->world->instance_id);
	}
	if (text)
		change_store(node, text);
	free(text);
	for (struct node *a = node->attributes; a; a = a->next)
		preload_all(a);
	for (struct node *child = node->first; child; child = child->next)
		preload_all(child);
}

static const char *first_language(const struct form *form)
{
	return form->translation_count
		   ? form->translations[form->default_translation].name
		   : "";
}

enum fault run_new(const struct form *form, const struct run_world *world,
		   struct run **out)
{
	SCOPED(run_freep) struct run *run = xcalloc(1, sizeof *run);

	*run = (struct run){
		.form = form,
		.world = world,
		.index = xpath_index_new(),
		.doc = xmlNewDoc((const xmlChar *)"1.0"),
	};
	set_up_host(run);
	take_language(run, first_language(form));
	run->now = world->now ? world->now(world->to) : 0;
	run->root = node_build(run, form->root, NULL, form->primary, false);
	preload_all(run->root);
	change_want_all(run->root);
	enum fault fault = settle(run);
	if (!fault) {
		event_first_load(run);
		fault = settle(run);
	}
	if (fault)
		return fault;
	run->live = true;
	*out = run;
	run = NULL;
	return FAULT_NONE;
}

void run_free(struct run *run)
{
	if (!run)
		return;
	settle_free(run);
	node_free(run->root);
	xpath_index_free(run->index);
	xmlFreeDoc(run->doc);
	free(run->language);
	free(run->tag);
	explicit_bzero(run, sizeof *run);
	free(run);
}

uint64_t run_evaluations(const struct run *run)
{
	return run->evaluations;
}
