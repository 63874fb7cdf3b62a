#pragma once

#include "base/fault.h"
#include "form/model.h"

/* The fields of a form: its instance, its binds and its controls, joined. */

/*
 * Builds form->root and the indexes over it from the primary instance; adds
 * meta/instanceID where the form has none. Binds and controls must have been
 * found. Expressions are parsed.
 *
 * FAULT_FORMAT: an element twice that is no repeat, a preload or an expression
 * that is refused. FAULT_LIMIT: FORM_NODES_LIMIT,
 * FORM_DEPTH_LIMIT, FORM_REPEAT_LIMIT, RUN_NODES_LIMIT.
 */
MUST_CHECK enum fault fields_read(struct form *form);
void field_free(struct field *field);

/* By path, "/data/grp/a" or "/data/@version"; NULL if there is none. */
struct field *field_find(const struct form *form, const char *path);

/* The child element of that name; prefix may be NULL. NULL if there is none.*/
struct field *field_child(const struct field *parent, const char *prefix,
			  const char *local);

/* The child field that an element below one of parent's belongs to. */
struct field *field_of(const struct field *parent, const xmlNode *element);

/* The expression of an aspect whose value can change; NULL if there is none. */
const struct expression *field_expression(const struct field *field,
					  enum aspect aspect);

/* Whether an element of a repeat is the template of new ones (jr:template). */
bool field_is_template(const xmlNode *element);

/* The innermost repeat around field, itself included; NULL if none. */
struct field *field_repeat(struct field *field);

/* Whether field is ancestor or lies below it. */
bool field_within(const struct field *field, const struct field *ancestor);

/* Whether its control, or any group around that, appears `private`. */
bool field_in_private(const struct field *field);
