#include "record/appointment.h"

#include <string.h>

#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/meeting_rules.h"

static bool is(const struct entity *entity, const char *value)
{
	return strcmp(entity_text(entity, "state"), value) == 0;
}

/* Nothing is missed or put off without saying why, even if it is "unknown". */
const char *appointment_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after)
{
	(void)record;
	if (!before && !is(after, "booked"))
		return "state";
	if (entity_number(after, "at") <= 0)
		return "at";
	if (entity_number(after, "minutes") < 0)
		return "minutes";
	if (is(after, "moved") && !entity_text(after, "moved_to"))
		return "moved_to";
	return (is(after, "no-show") || is(after, "moved") ||
		is(after, "cancelled")) &&
		       !entity_text(after, "reason")
		   ? "reason"
		   : NULL;
}

/* Its reason, its successor and its visit first: the move asks for them. */
static enum fault note(struct record *record, int64_t id, const char *reason,
		       int64_t moved_to, int64_t visit,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_read(record, &kind_appointment, id, who, now,
				       answer, &entity);

	if (fault || *answer != ENTITY_DONE)
		return fault;
	(void)entity_set(entity, "reason", reason);
	if (moved_to)
		(void)entity_set_number(entity, "moved_to", moved_to);
	if (visit)
		(void)entity_set_number(entity, "visit", visit);
	return entity_save(record, entity, SOURCE_TOLD, who, now, answer, NULL);
}

enum fault appointment_end(struct record *record, int64_t id, const char *state,
			   const char *reason, const struct record_who *who,
			   int64_t now, enum entity_answer *answer)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	if ((fault = record_act_begin(record, &act)) ||
	    (fault = note(record, id, reason, 0, 0, who, now, answer)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_move(record, &kind_appointment, id, state,
				 reason ?: "", who, now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

/* The same, at another time. */
static enum fault copy_to(struct record *record, int64_t id, int64_t at,
			  const struct record_who *who, int64_t now,
			  enum entity_answer *answer, int64_t *made)
{
	static const char *const kept[] = { "person", "worker", "minutes",
					    "mode", "note" };
	SCOPED(entity_freep) struct entity *from = NULL;
	SCOPED(entity_freep) struct entity *to = NULL;
	enum fault fault =
	    entity_read(record, &kind_appointment, id, who, now, answer, &from);

	if (fault || *answer != ENTITY_DONE ||
	    (fault = entity_new(record, &kind_appointment, &to)))
		return fault;
	for (size_t i = 0; i < COUNT(kept); i++)
		(void)entity_set(to, kept[i], entity_text(from, kept[i]));
	(void)entity_set_number(to, "at", at);
	fault = entity_save(record, to, SOURCE_TOLD, who, now, answer, NULL);
	*made = to->id;
	return fault;
}

enum fault appointment_move(struct record *record, int64_t id, int64_t at,
			    const char *reason, const struct record_who *who,
			    int64_t now, enum entity_answer *answer,
			    int64_t *moved)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	*moved = 0;
	if ((fault = record_act_begin(record, &act)) ||
	    (fault = copy_to(record, id, at, who, now, answer, moved)) ||
	    *answer != ENTITY_DONE ||
	    (fault = note(record, id, reason, *moved, 0, who, now, answer)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_move(record, &kind_appointment, id, "moved",
				 reason ?: "", who, now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	return record_act_done(&act);
}

enum fault appointment_attend(struct record *record, int64_t id, int64_t visit,
			      const struct record_who *who, int64_t now,
			      enum entity_answer *answer,
			      enum visit_acted *acted)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	enum fault fault;

	*acted = VISIT_ACTED;
	if ((fault = record_act_begin(record, &act)) ||
	    (fault = note(record, id, NULL, 0, visit, who, now, answer)) ||
	    *answer != ENTITY_DONE ||
	    (fault = entity_move(record, &kind_appointment, id, "attended", "",
				 who, now, answer)) ||
	    *answer != ENTITY_DONE)
		return fault;
	if (visit && ((fault = visit_act(record, visit, VISIT_END, VISIT_SERVED,
					 who, now, acted)) ||
		      *acted != VISIT_ACTED))
		return fault;
	return record_act_done(&act);
}

/* --- errands ---------------------------------------------------------------
 */

static void take_fact(void *to, const char *field, const char *value,
		      const char *source)
{
	enum visit_errand *errand = to;

	(void)source;
	if (strcmp(field, "visited_before") != 0)
		return;
	if (strcmp(value, "APT") == 0)
		*errand = ERRAND_APPOINTMENT;
	else if (strcmp(value, "DROP") == 0)
		*errand = ERRAND_PAPER;
}

/* Nobody who may be in need is through in seconds, whatever they came for. */
static bool may_hurry(const struct visit *visit)
{
	const enum visit_level level = visit_effective_level(visit);

	return !visit->quiet && level != VISIT_U1 && level != VISIT_U2 &&
	       level != VISIT_U3;
}

enum fault visit_errand(struct record *record, int64_t visit,
			enum visit_errand *errand)
{
	struct visit card = { 0 };
	enum visit_found found;
	enum fault fault = visit_read(record, visit, &found, &card);
	bool may;

	*errand = ERRAND_OTHER;
	if (fault || found != VISIT_FOUND)
		return fault;
	may = may_hurry(&card);
	visit_done(&card);
	return may ? visit_facts(record, visit, take_fact, errand) : FAULT_NONE;
}

/* --- what is booked --------------------------------------------------------
 */

struct between {
	int64_t from, until;
	entity_visit *each;
	void *to;
};

static bool look(void *to, const struct entity *appointment)
{
	const struct between *between = to;
	const int64_t at = entity_number(appointment, "at");

	if (at < between->from)
		return true;
	return at < between->until && between->each(between->to, appointment);
}

enum fault appointment_booked(struct record *record, int64_t person,
			      int64_t from, int64_t until,
			      const struct record_who *who, entity_visit *each,
			      void *to)
{
	struct between between = { from, until, each, to };
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)person);
	const struct entity_match matches[] = {
		{ "state", "booked" },
		{ person ? "person" : NULL, id },
		{ NULL, NULL },
	};

	return entity_each(record, &kind_appointment, matches, "at", 0, who,
			   look, &between);
}

static bool is_changed(const struct entity *entity, const char *name)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		const char *now = entity->values[i], *was = entity->as_read[i];

		if (strcmp(entity->fields[i].name, name) == 0)
			return now && was ? strcmp(now, was) != 0 : now != was;
	}
	return false;
}

