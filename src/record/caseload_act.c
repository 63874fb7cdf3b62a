#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/caseload_inside.h"
#include "record/kinds.h"
#include "record/people.h"
#include "record/plan_inside.h"

/* The acts that a laptop made, made here. */

/* --- what an act changed -------------------------------------------------- */

/* A field's change, as the laptop has it. */
struct brought {
	const struct kind *kind; /* NULL: one this Foyer does not know */
	int64_t entity;
	int version;
	char *field, *before, *after, *source, *reason;
};

struct brought_act {
	int64_t id, at, undoes;
	char *user, *desk;
	bool undone;
	struct brought *rows;
	size_t count;
};

static void brought_act_done(struct brought_act *act)
{
	for (size_t i = 0; i < act->count; i++) {
		free(act->rows[i].field);
		char_wipe(act->rows[i].before);
		char_wipe(act->rows[i].after);
		free(act->rows[i].source);
		char_wipe(act->rows[i].reason);
	}
	free(act->rows);
	free(act->user);
	free(act->desk);
}

static char *text_of(struct store_ask *ask, int column)
{
	const char *text = store_text(ask, column);

	return text ? xstrdup(text) : NULL;
}

static void take_change(struct store_ask *ask, struct brought_act *act)
{
	act->rows = xreallocarray(act->rows, act->count + 1, sizeof *act->rows);
	act->rows[act->count++] = (struct brought){
		.kind = kind_find(statement_text(ask, 0)),
		.entity = store_number(ask, 1),
		.version = (int)store_number(ask, 2),
		.field = xstrdup(statement_text(ask, 3)),
		.before = text_of(ask, 4),
		.after = text_of(ask, 5),
		.source = xstrdup(statement_text(ask, 6)),
		.reason = xstrdup(statement_text(ask, 7)),
	};
}

static void take_act(struct store_ask *ask, struct brought_act *act)
{
	act->at = store_number(ask, 0);
	act->user = xstrdup(statement_text(ask, 1));
	act->desk = xstrdup(statement_text(ask, 2));
	act->undoes = store_number(ask, 3);
	act->undone = (int)store_number(ask, 4);
}

#define CHANGES                                                        \
	"SELECT kind, entity, version, field, before, after, source, " \
	"reason, id FROM "

/* In the order in which they were made: kinds that lie apart are numbered by
 * themselves, and lead to the others. */
static enum fault read_act(struct record *there, int64_t id,
			   struct brought_act *act)
{
	static const char *const sql[] = {
		"SELECT at, user, desk, undoes, undone FROM act WHERE id = ?1",
		CHANGES "change WHERE act = ?1 ORDER BY id",
		CHANGES "change_apart WHERE act = ?1 ORDER BY id",
	};
	enum fault fault = FAULT_NONE;
	struct store_ask *ask;
	bool row;

	*act = (struct brought_act){ .id = id };
	for (size_t i = 0; i < COUNT(sql) && !fault; i++) {
		if ((fault = statement_take(there, sql[i], &ask)))
			return fault;
		store_bind(ask, 1, id);
		while (!(fault = statement_row(there, ask, &row)) && row) {
			if (i)
				take_change(ask, act);
			else
				take_act(ask, act);
		}
		statement_give_back(there, ask);
	}
	return fault;
}

/* --- values --------------------------------------------------------------- */

/* "goal person 17" a line, as record/people_merge.c writes it. */
static enum fault map_lines(struct merging *merging, const char *lines,
			    char **out)
{
	SCOPED(char_freep) char *copy = xstrdup(lines);
	struct bytes mapped = { 0 };
	char *rest = copy, *line;
	enum fault fault = FAULT_NONE;

	bytes_add_text(&mapped, "");
	while ((line = strsep(&rest, "\n")) && !fault) {
		char *field = strchr(line, ' ');
		char *id = field ? strchr(field + 1, ' ') : NULL, *end = id;
		int64_t here = 0;

		if (!id)
			continue;
		*field++ = 0;
		*id++ = 0;
		fault = map_find(merging, line, strtoll(id, &end, 10), &here);
		if (!fault && here)
			bytes_add_format(&mapped, "%s %s %lld%s\n", line, field,
					 (long long)here, end);
	}
	*out = bytes_take_text(&mapped);
	return fault;
}

