#include "desk/loop.h"

#include <poll.h>

#include "base/file.h"
#include "desk/action.h"
#include "desk/box_menu.h"
#include "desk/scan.h"
#include "desk/screens.h"
#include "desk/unlock.h"
#include "record/entity.h"
#include "record/names.h"
#include "scan/picture.h"

#define TICK 500        /* ms between ticks, at most */
#define EXPIRE_MS 60000 /* between looks for what must be erased */
#define REFRESH_MS 2000 /* between looks at who waits and which flags call */
#define LEAST_ROWS 12   /* below these no screen can be drawn */
#define LEAST_COLUMNS 40
#define LOCK_MINUTES 15    /* without a key, where settings say nothing */
#define AWAY_MS 60000      /* locked, without a key */
#define TRIES 2            /* of a scan */
#define INCOMPLETE_LIMIT 3 /* in a row, then staff hear what to try */

struct loop {
	struct desk *desk;
	struct term *term;
	int64_t touched;   /* moment of the last key */
	int64_t expired;   /* now of the last look for what must be erased */
	int64_t refreshed; /* moment of the last look at who waits */
	int incomplete;    /* scans cut short, one after another */
};

/* Nothing is lost: scans are taken, and the screens are as they were. */
static void draw_too_small(const struct desk *desk, struct canvas *canvas)
{
	const struct catalogue_argument least[] = {
		{ .name = "columns", .number = LEAST_COLUMNS },
		{ .name = "rows", .number = LEAST_ROWS },
	};
	SCOPED(char_freep)
	char *text = desk_words(desk, "desk.too_small", least, COUNT(least));

	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){
				.h = canvas_rows(canvas),
				.w = canvas_columns(canvas),
				.text = text,
				.language = desk->staff.language,
				.caret = -1,
			    });
}

static void draw(struct loop *loop)
{
	struct desk *desk = loop->desk;
	SCOPED(canvas_freep)
	struct canvas *canvas =
	    canvas_new(term_rows(loop->term), term_columns(loop->term),
		       term_has_plates(loop->term));

	if (canvas_rows(canvas) < LEAST_ROWS ||
	    canvas_columns(canvas) < LEAST_COLUMNS)
		draw_too_small(desk, canvas);
	else
		stack_draw(&desk->stack, canvas);
	term_show(loop->term, canvas);
	desk->dirty = false;
}

/* --- scans ------------------------------------------------------------------
 */

static void report(struct loop *loop, const struct filing_ticket *ticket)
{
	struct desk *desk = loop->desk;

	loop->incomplete =
	    ticket->status == FILING_INCOMPLETE ? loop->incomplete + 1 : 0;
	if (loop->incomplete >= INCOMPLETE_LIMIT)
		desk_say_key(desk, "desk.clean_scanner");
	else
		desk_say(desk, filing_message(ticket, desk->staff.words),
			 scan_is_trouble(ticket));
}

static void keep_scan(struct loop *loop, const char *digits)
{
	struct filing_ticket ticket;

	if (reach_keep(loop->desk, digits, &ticket)) {
		loop->incomplete = 0;
		return;
	}
	report(loop, &ticket);
	filing_ticket_done(&ticket);
}

/* Once more where the connection was lost and is made again. */
static bool file_scan(struct desk *desk, const char *digits,
		      struct filing_ticket *ticket)
{
	for (int tries = 0; !desk->reach.lost && tries < TRIES; tries++) {
		if (!scan_digits(desk->filing, digits, &desk->staff.who,
				 desk->clock.now, ticket))
			return true;
		desk_say_trouble(desk);
		if (!record_away(desk->record))
			break;
	}
	return false;
}

static void take_scan(struct loop *loop, const char *digits)
{
	struct desk *desk = loop->desk;
	struct filing_ticket ticket;

	if (box_offer_kiosk(desk, digits))
		return;
	/* What was scanned before is filed before. */
	if (desk->reach.kept.count)
		reach_file(desk);
	if (desk->reach.filing.runs) {
		keep_scan(loop, digits);
		return;
	}
	if (!file_scan(desk, digits, &ticket)) {
		/* Also where a server answers again and refuses: the screen
		 * says that scans are kept. */
		if (desk->reach.lost || record_away(desk->record))
			keep_scan(loop, digits);
		return;
	}
	desk_refresh(desk);
	if (scan_is_visit(&ticket) && !filing_locked(desk->filing))
		desk_show(desk, ticket.visit, &desk_ticket_screen);
	report(loop, &ticket);
	filing_ticket_done(&ticket);
}

