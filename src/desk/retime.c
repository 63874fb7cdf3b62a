#include "desk/retime.h"

#include <stdlib.h>
#include <string.h>

#include "desk/answer.h"
#include "desk/value.h"
#include "desk/write.h"
#include "record/appointment.h"

static const struct kind *kind(void)
{
	return kind_find("appointment");
}

bool retime_may(const struct entity *appointment)
{
	return kind_may_move(kind(), entity_text(appointment, "state"),
			     "moved");
}

/* --- why ------------------------------------------------------------------ */

static void move(struct desk *desk, void *to, const char *reason)
{
	const struct retime *retime = to;
	SCOPED(char_freep) char *when = value_instant(desk, retime->at);
	const struct catalogue_argument at = { .name = "at", .text = when };
	enum entity_answer answer;
	int64_t moved;

	if (appointment_move(desk->record, retime->id, retime->at, reason,
			     &desk->staff.who, desk->clock.now, &answer,
			     &moved)) {
		desk_say_trouble(desk);
		return;
	}
	desk_changed(desk);
	if (answer == ENTITY_DONE)
		desk_say(desk, desk_words(desk, "retime.moved", &at, 1), false);
	else
		answer_say(desk, answer);
}

static void ask_why(struct desk *desk, void *to)
{
	struct retime *retime = to;

	retime->why = (struct code){
		.title = "retime.why",
		.kind = kind(),
		.field = "reason",
		.done = move,
		.to = retime,
	};
	code_pick(desk, &retime->why);
}

/* --- when ------------------------------------------------------------------
 */

/* A moment that is typed; 0: it is none. */
static int64_t moment_of(const struct desk *desk, const char *text)
{
	SCOPED(char_freep)
	char *kept = value_kept(desk, kind_field(kind(), "at"), text);

	return kept ? atoll(kept) : 0;
}

static bool check_time(struct desk *desk, void *to, const char *text)
{
	const int64_t at = moment_of(desk, text);

	(void)to;
	if (at > desk->clock.now)
		return true;
	desk_say_key(desk, at ? "retime.past" : "desk.hint_instant");
	return false;
}

static void ask_other(struct desk *desk, void *to)
{
	struct retime *retime = to;

	retime_open(desk, retime, retime->id);
}

static void take_time(struct desk *desk, void *to, const char *text)
{
	struct retime *retime = to;

	retime->at = moment_of(desk, text);
	retime->clash = (struct clash){
		.time = { .worker = retime->worker,
			  .person = retime->person,
			  .at = retime->at,
			  .minutes = retime->minutes,
			  .but = retime->id },
		.other = ask_other,
		.same = ask_why,
		.to = retime,
	};
	clash_ask(desk, &retime->clash);
}

static void ask_time(struct desk *desk, struct retime *retime,
		     const struct entity *appointment)
{
	SCOPED(char_freep)
	char *who = value_called(desk, kind_find("person"), retime->person);
	SCOPED(char_freep)
	char *at = value_instant(desk, entity_number(appointment, "at"));
	const struct catalogue_argument parts[] = {
		{ .name = "who", .text = who },
		{ .name = "at", .text = at },
	};
	SCOPED(char_freep)
	char *title = desk_words(desk, "retime.title", parts, COUNT(parts));
	SCOPED(char_freep) char *hint = desk_word(desk, "desk.hint_instant");

	write_open(desk, &(struct write){ .title = title,
					  .hint = hint,
					  .check = check_time,
					  .done = take_time,
					  .to = retime });
}

void retime_open(struct desk *desk, struct retime *retime, int64_t id)
{
	SCOPED(entity_freep) struct entity *appointment = NULL;
	enum entity_answer answer;

	if (entity_read(desk->record, kind(), id, &desk->staff.who,
			desk->clock.now, &answer, &appointment)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return;
	}
	if (!retime_may(appointment)) {
		desk_say_key(desk, "retime.over");
		return;
	}
	*retime = (struct retime){
		.id = id,
		.worker = entity_number(appointment, "worker"),
		.person = entity_number(appointment, "person"),
		.minutes = entity_number(appointment, "minutes"),
	};
	ask_time(desk, retime, appointment);
}