/* What a value is here: what it leads to may have another number. */
static enum fault map_value(struct merging *merging, const struct kind *kind,
			    const char *name, const char *value, char **out)
{
	const struct field *field = kind_field(kind, name);
	int64_t here = 0;
	enum fault fault;

	*out = NULL;
	if (!value)
		return FAULT_NONE;
	if (kind == &kind_merge && strcmp(name, "map") == 0)
		return map_lines(merging, value, out);
	if (!field || !field->link) {
		*out = xstrdup(value);
		return FAULT_NONE;
	}
	fault = map_find(merging, field->link, strtoll(value, NULL, 10), &here);
	if (!fault && here)
		*out = xasprintf("%lld", (long long)here);
	return fault;
}

/* --- one entity ----------------------------------------------------------- */

/* Changed at the agency, where whoever may do so is known. */
static bool stays(const struct kind *kind)
{
	return !kind || kind == &kind_user || kind == &kind_team ||
	       kind == &kind_site || kind == &kind_own_field ||
	       kind == &kind_proposal || kind == &kind_conflict;
}

/* One entity's rows of an act, and how it is changed here. */
struct bringing {
	struct merging *merging;
	const struct brought *rows;
	size_t count;
	const struct change_about *about;
	struct entity *before, *after; /* before NULL: it is new */
	/* Of fields that both changed, what theirs was; NULL: did not. */
	struct clashed {
		bool is;
		char *theirs;
	} * clashed;
};

static void bringing_done(struct bringing *bringing)
{
	for (size_t i = 0;
	     bringing->clashed && i < bringing->after->field_count; i++)
		char_wipe(bringing->clashed[i].theirs);
	free(bringing->clashed);
	entity_free(bringing->before);
	entity_free(bringing->after);
}

static size_t place_of(const struct entity *entity, const char *field)
{
	size_t i = 0;

	while (i < entity->field_count &&
	       strcmp(entity->fields[i].name, field) != 0)
		i++;
	return i;
}

/* Lays what the laptop read and what it made of it into after. */
static enum fault lay_changes(struct bringing *bringing)
{
	struct entity *after = bringing->after;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < bringing->count && !fault; i++) {
		const struct brought *row = &bringing->rows[i];
		const size_t place = place_of(after, row->field);
		SCOPED(char_freep) char *read = NULL;
		SCOPED(char_freep) char *made = NULL;

		if (!row->field[0] || place == after->field_count)
			continue;
		if ((fault = map_value(bringing->merging, after->kind,
				       row->field, row->before, &read)) ||
		    (fault = map_value(bringing->merging, after->kind,
				       row->field, row->after, &made)))
			return fault;
		char_wipe(after->as_read[place]);
		after->as_read[place] = read;
		read = NULL;
		(void)entity_set(after, row->field, made);
	}
	return fault;
}

/* What comes next of a goal follows from its steps. */
static bool follows(const struct field *field)
{
	return strcmp(field->name, "next") == 0 && field->flags & FIELD_INNER;
}

static void take_clash(void *to, size_t place, const char *theirs)
{
	struct bringing *bringing = to;
	struct entity *after = bringing->after;
	const struct field *field = &after->fields[place];

	if (!follows(field)) {
		bringing->clashed[place].is = true;
		bringing->clashed[place].theirs =
		    after->values[place] ? xstrdup(after->values[place]) : NULL;
	}
	/* The agency's stays. */
	(void)entity_set(after, field->name, theirs);
}

static enum fault write_clashes(struct bringing *bringing)
{
	const struct entity *after = bringing->after;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < after->field_count && !fault; i++) {
		if (bringing->clashed[i].is)
			fault = clash_about(
			    bringing->merging, after, after->fields[i].name,
			    entity_text(bringing->before,
					after->fields[i].name),
			    after->as_read[i], bringing->clashed[i].theirs,
			    bringing->about);
	}
	return fault;
}

static enum fault settle_field(struct bringing *bringing, const char *field)
{
	const struct entity *after = bringing->after;
	SCOPED(char_freep)
	char *what = xasprintf("%s.%s", after->kind->name, field);

	return clash_settle(bringing->merging, what, after->id,
			    bringing->about);
}

/* What the laptop said earlier of a field that it has changed once more, and
 * that is so here now, is not to be decided any more. */
static enum fault settle_clashes(struct bringing *bringing)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < bringing->count && !fault; i++) {
		const char *field = bringing->rows[i].field;
		const size_t place = place_of(bringing->after, field);

		if (place < bringing->after->field_count &&
		    !bringing->clashed[place].is)
			fault = settle_field(bringing, field);
	}
	return fault;
}

/* The rest of what was changed becomes conflicts, too: it may not be so. */
static void clash_all(struct bringing *bringing)
{
	for (size_t i = 0; i < bringing->after->field_count; i++) {
		const char *ours = entity_text(bringing->before,
					       bringing->after->fields[i].name);

		if (entity_differs(bringing->after->values[i], ours))
			take_clash(bringing, i, ours);
	}
}

