#pragma once

#include <stddef.h>

/*
 * Six words of a list of 7,776: 77 bits. The words are two syllables of a
 * consonant and a vowel ("lamo"), so that they can be read aloud, written down
 * and typed by people of any language, on any Latin keyboard.
 */
#define PASSPHRASE_WORDS 6
#define PASSPHRASE_LIST 7776
#define PASSPHRASE_BYTES 32 /* six words, five blanks, a zero, and room */

/* One word of the list, index below PASSPHRASE_LIST. */
void passphrase_word(unsigned index, char word[5]);

/* A new passphrase; the caller wipes it. */
void passphrase_make(char text[PASSPHRASE_BYTES]);

/* The most a person may type, with its zero. */
#define PASSPHRASE_LIMIT 256

/*
 * Puts a typed passphrase into the shape that is hashed: blanks at the ends
 * and a line end dropped, runs of blanks made one. In place.
 */
void passphrase_tidy(char *text);
