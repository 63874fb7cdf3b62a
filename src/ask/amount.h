#pragma once

#include <stdbool.h>

#include "ask/field.h"

/*
 * How a number is written: in the language's digits, and parted by thousands
 * while it is being written, where its appearance is `thousands-sep`; the run
 * gets it in Western digits, with a point.
 */
bool amount_is(const struct node *node);
bool amount_is_parted(const struct node *node);

/* A decimal is kept as "7.0" where somebody wrote "7": that. The caller frees
 * it. */
char *amount_as_written(const char *value);

/* The answer as it stands in the field; what is written there so far, parted;
 * and as the run takes it. The caller frees them. */
char *amount_shown(const struct field *field);
char *amount_parted(const struct field *field, const char *text);
char *amount_kept(const struct field *field, const char *text);
