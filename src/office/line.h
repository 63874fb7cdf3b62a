#pragma once

#include <jansson.h>
#include <stdint.h>
#include <stdio.h>

#include "filing/filing.h"

/* A line of JSON, as the commands print what they found. */

/* Prints it compactly on standard output, and lets go of it. */
void line_print(json_t *line);

/* What goes into one: each a new reference. */
json_t *line_text(const char *text);  /* null for NULL and "" */
json_t *line_words(const char *list); /* parted by blanks; NULL: none */
json_t *line_instant(int64_t ms);     /* RFC 3339, UTC; null for 0 */
json_t *line_birth(const struct filing_birth *birth); /* null: none known */
json_t *line_hex(uint64_t number, int digits);        /* "00AF" */

/* What somebody wrote, as a part of one line: what would steer a terminal is a
 * blank. NULL is nothing. */
void line_put(FILE *to, const char *text);
