#pragma once

#include <jansson.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/record.h"

/* What goes on to the agency's own case system; verbs of record and visit. */
int handover_csv(int argc, char **argv);   /* foyer record handover-csv */
int handover_visit(int argc, char **argv); /* foyer visit hand-over */

/* Where a visit was handed: [{"system": "OCMS", "as": "A-17"}]. The caller has
 * a new reference in *out. */
MUST_CHECK enum fault handover_lines(struct record *record, int64_t visit,
				     json_t **out);
