#include "print/line_usb.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/lp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define PIECE 4096    /* bytes of a write: more makes a Pi's USB time out */
#define QUESTION 8    /* bytes at most of one for the printer's state */
#define WAKES SIGURG  /* ends a write that waits; else ignored */
#define LAST_MS 10000 /* for the last bytes, before the device is closed */
#define WAKE_MS 20

struct line_usb {
	int device, near, far; /* far is the thread's end of the pair */
	pthread_t thread;
	atomic_bool stop, no_paper;
	atomic_int paper;    /* enum line_paper */
	atomic_size_t taken; /* bytes from the pair that were not written yet */
};

/* --- the thread ------------------------------------------------------------
 */

/* The device has sent what it was given last; false where it is to stop. */
static bool is_idle(struct line_usb *line)
{
	struct pollfd wait = { line->device, POLLOUT, 0 };

	return poll(&wait, 1, LAST_MS) > 0 && wait.revents & POLLOUT &&
	       !line->stop;
}

static bool write_piece(struct line_usb *line, const uint8_t *data,
			size_t length)
{
	while (length && !line->stop) {
		ssize_t put = write(line->device, data, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			line->no_paper = errno == ENOSPC;
		if (put <= 0)
			return false;
		data += put;
		length -= (size_t)put;
	}
	return !line->stop;
}

/* The driver asks the printer, which may take seconds. */
static void ask_driver(struct line_usb *line)
{
	int status = 0;

	if (ioctl(line->device, LPGETSTATUS, &status) == 0)
		line->paper =
		    status & LP_POUTPA ? LINE_PAPER_OUT : LINE_PAPER_THERE;
}

/* From the kiosk to the printer; false once there is no more. */
static bool pass_on(struct line_usb *line)
{
	uint8_t data[PIECE];
	ssize_t got = read(line->far, data, sizeof data);
	bool written;

	if (got <= 0)
		return false;
	line->taken += (size_t)got;
	written = write_piece(line, data, (size_t)got) && is_idle(line);
	explicit_bzero(data, sizeof data);
	/* Not while a picture is under way. */
	if (written && got <= QUESTION)
		ask_driver(line);
	line->taken -= (size_t)got;
	return written;
}

/* From the printer to the kiosk; false where the printer is gone. */
static bool pass_back(struct line_usb *line)
{
	uint8_t data[256];
	ssize_t got = read(line->device, data, sizeof data);

	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	/* usblp gives 0 for a printer that has nothing to say after all. */
	return !got || send(line->far, data, (size_t)got, MSG_NOSIGNAL) > 0;
}

static void *run(void *to)
{
	struct line_usb *line = to;
	bool open = true;

	while (open && !line->stop) {
		struct pollfd wait[] = {
			{ line->far, POLLIN, 0 },
			{ line->device, POLLIN, 0 },
		};

		if (poll(wait, COUNT(wait), -1) < 0)
			continue;
		if (wait[1].revents & (POLLERR | POLLHUP))
			open = false;
		else if (wait[1].revents)
			open = pass_back(line);
		if (open && wait[0].revents)
			open = pass_on(line);
	}
	(void)shutdown(line->far, SHUT_RDWR);
	return NULL;
}

/* --- the kiosk's end -------------------------------------------------------
 */

static void wake(int signal)
{
	(void)signal;
}

/* A signal without SA_RESTART: a write that waits comes back. */
static void let_wake(void)
{
	const struct sigaction action = { .sa_handler = wake };

	(void)sigaction(WAKES, &action, NULL);
}

static bool start(struct line_usb *line)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return false;
	line->near = pair[0];
	line->far = pair[1];
	(void)fcntl(line->near, F_SETFL, O_NONBLOCK);
	/* Little is under way between the two, so that what was taken was as
	 * good as printed. */
	(void)setsockopt(line->near, SOL_SOCKET, SO_SNDBUF, &(int){ PIECE },
			 sizeof(int));
	return pthread_create(&line->thread, NULL, run, line) == 0;
}

struct line_usb *line_usb_new(int device)
{
	struct line_usb *line = xcalloc(1, sizeof *line);

	line->device = device;
	line->near = line->far = -1;
	/* A device that is no usblp has no such thing, and needs none. */
	(void)ioctl(device, LPABORT, 1);
	let_wake();
	if (start(line))
		return line;
	log_warning("the USB printer: %s", strerror(errno));
	if (line->near >= 0) {
		close(line->near);
		close(line->far);
	}
	close(device);
	free(line);
	return NULL;
}

static bool join_within(const struct line_usb *line)
{
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_nsec += WAKE_MS * 1000000L;
	end.tv_sec += end.tv_nsec / 1000000000L;
	end.tv_nsec %= 1000000000L;
	return pthread_clockjoin_np(line->thread, NULL, CLOCK_MONOTONIC,
				    &end) == 0;
}

void line_usb_free(struct line_usb *line)
{
	line->stop = true;
	(void)shutdown(line->near, SHUT_RDWR);
	/* It may be about to begin a write as the signal comes: again. */
	do {
		(void)pthread_kill(line->thread, WAKES);
	} while (!join_within(line));
	close(line->near);
	close(line->far);
	close(line->device);
	free(line);
}

int line_usb_descriptor(const struct line_usb *line)
{
	return line->near;
}

bool line_usb_is_sent(const struct line_usb *line)
{
	int waiting = 0;

	return ioctl(line->far, FIONREAD, &waiting) == 0 && !waiting &&
	       !line->taken;
}

bool line_usb_no_paper(const struct line_usb *line)
{
	return line->no_paper;
}

enum line_paper line_usb_paper(const struct line_usb *line)
{
	return (enum line_paper)line->paper;
}
