#pragma once

#include <stddef.h>

#include "report/about.h"

/*
 * Any list as a table in the staff's language, with how many rows it has and
 * how old the oldest is. Rows are added as they are read.
 */
struct list_page {
	const char *title;
	const char *const *heads;
	size_t columns;     /* 1 to PAGE_COLUMNS */
	const char *number; /* "12 rows": how many, in the staff's words */
	const char *oldest; /* "oldest: 40 days"; NULL where age says nothing */
};

/* A page that rows are added to; the caller frees it. */
struct page *list_page(const struct about *about, const struct list_page *list);
