#pragma once

#include "base/fault.h"
#include "form/model.h"

/*
 * Reads every setvalue, of the model and of the controls, into form->actions
 * and the value-changed ones into their source's on_change. Fields must have
 * been read; odk:setgeopoint does nothing here.
 *
 * FAULT_FORMAT: an unknown event, odk-new-repeat in the model, no ref, a
 * target in a repeat that its control is not in, or a refused expression.
 */
MUST_CHECK enum fault actions_read(struct form *form);
void action_free(struct action *action);

/* Whether some setvalue names an attribute; asked before there are fields. */
bool actions_on_attributes(const struct form *form);
