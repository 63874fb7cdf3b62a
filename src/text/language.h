#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * The languages Foyer knows, by BCP 47 tag: how each calls itself, how its
 * script is drawn and which way it runs. Direction comes from the tag, never
 * from a text.
 */
enum language_drawing {
	LANGUAGE_CELLS,  /* plain terminal cells draw it right */
	LANGUAGE_JOINER, /* cells can draw it after our own joiner and bidi */
	LANGUAGE_PLATES, /* only plates draw it right */
};

struct language {
	const char *tag;      /* "en", "fr", "ar", "zh-Hans" */
	const char *own_name; /* "العربية", in its own script */
	const char *name;     /* in English, for staff */
	const char *script;   /* ISO 15924: Latn, Arab, Ethi */
	/* How much its script asks of a screen: L Latin, C other alphabets,
	 * W wide, K Korean, A joining, I Indic, M and E and S shaped
	 * (South-East Asian, Ethiopic, Syriac). */
	char class;
	bool right_to_left;
	enum language_drawing drawing;
	const char *families; /* Pango family list for plates and paper */
	/* Parted by blanks, the home calendar first: names of text/calendar.h,
	 * and one it does not know (myanmar); "islamic" in
	 * whichever variety an agency goes by. */
	const char *calendars;
	const char *locale; /* what ICU is asked for: prs is its fa_AF */
};

/*
 * In the fixed order that screens list them: English, French, then others;
 * behind LANGUAGES of them come those that were learnt. Plural rules and digits
 * are ICU's for the locale.
 */
#define LANGUAGES 37
size_t language_count(void);
const struct language *language_at(size_t index);

/*
 * Makes a language known that is not among them, for the rest of the program:
 * a BCP 47 tag, and what it calls itself (NULL or "": its tag). Its script is
 * the one that the tag names, or else the likely one in CLDR, and everything
 * else comes from the script. *out is the known one where there is one.
 * FAULT_FORMAT: no tag, or of a script that no font is known for; the log says
 * which, and the mend. FAULT_LIMIT: more than LANGUAGE_LEARNT.
 */
#define LANGUAGE_LEARNT 32
MUST_CHECK enum fault language_learn(const char *tag, const char *own_name,
				     const struct language **out);

/*
 * The language of a tag, in any case and with _ for -: matched whole first,
 * then by other tags in use ("zh-TW", "tl", "cld"), then by primary subtag
 * ("fr-CA" finds "fr", "es" finds "es-419"). A tag that names another script
 * than ours ("pa-Arab") finds nothing, for its reader could not read it. NULL
 * when none is known.
 */
const struct language *language_find(const char *tag);
