#pragma once

/*
 * A name in its own letters, as passports usually spell it with A to Z: a
 * suggestion for the person to confirm or mend, never a fact. The caller frees
 * it. "" where nothing good can be suggested.
 *
 * language is the BCP 47 tag of the person's language; a script has a language
 * of its own where that one does not use it. Letters A to Z, a hyphen where
 * the name has one, one blank between words, a capital at each word's
 * beginning.
 *
 * Where the spellings come from:
 *   Ukrainian  resolution 55 of the Cabinet of Ministers, 27 January 2010
 *   Cyrillic   ICAO Doc 9303 part 3, section 6 (transliteration of Cyrillic),
 *              which Russian passports follow
 *   Chinese    GB/T 28039-2011 (surname first, given name as one word), ü as
 *              YU as passports of the People's Republic have it; ICU's
 *              Han-Latin with own readings of surnames
 *   Korean     Revised Romanization of 2000, syllable by syllable as it asks
 *              for names, and the customary surnames
 *   Arabic     Arabic, Persian, Dari, Pashto, Urdu and Sorani do not write
 *              their short vowels: lists of names in usual spelling, and for
 *              others a guess that can be pronounced
 *   Ethiopic   the syllabary as Ethiopian and Eritrean passports write it
 *   Indic      the letters' usual values without diacritics, the unwritten
 *              vowel left out where Hindi, Punjabi, Gujarati, Nepali and
 *              Bengali do not speak it
 *   Burmese    a list of the syllables that names are made of; one that is
 *              not in it gives no suggestion
 *   others     Greek, Georgian, Armenian, Japanese kana and Latin letters with
 *              diacritics: ICU
 *
 * The lists are own work from common knowledge of usual spellings. No
 * suggestion: Cantonese (zh-Hant; the spellings of Hong Kong and Macau follow
 * no published table), Han letters in Korean or Japanese, Hebrew, Syriac,
 * Karen, Hanifi Rohingya, Thai, Lao and Khmer.
 */
char *romanize_name(const char *name, const char *language);
