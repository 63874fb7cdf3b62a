#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "record/entity.h"
#include "record/move.h"
#include "record/people.h"
#include "record/people_pile.h"
#include "record/postgres.h"
#include "record/statement.h"
#include "tests/support/crowd.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/server.h"
#include "tests/test.h"

static const struct record_who who = { .user = "Sam", .desk = "front" };

#define TRIES 15 /* a second each: a desk tries every few */

/* A record in a file, with something in many tables. */
static char *filled(const char *home)
{
	char *path = folder_file(home, RECORD_FILE);
	struct record *record;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	assert_int_equal(
	    statement_do(record,
			 "INSERT INTO person (made_at, made_by, number) VALUES"
			 " (?1, 'Sam', 'P-0007')",
			 "i", (int64_t)1790000000000),
	    FAULT_NONE);
	assert_int_equal(
	    statement_do(record,
			 "INSERT INTO name (person, latin, own_script) VALUES"
			 " (1, ?1, ?2)",
			 "tt", "Lena Brandt",
			 "\xd0\x9b\xd0\xb5\xd0\xbd\xd0\xb0"),
	    FAULT_NONE);
	assert_int_equal(
	    statement_do(
		record,
		"INSERT INTO ticket_held (wire_hash, wire, reason,"
		" held_at) VALUES (?1, ?1, 'x', '2026-01-01T00:00:00Z')",
		"b", "\0\1\2\xff", (size_t)4),
	    FAULT_NONE);
	/* A number that was given away and is nobody's any more. */
	assert_int_equal(statement_do(record,
				      "INSERT INTO act (id, at, user, desk)"
				      " VALUES (40, 1, 'Sam', 'front')",
				      ""),
			 FAULT_NONE);
	assert_int_equal(statement_do(record, "DELETE FROM act", ""),
			 FAULT_NONE);
	record_close(record);
	return path;
}

static enum move_answer move_there(const char *path, const char *address)
{
	enum move_answer answer;
	struct move_told told;

	assert_int_equal(
	    move_to_server(path, address, NULL, &who, 1, &answer, &told),
	    FAULT_NONE);
	return answer;
}

static int64_t number(struct record *record, const char *sql)
{
	int64_t found = -1;

	assert_int_equal(statement_value(record, sql, -1, &found, ""),
			 FAULT_NONE);
	return found;
}

