#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "record/conflict_inside.h"
#include "record/entity_sql.h"

/* --- what fits ------------------------------------------------------------ */

static bool is_whole(const char *value)
{
	char *end;

	errno = 0;
	(void)strtoll(value, &end, 10);
	return !errno && end != value && !*end;
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* "2026", "2026-11" or "2026-11-22" (ISO 8601). */
static bool is_day(const char *value)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30,
				    31, 31, 30, 31, 30, 31 };
	int year = 0, month = 1, day = 1, used = 0;
	const size_t length = strlen(value);

	if (length != 4 && length != 7 && length != 10)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (i == 4 || i == 7 ? value[i] != '-'
				     : !isdigit((unsigned char)value[i]))
			return false;
	}
	(void)sscanf(value, "%4d-%2d-%2d%n", &year, &month, &day, &used);
	return year >= 1 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (month == 2 && is_leap(year));
}

static bool are_codes(const char *codes, const char *value)
{
	for (const char *at = value; *at; at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");

		if (!codes_have(codes, at, length))
			return false;
		at += length;
	}
	return true;
}

static bool fits(const struct field *field, const char *value)
{
	if (strlen(value) > RECORD_TEXT_LIMIT)
		return false;
	switch (field->type) {
	case FIELD_WHOLE:
	case FIELD_MONEY:
	case FIELD_INSTANT:
	case FIELD_LINK:
		return is_whole(value);
	case FIELD_YES:
		return strcmp(value, "1") == 0 || strcmp(value, "0") == 0;
	case FIELD_DAY:
		return is_day(value);
	case FIELD_CODE:
		return codes_have(field->codes, value, strlen(value));
	case FIELD_CODES:
		return are_codes(field->codes, value);
	case FIELD_TEXT:
		return !strchr(value, '\n');
	default:
		return true;
	}
}

/* Whether what a link names is there. */
static enum fault is_linked(struct record *record, const struct field *field,
			    const char *value, bool *there)
{
	const struct entity_match matches[] = { { "id", value },
						{ NULL, NULL } };
	const struct kind *kind = kind_find(field->link);
	int64_t id = 0;
	enum fault fault = FAULT_NONE;

	/* A kind of tables that are older than kinds: the key watches alone. */
	*there = true;
	if (!kind)
		return FAULT_NONE;
	fault = entity_first(record, kind, matches, NULL, &id);
	*there = id != 0;
	return fault;
}

bool entity_differs(const char *a, const char *b)
{
	return (a == NULL) != (b == NULL) || (a && strcmp(a, b) != 0);
}

/* The first field that cannot be saved so, NULL for none. */
static enum fault find_wrong(struct record *record, const struct entity *before,
			     const struct entity *entity, const char **wrong)
{
	enum fault fault;
	bool there = true;

	*wrong = NULL;
	for (size_t i = 0; i < entity->field_count && !*wrong; i++) {
		const struct field *field = &entity->fields[i];
		const char *value = entity->values[i];
		const char *old =
		    before ? entity_text(before, field->name) : NULL;

		if (!value ? field->flags & FIELD_NEEDED : !fits(field, value))
			*wrong = field->name;
		else if (before && field->flags & FIELD_FIXED && old &&
			 entity_differs(old, value))
			*wrong = field->name;
		else if (value && field->link && entity_differs(old, value)) {
			if ((fault = is_linked(record, field, value, &there)))
				return fault;
			*wrong = there ? NULL : field->name;
		}
	}
	if (!*wrong && entity->kind->check)
		*wrong = entity->kind->check(record, before, entity);
	return FAULT_NONE;
}

/* --- writing -------------------------------------------------------------- */

static enum fault write_row(struct record *record, struct entity *entity,
			    const struct change_about *about)
{
	const struct kind *kind = entity->kind;
	const int behind = (int)kind->field_count + 3;
	SCOPED(char_freep)
	char *text = entity->id ? sql_update(kind) : sql_insert(kind);
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row = true;

	if (fault)
		return fault;
	store_bind(ask, 1, about->now);
	store_bind_text(ask, 2, about->who->user);
	for (size_t i = 0; i < kind->field_count; i++)
		sql_bind(ask, (int)i + 3, &kind->fields[i], entity->values[i]);
	if (entity->id) {
		store_bind(ask, behind, entity->version);
		store_bind(ask, behind + 1, entity->gone);
		store_bind(ask, behind + 2, entity->id);
	}
	while (!fault && row) {
		if (!(fault = statement_row(record, ask, &row)) && row)
			entity->id = store_number(ask, 0);
	}
	statement_give_back(record, ask);
	return fault;
}

static enum fault write_own(struct record *record, const struct entity *entity,
			    size_t place)
{
	const char *name = entity->fields[place].name;

	return entity->values[place]
		   ? statement_run(record, OWN_VALUE_SET, "titt",
				   entity->kind->name, entity->id, name,
				   entity->values[place])
		   : statement_run(record, OWN_VALUE_DROP, "tit",
				   entity->kind->name, entity->id, name);
}

