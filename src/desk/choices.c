#include "desk/choose.h"

#include "desk/screens.h"
#include "desk/visit_actions.h"
#include "record/alert.h"
#include "record/visit.h"

/* What is picked from a list at the desk. */

static void report(struct desk *desk, enum fault fault, enum visit_acted answer)
{
	if (fault)
		desk_say_trouble(desk);
	else if (answer != VISIT_ACTED)
		desk_say_key(desk, "desk.quicker");
}

/* --- another level ----------------------------------------------------------
 */

static void level_chosen(struct desk *desk, size_t row, const char *reason)
{
	static const enum visit_level levels[] = { VISIT_U1, VISIT_U2, VISIT_U3,
						   VISIT_U4, VISIT_U5 };
	enum visit_acted answer = VISIT_ACTED;
	enum fault fault =
	    visit_override(desk->record, desk->selected, levels[row], reason,
			   &desk->staff.who, desk->clock.now, &answer);

	report(desk, fault, answer);
}

static enum fault level_enter(struct desk *desk, const void *about,
			      void **state)
{
	static const struct choose choose = {
		.heading = "desk.which_level",
		.rows = { "desk.u1", "desk.u2", "desk.u3", "desk.u4",
			  "desk.u5" },
		.reason = "desk.why_level",
		.chosen = level_chosen,
	};

	(void)about;
	return choose_enter(desk, &choose, state);
}

const struct view desk_level_screen = {
	.name = "level",
	.enter = level_enter,
	.draw = choose_draw,
	.key = choose_key,
	.writing = view_writes,
	.leave = choose_leave,
};

/* --- the end of a visit -----------------------------------------------------
 */

static const char *const outcome_words[] = { "desk.served", "desk.referred",
					     "desk.diverted", "desk.left",
					     "desk.safety" };

static void say_ended(struct desk *desk, const char *outcome)
{
	SCOPED(char_freep) char *number = desk_number(desk);
	SCOPED(char_freep) char *word = desk_word(desk, outcome);
	const struct catalogue_argument arguments[] = {
		{ .name = "number", .text = number },
		{ .name = "outcome", .text = word },
	};

	desk_say(desk,
		 desk_words(desk, "desk.ended", arguments, COUNT(arguments)),
		 false);
}

static void outcome_chosen(struct desk *desk, size_t row, const char *reason)
{
	static const enum visit_outcome outcomes[] = {
		VISIT_SERVED, VISIT_REFERRED, VISIT_DIVERTED, VISIT_LEFT,
		VISIT_SAFETY
	};
	enum visit_acted answer = VISIT_ACTED;
	enum fault fault;

	(void)reason;
	fault =
	    visit_act(desk->record, desk->selected, VISIT_END, outcomes[row],
		      &desk->staff.who, desk->clock.now, &answer);
	report(desk, fault, answer);
	if (!fault && answer == VISIT_ACTED) {
		say_ended(desk, outcome_words[row]);
		desk->ended = desk->selected;
	}
	(void)desk_to_waiting(desk);
}

static enum fault outcome_enter(struct desk *desk, const void *about,
				void **state)
{
	static const struct choose choose = {
		.heading = "desk.which_outcome",
		.rows = { "desk.served", "desk.referred", "desk.diverted",
			  "desk.left", "desk.safety" },
		.chosen = outcome_chosen,
	};

	(void)about;
	return choose_enter(desk, &choose, state);
}

const struct view desk_outcome_screen = {
	.name = "outcome",
	.enter = outcome_enter,
	.draw = choose_draw,
	.key = choose_key,
	.writing = view_writes,
	.leave = choose_leave,
};

/* --- keeping ----------------------------------------------------------------
 */

