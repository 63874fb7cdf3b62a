#pragma once

#include <stdbool.h>

/*
 * A folded word in Latin letters, without its article and as one with the
 * "Abdul-" that it begins with; for the caller to free.
 */
char *sound_word(const char *folded);

/* A folded word of Arabic letters without "al-", also after "abd"; other words
 * as they are; for the caller to free. */
char *sound_without_article(const char *folded);

/* Words around names that come and go: "al", "bin". */
bool sound_is_particle(const char *word);

/* "Abd", which is half of a name. */
bool sound_joins_next(const char *word);

/*
 * The consonants of a Latin word by classes that hold across scripts and
 * countries' spellings; "A" for a beginning that is no consonant, which stays
 * alone where there is none. For the caller to free.
 */
char *sound_of(const char *word);
