#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Chinese characters by how Mandarin is spelt in Latin letters, without tones,
 * ü as v. The tables are made at build time from the data of Rime that Debian
 * packages (ui/pinyin.sh), and are part of the program.
 */
#define PINYIN_BYTES 5 /* of a character, with its end */

/*
 * The characters for what begins spelling: for its longest syllable, or, where
 * all of it begins syllables, for those in turn. Skips some, gives at most most
 * in out, and their number in *count, the most used first. Returns how many
 * bytes of spelling they stand for; 0: nothing is spelt so.
 */
size_t pinyin_offer(const char *spelling, bool traditional, int skip, int most,
		    char out[][PINYIN_BYTES], int *count);
