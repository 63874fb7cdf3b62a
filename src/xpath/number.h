#pragma once

#include <stddef.h>

/*
 * Numbers as text, the same under every locale. xpath_number_text() in
 * xpath/xpath.h is the other direction.
 */

/* The longest is "-1.2345678901234567e-308". */
#define NUMBER_TEXT_SIZE 32
void number_print(double number, char text[NUMBER_TEXT_SIZE]);

/*
 * The number that all of text spells, blanks around it aside: digits with a
 * sign, a point, an exponent, or Infinity. NaN where it spells none.
 */
double number_parse(const char *text, size_t length);
