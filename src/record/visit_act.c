#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/conflict_inside.h"
#include "record/inside.h"
#include "record/kind.h"
#include "record/people_visit.h"
#include "record/ticket.h"

#define STATE(state) (1u << (state))

/* What each act does to a visit, and in which states it can be done. */
static const struct {
	const char *word;
	unsigned from;
	enum visit_state to;
} acts[VISIT_ACT_COUNT] = {
	[VISIT_CALL] = { "call", STATE(VISIT_WAITING), VISIT_CALLED },
	[VISIT_MISS] = { "miss", STATE(VISIT_CALLED), VISIT_NO_ANSWER },
	[VISIT_RECALL] = { "recall",
			   STATE(VISIT_CALLED) | STATE(VISIT_NO_ANSWER),
			   VISIT_CALLED },
	[VISIT_REQUEUE] = { "requeue",
			    STATE(VISIT_CALLED) | STATE(VISIT_NO_ANSWER) |
				STATE(VISIT_IN_SERVICE),
			    VISIT_WAITING },
	[VISIT_TAKE_IN] = { "take-in",
			    STATE(VISIT_WAITING) | STATE(VISIT_CALLED) |
				STATE(VISIT_NO_ANSWER),
			    VISIT_IN_SERVICE },
	[VISIT_END] = { "end",
			STATE(VISIT_WAITING) | STATE(VISIT_CALLED) |
			    STATE(VISIT_NO_ANSWER) | STATE(VISIT_IN_SERVICE),
			VISIT_ENDED },
};

bool visit_may(enum visit_state state, enum visit_act act)
{
	return acts[act].from & STATE(state);
}

/* What changes when a visit is acted on; the rest of the row stays. */
struct course {
	enum visit_state state;
	int64_t called, started, ended;
	int calls;
	enum visit_outcome outcome;
	const char *by;
};

static struct course next_course(const struct visit *visit, enum visit_act act,
				 enum visit_outcome outcome,
				 const struct visit_moment *moment)
{
	struct course course = {
		.state = acts[act].to,
		.called = visit->called,
		.started = visit->started,
		.ended = visit->ended,
		.calls = visit->calls,
		.outcome = outcome,
		.by = acts[act].to == VISIT_WAITING ? "" : moment->by,
	};

	if (act == VISIT_CALL || act == VISIT_RECALL) {
		course.called = moment->at;
		course.calls++;
	} else if (act == VISIT_REQUEUE) {
		course.started = 0;
	} else if (act == VISIT_TAKE_IN) {
		course.started = moment->at;
	} else if (act == VISIT_END) {
		course.ended = moment->at;
	}
	return course;
}

static enum fault set_course(struct record *record, int64_t id,
			     const struct course *course)
{
	return statement_run(record, VISIT_SET_STATE, "itidiitt", id,
			     visit_state_word(course->state), course->called,
			     course->calls, course->started, course->ended,
			     visit_outcome_word(course->outcome), course->by);
}

/* Remembers the row as it is, for visit_undo(), and writes the audit. */
static enum fault remember(struct record *record, int64_t id, const char *act,
			   const char *old, const struct record_who *who,
			   int64_t now)
{
	enum fault fault = statement_run(record, ACT_ADD, "ititt", id, act, now,
					 who->user, who->desk);

	return fault ? fault
		     : audit_add(record, who, now, act, "visit", id, old);
}

static enum fault act_on(struct record *record, const struct visit *visit,
			 enum visit_act act, enum visit_outcome outcome,
			 const struct visit_moment *moment,
			 const struct record_who *who, int64_t now)
{
	const struct course course = next_course(visit, act, outcome, moment);
	enum fault fault = remember(record, visit->id, acts[act].word,
				    visit_state_word(visit->state), who, now);

	if (fault || (fault = set_course(record, visit->id, &course)))
		return fault;
	if (act == VISIT_END && visit->keep == VISIT_KEEP_NO && !visit->erased)
		return erase_visit(record, visit->id, "end", who, now);
	return FAULT_NONE;
}

enum fault visit_act_then(struct record *record, int64_t id, enum visit_act act,
			  enum visit_outcome outcome,
			  const struct visit_moment *moment,
			  const struct record_who *who, int64_t now,
			  enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct visit visit = { 0 };
	enum visit_found found;
	enum fault fault;

	assert((act == VISIT_END) == (outcome != VISIT_NO_OUTCOME));
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = visit_read(record, id, &found, &visit)))
		return fault;
	*answer = found == VISIT_NOT_THERE       ? VISIT_UNKNOWN
		  : !visit_may(visit.state, act) ? VISIT_WRONG_STATE
						 : VISIT_ACTED;
	if (*answer == VISIT_ACTED &&
	    !(fault = act_on(record, &visit, act, outcome, moment, who, now)))
		fault = transaction_commit(&change);
	visit_done(&visit);
	return fault;
}

