#include "xlsform/sheet.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = {
	[SHEET_SURVEY] = "survey",
	[SHEET_CHOICES] = "choices",
	[SHEET_SETTINGS] = "settings",
	[SHEET_ENTITIES] = "entities",
};

const char *sheet_name(enum sheet_kind kind)
{
	return names[kind];
}

void sheet_done(struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->row_count; i++) {
		for (size_t k = 0; k < sheet->column_count; k++)
			free(sheet->rows[i].cells[k]);
		free(sheet->rows[i].cells);
	}
	for (size_t i = 0; i < sheet->column_count; i++) {
		free(sheet->columns[i].title);
		free(sheet->columns[i].key);
		free(sheet->columns[i].language);
	}
	free(sheet->rows);
	free(sheet->columns);
	free(sheet->file);
	*sheet = (struct sheet){ 0 };
}

void sheets_done(struct sheets *sheets)
{
	for (size_t i = 0; i < COUNT(sheets->of); i++)
		sheet_done(&sheets->of[i]);
}

static bool same_language(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

int sheet_find(const struct sheet *sheet, const char *key, const char *language)
{
	for (size_t i = 0; i < sheet->column_count; i++)
		if (!strcmp(sheet->columns[i].key, key) &&
		    same_language(sheet->columns[i].language, language))
			return (int)i;
	return -1;
}

bool sheet_needs(const struct sheet *sheet, const char *key,
		 struct findings *findings)
{
	if (sheet_find(sheet, key, NULL) >= 0)
		return true;
	findings_add(findings, FINDING_ERROR,
		     (struct finding_place){ sheet->file, 1, NULL },
		     "the column %s is missing", key);
	return false;
}

const char *sheet_cell(const struct sheet *sheet, const struct sheet_row *row,
		       const char *key)
{
	int column = sheet_find(sheet, key, NULL);

	return column < 0 ? "" : row->cells[column];
}

struct finding_place sheet_place(const struct sheet *sheet,
				 const struct sheet_row *row, const char *key)
{
	int column = key ? sheet_find(sheet, key, NULL) : -1;

	return (struct finding_place){
		.file = sheet->file,
		.row = row ? row->number : 0,
		.column = column < 0 ? key : sheet->columns[column].title,
	};
}

bool sheet_has_word(const char *cell, const char *word)
{
	size_t length = strlen(word);

	while (*cell) {
		size_t span = strcspn(cell, " \t\n");

		if (span == length && !strncasecmp(cell, word, length))
			return true;
		cell += span;
		cell += strspn(cell, " \t\n");
	}
	return false;
}

bool sheet_yes(const char *cell)
{
	return !strcasecmp(cell, "yes") || !strcasecmp(cell, "true") ||
	       !strcasecmp(cell, "true()");
}

bool sheet_no(const char *cell)
{
	return !strcasecmp(cell, "no") || !strcasecmp(cell, "false") ||
	       !strcasecmp(cell, "false()");
}
