#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The digits that a language writes numbers with, by CLDR: each locale's
 * default numbering system, as ICU has it. Most are Western; Arabic, Farsi,
 * Dari, Pashto, Sorani, Nepali, Bengali and Burmese have their own, while Hindi
 * and Urdu, say, are written with Western ones. PO files, tickets and what is
 * typed stay Western; only what is shown is put into other digits, and never
 * what a person must find again as it stands: a code or a telephone number.
 */
struct digits {
	char system[16]; /* CLDR's name: "latn", "arab", "deva" */
	bool native;     /* other than Western */
	char digit[10][5];
};

struct digits digits_of(const char *language); /* BCP 47 */

/*
 * A text, or a message pattern (text/catalogue.h), with its Western digits in
 * the language's own. What stands in a pattern's syntax is left alone; so is a
 * run of three digits and more, or one that is joined to a Latin letter or by
 * a sign to more of its kind (K7-0412, 211, 9-1-1, +1). The caller frees it.
 */
char *digits_shown(const struct digits *digits, const char *text);
char *digits_in_pattern(const struct digits *digits, const char *pattern);

/* What a digit of any script is worth, for people type their own: 0 to 9; -1
 * for what is none. */
int digits_value(uint32_t character);

/* A number in the language's digits, for the caller to free. */
char *digits_number(const struct digits *digits, double number);

/* A number as it is kept ("1234567.5"), in the language's digits, parted by
 * thousands as the language does; what is no number stays as it is. The caller
 * frees it. */
char *digits_grouped(const char *language, const char *number);

/* The same in the language's digits and with its point, not parted. */
char *digits_written(const char *language, const char *number);

/* What stands between the whole and the rest of a number, and between its
 * thousands, in a language: "." and "," in English. */
struct digits_signs {
	char point[8], group[8];
};
struct digits_signs digits_signs(const char *language);

/*
 * A number as far as it is written ("1234567.", "-"), its whole part parted by
 * thousands, in the language's digits; what is none yet stays as it is. And
 * what was written so as it is kept: Western digits and a point. The caller
 * frees them.
 */
char *digits_parted(const char *language, const char *text);
char *digits_joined(const char *language, const char *text);

/* What a person writes for a number or a time, in Western digits and with a
 * point: "٣٫٥" and "3,5" are "3.5". All else stays. The caller frees it. */
char *digits_plain(const char *text);
