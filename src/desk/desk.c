#include "desk/desk.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "desk/action.h"
#include "record/visit.h"

#define TICK 1000       /* ms between ticks, at most */
#define EXPIRE_MS 60000 /* between looks for what must be erased */
#define LEAST_ROWS 12   /* below these no screen can be drawn */
#define LEAST_COLUMNS 40
#define LOCK_MINUTES 15 /* without a key, where settings say nothing */

/* --- screens ----------------------------------------------------------------
 */

void desk_open(struct desk *desk, const struct screen_ops *screen)
{
	if (desk->depth == DESK_SCREENS)
		return;
	desk->dirty = true;
	if (screen->enter(desk, &desk->states[desk->depth]))
		desk_say_trouble(desk);
	else
		desk->open[desk->depth++] = screen;
}

static void close_to(struct desk *desk, size_t depth)
{
	while (desk->depth > depth) {
		desk->depth--;
		desk->open[desk->depth]->leave(desk->states[desk->depth]);
		desk->dirty = true;
	}
}

/* Below the waiting list lies the locked desk, which is reached by locking. */
#define WAITING_DEPTH 2

void desk_back(struct desk *desk)
{
	if (desk->depth > WAITING_DEPTH)
		close_to(desk, desk->depth - 1);
}

void desk_home(struct desk *desk)
{
	close_to(desk, WAITING_DEPTH);
}

const struct screen_ops *desk_top(const struct desk *desk)
{
	return desk->open[desk->depth - 1];
}

/* --- words ------------------------------------------------------------------
 */

char *desk_word(const struct desk *desk, const char *key)
{
	return catalogue_word(desk->words, key);
}

char *desk_words(const struct desk *desk, const char *key,
		 const struct catalogue_argument *arguments, size_t count)
{
	return catalogue_say(desk->words, key, arguments, count);
}

void desk_say(struct desk *desk, char *text, bool alarming)
{
	free(desk->message);
	desk->message = text;
	desk->alarming = alarming;
	desk->dirty = true;
}

void desk_say_key(struct desk *desk, const char *key)
{
	desk_say(desk, desk_word(desk, key), false);
}

void desk_say_trouble(struct desk *desk)
{
	desk_say(
	    desk,
	    filing_trouble_message(record_trouble(desk->record), desk->words),
	    true);
}

char *desk_span(const struct desk *desk, int64_t milliseconds)
{
	int64_t minutes = milliseconds / 60000, hours = minutes / 60;
	const struct catalogue_argument parts[] = {
		{ .name = "hours", .number = (double)hours },
		{ .name = "minutes", .number = (double)(minutes % 60) },
	};

	if (minutes < 60)
		return desk_words(desk, "desk.minutes", &parts[1], 1);
	return desk_words(desk, "desk.hours", parts, COUNT(parts));
}

/* --- what is waiting --------------------------------------------------------
 */

/* Those who wait, and below them those who are with somebody: their visits
 * are still to be ended. */
static enum fault read_queue(struct desk *desk, struct queue *queue)
{
	struct queue served;
	enum fault fault = queue_read(desk->record, QUEUE_WAITING, desk->now,
				      queue_limit(desk->settings), queue);

	if (fault)
		return fault;
	if ((fault = queue_read(desk->record, QUEUE_IN_SERVICE, desk->now,
				queue_limit(desk->settings), &served))) {
		queue_done(queue);
		return fault;
	}
	queue->rows = xreallocarray(
	    queue->rows, queue->count + served.count + 1, sizeof *queue->rows);
	for (size_t i = 0; i < served.count; i++)
		queue->rows[queue->count++] = served.rows[i];
	free(served.rows);
	return FAULT_NONE;
}

void desk_refresh(struct desk *desk)
{
	struct queue queue;
	struct alert *alerts = NULL;
	size_t count = 0;

	if (read_queue(desk, &queue)) {
		desk_say_trouble(desk);
		return;
	}
	queue_done(&desk->queue);
	desk->queue = queue;
	if (!alert_read(desk->record, &desk->who, desk->now, &alerts, &count)) {
		free(desk->alerts);
		desk->alerts = alerts;
		desk->alert_count = count;
	}
	desk->dirty = true;
}

