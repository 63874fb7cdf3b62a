#pragma once

#include <stdbool.h>

#include "text/tongues.h"

/*
 * What every page that is handed out has: its two languages, and whose paper it
 * is. The pages of this room are made from plain structs, so that they can be
 * looked at without a record; report/read_*.h fill those from one.
 */
struct about {
	struct tongues *tongues;
	const char *agency, *phone; /* NULL: not set */
	const char *day;            /* today, "2026-11-22" */
	bool made_up;               /* a demo: nobody on the page is real */
};

/* A page with its foot and its title, the word "page.KEY". The caller frees it.
 */
struct page *about_page(const struct about *about, enum page_order order,
			const char *key);
/* The same without a title. */
struct page *about_blank_page(const struct about *about, enum page_order order);

/* Whom it is for: name and number, each NULL where it is not known. */
void about_person(const struct about *about, struct page *page,
		  const char *name, const char *number);

/* Whom to call: the agency's telephone, where it has one. */
void about_call(const struct about *about, struct page *page);
