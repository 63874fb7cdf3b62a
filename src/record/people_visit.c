#include "record/people_visit.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/assess_inside.h"
#include "record/consent.h"
#include "record/entity_sql.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/names.h"
#include "record/people_key.h"
#include "record/people_told.h"
#include "record/sponsor.h"

static const char *const words[] = {
	[PEOPLE_DONE] = "done",       [PEOPLE_NOT_THERE] = "not-there",
	[PEOPLE_REFUSED] = "refused", [PEOPLE_ATTACHED] = "attached",
	[PEOPLE_ASK] = "ask",         [PEOPLE_EMPTIED] = "emptied",
	[PEOPLE_CLOSED] = "closed",   [PEOPLE_SELF] = "self",
	[PEOPLE_NOTHING] = "nothing", [PEOPLE_LOCKED] = "locked",
};
static_assert(COUNT(words) == PEOPLE_ANSWERS, "a word an answer");

const char *people_answer_word(enum people_answer answer)
{
	return words[answer];
}

/* --- whose it is ---------------------------------------------------------- */

static enum fault number_of(struct record *record, const char *sql, int64_t id,
			    int64_t *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row = false;

	*out = 0;
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*out = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

enum fault people_of_visit(struct record *record, int64_t visit,
			   int64_t *person)
{
	return number_of(record,
			 "SELECT person.id FROM visit JOIN person ON person.id"
			 " = visit.person AND person.gone = 0 WHERE visit.id ="
			 " ?1",
			 visit, person);
}

#define MERGES 64 /* one after the other; more would be a ring */

enum fault people_now(struct record *record, int64_t person, int64_t *now_is)
{
	enum fault fault = FAULT_NONE;
	int64_t next = person;

	for (int i = 0; i < MERGES && next && !fault; i++) {
		*now_is = next;
		fault = number_of(record,
				  "SELECT merged_into FROM person WHERE id ="
				  " ?1 AND gone = 0",
				  *now_is, &next);
	}
	return fault;
}

/* --- whether it may be ---------------------------------------------------- */

/* Nobody's yet, and kept or about to be; else *answer says why not. */
static enum fault may_have_person(struct record *record, int64_t id,
				  bool confirmed, const struct record_who *who,
				  struct visit *visit,
				  enum people_answer *answer)
{
	enum visit_found found;
	int64_t person = 0;
	enum fault fault;

	if ((fault = visit_read(record, id, &found, visit)) ||
	    (fault = people_of_visit(record, id, &person)))
		return fault;
	*answer = !entity_may_write(&kind_person, who) ? PEOPLE_REFUSED
		  : found == VISIT_NOT_THERE           ? PEOPLE_NOT_THERE
		  : person                             ? PEOPLE_ATTACHED
		  : visit->keep != VISIT_KEEP_KEPT && !confirmed ? PEOPLE_ASK
								 : PEOPLE_DONE;
	return FAULT_NONE;
}

/* What the person said at the kiosk, and then, last, to the worker. A "no" of
 * the kiosk stays the visit's. */
static enum fault keep_consent(struct record *record, const struct visit *visit,
			       int64_t person, const struct record_who *who,
			       int64_t now)
{
	SCOPED(entity_freep) struct entity *consent = NULL;
	enum entity_answer answer;
	enum visit_acted acted;
	enum fault fault;

	if ((fault = consent_from_visit(record, visit->id, person, who, now)) ||
	    visit->keep == VISIT_KEEP_KEPT ||
	    (fault = visit_confirm_keep(record, visit->id, who, now, &acted)) ||
	    (fault = entity_new(record, &kind_consent, &consent)))
		return fault;
	(void)entity_set_number(consent, "person", person);
	(void)entity_set(consent, "purpose", "keep");
	(void)entity_set(consent, "state", "given");
	return entity_save(record, consent, SOURCE_TOLD, who, now, &answer,
			   NULL);
}

/* gave is the act that made the person of it, 0 where they were known; it is
 * remembered after a detaching, too, for what withdrawing takes back. */
static enum fault tie(struct record *record, const struct visit *visit,
		      int64_t person, int64_t gave,
		      const struct record_who *who, int64_t now)
{
	/* Reception ties, and may not see what a worker assesses. */
	const struct record_who clerk = { .user = who->user,
					  .desk = who->desk };
	enum fault fault = keep_consent(record, visit, person, who, now);
	enum entity_answer answer;
	int64_t assessment;

	if (fault ||
	    (fault = statement_do(record,
				  "UPDATE visit SET person = ?2, gave"
				  " = coalesce(nullif(?3, 0), gave)"
				  " WHERE id = ?1",
				  "iii", visit->id, person, gave)) ||
	    (fault = assess_self(record, visit->id, person, &clerk, now,
				 &answer, &assessment)))
		return fault;
	return audit_add(record, who, now, "attach", "visit", visit->id, NULL);
}

bool people_names_at_hand(const struct record *record)
{
	const enum names_state names = names_state(record);

	return names == NAMES_TOGETHER || names == NAMES_OPEN;
}

/* --- a person of what was told -------------------------------------------- */

/* A value that does not fit its field is left out: the visit still has it. */
static enum fault save_fitting(struct record *record, struct entity *entity,
			       const struct record_who *who, int64_t now,
			       enum entity_answer *answer)
{
	enum fault fault = FAULT_NONE;

	*answer = ENTITY_WRONG;
	for (size_t i = 0; i <= entity->field_count; i++) {
		const char *wrong = NULL;

		fault = entity_save(record, entity, SOURCE_SELF, who, now,
				    answer, &wrong);
		if (fault || *answer != ENTITY_WRONG || !wrong ||
		    !entity_text(entity, wrong))
			return fault;
		log_note("a new %s is without its %s: what was told does not"
			 " fit it",
			 entity->kind->name, wrong);
		(void)entity_set(entity, wrong, NULL);
	}
	return fault;
}

/* One entity of a kind with what was told for it, if anything was. */
static enum fault make_one(struct record *record, const struct told *told,
			   const struct kind *kind, int64_t person,
			   const struct record_who *who, int64_t now)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(record, kind, &entity);
	enum entity_answer answer;
	bool any = false;

	if (fault)
		return fault;
	(void)entity_set_number(entity, "person", person);
	for (size_t i = 0; i < told->count; i++) {
		const struct told_one *one = &told->ones[i];

		if (one->kind == kind && one->value[0])
			any |= entity_set(entity, one->field, one->value);
	}
	if (kind == &kind_name && told_value(told, &kind_name, "own_script"))
		(void)entity_set(entity, "language",
				 told_value(told, &kind_person, "language"));
	if (kind == &kind_contact && !entity_text(entity, "value"))
		return FAULT_NONE;
	if (kind == &kind_contact && !entity_text(entity, "what"))
		(void)entity_set(entity, "what", "other");
	/* One that lacks what it needs is not made. */
	return any ? save_fitting(record, entity, who, now, &answer)
		   : FAULT_NONE;
}

