#pragma once

#include <stddef.h>

#include "report/about.h"

/*
 * Facts in the staff's language, under headings: the summary of a person or a
 * visit that is handed over to another system. Labels and values come in the
 * staff's words.
 */
struct fact {
	const char *label, *value; /* a fact without a value is left out */
};

struct facts {
	const char *heading;
	const struct fact *facts;
	size_t count;
};

/* The caller frees it. */
struct page *facts_page(const struct about *about, const char *title,
			const struct facts *parts, size_t count);
