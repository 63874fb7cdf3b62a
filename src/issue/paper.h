#pragma once

#include "base/fault.h"
#include "issue/issue.h"
#include "issue/lobby.h"
#include "print/paper.h"
#include "print/picture.h"

/*
 * The picture of an issued ticket for a printer of width dots, as the lobby's
 * settings want it. extra is the fixed line once more in the newcomer's
 * language; it is printed only where the agency chose so, and may be NULL.
 * The caller frees *out. Faults as symbol_for_width() and paper_draw().
 */
MUST_CHECK enum fault issue_paper(const struct lobby *lobby,
				  const struct issued *issued,
				  const struct paper_line *extra, int width,
				  struct picture **out);
