#include "print/line.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

static speed_t speed_of(int bits)
{
	switch (bits) {
	case 57600:
		return B57600;
	case 115200:
		return B115200;
	case 230400:
		return B230400;
	default:
		return B38400;
	}
}

/* 8N1, raw, with flow control: a printer is slower than its line. */
static bool set_up_tty(const struct address *address, int descriptor)
{
	struct termios mode;

	if (tcgetattr(descriptor, &mode) < 0)
		return errno == ENOTTY; /* a USB printer's device is no tty */
	cfmakeraw(&mode);
	mode.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS);
	mode.c_cflag |= CLOCAL | CREAD;
	if (address->xonxoff)
		mode.c_iflag |= IXON;
	else
		mode.c_cflag |= CRTSCTS;
	cfsetispeed(&mode, speed_of(address->speed));
	cfsetospeed(&mode, speed_of(address->speed));
	return tcsetattr(descriptor, TCSANOW, &mode) == 0 &&
	       tcflush(descriptor, TCIFLUSH) == 0;
}

static enum line_answer check_device(const struct address *address,
				     int descriptor)
{
	struct stat about;

	if (fstat(descriptor, &about) < 0 || !S_ISCHR(about.st_mode)) {
		log_warning("%s is no printer's device; mend [printer] address",
			    address->path);
		return LINE_ABSENT;
	}
	if (flock(descriptor, LOCK_EX | LOCK_NB) < 0) {
		log_warning("%s: another program prints there", address->path);
		return LINE_BUSY;
	}
	if (!set_up_tty(address, descriptor)) {
		log_warning("%s: %s", address->path, strerror(errno));
		return LINE_ABSENT;
	}
	return LINE_OPEN;
}

static enum line_answer open_tty(const struct address *address, int *out)
{
	int descriptor =
	    open(address->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	enum line_answer answer;

	if (descriptor < 0) {
		log_warning("%s: %s; is the printer plugged in and on?",
			    address->path, strerror(errno));
		return errno == EBUSY ? LINE_BUSY : LINE_ABSENT;
	}
	answer = check_device(address, descriptor);
	if (answer == LINE_OPEN)
		*out = descriptor;
	else
		close(descriptor);
	return answer;
}

static void close_tty(int descriptor, bool give_up)
{
	/* Closing a serial line may otherwise wait half a minute. */
	if (give_up)
		(void)tcflush(descriptor, TCIOFLUSH);
	close(descriptor);
}

static enum line_answer open_tcp(const struct address *address, int *out)
{
	int descriptor = socket(address->host.any.sa_family,
				SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor >= 0 && (connect(descriptor, &address->host.any,
					address->host_length) == 0 ||
				errno == EINPROGRESS)) {
		*out = descriptor;
		return LINE_CONNECTING;
	}
	log_warning("the network printer: %s", strerror(errno));
	if (descriptor >= 0)
		close(descriptor);
	return LINE_ABSENT;
}

static void finish_tcp(int descriptor)
{
	/* A connection that broke shows when its replies are read. */
	(void)shutdown(descriptor, SHUT_WR);
}

static void close_tcp(int descriptor, bool give_up)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	if (give_up)
		(void)setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &at_once,
				 sizeof at_once);
	close(descriptor);
}

static const struct {
	enum line_answer (*open)(const struct address *address, int *out);
	void (*finish)(int descriptor);
	void (*close)(int descriptor, bool give_up);
	int patience;
} lines[ADDRESS_KINDS] = {
	[ADDRESS_TTY] = { open_tty, NULL, close_tty, 10000 },
	[ADDRESS_TCP] = { open_tcp, finish_tcp, close_tcp, 5000 },
};

enum line_answer line_open(const struct address *address, int *descriptor)
{
	assert(lines[address->kind].open);
	return lines[address->kind].open(address, descriptor);
}

enum line_answer line_connected(const struct address *address, int descriptor)
{
	socklen_t length = sizeof(int);
	int error = 0;

	assert(address->kind == ADDRESS_TCP);
	if (getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) < 0)
		error = errno;
	if (!error)
		return LINE_OPEN;
	log_warning("the network printer: %s", strerror(error));
	return LINE_ABSENT;
}

void line_finish(const struct address *address, int descriptor)
{
	if (lines[address->kind].finish)
		lines[address->kind].finish(descriptor);
}

int line_patience(const struct address *address)
{
	return lines[address->kind].patience;
}

void line_close(const struct address *address, int descriptor, bool give_up)
{
	lines[address->kind].close(descriptor, give_up);
}
