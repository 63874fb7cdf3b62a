#pragma once

#include <xlsxwriter.h>

#include "base/fault.h"

/*
 * A workbook (.xlsx, ISO/IEC 29500) at path, whole or not at all, readable to
 * this user alone; write makes it at the path that it is told. FAULT_SYSTEM: it
 * cannot be written; the log says why.
 */
typedef lxw_error workbook_write(const void *from, const char *path);
MUST_CHECK enum fault workbook_file(const char *path, workbook_write *write,
				    const void *from);