static void a_record_moves_to_a_server_and_back_with_every_row(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *address = NULL;
	SCOPED(char_freep) char *back = folder_file(home, "back/" RECORD_FILE);
	struct record *record = NULL;
	enum move_answer answer;
	struct move_told told;
	int64_t act = 0;

	(void)state;
	path = filled(home);
	address = server_database(folder, "there");
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(path, &record), FAULT_STORE);

	assert_int_equal(record_open(address, &record), FAULT_NONE);
	assert_int_equal(number(record, "SELECT count(*) FROM name WHERE latin"
					" = 'Lena Brandt'"),
			 1);
	assert_int_equal(statement_value(record,
					 "INSERT INTO act (at, user, desk)"
					 " VALUES (2, 'Sam', 'front')"
					 " RETURNING id",
					 0, &act, ""),
			 FAULT_NONE);
	assert_true(act > 40);
	record_close(record);

	assert_int_equal(
	    move_to_file(address, back, NULL, &who, 2, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(answer, MOVE_DONE);
	assert_int_equal(record_open(address, &record), FAULT_STORE);
	assert_int_equal(record_open(back, &record), FAULT_NONE);
	assert_int_equal(number(record, "SELECT count(*) FROM ticket_held WHERE"
					" wire_hash = x'000102ff' AND rowid ="
					" 1"),
			 1);
	assert_int_equal(number(record, "SELECT count(*) FROM act"), 1);
	assert_int_equal(number(record, "SELECT count(*) FROM audit WHERE act ="
					" 'moved'"),
			 2);
	record_close(record);
}

static void a_server_that_holds_a_record_takes_no_other(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *one = folder_new();
	SCOPED(folder_freep) char *two = folder_new();
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *second = NULL;
	SCOPED(char_freep) char *address = NULL;
	struct record *record;

	(void)state;
	first = filled(one);
	second = folder_file(two, RECORD_FILE);
	assert_int_equal(record_open(second, &record), FAULT_NONE);
	record_close(record);
	address = server_database(folder, "taken");
	assert_int_equal(move_there(first, address), MOVE_DONE);
	assert_int_equal(move_there(second, address), MOVE_OCCUPIED);
	assert_int_equal(record_open(second, &record), FAULT_NONE);
	record_close(record);
}

static void do_there(const char *address, const char *sql)
{
	PGconn *link = PQconnectdb(address);
	PGresult *result = PQexec(link, sql);

	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	PQclear(result);
	PQfinish(link);
}

static void a_move_that_was_broken_off_is_begun_again(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *address = NULL;
	struct record *record;

	(void)state;
	path = filled(home);
	address = server_database(folder, "half");
	/* As it is when the program ends while rows come in. */
	do_there(address,
		 "CREATE SCHEMA foyer; CREATE TABLE foyer.kept (version"
		 " bigint, whole boolean); INSERT INTO foyer.kept"
		 " VALUES (1, false)");
	assert_int_equal(record_open(address, &record), FAULT_STORE);
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	assert_int_equal(number(record, "SELECT count(*) FROM name"), 1);
	record_close(record);
}

/* With all of its tables there, of which one is called as a type is. */
static void an_older_record_is_brought_up_to_date(void **state)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = filled(home);
	SCOPED(char_freep)
	char *address = server_database(server_folder(), "older");
	struct record *record;

	(void)state;
	assert_int_equal(move_there(path, address), MOVE_DONE);
	do_there(address, "UPDATE foyer.kept SET version = version - 1");
	do_there(address, "ALTER TABLE foyer.visit DROP COLUMN held_by");
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	assert_int_equal(number(record, "SELECT count(*) FROM name"), 1);
	assert_int_equal(number(record, "SELECT count(held_by) FROM visit"), 0);
	record_close(record);
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	record_close(record);
}

/* What one desk did is seen by another, and they take turns. */
static void desks_see_what_others_change(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *address = NULL;
	struct record *one, *two;
	int64_t before, same, after;

	(void)state;
	path = filled(home);
	address = server_database(folder, "desks");
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(address, &one), FAULT_NONE);
	assert_int_equal(record_open(address, &two), FAULT_NONE);
	assert_int_equal(record_changed(two, &before), FAULT_NONE);
	assert_int_equal(record_changed(two, &same), FAULT_NONE);
	assert_int_equal(before, same);
	assert_int_equal(record_note(one, "x", "record", NULL, &who, 1),
			 FAULT_NONE);
	/* Asked, the server sends what it has to tell along. */
	(void)number(two, "SELECT 1");
	assert_int_equal(record_changed(two, &after), FAULT_NONE);
	assert_true(after > before);
	record_close(one);
	record_close(two);
}

static void a_lost_connection_is_told_and_made_again(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *address = NULL;
	struct record *record;

	(void)state;
	path = filled(home);
	address = server_database(folder, "lost");
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	assert_int_equal(server_do("stop", folder, NULL), 0);
	logged_start();
	for (int i = 0; i < 4; i++) {
		assert_int_equal(
		    record_note(record, "x", "record", NULL, &who, 1),
		    FAULT_STORE);
		assert_int_equal(record_trouble(record), RECORD_AWAY);
		sleep(1);
	}
	/* One line, however often it was tried. */
	assert_non_null(strstr(logged(), "the server does not answer"));
	assert_ptr_equal(strchr(logged(), '\n') + 1,
			 logged() + strlen(logged()));
	assert_int_equal(server_do("start", folder, NULL), 0);
	for (int i = 0; i < TRIES; i++) {
		if (!record_note(record, "x", "record", NULL, &who, 1))
			break;
		sleep(1);
	}
	assert_non_null(strstr(logged(), "the server answers again, after 0 "
					 "min "));
	assert_int_equal(number(record, "SELECT count(*) FROM audit WHERE"
					" act = 'x'"),
			 1);
	logged_stop();
	record_close(record);
}

