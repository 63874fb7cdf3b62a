#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "report/about.h"

/* Services of the directory that a person takes home; each text may be NULL. */
struct place {
	const char *name;
	const char *what_for; /* its description */
	const char *address, *phone, *hours;
	const char *bring;
	const char *cost; /* NULL: not known */
	bool free;        /* it costs nothing, whatever cost says */
	const char *languages;
	bool walk_in;
};

/* The caller frees it. */
struct page *places_page(const struct about *about, const struct place *places,
			 size_t count);
