#include "report/handover.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/spreadsheet.h"
#include "record/value.h"
#include "record/visit.h"
#include "text/rows.h"

const char handover_visit_fields[] =
    "number arrived ended level language outcome tags";

/* One column of the file. */
struct column {
	char *name;
	char *text;              /* as it stands; NULL: of the record */
	const struct kind *kind; /* NULL: the visit itself */
	char *field;
	char *where, *is; /* "what", "phone"; NULL: any */
	char *values;     /* "W=Female; M=Male"; "" none */
};

struct handover_map {
	struct column *columns;
	size_t count;
};

static void column_done(struct column *column)
{
	free(column->name);
	free(column->text);
	free(column->field);
	free(column->where);
	free(column->is);
	free(column->values);
}

void handover_map_free(struct handover_map *map)
{
	if (!map)
		return;
	for (size_t i = 0; i < map->count; i++)
		column_done(&map->columns[i]);
	free(map->columns);
	free(map);
}

/* --- the map --------------------------------------------------------------
 */

/* Which field of a kind leads to a visit's person; NULL: none. */
static const char *leading(const struct kind *kind)
{
	if (strcmp(kind->name, "person") == 0)
		return "id";
	return kind_field(kind, "person") ? "person" : NULL;
}

static bool has_field(const struct entity *blank, const char *name)
{
	for (size_t i = 0; i < blank->field_count; i++) {
		if (strcmp(blank->fields[i].name, name) == 0)
			return true;
	}
	return false;
}

/* "KIND[FIELD=VALUE].FIELD" into its parts; false where it is not so. */
static bool split(const char *source, char **kind, struct column *column)
{
	size_t length = strcspn(source, "[.");
	const char *rest = source + length;

	*kind = xstrndup(source, length);
	if (*rest == '[') {
		size_t name = strcspn(rest, "="), end = strcspn(rest, "]");

		if (name >= end || rest[end] != ']')
			return false;
		column->where = xstrndup(rest + 1, name - 1);
		column->is = xstrndup(rest + name + 1, end - name - 1);
		rest += end + 1;
	}
	if (*rest != '.')
		return false;
	column->field = xstrdup(rest + 1);
	return true;
}

/* What is wrong with a source, and the mend; NULL: nothing. */
static const char *refusal(struct record *record, const char *kind,
			   struct column *column, enum fault *fault)
{
	SCOPED(entity_freep) struct entity *blank = NULL;

	if (strcmp(kind, "visit") == 0)
		return codes_have(handover_visit_fields, column->field,
				  strlen(column->field)) &&
			       !column->where
			   ? NULL
			   : "no such field of a visit; see the manual";
	column->kind = kind_find(kind);
	if (!column->kind || !leading(column->kind))
		return "no such kind of a person's; `foyer people fields` and "
		       "the manual name them";
	if (strcmp(kind, "note") == 0)
		return "notes are not handed over; take this row out";
	if ((*fault = entity_new(record, column->kind, &blank)))
		return NULL;
	if (!has_field(blank, column->field))
		return "no such field of this kind; `foyer NOUN fields` lists "
		       "them";
	return column->where && !kind_field(column->kind, column->where)
		   ? "no such field between the brackets"
		   : NULL;
}

static enum fault read_source(struct record *record, const char *source,
			      struct finding_place place,
			      struct findings *findings, struct column *column)
{
	SCOPED(char_freep) char *kind = NULL;
	const size_t length = strlen(source);
	enum fault fault = FAULT_NONE;
	const char *wrong;

	place.column = "source";
	if (length > 1 && source[0] == '\'' && source[length - 1] == '\'') {
		column->text = xstrndup(source + 1, length - 2);
		return FAULT_NONE;
	}
	wrong = split(source, &kind, column)
		    ? refusal(record, kind, column, &fault)
		    : "write it as KIND.FIELD, KIND[FIELD=VALUE].FIELD or "
		      "'text'";
	if (!wrong)
		return fault;
	findings_add(findings, FINDING_ERROR, place, "%s: %s", source, wrong);
	return FAULT_FORMAT;
}

