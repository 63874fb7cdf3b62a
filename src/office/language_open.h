#pragma once

#include "base/home.h"
#include "text/lexicon.h"
#include "text/tongues.h"

/* What the verbs of `foyer language` share. */
struct language_arguments {
	const char *home;    /* NULL: the XDG directories */
	const char *output;  /* -o */
	const char *operand; /* NULL if none */
};

/*
 * The languages of a home and what ships, for the form its kiosk asks. What
 * arguments do not say of options is filled in. Faults are lexicon_open()'s
 * and those of settings.
 */
MUST_CHECK enum fault language_open(const struct language_arguments *arguments,
				    struct lexicon_options options,
				    struct lexicon **out);

/*
 * What the words of printed pages lack in a language, which is no condition for
 * offering it: tongues_check() with what ships and the home's folder.
 */
MUST_CHECK enum fault language_pages(const struct language_arguments *arguments,
				     const struct language *language,
				     catalogue_report *report,
				     size_t *findings);

/* A file below the folder of the words that ship; the caller frees it. */
char *language_shipped(const char *name);

/* A catalogue_report that says nothing. */
void language_hear_nothing(void *to, enum catalogue_gap gap, const char *key,
			   const char *line);

/* What is known of the language of a tag; NULL: there is no such language. */
const struct lexicon_language *language_about(const struct lexicon *lexicon,
					      const char *tag);

/* The words of the language of a tag, which belong to the lexicon; NULL, and
 * verb says so, where there are none. */
const struct catalogue *language_words(struct lexicon *lexicon, const char *tag,
				       const char *verb);
