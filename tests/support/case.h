#pragma once

#include "tests/support/book.h"

/*
 * A sponsored household in a record of its own: a SAH, its constituent group,
 * a family of two, a worker. Days are around CASE_TODAY, the local day of
 * BOOK_NOW.
 */
#define CASE_TODAY "2026-11-21"

struct sponsored {
	int64_t sah, group, sponsorship, household, mother, child, worker;
};

/* Awaited: nobody is here yet, household, mother and child are 0. */
void case_await(struct book *book, const char *expected_on,
		struct sponsored *out);

/* The same, and the family arrived. */
void case_arrive(struct book *book, const char *arrived_on,
		 struct sponsored *out);

/* A decimal number as text; the caller frees it. */
char *case_id(int64_t id);

/* A meeting of the case that is planned for a day. */
int64_t case_meeting(struct book *book, const struct sponsored *sponsored,
		     const char *what, const char *day);

/* The same held, with sponsor and worker there, and the newcomer unless it is
 * PRE. */
int64_t case_held(struct book *book, const struct sponsored *sponsored,
		  const char *what, const char *day);

/* Says of a party of a meeting whether it came. */
void case_party(struct book *book, int64_t meeting, const char *who, bool came);

/* The agreement and the consent that let everything reach the group. */
int64_t case_agree(struct book *book, int64_t group);
int64_t case_consent(struct book *book, int64_t person, int64_t group);

/* How many rows a list has on CASE_TODAY, and the first's values joined by "|"
 * (NULL is fine; the caller frees it). */
size_t case_list(struct book *book, const char *name, char **first);
