#include <stdlib.h>
#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/sponsor.h"

/* An awaited household is here; a sponsor came about one. */

struct arrival {
	struct record *record;
	const struct record_who *who;
	int64_t now;
	const char *day;
	int64_t sponsorship, household, person;
	enum entity_answer *answer;
};

/* Changes one field of an entity that has none yet. */
static enum fault fill(struct arrival *arrival, const struct kind *kind,
		       int64_t id, const char *field, const char *value)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_read(arrival->record, kind, id, arrival->who,
				       arrival->now, arrival->answer, &entity);

	if (fault || *arrival->answer != ENTITY_DONE ||
	    entity_text(entity, field))
		return fault;
	(void)entity_set(entity, field, value);
	return entity_save(arrival->record, entity, SOURCE_TOLD, arrival->who,
			   arrival->now, arrival->answer, NULL);
}

static enum fault make(struct arrival *arrival, const struct kind *kind,
		       const struct entity_match *values, int64_t *id)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(arrival->record, kind, &entity);

	if (fault)
		return fault;
	for (; values->field; values++)
		(void)entity_set(entity, values->field, values->value);
	fault = entity_save(arrival->record, entity, SOURCE_TOLD, arrival->who,
			    arrival->now, arrival->answer, NULL);
	*id = entity->id;
	return fault;
}

/* The household of a person, made where there is none; with a household, the
 * person becomes one of its members. */
static enum fault settle_household(struct arrival *arrival)
{
	static const struct entity_match nothing[] = { { NULL, NULL } };
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)arrival->person);
	SCOPED(char_freep) char *household = NULL;
	SCOPED(entity_freep) struct entity *member = NULL;
	struct entity_match values[] = { { "person", person },
					 { "until", NULL },
					 { NULL, NULL },
					 { NULL, NULL } };
	int64_t id = 0;
	enum fault fault;

	if (!arrival->person)
		return FAULT_NONE;
	if (arrival->household)
		household = xasprintf("%lld", (long long)arrival->household);
	if (household)
		values[2] = (struct entity_match){ "household", household };
	if ((fault = entity_first(arrival->record, &kind_member, values, NULL,
				  &id)))
		return fault;
	if (id) {
		if ((fault = entity_fetch(arrival->record, &kind_member, id,
					  &member)))
			return fault;
		arrival->household = entity_number(member, "household");
		return FAULT_NONE;
	}
	if (!arrival->household &&
	    ((fault = make(arrival, &kind_household, nothing,
			   &arrival->household)) ||
	     *arrival->answer != ENTITY_DONE))
		return fault;
	free(household);
	household = xasprintf("%lld", (long long)arrival->household);
	values[1] = (struct entity_match){ "household", household };
	values[2] = (struct entity_match){ "in_canada", "1" };
	return make(arrival, &kind_member, values, &id);
}

static enum fault attach(struct arrival *arrival)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(char_freep) char *worker = NULL;
	enum fault fault = entity_read(arrival->record, &kind_sponsorship,
				       arrival->sponsorship, arrival->who,
				       arrival->now, arrival->answer, &entity);

	if (fault || *arrival->answer != ENTITY_DONE)
		return fault;
	if (entity_text(entity, "worker"))
		worker = xstrdup(entity_text(entity, "worker"));
	(void)entity_set_number(entity, "household", arrival->household);
	(void)entity_set(entity, "arrived_on", arrival->day);
	if ((fault =
		 entity_save(arrival->record, entity, SOURCE_TOLD, arrival->who,
			     arrival->now, arrival->answer, NULL)) ||
	    *arrival->answer != ENTITY_DONE ||
	    (fault = entity_move(
		 arrival->record, &kind_sponsorship, arrival->sponsorship,
		 "arrived", "", arrival->who, arrival->now, arrival->answer)) ||
	    *arrival->answer != ENTITY_DONE || !worker)
		return fault;
	/* Whoever prepared the arrival stays the one contact. */
	return fill(arrival, &kind_household, arrival->household, "worker",
		    worker);
}

/* --- what follows ----------------------------------------------------------
 */

struct ids {
	int64_t *list;
	size_t count;
	const char *field; /* whose number is taken; NULL: the id */
};

static bool take_id(void *to, const struct entity *entity)
{
	struct ids *ids = to;

	ids->list = xreallocarray(ids->list, ids->count + 1, sizeof *ids->list);
	ids->list[ids->count++] =
	    ids->field ? entity_number(entity, ids->field) : entity->id;
	return true;
}

