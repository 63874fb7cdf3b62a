#pragma once

#include <libxml/tree.h>

#include "base/findings.h"
#include "xlsform/choices.h"
#include "xlsform/survey.h"

/*
 * Looks an XForms document over for what works and is probably not meant:
 *
 *   - a question compared with < or > that may be empty (empty is no number);
 *   - a calculation on a question that a person answers;
 *   - if(), boolean() and not() of a bare path: it is true whenever the node
 *     exists, as a question or a calculation around it always does;
 *   - regex() without ^ and $, which engines read differently;
 *   - an absolute path to a neighbour in the same repeat (an error: it means
 *     the first instance);
 *   - texts that one language has and another has not;
 *   - what is never asked or never offered, see xlsform/reach.h.
 *
 * Findings point to the sheets' rows where survey and choices are not NULL,
 * else to file.
 */
void lint_document(xmlDoc *xml, const char *file, const struct survey *survey,
		   const struct choices *choices, struct findings *findings);
