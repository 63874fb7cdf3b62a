#include "report/round_trip.h"

#include <stdlib.h>
#include <string.h>

#include "base/spreadsheet.h"
#include "record/value.h"
#include "text/rows.h"

static const char *const words[] = {
	[ROUND_TRIP_CHANGED] = "changed",   [ROUND_TRIP_NEW] = "new",
	[ROUND_TRIP_CONFLICT] = "conflict", [ROUND_TRIP_WRONG] = "wrong",
	[ROUND_TRIP_REFUSED] = "refused",
};

const char *round_trip_word(enum round_trip_what what)
{
	return words[what];
}

/*
 * The kind whose one entity stands in the same row: a person's names. Its
 * columns are "name.latin"; its version is "name.version".
 */
static const struct kind *beside(const struct kind *kind)
{
	return strcmp(kind->name, "person") == 0 ? kind_find("name") : NULL;
}

/* Fields that stand in the table: programs set the inner ones. */
static bool is_shown(const struct field *field)
{
	return !(field->flags & FIELD_INNER) ||
	       strcmp(field->name, "state") == 0;
}

/* What leads from the one beside to the row's own is no column. */
static bool is_way(const struct kind *kind, const struct field *field)
{
	return kind->wall && strcmp(kind->wall, field->name) == 0;
}

/* --- out ------------------------------------------------------------------ */

struct export
{
	struct record *record;
	const struct record_who *who;
	struct bytes *out;
	enum fault fault;
};

static void put_heading(struct bytes *out, const struct entity *blank,
			const char *before, bool is_beside)
{
	SCOPED(char_freep) char *version = xasprintf("%sversion", before);

	if (!is_beside)
		spreadsheet_cell(out, "id");
	spreadsheet_cell(out, version);
	for (size_t i = 0; i < blank->field_count; i++) {
		SCOPED(char_freep)
		char *name = xasprintf("%s%s", before, blank->fields[i].name);

		if (is_shown(&blank->fields[i]) &&
		    !(is_beside && is_way(blank->kind, &blank->fields[i])))
			spreadsheet_cell(out, name);
	}
}

static void put_values(struct bytes *out, const struct entity *entity,
		       bool is_beside)
{
	SCOPED(char_freep)
	char *version = xasprintf("%d", entity->version);

	spreadsheet_cell(out, entity->version ? version : "");
	for (size_t i = 0; i < entity->field_count; i++) {
		const struct field *field = &entity->fields[i];
		SCOPED(char_freep)
		char *text = value_write(field, entity->values[i]);

		if (is_shown(field) &&
		    !(is_beside && is_way(entity->kind, field)))
			spreadsheet_cell(out, text);
	}
}

/* The one beside an entity; a blank one where there is none. */
static enum fault read_beside(struct record *record, const struct kind *kind,
			      int64_t id, struct entity **out)
{
	SCOPED(char_freep) char *text = xasprintf("%lld", (long long)id);
	const struct entity_match matches[] = { { kind->wall, text },
						{ NULL, NULL } };
	static const struct record_who all = { .user = "", .desk = "" };
	enum entity_answer answer;
	enum fault fault;
	int64_t first = 0;

	if (id && (fault = entity_first(record, kind, matches, NULL, &first)))
		return fault;
	if (!first)
		return entity_new(record, kind, out);
	/* Whoever sees the one sees the other: it was asked for that. */
	return entity_read(record, kind, first, &all, 0, &answer, out);
}

static bool put_row(void *to, const struct entity *entity)
{
	struct export *export = to;
	const struct kind *other = beside(entity->kind);
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)entity->id);
	SCOPED(entity_freep) struct entity *more = NULL;

	if (!entity_goes_out(entity))
		return true;
	spreadsheet_cell(export->out, id);
	put_values(export->out, entity, false);
	if (other && !(export->fault = read_beside(export->record, other,
						   entity->id, &more)))
		put_values(export->out, more, true);
	spreadsheet_end_row(export->out);
	return !export->fault;
}

enum fault round_trip_export(struct record *record, const struct kind *kind,
			     const struct record_who *who, struct bytes *out)
{
	struct export export = { record, who, out, FAULT_NONE };
	const struct kind *other = beside(kind);
	SCOPED(entity_freep) struct entity *blank = NULL;
	SCOPED(entity_freep) struct entity *more = NULL;
	enum fault fault;

	if ((fault = entity_new(record, kind, &blank)) ||
	    (other && (fault = entity_new(record, other, &more))))
		return fault;
	spreadsheet_begin(out);
	put_heading(out, blank, "", false);
	if (more) {
		SCOPED(char_freep) char *name = xasprintf("%s.", other->name);

		put_heading(out, more, name, true);
	}
	spreadsheet_end_row(out);
	fault = entity_each(record, kind, NULL, NULL, 0, who, put_row, &export);
	return fault ? fault : export.fault;
}

/* --- back ----------------------------------------------------------------- */

