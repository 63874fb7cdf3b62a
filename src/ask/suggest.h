#pragma once

#include <stdbool.h>

#include "ask/field.h"

/*
 * A name in A-B-C letters that is made from another question's answer, until
 * the person confirms it. The form says so on the bind of the question:
 *
 *   foyer:romanize   the question whose answer is spelt (text/romanize.h)
 *   foyer:suggested  a node without a question that says "yes" as long as the
 *                    stored answer is a suggestion which nobody confirmed; may
 *                    be left out, nothing is told then
 */

/* What it would be made from now, "" if nothing or if the field is no such
 * one; until the run's next change. */
const char *suggest_source(const struct field *field);

/* The suggestion, "" if none; the caller frees it. */
char *suggest_text(const struct field *field);

/* Whether the stored answer is such a suggestion. */
bool suggest_is_stored(const struct field *field);
void suggest_store(struct field *field, bool unconfirmed);
