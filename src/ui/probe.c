#include "ui/probe.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE_MS 500 /* for all questions together */
#define SIXEL 4         /* the device attribute */
#define CELL_MOST 512   /* pixels; what is larger is an error */

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void probe_write(int out, const void *bytes, size_t count)
{
	const char *from = bytes;

	while (count) {
		ssize_t put = write(out, from, count);
		struct pollfd ready = { out, POLLOUT, 0 };

		if (put > 0) {
			from += put;
			count -= (size_t)put;
		} else if (put < 0 && errno == EAGAIN) {
			(void)poll(&ready, 1, PATIENCE_MS);
			if (ready.revents & (POLLERR | POLLHUP))
				return;
		} else if (put < 0 && errno != EINTR) {
			return; /* it is gone; reading says so, too */
		}
	}
}

static void ask(int out, const char *question)
{
	probe_write(out, question, strlen(question));
}

/* A new size of the window interrupts the wait, which then goes on. */
static bool has_input(int in, int64_t until)
{
	struct pollfd ready = { in, POLLIN, 0 };
	int64_t left;
	int found;

	do {
		left = until - now_ms();
		found = left < 0 ? 0 : poll(&ready, 1, (int)left);
	} while (found < 0 && errno == EINTR);
	return found > 0;
}

/* Reads what has come within the time left; false when nothing did. */
static bool listen_to(int in, struct input *input, int64_t until)
{
	char bytes[512];
	size_t room = input_room(input);
	ssize_t got;

	if (!has_input(in, until))
		return false;
	got = read(in, bytes, room < sizeof bytes ? room : sizeof bytes);
	if (got <= 0)
		return false;
	input_add(input, bytes, (size_t)got, now_ms());
	explicit_bzero(bytes, sizeof bytes);
	return true;
}

static void keep(struct probe_keys *keys, const struct ui_event *event)
{
	if (keys->count < PROBE_KEYS)
		keys->events[keys->count++] = *event;
}

bool probe_took_cell_size(struct probe *probe, const struct input_reply *reply)
{
	int height = reply->numbers[1], width = reply->numbers[2];

	if (reply->final != 't' || reply->count != 3 ||
	    reply->numbers[0] != 6 || height < 1 || width < 1 ||
	    height > CELL_MOST || width > CELL_MOST)
		return false;
	probe->cell_height = height;
	probe->cell_width = width;
	return true;
}

static void take(struct probe *probe, const struct input_reply *reply)
{
	if (reply->final == 'c') {
		/* The first number is the terminal's class. */
		for (int i = 1; i < reply->count; i++)
			probe->sixel |= reply->numbers[i] == SIXEL;
	} else if (reply->final == 'S' && reply->count == 4 &&
		   reply->numbers[0] == 2 && reply->numbers[1] == 0) {
		probe->most_width = reply->numbers[2];
		probe->most_height = reply->numbers[3];
	} else {
		(void)probe_took_cell_size(probe, reply);
	}
}

/* Takes answers until the one that ends with final; false: it never came. */
static bool await(int in, struct input *input, struct probe *probe,
		  struct probe_keys *keys, char final, int64_t until)
{
	do {
		struct input_token token;

		while ((token = input_next(input, now_ms())).what !=
		       INPUT_NOTHING) {
			if (token.what == INPUT_EVENT)
				keep(keys, &token.event);
			if (token.what != INPUT_REPLY)
				continue;
			take(probe, &token.reply);
			if (token.reply.final == final)
				return true;
		}
	} while (listen_to(in, input, until));
	return false;
}

struct probe probe_terminal(int in, int out, struct input *input,
			    struct probe_keys *keys)
{
	int64_t until = now_ms() + PATIENCE_MS;
	struct probe probe = { 0 };

	ask(out, "\033[c");
	if (!await(in, input, &probe, keys, 'c', until) || !probe.sixel)
		return probe;
	/* A status report behind the others says that they were heard, even by
	 * a terminal that knows only some of them. */
	ask(out, PROBE_CELL_SIZE "\033[?2;1;0S\033[5n");
	(void)await(in, input, &probe, keys, 'n', until);
	if (!probe.cell_height)
		(void)probe_window(out, &probe.cell_height, &probe.cell_width);
	return probe;
}

bool probe_window(int terminal, int *cell_height, int *cell_width)
{
	struct winsize size;

	if (ioctl(terminal, TIOCGWINSZ, &size) || !size.ws_row ||
	    !size.ws_col || !size.ws_xpixel || !size.ws_ypixel ||
	    size.ws_xpixel % size.ws_col || size.ws_ypixel % size.ws_row)
		return false;
	*cell_height = size.ws_ypixel / size.ws_row;
	*cell_width = size.ws_xpixel / size.ws_col;
	return true;
}
