#pragma once

#include "base/bytes.h"
#include "base/fault.h"
#include "issue/lobby.h"
#include "text/catalogue.h"
#include "text/language.h"

/*
 * A picture of the paper ticket as PNG, with the line in a language on it and
 * a symbol that holds nobody's answers. Faults as symbol_for_width() and
 * paper_draw().
 */
MUST_CHECK enum fault handout_paper(const struct lobby *lobby,
				    const struct language *language,
				    const struct catalogue *words,
				    struct bytes *png);
