#include "tests/support/asked.h"

#include <stdlib.h>

long asked_number(const char *name, long otherwise)
{
	const char *text = getenv(name);

	return text ? strtol(text, NULL, 10) : otherwise;
}
