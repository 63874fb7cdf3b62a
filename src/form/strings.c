#include "form/strings.h"

#include <stdlib.h>
#include <string.h>

#include "form/model.h"
#include "form/word.h"
#include "form/words.h"
#include "form/xml.h"

struct walk {
	form_string_visit *visit;
	void *to;
	xmlHashTable *staff; /* itext ids that only staff read */
	size_t outputs;      /* of the text at hand, so far */
};

static bool is_special(char letter)
{
	return letter == '\'' || letter == '{' || letter == '}';
}

/* As MessageFormat reads it back: a brace is quoted, and an apostrophe is
 * doubled beside anything that would make it a quote. */
static void add_literal(const char *text, struct bytes *out)
{
	char before = '\0';

	for (; *text; before = *text++) {
		if (*text == '{' || *text == '}')
			bytes_add_format(out, "'%c'", *text);
		else if (*text == '\'' &&
			 (is_special(before) || is_special(text[1])))
			bytes_add_text(out, "''");
		else
			bytes_add_byte(out, (uint8_t)*text);
	}
}

static void add_pattern(struct walk *walk, const xmlNode *element,
			struct bytes *out)
{
	for (const xmlNode *child = element->children; child;
	     child = child->next) {
		if (child->type == XML_TEXT_NODE ||
		    child->type == XML_CDATA_SECTION_NODE)
			add_literal((const char *)child->content, out);
		else if (child->type != XML_ELEMENT_NODE)
			continue;
		else if (strcmp((const char *)child->name, "output") == 0)
			bytes_add_format(out, "{output%zu}", ++walk->outputs);
		else
			add_pattern(walk, child, out);
	}
}

/* Pictures and sounds are files, not words. */
static bool is_media(const char *form)
{
	static const char *const media[] = { "image", "big-image", "audio",
					     "video" };

	for (size_t i = 0; form && i < COUNT(media); i++) {
		if (strcmp(form, media[i]) == 0)
			return true;
	}
	return false;
}

static void visit_value(struct walk *walk, const char *id, const xmlNode *value)
{
	const char *form = xml_attribute(value, "form");
	SCOPED(char_freep)
	char *key = form ? xasprintf("%s#%s", id, form) : xstrdup(id);
	struct bytes pattern = { 0 };

	walk->outputs = 0;
	add_pattern(walk, value, &pattern);
	if (pattern.length) {
		SCOPED(char_freep) char *text = bytes_take_text(&pattern);

		walk->visit(
		    walk->to,
		    &(struct form_string){
			.key = key,
			.pattern = text,
			.staff = xmlHashLookup(walk->staff,
					       (const xmlChar *)id) != NULL,
		    });
	}
	bytes_done(&pattern);
}

static void visit_text(struct walk *walk, xmlNode *text)
{
	const char *id = xml_attribute(text, "id");

	if (!id)
		return;
	for_each_element(value, text)
	{
		if (strcmp((const char *)value->name, "value") == 0 &&
		    !is_media(xml_attribute(value, "form")))
			visit_value(walk, id, value);
	}
}

static bool is_staff(const struct control *control)
{
	const char *words = xml_attribute(control->element, "appearance");

	return words && word_in(words, "staff");
}

static void note_staff(struct walk *walk, const char *id)
{
	if (id)
		(void)!xmlHashUpdateEntry(walk->staff, (const xmlChar *)id,
					  walk, NULL);
}

/* The default language's <translation>; NULL where there is none. */
static xmlNode *default_translation(const struct form *form)
{
	xmlNode *itext = xml_named(form->model->children, "itext");
	size_t left = form->default_translation;

	if (!itext)
		return NULL;
	for_each_element(element, itext)
	{
		if (strcmp((const char *)element->name, "translation") == 0 &&
		    xml_attribute(element, "lang") && left-- == 0)
			return element;
	}
	return NULL;
}

void form_strings(const struct form *form, form_string_visit *visit, void *to)
{
	struct walk walk = { .visit = visit, .to = to };
	xmlNode *translation = default_translation(form);

	if (!translation)
		return;
	walk.staff = xmlHashCreate(64);
	for (const struct control *control = form->controls; control;
	     control = control->next) {
		if (is_staff(control)) {
			note_staff(&walk, control->label.itext);
			note_staff(&walk, control->hint.itext);
		}
	}
	for_each_element(text, translation) visit_text(&walk, text);
	xmlHashFree(walk.staff, NULL);
}

/* --- pictures ------------------------------------------------------------- */

static void visit_images(xmlNode *text, form_image_visit *visit, void *to)
{
	for_each_element(value, text)
	{
		const char *form = xml_attribute(value, "form");

		if (form && !strcmp(form, "image") && value->children &&
		    value->children->content)
			visit(to, (const char *)value->children->content);
	}
}

void form_images(const struct form *form, form_image_visit *visit, void *to)
{
	xmlNode *itext = xml_named(form->model->children, "itext");

	if (!itext)
		return;
	for_each_element(translation, itext)
	{
		for_each_element(text, translation)
		    visit_images(text, visit, to);
	}
}