static void drop_scan(struct loop *loop, const struct scan_event *event)
{
	const struct filing_ticket ticket = scan_dropped(event);
	struct desk *desk = loop->desk;

	if (!event->typed || stack_top(&desk->stack) != desk->locked ||
	    !unlock_paste(desk, event->typed, event->count))
		report(loop, &ticket);
}

static void say_no_file(struct desk *desk, const char *path)
{
	const struct catalogue_argument file = { .name = "file", .text = path };

	desk_say(desk, desk_words(desk, "desk.no_file", &file, 1), true);
}

static void take_picture(struct loop *loop, const char *path)
{
	struct scan_symbols symbols = { 0 };

	if (!file_exists(path))
		say_no_file(loop->desk, path);
	else if (scan_picture(path, &symbols) || !symbols.count)
		desk_say_key(loop->desk, "desk.no_symbol");
	for (size_t i = 0; i < symbols.count; i++)
		take_scan(loop, symbols.text[i]);
	scan_symbols_done(&symbols);
}

/* --- keys -------------------------------------------------------------------
 */

static void follow(struct desk *desk, enum screen_next next)
{
	if (next == SCREEN_BACK)
		(void)desk_back(desk);
	else if (next == SCREEN_HOME)
		(void)desk_to_waiting(desk);
}

/* Right after an ending it is that which is taken back, out of sight as it is:
 * the message says so, and goes with the next key. */
static bool is_undo(const struct ui_event *event)
{
	return event->key == UI_KEY_TEXT && event->character == 'u';
}

void loop_key(struct desk *desk, const struct ui_event *event)
{
	desk->dirty = true;
	/* What was said has been read by whoever presses a key. */
	desk_say(desk, NULL, false);
	if (!is_undo(event))
		desk->ended = 0;
	if (event->key != UI_KEY_RESIZE && !action_click(desk, event))
		follow(desk, stack_key(&desk->stack, event));
}

static void take_key(struct loop *loop, const struct ui_event *event)
{
	loop->touched = loop->desk->clock.moment;
	loop_key(loop->desk, event);
}

static void take_event(struct loop *loop, const struct scan_event *event)
{
	struct ui_event key;

	switch (event->kind) {
	case SCAN_KEY:
		key = ui_event_unpacked(event->key, loop->desk->clock.moment);
		take_key(loop, &key);
		break;
	case SCAN_READING:
		loop->desk->dirty = true;
		break;
	case SCAN_DIGITS:
		loop->touched = loop->desk->clock.moment;
		take_scan(loop, event->digits);
		break;
	case SCAN_DROPPED:
		drop_scan(loop, event);
		break;
	case SCAN_NONE:
		break;
	}
}

static void take_events(struct loop *loop)
{
	struct scan_event event;

	while (!loop->desk->over &&
	       (event = scanner_next(&loop->desk->scanner)).kind != SCAN_NONE)
		take_event(loop, &event);
}

/* Every key and touch passes the wedge, which tells a person from a scanner. */
static void read_keys(struct loop *loop)
{
	struct desk *desk = loop->desk;
	struct ui_event event;

	while (!desk->over &&
	       (event = term_event(loop->term)).key != UI_KEY_NONE) {
		if (ui_event_typed(&event) || event.key == UI_KEY_POINT)
			scanner_key(&desk->scanner, &event, desk->clock.moment);
		else
			take_key(loop, &event);
		take_events(loop);
	}
}

/* --- time -------------------------------------------------------------------
 */

