#pragma once

#include "xlsform/document.h"

/* The parameters column: "start=1 end=10, step=2". */

/* The value of one; NULL if it is not there. The caller frees it. */
char *parameter_of(const struct document *document, const struct item *item,
		   const char *name);

/* Warns of what the question's type has no such parameter for. */
void parameter_check(const struct document *document, const struct item *item);
