#include "record/export.h"

#include <jansson.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/names.h"
#include "seal/agency_key.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"
#include "tests/test.h"

#define NOW INT64_C(1795737600000) /* 2026-11-27 */

struct office {
	char *folder, *path;
	struct record *record;
};

static int begin(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);
	struct sample sample;

	logged_start();
	office->folder = folder_new();
	office->path = folder_file(office->folder, RECORD_FILE);
	office->record = sample_record(office->folder);
	for (uint32_t seq = 1; seq <= 3; seq++) {
		sample_init(&sample, seq);
		sample_file(office->record, &sample);
	}
	*state = office;
	return 0;
}

static int end(void **state)
{
	struct office *office = *state;

	record_close(office->record);
	folder_remove(office->folder);
	free(office->folder);
	free(office->path);
	free(office);
	logged_stop();
	return 0;
}

/* --- the other program ---------------------------------------------------- */

static sqlite3 *connect_to(const char *path)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "PRAGMA foreign_keys = OFF;"
				      "PRAGMA ignore_check_constraints = ON",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	return db;
}

static sqlite3_stmt *ask(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *rows;

	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return rows;
}

static const char tables[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";

/* A row with something in every column, numbered from 1000 so that it meets
 * none that is there. */
static void add_row(sqlite3 *db, const char *table, int number)
{
	SCOPED(char_freep)
	char *columns = xasprintf("SELECT name, type FROM pragma_table_info"
				  "('%s')",
				  table);
	struct bytes names = { 0 }, values = { 0 };
	SCOPED(char_freep) char *sql = NULL;
	sqlite3_stmt *rows = ask(db, columns);

	for (int i = 0; sqlite3_step(rows) == SQLITE_ROW; i++) {
		const char *type = (const char *)sqlite3_column_text(rows, 1);

		bytes_add_format(&names, "%s\"%s\"", i ? ", " : "",
				 (const char *)sqlite3_column_text(rows, 0));
		bytes_add_text(&values, i ? ", " : "");
		if (!strcmp(type, "INTEGER"))
			bytes_add_format(&values, "%d",
					 1000 + 100 * i + number);
		else if (!strcmp(type, "BLOB"))
			bytes_add_format(&values, "x'00ff%04d'", number);
		else
			bytes_add_format(&values,
					 "'\"%d, «é» \\ ' || char(9, 10)",
					 10 * i + number);
	}
	sqlite3_finalize(rows);
	sql = xasprintf("INSERT INTO \"%s\" (%s) VALUES (%s)", table,
			(char *)names.data, (char *)values.data);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	bytes_done(&names);
	bytes_done(&values);
}

/* Rows that the program itself would trip over are left as they are. */
static bool is_fillable(const char *table)
{
	return strncmp(table, "sqlite_", 7) != 0 && strcmp(table, "laid") &&
	       strncmp(table, "names_", 6) != 0 && strcmp(table, "away");
}

static void fill_all(const char *path)
{
	sqlite3 *db = connect_to(path);
	sqlite3_stmt *rows = ask(db, tables);

	while (sqlite3_step(rows) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(rows, 0);

		for (int i = 0; is_fillable(table) && i < 3; i++)
			add_row(db, table, i);
	}
	sqlite3_finalize(rows);
	sqlite3_close(db);
}

static void check_value(sqlite3_stmt *rows, int column, const char *type,
			const json_t *value)
{
	struct bytes text = { 0 };

	switch (sqlite3_column_type(rows, column)) {
	case SQLITE_NULL:
		assert_true(json_is_null(value));
		return;
	case SQLITE_INTEGER:
		assert_true(json_is_integer(value));
		assert_int_equal(json_integer_value(value),
				 sqlite3_column_int64(rows, column));
		return;
	case SQLITE_BLOB:
		assert_string_equal(type, "bytes");
		bytes_add_base64(&text, sqlite3_column_blob(rows, column),
				 (size_t)sqlite3_column_bytes(rows, column));
		assert_string_equal(json_string_value(value),
				    (char *)text.data);
		bytes_done(&text);
		return;
	default:
		assert_string_equal(
		    json_string_value(value),
		    (const char *)sqlite3_column_text(rows, column));
	}
}

static size_t check_table(sqlite3 *db, const char *table, const json_t *types,
			  const json_t *list)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT * FROM \"%s\" ORDER BY 1", table);
	sqlite3_stmt *rows = ask(db, sql);
	size_t row = 0;

	for (; sqlite3_step(rows) == SQLITE_ROW; row++) {
		const json_t *object = json_array_get(list, row);
		const int columns = sqlite3_column_count(rows);

		assert_int_equal(json_object_size(object), columns);
		for (int i = 0; i < columns; i++) {
			const char *name = sqlite3_column_name(rows, i);
			const json_t *type = json_object_get(types, name);

			print_message("%s.%s\n", table, name);
			assert_non_null(type);
			check_value(rows, i, json_string_value(type),
				    json_object_get(object, name));
		}
	}
	sqlite3_finalize(rows);
	assert_int_equal(json_array_size(list), row);
	return row;
}

