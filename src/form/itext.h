#pragma once

#include "base/fault.h"
#include "form/model.h"

/* The form's own translations. */

/*
 * Reads model/itext. The default language is the one marked so, else the
 * first. FAULT_FORMAT, FAULT_LIMIT: an output's expression is refused.
 */
MUST_CHECK enum fault itext_read(struct form *form);
void itext_free(struct form *form);

/* The <text> of an id in a language by number; NULL if there is none. */
xmlNode *itext_find(const struct form *form, size_t language, const char *id);

/* The tag in a language's brackets, or the whole where none; for the caller. */
char *itext_tag(const char *language);

/*
 * The number of a language by the form's own name of it, its tag, or the
 * tag's primary subtag; the count of languages where the form has it not.
 */
size_t itext_language(const struct form *form, const char *name);
