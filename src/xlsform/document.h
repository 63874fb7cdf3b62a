#pragma once

#include <libxml/tree.h>
#include <stdbool.h>

#include "xlsform/choices.h"
#include "xlsform/heading.h"
#include "xlsform/reference.h"
#include "xlsform/sheet.h"
#include "xlsform/survey.h"

/*
 * The document that comes of the sheets, and all that its parts are made
 * from: the shared state of the compiler's files.
 */
struct words_language {
	char *name; /* "French (fr)" */
	xmlNode *node;
};

struct document {
	const struct sheets *sheets;
	struct findings *findings;
	struct heading heading;
	struct survey survey;
	struct choices choices;

	xmlDoc *xml;
	xmlNode *html, *model, *body;
	xmlNode *itext; /* NULL while there are no languages */
	struct words_language *languages;
	size_t language_count;
	size_t usual_language; /* where a text without one belongs */
};

/* Makes the frame: html, head, title, model, body; declares namespaces. */
void document_start(struct document *document);
void document_done(struct document *document);

/* Adds an element named "h:head" or "bind" at the end of parent. */
xmlNode *document_element(struct document *document, xmlNode *parent,
			  const char *name);

/*
 * Sets an attribute named "jr:preload" or "ref". False: its prefix is not
 * declared.
 */
bool document_attribute(xmlNode *node, const char *name, const char *value);
/* For names of our own, whose prefixes are. */
void document_set(xmlNode *node, const char *name, const char *value);

/* For cells of that row and column. */
struct reference document_asker(struct document *document,
				const struct item *item, const char *key);

/*
 * Sets name to the cell under key as an expression, unless it is empty or has
 * findings.
 */
void document_expression(struct document *document, xmlNode *node,
			 const char *name, const struct item *item,
			 const char *key);

/* Every column "PREFIX::name" with a cell becomes an attribute. */
void document_attributes(struct document *document, xmlNode *node,
			 const struct item *item, const char *prefix);

/* --- the parts, each a file ------------------------------------------- */

/* words.c: finds the languages, makes itext. */
void words_start(struct document *document);
/* Adds <label> and <hint> of an item to its control. */
void words_add_label(struct document *document, xmlNode *control,
		     const struct item *item);
/* A message's attribute: the text itself, or jr:itext('...'). */
void words_message(struct document *document, xmlNode *bind,
		   const struct item *item, const char *key,
		   const char *attribute);
/* Whether the choices of a list are told through itext. */
bool words_choices_translated(const struct document *document,
			      const struct choice_list *list);
/* The texts of one choice, under id. */
void words_add_choice(struct document *document, const struct sheet_row *row,
		      const char *id);

/* model.c: instances, binds, first values, submission. */
void model_write(struct document *document);
/* Whether a default is worked out when the form starts. */
bool model_default_is_dynamic(const struct document *document,
			      const struct item *item);

/* lists.c: secondary instances. */
void lists_write(struct document *document);

/* body.c: controls. */
void body_write(struct document *document);

/* entity.c: the entities sheet and save_to. */
void entity_write(struct document *document, xmlNode *meta);
void entity_save_to(struct document *document, xmlNode *bind,
		    const struct item *item);
