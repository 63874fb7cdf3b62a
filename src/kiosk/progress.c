#include "kiosk/progress.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

struct setup_progress setup_progress_read(const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "setup");
	struct setup_progress progress = { 0 };
	struct bytes text = { 0 };

	if (file_exists(path) && !file_read(path, 64, &text) && text.length &&
	    sscanf((const char *)text.data, "%2[a-z] %x", progress.language,
		   &progress.steps) != 2)
		progress = (struct setup_progress){ 0 };
	bytes_done(&text);
	return progress;
}

enum fault setup_progress_write(const struct home *home,
				const struct setup_progress *progress)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, "setup");
	SCOPED(char_freep)
	char *line = xasprintf("%s %x\n", progress->language, progress->steps);

	return file_write(path, line, strlen(line), 0600);
}
