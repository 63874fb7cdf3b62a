#pragma once

#include "desk/view.h"
#include "filing/typed.h"

/*
 * A paper form put to whoever types it in, by the kiosk's own question screens
 * (ask/interview.h). What is typed is saved after each answer; leaving asks
 * what becomes of it.
 */
extern const struct view desk_typing_screen; /* about: struct typed *, which is
					      * the screen's from then on */
