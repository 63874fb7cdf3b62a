#include "tests/support/server.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/move.h"
#include "record/statement.h"
#include "tests/support/folder.h"
#include "tests/test.h"

int server_do(const char *verb, const char *folder, const char *other)
{
	SCOPED(char_freep)
	char *script =
	    xasprintf("%s/tests/support/server.sh", getenv("FOYER_SOURCE"));
	const pid_t child = fork();
	int status;

	if (!child) {
		execl("/bin/sh", "sh", script, verb, folder, other, NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* --- one for all tests ---------------------------------------------------- */

static char *shared; /* its folder; NULL: there is none */

int server_begin_in(char *folder)
{
	const int status = server_do("start", folder, NULL);

	if (status == 77) {
		folder_freep(&folder);
		return 0;
	}
	shared = folder;
	return status;
}

int server_begin(void **state)
{
	(void)state;
	return server_begin_in(folder_new());
}

int server_end(void **state)
{
	(void)state;
	if (!shared)
		return 0;
	(void)server_do("stop", shared, NULL);
	folder_freep(&shared);
	return 0;
}

const char *server_folder(void)
{
	if (!shared)
		skip();
	return shared;
}

/* --- what is in it -------------------------------------------------------- */

static char *address_of(const char *folder, const char *name)
{
	return xasprintf("postgresql:///%s?host=%s&user=foyer", name, folder);
}

bool server_tell(const char *folder, const char *sql)
{
	SCOPED(char_freep) char *address = address_of(folder, "postgres");
	PGconn *link = PQconnectdb(address);
	PGresult *result = PQexec(link, sql);
	const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;

	PQclear(result);
	PQfinish(link);
	return done;
}

char *server_ask(const char *address, const char *sql)
{
	PGconn *link = PQconnectdb(address);
	PGresult *result = PQexec(link, sql);
	char *text;

	assert_int_equal(PQresultStatus(result), PGRES_TUPLES_OK);
	text = xstrdup(PQntuples(result) ? PQgetvalue(result, 0, 0) : "");
	PQclear(result);
	PQfinish(link);
	return text;
}

char *server_database(const char *folder, const char *name)
{
	SCOPED(char_freep) char *make = xasprintf("CREATE DATABASE %s", name);

	assert_true(server_tell(folder, make));
	return address_of(folder, name);
}

struct record *server_twin(const char *folder, const char *name,
			   const char *path)
{
	static const struct record_who who = { .user = "test", .desk = "" };
	SCOPED(char_freep) char *address = server_database(folder, name);
	SCOPED(char_freep) char *copy = xasprintf("%s.twin", path);
	struct bytes file = { 0 };
	struct record *record = NULL;
	enum move_answer answer;
	struct move_told told;

	assert_int_equal(file_read(path, SIZE_MAX, &file), FAULT_NONE);
	assert_int_equal(file_write(copy, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
	assert_int_equal(
	    move_to_server(copy, address, NULL, &who, 1, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(answer, MOVE_DONE);
	assert_int_equal(file_remove(copy), FAULT_NONE);
	assert_int_equal(record_open(address, &record), FAULT_NONE);
	return record;
}

/* --- instead of a file ---------------------------------------------------- */

enum fault __real_record_open(const char *path, struct record **out)
    __attribute__((weak));
enum fault __wrap_record_open(const char *path, struct record **out);

void server_need_file(void)
{
	if (getenv("FOYER_RECORD"))
		skip();
}

/* As if it had never been in a file. */
static void forget_the_way(const char *address)
{
	PGconn *link = PQconnectdb(address);
	PGresult *result =
	    PQexec(link, "TRUNCATE foyer.audit RESTART IDENTITY");

	assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
	PQclear(result);
	PQfinish(link);
}

/* An empty record that others are copied from, made by whoever is first. */
static void make_pattern(const char *folder)
{
	SCOPED(char_freep) char *address = address_of(folder, "pattern");
	SCOPED(char_freep)
	char *file = xasprintf("/tmp/pattern-%ld.db", (long)getpid());
	const struct record_who who = { .user = "test", .desk = "" };
	enum move_answer answer;
	struct move_told told;
	struct record *record;

	if (!server_tell(folder, "CREATE DATABASE pattern"))
		return;
	assert_int_equal(__real_record_open(file, &record), FAULT_NONE);
	record_close(record);
	assert_int_equal(
	    move_to_server(file, address, NULL, &who, 1, &answer, &told),
	    FAULT_NONE);
	assert_int_equal(answer, MOVE_DONE);
	assert_int_equal(file_remove(file), FAULT_NONE);
	forget_the_way(address);
	assert_true(
	    server_tell(folder, "ALTER DATABASE pattern IS_TEMPLATE true"));
}

/* FNV-1a of a path: its database's name. */
static unsigned long long number_of(const char *path)
{
	unsigned long long number = 0xcbf29ce484222325;

	for (; *path; path++)
		number = (number ^ (unsigned char)*path) * 0x100000001b3;
	return number;
}

static struct {
	char **folders;
	size_t count;
} spared;

void server_spare(const char *path)
{
	spared.folders = xreallocarray(spared.folders, spared.count + 1,
				       sizeof *spared.folders);
	spared.folders[spared.count++] = xstrdup(path);
}

static bool is_spared(const char *path)
{
	for (size_t i = 0; i < spared.count; i++) {
		const size_t length = strlen(spared.folders[i]);

		if (!strncmp(path, spared.folders[i], length) &&
		    path[length] == '/')
			return true;
	}
	return strstr(path, "/merging/") != NULL;
}

static bool is_record(const char *path)
{
	const char *name = strrchr(path, '/');

	return name && !strcmp(name + 1, RECORD_FILE) && !is_spared(path);
}

enum fault __wrap_record_open(const char *path, struct record **out)
{
	const char *folder = getenv("FOYER_RECORD");
	SCOPED(char_freep) char *name = NULL;
	SCOPED(char_freep) char *make = NULL;
	SCOPED(char_freep) char *address = NULL;
	enum fault fault;

	if (!folder || !is_record(path))
		return __real_record_open(path, out);
	/* Some look whether it is there. */
	if (!file_exists(path)) {
		assert_int_equal(__real_record_open(path, out), FAULT_NONE);
		record_close(*out);
	}
	make_pattern(folder);
	name = xasprintf("t%016llx", number_of(path));
	make = xasprintf("CREATE DATABASE %s TEMPLATE pattern", name);
	(void)server_tell(folder, make);
	address = address_of(folder, name);
	fault = __real_record_open(address, out);
	if (!fault)
		(*out)->beside = xstrdup(path);
	return fault;
}
