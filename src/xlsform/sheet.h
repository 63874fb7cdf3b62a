#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/findings.h"
#include "base/memory.h"

/*
 * A sheet: rows of cells below a row of titles, wherever they came from. Each
 * title is understood as a key, the name XLSForm documents for that column,
 * and perhaps a language: "Relevance" is relevant, "label::French (fr)" is
 * label in "French (fr)".
 */
#define SHEET_BYTES_LIMIT (8 * 1024 * 1024)
#define SHEET_ROWS_LIMIT 60000
#define SHEET_COLUMNS_LIMIT 500
#define SHEET_CELLS_LIMIT 3000000    /* rows times columns */
#define SHEET_CELL_LIMIT (64 * 1024) /* bytes in one cell */

enum sheet_kind {
	SHEET_SURVEY,
	SHEET_CHOICES,
	SHEET_SETTINGS,
	SHEET_ENTITIES,
	SHEET_KINDS,
};

struct sheet_column {
	char *title;    /* as written */
	char *key;      /* "relevant", "bind::foyer:bytes", "label" */
	char *language; /* "French (fr)"; NULL if none is named */
};

struct sheet_row {
	int number;   /* as a spreadsheet counts: the titles are row 1 */
	char **cells; /* column_count of them, trimmed, never NULL */
};

struct sheet {
	enum sheet_kind kind;
	char *file; /* for messages: "survey.csv" */
	struct sheet_column *columns;
	size_t column_count;
	struct sheet_row *rows; /* without the titles and without blank rows */
	size_t row_count;
};

struct sheets {
	struct sheet of[SHEET_KINDS]; /* one not there has no columns */
};

void sheet_done(struct sheet *sheet);
void sheets_done(struct sheets *sheets);

const char *sheet_name(enum sheet_kind kind); /* "survey" */

/* The first column of key without a language, or with it; -1 if none. */
int sheet_find(const struct sheet *sheet, const char *key,
	       const char *language);

/* Whether it has a column of key, without a language; else that is told. */
bool sheet_needs(const struct sheet *sheet, const char *key,
		 struct findings *findings);

/* The cell of a row under key (no language); "" if there is none. */
const char *sheet_cell(const struct sheet *sheet, const struct sheet_row *row,
		       const char *key);

/* The place of that cell, for a finding; key may be NULL. */
struct finding_place sheet_place(const struct sheet *sheet,
				 const struct sheet_row *row, const char *key);

/* Understands the titles: fills key and language of every column. */
void sheet_name_columns(struct sheet *sheet, struct findings *findings);

/* Whether a cell of words parted by blanks has the word; any case. */
bool sheet_has_word(const char *cell, const char *word);

/* "yes", "TRUE", "true()": true; any case. */
bool sheet_yes(const char *cell);
/* The same for "no", "FALSE()". */
bool sheet_no(const char *cell);