enum fault visit_act(struct record *record, int64_t id, enum visit_act act,
		     enum visit_outcome outcome, const struct record_who *who,
		     int64_t now, enum visit_acted *answer)
{
	const struct visit_moment moment = { now, who->user };

	return visit_act_then(record, id, act, outcome, &moment, who, now,
			      answer);
}

static bool is_blank(const char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return !*text;
}

/* U1 is the most urgent, so a lower number is more. */
static bool may_override(const struct record_who *who,
			 const struct visit *visit, enum visit_level level)
{
	const enum visit_level before = visit_effective_level(visit);
	const enum visit_level after = level ? level : visit->level;

	if (!who->roles || who->roles & ROLE_SUPERVISOR)
		return true;
	return who->roles & ROLES_FRONT && after && after < before;
}

enum fault visit_override(struct record *record, int64_t id,
			  enum visit_level level, const char *reason,
			  const struct record_who *who, int64_t now,
			  enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct visit visit = { 0 };
	enum visit_found found;
	enum visit_level before;
	enum fault fault;

	*answer = VISIT_NO_REASON;
	if (is_blank(reason))
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = visit_read(record, id, &found, &visit)))
		return fault;
	before = visit_effective_level(&visit);
	*answer = found == VISIT_NOT_THERE     ? VISIT_UNKNOWN
		  : visit.state == VISIT_ENDED ? VISIT_WRONG_STATE
					       : VISIT_ACTED;
	if (*answer == VISIT_ACTED && !may_override(who, &visit, level))
		*answer = VISIT_NOT_YOURS;
	visit_done(&visit);
	if (*answer != VISIT_ACTED)
		return FAULT_NONE;
	if ((fault = remember(record, id, "override", visit_level_word(before),
			      who, now)) ||
	    (fault = statement_run(record, VISIT_SET_LEVEL, "idt", id,
				   (int)level, level ? reason : "")))
		return fault;
	return transaction_commit(&change);
}

/* --- taking back ---------------------------------------------------------- */

struct last_act {
	int64_t id;
	char *user, *by, *staff_reason;
	struct course course;
	int staff_level;
};

static void last_act_done(struct last_act *last)
{
	free(last->user);
	free(last->by);
	free(last->staff_reason);
}

static void take_last(struct store_ask *ask, struct last_act *last)
{
	*last = (struct last_act){
		.id = store_number(ask, 0),
		.user = xstrdup(statement_text(ask, 1)),
		.by = xstrdup(statement_text(ask, 8)),
		.staff_level = (int)store_number(ask, 9),
		.staff_reason = xstrdup(statement_text(ask, 10)),
	};
	last->course = (struct course){
		.state = visit_state_of(statement_text(ask, 2)),
		.called = store_number(ask, 3),
		.calls = (int)store_number(ask, 4),
		.started = store_number(ask, 5),
		.ended = store_number(ask, 6),
		.outcome = visit_outcome_of(statement_text(ask, 7)),
		.by = last->by,
	};
}

static enum fault read_last(struct record *record, int64_t id,
			    struct last_act *last)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, ACT_LAST, &ask, "i", id);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		take_last(ask, last);
	return fault;
}

static enum fault put_back(struct record *record, int64_t id,
			   const struct last_act *last,
			   const struct record_who *who, int64_t now)
{
	enum fault fault;

	if ((fault = statement_run(record, ACT_UNDO, "i", last->id)) ||
	    (fault = set_course(record, id, &last->course)) ||
	    (fault = statement_run(record, VISIT_SET_LEVEL, "idt", id,
				   last->staff_level, last->staff_reason)))
		return fault;
	return audit_add(record, who, now, "undo", "visit", id, NULL);
}

enum fault visit_undo(struct record *record, int64_t id,
		      const struct record_who *who, int64_t now,
		      enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct last_act last = { 0 };
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = read_last(record, id, &last))) {
		last_act_done(&last);
		return fault;
	}
	*answer = last.id && !strcmp(last.user, who->user) ? VISIT_ACTED
							   : VISIT_NOTHING;
	if (*answer == VISIT_ACTED &&
	    !(fault = put_back(record, id, &last, who, now)))
		fault = transaction_commit(&change);
	last_act_done(&last);
	return fault;
}

/* --- not this person ------------------------------------------------------ */

/* The one row's bytes of a statement, as statement_blob(). No row is damage,
 * too: 0 bytes, and the caller refuses. */
