#include "form/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "form/action.h"
#include "form/bind.h"
#include "form/control.h"
#include "form/expression.h"
#include "form/field.h"
#include "form/graph.h"
#include "form/itemset.h"
#include "form/itext.h"
#include "form/secondary.h"
#include "form/xml.h"

static int by_name(const void *a, const void *b)
{
	const struct attachment *one = a, *other = b;

	return strcmp(one->name, other->name);
}

static void take_digest(struct form *form, struct bytes *text)
{
	if (form->attachment_count)
		qsort(form->attachments, form->attachment_count,
		      sizeof *form->attachments, by_name);
	for (size_t i = 0; i < form->attachment_count; i++) {
		const struct attachment *attachment = &form->attachments[i];

		bytes_add(text, attachment->name, strlen(attachment->name) + 1);
		bytes_add(text, attachment->digest, sizeof attachment->digest);
	}
	digest_sha256(text->data, text->length, form->digest);
}

static enum fault check_entities(const struct form *form)
{
	static const char *const known[] = { "2022.1", "2023.1", "2024.1",
					     "2025.1" };
	const char *version =
	    xml_attribute_of(form->model, NS_ENTITIES, "entities-version");

	if (!version)
		return FAULT_NONE;
	for (size_t i = 0; i < COUNT(known); i++) {
		size_t length = strlen(known[i]);

		if (strncmp(version, known[i], length) == 0 &&
		    (!version[length] || version[length] == '.'))
			return FAULT_NONE;
	}
	return form_complain(form, "entities version %s is not known", version);
}

static xmlNode *with_id(xmlNode *instance)
{
	for_each_element(child, instance)
	{
		if (xml_attribute(child, "id"))
			return child;
	}
	return NULL;
}

static enum fault find_parts(struct form *form)
{
	xmlNode *html = xmlDocGetRootElement(form->doc);

	if (!html || !xml_is(html, NS_XHTML, "html"))
		return form_complain(form, "is not an XForm: its root is not "
					   "<h:html>");
	xmlNode *head = xml_named(html->children, "head");
	form->model = head ? xml_named(head->children, "model") : NULL;
	form->body = xml_named(html->children, "body");
	xmlNode *instance =
	    form->model ? xml_named(form->model->children, "instance") : NULL;
	form->primary = instance ? with_id(instance) : NULL;
	if (!form->primary)
		return form_complain(form, "has no instance with an id");

	xmlNode *title = xml_named(head->children, "title");
	const char *version = xml_attribute(form->primary, "version");
	if (!version)
		version =
		    xml_attribute_of(form->primary, NS_OPENROSA, "version");
	form->title = title ? xml_text(title) : xstrdup("");
	form->id = xstrdup(xml_attribute(form->primary, "id"));
	form->version = xstrdup(version ? version : "");
	return check_entities(form);
}

static void warn_of_strays(const struct form *form)
{
	for (const struct control *c = form->controls; c; c = c->next) {
		if (!field_find(form, c->path))
			log_warning("%s: a control for %s, which is not in "
				    "the instance",
				    form->name, c->path);
	}
}

static bool is_spoken(const struct field *field)
{
	for (int aspect = 0; aspect < ASPECTS; aspect++) {
		const struct expression *expression =
		    field_expression(field, aspect);

		if (expression && expression->of_words)
			return true;
	}
	return false;
}

static void find_spoken(struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++) {
		if (!is_spoken(form->fields[i]))
			continue;
		form->spoken =
		    xreallocarray(form->spoken, form->spoken_count + 1,
				  sizeof(struct field *));
		form->spoken[form->spoken_count++] = form->fields[i];
	}
}

static enum fault read_parts(struct form *form, const char *attachments)
{
	enum fault fault = find_parts(form);

	if (!fault)
		fault = itext_read(form);
	if (!fault)
		fault = secondaries_read(form, attachments);
	if (!fault)
		fault = binds_find(form);
	if (!fault)
		fault = controls_read(form);
	if (!fault) {
		form->sets_attributes = actions_on_attributes(form);
		fault = fields_read(form);
	}
	if (!fault)
		fault = actions_read(form);
	return fault ? fault : graph_build(form);
}

