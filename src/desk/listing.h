#pragma once

#include "desk/desk.h"
#include "record/listing.h"

/*
 * A list that people work from, as a table: how many and how old on top, a
 * filter to type, Enter opens what a row is about, d puts it into a
 * spreadsheet, p prints it.
 */
extern const struct view desk_listing_screen; /* about: struct listing */

/* The rows of a listing in the staff's words; also for other screens. */
struct listed;

#define LISTED_MOST 10000 /* rows; a list that is longer says so */

/* The caller frees *out. */
MUST_CHECK enum fault listed_read(struct desk *desk,
				  const struct listing *listing,
				  struct listed **out);
void listed_free(struct listed *listed); /* NULL is fine; wipes */
DEFINE_SCOPED(struct listed, listed_free)

size_t listed_count(const struct listed *listed);
int64_t listed_id(const struct listed *listed, size_t row);
int64_t listed_oldest(const struct listed *listed); /* since; 0: none */
/* Until the listed is freed. */
const char *listed_cell(struct listed *listed, size_t row, size_t column);
bool listed_known(const struct listed *listed, size_t row, size_t column);
bool listed_fits(struct listed *listed, size_t row, const char *typed);

/* "12 rows · oldest 40 days"; the caller frees it. */
char *listed_words(const struct desk *desk, const struct listed *listed);

/* Whether it is one for whoever sits there. */
bool listing_is_for(const struct desk *desk, const struct listing *listing);

/* The name of a list, and the heading of one of its columns. */
char *listing_title(const struct desk *desk, const struct listing *listing);
char *listing_heading(const struct desk *desk, const struct listing *listing,
		      size_t column);
