#include "scan/wedge.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "scan/layout.h"
#include "scan/progress.h"

enum state {
	REST,
	HOLD, /* keys wait: a person's, or the beginning of something else */
	SCAN, /* a ticket: all is taken until its end */
	DROP, /* another burst: all is dropped until silence */
	TAIL, /* behind a ticket's Enter: a line feed may follow */
};

struct held {
	uint32_t character;
	uint64_t key;
	bool touch;
};

struct wedge {
	enum state state;
	int64_t last; /* when the last key came */
	struct held held[WEDGE_BURST];
	size_t held_count;
	uint32_t scan[SCAN_MAX];
	size_t count; /* characters of the scan or keys of the burst */
	int slow;     /* pauses among the scan's first keys */
	size_t whole; /* digits the scan will have, 0 while unknown */
	int percent;
	size_t spent; /* characters of a burst that was told, to be wiped */
	char digits[SCAN_MAX + 1];
	struct scan_event events[WEDGE_BURST + 2];
	size_t event_at, event_count;
};

struct wedge *wedge_new(void)
{
	return xcalloc(1, sizeof(struct wedge));
}

void wedge_free(struct wedge *wedge)
{
	if (!wedge)
		return;
	explicit_bzero(wedge, sizeof *wedge);
	free(wedge);
}

static struct scan_event *add_event(struct wedge *wedge, enum scan_kind kind)
{
	struct scan_event *event;

	assert(wedge->event_count < COUNT(wedge->events));
	event = &wedge->events[wedge->event_count++];
	*event = (struct scan_event){ .kind = kind };
	return event;
}

struct scan_event wedge_next(struct wedge *wedge)
{
	struct scan_event event = { .kind = SCAN_NONE };

	if (wedge->event_at < wedge->event_count)
		return wedge->events[wedge->event_at++];
	explicit_bzero(wedge->events, sizeof wedge->events);
	explicit_bzero(wedge->scan, wedge->spent * sizeof *wedge->scan);
	wedge->spent = 0;
	wedge->event_at = wedge->event_count = 0;
	return event;
}

/* A passphrase may be among them, so they are wiped. */
static void forget_held(struct wedge *wedge)
{
	explicit_bzero(wedge->held, sizeof wedge->held);
	wedge->held_count = 0;
}

/* They were a person's. */
static void release(struct wedge *wedge)
{
	for (size_t i = 0; i < wedge->held_count; i++)
		add_event(wedge, SCAN_KEY)->key = wedge->held[i].key;
	forget_held(wedge);
}

static void hold(struct wedge *wedge, struct held key)
{
	assert(wedge->held_count < WEDGE_BURST);
	wedge->held[wedge->held_count++] = key;
	wedge->state = HOLD;
}

static bool begins_ticket(const struct wedge *wedge)
{
	uint32_t characters[LAYOUT_MAGIC];
	size_t count = wedge->held_count;

	if (count > LAYOUT_MAGIC)
		return false;
	for (size_t i = 0; i < count; i++)
		characters[i] = wedge->held[i].character;
	return layout_begins(characters, count);
}

/* What the caller shows while a ticket is read. */
static void tell_progress(struct wedge *wedge)
{
	char header[PROGRESS_HEADER + 1];
	int percent;

	if (wedge->count == PROGRESS_HEADER &&
	    layout_digits(wedge->scan, PROGRESS_HEADER, header))
		wedge->whole = progress_whole(header);
	percent = progress_percent(wedge->count, wedge->whole);
	if (percent == wedge->percent)
		return;
	wedge->percent = percent;
	add_event(wedge, SCAN_READING)->percent = percent;
}

static void forget_scan(struct wedge *wedge)
{
	explicit_bzero(wedge->scan, wedge->count * sizeof *wedge->scan);
	forget_held(wedge);
	wedge->count = 0;
}

static void begin_scan(struct wedge *wedge)
{
	wedge->state = SCAN;
	wedge->slow = 0;
	wedge->whole = 0;
	wedge->percent = -1;
	for (size_t i = 0; i < wedge->held_count; i++)
		wedge->scan[i] = wedge->held[i].character;
	wedge->count = wedge->held_count;
	tell_progress(wedge);
}

static void tell_dropped(struct wedge *wedge, enum scan_why why)
{
	struct scan_event *event = add_event(wedge, SCAN_DROPPED);

	event->count = wedge->count;
	event->why = why;
}

static void end_scan(struct wedge *wedge)
{
	struct scan_event *event;

	if (layout_digits(wedge->scan, wedge->count, wedge->digits)) {
		event = add_event(wedge, SCAN_DIGITS);
		event->digits = wedge->digits;
		event->count = wedge->count;
	} else {
		tell_dropped(wedge, SCAN_GARBLED);
	}
	forget_scan(wedge);
}

