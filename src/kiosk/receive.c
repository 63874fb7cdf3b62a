#include "kiosk/receive.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "issue/waiting.h"
#include "kiosk/world.h"

/* After so many visitors' processes that failed at once, pause between. */
#define FAILURES_IN_A_ROW 3
#define PAUSE_MS 2000

/* How long the loop may stand where nothing comes. */
#define TURN_MS 60000

struct reception {
	struct keeper *keeper;
	int signals;
	bool over;
	int64_t offset; /* ms from the system's time to the kiosk's */
	struct termios as_found;
};

enum fault reception_new(struct keeper *keeper, struct reception **out)
{
	static const int awaited[] = { SIGCHLD, SIGTERM, SIGINT, SIGHUP };
	struct reception *reception;
	sigset_t set;
	int signals;

	sigemptyset(&set);
	for (size_t i = 0; i < COUNT(awaited); i++)
		sigaddset(&set, awaited[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	if (signals < 0) {
		log_error("signals cannot be waited for: %s", strerror(errno));
		return FAULT_SYSTEM;
	}
	reception = xcalloc(1, sizeof *reception);
	reception->keeper = keeper;
	reception->signals = signals;
	tcgetattr(STDIN_FILENO, &reception->as_found);
	*out = reception;
	return FAULT_NONE;
}

/* A process that was killed leaves the terminal as it was. */
static void give_terminal_back(const struct reception *reception)
{
	static const char reset[] = "\033[?1000l\033[?1006l\033[?8452l"
				    "\033[?2026l\033[?25h\033[0m\033[?1049l";

	(void)!write(STDOUT_FILENO, reset, sizeof reset - 1);
	tcsetattr(STDIN_FILENO, TCSANOW, &reception->as_found);
}

void reception_free(struct reception *reception)
{
	if (!reception)
		return;
	keeper_end(reception->keeper, world_now() + reception->offset);
	close(reception->signals);
	free(reception);
}

void reception_mend_time(struct reception *reception, int64_t offset)
{
	reception->offset = offset;
}

int reception_beat(const struct reception *reception)
{
	return keeper_output(reception->keeper);
}

bool reception_over(const struct reception *reception)
{
	return reception->over;
}

/* Takes what signals came; whether one of them asks to end. */
static bool take_signals(const struct reception *reception)
{
	struct signalfd_siginfo came;
	bool ends = false;

	while (read(reception->signals, &came, sizeof came) == sizeof came)
		ends = ends || came.ssi_signo != SIGCHLD;
	return ends;
}

/* Stands until something comes, milliseconds at most; whether it is a request
 * to end. */
static bool turn(struct reception *reception, int milliseconds)
{
	struct pollfd wait[] = {
		{ reception->signals, POLLIN, 0 },
		{ keeper_input(reception->keeper), POLLIN, 0 },
	};
	bool ends;

	(void)poll(wait, COUNT(wait), milliseconds);
	ends = take_signals(reception);
	keeper_take(reception->keeper);
	keeper_tick(reception->keeper, world_ticks(),
		    world_now() + reception->offset);
	reception->over = reception->over || ends;
	return ends;
}

void reception_wait(struct reception *reception, int child, int *status)
{
	while (waitpid(child, status, WNOHANG) != child) {
		if (turn(reception, TURN_MS))
			kill(child, SIGTERM);
	}
}

static void pause_between(struct reception *reception)
{
	int64_t until = world_ticks() + PAUSE_MS, now;

	while (!reception->over && (now = world_ticks()) < until)
		(void)turn(reception, (int)(until - now));
}

/* Its process wrote down what it knew itself; of a crash it knows nothing. */
static void log_trouble(int status)
{
	if (WIFSIGNALED(status))
		log_error("a visit was ended by signal %d: %s",
			  WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		log_error("a visit ended in trouble");
}

/* Whatever the visit left without paper, the next one overwrites nothing. */
static enum fault set_aside(const struct hall *hall, enum visitor_end end)
{
	const struct uptime now = uptime_now();

	return waiting_begin(hall->home, &now,
			     end == VISITOR_UNPRINTED ? WAITING_UNPRINTED
						      : WAITING_CUT);
}

/* A visit, and how it ended. */
static enum fault receive_one(struct reception *reception, struct hall *hall,
			      uint32_t number, enum visitor_end *end)
{
	pid_t child;
	int status;
	enum fault fault =
	    visitor_start(hall, number, reception_beat(reception), &child);

	if (fault)
		return fault;
	hall->visited = true;
	reception_wait(reception, child, &status);
	*end = visitor_ended(status);
	if (*end == VISITOR_TROUBLE) {
		log_trouble(status);
		give_terminal_back(reception);
	}
	if (*end == VISITOR_UNPRINTED)
		log_warning("the ticket %" PRIu32 " has no paper: it waits "
			    "behind the staff PIN",
			    number);
	fault = set_aside(hall, *end);
	return *end == VISITOR_NO_SCREEN ? FAULT_SYSTEM : fault;
}

enum fault receive_visitors(struct reception *reception, struct hall *hall,
			    bool once, enum visitor_end *last)
{
	bool free_number = false;
	int failures = 0;
	uint32_t number = 0;
	enum fault fault = FAULT_NONE;

	do {
		if (!free_number &&
		    (fault = issuer_take(hall->issuer, &number)))
			break;
		fault = receive_one(reception, hall, number, last);
		/* A number that might have been used is not given again. */
		free_number = *last == VISITOR_LEFT || *last == VISITOR_STAFF;
		failures = *last == VISITOR_TROUBLE ? failures + 1 : 0;
		if (!fault && !once && failures >= FAILURES_IN_A_ROW)
			pause_between(reception);
	} while (!fault && !once && !reception->over && *last != VISITOR_STAFF);
	give_terminal_back(reception);
	return fault;
}
