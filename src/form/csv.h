#pragma once

#include <libxml/tree.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * A CSV file as a secondary instance: a document root/item/COLUMN. The first
 * row names the columns; a byte order mark is skipped, and where the first row
 * has more semicolons than commas they part the cells. The caller frees *out.
 *
 * FAULT_FORMAT: no first row, not CSV, or not UTF-8; the log names the row.
 * FAULT_LIMIT: more than FORM_ITEMS_LIMIT rows.
 */
MUST_CHECK enum fault csv_instance(const char *name, const struct bytes *bytes,
				   xmlDoc **out);
