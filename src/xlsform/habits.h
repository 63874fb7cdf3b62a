#pragma once

#include "xlsform/subject.h"

/*
 * What is sound as an expression and yet never what was meant, as people write
 * it who come from a spreadsheet: a name alone (yes, age) instead of 'yes' or
 * ${age}; = where several answers may be chosen; a constraint that is the same
 * whatever is answered. Adds its findings to the subject's lint.
 */
void habits_check(const struct subject *subject);
