#pragma once

#include "desk/desk.h"

/* Asks what could be better on the uppermost screen, and keeps it as a
 * suggestion with the screen's name. */
void suggest(struct desk *desk);
