#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/days.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/meeting.h"
#include "record/sponsor.h"

/* The steps of a case, from what was planned, held and missed. */

static const char *const step_words[PATH_STEPS] = {
	[PATH_PRE] = "PRE",           [PATH_ARRIVAL] = "arrival",
	[PATH_POST] = "POST",         [PATH_3_MONTHS] = "3-months",
	[PATH_6_MONTHS] = "6-months", [PATH_12_MONTHS] = "12-months",
};

const char *path_step_word(enum path_step step)
{
	return step_words[step];
}

static const char *const state_words[] = {
	[PATH_LATER] = "later",     [PATH_DUE] = "due",
	[PATH_OVERDUE] = "overdue", [PATH_PLANNED] = "planned",
	[PATH_DONE] = "done",       [PATH_NOT_HELD] = "not-held",
};

const char *path_state_word(enum path_state state)
{
	return state_words[state];
}

/* What is usual for a kind of group. A Group of Five has no agency behind it:
 * it is met sooner, and in the evening or by video, as its members work. */
static const struct {
	const char *what, *mode;
	int post_days;
} usual[] = {
	{ "SAH", "in-person", 30 },  { "CG", "in-person", 30 },
	{ "G5", "video", 14 },       { "CS", "in-person", 30 },
	{ "COSP", "in-person", 21 },
};

void sponsor_meeting_defaults(const struct entity *sponsor_group,
			      struct meeting_defaults *out)
{
	const char *what = entity_text(sponsor_group, "what");
	const char *mode = entity_text(sponsor_group, "meeting_mode");
	size_t i = 0;

	while (i < COUNT(usual) - 1 && strcmp(usual[i].what, what) != 0)
		i++;
	snprintf(out->mode, sizeof out->mode, "%s", mode ?: usual[i].mode);
	out->post_days = entity_text(sponsor_group, "post_days")
			     ? (int)entity_number(sponsor_group, "post_days")
			     : usual[i].post_days;
}

/* The days that matter, from the arrival's. */
struct due {
	char post[DAYS_BYTES], three[DAYS_BYTES], six[DAYS_BYTES];
	char twelve[DAYS_BYTES];
	char soon[DAYS_BYTES], grace[DAYS_BYTES]; /* a fortnight on, and back */
};

static void find_due(const char *arrived, int post_days, const char *today,
		     struct due *due)
{
	days_after(arrived, post_days, due->post);
	days_months_after(arrived, 3, due->three);
	days_months_after(arrived, 6, due->six);
	days_months_after(arrived, 12, due->twelve);
	days_after(today, 14, due->soon);
	days_after(today, -14, due->grace);
}

/* --- what there is of a step -----------------------------------------------
 */

/* The meeting that counts for a step: the first held, else the next planned. */
struct found {
	const char *what, *months; /* months: NULL for any */
	const char *today;
	int64_t held, planned;
	char held_on[11], planned_on[11];
	bool complete;
};

static bool is(const struct entity *entity, const char *field,
	       const char *value)
{
	const char *text = entity_text(entity, field);

	return !value || (text && strcmp(text, value) == 0);
}

static bool take_meeting(void *to, const struct entity *meeting)
{
	struct found *found = to;
	const char *day = entity_text(meeting, "day");

	if (!is(meeting, "what", found->what) ||
	    !is(meeting, "months", found->months))
		return true;
	if (is(meeting, "state", "held") && !found->held) {
		found->held = meeting->id;
		snprintf(found->held_on, 11, "%s", day);
	} else if (is(meeting, "state", "planned") && !found->planned &&
		   strcmp(day, found->today) >= 0) {
		found->planned = meeting->id;
		snprintf(found->planned_on, 11, "%s", day);
	}
	return true;
}

static enum fault find_meeting(struct record *record, int64_t sponsorship,
			       struct found *found)
{
	static const struct record_who all = { .user = "", .desk = "" };
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)sponsorship);
	const struct entity_match matches[] = { { "sponsorship", id },
						{ NULL, NULL } };

	return entity_each(record, &kind_meeting, matches, "day", 0, &all,
			   take_meeting, found);
}

static void set(struct path *path, enum path_step step, enum path_state state,
		const char *day, int64_t meeting)
{
	path->steps[step].state = state;
	path->steps[step].meeting = meeting;
	snprintf(path->steps[step].day, 11, "%s", day ?: "");
}

/* True where it is held or planned: nothing is due then. */
static bool set_found(struct path *path, enum path_step step,
		      const struct found *found)
{
	if (found->held)
		set(path, step, PATH_DONE, found->held_on, found->held);
	else if (found->planned)
		set(path, step, PATH_PLANNED, found->planned_on,
		    found->planned);
	return found->held || found->planned;
}

/* --- step by step ----------------------------------------------------------
 */

struct walk {
	struct record *record;
	const struct entity *sponsorship;
	const char *today, *arrived; /* arrived: NULL, not yet */
	bool open;                   /* arrived, and still together */
	bool watched;                /* arrived, together or not */
	struct due due;
	struct path *path;
};

