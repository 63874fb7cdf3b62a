#pragma once

#include "base/findings.h"

/*
 * Warns of each word of an appearance cell that neither XLSForm's
 * documentation nor Foyer knows: it changes nothing. Words of what a kiosk has
 * not (a map, a camera) are known, as the question itself is warned of.
 */
void appearance_check(const char *cell, struct finding_place place,
		      struct findings *findings);
