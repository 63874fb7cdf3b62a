#pragma once

#include "tests/support/program.h"

/* A demo agency in a folder of its own that is worked at the command line
 * alone. */
struct office {
	char *folder, *home;
};

/* As cmocka sets up and tears down a group. */
int office_begin(void **state);
int office_end(void **state);

/* Fails unless the program ended so and said so on its standard output; lets go
 * of what it said. */
void office_ran(int status, const char *says, struct output output);

/* Files a visit of a form ("intake") with these answers (JSON); its number. */
#define OFFICE_NUMBER sizeof "K7-0000"
void office_file(const struct office *office, const char *form,
		 const char *answers, char number[OFFICE_NUMBER]);

/* The visit's person, in the record from now on and kept. */
void office_person(const struct office *office, const char *number);

/* They agree to share with a recipient. */
void office_agree(const struct office *office, int person,
		  const char *recipient);
