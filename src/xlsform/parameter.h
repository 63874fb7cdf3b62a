#pragma once

#include "xlsform/document.h"

/* The parameters column: "start=1 end=10, step=2". */

/* The value of one; NULL if it is not there. The caller frees it. */
char *parameter_of(const struct document *document, const struct item *item,
		   const char *name);

/*
 * Sets, on the question's bind or on its control, the attributes that its
 * parameters become: capture-accuracy of a geopoint is accuracyThreshold. What
 * a parameter does not take is left out.
 */
enum parameter_place {
	PARAMETER_ON_BIND,
	PARAMETER_ON_CONTROL,
};
void parameter_set(struct document *document, xmlNode *node,
		   const struct item *item, enum parameter_place place);

/* Warns of what is left out: the question's type has no such parameter, or it
 * does not take the value. */
void parameter_check(const struct document *document, const struct item *item);
