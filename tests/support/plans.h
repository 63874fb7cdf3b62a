#pragma once

#include <stddef.h>

#include "record/assess.h"
#include "record/listing.h"
#include "tests/support/book.h"

/* Made-up people with assessments, for tests about plans. */

/* A person; arrived NULL: not known. */
int64_t plans_person(struct book *book, const char *arrived);

/* A household of one person. */
int64_t plans_household(struct book *book, int64_t person);

/*
 * A visit with these facts ("level_HOU", "C" pairs that end with NULL), its
 * answers kept or only for today, with tags.
 */
int64_t plans_visit(struct book *book, bool kept, const char *tags, ...)
    __attribute__((sentinel));

/* A worker's version on a day, signed then, with domains as in "HOU:C EMP:S";
 * others stay as they were. */
int64_t plans_assess(struct book *book, int64_t person, const char *what,
		     const char *day, const char *levels);

/* What assess_read() gives, which has to go well. */
struct assess plans_read(struct book *book, int64_t id);

/*
 * The rows of a list, one line each with " | " between the columns and "-" for
 * what is not known; the caller frees it.
 */
char *plans_list(struct book *book, const char *listing, const char *today);
#define assert_list(book, listing, today, expected)                  \
	do {                                                         \
		SCOPED(char_freep)                                   \
		char *rows = plans_list((book), (listing), (today)); \
		assert_string_equal(rows, (expected));               \
	} while (0)
