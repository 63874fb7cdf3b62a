#pragma once

#include "desk/desk.h"

/*
 * A table of words that leaves the desk: as a spreadsheet among the home's
 * exports, or on paper. The message line says where it went.
 */
struct tabled {
	const char *name;  /* of its file, "people" */
	const char *title; /* words */
	const char *count; /* "12 rows" */
	const char *const *heads;
	size_t columns, rows;
	const char *(*cell)(void *to, size_t row, size_t column);
	void *to;
};

void tabled_export(struct desk *desk, const struct tabled *table);
void tabled_print(struct desk *desk, const struct tabled *table);
