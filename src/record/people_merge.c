#include "record/people_merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/kinds.h"
#include "record/people_key.h"

/* --- the map -------------------------------------------------------------- */

/* Tables that are older than kinds and refer to people. */
static const char *const tables[] = { "visit", "visit_consent" };

struct merging {
	struct record *record;
	int64_t kept, merged;
	struct change_about about;
	struct bytes map; /* a line each: "goal person 17" */
};

static enum fault ids_of(struct record *record, const char *sql, int64_t person,
			 int64_t **ids, size_t *count)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row;

	*ids = NULL;
	*count = 0;
	if (fault)
		return fault;
	store_bind(ask, 1, person);
	while (!(fault = statement_row(record, ask, &row)) && row) {
		*ids = xreallocarray(*ids, *count + 1, sizeof **ids);
		(*ids)[(*count)++] = store_number(ask, 0);
	}
	statement_give_back(record, ask);
	return fault;
}

static void note(struct merging *merging, const char *kind, const char *field,
		 int64_t id, bool gone)
{
	bytes_add_format(&merging->map, "%s %s %lld%s\n", kind, field,
			 (long long)id, gone ? " gone" : "");
}

/* --- moving --------------------------------------------------------------- */

/* A household has nobody twice. */
static enum fault is_double(struct record *record, const struct entity *member,
			    int64_t kept, bool *twice)
{
	SCOPED(char_freep)
	char *household =
	    xasprintf("%lld", (long long)entity_number(member, "household"));
	SCOPED(char_freep) char *person = xasprintf("%lld", (long long)kept);
	const struct entity_match matches[] = { { "household", household },
						{ "person", person },
						{ NULL, NULL } };
	int64_t id = 0;
	enum fault fault =
	    entity_first(record, &kind_member, matches, NULL, &id);

	*twice = id != 0;
	return fault;
}

/* What says that kept and merged are not the same would say it of kept alone.
 */
static bool is_between(const struct merging *merging, const struct entity *one)
{
	const int64_t person = entity_number(one, "person");
	const int64_t other = entity_number(one, "other");

	return one->kind == &kind_not_same &&
	       (person == merging->kept || other == merging->kept);
}

static enum fault move_one(struct merging *merging, const struct kind *kind,
			   const char *field, int64_t id)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	struct record *record = merging->record;
	enum fault fault;
	bool twice = false;

	if ((fault = entity_fetch(record, kind, id, &before)) || !before ||
	    is_between(merging, before) ||
	    (fault = entity_fetch(record, kind, id, &after)) ||
	    (kind == &kind_member && !before->gone &&
	     (fault = is_double(record, before, merging->kept, &twice))))
		return fault;
	(void)entity_set_number(after, field, merging->kept);
	after->gone |= twice;
	note(merging, kind->name, field, id, twice);
	return entity_put(record, before, after, "merge", &merging->about);
}

static bool is_moved(const struct kind *kind, const struct field *field)
{
	return field->link && strcmp(field->link, "person") == 0 &&
	       kind != &kind_person && kind != &kind_merge;
}

static enum fault move_field(struct merging *merging, const struct kind *kind,
			     const char *field)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT id FROM \"%s\" WHERE \"%s\" = ?1",
			      kind->name, field);
	int64_t *ids;
	size_t count;
	enum fault fault =
	    ids_of(merging->record, sql, merging->merged, &ids, &count);

	for (size_t i = 0; i < count && !fault; i++)
		fault = move_one(merging, kind, field, ids[i]);
	free(ids);
	return fault;
}

static enum fault move_table(struct merging *merging, const char *table)
{
	SCOPED(char_freep)
	char *find = xasprintf("SELECT id FROM %s WHERE person = ?1", table);
	SCOPED(char_freep)
	char *move =
	    xasprintf("UPDATE %s SET person = ?2 WHERE person = ?1", table);
	int64_t *ids;
	size_t count;
	enum fault fault =
	    ids_of(merging->record, find, merging->merged, &ids, &count);

	for (size_t i = 0; i < count; i++)
		note(merging, table, "person", ids[i], false);
	free(ids);
	return fault ? fault
		     : statement_do(merging->record, move, "ii",
				    merging->merged, merging->kept);
}

static enum fault move_all(struct merging *merging)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < kind_count() && !fault; i++) {
		const struct kind *kind = kind_at(i);

		for (size_t k = 0; k < kind->field_count && !fault; k++) {
			if (is_moved(kind, &kind->fields[k]))
				fault = move_field(merging, kind,
						   kind->fields[k].name);
		}
	}
	for (size_t i = 0; i < COUNT(tables) && !fault; i++)
		fault = move_table(merging, tables[i]);
	return fault;
}

/* --- the two people ------------------------------------------------------- */

/* A birth is taken over whole or not at all. */
static bool is_filled(const struct entity *kept, const struct entity *merged,
		      const char *field)
{
	if (strcmp(field, "number") == 0 || strcmp(field, "team") == 0 ||
	    strcmp(field, "merged_into") == 0 || !entity_text(merged, field) ||
	    entity_text(kept, field))
		return false;
	return strncmp(field, "birth_", strlen("birth_")) != 0 ||
	       (!entity_text(kept, "birth_from") &&
		!entity_text(kept, "birth_to"));
}