/* 1 removed, -1 back again, 0 neither. */
static int removal(const struct bringing *bringing)
{
	for (size_t i = 0; i < bringing->count; i++) {
		if (!bringing->rows[i].field[0])
			return bringing->rows[i].after ? -1 : 1;
	}
	return 0;
}

/* Whether the agency changed those entities of a kind since the checkout,
 * itself; which is about ?1. */
static enum fault are_ours_too(struct merging *merging, const struct kind *kind,
			       const char *which, int64_t id, bool *ours)
{
	/* The act that is being brought is not in the map yet. */
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT 1 FROM %s c WHERE c.kind = '%s' AND c.entity %s AND"
	    " c.act > ?2 AND c.act <> ?4 AND NOT EXISTS (SELECT 1 FROM"
	    " caseload_map m WHERE m.copy = ?3 AND m.kind = 'act' AND m.here ="
	    " c.act) LIMIT 1",
	    change_table(kind), kind->name, which);
	int64_t last = 0, found = 0;
	enum fault fault = map_from(merging, "act", &last);

	if (!fault)
		fault = statement_value(merging->here, sql, 0, &found, "iibi",
					id, last, merging->of.copy, CASELOAD_ID,
					merging->here->act);
	*ours = found != 0;
	return fault;
}

static enum fault is_ours_too(struct merging *merging,
			      const struct entity *entity, bool *ours)
{
	return are_ours_too(merging, entity->kind, "= ?1", entity->id, ours);
}

/* Whether the laptop changed the entity in an act that still holds there. */
static enum fault is_theirs_still(struct bringing *bringing, bool *theirs)
{
	const struct kind *kind = bringing->before->kind;
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT 1 FROM %s c JOIN act ON act.id = c.act WHERE c.kind = '%s'"
	    " AND c.entity = ?1 AND c.act > ?2 AND act.undone = 0 AND"
	    " act.undoes IS NULL LIMIT 1",
	    change_table(kind), kind->name);
	int64_t last = 0, found = 0;
	enum fault fault = map_from(bringing->merging, "act", &last);

	if (!fault)
		fault =
		    statement_value(bringing->merging->there, sql, 0, &found,
				    "ii", bringing->rows[0].entity, last);
	*theirs = found != 0;
	return fault;
}

/* Changed there and removed here, until the laptop takes all of it back. */
static enum fault clash_removed_here(struct bringing *bringing)
{
	bool theirs = false;
	enum fault fault = FAULT_NONE;

	if (bringing->about->undoes)
		fault = is_theirs_still(bringing, &theirs);
	return fault || theirs
		   ? fault
		   : clash_about(bringing->merging, bringing->before, "",
				 "gone", NULL, NULL, bringing->about);
}

/* Removed there and changed here, or the reverse, is for somebody to decide. */
static enum fault settle_removal(struct bringing *bringing)
{
	const int removed = removal(bringing);
	struct entity *before = bringing->before, *after = bringing->after;
	enum fault fault;
	bool ours = false;

	if ((fault = is_ours_too(bringing->merging, before, &ours)))
		return fault;
	if (!removed)
		return before->gone ? clash_removed_here(bringing) : FAULT_NONE;
	if (before->gone != (removed > 0) && ours)
		return clash_about(
		    bringing->merging, before, "", before->gone ? "gone" : NULL,
		    removed < 0 ? "gone" : NULL, removed > 0 ? "gone" : NULL,
		    bringing->about);
	after->gone = removed > 0;
	return settle_field(bringing, "");
}

static bool is_closed(const struct entity *before)
{
	return before->kind->signed_at &&
	       entity_text(before, before->kind->signed_at);
}

/* Whether it is signed by this, and says what the signer never saw. */
static enum fault is_unseen(struct bringing *bringing, bool *unseen)
{
	const struct entity *before = bringing->before;
	const char *signed_at = before->kind->signed_at;
	enum fault fault;

	*unseen = false;
	if (!signed_at || entity_text(before, signed_at) ||
	    !entity_text(bringing->after, signed_at))
		return FAULT_NONE;
	fault = is_ours_too(bringing->merging, before, unseen);
	if (fault || *unseen || before->kind != &kind_assessment)
		return fault;
	return are_ours_too(bringing->merging, &kind_level,
			    "IN (SELECT id FROM level WHERE assessment = ?1)",
			    before->id, unseen);
}

