#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/people_told.h"
#include "record/people_visit.h"
#include "record/visit.h"

/* --- what earlier visits told --------------------------------------------- */

#define GIVEN_VISITS 50 /* the newest ones that are looked at */

struct giving {
	struct people_given given;
	char *seen[VISIT_FACTS_LIMIT]; /* fields that a newer visit told */
	size_t seen_count;
	people_given_visit *say;
	void *to;
};

static bool is_new(struct giving *giving, const char *field)
{
	for (size_t i = 0; i < giving->seen_count; i++) {
		if (strcmp(giving->seen[i], field) == 0)
			return false;
	}
	if (giving->seen_count < COUNT(giving->seen))
		giving->seen[giving->seen_count++] = xstrdup(field);
	return true;
}

static void give(void *to, const char *field, const char *value,
		 const char *source)
{
	struct giving *giving = to;

	if (!is_new(giving, field))
		return;
	giving->given.field = field;
	giving->given.value = value;
	giving->given.source = source;
	giving->say(giving->to, &giving->given);
}

/* The person's visits before one, newest first. */
static enum fault walk_visits(struct record *record, int64_t person,
			      int64_t before, struct giving *giving)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT id, arrived, number FROM visit WHERE person = ?1 AND"
	    " erased_at IS NULL AND (?2 = 0 OR id < ?2) ORDER BY arrived DESC,"
	    " id DESC LIMIT ?3",
	    &ask);
	bool row;

	if (fault)
		return fault;
	store_bind(ask, 1, person);
	store_bind(ask, 2, before);
	store_bind(ask, 3, GIVEN_VISITS);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		giving->given = (struct people_given){
			.visit = store_number(ask, 0),
			.at = store_number(ask, 1),
			.number = statement_text(ask, 2),
		};
		if ((fault = visit_facts(record, giving->given.visit, give,
					 giving)))
			break;
	}
	statement_give_back(record, ask);
	return fault;
}

/* Whether who may read about this person at all. */
static enum fault may_read(struct record *record, int64_t person,
			   const struct record_who *who, bool *may)
{
	enum fault fault;
	bool walled;

	*may = false;
	if (!entity_may_read(&kind_person, who))
		return FAULT_NONE;
	fault = entity_walled(record, &kind_person, person, who, &walled);
	*may = !fault && !walled;
	return fault;
}

enum fault people_given_before(struct record *record, int64_t person,
			       int64_t before, const struct record_who *who,
			       people_given_visit *say, void *to)
{
	struct giving giving = { .say = say, .to = to };
	enum fault fault;
	bool may;

	if ((fault = may_read(record, person, who, &may)) || !may)
		return fault;
	fault = walk_visits(record, person, before, &giving);
	for (size_t i = 0; i < giving.seen_count; i++)
		free(giving.seen[i]);
	return fault;
}

/* --- what one visit tells otherwise --------------------------------------- */

struct comparing {
	struct record *record;
	const struct told_one *one;
	struct people_difference difference;
	char *source, *user;
};

/* The last change of the field says who knows it, and since when. */
static void take_change(void *to, const struct change *change)
{
	struct comparing *comparing = to;

	if (strcmp(change->field, comparing->one->field) != 0)
		return;
	free(comparing->source);
	free(comparing->user);
	comparing->source = xstrdup(change->source);
	comparing->user = xstrdup(change->user);
	comparing->difference.at = change->at;
}

/* The person themselves, or the first of theirs of this kind; NULL for none. */
static enum fault read_recorded(struct record *record, const struct kind *kind,
				int64_t person, struct entity **out)
{
	SCOPED(char_freep) char *text = xasprintf("%lld", (long long)person);
	const struct entity_match matches[] = { { "person", text },
						{ NULL, NULL } };
	int64_t id = person;
	enum fault fault = FAULT_NONE;

	*out = NULL;
	if (kind != &kind_person)
		fault = entity_first(record, kind, matches, NULL, &id);
	return fault || !id ? fault : entity_fetch(record, kind, id, out);
}

static enum fault compare(struct comparing *comparing, int64_t person,
			  people_difference_visit *say, void *to)
{
	const struct told_one *one = comparing->one;
	SCOPED(entity_freep) struct entity *recorded = NULL;
	const char *value = NULL;
	enum fault fault =
	    read_recorded(comparing->record, one->kind, person, &recorded);

	if (fault)
		return fault;
	if (recorded)
		value = entity_text(recorded, one->field);
	if (strcmp(value ? value : "", one->value) == 0)
		return FAULT_NONE;
	comparing->difference = (struct people_difference){
		.kind = one->kind->name,
		.field = one->field,
		.recorded = value ? value : "",
		.told = one->value,
	};
	if (recorded && value)
		fault = entity_history(comparing->record, one->kind,
				       recorded->id, take_change, comparing);
	comparing->difference.source = comparing->source ?: "";
	comparing->difference.user = comparing->user ?: "";
	if (!fault)
		say(to, &comparing->difference);
	free(comparing->source);
	free(comparing->user);
	comparing->source = comparing->user = NULL;
	return fault;
}

enum fault people_differences(struct record *record, int64_t visit,
			      int64_t person, const struct record_who *who,
			      people_difference_visit *say, void *to)
{
	struct told told = { 0 };
	enum fault fault;
	bool may;

	if ((fault = may_read(record, person, who, &may)) || !may ||
	    (fault = told_read(record, visit, &told)))
		return fault;
	for (size_t i = 0; i < told.count && !fault; i++) {
		struct comparing comparing = { .record = record,
					       .one = &told.ones[i] };

		if (!told.ones[i].unlisted && told.ones[i].value[0])
			fault = compare(&comparing, person, say, to);
	}
	told_done(&told);
	return fault;
}
