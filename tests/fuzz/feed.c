#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/log.h"
#include "scan/feed.h"
#include "scan/layout.h"
#include "tests/fuzz/scanned.h"
#include "tests/support/keyboard.h"

/*
 * Whatever comes from a scanner that is a device of its own: the bytes of a
 * serial line, or the frames of a keyboard, in pieces of any size and with
 * pauses between. What is called digits is digits of ours, and no more than a
 * scan may have.
 *
 * The first byte chooses the device. Then each piece has a byte for its length,
 * whose highest bit lets time pass before it. A frame is four bytes here: its
 * type, its code in two, and its value; of a type that there is not, the four
 * bytes go as they are, and half a frame is one that the kernel never sends.
 */
#define LONGEST 127
#define PAUSE 500 /* ms */

static char path[64];
static int scanner;

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static void remove_it(void)
{
	(void)unlink(path);
}

int LLVMFuzzerInitialize(int *count, char ***words)
{
	(void)count;
	(void)words;
	snprintf(path, sizeof path, "/tmp/foyer-fuzz-feed.%ld", (long)getpid());
	if (mkfifo(path, 0600))
		abort();
	(void)atexit(remove_it);
	scanner = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	log_to(silent, NULL);
	return 0;
}

static void take_events(struct feed *feed)
{
	struct scan_event event;

	while ((event = feed_next(feed)).kind != SCAN_NONE) {
		assert(event.kind != SCAN_KEY);
		check_scanned(&event);
	}
}

static void put(const void *bytes, size_t length)
{
	(void)!write(scanner, bytes, length);
}

static void put_frames(const uint8_t *data, size_t size)
{
	for (; size >= 4; data += 4, size -= 4) {
		const struct input_event event = {
			.type = data[0],
			.code = (uint16_t)(data[1] | data[2] << 8),
			.value = data[3] - 1,
		};

		if (data[0] <= EV_MAX)
			put(&event, sizeof event);
		else
			put(data, 4);
	}
}

/* What nobody took would be the next one's. */
static void empty(void)
{
	char rest[4096];

	while (read(scanner, rest, sizeof rest) > 0)
		continue;
}

static void send(struct feed *feed, bool keys, const uint8_t *data, size_t size)
{
	int64_t now = 0;

	feed_tick(feed, now);
	while (size) {
		size_t piece = *data % (LONGEST + 1);

		now += *data > LONGEST ? PAUSE : 1;
		feed_tick(feed, now);
		take_events(feed);
		data++;
		size--;
		piece = piece < size ? piece : size;
		if (keys)
			put_frames(data, piece);
		else
			put(data, piece);
		feed_ready(feed, now);
		take_events(feed);
		data += piece;
		size -= piece;
	}
	feed_tick(feed, now + PAUSE);
	take_events(feed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct feed *feed;
	bool keys;

	if (!size)
		return 0;
	keys = *data & 1;
	keyboard.there = keyboard.has_keys = keys;
	feed = feed_new(keys ? FEED_KEYS : FEED_SERIAL, path);
	send(feed, keys, data + 1, size - 1);
	feed_free(feed);
	empty();
	return 0;
}