/* Every row is looked at, so that all that is wrong is told at once. */
static enum fault read_columns(struct record *record, const char *file,
			       const struct rows *rows,
			       struct findings *findings,
			       struct handover_map *map)
{
	enum fault first = FAULT_NONE;

	map->columns = xcalloc(rows->count, sizeof *map->columns);
	for (size_t i = 0; i < rows->count; i++) {
		const struct finding_place place = { .file = file,
						     .row = ROWS_SHEET_ROW(i) };
		struct column *column = &map->columns[map->count++];
		enum fault fault;

		column->name = xstrdup(rows_cell(rows, i, "column"));
		column->values = xstrdup(rows_cell(rows, i, "values"));
		fault = read_source(record, rows_cell(rows, i, "source"), place,
				    findings, column);
		if (!first)
			first = fault;
	}
	return first;
}

static enum fault check_size(const char *file, const struct rows *rows,
			     struct findings *findings)
{
	const struct finding_place place = { .file = file, .row = 1 };

	if (rows->count > HANDOVER_COLUMNS) {
		findings_add(findings, FINDING_ERROR, place,
			     "more than %d columns", HANDOVER_COLUMNS);
		return FAULT_LIMIT;
	}
	if (rows->count)
		return FAULT_NONE;
	findings_add(findings, FINDING_ERROR, place,
		     "no columns; below the heading column,source write one a "
		     "row");
	return FAULT_FORMAT;
}

enum fault handover_map_read(struct record *record, const char *file,
			     const void *bytes, size_t length,
			     struct findings *findings,
			     struct handover_map **out)
{
	SCOPED(handover_map_freep)
	struct handover_map *map = xcalloc(1, sizeof *map);
	SCOPED(rows_done) struct rows rows = { 0 };
	enum fault fault;

	if ((fault = rows_read(file, bytes, length, findings, &rows)) ||
	    (fault = check_size(file, &rows, findings)) ||
	    (fault = read_columns(record, file, &rows, findings, map)))
		return fault;
	*out = map;
	map = NULL;
	return FAULT_NONE;
}

/* --- values ---------------------------------------------------------------
 */

/* What the other system calls a value: "W=Female; M=Male". The caller frees it.
 */
static char *translated(const char *values, const char *value)
{
	const size_t length = strlen(value);

	while (*values) {
		size_t name = strcspn(values, "=;"), end;

		end = strcspn(values, ";");
		if (name == length && values[name] == '=' &&
		    strncmp(values, value, length) == 0)
			return xstrndup(values + name + 1, end - name - 1);
		values += end;
		values += strspn(values, "; ");
	}
	return xstrdup(value);
}

/* Local, as spreadsheets know it: "2026-11-22 10:45". */
static char *moment(int64_t at)
{
	time_t seconds = (time_t)(at / 1000);
	char text[32];
	struct tm local;

	localtime_r(&seconds, &local);
	strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
	return xstrdup(at ? text : "");
}

static char *of_visit(const struct visit *visit, const char *field)
{
	const struct {
		const char *field, *value;
	} texts[] = {
		{ "number", visit->number },
		{ "level", visit_level_word(visit_effective_level(visit)) },
		{ "language", visit->language },
		{ "outcome", visit_outcome_word(visit->outcome) },
		{ "tags", visit->tags },
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		if (strcmp(texts[i].field, field) == 0)
			return xstrdup(texts[i].value);
	}
	return moment(strcmp(field, "ended") == 0 ? visit->ended
						  : visit->arrived);
}

static bool take_id(void *to, const struct entity *entity)
{
	*(int64_t *)to = entity->id;
	return false;
}

/* One visit that is being written. */
struct writing {
	struct record *record;
	const struct record_who *who;
	int64_t now;
	const struct visit *visit;
	int64_t person;
};

static enum fault find(const struct writing *writing,
		       const struct column *column, int64_t *id)
{
	const bool by_visit = strcmp(column->kind->name, "handover") == 0;
	SCOPED(char_freep)
	char *number =
	    xasprintf("%lld", (long long)(by_visit ? writing->visit->id
						   : writing->person));
	const struct entity_match matches[] = {
		{ by_visit ? "visit" : leading(column->kind), number },
		{ column->where, column->is },
		{ NULL, NULL },
	};

	*id = 0;
	return entity_each(writing->record, column->kind, matches, "-made_at",
			   1, writing->who, take_id, id);
}