/* Every table is there row by row, or left out with a reason. */
static void check_all(const char *path, const json_t *all)
{
	sqlite3 *db = connect_to(path);
	sqlite3_stmt *rows = ask(db, tables);
	size_t went = 0;

	while (sqlite3_step(rows) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(rows, 0);
		const json_t *list =
		    json_object_get(json_object_get(all, "tables"), table);
		const json_t *why =
		    json_object_get(json_object_get(all, "left_out"), table);
		const json_t *count =
		    json_object_get(json_object_get(all, "rows"), table);

		print_message("%s\n", table);
		assert_true(!list != !why);
		went += list != NULL;
		if (list)
			assert_int_equal(
			    json_integer_value(count),
			    check_table(
				db, table,
				json_object_get(
				    json_object_get(all, "described"), table),
				list));
	}
	/* And nothing that the record does not have. */
	assert_int_equal(json_object_size(json_object_get(all, "tables")),
			 went);
	sqlite3_finalize(rows);
	sqlite3_close(db);
}

/* --- exporting ------------------------------------------------------------ */

static enum fault take(void *to, const void *bytes, size_t length)
{
	bytes_add(to, bytes, length);
	return FAULT_NONE;
}

/* "fact 1 value" of each, one after another. */
static struct bytes damages;

static void note_damage(void *to, const struct export_place *place)
{
	(void)to;
	bytes_add_format(&damages, "%s %lld %s %s;", place->table,
			 (long long)place->row,
			 place->first ? place->first : "-", place->column);
}

static enum export_answer export_to(struct record *record, unsigned roles,
				    struct bytes *text,
				    struct export_told *told)
{
	const struct record_who who = { .user = "Sam",
					.desk = "",
					.roles = roles };
	const struct export_wish wish = { "[]", take, note_damage, text };
	enum export_answer answer;

	assert_int_equal(record_export(record, &wish, &who, NOW, &answer, told),
			 FAULT_NONE);
	return answer;
}

static json_t *exported(struct record *record, struct export_told *told)
{
	struct bytes text = { 0 };
	json_error_t error;
	json_t *all;

	assert_int_equal(export_to(record, 0, &text, told), EXPORT_DONE);
	all = json_loadb((char *)text.data, text.length, JSON_REJECT_DUPLICATES,
			 &error);
	if (!all)
		fail_msg("%s at %d", error.text, error.position);
	bytes_done(&text);
	return all;
}

static void every_row_and_column_goes_or_is_left_out_by_name(void **state)
{
	struct office *office = *state;
	struct export_told told;
	json_t *all;

	fill_all(office->path);
	all = exported(office->record, &told);
	check_all(office->path, all);
	assert_int_equal(told.visits, 3 + 3);
	assert_int_equal(told.people, 3);
	assert_int_equal(told.guarded, 3);
	assert_string_equal(json_string_value(json_object_get(all, "made")),
			    "2026-11-27T00:00:00.000Z");
	json_decref(all);
}

