#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "xlsform/sheet.h"

/*
 * Reads one sheet from CSV (RFC 4180): UTF-8, with or without a byte order
 * mark, parted by commas, semicolons or tabs, whichever the first line has
 * most of. What is wrong becomes findings naming file, row and column.
 *
 * FAULT_FORMAT: not UTF-8, a stray quote. FAULT_LIMIT: a limit of sheet.h.
 * In either case sheet is empty. It is released with sheet_done().
 */
MUST_CHECK enum fault csv_read(const char *file, const void *bytes,
			       size_t length, enum sheet_kind kind,
			       struct findings *findings, struct sheet *sheet);

/*
 * Reads survey.csv, choices.csv, settings.csv and entities.csv of a folder;
 * all but the first may be missing. File names are matched in any case.
 *
 * FAULT_SYSTEM: the folder cannot be read (logged). FAULT_FORMAT (it is no
 * folder, too), FAULT_LIMIT: see findings.
 */
MUST_CHECK enum fault csv_read_folder(const char *folder,
				      struct findings *findings,
				      struct sheets *sheets);