/* No form reaches into fields that are not the agency's own. */
static bool is_own(const struct entity *entity, const char *field)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		if (strcmp(entity->fields[i].name, field) == 0)
			return entity->fields[i].flags & FIELD_OWN;
	}
	return false;
}

static enum fault make_person(struct record *record, const struct told *told,
			      const struct record_who *who, int64_t now,
			      enum people_answer *answer, int64_t *person)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_new(record, &kind_person, &entity);
	enum entity_answer saved;

	if (fault)
		return fault;
	for (size_t i = 0; i < told->count; i++) {
		const struct told_one *one = &told->ones[i];

		if (one->kind == &kind_person && one->value[0] &&
		    (!one->unlisted || is_own(entity, one->field)))
			(void)entity_set(entity, one->field, one->value);
	}
	if ((fault = save_fitting(record, entity, who, now, &saved)))
		return fault;
	*answer = saved == ENTITY_DONE ? PEOPLE_DONE : PEOPLE_REFUSED;
	*person = entity->id;
	return FAULT_NONE;
}

static enum fault make_household(struct record *record, int64_t person,
				 const struct record_who *who, int64_t now)
{
	SCOPED(entity_freep) struct entity *household = NULL;
	SCOPED(entity_freep) struct entity *member = NULL;
	enum entity_answer answer;
	enum fault fault;

	/* Reception makes people, and workers their households. */
	if (!entity_may_write(&kind_household, who))
		return FAULT_NONE;
	if ((fault = entity_new(record, &kind_household, &household)) ||
	    (fault = entity_save(record, household, SOURCE_SELF, who, now,
				 &answer, NULL)) ||
	    (fault = entity_new(record, &kind_member, &member)))
		return fault;
	(void)entity_set_number(member, "household", household->id);
	(void)entity_set_number(member, "person", person);
	(void)entity_set(member, "relation", "self");
	(void)entity_set(member, "in_canada", "1");
	return entity_save(record, member, SOURCE_SELF, who, now, &answer,
			   NULL);
}

