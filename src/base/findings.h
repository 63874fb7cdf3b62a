#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * What is wrong or doubtful in sheets, a line of English each, in the order
 * found. A line begins with its place and ends with the mend:
 *
 *   survey.csv: row 12, column relevant: unknown question ${B9}; ...
 *
 * Rows count as a spreadsheet counts them: the header is row 1.
 */
enum finding_level {
	FINDING_WARNING, /* it works; somebody should look at it */
	FINDING_ERROR,   /* the sheets cannot be used as it is */
};

/* Where in the sheets; NULL and 0 for what is not known. */
struct finding_place {
	const char *file;   /* "survey.csv" */
	int row;            /* from 1 */
	const char *column; /* its title, as the sheet has it */
};

struct finding {
	enum finding_level level;
	char *line;
	/* The same in its parts. */
	char *file, *column; /* NULL: not known */
	int row;             /* 0: not known */
	char *words;
};

#define FINDINGS_LIMIT 1000 /* lines kept; errors are counted beyond it */

/* Start from { 0 }; release with findings_done(). */
struct findings {
	struct finding *list;
	size_t count, room;
	size_t errors;
};

void findings_done(struct findings *findings);
bool findings_has(const struct findings *findings, const char *line);

/* One that was said already, word for word, is not said again. */
void findings_add(struct findings *findings, enum finding_level level,
		  struct finding_place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