const struct queue_row *desk_row(const struct desk *desk)
{
	for (size_t i = 0; i < desk->queue.count; i++) {
		if (desk->queue.rows[i].visit == desk->selected)
			return &desk->queue.rows[i];
	}
	return NULL;
}

char *desk_number(const struct desk *desk)
{
	enum visit_found found;
	struct visit visit;
	char *number;

	if (visit_read(desk->record, desk->selected, &found, &visit) ||
	    found != VISIT_FOUND)
		return xstrdup("—");
	number = xstrdup(visit.number);
	visit_done(&visit);
	return number;
}

const struct alert *desk_alert(const struct desk *desk, int64_t visit)
{
	for (size_t i = 0; i < desk->alert_count; i++) {
		if (desk->alerts[i].visit == visit)
			return &desk->alerts[i];
	}
	return NULL;
}

/* --- locking ----------------------------------------------------------------
 */

static void file_what_waited(struct desk *desk)
{
	size_t filed = 0;
	const struct catalogue_argument count = { .name = "count" };
	struct catalogue_argument shown = count;

	if (filing_retry(desk->filing, &desk->who, desk->now, &filed)) {
		desk_say_trouble(desk);
		return;
	}
	shown.number = (double)filed;
	if (filed)
		desk_say(desk, desk_words(desk, "desk.filed_aside", &shown, 1),
			 false);
}

enum filing_unlock desk_unlock(struct desk *desk, const char *passphrase)
{
	enum filing_unlock answer;

	if (filing_unlock(desk->filing, passphrase, &answer))
		return FILING_KEY_DAMAGED;
	if (answer == FILING_UNLOCKED) {
		file_what_waited(desk);
		desk_refresh(desk);
	}
	return answer;
}

/* Who waits is nobody's to see while the desk is locked. */
static void forget_lists(struct desk *desk)
{
	queue_done(&desk->queue);
	free(desk->alerts);
	desk->alerts = NULL;
	desk->alert_count = 0;
}

void desk_lock(struct desk *desk)
{
	close_to(desk, 0);
	filing_lock(desk->filing);
	forget_lists(desk);
	desk->selected = 0;
	desk_say(desk, NULL, false);
	desk_open(desk, &desk_unlock_screen);
}

static void lock_when_idle(struct desk *desk)
{
	long minutes = settings_number(desk->settings, "desk", "lock_minutes",
				       1, 480, LOCK_MINUTES);

	if (!filing_locked(desk->filing) &&
	    desk->moment - desk->touched >= minutes * 60000LL)
		desk_lock(desk);
}

/* --- the loop ---------------------------------------------------------------
 */

static void read_clocks(struct desk *desk)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	desk->now = time.tv_sec * 1000LL + time.tv_nsec / 1000000;
	clock_gettime(CLOCK_MONOTONIC, &time);
	desk->moment = time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/* Nothing is lost: scans are taken, and the screens are as they were. */
static void draw_too_small(const struct desk *desk, struct canvas *canvas)
{
	SCOPED(char_freep) char *text = desk_word(desk, "desk.too_small");

	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){
				.h = canvas_rows(canvas),
				.w = canvas_columns(canvas),
				.text = text,
				.language = desk->language,
				.caret = -1,
			    });
}

static void draw(struct desk *desk)
{
	SCOPED(canvas_freep)
	struct canvas *canvas =
	    canvas_new(term_rows(desk->term), term_columns(desk->term),
		       term_has_plates(desk->term));

	if (canvas_rows(canvas) < LEAST_ROWS ||
	    canvas_columns(canvas) < LEAST_COLUMNS)
		draw_too_small(desk, canvas);
	else
		desk_top(desk)->draw(desk->states[desk->depth - 1], canvas);
	term_show(desk->term, canvas);
	desk->dirty = false;
}

static void follow(struct desk *desk, enum screen_next next)
{
	if (next == SCREEN_BACK)
		desk_back(desk);
	else if (next == SCREEN_HOME)
		desk_home(desk);
}

/* A click on the keys line does what its letter does. */
static bool take_click(struct desk *desk, const struct ui_event *event)
{
	int id = bar_touched(&desk->keys, event);

	return id && action_key(desk, (uint32_t)actions[id - 1].key);
}

