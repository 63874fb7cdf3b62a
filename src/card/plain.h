#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "card/finding.h"

/*
 * A text file as somebody's laptop left it, made plain: UTF-8 without a byte
 * order mark, each line ended by one line feed. UTF-16 (marked, or plainly so)
 * is read as that; what is not UTF-8 is read as Windows-1252, with a doubt.
 *
 * False, with a finding that says what the file is and how it is saved as
 * text, where it is none: a Word document, RTF, HTML, a spreadsheet, a PDF, an
 * archive, a picture, an empty file, anything else that is not text.
 */
bool card_plain(const char *file, const void *bytes, size_t length,
		struct card_findings *findings, struct bytes *out);
