#include "form/secondary.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/log.h"
#include "form/csv.h"
#include "form/expression.h"
#include "form/limits.h"
#include "form/xml.h"

static void add(struct form *form, const char *id, xmlNode *above)
{
	struct secondary *secondary = xcalloc(1, sizeof *secondary);

	*secondary = (struct secondary){
		.id = xstrdup(id),
		.above = above,
		.next = form->secondaries,
	};
	form->secondaries = secondary;
}

/* Remembers that a file's bytes belong to the form. */
static void attach(struct form *form, const char *name,
		   const struct bytes *bytes)
{
	struct attachment *attachment;

	form->attachments =
	    xreallocarray(form->attachments, form->attachment_count + 1,
			  sizeof *form->attachments);
	attachment = &form->attachments[form->attachment_count++];
	attachment->name = xstrdup(name);
	digest_sha256(bytes->data, bytes->length, attachment->digest);
}

static const char *file_of(const char *src)
{
	const char *slash = strrchr(src, '/');

	return slash ? slash + 1 : src;
}

static enum fault read_csv(struct form *form, const char *id, const char *src,
			   const char *attachments)
{
	const char *file = file_of(src);
	struct bytes bytes = { 0 };
	xmlDoc *doc = NULL;
	enum fault fault = FAULT_NONE;
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", attachments ? attachments : ".", file);

	if (!attachments || !file_exists(path)) {
		log_warning("%s: the list %s is missing; its choices are empty",
			    form->name, file);
		doc = xmlNewDoc((const xmlChar *)"1.0");
	} else {
		fault = file_read(path, FORM_BYTES_LIMIT, &bytes);
		if (!fault)
			fault = csv_instance(path, &bytes, &doc);
		if (!fault)
			attach(form, file, &bytes);
		bytes_done(&bytes);
	}
	if (fault)
		return fault;
	form->docs =
	    xreallocarray(form->docs, form->doc_count + 1, sizeof(xmlDoc *));
	form->docs[form->doc_count++] = doc;
	add(form, id, (xmlNode *)doc);
	return FAULT_NONE;
}

static enum fault read_external(struct form *form, const char *id,
				const char *src, const char *attachments)
{
	if (strstr(src, "last-saved"))
		return form_complain(form,
				     "instance %s: would show the last "
				     "person's answers; remove last-saved",
				     id);
	if (strncmp(src, "jr://file-csv/", 14) == 0)
		return read_csv(form, id, src, attachments);
	return form_complain(form,
			     "instance %s: only CSV lists can be attached, "
			     "not %s",
			     id, src);
}

enum fault secondaries_read(struct form *form, const char *attachments)
{
	xmlNode *instance = xml_named(form->model->children, "instance");

	while ((instance = xml_named(instance->next, "instance"))) {
		const char *id = xml_attribute(instance, "id");
		const char *src = xml_attribute(instance, "src");
		enum fault fault = FAULT_NONE;

		if (!id)
			return form_complain(form,
					     "line %d: an instance without id",
					     instance->line);
		if (src)
			fault = read_external(form, id, src, attachments);
		else
			add(form, id, instance);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

xmlNode *secondary_find(const struct form *form, const char *id)
{
	for (struct secondary *s = form->secondaries; s; s = s->next) {
		if (strcmp(s->id, id) == 0)
			return s->above;
	}
	return NULL;
}

void secondaries_free(struct form *form)
{
	while (form->secondaries) {
		struct secondary *secondary = form->secondaries;

		form->secondaries = secondary->next;
		free(secondary->id);
		free(secondary);
	}
}
