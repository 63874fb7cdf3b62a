#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Names made comparable, for looking a person up before a new one is made. The
 * folded forms are keys, never shown: words in lower case, sorted, one blank
 * between them, so that word order and case do not matter. An equal key is a
 * candidate with its reason, not a proof.
 */

/*
 * Within one script: marks, hamza, ta marbuta, letter variants of Arabic,
 * Persian, Urdu and Pashto, Cyrillic and Ethiopic are folded to one letter.
 * "Fātima", "FATIMA" fold alike; so do "فاطمة" and "فاطمه". The caller frees
 * it; "" for a text without letters or digits.
 */
char *fold_name(const char *name);

/* The same with its words in the order they have: what is typed is looked for
 * in it. The caller frees it. */
char *fold_words(const char *text);

/*
 * Across scripts: each word transliterated to Latin and reduced to classes of
 * consonants, so that "محمد", "Mohamed", "Muhammad" and "Мухаммад" are one.
 * Coarser than fold_name(): expect strangers among the candidates. The caller
 * frees it.
 */
char *fold_sound(const char *name);

/*
 * Of what folds here: another number where the same name may fold to something
 * else, by another version of ICU or of these tables. What was kept folded
 * under another one is to be folded anew.
 */
int64_t fold_mark(void);

/* How many words two results of the same function above share. */
size_t fold_shared(const char *a, const char *b);

/*
 * A name spelt with Latin letters as a library would, a suggestion to staff
 * where only the own-script name is known. The caller frees it.
 */
char *fold_latin(const char *name);
