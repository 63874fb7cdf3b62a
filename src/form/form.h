#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "form/limits.h"

/*
 * A form: an ODK XForms document, parsed, checked and never changed. Its
 * expressions are parsed once, its dependency graph is sorted once; any number
 * of runs (form/run.h) may share it. It is plain data about questions and
 * holds nothing of any visitor.
 */
struct form;

/*
 * Parses the document. name is used in messages (a path). attachments is the
 * folder for jr://file-csv and the like, or NULL. The caller frees *out.
 *
 * FAULT_FORMAT: not XForms, a DOCTYPE, a cycle (its nodes are named), an
 * unknown function, event or entities version, or anything the kiosk profile
 * refuses: the log names the node and the expression. FAULT_LIMIT: a cap.
 */
MUST_CHECK enum fault form_parse(const char *name, const void *xml,
				 size_t length, const char *attachments,
				 struct form **out);

/* The same from a file. FAULT_SYSTEM: it cannot be read. */
MUST_CHECK enum fault form_read(const char *path, const char *attachments,
				struct form **out);
void form_free(struct form *form); /* NULL is fine */
DEFINE_SCOPED(struct form, form_free)

const char *form_title(const struct form *form);
const char *form_id(const struct form *form);
const char *form_version(const struct form *form); /* "" if none */

/*
 * The form reference of a ticket: SHA-256 over the document's Canonical XML
 * 1.1 without comments, then each attachment (name, 0, SHA-256 of its bytes)
 * sorted by name. The first 8 bytes travel.
 */
void form_digest(const struct form *form, uint8_t digest[32]);

/* Its itext languages in document order, as written: "French (fr)". */
size_t form_language_count(const struct form *form);
const char *form_language(const struct form *form, size_t index);
size_t form_default_language(const struct form *form);

/* The BCP 47 tag in a language's brackets, or the whole where none. */
char *form_language_tag(const char *language); /* the caller frees it */

/*
 * The full, unfiltered choice list of a select (what a ticket's index counts),
 * by the question's path without positions. -1 / NULL where there is none.
 */
int form_choice_count(const struct form *form, const char *path);
const char *form_choice_value(const struct form *form, const char *path,
			      int index);

/* An attribute of a bind in any namespace ("foyer:bytes", "entities:saveto"),
 * by the node's path without positions; NULL if none. */
const char *form_bind_attribute(const struct form *form, const char *path,
				const char *prefix, const char *name);
