#include "filing/outgoing.h"

#include <stdlib.h>
#include <string.h>

#include "filing/inside.h"
#include "form/form.h"
#include "form/run.h"
#include "form/xml.h"

#define REPEATED_LEAST 3 /* bytes: a shorter answer stands in many words */

/* Fields that tell who somebody is. */
static const char *const naming[] = {
	"latin_name",      "latin_name_suggested",
	"own_script_name", "called_by",
	"contact",         "birth_date",
	"birth_given_as",  "birth_earliest",
	"birth_latest",    "earlier_ticket",
};

struct sifting {
	struct filing_content *content;
	bool names, private; /* they go */
	/* Paths without positions, and the answers, of what stays here. */
	char **paths, **values;
	size_t count;
};

static void sifting_done(struct sifting *sifting)
{
	for (size_t i = 0; i < sifting->count; i++) {
		free(sifting->paths[i]);
		char_wipe(sifting->values[i]);
	}
	free(sifting->paths);
	free(sifting->values);
	content_free(sifting->content);
}

void outgoing_done(struct outgoing *outgoing)
{
	bytes_wipe(&outgoing->xml);
	free(outgoing->instance_id);
	*outgoing = (struct outgoing){ 0 };
}

/* --- what stays here ------------------------------------------------------ */

static bool is_naming(const struct sifting *sifting, const struct node *node)
{
	const char *field =
	    form_bind_attribute(sifting->content->form->form, node_path(node),
				"entities", "saveto");

	if (node_kind(node) == NODE_INPUT && node_type(node) == TYPE_STRING)
		return true;
	for (size_t i = 0; field && i < COUNT(naming); i++) {
		if (strcmp(field, naming[i]) == 0)
			return true;
	}
	return false;
}

static bool is_kept(const struct sifting *sifting, const struct node *node)
{
	return (!sifting->private && node_appears(node, "private")) ||
	       (!sifting->names && is_naming(sifting, node));
}

/* Worked out by the form, from private answers too. */
static bool is_worked_out(const struct sifting *sifting,
			  const struct node *node)
{
	return !sifting->private && node_kind(node) == NODE_MODEL_VALUE;
}

static bool repeats(const struct sifting *sifting, const char *value)
{
	for (size_t i = 0; i < sifting->count; i++) {
		if (strlen(sifting->values[i]) >= REPEATED_LEAST &&
		    strstr(value, sifting->values[i]))
			return true;
	}
	return false;
}

static void keep(struct sifting *sifting, const struct node *node,
		 const char *value)
{
	const size_t count = sifting->count + 1;

	sifting->paths =
	    xreallocarray(sifting->paths, count, sizeof *sifting->paths);
	sifting->values =
	    xreallocarray(sifting->values, count, sizeof *sifting->values);
	sifting->paths[sifting->count] = xstrdup(node_path(node));
	sifting->values[sifting->count] = xstrdup(value);
	sifting->count = count;
}

static void sift(struct sifting *sifting, const struct node *node)
{
	if (is_kept(sifting, node))
		keep(sifting, node, node_value(node));
	else if (is_worked_out(sifting, node))
		keep(sifting, node, "");
	for (struct node *child = node_first(node); child;
	     child = node_next(child))
		sift(sifting, child);
}

/* --- the document --------------------------------------------------------- */

static bool stays(const struct sifting *sifting, const char *path,
		  const char *value)
{
	for (size_t i = 0; i < sifting->count; i++) {
		if (strcmp(sifting->paths[i], path) == 0)
			return true;
	}
	return repeats(sifting, value);
}

static bool is_instance_id(const xmlNode *element)
{
	return !strcmp((const char *)element->name, "instanceID");
}

static void empty_element(const struct sifting *sifting, xmlNode *element,
			  const char *above, struct outgoing *out)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%s", above, (const char *)element->name);
	xmlChar *value;

	if (xml_element(element->children)) {
		for_each_element(child, element)
		    empty_element(sifting, child, path, out);
		return;
	}
	value = xmlNodeGetContent(element);
	if (is_instance_id(element)) {
		free(out->instance_id);
		out->instance_id = xstrdup((const char *)value);
	} else if (value[0] && stays(sifting, path, (const char *)value)) {
		xmlNodeSetContent(element, NULL);
		out->left_out++;
	}
	xmlFree(value);
}

static enum fault write_out(const struct sifting *sifting,
			    const struct bytes *submission,
			    struct outgoing *out)
{
	SCOPED(xmlFreeDocp) xmlDoc *doc = NULL;
	xmlChar *text = NULL;
	int length = 0;
	enum fault fault = xml_read("the submission", submission->data,
				    submission->length, &doc);

	if (fault)
		return fault;
	empty_element(sifting, xmlDocGetRootElement(doc), "", out);
	if (!out->instance_id || !out->instance_id[0])
		return FAULT_FORMAT;
	xmlDocDumpMemoryEnc(doc, &text, &length, "UTF-8");
	bytes_add(&out->xml, text, (size_t)length);
	xmlFree(text);
	return FAULT_NONE;
}

enum fault filing_outgoing(struct filing *filing, int64_t visit,
			   const struct record_who *who, int64_t now,
			   enum visit_found *found, struct outgoing *out)
{
	SCOPED(sifting_done)
	struct sifting sifting = {
		.names =
		    settings_flag(filing->settings, "submit", "names", false),
		.private =
		    settings_flag(filing->settings, "submit", "private", false),
	};
	SCOPED(bytes_wipe) struct bytes submission = { 0 };
	enum fault fault =
	    visit_content(filing, visit, who, now, found, &sifting.content);

	if (fault || *found != VISIT_FOUND)
		return fault;
	if ((fault = visit_submission(filing->record, visit, who, now, found,
				      &submission)) ||
	    *found != VISIT_FOUND)
		return fault;
	sift(&sifting, run_root(sifting.content->run));
	if ((fault = write_out(&sifting, &submission, out)))
		outgoing_done(out);
	return fault;
}
