#pragma once

#include "form/strings.h"
#include "text/catalogue.h"

/*
 * Whether words still say what a form asks. A catalogue keeps with each of its
 * messages the English that it was made of; a question that was changed in the
 * form since would be asked in its old words by everything but the form
 * itself.
 *
 * Calls visit, which may be NULL, with each string of the form that words have
 * and have from another text; returns how many. What words do not have at all
 * is none of them, nor is anything where the form's default language is not
 * English.
 */
size_t form_stale(const struct form *form, const struct catalogue *words,
		  form_string_visit *visit, void *to);
