#include "report/read_plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "record/assess.h"
#include "report/plan_page.h"

/* --- steps ----------------------------------------------------------------
 */

struct steps {
	const struct wording *wording;
	struct task *tasks;
	size_t count;
};

static unsigned owner_of(const struct entity *step)
{
	static const struct {
		const char *code;
		enum task_owner owner;
	} owners[] = {
		{ "newcomer", TASK_NEWCOMER },
		{ "worker", TASK_WORKER },
		{ "sponsor", TASK_SPONSOR },
		{ "other", TASK_OTHER },
	};
	const char *by = entity_text(step, "by");

	for (size_t i = 0; by && i < COUNT(owners); i++) {
		if (strcmp(owners[i].code, by) == 0)
			return owners[i].owner;
	}
	return entity_text(step, "worker") ? TASK_WORKER : 0;
}

static char *copied(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static char *called(const struct wording *wording, const char *kind, int64_t id)
{
	return id ? wording_called(wording, kind_find(kind), id) : NULL;
}

static bool is_state(const struct entity *entity, const char *states)
{
	const char *state = entity_text(entity, "state");

	return state && codes_have(states, state, strlen(state));
}

static bool take_step(void *to, const struct entity *step)
{
	struct steps *steps = to;

	if (!is_state(step, "open done"))
		return true;
	steps->tasks =
	    xreallocarray(steps->tasks, steps->count + 1, sizeof *steps->tasks);
	steps->tasks[steps->count++] = (struct task){
		.what = copied(entity_text(step, "action")),
		.owners = owner_of(step),
		.owner_name = called(steps->wording, "user",
				     entity_number(step, "worker")),
		.due = copied(entity_text(step, "due")),
		.state = is_state(step, "done") ? TASK_DONE : TASK_OPEN,
	};
	return true;
}

static void tasks_done(const struct task *tasks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char_wipe((char *)tasks[i].what);
		char_free((char *)tasks[i].owner_name);
		char_free((char *)tasks[i].due);
	}
	free((struct task *)tasks);
}

/* --- goals ----------------------------------------------------------------
 */

struct goals {
	struct plan_goal *goals;
	int64_t *ids;
	size_t count;
};

static bool take_goal(void *to, const struct entity *goal)
{
	struct goals *goals = to;

	if (!is_state(goal, "open blocked"))
		return true;
	goals->goals =
	    xreallocarray(goals->goals, goals->count + 1, sizeof *goals->goals);
	goals->ids =
	    xreallocarray(goals->ids, goals->count + 1, sizeof *goals->ids);
	goals->goals[goals->count] =
	    (struct plan_goal){ .words = copied(entity_text(goal, "words")) };
	goals->ids[goals->count++] = goal->id;
	return true;
}

static void goals_done(struct goals *goals)
{
	for (size_t i = 0; i < goals->count; i++) {
		char_wipe((char *)goals->goals[i].words);
		tasks_done(goals->goals[i].steps, goals->goals[i].step_count);
	}
	free(goals->goals);
	free(goals->ids);
}

/* Those of a kind that have a number in a field; there are none of a kind that
 * this record does not have. */
static enum fault each_of(const struct wording *wording, const char *kind,
			  const char *field, int64_t id, const char *order,
			  entity_visit *visit, void *to)
{
	SCOPED(char_freep) char *number = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { field, number },
						{ NULL, NULL } };

	if (!kind_find(kind))
		return FAULT_NONE;
	return entity_each(wording->record, kind_find(kind), matches, order, 0,
			   wording->who, visit, to);
}

static enum fault read_goals(const struct wording *wording, int64_t person,
			     struct goals *goals)
{
	enum fault fault =
	    each_of(wording, "goal", "person", person, NULL, take_goal, goals);

	for (size_t i = 0; i < goals->count && !fault; i++) {
		struct steps steps = { wording, NULL, 0 };

		fault = each_of(wording, "step", "goal", goals->ids[i], NULL,
				take_step, &steps);
		goals->goals[i].steps = steps.tasks;
		goals->goals[i].step_count = steps.count;
	}
	return fault;
}

/* --- appointment, worker --------------------------------------------------
 */

struct next {
	const struct wording *wording;
	int64_t now;
	char day[16], time[16];
	char *with;
};

static bool take_appointment(void *to, const struct entity *appointment)
{
	struct next *next = to;
	time_t at = (time_t)(entity_number(appointment, "at") / 1000);
	struct tm local;

	if (!is_state(appointment, "booked") || at < next->now / 1000)
		return true;
	localtime_r(&at, &local);
	strftime(next->day, sizeof next->day, "%Y-%m-%d", &local);
	strftime(next->time, sizeof next->time, "%H:%M", &local);
	next->with =
	    called(next->wording, "user", entity_number(appointment, "worker"));
	return false;
}

static bool take_household(void *to, const struct entity *member)
{
	int64_t *household = to;

	if (!entity_text(member, "until"))
		*household = entity_number(member, "household");
	return true;
}

static bool take_worker(void *to, const struct entity *household)
{
	int64_t *worker = to;

	*worker = entity_number(household, "worker");
	return false;
}

enum fault read_worker(const struct wording *wording, int64_t person,
		       char **out)
{
	int64_t household = 0, worker = 0;
	enum fault fault = each_of(wording, "member", "person", person, NULL,
				   take_household, &household);

	if (!fault && household)
		fault = each_of(wording, "household", "id", household, NULL,
				take_worker, &worker);
	if (!fault)
		*out = called(wording, "user", worker);
	return fault;
}

/* Of the person as a whole: what is known of one need, who helps with their
 * safety perhaps, is not for a page that others may see. */
static enum fault read_strengths(const struct wording *wording, int64_t person,
				 int64_t now, struct assess *newest)
{
	enum entity_answer answer;
	int64_t id = 0;
	enum fault fault = assess_newest(wording->record, person, &id);

	return fault || !id ? fault
			    : assess_read(wording->record, id, wording->who,
					  now, &answer, newest);
}

enum fault read_plan(const struct about *about, const struct wording *wording,
		     int64_t person, int64_t now, struct page **out)
{
	SCOPED(goals_done) struct goals goals = { 0 };
	SCOPED(char_freep) char *worker = NULL;
	SCOPED(char_wipep) char *name = wording_person(wording, person);
	struct next next = { wording, now, "", "", NULL };
	SCOPED(assess_done) struct assess newest = { 0 };
	struct plan_page plan = { .name = name };
	enum fault fault;

	if ((fault = read_goals(wording, person, &goals)) ||
	    (fault = read_worker(wording, person, &worker)) ||
	    (fault = read_strengths(wording, person, now, &newest)) ||
	    (fault = each_of(wording, "appointment", "person", person, "at",
			     take_appointment, &next)))
		return fault;
	plan.worker = worker;
	plan.strengths = newest.strengths;
	plan.goals = goals.goals;
	plan.goal_count = goals.count;
	if (next.day[0]) {
		plan.appointment.day = next.day;
		plan.appointment.time = next.time;
		plan.appointment.with = next.with;
	}
	*out = plan_page(about, &plan);
	char_free(next.with);
	return FAULT_NONE;
}
