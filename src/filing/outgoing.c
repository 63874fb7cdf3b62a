#include "filing/outgoing.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "filing/inside.h"
#include "form/form.h"
#include "form/place.h"
#include "form/run.h"
#include "form/trace.h"
#include "form/xml.h"

#define REPEATED_LEAST 3 /* bytes: a shorter answer stands in many words */

/* Fields that tell who somebody is, in words of their own. */
static const char *const calling[] = {
	"latin_name", "latin_name_suggested", "own_script_name", "called_by",
	"contact",
};

/* And otherwise. */
static const char *const naming[] = {
	"birth_date",   "birth_given_as", "birth_earliest",
	"birth_latest", "earlier_ticket",
};

/* A place of the form of which not all goes out. */
struct sifted {
	const char *path; /* the form's */
	enum form_tells tells;
	bool coded; /* a choice's code repeats nobody's words */
};

struct sifting {
	struct filing_content *content;
	bool names, private; /* they go */
	struct form_trace *trace;
	struct sifted *places;
	size_t place_count;
	char **words; /* of what stays here, as a person wrote it */
	size_t word_count;
};

static void sifting_done(struct sifting *sifting)
{
	for (size_t i = 0; i < sifting->word_count; i++)
		char_wipe(sifting->words[i]);
	free(sifting->words);
	free(sifting->places);
	form_trace_free(sifting->trace);
	content_free(sifting->content);
}

void outgoing_done(struct outgoing *outgoing)
{
	bytes_wipe(&outgoing->xml);
	free(outgoing->instance_id);
	*outgoing = (struct outgoing){ 0 };
}

/* --- what stays here ------------------------------------------------------ */

static bool is_saved_as(const struct sifting *sifting, const char *path,
			const char *const *fields, size_t count)
{
	const char *field = form_bind_attribute(sifting->content->form->form,
						path, "entities", "saveto");

	for (size_t i = 0; field && i < count; i++) {
		if (strcmp(field, fields[i]) == 0)
			return true;
	}
	return false;
}

/* What a person wrote, names and contacts. */
static bool is_words(const struct sifting *sifting, const char *path,
		     enum node_kind kind, enum node_type type)
{
	return (kind == NODE_INPUT && type == TYPE_STRING) ||
	       is_saved_as(sifting, path, calling, COUNT(calling));
}

static bool is_kept(const struct sifting *sifting,
		    const struct form_place *place)
{
	return (!sifting->private && place->private) ||
	       (!sifting->names &&
		(is_words(sifting, place->path, place->kind, place->type) ||
		 is_saved_as(sifting, place->path, naming, COUNT(naming))));
}

/* Of what is private, how many there are is, too. */
static void trace_place(void *to, const struct form_place *place)
{
	const struct sifting *sifting = to;

	if (is_kept(sifting, place))
		form_trace_from(sifting->trace, place->path,
				place->kind == NODE_REPEAT ? TELLS_BY_PRESENCE
							   : TELLS_BY_VALUE);
}

/* Besides what is traced: a note is there for what it depends on, and what the
 * form works out is its own affair. */
static enum form_tells tells(const struct sifting *sifting,
			     const struct form_place *place)
{
	if (!sifting->private && place->kind == NODE_NOTE)
		return TELLS_BY_PRESENCE;
	if (!sifting->private && place->kind == NODE_MODEL_VALUE &&
	    form_trace_of(sifting->trace, place->path) == TELLS_NOTHING)
		return TELLS_BY_VALUE;
	return form_trace_of(sifting->trace, place->path);
}

static void sift_place(void *to, const struct form_place *place)
{
	struct sifting *sifting = to;

	sifting->places = xreallocarray(
	    sifting->places, sifting->place_count + 1, sizeof *sifting->places);
	sifting->places[sifting->place_count++] = (struct sifted){
		.path = place->path,
		.tells = tells(sifting, place),
		.coded = place->kind == NODE_SELECT,
	};
}

static void keep_words(struct sifting *sifting, const struct node *node)
{
	const char *value = node_value(node);
	const bool stays =
	    !sifting->names || (!sifting->private && node_is_private(node));

	if (stays && strlen(value) >= REPEATED_LEAST &&
	    is_words(sifting, node_path(node), node_kind(node),
		     node_type(node))) {
		sifting->words =
		    xreallocarray(sifting->words, sifting->word_count + 1,
				  sizeof *sifting->words);
		sifting->words[sifting->word_count++] = xstrdup(value);
	}
	for (struct node *child = node_first(node); child;
	     child = node_next(child))
		keep_words(sifting, child);
}

static void sift(struct sifting *sifting)
{
	const struct form *form = sifting->content->form->form;

	sifting->trace = form_trace_new(form);
	form_each_place(form, trace_place, sifting);
	form_each_place(form, sift_place, sifting);
	keep_words(sifting, run_root(sifting->content->run));
}

/* --- the document --------------------------------------------------------- */

/* Letters that are not ASCII end a word as well: not all scripts part them. */
static bool is_whole(const char *text, const char *at, size_t length)
{
	return (at == text || !isalnum((unsigned char)at[-1])) &&
	       !isalnum((unsigned char)at[length]);
}

