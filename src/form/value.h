#pragma once

#include "form/model.h"

/* Values as the types have them. */

/* Overwrites a text that may be an answer, then frees it; NULL is fine. */
void wipe_free(char *text);

/* A decimal number, exponent and all; blanks around it are allowed. */
bool value_number(const char *text, double *out);

/* Digits without an exponent, with one behind the point at least: as a decimal
 * is stored. The caller frees it. */
char *value_decimal(double number);

/*
 * A value that was computed or stands in the form, as it is stored: 3.7 as an
 * int is 3, 10 as a decimal 10.0, what is no date "". The caller frees it.
 */
char *value_settle(const struct field *field, const char *text);

/*
 * A person's answer, as it is stored: the same where the type takes it as it
 * is. NULL where it does not; nothing is bent to fit. The caller frees it.
 */
char *value_accept(const struct field *field, const char *text);
