#include "record/consent.h"

#include <stdlib.h>
#include <string.h>

#include "record/consent_inside.h"
#include "record/entity_sql.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/people_key.h"

enum fault consent_holds(struct record *record, int64_t person,
			 const char *purpose, const char *recipient,
			 const char *today, bool *holds)
{
	static const char text[] =
	    "SELECT state = 'given' AND (until IS NULL OR until >= ?4)"
	    " FROM consent WHERE gone = 0 AND person = ?1 AND purpose = ?2"
	    " AND (?3 IS NULL OR recipient = ?3)"
	    " ORDER BY changed_at DESC, id DESC LIMIT 1";
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row = false;

	*holds = false;
	if (fault)
		return fault;
	store_bind(ask, 1, person);
	store_bind_text(ask, 2, purpose);
	store_bind_text(ask, 3, recipient);
	store_bind_text(ask, 4, today);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*holds = (int)store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

static enum fault take_over(struct record *record, struct store_ask *ask,
			    int64_t person, const struct record_who *who,
			    int64_t now)
{
	SCOPED(entity_freep) struct entity *consent = NULL;
	enum entity_answer answer;
	enum fault fault = entity_new(record, &kind_consent, &consent);

	if (fault)
		return fault;
	(void)entity_set_number(consent, "person", person);
	(void)entity_set(consent, "purpose", statement_text(ask, 0));
	(void)entity_set(consent, "state",
			 (int)store_number(ask, 1) ? "given" : "refused");
	(void)entity_set(consent, "language", statement_text(ask, 2));
	(void)entity_set(consent, "form", statement_text(ask, 3));
	/* A purpose that is none of ours, of a form of the agency's: left. */
	return entity_save(record, consent, SOURCE_SELF, who, now, &answer,
			   NULL);
}

enum fault consent_from_visit(struct record *record, int64_t visit,
			      int64_t person, const struct record_who *who,
			      int64_t now)
{
	static const char text[] =
	    "SELECT purpose, given, language, hex(form) FROM visit_consent"
	    " WHERE visit = ?1 ORDER BY id";
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct store_ask *ask;
	enum fault fault;
	bool row;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_take(record, text, &ask)))
		return fault;
	store_bind(ask, 1, visit);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		if ((fault = take_over(record, ask, person, who, now)))
			break;
	}
	statement_give_back(record, ask);
	return fault ? fault : transaction_commit(&change);
}

enum fault consent_saved(struct record *record, const struct entity *before,
			 const struct entity *after,
			 const struct record_who *who, int64_t now)
{
	const char *state = entity_text(after, "state");

	if (!before || strcmp(entity_text(after, "purpose"), "keep") != 0 ||
	    strcmp(state, "withdrawn") != 0 ||
	    strcmp(entity_text(before, "state"), state) == 0)
		return FAULT_NONE;
	return person_erase(record, entity_number(after, "person"), "withdrawn",
			    who, now);
}

/* --- erasing -------------------------------------------------------------- */

/* Ids that a statement of one parameter gives; the caller frees *out. */
static enum fault read_ids(struct record *record, const char *text, int64_t id,
			   int64_t **out, size_t *count)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row;

	*out = NULL;
	*count = 0;
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		*out = xreallocarray(*out, *count + 1, sizeof **out);
		(*out)[(*count)++] = store_number(ask, 0);
	}
	statement_give_back(record, ask);
	return fault;
}

/* Whether what refers by a field cannot be without it; whoever was merged into
 * somebody is that person, too. */
static bool is_part(const struct kind *kind, const struct field *field)
{
	return field->flags & FIELD_NEEDED ||
	       strcmp(field->name, "merged_into") == 0 ||
	       (kind->wall &&
		codes_have(kind->wall, field->name, strlen(field->name)));
}

