#pragma once

#include <stdbool.h>

/* Whether word is one of the words of text, which white space parts. */
bool word_in(const char *text, const char *word);