static void drop(struct wedge *wedge, uint32_t character)
{
	if (wedge->count < SCAN_MAX)
		wedge->scan[wedge->count] = character;
	wedge->count++;
}

/* What is dropped stays together: a person may have pasted it. */
static void begin_drop(struct wedge *wedge, uint32_t character)
{
	wedge->count = 0;
	for (size_t i = 0; i < wedge->held_count; i++)
		drop(wedge, wedge->held[i].character);
	forget_held(wedge);
	wedge->state = DROP;
	drop(wedge, character);
}

static void end_drop(struct wedge *wedge)
{
	tell_dropped(wedge, SCAN_FOREIGN);
	wedge->spent = wedge->count < SCAN_MAX ? wedge->count : SCAN_MAX;
	if (wedge->count <= SCAN_MAX)
		wedge->events[wedge->event_count - 1].typed = wedge->scan;
	wedge->count = 0;
}

static void take_held(struct wedge *wedge, struct held key, int64_t gap)
{
	bool fast = gap < WEDGE_FAST;
	bool touched = key.touch || wedge->held[wedge->held_count - 1].touch;

	if (wedge->held_count == WEDGE_BURST || (fast && touched)) {
		begin_drop(wedge, key.character);
		return;
	}
	hold(wedge, key);
	if (begins_ticket(wedge)) {
		if (wedge->held_count == LAYOUT_MAGIC)
			begin_scan(wedge);
	} else if (!fast) {
		wedge->held_count--;
		release(wedge);
		hold(wedge, key);
	}
}

/*
 * Whether somebody rolled over 583 and types on at a person's pace. A busy
 * system may hold up a scanner once within its first keys, hardly twice.
 */
static bool is_typing(struct wedge *wedge, int64_t gap)
{
	if (wedge->count < WEDGE_BURST && gap >= WEDGE_HOLD)
		wedge->slow++;
	return wedge->slow == 2;
}

static void take_scan(struct wedge *wedge, struct held key, int64_t gap)
{
	uint32_t character = key.character;

	if (is_typing(wedge, gap)) {
		release(wedge);
		forget_scan(wedge);
		hold(wedge, key);
	} else if (character == '\r' || character == '\n' ||
		   character == '\t') {
		end_scan(wedge);
		wedge->state = TAIL;
	} else if (wedge->count == SCAN_MAX) {
		wedge->state = DROP; /* too long for any ticket */
		forget_held(wedge);
		drop(wedge, character);
	} else {
		if (wedge->held_count < WEDGE_BURST)
			wedge->held[wedge->held_count++] = key;
		wedge->scan[wedge->count++] = character;
		tell_progress(wedge);
	}
}

/*
 * How long after the last key the state lasts. A key that begins a ticket may
 * be followed more slowly than one of another burst.
 */
static int64_t patience(const struct wedge *wedge)
{
	switch (wedge->state) {
	case HOLD:
		return begins_ticket(wedge) ? WEDGE_HOLD : WEDGE_FAST;
	case SCAN:
	case DROP:
		return WEDGE_SILENCE;
	default:
		return WEDGE_HOLD;
	}
}

int64_t wedge_deadline(const struct wedge *wedge)
{
	return wedge->state == REST ? INT64_MAX : wedge->last + patience(wedge);
}

void wedge_tick(struct wedge *wedge, int64_t now)
{
	enum state state = wedge->state;

	if (now < wedge_deadline(wedge))
		return;
	wedge->state = REST;
	if (state == HOLD) {
		release(wedge);
	} else if (state == SCAN && wedge->count <= WEDGE_BURST) {
		/* Somebody typed 583 and little more, and waited. */
		release(wedge);
		forget_scan(wedge);
	} else if (state == SCAN) {
		end_scan(wedge);
	} else if (state == DROP) {
		end_drop(wedge);
	}
}

static void take(struct wedge *wedge, struct held pressed, int64_t now)
{
	int64_t gap;

	wedge_tick(wedge, now);
	gap = now - wedge->last;
	wedge->last = now;
	switch (wedge->state) {
	case REST:
		hold(wedge, pressed);
		break;
	case HOLD:
		take_held(wedge, pressed, gap);
		break;
	case SCAN:
		take_scan(wedge, pressed, gap);
		break;
	case DROP:
		drop(wedge, pressed.character);
		break;
	case TAIL:
		break;
	}
}

void wedge_key(struct wedge *wedge, uint32_t character, uint64_t key,
	       int64_t now)
{
	take(wedge, (struct held){ character, key, false }, now);
}

void wedge_touch(struct wedge *wedge, uint64_t key, int64_t now)
{
	take(wedge, (struct held){ 0, key, true }, now);
}
