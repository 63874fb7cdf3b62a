#pragma once

#include "base/bytes.h"

/*
 * Rows of a spreadsheet as text: CSV by RFC 4180, every cell in quotation
 * marks, in UTF-8 with the mark at the beginning that spreadsheet programs
 * know it by, so that names in any script survive.
 */
void spreadsheet_begin(struct bytes *out);

/*
 * The next cell of the row; NULL is an empty one. A text that a spreadsheet
 * program would run as a formula gets an apostrophe before it (OWASP "CSV
 * injection"): what strangers typed is never run at somebody's desk.
 */
void spreadsheet_cell(struct bytes *out, const char *text);
void spreadsheet_end_row(struct bytes *out);
