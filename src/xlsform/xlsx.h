#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "xlsform/sheet.h"

/*
 * Reads the sheets survey, choices, settings and entities of an .xlsx workbook
 * (ECMA-376), named in any case; all but the first may be missing, others are
 * left out, and one that is hidden counts. A whole number is written without a
 * point, a date as 2024-01-31, a truth as TRUE. file is its name, for
 * findings; the sheets call themselves "sheet survey".
 *
 * FAULT_FORMAT, FAULT_LIMIT: see findings.
 */
MUST_CHECK enum fault xlsx_read(const char *file, const void *bytes,
				size_t length, struct findings *findings,
				struct sheets *sheets);

/*
 * Whether bytes are a spreadsheet program's file: a zip file, or what Excel
 * made before 2007 and makes of a workbook with a password.
 */
bool xlsx_is(const void *bytes, size_t length);
