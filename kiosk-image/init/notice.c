#include "notice.h"

#include <stdio.h>

/* UTF-8, plain, empty from the top, no cursor, and never dark by itself. */
#define CLEAR "\033%%G\033[0m\033[2J\033[H\033[?25l\033[9;0]"

void notice_show(const char *folder, const char *name, int file)
{
	char path[128], text[2048] = "";
	FILE *notice;

	snprintf(path, sizeof path, "%s/%s.txt", folder, name);
	notice = fopen(path, "re");
	if (notice) {
		text[fread(text, 1, sizeof text - 1, notice)] = '\0';
		fclose(notice);
	}
	dprintf(file, CLEAR "\n  FOYER\n\n%s\n  (foyer: %s)\n", text, name);
}
