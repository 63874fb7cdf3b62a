#include "tests/bench/measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"

static double ms_of(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

double measure_ms(void)
{
	return ms_of(CLOCK_MONOTONIC);
}

double measure_own_ms(void)
{
	return ms_of(CLOCK_PROCESS_CPUTIME_ID);
}

static int by_size(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

double measure_median(double *values, size_t count)
{
	qsort(values, count, sizeof *values, by_size);
	return values[count / 2];
}

void measure_tell(const char *what, double value, const char *unit,
		  const char *note_format, ...)
{
	va_list arguments;

	/* What is small is not nothing. */
	printf("  %-44s %10.*f %-3s ", what, value && value < 0.1 ? 4 : 2,
	       value, unit);
	va_start(arguments, note_format);
	vprintf(note_format, arguments);
	va_end(arguments);
	printf("\n");
	fflush(stdout);
}

void measure_tell_load(void)
{
	double load = 0;

	if (getloadavg(&load, 1) == 1)
		printf("  (load %.1f on %ld processors)\n", load,
		       sysconf(_SC_NPROCESSORS_ONLN));
}

double measure_memory_of(pid_t process, const char *name)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/%d/smaps_rollup", process);
	FILE *file = fopen(path, "re");
	size_t length = strlen(name);
	char line[256];
	long kb = 0;

	while (file && fgets(line, sizeof line, file)) {
		if (strncmp(line, name, length) == 0)
			kb = strtol(line + length, NULL, 10);
	}
	if (file)
		fclose(file);
	return (double)kb / 1024;
}

pid_t measure_child(pid_t process)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/%d/task/%d/children", process, process);
	FILE *file = fopen(path, "re");
	int child = 0;

	if (!file || fscanf(file, "%d", &child) != 1)
		child = 0;
	if (file)
		fclose(file);
	return child;
}
