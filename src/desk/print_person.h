#pragma once

#include "desk/desk.h"

/* Pages about a person, from their screen. */
enum print_what {
	PRINT_PLAN,    /* to take home, in their language beside the staff's */
	PRINT_CONSENT, /* likewise: a receipt of what they decided */
	PRINT_SUMMARY, /* for another system, in the staff's alone */
	PRINT_WHATS,
};

/* Catalogue keys of what they are called, in that order. */
extern const char *const print_words[PRINT_WHATS];

/* Prints one (desk/printing.h); language is the person's, BCP 47, NULL where it
 * is not known. What goes wrong is said. */
void print_person(struct desk *desk, int64_t person, const char *language,
		  enum print_what what);
