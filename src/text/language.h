#pragma once

#include <stdbool.h>
#include <stddef.h>

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
	bool right_to_left;
	enum language_drawing drawing;
	const char *families; /* Pango family list for plates and paper */
	const char *calendar; /* home calendar: gregorian, ethiopic, persian */
	const char *locale;   /* what ICU is asked for: prs is its fa_AF */
};

/* In the fixed order that screens list them: English, French, then others. */
size_t language_count(void);
const struct language *language_at(size_t index);

/*
 * The language of a tag, in any case and with _ for -: matched whole first,
 * then by other tags in use ("zh-TW", "tl", "cld"), then by primary subtag
 * ("fr-CA" finds "fr", "es" finds "es-419"). A tag that names another script
 * than ours ("pa-Arab") finds nothing, for its reader could not read it. NULL
 * when none is known.
 */
const struct language *language_find(const char *tag);
