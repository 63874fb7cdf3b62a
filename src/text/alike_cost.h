#pragma once

#include <stdbool.h>

/*
 * What a difference between two spellings of a name costs, 100 being a letter
 * that has nothing to do with the other. For text/alike.h.
 */

#define ALIKE_SOUNDS 48 /* letters compared of one word */

/*
 * A Latin reading in sounds, a char each: vowels and consonants of a to z,
 * capitals where two letters make one sound ("sh" is S); doubled ones once.
 * x_is_h: as Somali has it; else "ks". Returns how many.
 */
int alike_sounds(const char *reading, bool x_is_h, char out[ALIKE_SOUNDS]);

/* One sound instead of another. */
int alike_swap(char a, char b);

/*
 * A sound more in one of the two; before is the one ahead of it (0 where it is
 * the first), last whether it ends the word, bare whether the other word
 * leaves short vowels out.
 */
int alike_extra(char sound, char before, bool last, bool bare);

/* The same two for folded letters of the Arabic script, code points. */
int alike_letter_swap(int a, int b);
int alike_letter_extra(int letter, int before, bool last);
