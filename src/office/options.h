#pragma once

#include <stdbool.h>

/* The options of a verb, and where each goes: a value as it was written, or
 * whether it was there. */
struct options_place {
	const char *name;   /* "from" for --from; "output" is -o as well */
	const char **value; /* NULL: it has none */
	bool *flag;
};
#define OPTIONS_MOST 16

/*
 * Reads them up to a place without a name; what was not given stays as it was.
 * The words behind them are argv[optind] and on. False: an option that is not
 * among them, or one without its value; the caller complains.
 */
bool options_read(int argc, char **argv, const struct options_place *places);
#define OPTIONS_COMPLAINT "an option it does not know, or one without its value"
