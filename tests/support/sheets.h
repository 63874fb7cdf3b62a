#pragma once

#include "xlsform/xlsform.h"

/* Sheets as a test writes them: CSV in strings; NULL is a sheet not there. */
struct sheets_text {
	const char *survey, *choices, *settings, *entities;
};

/*
 * Reads and compiles them. What came of it is in findings; the document is
 * the caller's to free, NULL when there were errors.
 */
char *sheets_compile(struct sheets_text text, struct findings *findings);

/* The same for sheets that must compile without a finding. */
char *sheets_sound(struct sheets_text text);

/* Asserts that these are all the findings, in this order; NULL ends them. */
void sheets_find(struct sheets_text text, const char *line, ...);

/* Asserts that document has each of the pieces; NULL ends them. */
void sheets_contain(const char *document, ...);
