#include "tests/support/slow.h"

#include <stdlib.h>

long loops(long count)
{
	const char *slow = getenv("FOYER_SLOW");
	long by = slow ? strtol(slow, NULL, 10) : 1;

	if (by > 1)
		count /= by;
	return count > 0 ? count : 1;
}
