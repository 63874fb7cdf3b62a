#pragma once

#include <stdbool.h>
#include <unicode/utypes.h>

#include "base/bytes.h"

/*
 * Letters that one name is spelt with on one document and not on the next.
 * Takes a letter of NFD text in folded case; what it counts as is added to
 * out, nothing where it does not count (a mark, a hamza, an apostrophe).
 */
void fold_letter(UChar32 point, struct bytes *out);

/* Whether a code point belongs to a word; others stand between words. */
bool fold_is_in_word(UChar32 point);

/*
 * A word of folded letters in Latin ones, a to z and digits; of Han, a
 * syllable a word with blanks between. The caller frees it.
 */
char *fold_romanised(const char *word);
