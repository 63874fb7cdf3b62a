#pragma once

#include <stddef.h>

#include "xlsform/sheet.h"

/*
 * The settings sheet: one row about the form as a whole. Everything belongs to
 * the sheet; "" where it says nothing.
 */
struct heading {
	const struct sheet *sheet;
	const struct sheet_row *row; /* NULL: no such sheet */
	const char *title, *id, *version, *root;
	const char *default_language;
};

/* usual_id names a form whose settings do not: the folder's name. */
void heading_read(const struct sheet *sheet, const char *usual_id,
		  struct findings *findings, struct heading *heading);

/* Any other cell of the row, or "". */
const char *heading_cell(const struct heading *heading, const char *key);
struct finding_place heading_place(const struct heading *heading,
				   const char *key);
