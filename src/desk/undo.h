#pragma once

#include "desk/desk.h"

/* Takes back the last change of whoever sits here, whole, and says what it
 * was; or says that there is none. */
void undo_last(struct desk *desk);
