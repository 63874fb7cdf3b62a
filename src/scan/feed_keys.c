#include <errno.h>
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "scan/feed_inside.h"

struct keys {
	int file;
	struct libevdev *device;
};

#define NO_DIGIT '?' /* makes a scan one that is no ticket */
#define SILENT 0     /* a key that types nothing by itself */

/* The digit keys are digits in every layout of scan/layout.h, with Shift or
 * without. */
static const char characters[KEY_CNT] = {
	[KEY_0] = '0',        [KEY_1] = '1',         [KEY_2] = '2',
	[KEY_3] = '3',        [KEY_4] = '4',         [KEY_5] = '5',
	[KEY_6] = '6',        [KEY_7] = '7',         [KEY_8] = '8',
	[KEY_9] = '9',        [KEY_KP0] = '0',       [KEY_KP1] = '1',
	[KEY_KP2] = '2',      [KEY_KP3] = '3',       [KEY_KP4] = '4',
	[KEY_KP5] = '5',      [KEY_KP6] = '6',       [KEY_KP7] = '7',
	[KEY_KP8] = '8',      [KEY_KP9] = '9',       [KEY_ENTER] = '\r',
	[KEY_KPENTER] = '\r', [KEY_LINEFEED] = '\n', [KEY_TAB] = '\t',
};

static char character_of(unsigned key)
{
	switch (key) {
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
	case KEY_CAPSLOCK:
	case KEY_NUMLOCK:
		return SILENT;
	default:
		return key < COUNT(characters) && characters[key]
			   ? characters[key]
			   : NO_DIGIT;
	}
}

static void close_keys(void *state)
{
	struct keys *keys = state;

	(void)libevdev_grab(keys->device, LIBEVDEV_UNGRAB);
	libevdev_free(keys->device);
	close(keys->file);
}

static void *new_keys(void)
{
	return xcalloc(1, sizeof(struct keys));
}

/* Its keys would else go to every window, too. */
static int grab(int file, struct libevdev **out)
{
	struct libevdev *device;
	int failed = libevdev_new_from_fd(file, &device);

	if (failed)
		return failed;
	if (!libevdev_has_event_type(device, EV_KEY))
		failed = -ENODEV;
	if (!failed)
		failed = libevdev_grab(device, LIBEVDEV_GRAB);
	if (failed)
		libevdev_free(device);
	else
		*out = device;
	return failed;
}

static int open_keys(void *state, const char *path)
{
	struct keys *keys = state;
	int failed;

	keys->file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (keys->file < 0 || !(failed = grab(keys->file, &keys->device)))
		return keys->file;
	close(keys->file);
	errno = -failed;
	return -1;
}

/* What a key that went down types; a repetition is the kernel's, no reader's.
 */
static char typed(const struct input_event *event)
{
	if (event->type != EV_KEY || event->value != 1)
		return SILENT;
	return character_of(event->code);
}

/* Keys were lost on the way (SYN_DROPPED): what libevdev says of them now is
 * their state, and nothing of the scan is sound. */
static char pass_over(struct libevdev *device)
{
	struct input_event event;

	while (libevdev_next_event(device, LIBEVDEV_READ_FLAG_SYNC, &event) ==
	       LIBEVDEV_READ_STATUS_SYNC)
		continue;
	return NO_DIGIT;
}

static ssize_t take(void *state, char *to, size_t room)
{
	const struct keys *keys = state;
	struct input_event event;
	size_t count = 0;
	int status = 0;

	while (count < room) {
		char character;

		status = libevdev_next_event(keys->device,
					     LIBEVDEV_READ_FLAG_NORMAL, &event);
		if (status == LIBEVDEV_READ_STATUS_SYNC)
			character = pass_over(keys->device);
		else if (status == LIBEVDEV_READ_STATUS_SUCCESS)
			character = typed(&event);
		else
			break;
		if (character != SILENT)
			to[count++] = character;
	}
	if (count || status == -EAGAIN || status == -EINTR)
		return (ssize_t)count;
	errno = -status == ENODEV ? 0 : -status;
	return -1;
}

const struct feed_ops feed_keys = {
	.new = new_keys,
	.open = open_keys,
	.take = take,
	.close = close_keys,
	.free = free,
};
