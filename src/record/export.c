#include "record/export.h"

#include <assert.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "record/export_inside.h"
#include "record/names_inside.h"
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
	/* Of the table that is read: a bit for each column that is sealed where
	 * names lie apart; and where in it. */
	uint64_t sealed;
	struct export_place place;
};
#define COLUMNS_MOST 64 /* of a table: bits of the above */

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

static json_t *base64(const void *bytes, size_t length)
{
	struct bytes text = { 0 };
	json_t *value;

	bytes_add_text(&text, "");
	bytes_add_base64(&text, bytes, length);
	value = json_string((char *)text.data);
	bytes_wipe(&text);
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

/* What stands for a damaged text. */
static json_t *damaged(struct export *export, enum export_damage damage,
		       const void *bytes, size_t length)
{
	static const char *const members[EXPORT_DAMAGES] = {
		[EXPORT_BYTES] = "foyer_bytes",
		[EXPORT_SEALED] = "foyer_sealed",
	};

	export->told->damaged[damage]++;
	export->place.damage = damage;
	export->wish->damaged(export->wish->to, &export->place);
	return json_pack("{s:o}", members[damage], base64(bytes, length));
}

static json_t *text_value(struct export *export, const char *text,
			  size_t length)
{
	json_t *value = json_stringn(text, length);

	return value ? value : damaged(export, EXPORT_BYTES, text, length);
}

/* One of a column that is sealed where names lie apart. */
static json_t *sealed_value(struct export *export, const char *text,
			    size_t length)
{
	struct bytes plain = { 0 };
	json_t *value;
	bool sealed;

	if (!names_open_text(export->record, text, &sealed, &plain))
		value = damaged(export, EXPORT_SEALED, text, length);
	else if (sealed)
		value = text_value(export,
				   plain.data ? (const char *)plain.data : "",
				   plain.length);
	else
		value = text_value(export, text, length);
	bytes_wipe(&plain);
	return value;
}

static json_t *value_of(struct export *export, struct store_ask *ask,
			int column, const char *type)
{
	if (store_is_null(ask, column))
		return json_null();
	if (!strcmp(type, "bytes"))
		return base64(store_bytes(ask, column),
			      store_length(ask, column));
	if (is_number(type))
		return json_integer(store_number(ask, column));
	return (export->sealed & UINT64_C(1) << column ? sealed_value
						       : text_value)(
	    export, store_text(ask, column), store_length(ask, column));
}

static enum fault put_row(struct export *export, struct store_ask *ask,
			  const json_t *types)
{
	json_t *object = json_object(), *type;
	const char *name;
	int column = 0;
	enum fault fault = put(export, export->place.row > 1 ? ",\n" : "\n");

	export->place.first = NULL;
	json_object_foreach((json_t *)types, name, type)
	{
		const char *word = json_string_value(type);

		export->place.column = name;
		if (!column && is_number(word)) {
			export->place.first = name;
			export->place.id = store_number(ask, 0);
		}
		json_object_set_new(object, name,
				    value_of(export, ask, column++, word));
	}
	if (fault)
		json_decref(object);
	return fault ? fault : put_json(export, object);
}

/* --- a table -------------------------------------------------------------- */

/* Its columns with what they hold, and the statement that reads them as they
 * lie there. */
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
	export->sealed = 0;
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
		assert(i < COLUMNS_MOST);
		export->sealed |= (uint64_t)sealed << i;
		json_object_set_new(types, name, json_string(type));
		bytes_add_format(sql, "%s \"%s\"", i ? "," : "", name);
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

	export->place = (struct export_place){ .table = table_name(table) };
	while (ask && !fault && (step = store_step(ask)) == STORE_ROW) {
		export->place.row++;
		fault = put_row(export, ask, types);
	}
	count(export, table, export->place.row);
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
	const struct export_told *told = export->told;
	enum fault fault = put_front(export, who, now);

	if (!fault)
		fault = put_tables(export);
	if (!fault)
		fault = put_json(export, json_incref(export->rows));
	if (!fault)
		fault = put(export, ",\n\"damaged\":");
	if (!fault)
		fault = put_json(
		    export,
		    json_pack("{sI sI}", "bytes",
			      (json_int_t)told->damaged[EXPORT_BYTES], "sealed",
			      (json_int_t)told->damaged[EXPORT_SEALED]));
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
	struct export export = { .record = record, .wish = wish, .told = told };
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
