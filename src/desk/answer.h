#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/* What an answer of the record other than done means, in the message line. */
void answer_say(struct desk *desk, enum entity_answer answer);
