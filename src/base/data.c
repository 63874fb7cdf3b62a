#include "base/data.h"

#include <stdlib.h>

#include "base/memory.h"

const char *data_folder(void)
{
	const char *named = getenv("FOYER_DATA");

	return named && named[0] ? named : DATA_FOLDER;
}

char *data_path(const char *name)
{
	return xasprintf("%s/%s", data_folder(), name);
}
