#include "desk/scanner.h"

/* Of [scanner] in foyer.ini. */
static const char *const names[FEED_KINDS] = {
	[FEED_SERIAL] = "serial",
	[FEED_KEYS] = "keyboard",
	[FEED_CAMERA] = "camera",
};

void scanner_open(struct scanner *scanner, const struct settings *settings)
{
	*scanner = (struct scanner){ .wedge = wedge_new(), .reading = -1 };
	for (enum feed_kind i = 0; i < FEED_KINDS; i++) {
		const char *path =
		    settings_text(settings, "scanner", names[i], "");

		if (path[0])
			scanner->feeds[i] = feed_new(i, path);
	}
}

void scanner_close(struct scanner *scanner)
{
	wedge_free(scanner->wedge);
	for (size_t i = 0; i < FEED_KINDS; i++)
		feed_free(scanner->feeds[i]);
	*scanner = (struct scanner){ .reading = -1 };
}

bool scanner_missing(const struct scanner *scanner)
{
	for (size_t i = 0; i < FEED_KINDS; i++) {
		if (scanner->feeds[i] && !feed_present(scanner->feeds[i]))
			return true;
	}
	return false;
}

void scanner_wait(const struct scanner *scanner,
		  struct pollfd waits[FEED_KINDS])
{
	for (size_t i = 0; i < FEED_KINDS; i++)
		waits[i] = (struct pollfd){
			.fd = scanner->feeds[i]
				  ? feed_descriptor(scanner->feeds[i])
				  : -1,
			.events = POLLIN,
		};
}

int64_t scanner_deadline(const struct scanner *scanner)
{
	int64_t first = wedge_deadline(scanner->wedge);

	for (size_t i = 0; i < FEED_KINDS; i++) {
		const int64_t due = scanner->feeds[i]
					? feed_deadline(scanner->feeds[i])
					: INT64_MAX;

		if (due < first)
			first = due;
	}
	return first;
}

void scanner_key(struct scanner *scanner, const struct ui_event *event,
		 int64_t moment)
{
	if (event->key == UI_KEY_POINT)
		wedge_touch(scanner->wedge, ui_event_packed(event), moment);
	else
		wedge_key(scanner->wedge, ui_event_character(event),
			  ui_event_packed(event), moment);
}

void scanner_ready(struct scanner *scanner,
		   const struct pollfd waits[FEED_KINDS], int64_t moment)
{
	for (size_t i = 0; i < FEED_KINDS; i++) {
		if (waits[i].revents)
			feed_ready(scanner->feeds[i], moment);
	}
}

void scanner_tick(struct scanner *scanner, int64_t moment)
{
	wedge_tick(scanner->wedge, moment);
	for (size_t i = 0; i < FEED_KINDS; i++) {
		if (scanner->feeds[i])
			feed_tick(scanner->feeds[i], moment);
	}
}

struct scan_event scanner_next(struct scanner *scanner)
{
	struct scan_event event = wedge_next(scanner->wedge);

	for (size_t i = 0; i < FEED_KINDS && event.kind == SCAN_NONE; i++) {
		if (scanner->feeds[i])
			event = feed_next(scanner->feeds[i]);
	}
	if (event.kind != SCAN_NONE)
		scanner->reading =
		    event.kind == SCAN_READING ? event.percent : -1;
	return event;
}
