#pragma once

#include <stddef.h>

#include "base/findings.h"
#include "xlsform/sheet.h"

/*
 * The rows of the survey sheet as they are compiled. A group of appearance
 * `table-list` stands for several, as in pyxform, and with the same names, so
 * that what is answered has the same nodes (N is the number of a row):
 *
 *   the group          is a `field-list`, and its words are those of a note
 *                      generated_table_list_label_N, its first question;
 *   its first select   comes after one of the same list, without words, of
 *                      appearance `label`: reserved_name_for_field_list_
 *                      labels_N, which shows the choices above the answers;
 *   each select        has appearance `list-nolabel`.
 */
struct table_rows {
	const struct sheet *sheet;
	const struct sheet_row **list;
	size_t count;
	struct sheet_row **made; /* those of list that the sheet has not */
	size_t made_count;
};

#define TABLE_NOTE "generated_table_list_label_" /* N behind it */

/*
 * The sheet must outlive *out, which the caller releases with
 * table_rows_done(). A table whose selects have several lists is an error.
 */
void table_rows_read(const struct sheet *sheet, struct findings *findings,
		     struct table_rows *out);
void table_rows_done(struct table_rows *rows);
