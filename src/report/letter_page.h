#pragma once

#include "report/about.h"

/*
 * A letter with the agency's head: free text as a worker wrote it, in whichever
 * language, a paragraph a line; an empty line parts nothing more.
 */
struct letter_page {
	const char *to;     /* name and address, a line each; NULL: to nobody */
	const char *number; /* of the person; NULL: none */
	const char *text;
	const char *from; /* who signs */
};

/* The caller frees it. */
struct page *letter_page(const struct about *about,
			 const struct letter_page *letter);