static bool repeats(const struct sifting *sifting, const char *value)
{
	for (size_t i = 0; i < sifting->word_count; i++) {
		const char *word = sifting->words[i], *at = value;

		for (; (at = strstr(at, word)); at++) {
			if (is_whole(value, at, strlen(word)))
				return true;
		}
	}
	return false;
}

static const struct sifted *find_place(const struct sifting *sifting,
				       const char *path)
{
	for (size_t i = 0; i < sifting->place_count; i++) {
		if (strcmp(sifting->places[i].path, path) == 0)
			return &sifting->places[i];
	}
	return NULL;
}

static bool stays(const struct sifting *sifting, const struct sifted *place,
		  const char *value)
{
	if (place && place->tells != TELLS_NOTHING)
		return true;
	return !(place && place->coded) && repeats(sifting, value);
}

static void sift_attributes(const struct sifting *sifting, xmlNode *element,
			    const char *path)
{
	xmlAttr *next;

	for (xmlAttr *a = element->properties; a; a = next) {
		SCOPED(char_freep) char *name = xml_qualified((xmlNode *)a);
		SCOPED(char_freep)
		char *whole = xasprintf("%s/@%s", path, name);

		next = a->next;
		if (form_trace_of(sifting->trace, whole) != TELLS_NOTHING)
			xmlRemoveProp(a);
	}
}

static bool is_instance_id(const xmlNode *element)
{
	return !strcmp((const char *)element->name, "instanceID");
}

static size_t count_answers(xmlNode *element)
{
	xmlChar *value;
	size_t count = 0;

	if (xml_element(element->children)) {
		for_each_element(child, element) count += count_answers(child);
		return count;
	}
	value = xmlNodeGetContent(element);
	count = value[0] != 0;
	xmlFree(value);
	return count;
}

static void sift_leaf(const struct sifting *sifting, xmlNode *element,
		      const struct sifted *place, struct outgoing *out)
{
	xmlChar *value = xmlNodeGetContent(element);

	if (is_instance_id(element)) {
		free(out->instance_id);
		out->instance_id = xstrdup((const char *)value);
	} else if (value[0] && stays(sifting, place, (const char *)value)) {
		xmlNodeSetContent(element, NULL);
		out->left_out++;
	}
	xmlFree(value);
}

static void sift_element(const struct sifting *sifting, xmlNode *element,
			 const char *above, struct outgoing *out)
{
	SCOPED(char_freep) char *name = xml_qualified(element);
	SCOPED(char_freep) char *path = xasprintf("%s/%s", above, name);
	const struct sifted *place = find_place(sifting, path);
	xmlNode *next;

	if (place && place->tells == TELLS_BY_PRESENCE) {
		out->left_out += count_answers(element);
		xmlUnlinkNode(element);
		xmlFreeNode(element);
		return;
	}
	sift_attributes(sifting, element, path);
	if (!xml_element(element->children)) {
		sift_leaf(sifting, element, place, out);
		return;
	}
	for (xmlNode *child = xml_element(element->children); child;
	     child = next) {
		next = xml_element(child->next);
		sift_element(sifting, child, path, out);
	}
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
	sift_element(sifting, xmlDocGetRootElement(doc), "", out);
	if (!out->instance_id || !out->instance_id[0])
		return FAULT_FORMAT;
	xmlDocDumpMemoryEnc(doc, &text, &length, "UTF-8");
	bytes_add(&out->xml, text, (size_t)length);
	xmlFree(text);
	return FAULT_NONE;
}

enum fault filing_outgoing(struct filing *filing, int64_t visit,
			   const struct record_who *who, int64_t now,
			   enum visit_look look, enum visit_found *found,
			   struct outgoing *out)
{
	SCOPED(sifting_done)
	struct sifting sifting = {
		.names =
		    settings_flag(filing->settings, "submit", "names", false),
		.private =
		    settings_flag(filing->settings, "submit", "private", false),
	};
	SCOPED(bytes_wipe) struct bytes submission = { 0 };
	enum fault fault = visit_content(filing, visit, who, now, look, found,
					 &sifting.content);

	if (fault || *found != VISIT_FOUND)
		return fault;
	if ((fault = visit_submission(filing->record, visit, who, now, look,
				      found, &submission)) ||
	    *found != VISIT_FOUND)
		return fault;
	sift(&sifting);
	if ((fault = write_out(&sifting, &submission, out)))
		outgoing_done(out);
	return fault;
}

enum fault filing_is_of_form(struct filing *filing, int64_t visit,
			     const char *id, bool *is)
{
	struct filed_form *form = NULL;
	struct visit_basis basis;
	enum visit_found found;
	enum fault fault =
	    visit_basis_read(filing->record, visit, &found, &basis);

	*is = false;
	if (fault || found != VISIT_FOUND)
		return fault;
	if ((fault = forms_find(filing->forms, basis.form, &form)))
		return fault;
	*is = form && strcmp(form_id(form->form), id) == 0;
	return FAULT_NONE;
}
