#include <stdlib.h>
#include <string.h>

#include "record/conflict_inside.h"
#include "record/consent.h"
#include "record/entity_sql.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/people_key.h"

/*
 * What a person took back with "keep": of the act that made somebody of a
 * visit, everything that nobody has changed since.
 */

/* What an act made or changed, in the order in which it may go. */
struct given {
	struct record *record;
	int64_t act;
	struct given_one {
		const struct kind *kind;
		int64_t id;
	} ones[16];
	size_t count;
	const struct record_who *who;
	int64_t now;
};

/* Entities of one kind that the act made. */
static enum fault read_made(struct given *given, const struct kind *kind)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT entity FROM %s WHERE act = ?1 AND kind ="
			      " '%s' AND field = '' AND before IS NULL",
			      change_table(kind), kind->name);
	struct store_ask *ask;
	enum fault fault = statement_take(given->record, sql, &ask);
	bool row;

	if (fault)
		return fault;
	store_bind(ask, 1, given->act);
	while (!(fault = statement_row(given->record, ask, &row)) && row) {
		if (given->count < COUNT(given->ones))
			given->ones[given->count++] =
			    (struct given_one){ kind, store_number(ask, 0) };
	}
	statement_give_back(given->record, ask);
	return fault;
}

/* Whether anybody has changed a field of it since, but for whose it is: a merge
 * changes that, and undoing counts as nothing. */
static enum fault is_changed(const struct given *given,
			     const struct given_one *one, const char *field,
			     bool *changed)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT 1 FROM %s WHERE kind = '%s' AND entity = ?1 AND act > ?2"
	    " AND field NOT IN ('person', 'household', 'merged_into', '')"
	    " AND (?3 IS NULL OR field = ?3) LIMIT 1",
	    change_table(one->kind), one->kind->name);
	struct store_ask *ask;
	enum fault fault = statement_take(given->record, sql, &ask);

	*changed = false;
	if (fault)
		return fault;
	store_bind(ask, 1, one->id);
	store_bind(ask, 2, given->act);
	if (field)
		store_bind_text(ask, 3, field);
	fault = statement_row(given->record, ask, changed);
	statement_give_back(given->record, ask);
	return fault;
}

static enum fault has_row(struct record *record, const char *sql, int64_t id,
			  bool *any)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);

	*any = false;
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	fault = statement_row(record, ask, any);
	statement_give_back(record, ask);
	return fault;
}

/* Whether an entity of any kind refers to it, or, if it is a person, a visit.
 */
static enum fault is_referred_to(struct record *record,
				 const struct given_one *one, bool *referred)
{
	enum fault fault = FAULT_NONE;

	*referred = false;
	if (one->kind == &kind_person)
		fault = has_row(record,
				"SELECT 1 FROM visit WHERE person = ?1 LIMIT"
				" 1",
				one->id, referred);
	for (size_t i = 0; i < kind_count() && !fault && !*referred; i++) {
		const struct kind *kind = kind_at(i);

		if (kind == &kind_not_same || kind == &kind_consent)
			continue;
		for (size_t k = 0;
		     k < kind->field_count && !fault && !*referred; k++) {
			const struct field *field = &kind->fields[k];
			SCOPED(char_freep) char *sql = NULL;

			if (!field->link ||
			    strcmp(field->link, one->kind->name) != 0)
				continue;
			sql = xasprintf("SELECT 1 FROM \"%s\" WHERE \"%s\" ="
					" ?1 LIMIT 1",
					kind->name, field->name);
			fault = has_row(record, sql, one->id, referred);
		}
	}
	return fault;
}

static enum fault erase(const struct given *given, const struct given_one *one)
{
	return entity_erase(given->record, one->kind, one->id, "withdrawn",
			    given->who, given->now);
}

/* What hangs on the person: whole, or not at all. */
static enum fault forget_one(const struct given *given,
			     const struct given_one *one)
{
	enum fault fault;
	bool changed, referred = false;

	if ((fault = is_changed(given, one, NULL, &changed)) || changed ||
	    (fault = is_referred_to(given->record, one, &referred)) || referred)
		return fault;
	return erase(given, one);
}

