#pragma once

#include "desk/desk.h"

/*
 * Who looked at what and changed what, by pages, the newest first; by person,
 * by who did it, by day and by kind of thing. It stands as it was read: looking
 * is written down itself, and does not begin anew with every change.
 */
extern const struct view desk_audit_screen; /* about: nothing */
