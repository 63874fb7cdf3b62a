#include "print/line.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "print/line_usb.h"

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
		return false;
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

static enum line_answer refuse_open(const struct address *address)
{
	log_warning("%s: %s; is the printer plugged in and on?", address->path,
		    strerror(errno));
	return errno == EBUSY ? LINE_BUSY : LINE_ABSENT;
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
	return LINE_OPEN;
}

/* From here on the device blocks, and is its thread's. */
static enum line_answer begin_usb(int descriptor, struct line *out)
{
	(void)fcntl(descriptor, F_SETFL,
		    fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
	out->usb = line_usb_new(descriptor);
	if (!out->usb)
		return LINE_ABSENT;
	out->descriptor = line_usb_descriptor(out->usb);
	return LINE_OPEN;
}

/* A device that is no serial line is a USB printer's, whatever it is called. */
static enum line_answer begin_device(const struct address *address,
				     int descriptor, struct line *out)
{
	enum line_answer answer = check_device(address, descriptor);

	if (answer == LINE_OPEN &&
	    (address->kind == ADDRESS_USB || !isatty(descriptor)))
		return begin_usb(descriptor, out);
	if (answer == LINE_OPEN && !set_up_tty(address, descriptor)) {
		log_warning("%s: %s; write usb:%s for a printer that is no "
			    "serial line",
			    address->text, strerror(errno), address->path);
		answer = LINE_ABSENT;
	}
	if (answer == LINE_OPEN)
		out->descriptor = descriptor;
	else
		close(descriptor);
	return answer;
}

static enum line_answer open_device(const struct address *address,
				    struct line *out)
{
	int descriptor =
	    open(address->path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	return descriptor < 0 ? refuse_open(address)
			      : begin_device(address, descriptor, out);
}

static void close_device(struct line *line, bool give_up)
{
	if (line->usb) {
		line_usb_free(line->usb);
		return;
	}
	/* Closing a serial line may otherwise wait half a minute. */
	if (give_up)
		(void)tcflush(line->descriptor, TCIOFLUSH);
	close(line->descriptor);
}

static enum line_answer open_tcp(const struct address *address,
				 struct line *out)
{
	int descriptor = socket(address->host.any.sa_family,
				SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (descriptor >= 0 && (connect(descriptor, &address->host.any,
					address->host_length) == 0 ||
				errno == EINPROGRESS)) {
		out->descriptor = descriptor;
		return LINE_CONNECTING;
	}
	log_warning("%s: %s; is the network plugged in?", address->text,
		    strerror(errno));
	if (descriptor >= 0)
		close(descriptor);
	return LINE_ABSENT;
}

static void finish_tcp(const struct line *line)
{
	/* A connection that broke shows when its replies are read. */
	(void)shutdown(line->descriptor, SHUT_WR);
}

static void close_tcp(struct line *line, bool give_up)
{
	const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

	if (give_up)
		(void)setsockopt(line->descriptor, SOL_SOCKET, SO_LINGER,
				 &at_once, sizeof at_once);
	close(line->descriptor);
}

static const struct {
	enum line_answer (*open)(const struct address *address,
				 struct line *out);
	void (*finish)(const struct line *line);
	void (*close)(struct line *line, bool give_up);
	int patience;
} lines[ADDRESS_KINDS] = {
	[ADDRESS_TTY] = { open_device, NULL, close_device, 10000 },
	[ADDRESS_USB] = { open_device, NULL, close_device, 10000 },
	[ADDRESS_TCP] = { open_tcp, finish_tcp, close_tcp, 5000 },
};

enum line_answer line_open(const struct address *address, struct line *out)
{
	assert(lines[address->kind].open);
	*out = (struct line){ .address = address, .descriptor = -1 };
	return lines[address->kind].open(address, out);
}

enum line_answer line_connected(const struct line *line)
{
	socklen_t length = sizeof(int);
	int error = 0;

	assert(line->address->kind == ADDRESS_TCP);
	if (getsockopt(line->descriptor, SOL_SOCKET, SO_ERROR, &error,
		       &length) < 0)
		error = errno;
	if (!error)
		return LINE_OPEN;
	log_warning("%s: %s; is the printer on, and is this its address?",
		    line->address->text, strerror(error));
	return LINE_ABSENT;
}

ssize_t line_write(const struct line *line, const void *data, size_t length)
{
	if (line->address->kind == ADDRESS_TCP || line->usb)
		return send(line->descriptor, data, length, MSG_NOSIGNAL);
	return write(line->descriptor, data, length);
}

void line_finish(const struct line *line)
{
	if (lines[line->address->kind].finish)
		lines[line->address->kind].finish(line);
}

bool line_is_sent(const struct line *line)
{
	int waiting = 0;

	if (line->usb)
		return line_usb_is_sent(line->usb);
	return ioctl(line->descriptor, TIOCOUTQ, &waiting) < 0 || !waiting;
}

bool line_broke_without_paper(const struct line *line)
{
	return line->usb && line_usb_no_paper(line->usb);
}

enum line_paper line_paper(const struct line *line)
{
	return line->usb ? line_usb_paper(line->usb) : LINE_PAPER_UNSAID;
}

int line_patience(const struct line *line)
{
	return lines[line->address->kind].patience;
}

void line_close(struct line *line, bool give_up)
{
	if (line->descriptor >= 0)
		lines[line->address->kind].close(line, give_up);
	*line = (struct line){ .descriptor = -1 };
}
