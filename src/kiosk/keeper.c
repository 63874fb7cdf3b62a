#include "kiosk/keeper.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/supervise.h"
#include "issue/waiting.h"

struct keeper {
	char *manager, *tests, *clock;
	const struct home *home;
	int ends[2];
	struct pulse told; /* the size that was told last */
	bool alone;        /* a visit without its porter was told */
	bool saved;
	int64_t saved_at; /* of the clock that only goes forward */
	bool looked;      /* for tickets that have waited for too long */
	int64_t looked_at;
};

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct keeper *keeper_new(const struct keeper_ways *ways)
{
	struct keeper *keeper = xcalloc(1, sizeof *keeper);

	if (pipe2(keeper->ends, O_CLOEXEC | O_NONBLOCK)) {
		log_error("no pipe to a visitor's process: %s",
			  strerror(errno));
		free(keeper);
		return NULL;
	}
	keeper->manager = copied(ways->manager);
	keeper->tests = copied(ways->tests);
	keeper->clock = copied(ways->clock);
	keeper->home = ways->home;
	return keeper;
}

void keeper_free(struct keeper *keeper)
{
	if (!keeper)
		return;
	close(keeper->ends[0]);
	close(keeper->ends[1]);
	free(keeper->manager);
	free(keeper->tests);
	free(keeper->clock);
	free(keeper);
}

int keeper_input(const struct keeper *keeper)
{
	return keeper->ends[0];
}

int keeper_output(const struct keeper *keeper)
{
	return keeper->ends[1];
}

/* Not there is the usual thing: only a machine under test has the port. */
static void tell_tests(const struct keeper *keeper)
{
	char line[32];
	int length = snprintf(line, sizeof line, "ready %dx%d\n",
			      keeper->told.columns, keeper->told.rows);
	int file = keeper->tests
		       ? open(keeper->tests, O_WRONLY | O_APPEND | O_CLOEXEC |
						 O_NONBLOCK | O_NOCTTY)
		       : -1;

	if (file < 0)
		return;
	(void)!write(file, line, (size_t)length);
	close(file);
}

static bool is_new_size(const struct keeper *keeper, const struct pulse *pulse)
{
	return pulse->rows && (pulse->rows != keeper->told.rows ||
			       pulse->columns != keeper->told.columns);
}

/* The visitor's process can write nothing down itself then. */
static void tell_alone(struct keeper *keeper, bool alone)
{
	if (alone && !keeper->alone)
		log_error(
		    "a visitor's process has lost the one that prints "
		    "and keeps its ticket; the next visitor's has another");
	keeper->alone = alone;
}

void keeper_take(struct keeper *keeper)
{
	struct pulse pulse;

	if (!pulse_read(keeper->ends[0], &pulse))
		return;
	tell_alone(keeper, pulse.alone);
	if (is_new_size(keeper, &pulse)) {
		if (!keeper->told.rows)
			(void)supervise_tell(keeper->manager, SUPERVISE_READY);
		keeper->told = pulse;
		tell_tests(keeper);
	}
	(void)supervise_tell(keeper->manager, SUPERVISE_ALIVE);
}

/* A clock that was never set is not worth keeping, nor is it a fault. */
static void save(const struct keeper *keeper, int64_t time)
{
	char line[32];
	int length = snprintf(line, sizeof line, "%" PRId64 "\n", time / 1000);

	const struct timespec dated[] = { { .tv_sec = time / 1000 },
					  { .tv_sec = time / 1000 } };

	/* The file bears that time, too, which may not be the system's. */
	if (keeper->clock &&
	    !file_write(keeper->clock, line, (size_t)length, 0644))
		(void)utimensat(AT_FDCWD, keeper->clock, dated, 0);
}

static void look_at_waiting(struct keeper *keeper, int64_t now)
{
	struct uptime uptime;

	if (!keeper->home ||
	    (keeper->looked && now - keeper->looked_at < KEEPER_LOOK_MS))
		return;
	uptime = uptime_now();
	waiting_end(keeper->home, &uptime);
	keeper->looked = true;
	keeper->looked_at = now;
}

void keeper_tick(struct keeper *keeper, int64_t now, int64_t time)
{
	look_at_waiting(keeper, now);
	if (keeper->saved && now - keeper->saved_at < KEEPER_CLOCK_MS)
		return;
	save(keeper, time);
	keeper->saved = true;
	keeper->saved_at = now;
}

void keeper_end(struct keeper *keeper, int64_t time)
{
	(void)supervise_tell(keeper->manager, SUPERVISE_STOPPING);
	save(keeper, time);
}
