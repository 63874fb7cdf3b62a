#pragma once

#include <stdbool.h>

#include "record/kind.h"

/*
 * Values as people and other programs write them, in commands and
 * spreadsheets: a moment as RFC 3339, money with a point, yes and no in words;
 * everything else as the record has it.
 */

/* The caller frees it; "" for NULL. */
char *value_write(const struct field *field, const char *value);

/* Back: the caller frees *out; NULL for "". False: it is none of this type. */
bool value_read(const struct field *field, const char *text, char **out);

/* What a type takes, in English: "a day such as 2026-11-22". Static. */
const char *value_about(enum field_type type);
