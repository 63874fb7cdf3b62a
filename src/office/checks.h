#pragma once

#include "text/language.h"

/*
 * What only a reader of a language can see: in every language, and by how its
 * script is written. Lists of English sentences that end with NULL.
 */
extern const char *const checks_always[];
const char *const *checks_of_script(const struct language *language);