struct import {
	struct record *record;
	const struct kind *kind;
	const struct record_who *who;
	int64_t now;
	bool apply;
	struct findings *findings;
	const char *file;
	struct rows rows;
	round_trip_visit *visit;
	void *to;
	struct round_trip_totals *totals;
	/* Of the row that is looked at. */
	size_t row;
	bool refused, changed;
};

static void tell(struct import *import, enum round_trip_what what, int64_t id,
		 const char *field, const char *before, const char *after)
{
	const struct round_trip_difference difference = {
		what, ROWS_SHEET_ROW(import->row), id, field, before, after
	};

	import->refused |= what >= ROUND_TRIP_CONFLICT;
	import->changed |= what <= ROUND_TRIP_NEW;
	import->visit(import->to, &difference);
}

/* What a field was when the table was made: the oldest value that was changed
 * since that version. */
struct as_exported {
	const char *field;
	int version;
	bool changed;
	char *value; /* NULL: not known */
};

static void look_back(void *to, const struct change *change)
{
	struct as_exported *then = to;

	if (then->changed || change->version <= then->version ||
	    strcmp(change->field, then->field) != 0)
		return;
	then->changed = true;
	then->value = change->before ? xstrdup(change->before) : NULL;
}

static bool is_same(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The one field of an entity against its cell. */
static enum fault compare_field(struct import *import, struct entity *entity,
				size_t place, const char *column, int version)
{
	const struct field *field = &entity->fields[place];
	const char *cell = rows_cell(&import->rows, import->row, column);
	SCOPED(char_freep) char *value = NULL;
	SCOPED(char_freep)
	char *now = value_write(field, entity->values[place]);
	struct as_exported then = { .field = field->name, .version = version };
	enum fault fault = FAULT_NONE;

	if (strcmp(now, cell) == 0 || (!entity->id && !cell[0]))
		return FAULT_NONE;
	if (!value_read(field, cell, &value)) {
		tell(import, ROUND_TRIP_WRONG, entity->id, column, now, cell);
		return FAULT_NONE;
	}
	if (is_same(value, entity->values[place]))
		return FAULT_NONE;
	if (entity->id && version < entity->version)
		fault = entity_history(import->record, entity->kind, entity->id,
				       look_back, &then);
	if (!fault && then.changed && is_same(then.value, value)) {
		/* The table has what it was, so nobody edited it there. */
	} else if (!fault && then.changed) {
		tell(import, ROUND_TRIP_CONFLICT, entity->id, column, now,
		     cell);
	} else if (!fault) {
		tell(import, entity->id ? ROUND_TRIP_CHANGED : ROUND_TRIP_NEW,
		     entity->id, column, entity->id ? now : NULL, cell);
		(void)entity_set(entity, field->name, value);
	}
	char_wipe(then.value);
	return fault;
}

/* Every column of an entity; before is "" or "name.". */
static enum fault compare(struct import *import, struct entity *entity,
			  const char *before, bool *changed)
{
	SCOPED(char_freep) char *version_name = xasprintf("%sversion", before);
	const char *version =
	    rows_cell(&import->rows, import->row, version_name);
	const bool changed_so_far = import->changed;
	enum fault fault = FAULT_NONE;

	import->changed = false;
	for (size_t i = 0; i < entity->field_count && !fault; i++) {
		SCOPED(char_freep)
		char *column =
		    xasprintf("%s%s", before, entity->fields[i].name);

		if (rows_has(&import->rows, column))
			fault = compare_field(import, entity, i, column,
					      version[0] ? atoi(version)
							 : entity->version);
	}
	*changed = import->changed;
	import->changed |= changed_so_far;
	return fault;
}

static enum fault write(struct import *import, struct entity *entity,
			const char *before)
{
	enum entity_answer answer;
	const char *wrong = NULL;
	enum fault fault =
	    entity_save(import->record, entity, SOURCE_TOLD, import->who,
			import->now, &answer, &wrong);
	SCOPED(char_freep)
	char *column = xasprintf("%s%s", before, wrong ? wrong : "");

	if (!fault && answer != ENTITY_DONE)
		tell(import,
		     answer == ENTITY_WRONG ? ROUND_TRIP_WRONG
					    : ROUND_TRIP_REFUSED,
		     entity->id, column, "",
		     wrong ? entity_text(entity, wrong)
			   : entity_answer_word(answer));
	return fault;
}

/* The row's entity, or a new one; NULL after it was refused. */
static enum fault read_row(struct import *import, struct entity **out)
{
	const char *id = rows_cell(&import->rows, import->row, "id");
	enum entity_answer answer;
	enum fault fault;
	char *end;

	*out = NULL;
	if (!id[0])
		return entity_new(import->record, import->kind, out);
	fault = entity_read(import->record, import->kind, strtoll(id, &end, 10),
			    import->who, import->now, &answer, out);
	if (!fault && (*end || answer != ENTITY_DONE))
		tell(import, ROUND_TRIP_REFUSED, 0, "id",
		     *end ? "" : entity_answer_word(answer), id);
	return fault;
}

/* Both entities of a row, written where they changed and nothing is wrong. A
 * row is tried even where nothing is applied, so that what its kind refuses is
 * told beforehand; the caller takes it back. */
static enum fault take_both(struct import *import, struct entity *entity,
			    struct entity *more, bool changed,
			    bool more_changed)
{
	SCOPED(char_freep)
	char *before = more ? xasprintf("%s.", more->kind->name) : NULL;
	enum fault fault = FAULT_NONE;

	if (changed || !entity->id)
		fault = write(import, entity, "");
	if (fault || import->refused || !more || !more_changed)
		return fault;
	(void)entity_set_number(more, more->kind->wall, entity->id);
	return write(import, more, before);
}

static enum fault take_row(struct import *import)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(entity_freep) struct entity *more = NULL;
	const struct kind *other = beside(import->kind);
	SCOPED(char_freep)
	char *before = other ? xasprintf("%s.", other->name) : NULL;
	bool changed, more_changed = false, is_new;
	enum fault fault;

	import->refused = import->changed = false;
	if ((fault = read_row(import, &entity)) || import->refused)
		return fault;
	is_new = !entity->id;
	if ((fault = compare(import, entity, "", &changed)) ||
	    (other &&
	     ((fault = read_beside(import->record, other, entity->id, &more)) ||
	      (fault = compare(import, more, before, &more_changed)))))
		return fault;
	if (import->refused || !import->changed)
		return FAULT_NONE;
	if ((fault = record_act_begin(import->record, &act)) ||
	    (fault = take_both(import, entity, more, changed, more_changed)) ||
	    import->refused)
		return fault;
	import->totals->made += is_new;
	import->totals->changed += !is_new;
	return import->apply ? record_act_done(&act) : FAULT_NONE;
}

