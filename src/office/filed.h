#pragma once

#include "base/fault.h"
#include "filing/filing.h"
#include "text/catalogue.h"

/*
 * What became of a ticket or a paper, as a line of JSON on standard output:
 * `foyer record file`, `foyer visit type`. language is "en" or "fr"; message is
 * what staff are told.
 */
void filed_print(const struct filing_ticket *ticket, const char *language,
		 const char *message);

/* The words of such messages; the caller frees *out. */
MUST_CHECK enum fault filed_words(const char *language, struct catalogue **out);
