#include "scan/feed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "scan/feed_inside.h"
#include "scan/layout.h"
#include "scan/progress.h"

#define RETRY_MS 2000  /* between two tries to open a scanner that is gone */
#define SILENCE_MS 400 /* after which a scan without CR is over */

static const struct feed_ops *const kinds[FEED_KINDS] = {
	[FEED_SERIAL] = &feed_serial,
	[FEED_KEYS] = &feed_keys,
	[FEED_CAMERA] = &feed_camera,
};

struct feed {
	const struct feed_ops *ops;
	char *path;
	void *device;   /* as the kind has it */
	int descriptor; /* -1 while the scanner is not there */
	bool missed;    /* its absence was logged */
	int64_t retry;
	char input[1024];
	size_t input_at, input_count;
	char scan[SCAN_MAX + 1];
	size_t count; /* characters that came, kept or not */
	bool sound;   /* all of them digits */
	bool silent;  /* the scan is over without CR */
	int64_t last;
	size_t whole;
	int percent;
};

struct feed *feed_new(enum feed_kind kind, const char *path)
{
	struct feed *feed = xcalloc(1, sizeof *feed);

	feed->ops = kinds[kind];
	feed->path = xstrdup(path);
	feed->device = feed->ops->new ();
	feed->descriptor = -1;
	feed->sound = true;
	feed->percent = -1;
	return feed;
}

static void close_device(struct feed *feed, int64_t now)
{
	if (feed->descriptor >= 0)
		feed->ops->close(feed->device);
	feed->descriptor = -1;
	feed->retry = now + RETRY_MS;
}

void feed_free(struct feed *feed)
{
	if (!feed)
		return;
	close_device(feed, 0);
	feed->ops->free(feed->device);
	free(feed->path);
	explicit_bzero(feed, sizeof *feed);
	free(feed);
}

bool feed_present(const struct feed *feed)
{
	return feed->descriptor >= 0;
}

int feed_descriptor(const struct feed *feed)
{
	return feed->descriptor;
}

int64_t feed_deadline(const struct feed *feed)
{
	int64_t silence = INT64_MAX;

	if (feed->count)
		silence = feed->last + SILENCE_MS;
	if (feed->descriptor >= 0)
		return silence;
	return feed->retry < silence ? feed->retry : silence;
}

static void miss(struct feed *feed, int error)
{
	if (!feed->missed)
		log_warning("the scanner at %s: %s; is it plugged in?",
			    feed->path,
			    error ? strerror(error) : "it went away");
	feed->missed = true;
}

static void open_device(struct feed *feed, int64_t now)
{
	feed->retry = now + RETRY_MS;
	feed->descriptor = feed->ops->open(feed->device, feed->path);
	if (feed->descriptor >= 0)
		feed->missed = false;
	else
		miss(feed, errno);
}

void feed_tick(struct feed *feed, int64_t now)
{
	if (feed->descriptor < 0 && now >= feed->retry)
		open_device(feed, now);
	if (feed->count && now >= feed->last + SILENCE_MS)
		feed->silent = true;
}

/* More may be there than one look has room for. */
static void take_input(struct feed *feed, int64_t now)
{
	ssize_t count =
	    feed->ops->take(feed->device, feed->input, sizeof feed->input);

	feed->input_at = 0;
	feed->input_count = count > 0 ? (size_t)count : 0;
	if (count > 0) {
		feed->last = now;
	} else if (count < 0) {
		miss(feed, errno);
		close_device(feed, now);
	}
}

void feed_ready(struct feed *feed, int64_t now)
{
	if (feed->descriptor >= 0 && feed->input_at == feed->input_count)
		take_input(feed, now);
}

static bool has_magic(const struct feed *feed)
{
	for (size_t i = 0; i < layout_magic_count(); i++) {
		if (strncmp(feed->scan, layout_magic(i), LAYOUT_MAGIC) == 0)
			return true;
	}
	return false;
}

/* The scan is over; its digits stay readable until the next one begins. */
static struct scan_event end_scan(struct feed *feed)
{
	struct scan_event event = { .count = feed->count };
	bool ticket;

	feed->scan[feed->count < SCAN_MAX ? feed->count : SCAN_MAX] = 0;
	ticket = has_magic(feed);
	if (ticket && feed->sound && feed->count <= SCAN_MAX) {
		event.kind = SCAN_DIGITS;
		event.digits = feed->scan;
	} else {
		event.kind = SCAN_DROPPED;
		event.why = ticket ? SCAN_GARBLED : SCAN_FOREIGN;
	}
	feed->count = 0;
	feed->sound = true;
	feed->silent = false;
	feed->whole = 0;
	feed->percent = -1;
	return event;
}

static struct scan_event tell_progress(struct feed *feed)
{
	struct scan_event event = { .kind = SCAN_READING };

	if (!feed->sound || feed->count < LAYOUT_MAGIC || !has_magic(feed))
		return (struct scan_event){ .kind = SCAN_NONE };
	if (feed->count == PROGRESS_HEADER)
		feed->whole = progress_whole(feed->scan);
	event.percent = progress_percent(feed->count, feed->whole);
	if (event.percent == feed->percent)
		event.kind = SCAN_NONE;
	feed->percent = event.percent;
	return event;
}

static struct scan_event take(struct feed *feed, char character)
{
	bool ends = character == '\r' || character == '\n' || character == '\t';

	if (ends)
		return feed->count ? end_scan(feed)
				   : (struct scan_event){ .kind = SCAN_NONE };
	if (feed->count < SCAN_MAX)
		feed->scan[feed->count] = character;
	feed->count++;
	if (character < '0' || character > '9')
		feed->sound = false;
	return tell_progress(feed);
}

struct scan_event feed_next(struct feed *feed)
{
	while (feed->input_at < feed->input_count) {
		struct scan_event event =
		    take(feed, feed->input[feed->input_at++]);

		if (event.kind != SCAN_NONE)
			return event;
		/* A device that keeps what had no room does not say so. */
		if (feed->input_at == sizeof feed->input &&
		    feed->descriptor >= 0)
			take_input(feed, feed->last);
	}
	if (feed->silent)
		return end_scan(feed);
	return (struct scan_event){ .kind = SCAN_NONE };
}
