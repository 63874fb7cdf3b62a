#include "flash/progress.h"

#include <time.h>
#include <unistd.h>

#define EACH 0.25 /* seconds between two drawings */

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void progress_time(double seconds, char out[PROGRESS_TIME])
{
	const long whole = (long)(seconds + 0.5);

	if (whole < 60)
		snprintf(out, PROGRESS_TIME, "%ld s", whole);
	else
		snprintf(out, PROGRESS_TIME, "%ld min %ld s", whole / 60,
			 whole % 60);
}

struct progress progress_begin(FILE *to, const char *doing, uint64_t total)
{
	return (struct progress){ .to = to,
				  .doing = doing,
				  .total = total,
				  .started = now(),
				  .terminal = to && isatty(fileno(to)) };
}

static void draw(struct progress *progress, double elapsed)
{
	const double part =
	    progress->total ? (double)progress->done / (double)progress->total
			    : 0;
	char left[PROGRESS_TIME];

	progress_time(elapsed / part - elapsed, left);
	fprintf(progress->to, "\r%-24s %3d %%  %s left   \x1b[K",
		progress->doing, (int)(100 * part), left);
	fflush(progress->to);
}

void progress_add(struct progress *progress, uint64_t bytes)
{
	const double at = now();

	progress->done += bytes;
	if (!progress->terminal || !progress->done ||
	    at - progress->shown < EACH)
		return;
	progress->shown = at;
	draw(progress, at - progress->started);
}

void progress_end(struct progress *progress)
{
	char took[PROGRESS_TIME];

	if (!progress->to)
		return;
	progress_time(now() - progress->started, took);
	fprintf(progress->to, "%s%-24s done in %s%s\n",
		progress->terminal ? "\r" : "", progress->doing, took,
		progress->terminal ? "\x1b[K" : "");
	fflush(progress->to);
}
