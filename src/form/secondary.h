#pragma once

#include "base/bytes.h"
#include "base/fault.h"
#include "form/model.h"

/* The lists beside the answers: instances of the model but the first. */

/*
 * Finds or loads every secondary instance. A CSV that is not among the
 * attachments is empty, with a warning.
 *
 * FAULT_FORMAT: the last saved answers, or a kind of file not supported.
 */
MUST_CHECK enum fault secondaries_read(struct form *form,
				       const char *attachments);
void secondaries_free(struct form *form);

/* The node above the root of the instance with that id; NULL if none. */
xmlNode *secondary_find(const struct form *form, const char *id);
