#include "record/plan.h"

#include <string.h>

#include "record/days.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/plan_inside.h"

/* --- what goals keep by themselves ---------------------------------------- */

/* The open step that is due first, 0 if none is open. */
static enum fault first_open(struct record *record, int64_t goal, int64_t *step)
{
	return statement_value(record,
			       "SELECT id FROM step WHERE goal = ?1 AND"
			       " gone = 0 AND state = 'open'"
			       " ORDER BY due IS NULL, due, id LIMIT 1",
			       0, step, "i", goal);
}

static enum fault is_open_step(struct record *record, int64_t step,
			       int64_t *open)
{
	return statement_value(record,
			       "SELECT 1 FROM step WHERE id = ?1 AND gone = 0"
			       " AND state = 'open'",
			       0, open, "i", step);
}

static enum fault write_next(struct record *record, int64_t goal, int64_t step,
			     const struct record_who *who, int64_t now)
{
	const struct change_about about = {
		source_word(SOURCE_TOLD), "", who, now, 0, false
	};
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault;

	if ((fault = entity_fetch(record, &kind_goal, goal, &before)) ||
	    (fault = entity_fetch(record, &kind_goal, goal, &after)))
		return fault;
	(void)entity_set(after, "next", NULL);
	if (step)
		(void)entity_set_number(after, "next", step);
	return entity_put(record, before, after, "change", &about);
}

enum fault plan_settle(struct record *record, int64_t goal,
		       const struct record_who *who, int64_t now)
{
	int64_t next = 0, open = 0, first = 0;
	enum fault fault;

	/* -1: it is not open, so nothing comes next. */
	if ((fault = statement_value(
		 record,
		 "SELECT CASE WHEN gone = 0 AND state IN ('open', 'blocked')"
		 " THEN coalesce(next, 0) ELSE -1 END FROM goal WHERE id = ?1",
		 -1, &next, "i", goal)) ||
	    next < 0 || (fault = is_open_step(record, next, &open)) || open ||
	    (fault = first_open(record, goal, &first)) || first == next)
		return fault;
	return write_next(record, goal, first, who, now);
}

/* --- goals and steps ------------------------------------------------------ */

enum fault plan_household(struct record *record, int64_t person,
			  int64_t *household)
{
	return statement_value(record,
			       "SELECT household FROM member WHERE person = ?1"
			       " AND gone = 0 AND until IS NULL"
			       " ORDER BY id DESC LIMIT 1",
			       0, household, "i", person);
}

static enum fault save(struct record *record, struct entity *entity,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, const char **wrong)
{
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer,
			   wrong);
}

static enum fault save_goal(struct record *record, const struct plan_new *goal,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer, const char **wrong,
			    int64_t *id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	int64_t household = 0;
	enum fault fault;

	if ((fault = entity_new(record, &kind_goal, &entity)) ||
	    (fault = plan_household(record, goal->person, &household)))
		return fault;
	(void)entity_set_number(entity, "person", goal->person);
	if (household)
		(void)entity_set_number(entity, "household", household);
	(void)entity_set(entity, "domain", domain_word(goal->domain));
	(void)entity_set(entity, "words", goal->words);
	(void)entity_set(entity, "horizon", goal->horizon);
	(void)entity_set(entity, "owner", goal->owner);
	(void)entity_set(entity, "due", goal->due);
	if (who->id)
		(void)entity_set_number(entity, "worker", who->id);
	if (goal->assessment)
		(void)entity_set_number(entity, "assessment", goal->assessment);
	(void)entity_set(entity, "template", goal->template);
	fault = save(record, entity, who, now, answer, wrong);
	*id = entity->id;
	return fault;
}

static enum fault save_step(struct record *record, const struct plan_new *goal,
			    int64_t id, const struct record_who *who,
			    int64_t now, enum entity_answer *answer,
			    const char **wrong)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(record, &kind_step, &entity);

	if (fault)
		return fault;
	(void)entity_set_number(entity, "goal", id);
	(void)entity_set_number(entity, "person", goal->person);
	(void)entity_set(entity, "action", goal->action);
	(void)entity_set(entity, "by", goal->owner);
	(void)entity_set(entity, "due", goal->step_due);
	return save(record, entity, who, now, answer, wrong);
}

