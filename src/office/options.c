#include "office/options.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

/* As getopt wants them, each by its place; gives that of -o, or -1. */
static int list(const struct options_place *places,
		struct option known[OPTIONS_MOST + 1])
{
	int output = -1;

	for (int i = 0; places[i].name; i++) {
		assert(i < OPTIONS_MOST);
		known[i] = (struct option){ places[i].name,
					    places[i].value ? required_argument
							    : no_argument,
					    NULL, i };
		if (strcmp(places[i].name, "output") == 0)
			output = i;
	}
	return output;
}

bool options_read(int argc, char **argv, const struct options_place *places)
{
	struct option known[OPTIONS_MOST + 1] = { 0 };
	const int output = list(places, known);
	int option;

	optind = 0;
	opterr = 1; /* it names which */
	while ((option = getopt_long(argc, argv, output < 0 ? "" : "o:", known,
				     NULL)) != -1) {
		if (option == 'o')
			option = output;
		if (option < 0 || option >= OPTIONS_MOST)
			return false;
		if (places[option].value)
			*places[option].value = optarg;
		else
			*places[option].flag = true;
	}
	return true;
}
