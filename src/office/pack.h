#pragma once

#include <stdbool.h>

#include "office/printed.h"
#include "report/report_write.h"

/* Reports as a file or on paper, as --format says. */
enum pack_format { PACK_JSON, PACK_CSV, PACK_XLSX, PACK_PDF, PACK_FORMATS };

/* False: none of "json", "csv", "xlsx", "pdf". */
bool pack_format_of(const char *word, enum pack_format *out);
#define PACK_FORMAT_COMPLAINT "--format takes csv, json, xlsx or pdf"

/* What --from and --to say; a complaint about them, or NULL. */
const char *pack_period(const char *from, const char *to,
			struct period *period);

struct pack {
	const char *name; /* of the file: the report's, or "all" */
	const struct reported *reports;
	size_t count;
	const struct report_about *about;
};

/*
 * All goes to output, a file, or a folder in which each is called for its
 * report, days and language: foyer-waits-2026-10-fr.csv. Where that is NULL
 * text goes to standard output, a workbook by such a name to the home's
 * exports, a page a report to its prints and its printer. A line of JSON says
 * where a file is that was not named.
 */
MUST_CHECK enum fault pack_put(const struct home *home,
			       const struct printed *printed,
			       const struct pack *pack, enum pack_format format,
			       const char *output);