static void keep_chosen(struct desk *desk, size_t row, const char *reason)
{
	enum visit_acted answer = VISIT_ACTED;
	enum fault fault;

	(void)reason;
	if (row != 0)
		return;
	fault = visit_confirm_keep(desk->record, desk->selected,
				   &desk->staff.who, desk->clock.now, &answer);
	report(desk, fault, answer);
	if (!fault && answer == VISIT_ACTED)
		desk_say_key(desk, "desk.keep_confirmed");
}

static enum fault keep_enter(struct desk *desk, const void *about, void **state)
{
	static const struct choose choose = {
		.heading = "desk.keep_heading",
		.rows = { "desk.keep_yes", "desk.keep_not_now" },
		.chosen = keep_chosen,
	};

	(void)about;
	return choose_enter(desk, &choose, state);
}

const struct view desk_keep_screen = {
	.name = "keep",
	.enter = keep_enter,
	.draw = choose_draw,
	.key = choose_key,
	.writing = view_writes,
	.leave = choose_leave,
};

/* --- not this person ---------------------------------------------------------
 */

static void unfile_chosen(struct desk *desk, size_t row, const char *reason)
{
	enum visit_acted answer;

	(void)reason;
	if (row != 0)
		return;
	if (visit_unfile(desk->record, desk->selected, &desk->staff.who,
			 desk->clock.now, &answer)) {
		desk_say_trouble(desk);
		return;
	}
	visit_say_answer(desk, answer);
	if (answer == VISIT_ACTED) {
		(void)desk_to_waiting(desk);
		desk_say_key(desk, "desk.unfiled");
	}
}

static enum fault unfile_enter(struct desk *desk, const void *about,
			       void **state)
{
	static const struct choose choose = {
		.heading = "desk.unfile_heading",
		.rows = { "desk.unfile_yes", "desk.keep_not_now" },
		.chosen = unfile_chosen,
	};

	(void)about;
	return choose_enter(desk, &choose, state);
}

const struct view desk_unfile_screen = {
	.name = "unfile",
	.enter = unfile_enter,
	.draw = choose_draw,
	.key = choose_key,
	.writing = view_writes,
	.leave = choose_leave,
};

/* --- the quiet flag ---------------------------------------------------------
 */

/* The first row says "I am going"; the others close it with what happened. */
static void alert_chosen(struct desk *desk, size_t row, const char *reason)
{
	static const enum alert_outcome outcomes[] = {
		ALERT_NO_OUTCOME, ALERT_TALKED, ALERT_REFERRED,
		ALERT_DECLINED,   ALERT_GONE,   ALERT_MISTAKE,
	};
	const struct alert *alert = lists_alert(&desk->lists, desk->selected);
	enum alert_answer answer = ALERT_DONE;
	enum fault fault;

	(void)reason;
	if (!alert) {
		desk_say_key(desk, "desk.quicker");
		return;
	}
	fault =
	    row == 0
		? alert_acknowledge(desk->record, alert->id, &desk->staff.who,
				    desk->clock.now, &answer)
		: alert_close(desk->record, alert->id, outcomes[row],
			      &desk->staff.who, desk->clock.now, &answer);
	if (fault)
		desk_say_trouble(desk);
	else if (answer != ALERT_DONE)
		desk_say_key(desk, "desk.quicker");
	else
		desk_say_key(desk,
			     row ? "desk.quiet_closed" : "desk.quiet_kept");
}

static enum fault alert_enter(struct desk *desk, const void *about,
			      void **state)
{
	static const struct choose choose = {
		.heading = "desk.quiet_heading",
		.rows = { "desk.quiet_going", "desk.quiet_talked",
			  "desk.quiet_referred", "desk.quiet_declined",
			  "desk.quiet_gone", "desk.quiet_mistake" },
		.chosen = alert_chosen,
	};

	(void)about;
	return choose_enter(desk, &choose, state);
}

const struct view desk_alert_screen = {
	.name = "alert",
	.enter = alert_enter,
	.draw = choose_draw,
	.key = choose_key,
	.writing = view_writes,
	.leave = choose_leave,
};