/* Of the fields that the act gave: what it gave, and that it was taken. */
static enum fault forget_history(const struct given *given, int64_t person)
{
	static const char *const statements[] = {
		"UPDATE change AS c SET before = NULL WHERE kind = 'person'"
		" AND entity = ?1 AND EXISTS (SELECT 1 FROM change g WHERE"
		" g.kind = 'person' AND g.entity = ?1 AND g.act = ?2 AND"
		" g.field = c.field AND g.after = c.before)",
		"DELETE FROM change WHERE kind = 'person' AND entity = ?1 AND"
		" field <> '' AND act = ?2",
		"DELETE FROM change WHERE kind = 'person' AND entity = ?1 AND"
		" before IS NULL AND after IS NULL",
	};
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(statements) && !fault; i++)
		fault = statement_do(given->record, statements[i],
				     i == 2 ? "i" : "ii", person, given->act);
	return fault;
}

/* The person's own fields one by one, and what the history tells of them. */
static enum fault empty_person(const struct given *given,
			       const struct given_one *one)
{
	const struct change_about about = { "told",     "withdrawn", given->who,
					    given->now, 0,           false };
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault;

	if ((fault =
		 entity_fetch(given->record, one->kind, one->id, &before)) ||
	    !before ||
	    (fault = entity_fetch(given->record, one->kind, one->id, &after)))
		return fault;
	for (size_t i = 0; i < after->field_count && !fault; i++) {
		const char *field = after->fields[i].name;
		bool changed;

		if (!after->values[i] || strcmp(field, "number") == 0 ||
		    strcmp(field, "team") == 0 ||
		    strcmp(field, "merged_into") == 0)
			continue;
		if ((fault = is_changed(given, one, field, &changed)) ||
		    changed)
			continue;
		(void)entity_set(after, field, NULL);
		fault = conflicts_erase(given->record, one->kind->name, field,
					one->id);
	}
	if (fault || (fault = entity_put(given->record, before, after, "change",
					 &about)))
		return fault;
	return forget_history(given, one->id);
}

static enum fault forget_person(const struct given *given,
				const struct given_one *one)
{
	enum fault fault;
	bool changed, referred;

	if ((fault = is_changed(given, one, NULL, &changed)) ||
	    (fault = is_referred_to(given->record, one, &referred)))
		return fault;
	if (changed || referred) {
		if ((fault = empty_person(given, one)))
			return fault;
		/* Their names may have gone. */
		return people_key_renew(given->record, one->id);
	}
	return person_erase(given->record, one->id, "withdrawn", given->who,
			    given->now);
}

static enum fault read_gave(struct record *record, int64_t visit, int64_t *act)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record, "SELECT gave FROM visit WHERE id = ?1", &ask);
	bool row = false;

	if (fault)
		return fault;
	store_bind(ask, 1, visit);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*act = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

enum fault people_forget_visit(struct record *record, int64_t visit,
			       const struct record_who *who, int64_t now)
{
	static const struct kind *const kinds[] = {
		&kind_member,    &kind_contact, &kind_status, &kind_name,
		&kind_household, &kind_consent, &kind_person,
	};
	struct given given = { .record = record, .who = who, .now = now };
	enum fault fault = statement_do(
	    record, "UPDATE visit SET person = NULL WHERE id = ?1", "i", visit);

	if (fault || (fault = read_gave(record, visit, &given.act)) ||
	    !given.act)
		return fault;
	for (size_t i = 0; i < COUNT(kinds) && !fault; i++)
		fault = read_made(&given, kinds[i]);
	for (size_t i = 0; i < given.count && !fault; i++)
		fault = given.ones[i].kind == &kind_person
			    ? forget_person(&given, &given.ones[i])
			    : forget_one(&given, &given.ones[i]);
	if (fault)
		return fault;
	return statement_do(
	    record, "UPDATE visit SET gave = NULL WHERE id = ?1", "i", visit);
}
