#pragma once

#include <unicode/utypes.h>

/* Cells of one code point; see text_cells(). */
int point_cells(UChar32 point);
