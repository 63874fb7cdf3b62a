#pragma once

#include "base/fault.h"
#include "form/expression.h"
#include "form/node.h"

/* Evaluates at a node. FAULT_*: said and noted in run->fault. */
MUST_CHECK enum fault run_evaluate(struct run *run,
				   const struct expression *expression,
				   xmlNode *at, xmlNode *current,
				   struct xpath_value *out);
/* The same, to text for the caller to free (and wipe); NULL on a fault. */
char *run_evaluate_text(struct run *run, const struct expression *expression,
			xmlNode *at, xmlNode *current);