static void expire(struct loop *loop)
{
	struct desk *desk = loop->desk;
	const struct spool spool = spool_of(desk->settings, desk->home);

	/* A clock that was set back puts nothing off. */
	if (desk->clock.now >= loop->expired &&
	    desk->clock.now - loop->expired < EXPIRE_MS)
		return;
	loop->expired = desk->clock.now;
	spool_sweep(&spool, desk->clock.now);
	if (record_expire(desk->record, desk->clock.now, NULL))
		desk_say_trouble(desk);
	else
		reach_remember(desk);
}

static void lock_when_idle(struct loop *loop)
{
	struct desk *desk = loop->desk;
	long minutes = settings_number(desk->settings, "desk", "lock_minutes",
				       LOCK_MINUTES);

	if (!desk_locked(desk) &&
	    desk->clock.moment - loop->touched >= minutes * 60000LL)
		desk_lock(desk);
}

/* Where the kiosk has the screen otherwise it is not kept for nobody. */
static void leave_when_away(struct loop *loop)
{
	struct desk *desk = loop->desk;

	if (!desk->lobby || !desk_locked(desk) || desk->stack.depth > 1 ||
	    desk->clock.moment - loop->touched < AWAY_MS)
		return;
	desk->after = DESK_AWAY;
	desk->over = true;
}

/* Another desk's change is in sight within a second; ours, too. */
void loop_look(struct desk *desk)
{
	int64_t changes;

	if (desk_locked(desk))
		return;
	if (record_changed(desk->record, &changes)) {
		desk_say_trouble(desk);
		return;
	}
	if (changes != desk->changes) {
		if (names_refresh(desk->record))
			desk_say_trouble(desk);
		desk_changed(desk);
	}
	desk->changes = changes;
}

/* What time alone brings: a quiet flag comes to a second desk whatever screen
 * is open there, and to one where nobody works. */
static void refresh(struct loop *loop)
{
	struct desk *desk = loop->desk;

	if (desk->clock.moment - loop->refreshed < REFRESH_MS)
		return;
	loop->refreshed = desk->clock.moment;
	if (desk_locked(desk))
		desk_look_for_calls(desk);
	else
		desk_refresh(desk);
}

static void tick(struct loop *loop)
{
	struct desk *desk = loop->desk;

	reach_look(desk);
	if (!desk->reach.lost)
		expire(loop);
	lock_when_idle(loop);
	leave_when_away(loop);
	if (!desk->reach.lost)
		loop_look(desk);
	refresh(loop);
	printing_look(desk);
	loop_tick(desk);
}

void loop_tick(struct desk *desk)
{
	follow(desk, stack_tick(&desk->stack, desk->clock.moment));
}

int loop_patience(const struct desk *desk)
{
	int64_t left = scanner_deadline(&desk->scanner) - desk->clock.moment;

	if (stack_busy(&desk->stack) || reach_busy(desk))
		return 0;
	return left > TICK ? TICK : left > 0 ? (int)left : 0;
}

static void wait_and_take(struct loop *loop)
{
	struct desk *desk = loop->desk;
	struct pollfd wait[1 + FEED_KINDS] = {
		{ term_input(loop->term), POLLIN, 0 },
	};

	scanner_wait(&desk->scanner, wait + 1);
	(void)poll(wait, COUNT(wait), loop_patience(desk));
	clock_read(&desk->clock);
	if (wait[0].revents & (POLLHUP | POLLERR))
		desk->over = true;
	read_keys(loop);
	scanner_ready(&desk->scanner, wait + 1, desk->clock.moment);
	take_events(loop);
	scanner_tick(&desk->scanner, desk->clock.moment);
	take_events(loop);
	if (!desk->over)
		tick(loop);
}

void loop_run(struct desk *desk, struct term *term, const char *picture)
{
	struct loop loop = { .desk = desk, .term = term };

	clock_read(&desk->clock);
	loop.touched = desk->clock.moment;
	desk_open(desk, desk->locked, NULL);
	while (!desk->over) {
		/* The ticket at the scanner is read as soon as it can be. */
		if (picture && !filing_locked(desk->filing)) {
			take_picture(&loop, picture);
			picture = NULL;
		}
		if (desk->dirty)
			draw(&loop);
		wait_and_take(&loop);
	}
	desk_close(desk);
}
