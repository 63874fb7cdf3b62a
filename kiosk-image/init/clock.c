/*
 * clock FILE: a Pi has no clock that runs without power. The kiosk saves the
 * time by writing FILE every hour; this sets the clock to the time FILE was
 * written, if that is later. That there is no such file is no mistake.
 */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

int main(int argc, char **argv)
{
	struct stat saved;
	struct timespec now;

	if (argc != 2) {
		fputs("usage: clock FILE\n", stderr);
		return 2;
	}
	if (lstat(argv[1], &saved) < 0)
		return errno == ENOENT ? 0 : (perror(argv[1]), 3);
	clock_gettime(CLOCK_REALTIME, &now);
	if (saved.st_mtim.tv_sec > now.tv_sec &&
	    clock_settime(CLOCK_REALTIME, &saved.st_mtim) < 0) {
		perror("clock");
		return 3;
	}
	return 0;
}
