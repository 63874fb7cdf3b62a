#include <stdlib.h>
#include <string.h>

#include "record/entity_sql.h"

/* The history of entities, and taking the last act back. */

/* The number of the act that changes belong to now; made at the first. */
static enum fault act_now(struct record *record,
			  const struct change_about *about)
{
	if (record->act)
		return FAULT_NONE;
	return statement_number(record, ACT_NEW, 0, &record->act, "itti",
				about->now, about->who->user, about->who->desk,
				about->undoes);
}

const char *change_table(const struct kind *kind)
{
	return kind->apart ? "change_apart" : "change";
}

enum fault change_add(struct record *record, const struct entity *entity,
		      const char *field, const char *before, const char *after,
		      const struct change_about *about)
{
	SCOPED(char_freep)
	char *text = xasprintf("INSERT INTO %s (act, kind, entity, version,"
			       " field, before, after, source, reason) VALUES"
			       " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
			       change_table(entity->kind));
	enum fault fault = act_now(record, about);

	return fault ? fault
		     : statement_do(record, text, "itidttttt", record->act,
				    entity->kind->name, entity->id,
				    entity->version, field, before, after,
				    about->source, about->reason);
}

#define CHANGE_COLUMNS                                                 \
	"SELECT c.act, act.at, c.kind, c.entity, c.version, c.field, " \
	"c.before, c.after, c.source, act.user, act.desk, c.reason"

static const char *or_null(struct store_ask *ask, int column)
{
	return store_text(ask, column);
}

static enum fault walk(struct record *record, struct store_ask *ask,
		       change_visit *visit, void *to)
{
	enum fault fault;
	bool row;

	while (!(fault = statement_row(record, ask, &row)) && row) {
		const struct change change = {
			.act = store_number(ask, 0),
			.at = store_number(ask, 1),
			.kind = statement_text(ask, 2),
			.entity = store_number(ask, 3),
			.version = (int)store_number(ask, 4),
			.field = statement_text(ask, 5),
			.before = or_null(ask, 6),
			.after = or_null(ask, 7),
			.source = statement_text(ask, 8),
			.user = statement_text(ask, 9),
			.desk = statement_text(ask, 10),
			.reason = statement_text(ask, 11),
		};

		visit(to, &change);
	}
	return fault;
}

enum fault entity_history(struct record *record, const struct kind *kind,
			  int64_t id, change_visit *visit, void *to)
{
	SCOPED(char_freep)
	char *text = xasprintf(CHANGE_COLUMNS
			       " FROM %s c JOIN act ON act.id = c.act WHERE"
			       " c.kind = '%s' AND c.entity = ?1 ORDER BY c.id",
			       change_table(kind), kind->name);
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, id);
	fault = walk(record, ask, visit, to);
	statement_give_back(record, ask);
	return fault;
}

static enum fault each_of(struct record *record, const char *where,
			  const char *order, int64_t act, change_visit *visit,
			  void *to)
{
	SCOPED(char_freep)
	char *text = xasprintf(CHANGE_COLUMNS
			       ", c.id FROM (SELECT * FROM change WHERE %s"
			       " UNION ALL SELECT * FROM change_apart WHERE"
			       " %s) c JOIN act ON act.id = c.act ORDER BY %s",
			       where, where, order);
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, act);
	fault = walk(record, ask, visit, to);
	statement_give_back(record, ask);
	return fault;
}

enum fault change_each(struct record *record, int64_t from_act,
		       change_visit *visit, void *to)
{
	return each_of(record, "act >= ?1", "c.act, c.id", from_act, visit, to);
}

/* --- taking back ---------------------------------------------------------- */

/* The entities that an act changed, as they become again. */
struct undoing {
	struct record *record;
	struct undone {
		struct entity *before, *after;
		bool signature; /* it was signed by the act */
	} * entities;
	size_t count;
	bool impossible;
	enum fault fault;
};

static void undoing_done(struct undoing *undoing)
{
	for (size_t i = 0; i < undoing->count; i++) {
		entity_free(undoing->entities[i].before);
		entity_free(undoing->entities[i].after);
	}
	free(undoing->entities);
}

static struct undone *find_undone(struct undoing *undoing,
				  const struct change *change)
{
	struct undone *undone;
	const struct kind *kind = kind_find(change->kind);

	for (size_t i = 0; i < undoing->count; i++) {
		undone = &undoing->entities[i];
		if (undone->before->kind == kind &&
		    undone->before->id == change->entity)
			return undone;
	}
	undoing->entities = xreallocarray(undoing->entities, undoing->count + 1,
					  sizeof *undone);
	undone = &undoing->entities[undoing->count];
	*undone = (struct undone){ 0 };
	if (!kind ||
	    (undoing->fault = entity_fetch(undoing->record, kind,
					   change->entity, &undone->before)) ||
	    !undone->before)
		return NULL;
	undoing->count++;
	undoing->fault =
	    entity_fetch(undoing->record, kind, change->entity, &undone->after);
	return undoing->fault ? NULL : undone;
}