static void another_computer_is_reached_under_tls_alone(void **state)
{
	static const struct {
		const char *address;
		bool refused;
	} rows[] = {
		{ "postgresql://desk@db.example/agency", true },
		{ "postgresql://desk@db.example/agency?sslmode=prefer", true },
		{ "postgresql://desk@db.example/agency?sslmode=disable", true },
		{ "postgresql://a,db.example/agency", true },
		{ "postgresql:///agency?hostaddr=192.0.2.7", true },
		{ "postgresql://[", true },
		{ "postgresql://db.example/agency?sslmode=require", false },
		{ "postgresql://db.example/agency?sslmode=verify-full", false },
		{ "postgresql://localhost/agency", false },
		{ "postgresql://127.0.0.1,localhost/agency", false },
		{ "postgresql:///agency?host=/run/postgresql", false },
		{ "postgresql:///agency", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *why = postgres_refused(rows[i].address);

		if ((why != NULL) != rows[i].refused)
			fail_msg("%s: %s", rows[i].address, why ?: "taken");
	}
}

static void the_address_is_told_without_its_password(void **state)
{
	SCOPED(char_freep)
	char *told = postgres_told("postgresql://sam:secret@db.example/agency");

	(void)state;
	assert_string_equal(told, "postgresql://db.example/agency");
	free(told);
	told = postgres_told("postgresql://sam:secret@db.example:5433/agency");
	assert_string_equal(told, "postgresql://db.example:5433/agency");
}

static void a_statement_is_put_in_the_servers_words(void **state)
{
	static const struct {
		const char *ours, *theirs;
		bool table;
	} rows[] = {
		{ "SELECT user FROM audit WHERE 'user' LIKE ?12",
		  "SELECT \"user\" FROM audit WHERE 'user' ILIKE $12", false },
		{ "SELECT a FROM (SELECT * FROM b ORDER BY c DESC, d) ORDER BY"
		  " f(g, h), id LIMIT 1",
		  "SELECT a FROM (SELECT * FROM b ORDER BY c DESC NULLS LAST, d"
		  " NULLS FIRST) ORDER BY f(g, h) NULLS FIRST, id LIMIT 1",
		  false },
		{ "CREATE TABLE x (id INTEGER PRIMARY KEY AUTOINCREMENT, y TEXT"
		  " REFERENCES \"user\" ON DELETE SET NULL, z BLOB) STRICT,"
		  " WITHOUT ROWID",
		  "CREATE TABLE x (id bigint PRIMARY KEY GENERATED BY DEFAULT "
		  "AS IDENTITY, y text COLLATE \"C\" , z bytea)",
		  true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *theirs = rows[i].table ? postgres_table(rows[i].ours)
					     : postgres_text(rows[i].ours);

		assert_string_equal(theirs, rows[i].theirs);
	}
}

static void one_of(struct record *record, const char *sql, char **text)
{
	struct store_ask *ask;
	bool row;

	assert_int_equal(statement_take(record, sql, &ask), FAULT_NONE);
	assert_int_equal(statement_row(record, ask, &row), FAULT_NONE);
	*text = xstrdup(statement_text(ask, 0));
	statement_give_back(record, ask);
}

/* The record's own functions say the same on both. */
static void days_and_hours_are_the_same_on_both(void **state)
{
	static const char *const asked[] = {
		"SELECT local_day(1790000000000, 'America/Toronto')",
		"SELECT local_day(1790000000000, 'Nowhere/Nothing')",
		"SELECT local_day(0, 'America/Toronto')",
		"SELECT local_hour(1790000000000, 'Asia/Kathmandu')",
		"SELECT local_week(1767300000000, 'UTC')",
		"SELECT months_after('2026-01-31', 1)",
		"SELECT months_after('2024-02-29', 12)",
		"SELECT months_after('2026-11', -12)",
		"SELECT days_after('2026', 400)",
		"SELECT days_after('no day', 1)",
		"SELECT days_between('2026-03-01', '2024-03-01')",
		"SELECT utc_moment('1969-12-31')",
		"SELECT max('b', 'a') || min(3, 2)",
		"SELECT instr('abc', 'c')",
		"SELECT lower('\xc3\x89VE')",
	};
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(folder_freep) char *other = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *here = folder_file(other, RECORD_FILE);
	SCOPED(char_freep) char *address = NULL;
	struct record *file, *server;

	(void)state;
	path = filled(home);
	address = server_database(folder, "days");
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(here, &file), FAULT_NONE);
	assert_int_equal(record_open(address, &server), FAULT_NONE);
	for (size_t i = 0; i < COUNT(asked); i++) {
		SCOPED(char_freep) char *one = NULL;
		SCOPED(char_freep) char *two = NULL;

		one_of(file, asked[i], &one);
		one_of(server, asked[i], &two);
		if (strcmp(one, two) != 0)
			fail_msg("%s: %s and %s", asked[i], one, two);
	}
	record_close(file);
	record_close(server);
}

/* --- looking for people --------------------------------------------------- */

/* Enough of them that a name is many people's, and a look-up reaches its limit
 * of rows. */
#define CROWD 1500
#define GIVEN 4
#define FAMILY 60

static void take_found(void *to, const struct people_found *found)
{
	bytes_add_format(to, "%lld %u %d\n", (long long)found->person,
			 found->match.reasons, found->match.strength);
}

static char *found_by(struct record *record, const char *typed)
{
	struct people_told told;
	struct bytes text = { 0 };

	assert_int_equal(
	    people_find(record, typed, 20, &who, take_found, &text, &told),
	    FAULT_NONE);
	bytes_add_format(&text, "%zu of %zu rows, %zu compared%s", told.shown,
			 told.rows, told.scored, told.more ? ", more" : "");
	return bytes_take_text(&text);
}

static char *alike(struct record *record, const struct crowd_person *person)
{
	const char *name = *person->latin ? person->latin : person->own;
	const struct people_described described = {
		.names = { &name, 1 },
		.birth_from = person->birth,
		.birth_to = person->birth,
	};
	struct people_told told;
	struct bytes text = { 0 };

	assert_int_equal(people_candidates(record, &described, false, 20, &who,
					   take_found, &text, &told),
			 FAULT_NONE);
	bytes_add_format(&text, "%zu of %zu rows", told.shown, told.rows);
	return bytes_take_text(&text);
}

static void agree_on(const char *typed, char *here, char *there)
{
	if (strcmp(here, there) != 0)
		fail_msg("%s:\n%s\nthere:\n%s", typed, here, there);
	free(here);
	free(there);
}

/* As desks leave them in the end: rows lie where there was room. */
static void shuffle(struct record *server)
{
	static const char sql[] =
	    "CREATE TEMP TABLE loose AS SELECT * FROM person_key;"
	    "DELETE FROM person_key;"
	    "INSERT INTO person_key (key, person) SELECT key, person FROM loose"
	    " ORDER BY md5(key || person)";

	assert_int_equal(store_run(server->db, sql), FAULT_NONE);
}

/* By their whole name, by a letter that many begin with, by a year, and who may
 * be the same. */
static void whoever_is_looked_for_is_found_alike_on_both(void **state)
{
	const char *folder = server_folder();
	struct crowd *crowd = crowd_new(GIVEN, FAMILY);
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = folder_file(home, RECORD_FILE);
	struct record *file, *server;
	struct crowd_person person;

	(void)state;
	assert_int_equal(record_open(path, &file), FAULT_NONE);
	record_close(file);
	crowd_fill(crowd, path, 1, CROWD);
	server = server_twin(folder, "crowd", path);
	assert_int_equal(record_open(path, &file), FAULT_NONE);
	shuffle(server);
	for (int64_t id = 1; id <= CROWD; id += CROWD / 6) {
		crowd_person(crowd, id, &person);
		SCOPED(char_freep) char *letter = xstrndup(person.latin, 1);
		SCOPED(char_freep) char *year = xstrndup(person.birth, 4);
		const char *const typed[] = { person.own, letter, year };

		for (size_t i = 0; i < COUNT(typed); i++)
			agree_on(typed[i], found_by(file, typed[i]),
				 found_by(server, typed[i]));
		agree_on(person.own, alike(file, &person),
			 alike(server, &person));
	}
	record_close(file);
	record_close(server);
	crowd_free(crowd);
}

/* --- what is read -----------------------------------------------------------
 */

#define KEYS 20000
#define SOME 40 /* asked for */

static void first_of(struct record *record, const char *key, bool begins,
		     int64_t people[SOME])
{
	struct pile pile;

	pile_init(&pile, record);
	assert_int_equal(pile_key(&pile, key, begins, SOME, 1, NULL),
			 FAULT_NONE);
	assert_int_equal(pile.count, SOME);
	pile_sort(&pile, SOME);
	for (size_t i = 0; i < SOME; i++)
		people[i] = pile.ones[i].person;
	pile_done(&pile);
}

/* Rows of the keys, in whichever way they were read. */
static int64_t read_so_far(struct record *server)
{
	return number(server, "SELECT pg_stat_get_xact_tuples_returned("
			      "'person_key'::regclass) +"
			      " pg_stat_get_xact_tuples_returned("
			      "'person_key_pkey'::regclass)");
}

/* The same people on both, and no more rows read of the server than are asked
 * for. */
static void reads_no_more(struct record *file, struct record *server,
			  const char *key, bool begins)
{
	int64_t ours[SOME], theirs[SOME], rows;

	first_of(file, key, begins, ours);
	/* Within a transaction it goes on counting. */
	assert_int_equal(store_run(server->db, "BEGIN"), FAULT_NONE);
	rows = read_so_far(server);
	first_of(server, key, begins, theirs);
	rows = read_so_far(server) - rows;
	assert_int_equal(store_run(server->db, "ROLLBACK"), FAULT_NONE);
	assert_memory_equal(ours, theirs, sizeof ours);
	if (rows < SOME || rows > SOME + 1)
		fail_msg("%s: %lld rows read for %d", key, (long long)rows,
			 SOME);
}

static void people_of_a_key_are_read_in_its_order_and_no_further(void **state)
{
	static const char fill[] =
	    "INSERT INTO person_key (key, person) WITH RECURSIVE n(i) AS"
	    " (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT 'n'"
	    " || (i * 7919 % 100), i FROM n";
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = filled(home);
	SCOPED(record_closep) struct record *file = NULL;
	SCOPED(record_closep) struct record *server = NULL;

	(void)state;
	assert_int_equal(record_open(path, &file), FAULT_NONE);
	assert_int_equal(statement_do(file, fill, "i", (int64_t)KEYS),
			 FAULT_NONE);
	record_close(file);
	file = NULL;
	server = server_twin(folder, "keys", path);
	assert_int_equal(store_run(server->db, "ANALYZE person_key"),
			 FAULT_NONE);
	assert_int_equal(record_open(path, &file), FAULT_NONE);
	reads_no_more(file, server, "n", true);
	reads_no_more(file, server, "n1", true);
	reads_no_more(file, server, "n42", false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_statement_is_put_in_the_servers_words),
		cmocka_unit_test(the_address_is_told_without_its_password),
		cmocka_unit_test(another_computer_is_reached_under_tls_alone),
		cmocka_unit_test(
		    a_record_moves_to_a_server_and_back_with_every_row),
		cmocka_unit_test(a_server_that_holds_a_record_takes_no_other),
		cmocka_unit_test(a_move_that_was_broken_off_is_begun_again),
		cmocka_unit_test(an_older_record_is_brought_up_to_date),
		cmocka_unit_test(desks_see_what_others_change),
		cmocka_unit_test(days_and_hours_are_the_same_on_both),
		cmocka_unit_test(whoever_is_looked_for_is_found_alike_on_both),
		cmocka_unit_test(
		    people_of_a_key_are_read_in_its_order_and_no_further),
		cmocka_unit_test(a_lost_connection_is_told_and_made_again),
	};

	return cmocka_run_group_tests(tests, server_begin, server_end);
}