static enum fault walk_pre(struct walk *walk)
{
	struct found found = { .what = "PRE", .today = walk->today };
	const char *expected = entity_text(walk->sponsorship, "expected_on");
	enum fault fault =
	    find_meeting(walk->record, walk->sponsorship->id, &found);

	if (fault || set_found(walk->path, PATH_PRE, &found))
		return fault;
	if (!is(walk->sponsorship, "state", "expected"))
		set(walk->path, PATH_PRE, PATH_NOT_HELD, "", 0);
	else
		set(walk->path, PATH_PRE,
		    expected && strcmp(expected, walk->today) < 0 ? PATH_OVERDUE
								  : PATH_DUE,
		    expected, 0);
	return FAULT_NONE;
}

static void walk_arrival(struct walk *walk)
{
	const char *expected = entity_text(walk->sponsorship, "expected_on");

	if (walk->arrived)
		set(walk->path, PATH_ARRIVAL, PATH_DONE, walk->arrived, 0);
	else if (!is(walk->sponsorship, "state", "expected"))
		set(walk->path, PATH_ARRIVAL, PATH_NOT_HELD, "", 0);
	else
		set(walk->path, PATH_ARRIVAL,
		    expected &&
			    strncmp(expected, walk->today, strlen(expected)) < 0
			? PATH_OVERDUE
			: PATH_LATER,
		    expected, 0);
}

static enum fault walk_post(struct walk *walk)
{
	struct found found = { .what = "POST", .today = walk->today };
	struct path *path = walk->path;
	enum fault fault =
	    find_meeting(walk->record, walk->sponsorship->id, &found);

	if (fault)
		return fault;
	/* Planned is not held: the rule fires until it was. */
	path->post_missing = walk->open && !found.held &&
			     strcmp(walk->today, walk->due.six) <= 0;
	if (found.held &&
	    (fault = meeting_is_complete(walk->record, found.held,
					 &path->connection_complete)))
		return fault;
	if (set_found(path, PATH_POST, &found))
		return FAULT_NONE;
	if (!walk->arrived)
		set(path, PATH_POST, PATH_LATER, "", 0);
	else if (!walk->open)
		set(path, PATH_POST, PATH_NOT_HELD, "", 0);
	else
		set(path, PATH_POST,
		    strcmp(walk->today, walk->due.post) > 0 ? PATH_OVERDUE
							    : PATH_DUE,
		    walk->due.post, 0);
	return FAULT_NONE;
}

/* A check is due a fortnight around its day, and too late when the next is. */
static enum path_state check_state(const struct walk *walk, const char *due,
				   const char *next)
{
	if (strcmp(due, walk->due.soon) > 0)
		return PATH_LATER;
	if (!walk->watched || (next && strcmp(walk->today, next) >= 0))
		return PATH_NOT_HELD;
	return strcmp(due, walk->due.grace) < 0 ? PATH_OVERDUE : PATH_DUE;
}

static enum fault walk_checks(struct walk *walk)
{
	const struct {
		enum path_step step;
		const char *months, *due, *next;
	} checks[] = {
		{ PATH_3_MONTHS, "3", walk->due.three, walk->due.six },
		{ PATH_6_MONTHS, "6", walk->due.six, walk->due.twelve },
		{ PATH_12_MONTHS, "12", walk->due.twelve, NULL },
	};
	enum fault fault;

	for (size_t i = 0; i < COUNT(checks); i++) {
		struct found found = { .what = "FOLLOW",
				       .months = checks[i].months,
				       .today = walk->today };

		if ((fault = find_meeting(walk->record, walk->sponsorship->id,
					  &found)))
			return fault;
		if (set_found(walk->path, checks[i].step, &found))
			continue;
		set(walk->path, checks[i].step,
		    walk->arrived
			? check_state(walk, checks[i].due, checks[i].next)
			: PATH_LATER,
		    walk->arrived ? checks[i].due : "", 0);
	}
	return FAULT_NONE;
}

static enum fault walk_all(struct walk *walk, int post_days)
{
	enum fault fault;

	find_due(walk->arrived ?: walk->today, post_days, walk->today,
		 &walk->due);
	if ((fault = walk_pre(walk)))
		return fault;
	walk_arrival(walk);
	fault = walk_post(walk);
	return fault ? fault : walk_checks(walk);
}

enum fault sponsor_path(struct record *record, int64_t sponsorship,
			const char *today, struct path *out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(entity_freep) struct entity *group = NULL;
	struct meeting_defaults defaults = { 0 };
	enum fault fault;

	memset(out, 0, sizeof *out);
	if ((fault = entity_fetch(record, &kind_sponsorship, sponsorship,
				  &entity)) ||
	    !entity ||
	    (fault =
		 entity_fetch(record, &kind_sponsor_group,
			      entity_number(entity, "sponsor_group"), &group)))
		return fault;
	sponsor_meeting_defaults(group, &defaults);
	return walk_all(
	    &(struct walk){
		.record = record,
		.sponsorship = entity,
		.today = today,
		.arrived = entity_text(entity, "arrived_on"),
		.open = is(entity, "state", "arrived"),
		.watched = is(entity, "state", "arrived") ||
			   is(entity, "state", "broken-down"),
		.path = out,
	    },
	    defaults.post_days);
}
