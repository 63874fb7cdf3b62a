#include "base/jail_files.h"

#include <dirent.h>
#include <errno.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"

/* Of the kernel's table, by the version that knew it first: newer kernels have
 * more, which the first layer refuses anyhow. */
#define FILES_1 ((1ULL << 13) - 1)
#define FILES_2 (1ULL << 13)        /* links between folders */
#define FILES_3 (1ULL << 14)        /* truncation */
#define NETWORK_4 ((1ULL << 2) - 1) /* TCP: bind and connect */

#define ENTER SIGURG
#define WHILE_MS 100 /* a thread that has ended does not answer */
#define WHILES 50
#define ROUNDS 16   /* in which threads may still be started */
#define THREADS 256 /* no visitor's process has so many */

static int landlock_version(void)
{
	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
}

bool jail_files_offered(void)
{
	return landlock_version() >= 1;
}

/* --- a thread ---------------------------------------------------------------
 */

static struct {
	int rules;
	sem_t entered;
	atomic_int failed; /* an errno */
} now;

static void enter(void)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    syscall(SYS_landlock_restrict_self, now.rules, 0))
		now.failed = errno;
}

static void on_signal(int signal)
{
	const int error = errno;

	(void)signal;
	enter();
	(void)sem_post(&now.entered);
	errno = error;
}

static bool has_ended(pid_t thread)
{
	return syscall(SYS_tgkill, getpid(), thread, 0) && errno == ESRCH;
}

/* The moment a while from now. */
static struct timespec in_a_while(void)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_nsec += WHILE_MS * 1000000L;
	until.tv_sec += until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	return until;
}

static bool make_enter(pid_t thread)
{
	if (syscall(SYS_tgkill, getpid(), thread, ENTER))
		return errno == ESRCH;
	for (int i = 0; i < WHILES; i++) {
		const struct timespec until = in_a_while();

		if (!sem_clockwait(&now.entered, CLOCK_MONOTONIC, &until) ||
		    has_ended(thread))
			return true;
	}
	return false;
}

/* --- all of them ------------------------------------------------------------
 */

struct threads {
	pid_t id[THREADS];
	size_t count;
};

static bool has(const struct threads *threads, pid_t id)
{
	for (size_t i = 0; i < threads->count; i++) {
		if (threads->id[i] == id)
			return true;
	}
	return false;
}

/* Those that are not in yet; -1: they cannot be listed, or do not enter. */
static int enter_others(struct threads *entered)
{
	DIR *threads = opendir("/proc/self/task");
	const struct dirent *each;
	int fresh = 0;

	while (threads && fresh >= 0 && (each = readdir(threads))) {
		const pid_t id = (pid_t)atoi(each->d_name);

		if (!id || has(entered, id))
			continue;
		fresh =
		    entered->count < THREADS && make_enter(id) ? fresh + 1 : -1;
		if (fresh > 0)
			entered->id[entered->count++] = id;
	}
	if (threads)
		closedir(threads);
	return threads ? fresh : -1;
}

/* Who is in starts only threads that are; so it ends when a round finds none
 * outside. The calling one is last, for it opens the list. */
static bool enter_all(void)
{
	struct threads entered = { .id = { gettid() }, .count = 1 };
	int fresh = -1;

	for (int round = 0; round < ROUNDS; round++) {
		if ((fresh = enter_others(&entered)) <= 0)
			break;
	}
	if (fresh)
		now.failed = ETIMEDOUT;
	else
		enter();
	return !now.failed;
}

static bool enter_by_signal(void)
{
	const struct sigaction action = { .sa_handler = on_signal,
					  .sa_flags = SA_RESTART | SA_ONSTACK };
	struct sigaction before;
	bool done;

	if (sem_init(&now.entered, 0, 0) || sigaction(ENTER, &action, &before))
		return false;
	done = enter_all();
	(void)sigaction(ENTER, &before, NULL);
	(void)sem_destroy(&now.entered);
	return done;
}

/* No rule at all: nothing is allowed. */
static int make_rules(int version)
{
	const unsigned long long refused[] = {
		FILES_1 | (version >= 2 ? FILES_2 : 0) |
		    (version >= 3 ? FILES_3 : 0),
		NETWORK_4,
	};

	return (int)syscall(SYS_landlock_create_ruleset, refused,
			    version >= 4 ? sizeof refused : sizeof refused[0],
			    0);
}

enum fault jail_files_enter(void)
{
	const int version = landlock_version();
	bool done;

	if (version < 1)
		return FAULT_NONE;
	now.failed = 0;
	now.rules = make_rules(version);
	done = now.rules >= 0 && enter_by_signal();
	if (!done)
		log_error("the visitor's files cannot be shut off (Landlock): "
			  "%s",
			  strerror(now.failed ? now.failed : errno));
	if (now.rules >= 0)
		close(now.rules);
	return done ? FAULT_NONE : FAULT_SYSTEM;
}