static enum fault read_blob(struct record *record, struct store_ask *ask,
			    size_t least, size_t most, void *to, size_t *length)
{
	enum fault fault;
	bool row;

	*length = 0;
	while (!(fault = statement_row(record, ask, &row)) && row) {
		if ((fault = statement_blob(record, ask, 0, least, most, to,
					    length)))
			return fault;
	}
	return fault;
}

/*
 * Its wire goes aside again, as a scan nobody has filed. A visit whose wire
 * cannot be put aside stays: it may be all that is left of the ticket.
 */
static enum fault hold_wire(struct record *record, int64_t id, int64_t now)
{
	uint8_t wire[HELD_WIRE_LIMIT], hash[32];
	size_t length = 0, hashed = 0;
	char at[INSTANT_BYTES], case_id[24];
	struct store_ask *ask;
	enum fault fault;

	snprintf(case_id, sizeof case_id, "%lld", (long long)id);
	instant_write(now, at);
	if ((fault = statement_ask(record, INTAKE_WIRE, &ask, "i", id)) ||
	    (fault = read_blob(record, ask, 1, sizeof wire, wire, &length)) ||
	    (fault =
		 statement_ask(record, TICKET_OF_VISIT, &ask, "t", case_id)) ||
	    (fault = read_blob(record, ask, sizeof hash, sizeof hash, hash,
			       &hashed)))
		return fault;
	if (!length || !hashed) {
		log_error("visit %s has no ticket to keep aside: the record "
			  "is damaged; go back to a copy of it",
			  case_id);
		return FAULT_STORE;
	}
	fault = statement_run(record, HELD_KEEP, "bbtt", hash, sizeof hash,
			      wire, length, "not-this-person", at);
	return fault ? fault
		     : statement_run(record, TICKET_REMOVE, "t", case_id);
}

static enum fault unfile(struct record *record, int64_t id,
			 const struct record_who *who, int64_t now)
{
	static const enum statement removals[] = { ALERT_UNLINK, CONSENT_REMOVE,
						   VISIT_REMOVE };
	enum fault fault = hold_wire(record, id, now);

	for (size_t i = 0; !fault && i < COUNT(removals); i++)
		fault = statement_run(record, removals[i], "i", id);
	if (!fault)
		fault = conflicts_erase(record, "visit", NULL, id);
	return fault ? fault
		     : audit_add(record, who, now, "unfile", "visit", id, NULL);
}

enum fault visit_unfile(struct record *record, int64_t id,
			const struct record_who *who, int64_t now,
			enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct last_act last = { 0 };
	struct visit visit = { 0 };
	enum visit_found found;
	int64_t person = 0, calls = 0;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = visit_read(record, id, &found, &visit)) ||
	    (fault = people_of_visit(record, id, &person)) ||
	    (fault =
		 statement_number(record, ALERT_OPEN_OF, 0, &calls, "i", id)) ||
	    (found == VISIT_FOUND && (fault = read_last(record, id, &last)))) {
		last_act_done(&last);
		visit_done(&visit);
		return fault;
	}
	*answer = found == VISIT_NOT_THERE            ? VISIT_UNKNOWN
		  : visit.state != VISIT_WAITING      ? VISIT_WRONG_STATE
		  : last.id || visit.erased || person ? VISIT_NOTHING
		  : visit.source == VISIT_PAPER       ? VISIT_NO_TICKET
		  : calls                             ? VISIT_CALLS
						      : VISIT_ACTED;
	visit_done(&visit);
	last_act_done(&last);
	if (*answer != VISIT_ACTED)
		return FAULT_NONE;
	if ((fault = unfile(record, id, who, now)))
		return fault;
	record->erased = true;
	return transaction_commit(&change);
}

/* --- consent -------------------------------------------------------------- */

enum fault visit_confirm_keep(struct record *record, int64_t id,
			      const struct record_who *who, int64_t now,
			      enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct visit visit = { 0 };
	enum visit_found found;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = visit_read(record, id, &found, &visit)))
		return fault;
	*answer = found == VISIT_NOT_THERE      ? VISIT_UNKNOWN
		  : visit.keep == VISIT_KEEP_NO ? VISIT_REFUSED
		  : visit.keep == VISIT_KEEP_KEPT || visit.erased
		      ? VISIT_NOTHING
		      : VISIT_ACTED;
	visit_done(&visit);
	if (*answer != VISIT_ACTED)
		return FAULT_NONE;
	if ((fault = statement_run(record, VISIT_SET_KEPT, "i", id)) ||
	    (fault = statement_run(record, CONSENT_ADD, "iitdtittb", id,
				   (int64_t)0, "keep", 1, "told", now,
				   who->user, "", (void *)NULL, (size_t)0)) ||
	    (fault = audit_add(record, who, now, "confirm-keep", "visit", id,
			       "today")))
		return fault;
	return transaction_commit(&change);
}
