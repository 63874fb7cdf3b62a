#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/any_form.h"

/*
 * any_form FOLDER COUNT: writes that many made-up forms, the same each time, so
 * that no engine could have been built for them.
 */
int main(int argc, char **argv)
{
	uint64_t count = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;

	if (!count || folder_make(argv[1])) {
		fprintf(stderr, "usage: any_form FOLDER COUNT\n");
		return 2;
	}
	for (uint64_t i = 1; i <= count; i++) {
		struct chance chance = { .state = i };
		SCOPED(char_freep) char *text = any_form_text(&chance);
		SCOPED(char_freep)
		char *path = xasprintf("%s/any-%02u.xml", argv[1], (unsigned)i);

		if (file_write(path, text, strlen(text), 0644))
			return 3;
	}
	return 0;
}
