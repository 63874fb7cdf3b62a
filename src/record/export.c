#include "record/export.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "record/export_inside.h"
#include "record/names.h"
#include "record/statement.h"

/* One after the other: the kinds, then the other tables. */
struct table {
	const struct kind *kind;          /* NULL: */
	const struct export_table *plain; /* that is none's */
};

struct export
{
	struct record *record;
	const struct export_wish *wish;
	struct export_told *told;
	json_t *rows;       /* how many each table had */
	enum fault refused; /* what write() said */
};

static size_t table_count(void)
{
	return kind_count() + export_table_count();
}

static struct table table_at(size_t index)
{
	struct table table = { 0 };

	if (index < kind_count())
		table.kind = kind_at(index);
	else
		table.plain = export_table_at(index - kind_count());
	return table;
}

static const char *table_name(const struct table *table)
{
	return table->kind ? table->kind->name : table->plain->name;
}

static bool table_goes(const struct table *table)
{
	return table->kind || table->plain->columns;
}

/* --- writing -------------------------------------------------------------- */

static enum fault put(struct export *export, const char *text)
{
	return export->wish->write(export->wish->to, text, strlen(text));
}

static int put_piece(const char *bytes, size_t length, void *to)
{
	struct export *export = to;

	export->refused = export->wish->write(export->wish->to, bytes, length);
	return export->refused ? -1 : 0;
}

/* Takes the value over. */
static enum fault put_json(struct export *export, json_t *value)
{
	export->refused = FAULT_NONE;
	if (json_dump_callback(value, put_piece, export,
			       JSON_COMPACT | JSON_ENCODE_ANY) &&
	    !export->refused) {
		log_error("the export: a value that is no JSON");
		export->refused = FAULT_FORMAT;
	}
	json_decref(value);
	return export->refused;
}

/* --- a row ---------------------------------------------------------------- */

static json_t *bytes_value(struct store_ask *ask, int column)
{
	struct bytes text = { 0 };
	json_t *value;

	bytes_add_text(&text, "");
	bytes_add_base64(&text, store_bytes(ask, column),
			 store_length(ask, column));
	value = json_string((char *)text.data);
	bytes_done(&text);
	return value;
}

static bool is_number(const char *type)
{
	static const char *const numbers[] = { "number", "yes", "money",
					       "instant", "link" };
	const size_t length = strcspn(type, " ");

	for (size_t i = 0; i < COUNT(numbers); i++) {
		if (strlen(numbers[i]) == length &&
		    !strncmp(numbers[i], type, length))
			return true;
	}
	return false;
}

static json_t *value_of(struct store_ask *ask, int column, const char *type)
{
	if (store_is_null(ask, column))
		return json_null();
	if (!strcmp(type, "bytes"))
		return bytes_value(ask, column);
	if (is_number(type))
		return json_integer(store_number(ask, column));
	return json_stringn(store_text(ask, column), store_length(ask, column));
}

static enum fault put_row(struct export *export, struct store_ask *ask,
			  const json_t *types, int64_t row)
{
	json_t *object = json_object(), *type;
	const char *name;
	int column = 0;
	enum fault fault = put(export, row ? ",\n" : "\n");

	json_object_foreach((json_t *)types, name, type)
	{
		json_t *value =
		    value_of(ask, column++, json_string_value(type));

		if (!value) {
			log_error("the export: %s of a row is no UTF-8", name);
			json_decref(object);
			return FAULT_FORMAT;
		}
		json_object_set_new(object, name, value);
	}
	if (fault)
		json_decref(object);
	return fault ? fault : put_json(export, object);
}

/* --- a table -------------------------------------------------------------- */

/* Its columns with what they hold, and the statement that reads them. */
static enum fault describe(struct export *export, const struct table *table,
			   json_t *types, struct bytes *sql)
{
	SCOPED(char_freep)
	char *all =
	    xasprintf("SELECT * FROM \"%s\" WHERE 1 = 0", table_name(table));
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(export->record->db, all);
	const char *name;

	if (!ask || store_step(ask) == STORE_FAILED)
		return statement_refuse(export->record, all);
	bytes_add_text(sql, "SELECT");
	for (int i = 0; (name = store_column(ask, i)); i++) {
		bool sealed;
		SCOPED(char_freep)
		char *type =
		    export_column(table->plain, table->kind, name, &sealed);

		if (!type) {
			log_error("the export knows nothing of %s.%s",
				  table_name(table), name);
			return FAULT_FORMAT;
		}
		json_object_set_new(types, name, json_string(type));
		bytes_add_format(
		    sql, sealed ? "%s names_reveal(\"%s\")" : "%s \"%s\"",
		    i ? "," : "", name);
	}
	bytes_add_format(sql, " FROM \"%s\" ORDER BY 1", table_name(table));
	return FAULT_NONE;
}

static void count(struct export *export, const struct table *table,
		  int64_t rows)
{
	const char *name = table_name(table);

	json_object_set_new(export->rows, name, json_integer(rows));
	export->told->rows += rows;
	if (!strcmp(name, "person"))
		export->told->people = rows;
	else if (!strcmp(name, "visit"))
		export->told->visits = rows;
}

