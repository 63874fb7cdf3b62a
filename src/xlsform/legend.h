#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "xlsform/package.h"

/*
 * What all sheets of a workbook share: texts that cells name by number, and
 * which formats show a number as a date or a time.
 */
enum legend_show { SHOW_NUMBER, SHOW_DATE, SHOW_TIME, SHOW_MOMENT };

#define LEGEND_STRINGS_LIMIT 1000000
#define LEGEND_FORMATS_LIMIT 65536 /* Excel takes 65,490 */

struct legend {
	char **strings;
	size_t string_count;
	enum legend_show *shows; /* by the number that a cell's s has */
	size_t show_count;
	bool from_1904; /* dates count from 1904-01-01, as on old Macs */
};

/*
 * Reads the two parts; NULL is one that the workbook has not. Release with
 * legend_done() whatever comes of it. Faults as part_open(), and FAULT_LIMIT
 * above the limits.
 */
MUST_CHECK enum fault legend_read(struct package *package, const char *strings,
				  const char *styles, struct legend *legend);
void legend_done(struct legend *legend);

/* A number as a cell of format shows it: "3", "0.5", "2024-01-31". */
void legend_add_number(const struct legend *legend, size_t format,
		       const char *text, struct bytes *out);

/* "a_x000D_b": a character as OOXML hides it from XML. Decoded in place. */
void legend_unhide(char *text);
