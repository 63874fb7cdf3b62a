#pragma once

#include <stdbool.h>

/* A choice as it is offered to a person, in the language of the run. */
struct choice_item {
	const char *value;
	const char *label; /* "" if none */
	const char *image; /* its picture, a jr:// address; NULL if none */
	bool hides;  /* choice column `private` is true: not confirmed, not
			listed */
	bool quotes; /* other answers stand in its label, as in a question's */
};
