#pragma once

#include <stddef.h>

#include "text/catalogue.h"
#include "text/language.h"

/*
 * Whether a translation is complete. A language is complete or it is not
 * offered; the build asks this of every file below translations/.
 */
enum catalogue_gap {
	CATALOGUE_MISSING,     /* the key is not in the translation */
	CATALOGUE_EMPTY,       /* it is, with an empty msgstr */
	CATALOGUE_FUZZY,       /* it is, and marked fuzzy */
	CATALOGUE_STALE,       /* its msgid is not the English text of today */
	CATALOGUE_PLACEHOLDER, /* an argument was lost or made up */
	CATALOGUE_PLURAL,      /* a plural form of the language is missing */
	CATALOGUE_ENGLISH,     /* left in English, and not marked as same */
	CATALOGUE_UNCOMPOSED,  /* not in NFC */
	CATALOGUE_SCRIPT,   /* a letter that the language is not written in */
	CATALOGUE_TOO_LONG, /* it does not fit its place on the screen */
	CATALOGUE_UNKNOWN,  /* a key that English does not have */
};

/*
 * Letters are those of the language's script. Latin ones may stand in another
 * where the English has the same word as a name or a code: with a capital that
 * does not begin a sentence ("SMS", "Ontario Works").
 *
 * One gap: where and what to do, in a line for the translator that begins
 * with the file and line ("translations/kiosk.fr.po:12: kiosk.back: ...").
 */
typedef void catalogue_report(void *to, enum catalogue_gap gap, const char *key,
			      const char *line);

/*
 * Whether a message of key, with usual arguments put in, fits its place on the
 * smallest screen at the largest size: NULL, or what is too long and by how
 * much, for the caller to free. Screens are not known in this room, so whoever
 * asks for a check brings this.
 */
typedef char *catalogue_fit(const struct language *language, const char *key,
			    const char *text);

/*
 * Reports each gap of translation against source, the English of the same
 * domains, in source's order, and then the unknown keys; returns how many. fit
 * may be NULL: lengths are not looked at.
 */
size_t catalogue_check(const struct catalogue *source,
		       const struct catalogue *translation, catalogue_fit *fit,
		       catalogue_report *report, void *to);
