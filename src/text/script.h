#pragma once

#include "base/memory.h"

/*
 * The first word of a message pattern that has letters of a script which the
 * language is not written in; NULL where there is none. A Latin word counts as
 * at home where english has the same one as a name or a code: with a capital
 * that does not begin a sentence. The caller frees it.
 */
char *script_stranger(const char *pattern, const char *english,
		      const char *language);
