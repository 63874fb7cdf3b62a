#include "kiosk/porter.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/errands.h"
#include "kiosk/world.h"

#define PATIENCE 500 /* ms that the process may take to end */

struct porter {
	int socket, lender;
	int patience; /* ms for an errand */
	pid_t process;
	uint8_t paper; /* the last one's number */
	enum printer_answer answer;
	int64_t due; /* an answer that is worked at, of world_ticks() */
	bool gone;
	bool answered; /* the errand that is waited for */
	enum fault fault;
};

/* --- messages ---------------------------------------------------------------
 */

/* Waits until it can be sent, or its answer is there; false: the time is up. */
static bool wait_for(const struct porter *porter, short events, int64_t until)
{
	struct pollfd wait = { porter->socket, events, 0 };
	int64_t left;

	while ((left = until - world_ticks()) > 0) {
		const int came = poll(&wait, 1, (int)left);

		if (came > 0 || (came < 0 && errno != EINTR))
			return came > 0;
	}
	return false;
}

/* False: it is not on its way. */
static bool send_errand(const struct porter *porter, enum errand kind,
			const void *data, size_t length, int64_t until)
{
	uint8_t message[ERRAND_MOST];
	ssize_t sent;

	message[0] = (uint8_t)kind;
	memcpy(message + 1, data, length);
	do
		sent = send(porter->socket, message, 1 + length,
			    MSG_NOSIGNAL | MSG_DONTWAIT);
	while (sent < 0 && errno == EAGAIN && wait_for(porter, POLLOUT, until));
	return sent > 0;
}

/* A porter who writes down nothing any more keeps nobody from going on. */
static void log_through(void *to, enum log_level level, const char *line)
{
	uint8_t said[1 + ERRAND_LINE] = { (uint8_t)level };
	const size_t length = strnlen(line, sizeof said - 1);

	memcpy(said + 1, line, length);
	(void)send_errand(to, ERRAND_LOG, said, 1 + length, 0);
}

/* --- the process ------------------------------------------------------------
 */

/* It goes when its visitor has, and not at a signal to all: the ticket that is
 * being kept is kept. */
static pid_t start(struct hall *hall, uint32_t number, const int *errands,
		   const int *lender)
{
	const pid_t process = fork();

	if (process)
		return process;
	close(errands[0]);
	close(lender[0]);
	errands_run(hall, number, errands[1], lender[1]);
}

