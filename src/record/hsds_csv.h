#pragma once

#include "base/fault.h"
#include "base/findings.h"
#include "record/hsds_table.h"

/*
 * Takes file->bytes apart: comma or semicolon, whichever parts the heading;
 * a byte order mark is skipped. A short row ends in empty cells.
 */
MUST_CHECK enum fault hsds_csv_read(struct hsds_file *file,
				    struct findings *findings);

/* A row as RFC 4180 has it, quoted where it must be, with a line feed. */
void hsds_csv_add_cell(struct bytes *out, const char *cell, bool first);
void hsds_csv_end_row(struct bytes *out);
