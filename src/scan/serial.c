#include "scan/serial.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "scan/layout.h"
#include "scan/progress.h"

#define RETRY_MS 2000  /* between two tries to open a scanner that is gone */
#define SILENCE_MS 400 /* after which a scan without CR is over */

struct serial {
	char *path;
	int descriptor; /* -1 while the scanner is not there */
	bool missed;    /* its absence was logged */
	int64_t retry;
	uint8_t input[1024];
	size_t input_at, input_count;
	char scan[SCAN_MAX + 1];
	size_t count; /* characters that came, kept or not */
	bool sound;   /* all of them digits */
	bool silent;  /* the scan is over without CR */
	int64_t last;
	size_t whole;
	int percent;
};

struct serial *serial_new(const char *path)
{
	struct serial *serial = xcalloc(1, sizeof *serial);

	serial->path = xstrdup(path);
	serial->descriptor = -1;
	serial->sound = true;
	serial->percent = -1;
	return serial;
}

static void close_line(struct serial *serial, int64_t now)
{
	if (serial->descriptor >= 0)
		close(serial->descriptor);
	serial->descriptor = -1;
	serial->retry = now + RETRY_MS;
}

void serial_free(struct serial *serial)
{
	if (!serial)
		return;
	close_line(serial, 0);
	free(serial->path);
	explicit_bzero(serial, sizeof *serial);
	free(serial);
}

bool serial_present(const struct serial *serial)
{
	return serial->descriptor >= 0;
}

int serial_descriptor(const struct serial *serial)
{
	return serial->descriptor;
}

int64_t serial_deadline(const struct serial *serial)
{
	int64_t silence = INT64_MAX;

	if (serial->count)
		silence = serial->last + SILENCE_MS;
	if (serial->descriptor >= 0)
		return silence;
	return serial->retry < silence ? serial->retry : silence;
}

static void miss(struct serial *serial, const char *what)
{
	if (!serial->missed)
		log_warning("the scanner at %s: %s; is it plugged in?",
			    serial->path, what);
	serial->missed = true;
}

/* Raw: digits as they are, no echo, no line of at most 4096 bytes. */
static bool set_up(int descriptor)
{
	struct termios mode;
	struct stat about;

	if (fstat(descriptor, &about) < 0)
		return false;
	if (S_ISFIFO(about.st_mode))
		return true;
	if (tcgetattr(descriptor, &mode) < 0)
		return false;
	cfmakeraw(&mode);
	mode.c_cflag |= CLOCAL | CREAD;
	cfsetispeed(&mode, B9600);
	cfsetospeed(&mode, B9600);
	return tcsetattr(descriptor, TCSANOW, &mode) == 0 &&
	       tcflush(descriptor, TCIFLUSH) == 0;
}

static void open_line(struct serial *serial, int64_t now)
{
	int descriptor =
	    open(serial->path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	serial->retry = now + RETRY_MS;
	if (descriptor < 0) {
		miss(serial, strerror(errno));
		return;
	}
	if (!set_up(descriptor)) {
		miss(serial, strerror(errno));
		close(descriptor);
		return;
	}
	serial->descriptor = descriptor;
	serial->missed = false;
}

void serial_tick(struct serial *serial, int64_t now)
{
	if (serial->descriptor < 0 && now >= serial->retry)
		open_line(serial, now);
	if (serial->count && now >= serial->last + SILENCE_MS)
		serial->silent = true;
}

void serial_ready(struct serial *serial, int64_t now)
{
	ssize_t count;

	if (serial->descriptor < 0)
		return;
	count = read(serial->descriptor, serial->input, sizeof serial->input);
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (count <= 0) {
		miss(serial, count ? strerror(errno) : "it went away");
		close_line(serial, now);
		return;
	}
	serial->input_at = 0;
	serial->input_count = (size_t)count;
	serial->last = now;
}

static bool has_magic(const struct serial *serial)
{
	for (size_t i = 0; i < layout_magic_count(); i++) {
		if (strncmp(serial->scan, layout_magic(i), LAYOUT_MAGIC) == 0)
			return true;
	}
	return false;
}

/* The scan is over; its digits stay readable until the next one begins. */
static struct scan_event end_scan(struct serial *serial)
{
	struct scan_event event = { .count = serial->count };
	bool ticket;

	serial->scan[serial->count < SCAN_MAX ? serial->count : SCAN_MAX] = 0;
	ticket = has_magic(serial);
	if (ticket && serial->sound && serial->count <= SCAN_MAX) {
		event.kind = SCAN_DIGITS;
		event.digits = serial->scan;
	} else {
		event.kind = SCAN_DROPPED;
		event.why = ticket ? SCAN_GARBLED : SCAN_FOREIGN;
	}
	serial->count = 0;
	serial->sound = true;
	serial->silent = false;
	serial->whole = 0;
	serial->percent = -1;
	return event;
}

static struct scan_event tell_progress(struct serial *serial)
{
	struct scan_event event = { .kind = SCAN_READING };

	if (!serial->sound || serial->count < LAYOUT_MAGIC ||
	    !has_magic(serial))
		return (struct scan_event){ .kind = SCAN_NONE };
	if (serial->count == PROGRESS_HEADER)
		serial->whole = progress_whole(serial->scan);
	event.percent = progress_percent(serial->count, serial->whole);
	if (event.percent == serial->percent)
		event.kind = SCAN_NONE;
	serial->percent = event.percent;
	return event;
}

static struct scan_event take(struct serial *serial, uint8_t byte)
{
	bool ends = byte == '\r' || byte == '\n' || byte == '\t';

	if (ends)
		return serial->count ? end_scan(serial)
				     : (struct scan_event){ .kind = SCAN_NONE };
	if (serial->count < SCAN_MAX)
		serial->scan[serial->count] = (char)byte;
	serial->count++;
	if (byte < '0' || byte > '9')
		serial->sound = false;
	return tell_progress(serial);
}

struct scan_event serial_next(struct serial *serial)
{
	while (serial->input_at < serial->input_count) {
		struct scan_event event =
		    take(serial, serial->input[serial->input_at++]);

		if (event.kind != SCAN_NONE)
			return event;
	}
	if (serial->silent)
		return end_scan(serial);
	return (struct scan_event){ .kind = SCAN_NONE };
}