static bool pair(int *ends)
{
	return !socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

static void close_pair(const int *ends)
{
	if (ends[0] >= 0)
		close(ends[0]);
	if (ends[1] >= 0)
		close(ends[1]);
}

enum fault porter_start(struct hall *hall, uint32_t number, int patience,
			struct porter **out)
{
	int errands[2] = { -1, -1 }, lender[2] = { -1, -1 };
	pid_t process = -1;

	if (pair(errands) && pair(lender))
		process = start(hall, number, errands, lender);
	if (process < 0) {
		log_error("no process for the visitor's errands: %s",
			  strerror(errno));
		close_pair(errands);
		close_pair(lender);
		return FAULT_SYSTEM;
	}
	close(errands[1]);
	close(lender[1]);
	*out = xcalloc(1, sizeof **out);
	**out = (struct porter){
		.socket = errands[0],
		.lender = lender[0],
		.patience = patience,
		.process = process,
	};
	log_to(log_through, *out);
	return FAULT_NONE;
}

static void lose(struct porter *porter)
{
	porter->gone = true;
	if (porter->answer == PRINTER_WORKING)
		porter->answer = PRINTER_UNKNOWN;
}

/* One that hangs is ended, so that it does nothing later. */
static void give_up(struct porter *porter)
{
	if (!porter->gone)
		(void)kill(porter->process, SIGKILL);
	lose(porter);
}

static void take_one(struct porter *porter)
{
	uint8_t message[3];
	const ssize_t got =
	    recv(porter->socket, message, sizeof message, MSG_DONTWAIT);

	if (!got || (got < 0 && errno != EAGAIN && errno != EINTR)) {
		lose(porter);
	} else if (got == sizeof message && message[0] == ERRAND_PRINTER) {
		/* The answer of the paper before may still be on its way. */
		if (message[2] != porter->paper)
			return;
		porter->answer = (enum printer_answer)message[1];
	} else if (got == sizeof message && message[0] == ERRAND_DONE) {
		porter->answered = true;
		porter->fault = (enum fault)message[1];
	}
}

/* A printer that hangs is not waited for, nor is a process in it that cannot
 * even be killed: whoever is left when this one ends is init's. */
void porter_free(struct porter *porter)
{
	int64_t until;

	if (!porter)
		return;
	log_to(NULL, NULL);
	(void)shutdown(porter->socket, SHUT_WR);
	until = world_ticks() + PATIENCE;
	while (!porter->gone && wait_for(porter, POLLIN, until))
		take_one(porter);
	if (!porter->gone) {
		give_up(porter);
		(void)wait_for(porter, POLLIN, until + PATIENCE);
	}
	close(porter->socket);
	close(porter->lender);
	(void)waitpid(porter->process, NULL, WNOHANG);
	free(porter);
}

pid_t porter_process(const struct porter *porter)
{
	return porter->process;
}

int porter_lender(const struct porter *porter)
{
	return porter->lender;
}

int porter_descriptor(const struct porter *porter)
{
	return porter->gone ? -1 : porter->socket;
}

void porter_take(struct porter *porter, int64_t now)
{
	struct pollfd wait = { porter->socket, POLLIN, 0 };

	while (!porter->gone && poll(&wait, 1, 0) > 0)
		take_one(porter);
	if (porter->answer == PRINTER_WORKING && now >= porter->due)
		give_up(porter);
}

/* What is answered, within the time that it may take. */
static enum fault run_errand(struct porter *porter, enum errand kind,
			     const void *data, size_t length)
{
	const int64_t until = world_ticks() + porter->patience;

	porter->answered = false;
	if (send_errand(porter, kind, data, length, until)) {
		while (!porter->answered && !porter->gone &&
		       wait_for(porter, POLLIN, until))
			take_one(porter);
	}
	if (porter->answered)
		return porter->fault;
	give_up(porter);
	return FAULT_SYSTEM;
}

/* --- paper, tickets, the log
 * --------------------------------------------------
 */

/* False: not all of it. */
static bool send_picture(const struct porter *porter,
			 const struct picture *picture, bool slip,
			 int64_t until)
{
	const struct errand_paper paper = { picture->width, picture->height,
					    porter->paper, slip };
	const size_t all = (size_t)picture->width / 8 * (size_t)picture->height;
	bool sent =
	    send_errand(porter, ERRAND_PAPER, &paper, sizeof paper, until);
	size_t piece;

	for (size_t at = 0; sent && at < all; at += piece) {
		piece = all - at < ERRAND_MOST - 1 ? all - at : ERRAND_MOST - 1;
		sent = send_errand(porter, ERRAND_BITS, picture->bits + at,
				   piece, until);
	}
	return sent;
}

static void print(struct porter *porter, const struct picture *picture,
		  bool slip, int64_t now)
{
	porter->due = now + PORTER_PRINTS;
	porter->answer = PRINTER_WORKING;
	porter->paper++;
	if (send_picture(porter, picture, slip,
			 world_ticks() + porter->patience))
		return;
	porter->answer = PRINTER_OFFLINE;
	give_up(porter);
}

void porter_print(struct porter *porter, const struct picture *picture,
		  int64_t now)
{
	print(porter, picture, false, now);
}

void porter_print_slip(struct porter *porter, const struct picture *picture,
		       int64_t now)
{
	print(porter, picture, true, now);
}

enum printer_answer porter_answer(const struct porter *porter)
{
	return porter->answer;
}

static enum fault keep(void *to, const void *wire, size_t length)
{
	return run_errand(to, ERRAND_KEEP, wire, length);
}

static enum fault drop(void *to)
{
	return run_errand(to, ERRAND_DROP, "", 0);
}

struct issue_keeper porter_keeper(struct porter *porter)
{
	return (
	    struct issue_keeper){ .keep = keep, .drop = drop, .to = porter };
}
