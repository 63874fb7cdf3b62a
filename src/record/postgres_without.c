#ifdef WITHOUT_SERVER

#include <string.h>

#include "record/postgres.h"

/* Built for a machine whose record is in its file (see the Makefile): a server
 * is told apart, and refused. */

bool postgres_is(const char *address)
{
	return !strncmp(address, "postgres", 8);
}

char *postgres_told(const char *address)
{
	(void)address;
	return xstrdup("the server");
}

char *postgres_refused(const char *address)
{
	(void)address;
	return xstrdup("this Foyer was built without PostgreSQL: keep the "
		       "record in its file");
}

enum fault postgres_open(const char *address, struct store **out)
{
	(void)address;
	*out = NULL;
	return FAULT_STORE;
}

#endif
