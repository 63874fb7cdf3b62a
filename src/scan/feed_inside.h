#pragma once

#include <stddef.h>
#include <sys/types.h>

/* What the kinds of scan/feed.h differ in. */
struct feed_ops {
	void *(*new)(void);
	/* Opens path without waiting: what to poll, or -1 where it is not
	 * there or no such device, and errno says why. */
	int (*open)(void *state, const char *path);
	/* Up to room characters that came; 0 for none. Below zero: the device
	 * is gone, as errno says; 0 there: it went away. */
	ssize_t (*take)(void *state, char *to, size_t room);
	void (*close)(void *state); /* one that open() opened */
	void (*free)(void *state);
};

extern const struct feed_ops feed_serial, feed_keys, feed_camera;
