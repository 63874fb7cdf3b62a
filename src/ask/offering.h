#pragma once

#include "base/home.h"
#include "text/lexicon.h"

/*
 * The languages of a home and what ships, for the form its kiosk asks. What
 * options do not say is filled in. Nothing is told of the home's settings.
 * Faults are lexicon_open()'s and those of settings.
 */
MUST_CHECK enum fault offering_open(const struct home *home,
				    struct lexicon_options options,
				    struct lexicon **out);

/* The same where nobody is to be told what is wrong with a language: NULL, they
 * could not be opened. The caller frees it. */
struct lexicon *offering_quietly(const struct home *home);