/* The changes field by field; their names are gathered for the audit. */
static enum fault write_changes(struct record *record,
				const struct entity *before,
				const struct entity *entity,
				struct bytes *names,
				const struct change_about *about)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < entity->field_count && !fault; i++) {
		const struct field *field = &entity->fields[i];
		const char *old =
		    before ? entity_text(before, field->name) : NULL;

		if (!entity_differs(old, entity->values[i]))
			continue;
		bytes_add_format(names, "%s%s", names->length ? " " : "",
				 field->name);
		fault = change_add(record, entity, field->name, old,
				   entity->values[i], about);
		if (!fault && field->flags & FIELD_OWN)
			fault = write_own(record, entity, i);
	}
	return fault;
}

static bool is_as_before(const struct entity *before,
			 const struct entity *entity)
{
	if (!before || before->gone != entity->gone)
		return false;
	for (size_t i = 0; i < entity->field_count; i++) {
		if (entity_differs(entity_text(before, entity->fields[i].name),
				   entity->values[i]))
			return false;
	}
	return true;
}

enum fault entity_put(struct record *record, const struct entity *before,
		      struct entity *entity, const char *act,
		      const struct change_about *about)
{
	struct bytes names = { 0 };
	enum fault fault;

	entity->version = before ? before->version : 0;
	if (is_as_before(before, entity))
		return FAULT_NONE;
	entity->version++;
	if ((fault = write_row(record, entity, about)))
		return fault;
	if (!before || before->gone != entity->gone)
		fault = change_add(record, entity, "",
				   before && !before->gone ? "" : NULL,
				   entity->gone ? NULL : "", about);
	if (!fault)
		fault = write_changes(record, before, entity, &names, about);
	if (!fault)
		fault = audit_add(
		    record, about->who, about->now, act, entity->kind->name,
		    entity->id, names.length ? (const char *)names.data : NULL);
	bytes_done(&names);
	if (!fault && entity->kind->saved &&
	    !(about->brought && entity->kind->saved_makes))
		fault = entity->kind->saved(record, before, entity, about->who,
					    about->now);
	return fault;
}

/* --- saving --------------------------------------------------------------- */

/* What a caller's entity becomes once it is on the disk. */
static void settle(struct entity *entity, const struct change_about *about)
{
	if (!entity->made_by) {
		entity->made_by = xstrdup(about->who->user);
		entity->made_at = about->now;
	}
	free(entity->changed_by);
	entity->changed_by = xstrdup(about->who->user);
	entity->changed_at = about->now;
	for (size_t i = 0; i < entity->field_count; i++) {
		char_wipe(entity->as_read[i]);
		entity->as_read[i] =
		    entity->values[i] ? xstrdup(entity->values[i]) : NULL;
	}
}

void entity_merge(struct entity *entity, const struct entity *there,
		  entity_clash *clash, void *to)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		const char *name = entity->fields[i].name;
		const char *theirs = entity_text(there, name);

		if (!entity_differs(entity->as_read[i], theirs))
			continue;
		if (!entity_differs(entity->values[i], entity->as_read[i]))
			(void)entity_set(entity, name, theirs);
		else if (entity_differs(entity->values[i], theirs))
			clash(to, i, theirs);
	}
}

/* The last field that both changed, to different things. */
struct clashed {
	const struct entity *entity;
	const char **field;
};

static void keep_clash(void *to, size_t field, const char *theirs)
{
	struct clashed *clashed = to;

	(void)theirs;
	*clashed->field = clashed->entity->fields[field].name;
}

static bool is_signed(const struct entity *entity)
{
	return entity->kind->signed_at &&
	       entity_text(entity, entity->kind->signed_at);
}

/* Where it was read from, and whether it may be written there. */
static enum fault find_place(struct record *record, const struct kind *kind,
			     int64_t id, const struct record_who *who,
			     enum entity_answer *answer, struct entity **before)
{
	enum fault fault;
	bool hidden = false;

	*before = NULL;
	*answer = ENTITY_REFUSED;
	if (!entity_may_write(kind, who))
		return FAULT_NONE;
	*answer = ENTITY_DONE;
	if (!id)
		return FAULT_NONE;
	if ((fault = entity_fetch(record, kind, id, before)))
		return fault;
	if (!*before)
		*answer = ENTITY_NOT_THERE;
	else if ((fault = entity_hidden(record, kind, id, who, &hidden)))
		return fault;
	else if (hidden)
		*answer = ENTITY_REFUSED;
	else if ((*before)->gone || is_signed(*before))
		*answer = ENTITY_CLOSED;
	return FAULT_NONE;
}

static bool moves_by_saving(const struct entity *before,
			    const struct entity *entity)
{
	return before && entity->kind->moves &&
	       entity_differs(entity_text(before, "state"),
			      entity_text(entity, "state"));
}

