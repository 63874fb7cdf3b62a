#include "record/directory_inside.h"
#include "record/hsds_csv.h"

#include <stdlib.h>
#include <string.h>

#include "record/statement.h"

/* --- rows ------------------------------------------------------------------
 */

const char *directory_cell(const json_t *row, const char *column)
{
	return json_string_value(json_object_get(row, column)) ?: "";
}

static char *dumped(const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);

	return text ? text : xstrdup("{}");
}

char *directory_cells(const struct hsds_file *file, size_t row)
{
	SCOPED(json_decrefp) json_t *cells = json_object();

	for (size_t i = 0; i < file->column_count; i++) {
		const char *cell = hsds_cell(file, row, i);

		if (*cell)
			json_object_set_new(cells, file->columns[i],
					    json_string(cell));
	}
	return dumped(cells);
}

enum fault directory_rows(struct record *record, enum hsds_table table,
			  directory_row_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, HSDS_ROW_EACH, &ask, "t",
					 hsds_table_name(table));
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		visit(to, &(struct directory_row){
			      .id = statement_text(ask, 0),
			      .cells = statement_text(ask, 1),
			      .own = (int)store_number(ask, 2),
			  });
	return fault;
}

enum fault directory_row_read(struct record *record, enum hsds_table table,
			      const char *id, json_t **out)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, HSDS_ROW_READ, &ask, "tt",
					 hsds_table_name(table), id);
	bool row;

	*out = NULL;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		json_decref(*out);
		*out = json_loads(statement_text(ask, 0), 0, NULL);
	}
	return fault;
}

/* --- links -----------------------------------------------------------------
 */

static enum fault link_to(struct record *record, enum hsds_table table,
			  const char *id, const char *target_table,
			  const char *target)
{
	return statement_run(record, HSDS_LINK_ADD, "tttt", target_table,
			     target, hsds_table_name(table), id);
}

static enum fault link_row(struct record *record, enum hsds_table table,
			   const char *id, const json_t *row)
{
	const char *column;
	json_t *cell;
	enum fault fault = FAULT_NONE;

	json_object_foreach((json_t *)row, column, cell)
	{
		const enum hsds_table to = hsds_link_of(column);

		if (!fault && to < HSDS_TABLES && to != HSDS_TAXONOMY_TERM)
			fault = link_to(record, table, id, hsds_table_name(to),
					json_string_value(cell));
	}
	if (!fault && table == HSDS_ATTRIBUTE)
		fault = link_to(record, table, id,
				directory_cell(row, "link_entity"),
				directory_cell(row, "link_id"));
	return fault;
}

/* --- files -----------------------------------------------------------------
 */

static char *columns_text(const struct hsds_file *file)
{
	SCOPED(json_decrefp) json_t *columns = json_array();

	for (size_t i = 0; i < file->column_count; i++)
		json_array_append_new(columns, json_string(file->columns[i]));
	return dumped(columns);
}

static enum fault keep_file(struct record *record, const char *path,
			    const char *resource, const char *columns,
			    const struct bytes *bytes, int position)
{
	return statement_run(record, HSDS_FILE_ADD, "tttbd", path, resource,
			     columns,
			     bytes->data ? (const void *)bytes->data : "",
			     bytes->length, position);
}

/* The columns of a table's file, NULL if it has none; the caller lets go. */
static enum fault read_columns(struct record *record, enum hsds_table table,
			       json_t **out)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, HSDS_FILE_COLUMNS, &ask, "t",
					 hsds_table_name(table));
	bool row;

	*out = NULL;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		json_decref(*out);
		*out = json_loads(statement_text(ask, 0), 0, NULL);
	}
	return fault;
}

static bool columns_have(const json_t *columns, const char *name)
{
	const json_t *column;
	size_t i;

	json_array_foreach(columns, i, column)
	{
		if (!strcmp(json_string_value(column), name))
			return true;
	}
	return false;
}

static json_t *usual_columns(enum hsds_table table)
{
	const char *const *names = hsds_table_columns(table);
	json_t *columns = json_array();

	for (; *names; names++)
		json_array_append_new(columns, json_string(*names));
	return columns;
}

