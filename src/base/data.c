#include "base/data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

#define VERSION_LIMIT 100 /* bytes of the file `version` */

const char *data_folder(void)
{
	const char *named = getenv("FOYER_DATA");

	return named && named[0] ? named : DATA_FOLDER;
}

char *data_path(const char *name)
{
	return xasprintf("%s/%s", data_folder(), name);
}

static void print_version(const char *program)
{
	SCOPED(char_freep) char *path = data_path("version");
	struct bytes text = { 0 };

	if (!file_exists(path) || file_read(path, VERSION_LIMIT, &text) ||
	    !text.length)
		bytes_add_text(&text, "unreleased");
	printf("%s %.*s\n", program, (int)strcspn((char *)text.data, "\n"),
	       (char *)text.data);
	bytes_done(&text);
}

bool data_version_asked(const char *program, int argc, char *const *argv)
{
	if (argc != 2 || strcmp(argv[1], "--version") != 0)
		return false;
	print_version(program);
	return true;
}
