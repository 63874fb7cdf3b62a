#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "text/page.h"

/*
 * A page put on sheets of paper: each text shaped in its own script, from the
 * right where the person's language runs so, 11 points or larger, black on
 * white with one light grey, so that any copier keeps it. What is too long goes
 * on over as many sheets as it takes, a table with its heads again on each, and
 * nothing is cut. Every sheet says whose it is, of which day, and which of how
 * many it is ("2 / 3").
 */
struct sheets;

enum sheet_paper { SHEET_LETTER, SHEET_A4 };

#define SHEETS_MOST 200

/* Of the setting [print] paper: "letter" or "a4"; another is letter. */
enum sheet_paper sheet_paper_named(const char *name);

/*
 * Lays the page out, which must stay as long as *out; the caller frees that.
 * Characters that no installed font has are shown as boxes, and the log says
 * so. FAULT_LIMIT: it takes more than SHEETS_MOST sheets.
 */
MUST_CHECK enum fault sheets_new(const struct page *page,
				 enum sheet_paper paper, struct sheets **out);
void sheets_free(struct sheets *sheets); /* NULL is fine */
DEFINE_SCOPED(struct sheets, sheets_free)

int sheets_count(const struct sheets *sheets); /* 1 or more */

/* All of them as a PDF file, added to out; its letters can be searched. */
void sheets_pdf(const struct sheets *sheets, struct bytes *out);

/* The same of several, 1 or more, one behind the other in one file; title and
 * size are the first's. */
void sheets_pdf_all(struct sheets *const *all, size_t count, struct bytes *out);

/* One of them, from 1, as a PNG picture of dpi dots to the inch. */
void sheets_png(const struct sheets *sheets, int number, int dpi,
		struct bytes *out);
