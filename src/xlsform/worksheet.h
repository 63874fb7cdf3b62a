#pragma once

#include "base/fault.h"
#include "base/findings.h"
#include "xlsform/legend.h"
#include "xlsform/package.h"
#include "xlsform/sheet.h"

/*
 * Reads one sheet of a workbook. Rows and columns that are hidden count as all
 * others do; of merged cells the first has what is written, the others are
 * empty. Both are warned of, since a person who looks at the spreadsheet sees
 * something else. What stands right of the titles is left out.
 *
 * part is its name in the package; sheet has its kind and file and no more.
 *
 * FAULT_FORMAT: damaged; a cell whose formula fails or was never worked out.
 * FAULT_LIMIT: a limit of sheet.h or package.h. In either case sheet is empty.
 */
MUST_CHECK enum fault worksheet_read(struct package *package,
				     const struct legend *legend,
				     const char *part,
				     struct findings *findings,
				     struct sheet *sheet);
