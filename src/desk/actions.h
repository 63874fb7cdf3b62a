#pragma once

#include <stddef.h>

#include "desk/action.h"

/* What can be done at a reception desk, in the order of its keys line. */
extern const struct action desk_actions[];
extern const size_t desk_action_count;
extern const size_t desk_line_count; /* the first, which the keys line has */
