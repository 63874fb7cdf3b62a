#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "xlsform/sheet.h"

/* The choices sheet: lists of choices, in the order they are first named. */
struct choice_list {
	const char *name;
	const struct sheet_row **rows;
	size_t count;
};

struct choices {
	const struct sheet *sheet;
	struct choice_list *lists;
	size_t count;
};

/*
 * duplicates: two choices of a list may have one name (the setting
 * allow_choice_duplicates). Release with choices_done().
 */
void choices_read(const struct sheet *sheet, bool duplicates,
		  struct findings *findings, struct choices *choices);
void choices_done(struct choices *choices);

const struct choice_list *choices_find(const struct choices *choices,
				       const char *name);

/* Whether a column holds more than name, label and media: a filter column. */
bool choices_is_extra(const struct sheet_column *column);