static enum fault fill(struct merging *merging, const struct entity *merged)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault;
	bool any = false;

	if ((fault = entity_fetch(merging->record, &kind_person, merging->kept,
				  &before)) ||
	    (fault = entity_fetch(merging->record, &kind_person, merging->kept,
				  &after)))
		return fault;
	for (size_t i = 0; i < after->field_count; i++) {
		const char *field = after->fields[i].name;

		if (!is_filled(before, merged, field))
			continue;
		(void)entity_set(after, field, entity_text(merged, field));
		note(merging, "person", field, merging->kept, false);
		any = true;
	}
	return any ? entity_put(merging->record, before, after, "merge",
				&merging->about)
		   : FAULT_NONE;
}

static enum fault become(struct merging *merging, const struct entity *before)
{
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault = entity_fetch(merging->record, &kind_person,
					merging->merged, &after);

	if (fault)
		return fault;
	(void)entity_set_number(after, "merged_into", merging->kept);
	note(merging, "person", "merged_into", merging->merged, false);
	return entity_put(merging->record, before, after, "merge",
			  &merging->about);
}

static enum fault keep_map(struct merging *merging, const char *reason,
			   enum people_answer *answer)
{
	SCOPED(entity_freep) struct entity *merge = NULL;
	enum entity_answer saved;
	enum fault fault = entity_new(merging->record, &kind_merge, &merge);

	if (fault)
		return fault;
	(void)entity_set_number(merge, "kept", merging->kept);
	(void)entity_set_number(merge, "merged", merging->merged);
	(void)entity_set(merge, "reason", reason);
	(void)entity_set(merge, "map", (const char *)merging->map.data);
	fault =
	    entity_save(merging->record, merge, SOURCE_TOLD, merging->about.who,
			merging->about.now, &saved, NULL);
	*answer = saved == ENTITY_DONE ? PEOPLE_DONE : PEOPLE_REFUSED;
	return fault;
}

/* Reads one of them where who may see and merge it. */
static enum fault read_one(struct merging *merging, int64_t id,
			   enum people_answer *answer, struct entity **out)
{
	enum entity_answer read;
	enum fault fault =
	    entity_read(merging->record, &kind_person, id, merging->about.who,
			merging->about.now, &read, out);

	*answer = read == ENTITY_NOT_THERE             ? PEOPLE_NOT_THERE
		  : read != ENTITY_DONE                ? PEOPLE_REFUSED
		  : entity_number(*out, "merged_into") ? PEOPLE_CLOSED
						       : PEOPLE_DONE;
	return fault;
}

static enum fault merge(struct merging *merging, const char *reason,
			enum people_answer *answer)
{
	SCOPED(entity_freep) struct entity *kept = NULL;
	SCOPED(entity_freep) struct entity *merged = NULL;
	enum fault fault;

	if ((fault = read_one(merging, merging->kept, answer, &kept)) ||
	    *answer != PEOPLE_DONE ||
	    (fault = read_one(merging, merging->merged, answer, &merged)) ||
	    *answer != PEOPLE_DONE || (fault = move_all(merging)) ||
	    (fault = fill(merging, merged)) ||
	    (fault = become(merging, merged)))
		return fault;
	return keep_map(merging, reason, answer);
}

enum fault people_merge(struct record *record, int64_t kept, int64_t merged,
			const char *reason, const struct record_who *who,
			int64_t now, enum people_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct merging merging = {
		.record = record,
		.kept = kept,
		.merged = merged,
		.about = { source_word(SOURCE_TOLD), reason, who, now, 0 },
	};
	enum fault fault;

	*answer = kept == merged                        ? PEOPLE_SELF
		  : !entity_may_write(&kind_merge, who) ? PEOPLE_REFUSED
		  : !people_names_at_hand(record)       ? PEOPLE_LOCKED
							: PEOPLE_DONE;
	if (*answer != PEOPLE_DONE)
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &change)))
		return fault;
	if (!(fault = merge(&merging, reason, answer)) &&
	    *answer == PEOPLE_DONE)
		fault = transaction_commit(&change);
	bytes_wipe(&merging.map);
	return fault;
}

/* --- and back ------------------------------------------------------------- */

struct line {
	const char *kind, *field;
	int64_t id;
	bool gone;
};

static bool next_line(char **rest, struct line *out)
{
	char *line = strsep(rest, "\n");
	char *id;

	if (!line || !*line)
		return false;
	out->kind = strsep(&line, " ");
	out->field = strsep(&line, " ");
	id = strsep(&line, " ");
	out->id = id ? strtoll(id, NULL, 10) : 0;
	out->gone = line && strcmp(line, "gone") == 0;
	return out->field && id;
}

static bool is_table(const char *kind)
{
	for (size_t i = 0; i < COUNT(tables); i++) {
		if (strcmp(tables[i], kind) == 0)
			return true;
	}
	return false;
}

