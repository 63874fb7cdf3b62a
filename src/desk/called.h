#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/*
 * A person's name as lists and titles have it: what they are called, their name
 * in its own script beside it, and the number. Where names are not at hand
 * (pseudonymous mode) it is the number alone. The caller frees it.
 */
char *called_person(const struct desk *desk, int64_t person);
