#include "kiosk/front.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "kiosk/world.h"

enum { INPUT, SIGNALS, OTHER, DESCRIPTORS };

static int await_signals(void)
{
	sigset_t ends, others;

	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigaddset(&ends, SIGINT);
	sigemptyset(&others);
	sigaddset(&others, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	sigprocmask(SIG_UNBLOCK, &others, NULL);
	return signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
}

void front_init(struct front *front, struct term *term, int beat)
{
	*front = (struct front){
		.term = term,
		.signals = await_signals(),
		.beat = { .to = beat },
	};
}

void front_done(struct front *front)
{
	close(front->signals);
}

static int time_left(const struct front *front, int64_t left, int64_t now)
{
	int64_t beat = pulse_deadline(&front->beat) - now;

	if (front->beat.to >= 0 && beat < left)
		left = beat;
	return left > 0 ? (int)left : 0;
}

bool front_wait(struct front *front, struct pollfd *other, int64_t left,
		int64_t *now)
{
	struct pollfd wait[DESCRIPTORS] = {
		[INPUT] = { term_input(front->term), POLLIN, 0 },
		[SIGNALS] = { front->signals, POLLIN, 0 },
		[OTHER] = *other,
	};

	(void)poll(wait, DESCRIPTORS, time_left(front, left, *now));
	*now = world_ticks();
	pulse_turn(&front->beat, *now);
	other->revents = wait[OTHER].revents;
	return !wait[SIGNALS].revents &&
	       !(wait[INPUT].revents & (POLLHUP | POLLERR));
}

struct canvas *front_canvas(const struct front *front)
{
	return canvas_new(term_rows(front->term), term_columns(front->term),
			  term_has_plates(front->term));
}

void front_show(struct front *front, const struct canvas *canvas, int64_t now)
{
	term_show(front->term, canvas);
	pulse_drawn(&front->beat, canvas_rows(canvas), canvas_columns(canvas),
		    now);
}
