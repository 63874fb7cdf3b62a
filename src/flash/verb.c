#include "flash/verb.h"

#include <stdio.h>

int verb_usage(const struct verb *verb, const char *complaint)
{
	fprintf(stderr, "foyer-flash %s: %s\nusage: foyer-flash %s%s%s\n",
		verb->name, complaint, verb->name, *verb->usage ? " " : "",
		verb->usage);
	return EXIT_USAGE;
}
