#pragma once

#include "base/bytes.h"
#include "card/finding.h"

/*
 * Looks at every line of a foyer.ini that card_plain() made plain: what
 * base/settings.h refuses, what Foyer does not have, and what it does not take,
 * each with what to write instead.
 */
void card_ini(const char *file, const struct bytes *text,
	      struct card_findings *findings);

/* The value of a setting as base/settings.h will read it, or usual; the caller
 * frees it. */
char *card_ini_value(const struct bytes *text, const char *section,
		     const char *name, const char *usual);