static enum fault bring_change(struct bringing *bringing)
{
	const struct kind *kind = bringing->before->kind;
	struct record *here = bringing->merging->here;
	enum fault fault = lay_changes(bringing);
	bool unseen;

	if (fault)
		return fault;
	bringing->clashed =
	    xcalloc(bringing->after->field_count, sizeof *bringing->clashed);
	entity_merge(bringing->after, bringing->before, take_clash, bringing);
	if ((fault = is_unseen(bringing, &unseen)))
		return fault;
	if (unseen || is_closed(bringing->before) ||
	    (kind->check &&
	     kind->check(here, bringing->before, bringing->after)))
		clash_all(bringing);
	if ((fault = settle_removal(bringing)) ||
	    (fault = write_clashes(bringing)) ||
	    (fault = settle_clashes(bringing)))
		return fault;
	return entity_put(here, bringing->before, bringing->after, "bring",
			  bringing->about);
}

/* --- a new one ------------------------------------------------------------ */

/* Whether a value led behind whose wall the entity stands, and leads nowhere
 * here. */
static bool is_lost(const struct brought *row, const struct entity *entity)
{
	const char *wall = entity->kind->wall;

	return wall && row->after && row->field[0] &&
	       codes_have(wall, row->field, strlen(row->field)) &&
	       !entity_text(entity, row->field);
}

/* What it cannot be without went meanwhile: whose it was was erased here. */
static bool is_orphan(const struct bringing *bringing)
{
	const struct entity *entity = bringing->after;

	for (size_t i = 0; i < bringing->count; i++) {
		if (is_lost(&bringing->rows[i], entity))
			return true;
	}
	for (size_t i = 0; i < entity->field_count; i++) {
		if (entity->fields[i].flags & FIELD_NEEDED &&
		    !entity->values[i])
			return true;
	}
	return false;
}

/* The number that the laptop gave and that may stand on a paper, if it is
 * nobody else's here. */
static enum fault keep_number(struct bringing *bringing)
{
	struct merging *merging = bringing->merging;
	SCOPED(entity_freep) struct entity *there = NULL;
	struct entity_match matches[] = { { "number", NULL }, { NULL, NULL } };
	int64_t other = 0;
	enum fault fault = entity_fetch(merging->there, &kind_person,
					bringing->rows[0].entity, &there);

	if (fault || !there ||
	    !(matches[0].value = entity_text(there, "number")))
		return fault;
	fault =
	    entity_first(merging->here, &kind_person, matches, NULL, &other);
	if (!fault && !other)
		(void)entity_set(bringing->after, "number", matches[0].value);
	return fault;
}

/* Two versions of an assessment were made at once: this one comes behind. */
static enum fault renumber(struct bringing *bringing)
{
	struct entity *after = bringing->after;
	int64_t next = 0;
	enum fault fault = plan_next_number(bringing->merging->here,
					    entity_number(after, "person"),
					    entity_text(after, "what"), &next);

	if (!fault)
		(void)entity_set_number(after, "number", next);
	return fault;
}

/* Whoever was merged meanwhile: what comes is whose they are now. */
static enum fault follow_people(struct bringing *bringing)
{
	struct entity *after = bringing->after;
	enum fault fault = FAULT_NONE;
	int64_t now_is;

	if (after->kind == &kind_person || after->kind == &kind_merge)
		return FAULT_NONE;
	for (size_t i = 0; i < after->field_count && !fault; i++) {
		const struct field *field = &after->fields[i];

		if (!field->link || strcmp(field->link, "person") != 0 ||
		    !after->values[i])
			continue;
		fault = people_now(bringing->merging->here,
				   entity_number(after, field->name), &now_is);
		if (!fault)
			(void)entity_set_number(after, field->name, now_is);
	}
	return fault;
}

static enum fault fit_in(struct bringing *bringing, const char **wrong)
{
	struct entity *after = bringing->after;
	enum fault fault = FAULT_NONE;

	*wrong = NULL;
	if (after->kind == &kind_person)
		fault = keep_number(bringing);
	else if (after->kind == &kind_assessment)
		fault = renumber(bringing);
	if (!fault && after->kind->check)
		*wrong =
		    after->kind->check(bringing->merging->here, NULL, after);
	return fault;
}

/* It comes whatever its kind says against it here; but that is listed. */
static enum fault bring_new(struct bringing *bringing)
{
	struct merging *merging = bringing->merging;
	struct entity *after = bringing->after;
	const int64_t there = bringing->rows[0].entity;
	const char *wrong;
	enum fault fault = lay_changes(bringing);

