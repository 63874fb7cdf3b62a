#include "report/handover.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/spreadsheet.h"
#include "record/value.h"
#include "record/visit.h"
#include "report/column.h"
#include "text/rows.h"

const char handover_visit_fields[] =
    "number arrived ended level language outcome tags";
/* One column of the file. */
struct mapped {
	struct column from;
	char *values; /* "W=Female; M=Male"; "" none */
};

struct handover_map {
	struct mapped *columns;
	size_t count;
};

void handover_map_free(struct handover_map *map)
{
	if (!map)
		return;
	for (size_t i = 0; i < map->count; i++) {
		column_done(&map->columns[i].from);
		free(map->columns[i].values);
	}
	free(map->columns);
	free(map);
}

/* --- the map --------------------------------------------------------------
 */

static enum fault read_source(struct record *record, const char *source,
			      struct finding_place place,
			      struct findings *findings, struct column *column)
{
	static const struct column_rows visits = { .own = "visit",
						   .own_fields =
						       handover_visit_fields };
	const char *wrong;
	enum fault fault = column_read(record, source, &visits, column, &wrong);

	if (fault || !wrong)
		return fault;
	place.column = "source";
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
		struct mapped *column = &map->columns[map->count++];
		enum fault fault;

		column->from.name = xstrdup(rows_cell(rows, i, "column"));
		column->values = xstrdup(rows_cell(rows, i, "values"));
		fault = read_source(record, rows_cell(rows, i, "source"), place,
				    findings, &column->from);
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

static enum fault of_kind(const struct column_row *row,
			  const struct column *column, char **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = column_entity(row, column, &entity);
	const struct field *field;

	*out = NULL;
	if (fault || !entity)
		return fault;
	field = column_field(column, entity);
	if (field)
		*out = value_write(field, entity_text(entity, column->field));
	return FAULT_NONE;
}

static enum fault write_cell(const struct column_row *row,
			     const struct visit *visit,
			     const struct mapped *column, struct bytes *out)
{
	SCOPED(char_wipep) char *value = NULL;
	SCOPED(char_wipep) char *theirs = NULL;
	enum fault fault = FAULT_NONE;

	if (column->from.text)
		value = xstrdup(column->from.text);
	else if (!column->from.kind)
		value = of_visit(visit, column->from.field);
	else
		fault = of_kind(row, &column->from, &value);
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

static enum fault may_see(const struct column_row *row, bool *may)
{
	SCOPED(entity_freep) struct entity *person = NULL;
	enum entity_answer answer = ENTITY_NOT_THERE;
	enum fault fault = FAULT_NONE;

	if (row->person)
		fault =
		    entity_read(row->record, kind_find("person"), row->person,
				row->who, row->now, &answer, &person);
	*may = answer == ENTITY_DONE;
	return fault;
}

static enum fault write_visit(struct column_row *row,
			      const struct handover_map *map,
			      const struct visit_arrival *arrival,
			      struct bytes *out, struct handover_tally *tally)
{
	struct visit visit = { 0 };
	enum visit_found found;
	enum fault fault;
	bool may = false;

	row->person = arrival->person;
	row->visit = arrival->id;
	if (arrival->keep != VISIT_KEEP_KEPT || arrival->erased) {
		tally->not_kept++;
		return FAULT_NONE;
	}
	if ((fault = may_see(row, &may)) ||
	    (fault = visit_read(row->record, arrival->id, &found, &visit)))
		return fault;
	if (!may || found != VISIT_FOUND)
		tally->nobodys++;
	for (size_t i = 0;
	     may && found == VISIT_FOUND && i < map->count && !fault; i++)
		fault = write_cell(row, &visit, &map->columns[i], out);
	if (may && found == VISIT_FOUND && !fault) {
		spreadsheet_end_row(out);
		tally->written++;
	}
	if (found == VISIT_FOUND)
		visit_done(&visit);
	return fault;
}

enum fault handover_write(struct record *record, const struct handover_map *map,
			  int64_t from, int64_t until,
			  const struct record_who *who, int64_t now,
			  struct bytes *out, struct handover_tally *tally)
{
	struct column_row row = { .record = record, .who = who, .now = now };
	struct arrivals arrivals = { 0 };
	enum fault fault =
	    visit_between(record, from, until, take_arrival, &arrivals);

	*tally = (struct handover_tally){ 0 };
	if (fault)
		return fault;
	spreadsheet_begin(out);
	for (size_t i = 0; i < map->count; i++)
		spreadsheet_cell(out, map->columns[i].from.name);
	spreadsheet_end_row(out);
	for (size_t i = 0; i < arrivals.count && !fault; i++)
		fault = write_visit(&row, map, &arrivals.all[i], out, tally);
	free(arrivals.all);
	return fault;
}
