#pragma once

#include <stddef.h>

#include "base/bytes.h"
#include "xlsform/sheet.h"

/*
 * .xlsx workbooks as tests make them. rows is either XML, as it stands in
 * sheetData, or, if it does not begin with <, cells parted by commas and lines,
 * which become inline texts.
 */
struct workbook_sheet {
	const char *name, *rows;
	const char *behind; /* XML behind sheetData, or NULL */
};

struct workbook {
	struct workbook_sheet sheets[4]; /* until one has no name */
	const char *strings;             /* XML within sst, or NULL */
	const char *formats;             /* XML within styleSheet, or NULL */
	const char *properties;          /* attributes of workbookPr, or NULL */
};

/* Adds the bytes of the file to out. */
void workbook_make(const struct workbook *workbook, struct bytes *out);

/* A file of a zip file. */
struct workbook_part {
	const char *name;
	const void *bytes;
	size_t length;
};

/* Adds a zip file of any parts to out. */
void workbook_pack(const struct workbook_part *parts, size_t count,
		   struct bytes *out);

/* Sheets as rows of inline texts, each row where it was; caller frees. */
char *workbook_rows(const struct sheet *sheet);