/* Newest first, so that the oldest value of a field is what remains. */
static void take_back(void *to, const struct change *change)
{
	struct undoing *undoing = to;
	struct undone *undone;
	const char *signed_at;

	if (undoing->fault || undoing->impossible)
		return;
	undone = find_undone(undoing, change);
	if (!undone) {
		undoing->impossible = true;
		return;
	}
	signed_at = undone->before->kind->signed_at;
	undone->signature |= signed_at && strcmp(signed_at, change->field) == 0;
	if (!change->field[0])
		undone->after->gone = change->before == NULL;
	else
		(void)entity_set(undone->after, change->field, change->before);
}

/* Whether somebody changed one of them since, in an act that still holds. */
static enum fault changed_since(struct record *record, int64_t act,
				const struct entity *entity, bool *changed)
{
	SCOPED(char_freep)
	char *text = xasprintf(
	    "SELECT 1 FROM %s c JOIN act ON act.id = c.act WHERE c.kind = '%s'"
	    " AND c.entity = ?1 AND c.act > ?2 AND act.undone = 0 AND"
	    " act.undoes IS NULL LIMIT 1",
	    change_table(entity->kind), entity->kind->name);
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);

	if (fault)
		return fault;
	store_bind(ask, 1, entity->id);
	store_bind(ask, 2, act);
	fault = statement_row(record, ask, changed);
	statement_give_back(record, ask);
	return fault;
}

/* Whether its kind lets it become again what it was. What was new is removed
 * again, as it is, signed or not: a self-report is made and signed at once. */
static bool may_be_again(struct record *record, struct undone *undone)
{
	const struct kind *kind = undone->before->kind;

	for (size_t i = 0; undone->after->gone && i < kind->field_count; i++)
		(void)entity_set(undone->after, kind->fields[i].name,
				 undone->before->values[i]);
	if (undone->signature && !undone->after->gone)
		return false;
	return !kind->check ||
	       !kind->check(record, undone->before, undone->after);
}

static enum fault write_back(struct record *record, struct undoing *undoing,
			     int64_t act, const struct change_about *about,
			     bool *changed)
{
	enum fault fault = FAULT_NONE;

	*changed = false;
	for (size_t i = 0; i < undoing->count && !fault && !*changed; i++)
		fault = changed_since(record, act, undoing->entities[i].before,
				      changed);
	for (size_t i = 0; i < undoing->count && !fault && !*changed; i++) {
		struct undone *undone = &undoing->entities[i];

		if (may_be_again(record, undone))
			fault = entity_put(record, undone->before,
					   undone->after, "undo", about);
		else
			undoing->impossible = true;
	}
	return fault;
}

static enum fault undo(struct record *record, int64_t act,
		       const struct record_who *who, int64_t now,
		       enum entity_answer *answer, struct entity_name *undone)
{
	const struct change_about about = {
		source_word(SOURCE_TOLD), "undo", who, now, act, false
	};
	struct undoing undoing = { .record = record };
	enum fault fault =
	    each_of(record, "act = ?1", "c.act, c.version DESC, c.id DESC", act,
		    take_back, &undoing);
	bool changed = false;

	fault = fault ? fault : undoing.fault;
	if (!fault && undoing.count && !undoing.impossible)
		fault = write_back(record, &undoing, act, &about, &changed);
	if (!fault && undoing.count && !undoing.impossible && !changed) {
		*answer = ENTITY_DONE;
		*undone =
		    (struct entity_name){ undoing.entities[0].before->kind,
					  undoing.entities[0].before->id };
	}
	undoing_done(&undoing);
	return fault;
}

enum fault entity_undo(struct record *record, const struct record_who *who,
		       int64_t now, enum entity_answer *answer,
		       struct entity_name *undone)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct entity_name first = { NULL, 0 };
	int64_t act = 0;
	enum fault fault;

	*answer = ENTITY_NOTHING;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_number(record, ACT_LAST_OF, 0, &act, "t",
				      who->user)))
		return fault;
	if (act && ((fault = undo(record, act, who, now, answer, &first)) ||
		    (fault = statement_run(record, ACT_MARK_UNDONE, "i", act))))
		return fault;
	if (undone)
		*undone = first;
	return *answer == ENTITY_DONE ? transaction_commit(&change)
				      : FAULT_NONE;
}

/* --- acts ----------------------------------------------------------------- */

struct record_act {
	struct transaction *transaction;
};

enum fault record_act_begin(struct record *record, struct record_act **out)
{
	struct transaction *transaction;
	enum fault fault = transaction_begin(record, &transaction);

	if (fault)
		return fault;
	*out = xcalloc(1, sizeof **out);
	(*out)->transaction = transaction;
	return FAULT_NONE;
}

enum fault record_act_done(struct record_act **act)
{
	enum fault fault = transaction_commit(&(*act)->transaction);

	if (fault)
		return fault;
	free(*act);
	*act = NULL;
	return FAULT_NONE;
}

void record_act_end(struct record_act *act)
{
	if (!act)
		return;
	transaction_end(act->transaction);
	free(act);
}

enum fault record_changed(struct record *record, int64_t *count)
{
	int64_t others = 0;
	enum fault fault = statement_arrive(record);

	if (!fault)
		fault = statement_others(record, &others);
	/* Others' commits and our own changes: neither ever goes down. */
	*count = others + store_changed_in_all(record->db);
	return fault;
}
