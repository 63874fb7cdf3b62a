#pragma once

#include "base/fault.h"
#include "form/model.h"

/* Words as the form writes them, read once; spoken by say.h. */

/*
 * Reads what a <label>, <hint> or the like holds: its ref or what is inside.
 * place says where it is.
 * FAULT_FORMAT, FAULT_LIMIT: an expression in it is refused.
 */
MUST_CHECK enum fault words_read(struct form *form, xmlNode *element,
				 const char *place, struct words *out);

/* The same of an attribute such as jr:requiredMsg: literal or jr:itext(). */
MUST_CHECK enum fault words_read_text(struct form *form, const char *text,
				      const char *place, struct words *out);
void words_done(struct words *words);
bool words_any(const struct words *words);

/*
 * Parses the outputs below element; each leaves its expression in the element's
 * _private.
 */
MUST_CHECK enum fault words_read_outputs(struct form *form, xmlNode *element,
					 const char *place);
