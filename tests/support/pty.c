#include "tests/support/pty.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include "base/bytes.h"
#include "base/memory.h"

struct pty {
	int master;
	pid_t child;
	bool ended;
	int status;
	int rows, columns;
	size_t written;
	VTerm *vterm;
	VTermScreen *screen;
};

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

/* What the terminal answers (cursor reports, attributes) goes to the child. */
static void answer(const char *bytes, size_t length, void *to)
{
	const struct pty *pty = to;

	(void)!write(pty->master, bytes, length);
}

static void become(const char *const *argv, const char *const *extra)
{
	setenv("TERM", "xterm-256color", 1);
	for (; extra && *extra; extra++)
		putenv(xstrdup(*extra));
	execvp(argv[0], (char *const *)argv);
	perror(argv[0]);
	_exit(127);
}

struct pty *pty_start(const char *const *argv, const char *const *extra,
		      int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)columns };
	struct pty *pty = xcalloc(1, sizeof *pty);

	pty->rows = rows;
	pty->columns = columns;
	pty->child = forkpty(&pty->master, NULL, NULL, &size);
	if (!pty->child)
		become(argv, extra);
	fcntl(pty->master, F_SETFL, O_NONBLOCK);
	pty->vterm = vterm_new(rows, columns);
	vterm_set_utf8(pty->vterm, 1);
	vterm_output_set_callback(pty->vterm, answer, pty);
	pty->screen = vterm_obtain_screen(pty->vterm);
	vterm_screen_enable_altscreen(pty->screen, 1);
	vterm_screen_reset(pty->screen, 1);
	return pty;
}

/* Reads what is there; false when nothing came within milliseconds. */
static bool take(struct pty *pty, int milliseconds)
{
	struct pollfd wait = { pty->master, POLLIN, 0 };
	char bytes[65536];
	ssize_t got;

	if (poll(&wait, 1, milliseconds) <= 0)
		return false;
	got = read(pty->master, bytes, sizeof bytes);
	if (got <= 0)
		return false;
	pty->written += (size_t)got;
	vterm_input_write(pty->vterm, bytes, (size_t)got);
	return true;
}

static bool has_ended(struct pty *pty)
{
	if (!pty->ended && waitpid(pty->child, &pty->status, WNOHANG) > 0)
		pty->ended = true;
	return pty->ended;
}

static int exit_status(const struct pty *pty)
{
	return WIFEXITED(pty->status) ? WEXITSTATUS(pty->status)
				      : 128 + WTERMSIG(pty->status);
}

int pty_wait(struct pty *pty, int milliseconds)
{
	long end = now_ms() + milliseconds;

	while (!has_ended(pty) && now_ms() < end)
		take(pty, 20);
	while (take(pty, 0))
		continue;
	return pty->ended ? exit_status(pty) : -1;
}

int pty_stop(struct pty *pty)
{
	int status;

	if (!has_ended(pty))
		kill(pty->child, SIGTERM);
	if (pty_wait(pty, 5000) < 0) {
		kill(pty->child, SIGKILL);
		pty_wait(pty, 5000);
	}
	status = pty->ended ? exit_status(pty) : -1;
	close(pty->master);
	vterm_free(pty->vterm);
	free(pty);
	return status;
}

void pty_send(struct pty *pty, const char *bytes)
{
	size_t length = strlen(bytes);

	while (length) {
		ssize_t put = write(pty->master, bytes, length);

		if (put > 0) {
			bytes += put;
			length -= (size_t)put;
		} else if (errno != EAGAIN && errno != EINTR) {
			return;
		} else {
			take(pty, 10);
		}
	}
}

void pty_settle(struct pty *pty, int milliseconds)
{
	while (take(pty, milliseconds))
		continue;
}

static size_t put_cell(struct pty *pty, struct bytes *out, int row, int column)
{
	VTermPos at = { row, column };
	VTermScreenCell cell;
	char text[8];

	vterm_screen_get_cell(pty->screen, at, &cell);
	if (!cell.chars[0] || cell.chars[0] == (uint32_t)-1) {
		if (cell.chars[0] == 0)
			bytes_add_byte(out, ' ');
		return 1;
	}
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++) {
		uint32_t c = cell.chars[i] == 0xA0 ? ' ' : cell.chars[i];
		int length = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		static const unsigned char lead[] = { 0, 0, 0xC0, 0xE0, 0xF0 };

		for (int j = length - 1; j > 0; j--, c >>= 6)
			text[j] = (char)(0x80 | (c & 0x3F));
		text[0] = (char)(lead[length == 1 ? 0 : length] | c);
		bytes_add(out, text, (size_t)length);
	}
	return cell.width > 1 ? (size_t)cell.width : 1;
}

char *pty_screen(struct pty *pty)
{
	struct bytes out = { 0 };

	for (int row = 0; row < pty->rows; row++) {
		for (int column = 0; column < pty->columns;)
			column += (int)put_cell(pty, &out, row, column);
		while (out.length && out.data[out.length - 1] == ' ')
			out.data[--out.length] = 0;
		bytes_add_byte(&out, '\n');
	}
	return bytes_take_text(&out);
}

/* Any white space as one blank, so that a wrapped line still matches. */
static char *squeezed(const char *text)
{
	struct bytes out = { 0 };
	bool blank = true;

	for (; *text; text++) {
		if (!isspace((unsigned char)*text))
			bytes_add_byte(&out, (uint8_t)*text);
		else if (!blank)
			bytes_add_byte(&out, ' ');
		blank = isspace((unsigned char)*text);
	}
	return bytes_take_text(&out);
}

bool pty_shows(struct pty *pty, const char *text)
{
	SCOPED(char_freep) char *screen = pty_screen(pty);
	SCOPED(char_freep) char *flat = squeezed(screen);
	SCOPED(char_freep) char *wanted = squeezed(text);

	return strstr(flat, wanted) != NULL;
}

bool pty_expect(struct pty *pty, const char *text, int milliseconds)
{
	long end = now_ms() + milliseconds;

	do {
		if (pty_shows(pty, text))
			return true;
		take(pty, 20);
	} while (now_ms() < end && !(has_ended(pty) && !take(pty, 0)));
	if (pty_shows(pty, text))
		return true;

	SCOPED(char_freep) char *screen = pty_screen(pty);

	fprintf(stderr, "expected \"%s\" on this screen:\n%s\n", text, screen);
	return false;
}

bool pty_is_reversed(struct pty *pty, int row, int column)
{
	VTermPos at = { row, column };
	VTermScreenCell cell;

	vterm_screen_get_cell(pty->screen, at, &cell);
	return cell.attrs.reverse;
}

void pty_resize(struct pty *pty, int rows, int columns)
{
	struct winsize size = { .ws_row = (unsigned short)rows,
				.ws_col = (unsigned short)columns };

	pty->rows = rows;
	pty->columns = columns;
	vterm_set_size(pty->vterm, rows, columns);
	ioctl(pty->master, TIOCSWINSZ, &size);
}

int pty_child(const struct pty *pty)
{
	return pty->child;
}

size_t pty_bytes(const struct pty *pty)
{
	return pty->written;
}