enum fault form_parse(const char *name, const void *xml, size_t length,
		      const char *attachments, struct form **out)
{
	SCOPED(form_freep) struct form *form = xcalloc(1, sizeof *form);
	struct bytes text = { 0 };

	form->name = xstrdup(name);
	enum fault fault = xml_read(name, xml, length, &form->doc);
	if (!fault)
		fault = xml_canonical(name, form->doc, &text);
	if (!fault)
		fault = read_parts(form, attachments);
	if (!fault) {
		warn_of_strays(form);
		find_spoken(form);
		take_digest(form, &text);
		*out = form;
		form = NULL;
	}
	bytes_done(&text);
	return fault;
}

enum fault form_read(const char *path, const char *attachments,
		     struct form **out)
{
	struct bytes bytes = { 0 };
	enum fault fault = file_read(path, FORM_BYTES_LIMIT, &bytes);

	if (!fault)
		fault = form_parse(path, bytes.data ? (char *)bytes.data : "",
				   bytes.length, attachments, out);
	bytes_done(&bytes);
	return fault;
}

static void free_lists(struct form *form)
{
	while (form->controls) {
		struct control *control = form->controls;

		form->controls = control->next;
		control_free(control);
	}
	while (form->actions) {
		struct action *action = form->actions;

		form->actions = action->next;
		action_free(action);
	}
	for (size_t i = 0; i < form->expression_count; i++)
		expression_free(form->expressions[i]);
	for (size_t i = 0; i < form->field_count; i++)
		field_free(form->fields[i]);
	for (size_t i = 0; i < form->attachment_count; i++)
		free(form->attachments[i].name);
	for (size_t i = 0; i < form->doc_count; i++)
		xmlFreeDoc(form->docs[i]);
}

void form_free(struct form *form)
{
	if (!form)
		return;
	free_lists(form);
	lists_free(form);
	itext_free(form);
	secondaries_free(form);
	xmlHashFree(form->field_by_path, NULL);
	xmlHashFree(form->bind_by_path, NULL);
	xmlHashFree(form->control_by_path, NULL);
	xmlFreeDoc(form->doc);
	free(form->spoken);
	free(form->expressions);
	free(form->fields);
	free(form->attachments);
	free(form->docs);
	free(form->title);
	free(form->id);
	free(form->version);
	free(form->name);
	free(form);
}

const char *form_title(const struct form *form)
{
	return form->title;
}

const char *form_id(const struct form *form)
{
	return form->id;
}

const char *form_version(const struct form *form)
{
	return form->version;
}

void form_digest(const struct form *form, uint8_t digest[32])
{
	memcpy(digest, form->digest, sizeof form->digest);
}

size_t form_language_count(const struct form *form)
{
	return form->translation_count;
}

const char *form_language(const struct form *form, size_t index)
{
	return form->translations[index].name;
}

size_t form_default_language(const struct form *form)
{
	return form->default_translation;
}

char *form_language_tag(const char *language)
{
	return itext_tag(language);
}

static const struct itemset *choices_of(const struct form *form,
					const char *path)
{
	const struct field *field = field_find(form, path);

	return field && field->control ? field->control->itemset : NULL;
}

int form_choice_count(const struct form *form, const char *path)
{
	const struct itemset *itemset = choices_of(form, path);

	return itemset ? (int)itemset->list->count : -1;
}

const char *form_choice_value(const struct form *form, const char *path,
			      int index)
{
	const struct itemset *itemset = choices_of(form, path);

	return itemset && index >= 0 && (size_t)index < itemset->list->count
		   ? itemset->list->choices[index].value
		   : NULL;
}

static const char *namespace_of(const char *prefix)
{
	static const struct {
		const char *prefix, *ns;
	} usual[] = {
		{ "foyer", NS_FOYER },  { "entities", NS_ENTITIES },
		{ "jr", NS_JAVAROSA },  { "odk", NS_ODK },
		{ "orx", NS_OPENROSA },
	};

	for (size_t i = 0; i < COUNT(usual); i++) {
		if (strcmp(usual[i].prefix, prefix) == 0)
			return usual[i].ns;
	}
	return NULL;
}

const char *form_bind_attribute(const struct form *form, const char *path,
				const char *prefix, const char *name)
{
	const struct field *field = field_find(form, path);

	if (!field || !field->bind)
		return NULL;
	return prefix
		   ? xml_attribute_of(field->bind, namespace_of(prefix), name)
		   : xml_attribute(field->bind, name);
}