static enum fault make_all(struct record *record, const struct told *told,
			   const struct record_who *who, int64_t now,
			   enum people_answer *answer, int64_t *person)
{
	static const struct kind *const kinds[] = { &kind_name, &kind_contact,
						    &kind_status };
	enum fault fault = make_person(record, told, who, now, answer, person);

	for (size_t i = 0; i < COUNT(kinds) && !fault && *answer == PEOPLE_DONE;
	     i++) {
		if (entity_may_write(kinds[i], who))
			fault =
			    make_one(record, told, kinds[i], *person, who, now);
	}
	if (fault || *answer != PEOPLE_DONE || !told->others)
		return fault;
	return make_household(record, *person, who, now);
}

/* Who came is not one of those that a worker said it was not. */
static enum fault carry_apart(struct record *record, int64_t visit,
			      int64_t person)
{
	return statement_do(record,
			    "UPDATE not_same SET other = ?2 WHERE visit = ?1"
			    " AND other IS NULL",
			    "ii", visit, person);
}

enum fault people_from_visit(struct record *record, int64_t id, bool confirmed,
			     const struct record_who *who, int64_t now,
			     enum people_answer *answer, int64_t *person)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct visit visit = { 0 };
	struct told told = { 0 };
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault =
		 may_have_person(record, id, confirmed, who, &visit, answer)) ||
	    *answer != PEOPLE_DONE || (fault = told_read(record, id, &told)))
		goto done;
	if (!told.count)
		*answer = PEOPLE_EMPTIED;
	else if (!people_names_at_hand(record))
		*answer = PEOPLE_LOCKED;
	else
		fault = make_all(record, &told, who, now, answer, person);
	if (!fault && *answer == PEOPLE_DONE &&
	    !(fault = tie(record, &visit, *person, record->act, who, now)) &&
	    !(fault = carry_apart(record, id, *person)))
		fault = transaction_commit(&change);
done:
	told_done(&told);
	visit_done(&visit);
	return fault;
}

/* --- attaching ------------------------------------------------------------ */

static enum fault is_theirs(struct record *record, int64_t person,
			    const struct record_who *who, int64_t now,
			    enum people_answer *answer)
{
	SCOPED(entity_freep) struct entity *there = NULL;
	enum entity_answer read;
	enum fault fault =
	    entity_read(record, &kind_person, person, who, now, &read, &there);

	*answer = read == ENTITY_DONE        ? PEOPLE_DONE
		  : read == ENTITY_NOT_THERE ? PEOPLE_NOT_THERE
					     : PEOPLE_REFUSED;
	return fault;
}

enum fault people_attach(struct record *record, int64_t id, int64_t person,
			 bool confirmed, const struct record_who *who,
			 int64_t now, enum people_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct visit visit = { 0 };
	enum fault fault;

	if (!(fault = transaction_begin(record, &change)) &&
	    !(fault = may_have_person(record, id, confirmed, who, &visit,
				      answer)) &&
	    *answer == PEOPLE_DONE &&
	    !(fault = people_now(record, person, &person)) &&
	    !(fault = is_theirs(record, person, who, now, answer)) &&
	    *answer == PEOPLE_DONE &&
	    !(fault = tie(record, &visit, person, 0, who, now)) &&
	    !(fault = sponsor_visit_known(record, id, person, who, now)))
		fault = transaction_commit(&change);
	visit_done(&visit);
	return fault;
}

enum fault people_detach(struct record *record, int64_t id,
			 const struct record_who *who, int64_t now,
			 enum people_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(char_freep) char *old = NULL;
	enum fault fault;
	int64_t person;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = people_of_visit(record, id, &person)))
		return fault;
	*answer = PEOPLE_NOTHING;
	if (!person)
		return FAULT_NONE;
	if ((fault = is_theirs(record, person, who, now, answer)) ||
	    *answer != PEOPLE_DONE)
		return fault;
	*answer =
	    entity_may_write(&kind_person, who) ? PEOPLE_DONE : PEOPLE_REFUSED;
	if (*answer != PEOPLE_DONE)
		return FAULT_NONE;
	old = xasprintf("%lld", (long long)person);
	if ((fault = statement_do(
		 record, "UPDATE visit SET person = NULL WHERE id = ?1", "i",
		 id)) ||
	    (fault = assess_forget(record, id, "detached", who, now)) ||
	    (fault = audit_add(record, who, now, "detach", "visit", id, old)))
		return fault;
	return transaction_commit(&change);
}
