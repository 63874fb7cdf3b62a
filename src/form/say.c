#include "form/say.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "form/evaluate.h"
#include "form/itext.h"
#include "form/value.h"
#include "form/world.h"
#include "form/xml.h"

static void add_output(struct node *node, const xmlNode *output, xmlNode *at,
		       struct bytes *out)
{
	const struct expression *expression = output->_private;
	char *text = NULL;

	if (expression)
		text = run_evaluate_text(node->run, expression, at, at);
	if (text)
		bytes_add_text(out, text);
	wipe_free(text);
}

/* The text below element, outputs evaluated. */
static void add_inside(struct node *node, const xmlNode *element, xmlNode *at,
		       struct bytes *out)
{
	for (const xmlNode *child = element->children; child;
	     child = child->next) {
		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			bytes_add_text(out, (const char *)child->content);
		else if (child->type != XML_ELEMENT_NODE)
			continue;
		else if (strcmp((const char *)child->name, "output") == 0)
			add_output(node, child, at, out);
		else
			add_inside(node, child, at, out);
	}
}

/* The output of that number below element, counted down in *left. */
static const xmlNode *nth_output(const xmlNode *element, size_t *left)
{
	for_each_element(child, element)
	{
		const xmlNode *found;

		if (strcmp((const char *)child->name, "output") == 0) {
			if ((*left)-- == 0)
				return child;
			continue;
		}
		found = nth_output(child, left);
		if (found)
			return found;
	}
	return NULL;
}

/* The <value> of a form in a <text>; NULL: the plain one. */
static xmlNode *value_of(const xmlNode *text, const char *form)
{
	xmlNode *spare = NULL;

	for_each_element(child, text)
	{
		const char *own = xml_attribute(child, "form");

		if (strcmp((const char *)child->name, "value") != 0)
			continue;
		if (!own == !form && (!own || strcmp(own, form) == 0))
			return child;
		if (own && !form && strcmp(own, "long") == 0)
			spare = child;
	}
	return spare;
}

/* Beside words in one language these would be of another: who has the label
 * does without. A picture is as good in each. */
static bool goes_with_words(const char *form)
{
	return form &&
	       (strcmp(form, "short") == 0 || strcmp(form, "audio") == 0 ||
		strcmp(form, "video") == 0);
}

/* The form's own words for an itext id: in the run's language, else, unless the
 * form is told as it is written, in the default one. */
static xmlNode *own_value(const struct run *run, const char *id,
			  const char *form)
{
	const xmlNode *text = itext_find(run->form, run->translation, id);
	xmlNode *value = text ? value_of(text, form) : NULL;

	if (value || (text && goes_with_words(form)) || run->world->as_written)
		return value;
	text = itext_find(run->form, run->form->default_translation, id);
	return text ? value_of(text, form) : NULL;
}

/* The output that `{outputN}` at name means, N from 1, and its length. */
static const xmlNode *named_output(const char *name, size_t *length,
				   const xmlNode *own)
{
	static const char begin[] = "{output";
	size_t digits, number;

	if (!own || strncmp(name, begin, sizeof begin - 1) != 0)
		return NULL;
	*length = sizeof begin - 1;
	digits = strspn(name + *length, "0123456789");
	number = strtoul(name + *length, NULL, 10);
	*length += digits + 1;
	if (!number || name[*length - 1] != '}')
		return NULL;
	number--;
	return nth_output(own, &number);
}

/*
 * Words from outside, in which {output1} stands for the first output of the
 * form's own words, {output2} for the second. As in MessageFormat '' is an
 * apostrophe and '{' a brace.
 */
static void add_outside(struct node *node, const char *text, const xmlNode *own,
			xmlNode *at, struct bytes *out)
{
	while (*text) {
		size_t length = 0;
		const xmlNode *output = named_output(text, &length, own);

		if (output) {
			add_output(node, output, at, out);
			text += length;
		} else if (text[0] == '\'' && text[1] == '\'') {
			bytes_add_byte(out, '\'');
			text += 2;
		} else if (strncmp(text, "'{'", 3) == 0 ||
			   strncmp(text, "'}'", 3) == 0) {
			bytes_add_byte(out, (uint8_t)text[1]);
			text += 3;
		} else {
			bytes_add_byte(out, (uint8_t)*text++);
		}
	}
}

static const char *outside(const struct run *run, const char *id,
			   const char *form)
{
	const struct run_world *world = run->world;

	if (!world->translate)
		return NULL;
	if (!form)
		return world->translate(world->to, run->tag, id);
	SCOPED(char_freep) char *key = xasprintf("%s#%s", id, form);
	return world->translate(world->to, run->tag, key);
}

char *say_itext(struct node *node, const char *id, xmlNode *at,
		const char *form)
{
	const char *translated = outside(node->run, id, form);
	const xmlNode *own = own_value(node->run, id, form);
	struct bytes out = { 0 };

	if (!translated && !own)
		return form ? NULL : xstrdup("");
	bytes_add_text(&out, "");
	if (translated)
		add_outside(node, translated, own, at, &out);
	else
		add_inside(node, own, at, &out);
	return bytes_take_text(&out);
}

static char *say_inside(struct node *node, const xmlNode *element, xmlNode *at)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	add_inside(node, element, at, &out);
	return bytes_take_text(&out);
}

char *say(struct node *node, const struct words *words, xmlNode *at,
	  const char *form)
{
	if (words->itext)
		return say_itext(node, words->itext, at, form);
	if (words->itext_id) {
		SCOPED(char_freep)
		char *id =
		    run_evaluate_text(node->run, words->itext_id, at, at);
		return id ? say_itext(node, id, at, form) : NULL;
	}
	if (form)
		return NULL;
	if (words->reference)
		return run_evaluate_text(node->run, words->reference, at, at);
	if (words->inside)
		return say_inside(node, words->inside, at);
	return words->literal ? xstrdup(words->literal) : NULL;
}

static bool has_output(const xmlNode *element)
{
	size_t first = 0;

	return element && nth_output(element, &first);
}

bool say_quotes(struct node *node, const struct words *words, xmlNode *at)
{
	SCOPED(char_freep) char *id = NULL;

	if (words->itext)
		return has_output(own_value(node->run, words->itext, NULL));
	if (words->itext_id) {
		id = run_evaluate_text(node->run, words->itext_id, at, at);
		return id && has_output(own_value(node->run, id, NULL));
	}
	return words->reference || has_output(words->inside);
}
