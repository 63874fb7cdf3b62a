#pragma once

#include "form/model.h"

/*
 * Visits the expressions of the outputs in choice labels: what an expression
 * reads that asks for the name of a choice. Which text is whose is known only
 * once rows are looked at, so every text counts that no question names.
 */
typedef void output_visit(void *to, const struct expression *expression);
void outputs_of_choices(const struct form *form, output_visit *visit, void *to);