/* Fills a field of every entity that the matches lead to. */
static enum fault fill_each(struct arrival *arrival, const struct kind *from,
			    const char *field, int64_t of, const char *via,
			    const struct kind *kind, const char *to,
			    const char *value)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)of);
	const struct entity_match matches[] = { { field, id }, { NULL, NULL } };
	struct ids ids = { .field = via };
	enum fault fault = entity_each(arrival->record, from, matches, NULL, 0,
				       arrival->who, take_id, &ids);

	for (size_t i = 0;
	     !fault && i < ids.count && *arrival->answer == ENTITY_DONE; i++)
		fault = fill(arrival, kind, ids.list[i], to, value);
	free(ids.list);
	return fault;
}

static enum fault follow(struct arrival *arrival)
{
	SCOPED(char_freep)
	char *household = xasprintf("%lld", (long long)arrival->household);
	enum fault fault = fill_each(arrival, &kind_meeting, "sponsorship",
				     arrival->sponsorship, NULL, &kind_meeting,
				     "household", household);

	if (fault || *arrival->answer != ENTITY_DONE)
		return fault;
	return fill_each(arrival, &kind_member, "household", arrival->household,
			 "person", &kind_person, "arrived", arrival->day);
}

/* What one of them said at the kiosk before they were known as this case's. */
static enum fault look_back(struct arrival *arrival)
{
	static const char text[] =
	    "SELECT visit.id, visit.person FROM visit JOIN member ON"
	    " member.person = visit.person WHERE member.gone = 0 AND"
	    " member.household = ?1 AND EXISTS (SELECT 1 FROM visit_rule WHERE"
	    " visit_rule.visit = visit.id AND rule = 'T310') LIMIT 1";
	int64_t visit = 0, person = 0;
	struct store_ask *ask;
	bool row = false;
	enum fault fault = statement_take(arrival->record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, arrival->household);
	if (!(fault = statement_row(arrival->record, ask, &row)) && row) {
		visit = store_number(ask, 0);
		person = store_number(ask, 1);
	}
	statement_give_back(arrival->record, ask);
	if (fault || !visit)
		return fault;
	return sponsor_visit_known(arrival->record, visit, person, arrival->who,
				   arrival->now);
}

static enum fault is_awaited(struct arrival *arrival)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_fetch(arrival->record, &kind_sponsorship,
					arrival->sponsorship, &entity);

	*arrival->answer = ENTITY_DONE;
	if (!entity || entity->gone)
		*arrival->answer = ENTITY_NOT_THERE;
	else if (strcmp(entity_text(entity, "state"), "expected") != 0)
		*arrival->answer = ENTITY_NO_MOVE;
	return fault;
}

enum fault sponsor_arrive(struct record *record, int64_t sponsorship,
			  int64_t household, int64_t person, const char *day,
			  const struct record_who *who, int64_t now,
			  enum entity_answer *answer)
{
	static enum fault (*const steps[])(struct arrival *) = {
		is_awaited, settle_household, attach, follow, look_back,
	};
	struct arrival arrival = {
		.record = record,
		.who = who,
		.now = now,
		.day = day,
		.sponsorship = sponsorship,
		.household = household,
		.person = person,
		.answer = answer,
	};
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault = record_act_begin(record, &act);

	for (size_t i = 0; !fault && i < COUNT(steps); i++) {
		if ((fault = steps[i](&arrival)) || *answer != ENTITY_DONE)
			return fault;
	}
	return fault ? fault : record_act_done(&act);
}

/* --- a sponsor's own visit -------------------------------------------------
 */

bool sponsor_visit_is(const char *tags)
{
	return codes_have(tags, "SPONSOR-VISIT", strlen("SPONSOR-VISIT"));
}

enum fault sponsor_visit_at(struct record *record, int64_t visit,
			    int64_t sponsorship, const char *day,
			    const struct record_who *who, int64_t now,
			    enum entity_answer *answer)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)visit);
	const struct entity_match matches[] = { { "visit", id },
						{ NULL, NULL } };
	SCOPED(entity_freep) struct entity *entity = NULL;
	int64_t found = 0;
	enum fault fault =
	    entity_first(record, &kind_sponsor_visit, matches, NULL, &found);

	*answer = ENTITY_DONE;
	if (fault)
		return fault;
	fault = found ? entity_read(record, &kind_sponsor_visit, found, who,
				    now, answer, &entity)
		      : entity_new(record, &kind_sponsor_visit, &entity);
	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(entity, "visit", id);
	(void)entity_set_number(entity, "sponsorship", sponsorship);
	(void)entity_set(entity, "day", day);
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer, NULL);
}