/* The table's file, made where there is none, is written anew when exported,
 * with a column for every cell of row. */
static enum fault touch_file(struct record *record, enum hsds_table table,
			     const json_t *row)
{
	static const struct bytes empty = { 0 };
	SCOPED(json_decrefp) json_t *columns = NULL;
	SCOPED(char_freep) char *text = NULL;
	enum fault fault = read_columns(record, table, &columns);
	const char *name;
	json_t *cell;

	if (!fault && !columns) {
		columns = usual_columns(table);
		fault = keep_file(record, hsds_table_path(table),
				  hsds_table_name(table), "[]", &empty,
				  HSDS_FILES_LIMIT);
	}
	if (fault)
		return fault;
	json_object_foreach((json_t *)row, name, cell)
	{
		if (!columns_have(columns, name))
			json_array_append_new(columns, json_string(name));
	}
	text = dumped(columns);
	return statement_run(record, HSDS_FILE_TOUCH, "tt",
			     hsds_table_name(table), text);
}

static enum fault keep_row(struct record *record, enum hsds_table table,
			   const char *id, const char *cells, bool own)
{
	return statement_run(record, HSDS_ROW_SET, "tttd",
			     hsds_table_name(table), id, cells, own);
}

enum fault directory_row_write(struct record *record, enum hsds_table table,
			       const char *id, const json_t *row, bool own)
{
	SCOPED(char_freep) char *cells = dumped(row);
	enum fault fault = touch_file(record, table, row);

	if (fault ||
	    (fault = statement_run(record, HSDS_LINK_DROP, "tt",
				   hsds_table_name(table), id)) ||
	    (fault = link_row(record, table, id, row)))
		return fault;
	return keep_row(record, table, id, cells, own);
}

enum fault directory_row_drop(struct record *record, enum hsds_table table,
			      const char *id)
{
	SCOPED(json_decrefp) json_t *nothing = json_object();
	enum fault fault = touch_file(record, table, nothing);

	if (fault || (fault = statement_run(record, HSDS_LINK_DROP, "tt",
					    hsds_table_name(table), id)))
		return fault;
	return statement_run(record, HSDS_ROW_DROP, "tt",
			     hsds_table_name(table), id);
}

/* --- a whole package -------------------------------------------------------
 */

static enum fault replace_rows(struct record *record,
			       const struct hsds_file *file)
{
	const size_t id = hsds_column(file, "id");
	enum fault fault = FAULT_NONE;

	for (size_t row = 0; !fault && row < file->row_count; row++) {
		SCOPED(char_freep) char *cells = NULL;

		if (hsds_row_is_blank(file, row))
			continue;
		cells = directory_cells(file, row);
		/* One that was our own stays so. */
		fault = statement_run(record, HSDS_ROW_TAKE, "ttt",
				      hsds_table_name(file->table),
				      hsds_cell(file, row, id), cells);
	}
	return fault;
}

struct linking {
	struct record *record;
	enum hsds_table table;
	bool has_own; /* that the package does not have */
	enum fault fault;
};

static void link_one(void *to, const struct directory_row *row)
{
	struct linking *linking = to;
	SCOPED(json_decrefp) json_t *cells = json_loads(row->cells, 0, NULL);

	if (!linking->fault)
		linking->fault =
		    link_row(linking->record, linking->table, row->id, cells);
	linking->has_own |= row->own;
}

/* Our own rows are written into the files that the package brought. */
static enum fault relink(struct record *record, enum hsds_table table)
{
	struct linking linking = { .record = record, .table = table };
	SCOPED(json_decrefp) json_t *nothing = json_object();
	enum fault fault = directory_rows(record, table, link_one, &linking);

	if (!fault)
		fault = linking.fault;
	if (fault || !linking.has_own)
		return fault;
	return touch_file(record, table, nothing);
}