	if (fault)
		return fault;
	if (is_orphan(bringing)) {
		merging->told->left++;
		return map_put(merging, after->kind->name, there, 0);
	}
	if ((fault = follow_people(bringing)) ||
	    (fault = fit_in(bringing, &wrong)) ||
	    (fault = entity_put(merging->here, NULL, after, "bring",
				bringing->about)) ||
	    (fault = map_put(merging, after->kind->name, there, after->id)))
		return fault;
	return wrong ? clash_about(merging, after, wrong,
				   entity_text(after, wrong), NULL, NULL,
				   bringing->about)
		     : FAULT_NONE;
}

static bool is_new(const struct bringing *bringing)
{
	const struct brought *row = &bringing->rows[0];

	return row->version == 1 && !row->field[0] && !row->before;
}

static enum fault bring(struct bringing *bringing)
{
	struct merging *merging = bringing->merging;
	const struct kind *kind = bringing->rows[0].kind;
	int64_t id = 0;
	enum fault fault;

	if (is_new(bringing)) {
		fault = entity_blank(merging->here, kind, &bringing->after);
		return fault ? fault : bring_new(bringing);
	}
	if ((fault = map_find(merging, kind->name, bringing->rows[0].entity,
			      &id)) ||
	    (id && (fault = entity_fetch(merging->here, kind, id,
					 &bringing->before))) ||
	    (id &&
	     (fault = entity_fetch(merging->here, kind, id, &bringing->after))))
		return fault;
	if (bringing->before)
		return bring_change(bringing);
	merging->told->left++;
	return FAULT_NONE;
}

/* --- acts ----------------------------------------------------------------- */

/* Rows of one entity that one save made. */
static size_t rows_of_one(const struct brought_act *act, size_t from)
{
	const struct brought *first = &act->rows[from];
	size_t end = from + 1;

	while (end < act->count && act->rows[end].kind == first->kind &&
	       act->rows[end].entity == first->entity &&
	       act->rows[end].version == first->version)
		end++;
	return end - from;
}

static enum fault bring_rows(struct merging *merging,
			     const struct brought_act *act,
			     const struct change_about *about)
{
	enum fault fault = FAULT_NONE;
	size_t count;

	for (size_t i = 0; i < act->count && !fault; i += count) {
		struct change_about own = *about;
		struct bringing bringing = {
			.merging = merging,
			.rows = &act->rows[i],
			.about = &own,
		};

		bringing.count = count = rows_of_one(act, i);
		own.source = act->rows[i].source;
		own.reason = act->rows[i].reason;
		if (stays(act->rows[i].kind))
			merging->told->left++;
		else
			fault = bring(&bringing);
		bringing_done(&bringing);
	}
	return fault;
}

static enum fault bring_act(struct merging *merging,
			    const struct brought_act *act)
{
	const struct record_who who = { .user = act->user, .desk = act->desk };
	struct change_about about = { .who = &who,
				      .now = act->at,
				      .brought = true };
	SCOPED(transaction_endp) struct transaction *change = NULL;
	const int64_t conflicts = merging->told->conflicts;
	struct record *here = merging->here;
	enum fault fault;
	bool has = false;

	if ((fault = transaction_begin(here, &change)) ||
	    (fault = map_has(merging, "act", act->id, &has, &about.undoes)) ||
	    has ||
	    (act->undoes &&
	     (fault = map_find(merging, "act", act->undoes, &about.undoes))))
		return fault;
	if (!act->undoes)
		about.undoes = 0;
	if ((fault = bring_rows(merging, act, &about)) ||
	    (here->act && act->undone &&
	     (fault = statement_run(here, ACT_MARK_UNDONE, "i", here->act))) ||
	    /* Where it is for somebody to decide, it was not. */
	    (about.undoes && merging->told->conflicts == conflicts &&
	     (fault =
		  statement_run(here, ACT_MARK_UNDONE, "i", about.undoes))) ||
	    (fault = map_put(merging, "act", act->id, here->act)))
		return fault;
	merging->told->acts++;
	return transaction_commit(&change);
}

static enum fault merge_act(struct merging *merging, int64_t there)
{
	struct brought_act act;
	enum fault fault = read_act(merging->there, there, &act);

	if (!fault)
		fault = bring_act(merging, &act);
	brought_act_done(&act);
	return fault;
}

enum fault merge_acts(struct merging *merging)
{
	int64_t last = 0;
	enum fault fault = map_from(merging, "act", &last);

	return fault ? fault
		     : merging_each(merging,
				    "SELECT id FROM act WHERE id > ?1 ORDER BY"
				    " id",
				    last, merge_act);
}
