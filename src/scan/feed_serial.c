#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "base/memory.h"
#include "scan/feed_inside.h"

struct line {
	int file;
};

/* Raw: digits as they are, no echo, no line of at most 4096 bytes. */
static bool set_up(int file)
{
	struct termios mode;
	struct stat about;

	if (fstat(file, &about) < 0)
		return false;
	if (S_ISFIFO(about.st_mode))
		return true;
	if (tcgetattr(file, &mode) < 0)
		return false;
	cfmakeraw(&mode);
	mode.c_cflag |= CLOCAL | CREAD;
	cfsetispeed(&mode, B9600);
	cfsetospeed(&mode, B9600);
	return tcsetattr(file, TCSANOW, &mode) == 0 &&
	       tcflush(file, TCIFLUSH) == 0;
}

static void *new_line(void)
{
	return xcalloc(1, sizeof(struct line));
}

static int open_line(void *state, const char *path)
{
	struct line *line = state;
	int error;

	line->file = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (line->file < 0 || set_up(line->file))
		return line->file;
	error = errno;
	close(line->file);
	errno = error;
	return -1;
}

static ssize_t take(void *state, char *to, size_t room)
{
	const struct line *line = state;
	const ssize_t count = read(line->file, to, room);

	if (count > 0)
		return count;
	if (count < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (!count)
		errno = 0;
	return -1;
}

static void close_line(void *state)
{
	const struct line *line = state;

	close(line->file);
}

const struct feed_ops feed_serial = {
	.new = new_line,
	.open = open_line,
	.take = take,
	.close = close_line,
	.free = free,
};