bool appointment_books(const struct entity *entity,
		       struct appointment_time *time)
{
	const char *state = entity_text(entity, "state");

	*time = (struct appointment_time){
		.worker = entity_number(entity, "worker"),
		.person = entity_number(entity, "person"),
		.at = entity_number(entity, "at"),
		.minutes = entity_number(entity, "minutes"),
		.but = entity->id,
	};
	return (!state || strcmp(state, "booked") == 0) &&
	       (!entity->id || is_changed(entity, "at") ||
		is_changed(entity, "worker") || is_changed(entity, "minutes"));
}

enum fault appointment_clashing(struct record *record,
				const struct appointment_time *with,
				appointment_visit *each, void *to)
{
	static const char sql[] =
	    "SELECT id, worker, person, at, coalesce(minutes, ?6)"
	    " FROM appointment WHERE gone = 0 AND state = 'booked'"
	    " AND id <> ?1 AND (worker = ?2 OR person = ?3)"
	    " AND at < ?4 + ?5 * 60000"
	    " AND at + coalesce(minutes, ?6) * 60000 > ?4 ORDER BY at, id";
	const int64_t minutes = with->minutes ?: APPOINTMENT_MINUTES;
	struct appointment_time time;
	struct store_ask *ask;
	bool row, more = true;
	enum fault fault = statement_take(record, sql, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, with->but);
	store_bind(ask, 2, with->worker);
	store_bind(ask, 3, with->person);
	store_bind(ask, 4, with->at);
	store_bind(ask, 5, minutes);
	store_bind(ask, 6, APPOINTMENT_MINUTES);
	while (more && !(fault = statement_row(record, ask, &row)) && row) {
		time = (struct appointment_time){
			.worker = store_number(ask, 1),
			.person = store_number(ask, 2),
			.at = store_number(ask, 3),
			.minutes = store_number(ask, 4),
		};
		more = each(to, store_number(ask, 0), &time);
	}
	statement_give_back(record, ask);
	return fault;
}