enum fault directory_replace(struct record *record,
			     const struct hsds_package *package)
{
	enum fault fault = statement_run(record, HSDS_FILE_CLEAR, "");

	if (!fault)
		fault = statement_run(record, HSDS_ROW_CLEAR, "");
	if (!fault)
		fault = statement_run(record, HSDS_LINK_CLEAR, "");
	if (!fault && package->descriptor.length)
		fault = keep_file(record, HSDS_DESCRIPTOR, "", "",
				  &package->descriptor, 0);
	for (size_t i = 0; !fault && i < package->file_count; i++) {
		const struct hsds_file *file = &package->files[i];
		SCOPED(char_freep) char *columns = columns_text(file);

		fault = keep_file(record, file->path, file->resource, columns,
				  &file->bytes, (int)i + 1);
		if (!fault && file->table < HSDS_TABLES)
			fault = replace_rows(record, file);
	}
	for (enum hsds_table i = 0; !fault && i < HSDS_TABLES; i++)
		fault = relink(record, i);
	return fault;
}

/* --- and back --------------------------------------------------------------
 */

struct writing {
	struct bytes *out;
	const json_t *columns;
};

static void write_heading(const struct writing *writing)
{
	const json_t *column;
	size_t i;

	json_array_foreach(writing->columns, i, column)
	{
		hsds_csv_add_cell(writing->out, json_string_value(column),
				  i == 0);
	}
	hsds_csv_end_row(writing->out);
}

static void write_row(void *to, const struct directory_row *row)
{
	const struct writing *writing = to;
	SCOPED(json_decrefp) json_t *cells = json_loads(row->cells, 0, NULL);
	const json_t *column;
	size_t i;

	json_array_foreach(writing->columns, i, column)
	{
		hsds_csv_add_cell(
		    writing->out,
		    directory_cell(cells, json_string_value(column)), i == 0);
	}
	hsds_csv_end_row(writing->out);
}

static void name_columns(struct hsds_file *file, const json_t *columns)
{
	const json_t *column;
	size_t i;

	file->column_count = json_array_size(columns);
	file->columns = xcalloc(file->column_count + 1, sizeof *file->columns);
	json_array_foreach(columns, i, column)
	{
		file->columns[i] = xstrdup(json_string_value(column));
	}
}

/* Those that changed since they were imported are written anew. */
static enum fault write_anew(struct record *record, struct hsds_file *file)
{
	SCOPED(json_decrefp) json_t *columns = NULL;
	struct writing writing = { .out = &file->bytes };
	enum fault fault = read_columns(record, file->table, &columns);

	if (fault)
		return fault;
	name_columns(file, columns);
	bytes_done(&file->bytes);
	writing.columns = columns;
	write_heading(&writing);
	return directory_rows(record, file->table, write_row, &writing);
}

static void take_file(struct hsds_package *package, struct store_ask *ask,
		      bool **changed)
{
	struct bytes bytes = { 0 };
	struct hsds_file *file;

	bytes_add(&bytes, store_bytes(ask, 2), store_length(ask, 2));
	if (!strcmp(statement_text(ask, 0), HSDS_DESCRIPTOR)) {
		package->descriptor = bytes;
		return;
	}
	package->files = xreallocarray(package->files, package->file_count + 1,
				       sizeof *package->files);
	*changed =
	    xreallocarray(*changed, package->file_count + 1, sizeof **changed);
	(*changed)[package->file_count] = (int)store_number(ask, 3);
	file = &package->files[package->file_count++];
	*file = (struct hsds_file){
		.path = xstrdup(statement_text(ask, 0)),
		.resource = xstrdup(statement_text(ask, 1)),
		.table = hsds_table_of(statement_text(ask, 1)),
		.bytes = bytes,
	};
}

static enum fault take_files(struct record *record,
			     struct hsds_package *package, bool **changed)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, HSDS_FILE_EACH, &ask, "");
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		take_file(package, ask, changed);
	return fault;
}

enum fault directory_export(struct record *record, struct hsds_package **out)
{
	SCOPED(hsds_package_freep)
	struct hsds_package *package = xcalloc(1, sizeof *package);
	bool *changed = xcalloc(1, sizeof *changed);
	enum fault fault = take_files(record, package, &changed);

	for (size_t i = 0; !fault && i < package->file_count; i++) {
		if (changed[i])
			fault = write_anew(record, &package->files[i]);
	}
	free(changed);
	if (!fault)
		fault = hsds_describe(package);
	if (fault)
		return fault;
	*out = package;
	package = NULL;
	return FAULT_NONE;
}