static enum fault save(struct record *record, struct entity *entity,
		       const struct change_about *about,
		       enum entity_answer *answer, const char **wrong)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	enum fault fault;
	bool walled = false;

	if ((fault = find_place(record, entity->kind, entity->id, about->who,
				answer, &before)) ||
	    *answer != ENTITY_DONE)
		return fault;
	if (before)
		entity_merge(entity, before, keep_clash,
			     &(struct clashed){ entity, wrong });
	if (*wrong) {
		*answer = ENTITY_CONFLICT;
		return FAULT_NONE;
	}
	if ((fault = find_wrong(record, before, entity, wrong)))
		return fault;
	if (*wrong || moves_by_saving(before, entity)) {
		*answer = *wrong ? ENTITY_WRONG : ENTITY_NO_MOVE;
		return FAULT_NONE;
	}
	if ((fault = entity_put(record, before, entity,
				before ? "change" : "add", about)))
		return fault;
	/* Nobody puts an entity behind a wall that is not theirs. */
	if ((fault = entity_walled(record, entity->kind, entity->id, about->who,
				   &walled)))
		return fault;
	if (walled)
		*answer = ENTITY_REFUSED;
	return FAULT_NONE;
}

enum fault entity_save(struct record *record, struct entity *entity,
		       enum source source, const struct record_who *who,
		       int64_t now, enum entity_answer *answer,
		       const char **wrong)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	const struct change_about about = {
		.source = source_word(source),
		.reason = "",
		.who = who,
		.now = now,
	};
	const int64_t id = entity->id;
	const int version = entity->version;
	const char *none = NULL;
	enum fault fault;

	wrong = wrong ? wrong : &none;
	*wrong = NULL;
	if ((fault = transaction_begin(record, &change)))
		return fault;
	if (!(fault = save(record, entity, &about, answer, wrong)) &&
	    *answer == ENTITY_DONE)
		fault = transaction_commit(&change);
	if (!fault && *answer == ENTITY_DONE) {
		settle(entity, &about);
		return FAULT_NONE;
	}
	entity->id = id;
	entity->version = version;
	return fault;
}

/* --- moving and removing -------------------------------------------------- */

static enum fault copy_of(struct record *record, const struct entity *before,
			  struct entity **out)
{
	return entity_fetch(record, before->kind, before->id, out);
}

/* Changes the one field of an entity that is there, or takes it away. */
static enum fault alter(struct record *record, const struct kind *kind,
			int64_t id, const char *to, const char *act,
			const struct change_about *about,
			enum entity_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	const char *wrong = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault =
		 find_place(record, kind, id, about->who, answer, &before)) ||
	    *answer != ENTITY_DONE)
		return fault;
	if (!before) {
		*answer = ENTITY_NOT_THERE;
		return FAULT_NONE;
	}
	if (to &&
	    !kind_may_move(kind, entity_text(before, "state") ?: "", to)) {
		*answer = ENTITY_NO_MOVE;
		return FAULT_NONE;
	}
	if ((fault = copy_of(record, before, &after)))
		return fault;
	if (to) {
		(void)entity_set(after, "state", to);
		(void)entity_set(after, "reason", about->reason);
	}
	after->gone = to == NULL;
	if (kind->check)
		wrong = kind->check(record, before, after);
	if (wrong) {
		log_note("%s %lld: it does not become %s while %s is as it is",
			 kind->name, (long long)id, to ?: "gone", wrong);
		*answer = ENTITY_WRONG;
		return FAULT_NONE;
	}
	if ((fault = entity_put(record, before, after, act, about)))
		return fault;
	return transaction_commit(&change);
}

enum fault entity_move(struct record *record, const struct kind *kind,
		       int64_t id, const char *to, const char *reason,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = reason,
		.who = who,
		.now = now,
	};

	return alter(record, kind, id, to, "move", &about, answer);
}

enum fault entity_remove(struct record *record, const struct kind *kind,
			 int64_t id, const char *reason,
			 const struct record_who *who, int64_t now,
			 enum entity_answer *answer)
{
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = reason,
		.who = who,
		.now = now,
	};

	return alter(record, kind, id, NULL, "remove", &about, answer);
}

enum fault entity_erase(struct record *record, const struct kind *kind,
			int64_t id, const char *rule,
			const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(char_freep)
	char *forget =
	    xasprintf("DELETE FROM %s WHERE kind = '%s' AND entity = ?1",
		      change_table(kind), kind->name);
	SCOPED(char_freep)
	char *drop = xasprintf("DELETE FROM \"%s\" WHERE id = ?1", kind->name);
	SCOPED(char_freep)
	char *stone =
	    xasprintf("INSERT INTO tombstone (subject, subject_id, rule, at,"
		      " user, counts) VALUES ('%s', ?1, ?2, ?3, ?4, '')",
		      kind->name);
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_run(record, OWN_VALUE_FORGET, "ti", kind->name,
				   id)) ||
	    (fault = statement_do(record, forget, "i", id)) ||
	    (fault = conflicts_erase(record, kind->name, NULL, id)) ||
	    (fault = statement_do(record, drop, "i", id)) ||
	    (fault = statement_do(record, stone, "itit", id, rule, now,
				  who->user)) ||
	    (fault =
		 audit_add(record, who, now, "erase", kind->name, id, NULL)))
		return fault;
	record->erased = true;
	return transaction_commit(&change);
}