static char *value_of(const struct entity *entity, const char *name)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		if (strcmp(entity->fields[i].name, name) == 0)
			return value_write(&entity->fields[i],
					   entity->values[i]);
	}
	return xstrdup("");
}

static enum fault of_kind(const struct writing *writing,
			  const struct column *column, char **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum entity_answer answer;
	enum fault fault;
	int64_t id;

	*out = NULL;
	if ((fault = find(writing, column, &id)) || !id ||
	    (fault = entity_read(writing->record, column->kind, id,
				 writing->who, writing->now, &answer, &entity)))
		return fault;
	if (answer == ENTITY_DONE)
		*out = value_of(entity, column->field);
	return FAULT_NONE;
}

static enum fault write_cell(const struct writing *writing,
			     const struct column *column, struct bytes *out)
{
	SCOPED(char_wipep) char *value = NULL;
	SCOPED(char_wipep) char *theirs = NULL;
	enum fault fault = FAULT_NONE;

	if (column->text)
		value = xstrdup(column->text);
	else if (!column->kind)
		value = of_visit(writing->visit, column->field);
	else
		fault = of_kind(writing, column, &value);
	theirs = translated(column->values, value ? value : "");
	spreadsheet_cell(out, theirs);
	return fault;
}

/* --- the file -------------------------------------------------------------
 */

struct arrivals {
	struct visit_arrival *all;
	size_t count;
};

static bool take_arrival(void *to, const struct visit_arrival *arrival)
{
	struct arrivals *arrivals = to;

	arrivals->all = xreallocarray(arrivals->all, arrivals->count + 1,
				      sizeof *arrivals->all);
	arrivals->all[arrivals->count++] = *arrival;
	return true;
}

static enum fault may_see(const struct writing *writing, bool *may)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	enum entity_answer answer = ENTITY_NOT_THERE;
	enum fault fault = FAULT_NONE;

	if (writing->person)
		fault = entity_read(writing->record, kind_find("person"),
				    writing->person, writing->who, writing->now,
				    &answer, &person);
	*may = answer == ENTITY_DONE;
	return fault;
}

static enum fault write_visit(struct writing *writing,
			      const struct handover_map *map,
			      const struct visit_arrival *arrival,
			      struct bytes *out, struct handover_tally *tally)
{
	struct visit visit = { 0 };
	enum visit_found found;
	enum fault fault;
	bool may = false;

	writing->person = arrival->person;
	if (arrival->keep != VISIT_KEEP_KEPT || arrival->erased) {
		tally->not_kept++;
		return FAULT_NONE;
	}
	if ((fault = may_see(writing, &may)) ||
	    (fault = visit_read(writing->record, arrival->id, &found, &visit)))
		return fault;
	writing->visit = &visit;
	if (!may || found != VISIT_FOUND)
		tally->nobodys++;
	for (size_t i = 0;
	     may && found == VISIT_FOUND && i < map->count && !fault; i++)
		fault = write_cell(writing, &map->columns[i], out);
	if (may && found == VISIT_FOUND && !fault) {
		spreadsheet_end_row(out);
		tally->written++;
	}
	if (found == VISIT_FOUND)
		visit_done(&visit);
	writing->visit = NULL;
	return fault;
}

enum fault handover_write(struct record *record, const struct handover_map *map,
			  int64_t from, int64_t until,
			  const struct record_who *who, int64_t now,
			  struct bytes *out, struct handover_tally *tally)
{
	struct writing writing = { .record = record, .who = who, .now = now };
	struct arrivals arrivals = { 0 };
	enum fault fault =
	    visit_between(record, from, until, take_arrival, &arrivals);

	*tally = (struct handover_tally){ 0 };
	if (fault)
		return fault;
	spreadsheet_begin(out);
	for (size_t i = 0; i < map->count; i++)
		spreadsheet_cell(out, map->columns[i].name);
	spreadsheet_end_row(out);
	for (size_t i = 0; i < arrivals.count && !fault; i++)
		fault =
		    write_visit(&writing, map, &arrivals.all[i], out, tally);
	free(arrivals.all);
	return fault;
}