static void a_secret_of_a_user_is_nowhere_in_it(void **state)
{
	struct office *office = *state;
	struct bytes text = { 0 };
	struct export_told told;
	sqlite3 *db = connect_to(office->path);

	assert_int_equal(sqlite3_exec(db,
				      "INSERT INTO sign_in (user, hash, box)"
				      " VALUES (1, 'a-hash', x'5eC4e7')",
				      NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(
	    export_to(office->record, ROLE_SUPERVISOR, &text, &told),
	    EXPORT_DONE);
	assert_null(strstr((char *)text.data, "a-hash"));
	assert_non_null(strstr((char *)text.data, "\"sign_in\":\"how users"));
	bytes_done(&text);
}

static void it_is_for_supervisors_and_stands_in_the_audit(void **state)
{
	static const struct {
		unsigned roles;
		enum export_answer answer;
	} cases[] = {
		{ ROLE_WORKER | ROLE_RECEPTION, EXPORT_REFUSED },
		{ ROLE_COORDINATOR | ROLE_AUDITOR, EXPORT_REFUSED },
		{ ROLE_ADMINISTRATOR | ROLE_SAFETY, EXPORT_REFUSED },
		{ ROLE_SUPERVISOR, EXPORT_DONE },
		{ 0, EXPORT_DONE },
	};
	struct office *office = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes text = { 0 };
		struct export_told told;

		bytes_add_text(&text, "");
		assert_int_equal(
		    export_to(office->record, cases[i].roles, &text, &told),
		    cases[i].answer);
		/* The export tells of itself: its row came first. */
		assert_int_equal(strstr((char *)text.data,
					"\"act\":\"export\",\"subject\":"
					"\"record\"") != NULL,
				 cases[i].answer == EXPORT_DONE);
		assert_int_equal(text.length != 0,
				 cases[i].answer == EXPORT_DONE);
		bytes_done(&text);
	}
}

static void names_that_lie_apart_must_be_opened(void **state)
{
	const uint8_t secret[KEY_BYTES] = { 0x48 };
	struct agency_key *key = agency_key_of_secret(secret, "", 0);
	const struct record_who who = { .user = "Sam", .desk = "" };
	struct office *office = *state;
	enum names_answer parted;
	struct bytes text = { 0 };
	struct export_told told;
	int64_t rows;
	bool opened;
	json_t *all;

	record_close(office->record);
	office->record = NULL;
	assert_int_equal(names_part(office->path, agency_key_public(key), &who,
				    NOW, &parted, &rows),
			 FAULT_NONE);
	assert_int_equal(parted, NAMES_DONE);
	assert_int_equal(record_open(office->path, &office->record),
			 FAULT_NONE);
	assert_int_equal(export_to(office->record, 0, &text, &told),
			 EXPORT_NAMES_LOCKED);
	assert_int_equal(text.length, 0);
	assert_int_equal(names_unlock(office->record, key, &opened),
			 FAULT_NONE);
	assert_true(opened);
	all = exported(office->record, &told);
	/* What lies sealed in the file is told in the clear. */
	assert_int_equal(json_array_size(json_object_get(
			     json_object_get(all, "tables"), "intake")),
			 3);
	assert_non_null(strstr(
	    json_string_value(json_object_get(
		json_array_get(
		    json_object_get(json_object_get(all, "tables"), "intake"),
		    0),
		"submission")),
	    "<"));
	json_decref(all);
	agency_key_free(key);
}

/* --- what is damaged ------------------------------------------------------ */

static const json_t *cell(const json_t *all, const char *table, size_t row,
			  const char *column)
{
	return json_object_get(
	    json_array_get(
		json_object_get(json_object_get(all, "tables"), table), row),
	    column);
}

static void change(const char *path, const char *sql)
{
	sqlite3 *db = connect_to(path);

	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void check_damaged(const json_t *all, int bytes, int sealed,
			  const char *where)
{
	const json_t *counts = json_object_get(all, "damaged");

	assert_int_equal(json_integer_value(json_object_get(counts, "bytes")),
			 bytes);
	assert_int_equal(json_integer_value(json_object_get(counts, "sealed")),
			 sealed);
	bytes_add_text(&damages, "");
	assert_string_equal((char *)damages.data, where);
	bytes_done(&damages);
}

static void a_text_that_is_no_utf8_goes_as_it_lies_there(void **state)
{
	struct office *office = *state;
	struct export_told told;
	json_t *all;

	change(office->path,
	       "UPDATE intake SET submission = CAST(x'3c61ff00c3' AS TEXT)"
	       " WHERE visit = 2");
	all = exported(office->record, &told);
	assert_string_equal(
	    json_string_value(json_object_get(
		cell(all, "intake", 1, "submission"), "foyer_bytes")),
	    "PGH/AMM=");
	assert_int_equal(told.damaged[EXPORT_BYTES], 1);
	/* The rows beside it are as they were. */
	assert_true(json_is_string(cell(all, "intake", 0, "submission")));
	assert_true(json_is_string(cell(all, "intake", 2, "submission")));
	check_damaged(all, 1, 0, "intake 2 visit submission;");
	json_decref(all);
}

static void part_names(struct office *office, const struct agency_key *key)
{
	const struct record_who who = { .user = "Sam", .desk = "" };
	enum names_answer parted;
	int64_t rows;
	bool opened;

	record_close(office->record);
	office->record = NULL;
	assert_int_equal(names_part(office->path, agency_key_public(key), &who,
				    NOW, &parted, &rows),
			 FAULT_NONE);
	assert_int_equal(parted, NAMES_DONE);
	change(office->path,
	       "UPDATE intake SET submission = substr(submission, 1, 40)"
	       " WHERE visit = 3");
	assert_int_equal(record_open(office->path, &office->record),
			 FAULT_NONE);
	assert_int_equal(names_unlock(office->record, key, &opened),
			 FAULT_NONE);
	assert_true(opened);
}

static void what_cannot_be_opened_is_told_and_not_left_empty(void **state)
{
	const uint8_t secret[KEY_BYTES] = { 0x48 };
	struct agency_key *key = agency_key_of_secret(secret, "", 0);
	struct office *office = *state;
	struct export_told told;
	json_t *all;

	part_names(office, key);
	all = exported(office->record, &told);
	assert_true(json_is_string(cell(all, "intake", 1, "submission")));
	assert_true(json_is_string(json_object_get(
	    cell(all, "intake", 2, "submission"), "foyer_sealed")));
	assert_int_equal(told.damaged[EXPORT_SEALED], 1);
	check_damaged(all, 0, 1, "intake 3 visit submission;");
	json_decref(all);
	agency_key_free(key);
}

/* --- memory --------------------------------------------------------------- */

static size_t held, most;

static void *count_malloc(size_t size)
{
	size_t *block = malloc(sizeof(max_align_t) + size);

	*block = size;
	held += size;
	most = held > most ? held : most;
	return (char *)block + sizeof(max_align_t);
}

static void count_free(void *at)
{
	size_t *block = at ? (void *)((char *)at - sizeof(max_align_t)) : NULL;

	if (block)
		held -= *block;
	free(block);
}

static enum fault count_bytes(void *to, const void *bytes, size_t length)
{
	(void)bytes;
	*(size_t *)to += length;
	return FAULT_NONE;
}

/* The most that was held at once, and how much was written. */
static size_t held_for(struct record *record, size_t *written)
{
	const struct record_who who = { .user = "Sam", .desk = "" };
	const struct export_wish wish = { "[]", count_bytes, note_damage,
					  written };
	enum export_answer answer;
	struct export_told told;

	*written = 0;
	most = held = 0;
	assert_int_equal(
	    record_export(record, &wish, &who, NOW, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(held, 0);
	return most;
}

static void a_large_record_takes_no_more_memory(void **state)
{
	struct office *office = *state;
	size_t small, large, few, many;
	sqlite3 *db = connect_to(office->path);

	json_set_alloc_funcs(count_malloc, count_free);
	small = held_for(office->record, &few);
	assert_int_equal(
	    sqlite3_exec(db,
			 "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT"
			 " i + 1 FROM n WHERE i < 5000) INSERT INTO audit (at,"
			 " user, desk, act, subject, subject_id) SELECT i,"
			 " 'Sam', 'front', 'view', 'person', i FROM n",
			 NULL, NULL, NULL),
	    SQLITE_OK);
	sqlite3_close(db);
	large = held_for(office->record, &many);
	json_set_alloc_funcs(malloc, free);
	assert_true(many > few + 5000 * 80);
	assert_int_equal(large, small);
}

static enum fault no_room(void *to, const void *bytes, size_t length)
{
	size_t *left = to;

	(void)bytes;
	if (length > *left)
		return FAULT_SYSTEM;
	*left -= length;
	return FAULT_NONE;
}

static void a_full_disk_ends_it_wherever_it_is(void **state)
{
	const struct record_who who = { .user = "Sam", .desk = "" };
	struct office *office = *state;

	for (size_t room = 0; room < 20000; room += 1499) {
		size_t left = room;
		const struct export_wish wish = { "[]", no_room, note_damage,
						  &left };
		enum export_answer answer;
		struct export_told told;

		assert_int_equal(record_export(office->record, &wish, &who, NOW,
					       &answer, &told),
				 FAULT_SYSTEM);
		/* And the record goes on. */
		assert_int_equal(record_note(office->record, "print", "record",
					     "x", &who, NOW),
				 FAULT_NONE);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
		TEST(every_row_and_column_goes_or_is_left_out_by_name),
		TEST(a_secret_of_a_user_is_nowhere_in_it),
		TEST(it_is_for_supervisors_and_stands_in_the_audit),
		TEST(names_that_lie_apart_must_be_opened),
		TEST(a_text_that_is_no_utf8_goes_as_it_lies_there),
		TEST(what_cannot_be_opened_is_told_and_not_left_empty),
		TEST(a_large_record_takes_no_more_memory),
		TEST(a_full_disk_ends_it_wherever_it_is),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
