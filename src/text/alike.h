#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * How far two names agree word by word, whatever script and order they are
 * written in: "Xasan Cabdi" and "Abdi Hassan", "محمد علی" and "Ali, Mohamed".
 * What differs in how names are carried from script to script (short vowels
 * that Arabic leaves out, o for u, kh for h, doubled letters) costs little; a
 * consonant of another kind or a vowel that makes another name of it (Karim,
 * Karima) costs much. The costs are own work; they were tried on the labelled
 * pairs of tests/data/match.
 */

/*
 * A name made ready to be compared; it may be kept beside the name, as it is
 * text: the words in their order, one blank between, each in folded letters
 * and, where these are not Latin, how it is read: "محمد=mohammad". "*" before
 * a reading says that its short vowels are not written: "*fwakhrjy". Articles
 * and the like ("al", "bin") are left out. The caller frees it; "" for a name
 * without letters.
 */
char *alike_form(const char *name);

#define ALIKE_WORDS 12 /* compared of one name; more are not looked at */

#define ALIKE_BYTES 128 /* of a word that are compared, with a zero */

struct alike_word {
	char letters[ALIKE_BYTES]; /* folded */
	char reading[ALIKE_BYTES]; /* Latin, else the letters again */
	bool bare;                 /* the reading lacks short vowels */
};

/* How near two words are: 1000 the same letter by letter; 0, too, where they
 * are farther than ALIKE_ENOUGH. */
int alike_words(const struct alike_word *a, const struct alike_word *b);

/* The words of a form, ALIKE_WORDS of them at most; how many. */
int alike_split(const char *form, struct alike_word out[ALIKE_WORDS]);

/*
 * What a word is looked for by where its spelling drifts: the consonants of
 * its reading by classes, see fold_sound(). The caller frees it.
 */
char *alike_sound(const struct alike_word *word);

struct alike {
	int words_a, words_b; /* how many each name has */
	int matched;          /* of the shorter name's words */
	int left_a, left_b;   /* words without a fellow */
	int nearness;       /* of the matched ones: 1000 is letter by letter */
	bool same_letters;  /* every matched word is the same when folded */
	bool across;        /* some were compared across scripts */
	bool same_order;    /* the matched ones come in one order */
	bool first_matched; /* both begin with the same word */
};

/* Compares two forms. */
struct alike alike_compare(const char *a, const char *b);

/* From which nearness on two words count as one. */
#define ALIKE_ENOUGH 805
