#include "kiosk/day.h"

#include <stdlib.h>

#include "base/log.h"
#include "card/pins.h"
#include "issue/waiting.h"
#include "kiosk/hall.h"
#include "kiosk/staff.h"
#include "kiosk/trial.h"

#define FAILURES 3 /* of staff's screens in a row, then the program ends */

struct day {
	struct reception *reception;
	const struct day_wish *wish;
	struct day_result *result;
	int failures;
	bool over;
};

/* What became of a visit of staff to the screen. */
static enum fault follow(struct day *day, enum staff_end end)
{
	day->failures = end == STAFF_FAILED ? day->failures + 1 : 0;
	switch (end) {
	case STAFF_LEFT:
		break;
	case STAFF_STOPPED:
		day->over = true;
		break;
	case STAFF_POWER_OFF:
	case STAFF_REBOOT:
	case STAFF_DESK:
		day->over = true;
		day->result->end = end == STAFF_DESK     ? DAY_DESK
				   : end == STAFF_REBOOT ? DAY_REBOOT
							 : DAY_POWER_OFF;
		break;
	case STAFF_FAILED:
		return day->failures < FAILURES ? FAULT_NONE : FAULT_SYSTEM;
	case STAFF_NO_SCREEN:
		day->result->last = VISITOR_NO_SCREEN;
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

/* The log keeps off standard error while a screen is up. */
static void screens(struct day *day, bool up)
{
	journal_screens(day->wish->journal, up);
	day->result->opened = true;
}

static enum fault have_staff(struct day *day, enum staff_task task,
			     const char *why)
{
	const struct staff_wish wish = { day->wish->home, day->wish->card,
					 day->wish->desk, task, why };
	pid_t child;
	int status;
	enum fault fault;

	/* Before there are two processes: both keep off it. */
	screens(day, true);
	fault = staff_start(&wish, reception_beat(day->reception), &child);
	if (fault)
		return fault;
	reception_wait(day->reception, child, &status);
	screens(day, false);
	day->over = day->over || reception_over(day->reception);
	return follow(day, staff_ended(status));
}

/* --- opening the lobby
 * -------------------------------------------------------- */

/* The last error that was logged, passed on as well. */
struct hearing {
	char *why;
	log_sink *sink;
	void *to;
};

static void hear(void *to, enum log_level level, const char *line)
{
	struct hearing *hearing = to;

	if (level == LOG_ERROR) {
		free(hearing->why);
		hearing->why = xstrdup(line);
	}
	log_to(hearing->sink, hearing->to);
	log_line(level, "%s", line);
	log_to(hear, hearing);
}

/* A power cut may come between a card, or a code, that staff took behind their
 * PIN and the pinning of its agency key: on a machine of its own no other key
 * gets there. Programs that pinned first left the former key there, which is
 * nobody's wish; staff who take it on purpose are asked again. */
static enum fault make_ready(const struct day *day, struct issuer *issuer)
{
	enum fault fault;

	if (issuer_state(issuer) == ISSUER_AGENCY_KEY_CHANGED &&
	    card_is_pinned(day->wish->home) &&
	    ((fault = issuer_refuse_former(issuer)) ||
	     (fault = card_pin_key(day->wish->home)) ||
	     (fault = issuer_pin(issuer))))
		return fault;
	return issuer_ready(issuer);
}

static enum fault open_ready(const struct day *day, struct hall **out)
{
	const bool own_machine = day->wish->card != NULL;
	SCOPED(hall_freep) struct hall *hall = NULL;
	const struct uptime now = uptime_now();
	enum fault fault = hall_open(day->wish->home, own_machine, &hall);

	/* What a power cut left, before anybody else's ticket. */
	if (!fault)
		fault = waiting_begin(day->wish->home, &now, WAITING_CUT);
	if (!fault && own_machine)
		fault = make_ready(day, hall->issuer);
	if (fault || (fault = trial_run(hall)))
		return fault;
	*out = hall;
	hall = NULL;
	return FAULT_NONE;
}

/* The hall, or NULL and why. On a machine of its own, staff see it. */
static enum fault open_hall(struct day *day, struct hall **hall)
{
	struct hearing hearing = { 0 };
	enum fault fault;

	hearing.sink = log_sink_now(&hearing.to);
	log_to(hear, &hearing);
	fault = open_ready(day, hall);
	log_to(hearing.sink, hearing.to);
	if (fault && day->wish->card) {
		*hall = NULL;
		fault = have_staff(day, STAFF_TROUBLE, hearing.why);
	}
	free(hearing.why);
	return fault;
}

static enum fault open_lobby(struct day *day)
{
	SCOPED(hall_freep) struct hall *hall = NULL;
	enum fault fault = open_hall(day, &hall);

	if (fault || !hall)
		return fault;
	reception_mend_time(day->reception, hall->clock.offset);
	screens(day, true);
	fault = receive_visitors(day->reception, hall, day->wish->once,
				 &day->result->last);
	screens(day, false);
	day->over =
	    day->over || day->wish->once || reception_over(day->reception);
	return fault;
}

/* Until nothing is asked of them any more, or what is asked was answered. */
static enum fault ask_staff(struct day *day)
{
	enum staff_task task;
	enum fault fault = FAULT_NONE;

	while (!fault && !day->over &&
	       staff_is_asked(day->wish->home, day->wish->card, &task)) {
		fault = have_staff(day, task, NULL);
		if (task == STAFF_CARD && !day->failures)
			break;
	}
	return fault;
}

enum fault day_run(struct reception *reception, const struct day_wish *wish,
		   struct day_result *result)
{
	struct day day = { .reception = reception,
			   .wish = wish,
			   .result = result };
	enum fault fault = wish->card ? card_go_on(wish->home) : FAULT_NONE;

	if (!fault)
		fault = ask_staff(&day);
	while (!fault && !day.over) {
		result->last = VISITOR_LEFT;
		fault = open_lobby(&day);
		if (!fault && result->last == VISITOR_STAFF &&
		    !reception_over(reception))
			fault = have_staff(&day, STAFF_MENU, NULL);
	}
	return fault;
}