static void take_key(struct desk *desk, const struct ui_event *event)
{
	size_t top = desk->depth - 1;

	desk->dirty = true;
	desk->touched = desk->moment;
	/* What was said has been read by whoever presses a key. */
	desk_say(desk, NULL, false);
	if (event->key != UI_KEY_RESIZE && !take_click(desk, event))
		follow(desk, desk->open[top]->key(desk->states[top], event));
}

static void take_event(struct desk *desk, const struct scan_event *event)
{
	struct ui_event key;

	desk->reading = -1;
	switch (event->kind) {
	case SCAN_KEY:
		key = ui_event_unpacked(event->key, desk->moment);
		take_key(desk, &key);
		break;
	case SCAN_READING:
		desk->reading = event->percent;
		desk->dirty = true;
		break;
	case SCAN_DIGITS:
		desk->touched = desk->moment;
		desk_take_scan(desk, event->digits);
		break;
	case SCAN_DROPPED:
		desk_drop_scan(desk, event);
		break;
	case SCAN_NONE:
		break;
	}
}

static void take_scans(struct desk *desk)
{
	struct scan_event scan;

	while (!desk->over &&
	       (scan = wedge_next(desk->wedge)).kind != SCAN_NONE)
		take_event(desk, &scan);
}

/* Every key passes the wedge, which tells a person from a scanner. */
static void read_keys(struct desk *desk)
{
	struct ui_event event;

	while (!desk->over &&
	       (event = term_event(desk->term)).key != UI_KEY_NONE) {
		if (ui_event_typed(&event))
			wedge_key(desk->wedge, ui_event_character(&event),
				  ui_event_packed(&event), desk->moment);
		else
			take_key(desk, &event);
		take_scans(desk);
	}
	wedge_tick(desk->wedge, desk->moment);
	take_scans(desk);
}

static void read_serial(struct desk *desk, bool ready)
{
	struct scan_event scan;

	if (!desk->serial)
		return;
	if (ready)
		serial_ready(desk->serial, desk->moment);
	serial_tick(desk->serial, desk->moment);
	while (!desk->over &&
	       (scan = serial_next(desk->serial)).kind != SCAN_NONE)
		take_event(desk, &scan);
}

static void expire(struct desk *desk)
{
	if (desk->now - desk->expired < EXPIRE_MS)
		return;
	desk->expired = desk->now;
	if (record_expire(desk->record, desk->now, NULL))
		desk_say_trouble(desk);
}

static void tick(struct desk *desk)
{
	expire(desk);
	lock_when_idle(desk);
	size_t top = desk->depth - 1;
	if (desk->open[top]->tick)
		follow(desk,
		       desk->open[top]->tick(desk->states[top], desk->moment));
}

static int time_left(const struct desk *desk)
{
	int64_t due = wedge_deadline(desk->wedge);
	int64_t left = TICK;

	if (desk->serial && serial_deadline(desk->serial) < due)
		due = serial_deadline(desk->serial);
	if (due - desk->moment < left)
		left = due - desk->moment;
	return left > 0 ? (int)left : 0;
}

static void wait_and_take(struct desk *desk)
{
	struct pollfd wait[] = {
		{ term_input(desk->term), POLLIN, 0 },
		{ desk->serial ? serial_descriptor(desk->serial) : -1, POLLIN,
		  0 },
	};

	(void)poll(wait, COUNT(wait), time_left(desk));
	read_clocks(desk);
	if (wait[0].revents & (POLLHUP | POLLERR))
		desk->over = true;
	read_keys(desk);
	if (!desk->over) {
		read_serial(desk, wait[1].revents != 0);
		tick(desk);
	}
}

enum fault desk_run(struct desk *desk, const char *picture)
{
	read_clocks(desk);
	desk->touched = desk->moment;
	desk->reading = -1;
	desk->wedge = wedge_new();
	desk_open(desk, &desk_unlock_screen);
	while (!desk->over) {
		/* The ticket at the scanner is read as soon as it can be. */
		if (picture && !filing_locked(desk->filing)) {
			desk_take_picture(desk, picture);
			picture = NULL;
		}
		if (desk->dirty)
			draw(desk);
		wait_and_take(desk);
	}
	close_to(desk, 0);
	forget_lists(desk);
	free(desk->message);
	wedge_free(desk->wedge);
	return FAULT_NONE;
}
