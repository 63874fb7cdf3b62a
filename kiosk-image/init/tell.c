/*
 * notice NAME: shows a notice on its standard output and stays, so that nothing
 * else takes the screen.
 */
#include <stdio.h>
#include <unistd.h>

#include "notice.h"

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: notice NAME\n", stderr);
		return 2;
	}
	notice_show("/usr/lib/foyer/notices", argv[1], STDOUT_FILENO);
	for (;;)
		pause();
}
