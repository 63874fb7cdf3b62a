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

struct progress progress_begin(const struct shown *on, const char *doing,
			       uint64_t total)
{
	return (struct progress){ .on = on,
				  .doing = doing,
				  .total = total,
				  .started = now(),
				  .percent = -1,
				  .terminal = on && !on->program &&
					      isatty(fileno(on->to)) };
}

static double part_of(const struct progress *progress)
{
	return progress->total
		   ? (double)progress->done / (double)progress->total
		   : 0;
}

static void tell(struct progress *progress)
{
	const int percent = (int)(100 * part_of(progress));

	if (percent == progress->percent)
		return;
	progress->percent = percent;
	fprintf(progress->on->to, "doing %d %s\n", percent, progress->doing);
	fflush(progress->on->to);
}

static void draw(struct progress *progress, double elapsed)
{
	const double part = part_of(progress);
	char left[PROGRESS_TIME];

	progress_time(elapsed / part - elapsed, left);
	fprintf(progress->on->to, "\r%-24s %3d %%  %s left   \x1b[K",
		progress->doing, (int)(100 * part), left);
	fflush(progress->on->to);
}

void progress_add(struct progress *progress, uint64_t bytes)
{
	const double at = now();

	progress->done += bytes;
	if (progress->on && progress->on->program)
		tell(progress);
	if (!progress->terminal || !progress->done ||
	    at - progress->drawn < EACH)
		return;
	progress->drawn = at;
	draw(progress, at - progress->started);
}

void progress_end(struct progress *progress)
{
	char took[PROGRESS_TIME];

	if (!progress->on || progress->on->program)
		return;
	progress_time(now() - progress->started, took);
	fprintf(progress->on->to, "%s%-24s done in %s%s\n",
		progress->terminal ? "\r" : "", progress->doing, took,
		progress->terminal ? "\x1b[K" : "");
	fflush(progress->on->to);
}