static enum fault put_back_row(const struct merging *merging,
			       const struct line *line)
{
	SCOPED(char_freep)
	char *sql = xasprintf("UPDATE %s SET person = ?2 WHERE id = ?1 AND"
			      " person = ?3",
			      line->kind);

	return statement_do(merging->record, sql, "iii", line->id,
			    merging->merged, merging->kept);
}

/* What kept got is taken again if nobody has changed it. */
static void put_back_person(const struct merging *merging,
			    const struct line *line,
			    const struct entity *merged, struct entity *after)
{
	const char *had = entity_text(merged, line->field);
	const char *has = entity_text(after, line->field);

	if (line->id == merging->merged ||
	    (had && has && strcmp(had, has) == 0))
		(void)entity_set(after, line->field, NULL);
}

static enum fault put_back_one(const struct merging *merging,
			       const struct line *line,
			       const struct entity *merged)
{
	const struct kind *kind = kind_find(line->kind);
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault;

	if (!kind ||
	    (fault = entity_fetch(merging->record, kind, line->id, &before)) ||
	    !before ||
	    (fault = entity_fetch(merging->record, kind, line->id, &after)))
		return kind ? fault : FAULT_NONE;
	if (kind == &kind_person)
		put_back_person(merging, line, merged, after);
	else if (entity_number(before, line->field) == merging->kept) {
		(void)entity_set_number(after, line->field, merging->merged);
		after->gone &= !line->gone;
	}
	return entity_put(merging->record, before, after, "unmerge",
			  &merging->about);
}

static enum fault put_back(const struct merging *merging, const char *map,
			   bool rows_alone)
{
	SCOPED(entity_freep) struct entity *merged = NULL;
	SCOPED(char_freep) char *copy = xstrdup(map);
	char *rest = copy;
	struct line line;
	enum fault fault = entity_fetch(merging->record, &kind_person,
					merging->merged, &merged);

	while (!fault && merged && next_line(&rest, &line)) {
		if (is_table(line.kind))
			fault = put_back_row(merging, &line);
		else if (!rows_alone)
			fault = put_back_one(merging, &line, merged);
	}
	return fault;
}

static enum fault find_merge(struct merging *merging, struct entity **out)
{
	SCOPED(char_freep)
	char *id = xasprintf("%lld", (long long)merging->merged);
	const struct entity_match matches[] = { { "merged", id },
						{ "state", "merged" },
						{ NULL, NULL } };
	int64_t number = 0;
	enum fault fault =
	    entity_first(merging->record, &kind_merge, matches, "-id", &number);

	*out = NULL;
	return fault || !number
		   ? fault
		   : entity_fetch(merging->record, &kind_merge, number, out);
}

static enum fault unmerge(struct merging *merging, const char *reason,
			  enum people_answer *answer)
{
	SCOPED(entity_freep) struct entity *merge = NULL;
	SCOPED(entity_freep) struct entity *kept = NULL;
	enum entity_answer moved;
	enum fault fault = find_merge(merging, &merge);

	*answer = PEOPLE_NOTHING;
	if (fault || !merge)
		return fault;
	merging->kept = entity_number(merge, "kept");
	if ((fault = read_one(merging, merging->kept, answer, &kept)) ||
	    *answer != PEOPLE_DONE ||
	    (fault = put_back(merging, entity_text(merge, "map"), false)) ||
	    (fault = entity_move(merging->record, &kind_merge, merge->id,
				 "undone", reason, merging->about.who,
				 merging->about.now, &moved)))
		return fault;
	*answer = moved == ENTITY_DONE ? PEOPLE_DONE : PEOPLE_REFUSED;
	return FAULT_NONE;
}

enum fault people_unmerge(struct record *record, int64_t merged,
			  const char *reason, const struct record_who *who,
			  int64_t now, enum people_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct merging merging = {
		.record = record,
		.merged = merged,
		.about = { source_word(SOURCE_TOLD), reason, who, now, 0 },
	};
	enum fault fault;

	*answer = !entity_may_write(&kind_merge, who) ? PEOPLE_REFUSED
		  : !people_names_at_hand(record)     ? PEOPLE_LOCKED
						      : PEOPLE_DONE;
	if (*answer != PEOPLE_DONE)
		return FAULT_NONE;
	if ((fault = transaction_begin(record, &change)))
		return fault;
	if (!(fault = unmerge(&merging, reason, answer)) &&
	    *answer == PEOPLE_DONE)
		fault = transaction_commit(&change);
	return fault;
}

enum fault people_merge_saved(struct record *record,
			      const struct entity *before,
			      const struct entity *after,
			      const struct record_who *who, int64_t now)
{
	const struct merging merging = {
		.record = record,
		.kept = before ? entity_number(before, "kept") : 0,
		.merged = before ? entity_number(before, "merged") : 0,
	};

	(void)who;
	(void)now;
	if (!before || before->gone || !after->gone)
		return FAULT_NONE;
	return put_back(&merging, entity_text(before, "map"), true);
}