/* Both inside the caller's act. */
static enum fault open_goal(struct record *record, const struct plan_new *goal,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer, const char **wrong,
			    int64_t *id)
{
	enum fault fault = save_goal(record, goal, who, now, answer, wrong, id);

	if (fault || *answer != ENTITY_DONE || !goal->action)
		return fault;
	return save_step(record, goal, *id, who, now, answer, wrong);
}

enum fault plan_open(struct record *record, const struct plan_new *goal,
		     const struct record_who *who, int64_t now,
		     enum entity_answer *answer, const char **wrong,
		     int64_t *id)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = open_goal(record, goal, who, now, answer, wrong, id)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

enum fault plan_make_next(struct record *record, int64_t step,
			  const struct record_who *who, int64_t now,
			  enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *of = NULL;
	SCOPED(entity_freep) struct entity *goal = NULL;
	enum fault fault;

	if ((fault = entity_read(record, &kind_step, step, who, now, answer,
				 &of)) ||
	    *answer != ENTITY_DONE)
		return fault;
	*answer = ENTITY_WRONG;
	if (strcmp(entity_text(of, "state"), "open") != 0)
		return FAULT_NONE;
	if ((fault = entity_read(record, &kind_goal, entity_number(of, "goal"),
				 who, now, answer, &goal)) ||
	    *answer != ENTITY_DONE)
		return fault;
	(void)entity_set_number(goal, "next", step);
	return save(record, goal, who, now, answer, NULL);
}

/* --- the case stream ------------------------------------------------------ */

static enum fault find_stream(struct record *record, int64_t person,
			      const struct record_who *who, int64_t now,
			      enum entity_answer *answer, int64_t *id)
{
	SCOPED(entity_freep) struct entity *stream = NULL;
	enum fault fault;

	*answer = ENTITY_DONE;
	if ((fault = statement_value(record,
				     "SELECT id FROM stream WHERE person = ?1"
				     " AND gone = 0",
				     0, id, "i", person)) ||
	    *id || (fault = entity_new(record, &kind_stream, &stream)))
		return fault;
	(void)entity_set_number(stream, "person", person);
	if (who->id)
		(void)entity_set_number(stream, "worker", who->id);
	fault = save(record, stream, who, now, answer, NULL);
	*id = stream->id;
	return fault;
}

enum fault plan_stream(struct record *record, int64_t person, const char *to,
		       const char *reason, const struct record_who *who,
		       int64_t now, enum entity_answer *answer, int64_t *id)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = find_stream(record, person, who, now, answer, id)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_move(record, &kind_stream, *id, to, reason, who,
				 now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

/* --- templates ------------------------------------------------------------ */

static enum fault has_already(struct record *record, int64_t person,
			      const char *template, int64_t *has)
{
	return statement_value(record,
			       "SELECT 1 FROM goal WHERE person = ?1 AND"
			       " template = ?2 AND gone = 0",
			       0, has, "it", person, template);
}

static enum fault use_row(struct record *record, const char *name,
			  const struct plan_row *row, int64_t person,
			  const char *today, const struct record_who *who,
			  int64_t now, enum entity_answer *answer,
			  size_t *count)
{
	SCOPED(char_freep) char *template = xasprintf("%s:%s", name, row->name);
	char due[DAYS_BYTES], step_due[DAYS_BYTES];
	const struct plan_new goal = {
		.person = person,
		.domain = row->domain,
		.words = row->goal,
		.horizon = row->horizon,
		.owner = row->owner,
		.due = due,
		.action = row->step[0] ? row->step : NULL,
		.step_due = step_due,
		.template = template,
	};
	int64_t has = 0, id;
	const char *wrong;
	enum fault fault = has_already(record, person, template, &has);

	if (fault || has)
		return fault;
	days_after(today, row->days, due);
	days_after(today, row->step_days, step_due);
	*count += 1;
	return open_goal(record, &goal, who, now, answer, &wrong, &id);
}

enum fault plan_template_use(struct record *record,
			     const struct plan_template *template,
			     int64_t person, const char *today,
			     const struct record_who *who, int64_t now,
			     enum entity_answer *answer, size_t *count)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault = record_act_begin(record, &act);

	*answer = ENTITY_DONE;
	*count = 0;
	for (size_t i = 0; i < template->count && !fault; i++) {
		fault = use_row(record, template->name, &template->rows[i],
				person, today, who, now, answer, count);
		if (*answer != ENTITY_DONE)
			return fault;
	}
	return fault ? fault : record_act_done(&act);
}
