#pragma once

#include "ask/field.h"
#include "ui/choice.h"

/*
 * How many columns a question's choices stand in, by its appearance and by
 * what its words need: `columns`, `columns-4`, `columns-pack`, `likert`,
 * `list-nolabel`, and the older words for the same. Never so many that a
 * column is too narrow to be read.
 */
int arrange_columns(const struct field *field, const struct choice *choice,
		    const struct canvas *canvas, int width, size_t count);
