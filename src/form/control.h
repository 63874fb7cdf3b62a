#pragma once

#include "base/fault.h"
#include "form/model.h"

/*
 * Reads the body: a control for each question, group and repeat that names a
 * field, found by path in form->control_by_path. Of several for one path the
 * first serves.
 *
 * FAULT_FORMAT: a control without ref, search() or a query= of choices from
 * elsewhere. FAULT_LIMIT: nested too deep.
 */
MUST_CHECK enum fault controls_read(struct form *form);
void control_free(struct control *control);

/* Reads a control's labels and choices, once instances are known. */
MUST_CHECK enum fault control_read_words(struct form *form,
					 struct control *control);
