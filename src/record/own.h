#pragma once

#include "record/kind.h"

/*
 * Inside the room: the fields that an agency adds to kinds (kind own_field).
 * A list that was given out stays until the record closes, since entities point
 * into it.
 */
struct own_fields;

/* The kind's fields and the agency's behind them, as they are now. */
MUST_CHECK enum fault own_fields_of(struct record *record,
				    const struct kind *kind,
				    const struct field **fields, size_t *count);
void own_fields_changed(struct record *record); /* by this program */
void own_fields_free(struct own_fields *own);   /* NULL is fine */
