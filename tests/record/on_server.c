#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "record/backup.h"
#include "record/caseload.h"
#include "record/entity.h"
#include "record/move.h"
#include "record/postgres.h"
#include "record/restore.h"
#include "record/statement.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/jumble.h"
#include "tests/support/logged.h"
#include "tests/support/server.h"
#include "tests/test.h"

/* A server as agencies run them: with TLS, with roles, and backed up. */

static int port;

static struct sockaddr_in here(int number)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
				     .sin_port = htons((uint16_t)number),
				     .sin_addr.s_addr =
					 htonl(INADDR_LOOPBACK) };
}

/* A socket that listens on a port of its own. */
static int listening(int *number)
{
	struct sockaddr_in at = here(0);
	socklen_t length = sizeof at;
	const int end = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

	assert_int_equal(bind(end, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(end, 4), 0);
	assert_int_equal(getsockname(end, (struct sockaddr *)&at, &length), 0);
	*number = ntohs(at.sin_port);
	return end;
}

/* Two authorities, and a certificate of the first for db.example. */
static int make_certificates(const char *folder)
{
	static const char script[] =
	    "set -e; cd '%s'; for ca in ours theirs; do openssl req -x509"
	    " -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
	    " -subj /CN=$ca -keyout $ca.key -out $ca.crt; done;"
	    "openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1"
	    " -nodes -subj /CN=db.example -addext"
	    " subjectAltName=DNS:db.example -keyout server.key -out server.csr;"
	    "openssl x509 -req -in server.csr -CA ours.crt -CAkey ours.key"
	    " -CAcreateserial -days 2 -copy_extensions copy -out server.crt;"
	    "chmod 600 server.key; chmod 644 *.crt;"
	    "[ $(id -u) != 0 ] || chown 65534:65534 server.key";
	SCOPED(char_freep) char *all = xasprintf(script, folder);
	SCOPED(char_freep) char *quiet = xasprintf("(%s) 2>/dev/null", all);

	return system(quiet);
}

static int start(void **state)
{
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *text = NULL;
	SCOPED(char_freep) char *number = NULL;
	char *folder = folder_new();

	(void)state;
	assert_int_equal(make_certificates(folder), 0);
	close(listening(&port));
	number = xasprintf("%d", port);
	setenv("PGPORT", number, 1); /* the socket's name has it, too */
	path = folder_file(folder, "settings");
	text = xasprintf("listen_addresses = '127.0.0.1'\nport = %d\nssl = on\n"
			 "ssl_cert_file = '%s/server.crt'\n"
			 "ssl_key_file = '%s/server.key'\n",
			 port, folder, folder);
	assert_int_equal(file_write(path, text, strlen(text), 0644),
			 FAULT_NONE);
	return server_begin_in(folder);
}

/* An empty record in a file of its own. */
static char *a_record(const char *home)
{
	char *path = folder_file(home, RECORD_FILE);
	struct record *record;

	assert_int_equal(record_open(path, &record), FAULT_NONE);
	record_close(record);
	return path;
}

static enum move_answer move_there(const char *path, const char *address)
{
	enum move_answer answer = MOVE_DIFFERS;
	struct move_told told;

	assert_int_equal(
	    move_to_server(path, address, NULL, &book_sam, 1, &answer, &told),
	    FAULT_NONE);
	return answer;
}

/* --- the line --------------------------------------------------------------
 */

/* As if it were another computer's: its name is not this one's. */
static char *far(const char *name, const char *rest)
{
	return xasprintf("postgresql://foyer@%s:%d/far?hostaddr=127.0.0.1%s",
			 name, port, rest);
}

static char *with(const char *mode, const char *authority)
{
	return xasprintf("&sslmode=%s&sslrootcert=%s/%s.crt", mode,
			 server_folder(), authority);
}

static void another_computer_is_worked_with_under_tls(void **state)
{
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *made = NULL;
	SCOPED(char_freep) char *sealed = NULL;
	SCOPED(char_freep) char *address = NULL;
	struct record *record;
	int64_t tls = 0;

	(void)state;
	path = a_record(home);
	made = server_database(folder, "far");
	sealed = with("verify-full", "ours");
	address = far("db.example", sealed);
	assert_int_equal(move_there(path, address), MOVE_DONE);
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	assert_int_equal(
	    statement_value(record,
			    "SELECT count(*) FROM pg_stat_ssl WHERE"
			    " ssl AND pid = pg_backend_pid()",
			    0, &tls, ""),
	    FAULT_NONE);
	assert_int_equal(tls, 1);
	record_close(record);
}

static void whoever_cannot_be_known_is_told_of_and_sent_nothing(void **state)
{
	static const struct {
		const char *name, *mode, *authority, *says;
	} rows[] = {
		{ "db.example", "verify-full", "theirs",
		  "not signed by the one that sslrootcert names" },
		{ "db.example", "verify-ca", "theirs",
		  "not signed by the one that sslrootcert names" },
		{ "other.example", "verify-full", "ours",
		  "for another name than the address has" },
		{ "db.example", "verify-full", "nobody",
		  "no certificate to know the server by" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *sealed = with(rows[i].mode, rows[i].authority);
		SCOPED(char_freep) char *address = far(rows[i].name, sealed);
		struct record *record;

		logged_start();
		assert_int_equal(record_open(address, &record), FAULT_STORE);
		if (!strstr(logged(), rows[i].says))
			fail_msg("%s: %s", address, logged());
		logged_stop();
	}
}

static void without_tls_another_computer_is_not_even_called(void **state)
{
	static const char *const modes[] = { "", "&sslmode=disable",
					     "&sslmode=prefer" };
	int number;
	const int end = listening(&number);

	(void)state;
	for (size_t i = 0; i < COUNT(modes); i++) {
		SCOPED(char_freep)
		char *address = xasprintf("postgresql://db.example:%d/far"
					  "?hostaddr=127.0.0.1%s",
					  number, modes[i]);
		struct record *record;

		logged_start();
		assert_int_equal(record_open(address, &record), FAULT_STORE);
		assert_non_null(strstr(logged(), "is another computer"));
		logged_stop();
		assert_int_equal(accept(end, NULL, NULL), -1);
		assert_int_equal(errno, EAGAIN);
	}
	close(end);
}

/* Nor does what is beside the address make it one of this computer. */
static void an_address_alone_says_which_computer_it_is(void **state)
{
	static const struct {
		const char *address, *name, *value;
	} rows[] = {
		{ "postgresql:///far", "PGHOST", "db.example" },
		{ "postgresql:///far", "PGHOSTADDR", "192.0.2.1" },
		{ "postgresql:///far?service=far", "PGSERVICEFILE", "/x" },
		{ "postgresql://localhost/far", "PGHOSTADDR", "192.0.2.1" },
		{ "postgresql:///far", "PGSERVICE", "far" },
		{ "postgresql://127.db.example/far", "PGHOST", "" },
		{ "postgresql://127.0.0.1.db.example/far", "PGHOST", "" },
		{ "postgresql://localhost/far?hostaddr=192.0.2.1", "PGHOST",
		  "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep) char *why = NULL;

		setenv(rows[i].name, rows[i].value, 1);
		why = postgres_refused(rows[i].address);
		unsetenv(rows[i].name);
		if (!why)
			fail_msg("%s with %s", rows[i].address, rows[i].name);
	}
	assert_null(postgres_refused("postgresql:///here"));
	assert_null(postgres_refused("postgresql://127.0.0.2/here"));
	assert_null(postgres_refused("postgresql://[::1]/here"));
	assert_null(postgres_refused("postgresql://localhost/here"));
	assert_null(postgres_refused("postgresql:///here?host=/run/server"));
}

/* --- roles -----------------------------------------------------------------
 */

static bool does(const char *address, const char *sql)
{
	PGconn *link = PQconnectdb(address);
	PGresult *result;
	ExecStatusType status;

	PQclear(PQexec(link, "SET client_min_messages = error"));
	result = PQexec(link, sql);
	status = PQresultStatus(result);

	PQclear(result);
	PQfinish(link);
	return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

static char *as(const char *role)
{
	return xasprintf("postgresql:///roles?host=%s&user=%s", server_folder(),
			 role);
}

static int64_t count_of(struct record *record, const char *sql)
{
	int64_t found = -1;

	assert_int_equal(statement_value(record, sql, -1, &found, ""),
			 FAULT_NONE);
	return found;
}

static void take_one_out(struct record *record, const char *home)
{
	static const uint8_t agency[KEY_BYTES] = { 9 };
	static const int64_t person = 1;
	SCOPED(char_freep) char *file = folder_file(home, "caseload");
	enum caseload_answer answer = CASELOAD_BUSY;
	struct caseload_told told;

	assert_int_equal(
	    caseload_check_out(
		record, file, agency,
		&(struct caseload_scope){ .people = &person, .count = 1 },
		&book_sam, BOOK_NOW, NULL, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(answer, CASELOAD_DONE);
}

/* Even with a function that tells whatever it is asked about, before the
 * server has looked whether this row is shown. */
static void the_views_leak_nothing(const char *keeper, const char *report)
{
	static const char leak[] =
	    "CREATE FUNCTION public.leak(text) RETURNS boolean LANGUAGE plpgsql"
	    " COST 0.0000000001 AS 'BEGIN IF $1 ~ ''Selam|given'' THEN RAISE"
	    " ''%'', $1; END IF; RETURN true; END'";
	static const char *const views[] = { "fact", "intake_answer", "name",
					     "contact" };

	assert_true(does(keeper, leak));
	assert_true(does(report, "SELECT count(*) FROM foyer_shown.fact WHERE"
				 " public.leak(field) AND public.leak(value)"));
	assert_false(does(keeper, "SELECT count(*) FROM foyer.fact WHERE"
				  " public.leak(field)"));
	for (size_t i = 0; i < COUNT(views); i++) {
		SCOPED(char_freep)
		char *sql =
		    xasprintf("SELECT 1 / count(*) FROM pg_class WHERE oid ="
			      " 'foyer_shown.%s'::regclass AND 'security_"
			      "barrier=true' = ANY (reloptions)",
			      views[i]);

		if (!does(keeper, sql))
			fail_msg("%s is no barrier", views[i]);
	}
}

static void a_role_does_its_work_and_no_more(void **state)
{
	static const struct {
		const char *sql;
		bool owner, desk, report;
	} rows[] = {
		{ "SELECT * FROM foyer.person", true, true, false },
		{ "SELECT id, gender, birth_from FROM foyer.person", true, true,
		  true },
		{ "SELECT birth_given FROM foyer.person", true, true, false },
		{ "SELECT number FROM foyer.person", true, true, false },
		{ "SELECT person FROM foyer.name", true, true, false },
		{ "SELECT latin FROM foyer.name", true, true, false },
		{ "SELECT id FROM foyer.contact", true, true, false },
		{ "SELECT value FROM foyer.identifier", true, true, false },
		{ "SELECT id FROM foyer.note", true, true, false },
		{ "SELECT words FROM foyer.goal", true, true, false },
		{ "SELECT key FROM foyer.person_key", true, true, false },
		{ "SELECT names FROM foyer.person_form", true, true, false },
		{ "SELECT before FROM foyer.change", true, true, false },
		{ "SELECT value FROM foyer.own_value", true, true, false },
		{ "SELECT submission FROM foyer.intake", true, true, false },
		{ "SELECT value FROM foyer.intake_answer", true, true, false },
		{ "SELECT value FROM foyer.fact", true, true, false },
		{ "SELECT staff_reason FROM foyer.visit", true, true, false },
		{ "SELECT answers FROM foyer.draft", true, true, false },
		{ "SELECT wire FROM foyer.ticket_held", true, true, false },
		{ "SELECT hash FROM foyer.sign_in", true, true, false },
		{ "SELECT * FROM foyer.audit", true, true, false },
		{ "SELECT value FROM foyer_shown.fact", true, false, true },
		{ "SELECT preferred FROM foyer_shown.name", false, false,
		  false },
		{ "CREATE TABLE foyer_shown.mine (a int)", true, false, false },
		{ "CREATE TEMPORARY TABLE mine (a int)", true, true, false },
		{ "CREATE FUNCTION pg_temp.leak() RETURNS int LANGUAGE sql AS"
		  " 'SELECT 1'",
		  true, true, false },
		{ "UPDATE foyer.person SET gone = 0", true, true, false },
		{ "DELETE FROM foyer.person_key", true, true, false },
		{ "UPDATE foyer.audit SET old = NULL", true, true, false },
		{ "UPDATE foyer.audit SET \"user\" = 'x'", true, false, false },
		{ "DELETE FROM foyer.audit", true, false, false },
		{ "DELETE FROM foyer.tombstone", true, false, false },
		{ "SELECT foyer.audit_erase(0, 1, 2, 'x')", true, true, false },
		{ "UPDATE foyer.tombstone SET at = 0", true, false, false },
		{ "UPDATE foyer.kept SET version = 1", true, false, false },
		{ "DELETE FROM foyer.writing", true, false, false },
		{ "TRUNCATE foyer.draft", true, false, false },
		{ "CREATE TABLE foyer.mine (a int)", true, false, false },
		{ "CREATE TABLE public.mine (a int)", false, false, false },
		{ "ALTER TABLE foyer.person ADD COLUMN x int", true, false,
		  false },
		{ "DROP TABLE foyer.away_from", true, false, false },
		{ "DROP SCHEMA foyer CASCADE", true, false, false },
		{ "CREATE ROLE another", false, false, false },
	};
	const char *folder = server_folder();
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *keeper = NULL;
	SCOPED(char_freep) char *owner = as("owner1");
	SCOPED(char_freep) char *desk = as("desk1");
	SCOPED(char_freep) char *report = as("report1");
	SCOPED(char_freep) char *sql = move_roles();
	struct record *record;
	size_t erased;

	(void)state;
	path = a_record(home);
	keeper = server_database(folder, "roles");
	/* Once more changes nothing. */
	assert_true(does(keeper, sql));
	assert_true(does(keeper, sql));
	assert_true(does(keeper, "CREATE ROLE owner1 LOGIN IN ROLE foyer_owner;"
				 "CREATE ROLE desk1 LOGIN IN ROLE foyer_desk;"
				 "CREATE ROLE report1 LOGIN IN ROLE"
				 " foyer_report"));
	assert_int_equal(move_there(path, owner), MOVE_DONE);

	/* What an older Foyer granted goes, and what it lacked comes. */
	assert_true(does(keeper, "DROP SCHEMA foyer_shown CASCADE;"
				 "GRANT SELECT ON ALL TABLES IN SCHEMA foyer TO"
				 " foyer_report;"
				 "GRANT DELETE ON foyer.audit TO foyer_desk"));
	assert_true(does(keeper, sql));

	/* A desk's work, from opening to saving. */
	assert_int_equal(record_open(desk, &record), FAULT_NONE);
	{
		struct book book = { .record = record };
		const int64_t person =
		    book_make(&book, "person", "number", "P-1", NULL);

		book_change(&book, "person", person, "dialect", "Gheg");
	}
	assert_int_equal(record_expire(record, BOOK_NOW, &erased), FAULT_NONE);
	record->beside = xstrdup(path);
	take_one_out(record, home);
	record_close(record);

	/* And a report's, which changes nothing, and sees no more than it
	 * counts: of a visit's facts those alone. */
	assert_true(does(owner, "INSERT INTO foyer.fact (field, value, source,"
				" at, \"user\") VALUES ('given_name', 'Selam',"
				" 'self', 1, ''), ('interpreter', 'yes',"
				" 'self', 1, '')"));
	assert_true(does(owner, "INSERT INTO foyer.name (person, latin) VALUES"
				" (1, 'Selam'), (1, 'selam'), (1, 'Omar')"));
	assert_int_equal(record_open(report, &record), FAULT_NONE);
	assert_int_equal(record_expire(record, BOOK_NOW, &erased), FAULT_NONE);
	assert_int_equal(count_of(record, "SELECT count(*) FROM fact"), 1);
	/* Of names, which are the same. */
	assert_int_equal(count_of(record, "SELECT count(*) FROM name WHERE"
					  " latin ILIKE '%selam%'"),
			 0);
	assert_int_equal(count_of(record, "SELECT count(*) FROM name AS a JOIN"
					  " name AS b ON a.latin = b.latin"),
			 5);
	/* In whatever order they came: here by no letter and no hash. */
	assert_int_equal(count_of(record, "SELECT min(latin) = '1' AND"
					  " max(latin) = '3' FROM name"),
			 1);
	record_close(record);
	the_views_leak_nothing(keeper, report);

	for (size_t i = 0; i < COUNT(rows); i++) {
		const bool may[] = { rows[i].report, rows[i].desk,
				     rows[i].owner };
		const char *const who[] = { report, desk, owner };

		for (size_t j = 0; j < COUNT(may); j++) {
			SCOPED(char_freep)
			char *tried =
			    xasprintf("BEGIN; %s; ROLLBACK", rows[i].sql);

			if (does(who[j], tried) != may[j])
				fail_msg("%s: %s", who[j], rows[i].sql);
		}
	}
}

static void whoever_is_not_let_in_is_told_why_and_what_mends_it(void **state)
{
	static const struct {
		const char *database, *user, *says;
	} rows[] = {
		{ "letin", "nobody", "has no such user or no such database" },
		{ "nowhere", "foyer", "has no such user or no such database" },
		{ "letin", "group1", "not one to log in as" },
		{ "letin", "kept_out", "~/.pgpass (HOST:PORT:DATABASE" },
		{ "letin", "kept_out&password=wrong",
		  "does not take this "
		  "user and password" },
	};
	const char *folder = server_folder();
	SCOPED(char_freep)
	char *script = xasprintf("sed -i '1i local letin kept_out "
				 "scram-sha-256' %s/data/pg_hba.conf",
				 folder);
	SCOPED(char_freep) char *keeper = NULL;

	(void)state;
	keeper = server_database(folder, "letin");
	assert_true(does(keeper, "CREATE ROLE group1 NOLOGIN;"
				 "CREATE ROLE kept_out LOGIN PASSWORD 'x'"));
	assert_int_equal(system(script), 0);
	assert_true(does(keeper, "SELECT pg_reload_conf(), pg_sleep(1)"));
	for (size_t i = 0; i < COUNT(rows); i++) {
		SCOPED(char_freep)
		char *address =
		    xasprintf("postgresql:///%s?host=%s&user=%s",
			      rows[i].database, folder, rows[i].user);
		struct record *record;

		logged_start();
		assert_int_equal(record_open(address, &record), FAULT_STORE);
		if (!strstr(logged(), rows[i].says) ||
		    strstr(logged(), "does not answer"))
			fail_msg("%s: %s", address, logged());
		logged_stop();
	}
}

/* --- backups ----------------------------------------------------------------
 */

static const char number_of_rows[] =
    "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM visit) +"
    " (SELECT count(*) FROM goal) + (SELECT count(*) FROM level) +"
    " (SELECT sum(made_at) FROM person)";

/* What this process has open in a folder and nobody sees there. */
static size_t count_hidden(const char *place)
{
	DIR *entries = opendir("/proc/self/fd");
	struct dirent *entry;
	size_t count = 0;

	while ((entry = readdir(entries))) {
		char target[4096];
		ssize_t length = readlinkat(dirfd(entries), entry->d_name,
					    target, sizeof target - 1);

		target[length > 0 ? length : 0] = 0;
		count += !strncmp(target, place, strlen(place)) &&
			 strstr(target, "(deleted)");
	}
	closedir(entries);
	return count;
}

struct sticks {
	const char *stick, *home;
	size_t on_stick, at_home;
};

static void look_for_copies(void *to, enum backup_step step, int64_t done,
			    int64_t of)
{
	struct sticks *sticks = to;

	(void)step, (void)done, (void)of;
	sticks->on_stick += count_hidden(sticks->stick);
	sticks->at_home += count_hidden(sticks->home);
}

static void a_record_on_a_server_is_backed_up_and_restored(void **state)
{
	static const uint8_t secret[KEY_BYTES] = { 0x51 };
	const char *folder = server_folder();
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_of_secret(secret, "", 0);
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = NULL;
	SCOPED(folder_freep) char *stick = folder_new();
	SCOPED(char_freep) char *file = folder_file(stick, "it.backup");
	struct sticks sticks = { .stick = stick, .home = home };
	const struct backup_watch watch = { look_for_copies, &sticks };
	SCOPED(char_freep) char *to = folder_file(home, "restored.db");
	SCOPED(char_freep) char *other = NULL;
	struct record *record;
	struct backup_told told;
	struct restored restored;
	enum move_answer room;
	int64_t rows, next;

	(void)state;
	path = a_record(home);
	jumble_fill(path, 20, BOOK_NOW, 3);
	record = server_twin(folder, "kept_well", path);
	/* Nothing in the clear is written on a stick. */
	assert_int_equal(backup_make(record, file, agency_key_public(key),
				     &book_sam, 4, NULL, &told),
			 FAULT_SYSTEM);
	record->beside = xstrdup(path);
	assert_int_equal(statement_value(record,
					 "INSERT INTO act (at, user, desk)"
					 " VALUES (2, 'Sam', 'front')"
					 " RETURNING id",
					 0, &next, ""),
			 FAULT_NONE);
	/* A number that was given away is nobody's again. */
	assert_int_equal(
	    statement_do(record, "DELETE FROM act WHERE id = ?1", "i", next),
	    FAULT_NONE);
	rows = count_of(record, number_of_rows);
	assert_int_equal(backup_make(record, file, agency_key_public(key),
				     &book_sam, 5, &watch, &told),
			 FAULT_NONE);
	assert_true(sticks.at_home > 0);
	assert_int_equal(sticks.on_stick, 0);
	assert_int_equal(told.people, 20);
	assert_int_equal(count_of(record, "SELECT count(*) FROM audit WHERE"
					  " act = 'backup'"),
			 1);
	record_close(record);

	const struct restore restore = { .from = file,
					 .to = to,
					 .key = key,
					 .act = "restore",
					 .who = &book_sam,
					 .now = 6 };

	other = server_database(folder, "again");
	assert_int_equal(move_look(other, &room), FAULT_NONE);
	assert_int_equal(room, MOVE_DONE);
	assert_int_equal(restore_to_server(&restore, other, &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	restored_done(&restored);
	assert_false(file_exists(to));
	assert_int_equal(record_open(other, &record), FAULT_NONE);
	assert_int_equal(count_of(record, number_of_rows), rows);
	assert_true(count_of(record,
			     "INSERT INTO act (at, user, desk) VALUES"
			     " (2, 'Sam', 'front') RETURNING id") > next);
	assert_int_equal(count_of(record, "SELECT count(*) FROM audit WHERE"
					  " act = 'restore'"),
			 1);
	record_close(record);

	/* Not over one that is there; and to a file as well. */
	assert_int_equal(move_look(other, &room), FAULT_NONE);
	assert_int_equal(room, MOVE_OCCUPIED);
	assert_int_equal(restore_to_server(&restore, other, &restored),
			 FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_OCCUPIED);
	restored_done(&restored);
	assert_int_equal(restore_run(&restore, &restored), FAULT_NONE);
	assert_int_equal(restored.answer, BACKUP_SOUND);
	restored_done(&restored);
	assert_int_equal(record_open(to, &record), FAULT_NONE);
	assert_int_equal(count_of(record, number_of_rows), rows);
	record_close(record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(another_computer_is_worked_with_under_tls),
		cmocka_unit_test(
		    whoever_cannot_be_known_is_told_of_and_sent_nothing),
		cmocka_unit_test(
		    without_tls_another_computer_is_not_even_called),
		cmocka_unit_test(an_address_alone_says_which_computer_it_is),
		cmocka_unit_test(a_role_does_its_work_and_no_more),
		cmocka_unit_test(
		    whoever_is_not_let_in_is_told_why_and_what_mends_it),
		cmocka_unit_test(
		    a_record_on_a_server_is_backed_up_and_restored),
	};

	return cmocka_run_group_tests(tests, start, server_end);
}