static void add_known(struct bytes *known, const struct entity *blank,
		      const char *before)
{
	bytes_add_format(known, " %sversion", before);
	for (size_t i = 0; i < blank->field_count; i++)
		bytes_add_format(known, " %s%s", before, blank->fields[i].name);
}

/* The columns that a table of this kind may have, with blanks between. */
static enum fault read_known(struct import *import, struct bytes *known)
{
	const struct kind *other = beside(import->kind);
	SCOPED(entity_freep) struct entity *blank = NULL;
	SCOPED(entity_freep) struct entity *more = NULL;
	enum fault fault;

	if ((fault = entity_new(import->record, import->kind, &blank)) ||
	    (other && (fault = entity_new(import->record, other, &more))))
		return fault;
	bytes_add_text(known, "id");
	add_known(known, blank, "");
	if (other) {
		SCOPED(char_freep) char *before = xasprintf("%s.", other->name);

		add_known(known, more, before);
	}
	return FAULT_NONE;
}

/* The columns have to be ones that the kind has. */
static enum fault check_columns(struct import *import)
{
	struct bytes known = { 0 };
	enum fault fault = FAULT_NONE;

	if ((fault = read_known(import, &known))) {
		bytes_done(&known);
		return fault;
	}
	for (size_t i = 0; i < import->rows.column_count; i++) {
		const char *name = import->rows.columns[i];

		if (codes_have((char *)known.data, name, strlen(name)))
			continue;
		findings_add(import->findings, FINDING_ERROR,
			     (struct finding_place){ import->file, 1, name },
			     "no such field; take the column out, or name it "
			     "as the export has it");
		fault = FAULT_FORMAT;
	}
	if (!rows_has(&import->rows, "id")) {
		findings_add(import->findings, FINDING_ERROR,
			     (struct finding_place){ import->file, 1, NULL },
			     "the column id is missing; without it nobody can "
			     "tell whose rows these are");
		fault = FAULT_FORMAT;
	}
	bytes_done(&known);
	return fault;
}

enum fault round_trip_import(struct record *record, const struct kind *kind,
			     const char *file, const void *bytes, size_t length,
			     bool apply, const struct record_who *who,
			     int64_t now, struct findings *findings,
			     round_trip_visit *visit, void *to,
			     struct round_trip_totals *totals)
{
	SCOPED(record_act_endp) struct record_act *act = NULL;
	struct import import = {
		.record = record,
		.kind = kind,
		.who = who,
		.now = now,
		.apply = apply,
		.findings = findings,
		.file = file,
		.visit = visit,
		.to = to,
		.totals = totals,
	};
	enum fault fault =
	    rows_read(file, bytes, length, findings, &import.rows);

	*totals = (struct round_trip_totals){ .rows = import.rows.count };
	if (!fault && !(fault = check_columns(&import)))
		fault = record_act_begin(record, &act);
	for (; !fault && import.row < import.rows.count; import.row++) {
		fault = take_row(&import);
		totals->refused += import.refused;
	}
	rows_done(&import.rows);
	return fault || !apply ? fault : record_act_done(&act);
}