static enum fault put_rows(struct export *export, const struct table *table,
			   const json_t *types, const char *sql)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(export->record->db, sql);
	enum store_step step = STORE_FAILED;
	enum fault fault = FAULT_NONE;
	int64_t rows = 0;

	while (ask && !fault && (step = store_step(ask)) == STORE_ROW)
		fault = put_row(export, ask, types, rows++);
	count(export, table, rows);
	if (fault || step == STORE_DONE)
		return fault;
	return statement_refuse(export->record, sql);
}

static enum fault put_table(struct export *export, const struct table *table,
			    bool first)
{
	json_t *types = json_object();
	struct bytes sql = { 0 };
	enum fault fault = describe(export, table, types, &sql);

	if (!fault)
		fault = put(export, first ? "\n\"" : ",\n\"");
	if (!fault)
		fault = put(export, table_name(table));
	if (!fault)
		fault = put(export, "\":[");
	if (!fault)
		fault = put_rows(export, table, types, (char *)sql.data);
	if (!fault)
		fault = put(export, "]");
	bytes_done(&sql);
	json_decref(types);
	return fault;
}

static enum fault put_tables(struct export *export)
{
	enum fault fault = put(export, ",\n\"tables\":{");
	bool first = true;

	for (size_t i = 0; !fault && i < table_count(); i++) {
		const struct table table = table_at(i);

		if (!table_goes(&table))
			continue;
		fault = put_table(export, &table, first);
		first = false;
	}
	return fault ? fault : put(export, "},\n\"rows\":");
}

/* --- the front ------------------------------------------------------------ */

static enum fault put_described(struct export *export)
{
	json_t *described = json_object(), *left = json_object();
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < table_count(); i++) {
		const struct table table = table_at(i);
		json_t *types;
		struct bytes sql = { 0 };

		if (!table_goes(&table)) {
			json_object_set_new(left, table.plain->name,
					    json_string(table.plain->why));
			continue;
		}
		types = json_object();
		fault = describe(export, &table, types, &sql);
		json_object_set_new(described, table_name(&table), types);
		bytes_done(&sql);
	}
	if (!fault)
		fault = put(export, ",\n\"described\":");
	if (fault) {
		json_decref(described);
		json_decref(left);
		return fault;
	}
	if ((fault = put_json(export, described)) ||
	    (fault = put(export, ",\n\"left_out\":"))) {
		json_decref(left);
		return fault;
	}
	return put_json(export, left);
}

static enum fault put_front(struct export *export, const struct record_who *who,
			    int64_t now)
{
	char made[INSTANT_BYTES];
	enum fault fault;

	instant_write(now, made);
	if ((fault = put(export, "{\"foyer_export\":1,\n\"made\":")) ||
	    (fault = put_json(export, json_string(made))) ||
	    (fault = put(export, ",\n\"by\":")) ||
	    (fault = put_json(export, json_string(who->user))) ||
	    (fault = put(export, ",\n\"forms\":")) ||
	    (fault = put(export, export->wish->forms)))
		return fault;
	return put_described(export);
}

/* --- all of it ------------------------------------------------------------ */

static enum fault put_all(struct export *export, const struct record_who *who,
			  int64_t now)
{
	enum fault fault = put_front(export, who, now);

	if (!fault)
		fault = put_tables(export);
	if (!fault)
		fault = put_json(export, json_incref(export->rows));
	return fault ? fault : put(export, "}\n");
}

/* Whoever reads it sees one moment of the record. */
static enum fault at_one_moment(struct export *export,
				const struct record_who *who, int64_t now)
{
	struct record *record = export->record;
	enum fault fault;

	if (store_run(record->db, "BEGIN"))
		return statement_refuse(record, "an export");
	fault = put_all(export, who, now);
	if (store_run(record->db, "ROLLBACK") && !fault)
		fault = statement_refuse(record, "an export");
	return fault;
}

enum fault record_export(struct record *record, const struct export_wish *wish,
			 const struct record_who *who, int64_t now,
			 enum export_answer *answer, struct export_told *told)
{
	struct export export = { record, wish, told, NULL, FAULT_NONE };
	const enum names_state names = names_state(record);
	enum fault fault;

	*told = (struct export_told){ 0 };
	*answer = EXPORT_DONE;
	if (who->roles && !(who->roles & ROLE_SUPERVISOR))
		*answer = EXPORT_REFUSED;
	else if (names == NAMES_LOCKED || names == NAMES_LOST)
		*answer = EXPORT_NAMES_LOCKED;
	if (*answer != EXPORT_DONE)
		return FAULT_NONE;
	if ((fault = record_note(record, "export", "record", "everything", who,
				 now)) ||
	    (fault = statement_value(record,
				     "SELECT count(*) FROM note WHERE guard <>"
				     " 'open'",
				     0, &told->guarded, "")))
		return fault;
	export.rows = json_object();
	fault = at_one_moment(&export, who, now);
	json_decref(export.rows);
	return fault;
}
