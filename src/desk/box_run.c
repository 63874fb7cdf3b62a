#include "desk/box_run.h"

#include <poll.h>

#include "desk/clock.h"
#include "ui/term.h"

#define LOBBY_MS                                                        \
	60000     /* without a key, then the kiosk has its screen again \
		   */
#define LOOK 5000 /* ms between looks at whether that is so */
#define TICK 100  /* ms between looks at the helper and the printer, at most */

static void show(struct box *box, struct term *term)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_new(term_rows(term), term_columns(term),
					   term_has_plates(term));

	box_draw(box, canvas);
	term_show(term, canvas);
}

static bool read_keys(struct box *box, struct term *term)
{
	struct ui_event event;
	bool any = false;

	while (!box->over && (event = term_event(term)).key != UI_KEY_NONE) {
		box_key(box, &event);
		any = true;
	}
	return any;
}

static void look_at_clock(struct box *box)
{
	struct clock clock;

	clock_read(&clock);
	box->now = clock.now;
	box->moment = clock.moment;
}

enum fault box_run(struct box *box)
{
	SCOPED(term_freep) struct term *term = NULL;
	enum fault fault = term_open(TERM_DARK, &term);
	bool changed = true;
	int64_t touched;

	look_at_clock(box);
	touched = box->moment;
	while (!fault && !box->over) {
		struct pollfd wait = { term_input(term), POLLIN, 0 };
		bool waited = box_is_waiting(box);

		if (changed)
			show(box, term);
		(void)poll(&wait, 1, waited ? TICK : box->lobby ? LOOK : -1);
		if (wait.revents & (POLLHUP | POLLERR))
			box->over = box->off = true;
		look_at_clock(box);
		changed = read_keys(box, term);
		/* What a key began may have taken a while. */
		look_at_clock(box);
		if (changed)
			touched = box->moment;
		else if (box->lobby && !waited &&
			 box->moment - touched > LOBBY_MS)
			box_give_back(box, true);
		box_tick(box);
		changed |= waited;
	}
	return fault;
}
