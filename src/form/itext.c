#include "form/itext.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "form/words.h"
#include "form/xml.h"

static enum fault read_translation(struct form *form, xmlNode *element,
				   const char *name)
{
	struct translation *translation;

	form->translations =
	    xreallocarray(form->translations, form->translation_count + 1,
			  sizeof *form->translations);
	translation = &form->translations[form->translation_count++];
	*translation = (struct translation){
		.name = xstrdup(name),
		.texts = xmlHashCreate(256),
	};
	for_each_element(text, element)
	{
		const char *id = xml_attribute(text, "id");
		SCOPED(char_freep)
		char *place = xasprintf("%s, text %s", name, id ? id : "?");
		enum fault fault = words_read_outputs(form, text, place);

		if (fault)
			return fault;
		if (id)
			xmlHashUpdateEntry(translation->texts,
					   (const xmlChar *)id, text, NULL);
	}
	return FAULT_NONE;
}

enum fault itext_read(struct form *form)
{
	xmlNode *itext = xml_named(form->model->children, "itext");

	if (!itext)
		return FAULT_NONE;
	for_each_element(element, itext)
	{
		const char *name = xml_attribute(element, "lang");
		const char *is_default = xml_attribute(element, "default");

		if (!name ||
		    strcmp((const char *)element->name, "translation") != 0)
			continue;
		if (is_default && strncmp(is_default, "true", 4) == 0)
			form->default_translation = form->translation_count;
		enum fault fault = read_translation(form, element, name);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

char *itext_tag(const char *language)
{
	const char *open = strrchr(language, '(');
	const char *close = open ? strchr(open, ')') : NULL;

	return close && close > open + 1
		   ? xstrndup(open + 1, (size_t)(close - open - 1))
		   : xstrdup(language);
}

xmlNode *itext_find(const struct form *form, size_t language, const char *id)
{
	return language < form->translation_count
		   ? xmlHashLookup(form->translations[language].texts,
				   (const xmlChar *)id)
		   : NULL;
}

static bool same_primary(const char *one, const char *other)
{
	size_t length = strcspn(one, "-_");

	return length && length == strcspn(other, "-_") &&
	       strncasecmp(one, other, length) == 0;
}

typedef bool match(const char *one, const char *other);

static bool same(const char *one, const char *other)
{
	return strcasecmp(one, other) == 0;
}

static size_t match_tag(const struct form *form, const char *name,
			match *matches)
{
	SCOPED(char_freep) char *wanted = itext_tag(name);

	for (size_t i = 0; i < form->translation_count; i++) {
		SCOPED(char_freep)
		char *tag = itext_tag(form->translations[i].name);
		if (matches(tag, wanted))
			return i;
	}
	return form->translation_count;
}

size_t itext_language(const struct form *form, const char *name)
{
	for (size_t i = 0; i < form->translation_count; i++) {
		if (strcmp(form->translations[i].name, name) == 0)
			return i;
	}
	size_t found = match_tag(form, name, same);
	return found < form->translation_count
		   ? found
		   : match_tag(form, name, same_primary);
}

void itext_free(struct form *form)
{
	for (size_t i = 0; i < form->translation_count; i++) {
		free(form->translations[i].name);
		xmlHashFree(form->translations[i].texts, NULL);
	}
	free(form->translations);
}
