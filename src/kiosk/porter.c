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

#define PATIENCE 500 /* ms that the process may take to end */

struct porter {
	int socket, lender;
	pid_t process;
	enum printer_answer answer;
	bool gone;
	bool answered; /* the errand that is waited for */
	enum fault fault;
};

/* --- messages ---------------------------------------------------------------
 */

static void send_errand(struct porter *porter, enum errand kind,
			const void *data, size_t length)
{
	uint8_t message[ERRAND_MOST];

	message[0] = (uint8_t)kind;
	memcpy(message + 1, data, length);
	/* A porter who is gone is noticed where answers are taken. */
	(void)!send(porter->socket, message, 1 + length, MSG_NOSIGNAL);
}

/* A porter who writes down nothing any more keeps nobody from going on. */
static void log_through(void *to, enum log_level level, const char *line)
{
	uint8_t said[ERRAND_MOST - 1] = { (uint8_t)level };
	const size_t length = strnlen(line, sizeof said - 1);

	memcpy(said + 1, line, length);
	send_errand(to, ERRAND_LOG, said, 1 + length);
}

/* --- the process ------------------------------------------------------------
 */

/* It goes when its visitor has, and not at a signal to all: the ticket that is
 * being kept is kept. That it cannot be read or dumped it has from its visitor.
 */
static pid_t start(struct hall *hall, const int *errands, const int *lender)
{
	const pid_t process = fork();

	if (process)
		return process;
	close(errands[0]);
	close(lender[0]);
	errands_run(hall, errands[1], lender[1]);
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

enum fault porter_start(struct hall *hall, struct porter **out)
{
	int errands[2] = { -1, -1 }, lender[2] = { -1, -1 };
	pid_t process = -1;

	if (pair(errands) && pair(lender))
		process = start(hall, errands, lender);
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
		.process = process,
	};
	log_to(log_through, *out);
	return FAULT_NONE;
}

/* A printer that hangs is not waited for. */
void porter_free(struct porter *porter)
{
	struct pollfd ended = { .events = POLLIN };

	if (!porter)
		return;
	log_to(NULL, NULL);
	ended.fd = porter->socket;
	(void)shutdown(porter->socket, SHUT_WR);
	while (!porter->gone && poll(&ended, 1, PATIENCE) > 0)
		porter_take(porter);
	if (!porter->gone)
		kill(porter->process, SIGKILL);
	close(porter->socket);
	close(porter->lender);
	(void)waitpid(porter->process, NULL, 0);
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

static void lose(struct porter *porter)
{
	porter->gone = true;
	if (porter->answer == PRINTER_WORKING)
		porter->answer = PRINTER_UNKNOWN;
}

static void take_one(struct porter *porter, int flags)
{
	uint8_t message[2];
	const ssize_t got =
	    recv(porter->socket, message, sizeof message, flags);

	if (!got || (got < 0 && errno != EAGAIN && errno != EINTR)) {
		lose(porter);
	} else if (got == 2 && message[0] == ERRAND_PRINTER) {
		porter->answer = (enum printer_answer)message[1];
	} else if (got == 2 && message[0] == ERRAND_DONE) {
		porter->answered = true;
		porter->fault = (enum fault)message[1];
	}
}

void porter_take(struct porter *porter)
{
	struct pollfd wait = { porter->socket, POLLIN, 0 };

	while (!porter->gone && poll(&wait, 1, 0) > 0)
		take_one(porter, MSG_DONTWAIT);
}

static enum fault await(struct porter *porter)
{
	while (!porter->answered && !porter->gone)
		take_one(porter, 0);
	if (porter->answered)
		return porter->fault;
	log_error("the process for the visitor's errands is gone");
	return FAULT_SYSTEM;
}

/* --- paper, tickets, the log
 * --------------------------------------------------
 */

void porter_print(struct porter *porter, const struct picture *picture)
{
	const struct errand_paper paper = { picture->width, picture->height };
	const size_t all = (size_t)picture->width / 8 * (size_t)picture->height;
	size_t piece;

	porter->answer = PRINTER_WORKING;
	send_errand(porter, ERRAND_PAPER, &paper, sizeof paper);
	for (size_t at = 0; at < all; at += piece) {
		piece = all - at < ERRAND_MOST - 1 ? all - at : ERRAND_MOST - 1;
		send_errand(porter, ERRAND_BITS, picture->bits + at, piece);
	}
	if (porter->gone)
		lose(porter);
}

enum printer_answer porter_answer(const struct porter *porter)
{
	return porter->answer;
}

static enum fault keep(void *to, const void *wire, size_t length)
{
	struct porter *porter = to;

	porter->answered = false;
	send_errand(porter, ERRAND_KEEP, wire, length);
	return await(porter);
}

static enum fault drop(void *to)
{
	struct porter *porter = to;

	porter->answered = false;
	send_errand(porter, ERRAND_DROP, "", 0);
	return await(porter);
}

struct issue_keeper porter_keeper(struct porter *porter)
{
	return (
	    struct issue_keeper){ .keep = keep, .drop = drop, .to = porter };
}