/* What refers to it by one field goes along, or lets go of it. */
static enum fault erase_referring(struct record *record,
				  const struct kind *kind,
				  const struct field *field, int64_t id,
				  const char *rule,
				  const struct record_who *who, int64_t now)
{
	SCOPED(char_freep)
	char *find = xasprintf("SELECT id FROM \"%s\" WHERE \"%s\" = ?1",
			       kind->name, field->name);
	SCOPED(char_freep)
	char *let_go =
	    xasprintf("UPDATE \"%s\" SET \"%s\" = NULL WHERE \"%s\" = ?1",
		      kind->name, field->name, field->name);
	int64_t *ids = NULL;
	size_t count = 0;
	enum fault fault;

	if (!is_part(kind, field))
		return statement_do(record, let_go, "i", id);
	fault = read_ids(record, find, id, &ids, &count);
	for (size_t i = 0; i < count && !fault; i++)
		fault = erase_tree(record, kind, ids[i], rule, who, now);
	free(ids);
	return fault;
}

enum fault erase_tree(struct record *record, const struct kind *kind,
		      int64_t id, const char *rule,
		      const struct record_who *who, int64_t now)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		const struct kind *other = kind_at(i);

		for (size_t j = 0; j < other->field_count && !fault; j++) {
			const struct field *field = &other->fields[j];

			if (field->link && strcmp(field->link, kind->name) == 0)
				fault = erase_referring(record, other, field,
							id, rule, who, now);
		}
	}
	return fault ? fault : entity_erase(record, kind, id, rule, who, now);
}

static enum fault erase_visits(struct record *record, int64_t person,
			       const char *rule, const struct record_who *who,
			       int64_t now)
{
	int64_t *ids = NULL;
	size_t count = 0;
	enum fault fault = read_ids(
	    record,
	    "SELECT id FROM visit WHERE person = ?1 AND erased_at IS NULL",
	    person, &ids, &count);

	for (size_t i = 0; i < count && !fault; i++)
		fault = erase_visit(record, ids[i], rule, who, now);
	free(ids);
	if (fault)
		return fault;
	return statement_do(record,
			    "UPDATE visit SET person = NULL WHERE person = ?1",
			    "i", person);
}

/* What may stay of a person who agreed to be counted: nothing that is theirs
 * alone. */
static enum fault leave_count(struct record *record, int64_t person,
			      const char *rule, const struct record_who *who,
			      int64_t now)
{
	static const char text[] =
	    "INSERT INTO tombstone (subject, subject_id, rule, at, user,"
	    " counts) SELECT 'person-count', 0, ?2, ?3, ?4, json_object("
	    "'month', substr(local_day(?3, 'UTC'), 1, 7),"
	    "'age_band', CASE WHEN birth_from IS NULL THEN 'unknown' ELSE"
	    " (CAST(substr(local_day(?3, 'UTC'), 1, 4) AS INTEGER) -"
	    " CAST(substr(birth_from, 1, 4) AS INTEGER)) / 10 * 10 END,"
	    "'level', (SELECT max(1, CASE WHEN staff_level > 0 THEN"
	    " staff_level ELSE level END) FROM visit WHERE person = ?1"
	    " ORDER BY arrived DESC LIMIT 1)) FROM person WHERE id = ?1";

	return statement_do(record, text, "itit", person, rule, now, who->user);
}

enum fault person_erase(struct record *record, int64_t person, const char *rule,
			const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	char today[INSTANT_BYTES];
	enum fault fault;
	bool counted;

	instant_write(now, today);
	today[10] = 0;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = consent_holds(record, person, "count", NULL, today,
				   &counted)) ||
	    (counted &&
	     (fault = leave_count(record, person, rule, who, now))) ||
	    (fault = erase_visits(record, person, rule, who, now)) ||
	    (fault =
		 erase_tree(record, &kind_person, person, rule, who, now)) ||
	    (fault = people_key_renew(record, person)))
		return fault;
	return transaction_commit(&change);
}
