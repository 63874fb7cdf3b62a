#pragma once

#include "base/fault.h"
#include "form/model.h"

/*
 * Finds the model's binds by the path they name; of two for one path the last
 * counts, whole. Those without a nodeset are no one's.
 * FAULT_LIMIT: more than FORM_BINDS_LIMIT.
 */
MUST_CHECK enum fault binds_find(struct form *form);

/*
 * What a field's bind says of it: type, preload, expressions, messages.
 * FAULT_FORMAT, FAULT_LIMIT: an expression is refused.
 */
MUST_CHECK enum fault bind_read(struct form *form, struct field *field);

/* The type of a field as forms write it, without a prefix: "dateTime". */
const char *bind_type_name(const struct field *field);
