#pragma once

#include "desk/desk.h"

/*
 * Who works here: what they may do, whose people they see, and how they sign
 * in. An administrator adds somebody, gives them a passphrase, locks them out
 * and lets them in again.
 */
extern const struct view desk_users_screen; /* about: nothing */

/* Whoever signed in changes their own passphrase. */
void users_change_own(struct desk *desk);
