#pragma once

#include "base/fault.h"
#include "form/node.h"

/* Evaluates all that is wanted, lowest rank first, then the setvalues that
 * became due, until nothing is left. Returns run->fault. */
MUST_CHECK enum fault settle(struct run *run);

/* Frees what settling needs, removed nodes included. */
void settle_free(struct run *run);
