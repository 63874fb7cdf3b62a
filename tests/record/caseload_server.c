#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/statement.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/pair.h"
#include "tests/support/server.h"
#include "tests/test.h"

/*
 * A caseload out of a record on a server and back into it: what only a server
 * can do to it. The rest is tested with the record's other tests there; see
 * tests/rules.mk.
 */

static char *folder; /* of the server; NULL: there is none here */

static int start(void **state)
{
	int status;

	(void)state;
	folder = folder_new();
	status = server_do("start", folder, NULL);
	if (status == 77)
		folder_freep(&folder);
	else
		setenv("FOYER_RECORD", folder, 1);
	return status == 77 ? 0 : status;
}

static int stop(void **state)
{
	(void)state;
	if (folder)
		(void)server_do("stop", folder, NULL);
	folder_freep(&folder);
	return 0;
}

/* --- a morning away --------------------------------------------------------
 */

#define NOTES 6

static void work_away(struct pair *pair)
{
	int64_t person;

	if (!folder)
		skip();
	person = book_make(&pair->home, "person", "language", "ti", NULL);
	take_out(pair, &person, 1);
	for (int i = 0; i < NOTES; i++)
		(void)book_make(&pair->away, "note", "person", "1", "text",
				"away", "guard", "open", NULL);
	save_as(&pair->home, "person", 1, "language", "am", &book_ana,
		BOOK_NOW);
	save_as(&pair->away, "person", 1, "language", "ar", &mira, BOOK_NOW);
	check_in(pair, &pair->away);
}

static int64_t here(const struct pair *pair, const char *sql)
{
	int64_t found = -1;

	assert_int_equal(
	    statement_value(pair->home.record, sql, -1, &found, ""),
	    FAULT_NONE);
	return found;
}

/* How much there is of everything that a merge writes. */
static int64_t size_of(const struct pair *pair)
{
	return here(pair, "SELECT (SELECT count(*) FROM note) + (SELECT"
			  " count(*) FROM act) + (SELECT count(*) FROM change)"
			  " + (SELECT count(*) FROM change_apart) + (SELECT"
			  " count(*) FROM conflict) + (SELECT count(*) FROM"
			  " caseload_map) + (SELECT count(*) FROM"
			  " caseload_back) + (SELECT count(*) FROM audit)");
}

static enum fault merge(struct pair *pair, const char *beside,
			struct caseload_told *told)
{
	SCOPED(char_freep) char *path = folder_file(beside, RECORD_FILE);
	const struct caseload_file file = file_for(pair, path);
	enum caseload_answer answer = CASELOAD_BUSY;
	enum fault fault =
	    caseload_merge(pair->home.record, &file, &answer, told);

	if (!fault)
		assert_int_equal(answer, CASELOAD_DONE);
	return fault;
}

/* The address of its database, for whoever stands beside it. */
static char *address_of(const struct pair *pair)
{
	const char *name = strrchr(pair->home.record->path, '/');

	return xasprintf("postgresql:///%s?host=%s&user=foyer", name + 1,
			 folder);
}

static void tell(const struct pair *pair, const char *sql)
{
	SCOPED(char_freep) char *address = address_of(pair);
	PGconn *link = PQconnectdb(address);
	PGresult *result = PQexec(link, sql);

	if (PQresultStatus(result) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(link));
	PQclear(result);
	PQfinish(link);
}

/* --- cut off ---------------------------------------------------------------
 */

/* The line is cut when the map gets its row number at. */
static void cut_at(const struct pair *pair, int at)
{
	SCOPED(char_freep)
	char *cut = xasprintf(
	    "CREATE OR REPLACE FUNCTION foyer.cut() RETURNS trigger LANGUAGE"
	    " plpgsql AS $$ BEGIN IF (SELECT count(*) FROM"
	    " foyer.caseload_map) >= %d THEN PERFORM"
	    " pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END"
	    " $$; CREATE OR REPLACE TRIGGER cut BEFORE INSERT ON "
	    "foyer.caseload_map FOR EACH ROW"
	    " EXECUTE FUNCTION foyer.cut()",
	    at);

	tell(pair, cut);
}

static void cut_anywhere_the_server_is_as_it_was(void **state)
{
	struct pair *pair = *state;
	struct caseload_told told;
	enum fault fault = FAULT_STORE;
	int cuts = 0;
	int64_t before;

	work_away(pair);
	before = size_of(pair);
	logged_start();
	for (; fault; cuts++) {
		cut_at(pair, cuts);
		fault = merge(pair, pair->home.folder, &told);
		if (fault)
			assert_int_equal(size_of(pair), before);
	}
	logged_stop();
	/* A row for each note, each act, and what was seen. */
	assert_int_equal(cuts - 1, 2 * NOTES + 1 + 1);
	assert_int_equal(total(&pair->home, "note"), NOTES);
	assert_int_equal(total(&pair->home, "conflict"), 1);
	is_value(&pair->home, "person", 1, "language", "am");
	assert_true(first(&pair->home, "conflict", "what", "person.language"));

	/* And once more brings nothing but that it came. */
	before = size_of(pair);
	assert_int_equal(merge(pair, pair->home.folder, &told), FAULT_NONE);
	assert_int_equal(told.acts + told.conflicts, 0);
	assert_int_equal(size_of(pair), before + 1);
}

static void refused_at_its_last_step_nothing_of_it_came(void **state)
{
	struct pair *pair = *state;
	struct caseload_told told;
	int64_t before;

	work_away(pair);
	before = size_of(pair);
	tell(pair, "ALTER TABLE foyer.caseload_back ADD CONSTRAINT never CHECK"
		   " (at < 0)");
	logged_start();
	assert_int_equal(merge(pair, pair->home.folder, &told), FAULT_STORE);
	logged_stop();
	assert_int_equal(size_of(pair), before);
	tell(pair, "ALTER TABLE foyer.caseload_back DROP CONSTRAINT never");
	assert_int_equal(merge(pair, pair->home.folder, &told), FAULT_NONE);
	assert_int_equal(told.acts, NOTES + 1);
}

/* --- other desks -----------------------------------------------------------
 */

static void other_desks_hear_of_it(void **state)
{
	struct pair *pair = *state;
	SCOPED(record_closep) struct record *other = NULL;
	SCOPED(char_freep) char *address = address_of(pair);
	struct caseload_told told;
	int64_t before, after;

	work_away(pair);
	assert_int_equal(record_open(address, &other), FAULT_NONE);
	assert_int_equal(statement_others(other, &before), FAULT_NONE);
	assert_int_equal(merge(pair, pair->home.folder, &told), FAULT_NONE);
	assert_int_equal(statement_others(other, &after), FAULT_NONE);
	assert_int_not_equal(after, before);
}

/* Another desk, in a process of its own, with the same file. */
static pid_t merge_elsewhere(const struct pair *pair, const char *beside)
{
	SCOPED(char_freep) char *address = address_of(pair);
	struct pair other = *pair;
	struct caseload_told told;
	const pid_t child = fork();

	if (child)
		return child;
	if (record_open(address, &other.home.record))
		_exit(2);
	_exit(merge(&other, beside, &told) ? 1 : told.acts ? 0 : 3);
}

static void two_desks_merge_the_same_at_once_and_it_comes_once(void **state)
{
	struct pair *pair = *state;
	SCOPED(folder_freep) char *beside = folder_new();
	struct caseload_told told;
	int status = -1;
	pid_t child;

	work_away(pair);
	child = merge_elsewhere(pair, beside);
	assert_int_equal(merge(pair, pair->home.folder, &told), FAULT_NONE);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	/* One of the two brought it. */
	assert_int_equal(WEXITSTATUS(status), told.acts ? 3 : 0);
	assert_int_equal(total(&pair->home, "note"), NOTES);
	assert_int_equal(total(&pair->home, "conflict"), 1);
}

/* The folder of a home that never had a record in a file is made. */
static void a_desk_that_never_had_a_file_takes_out_and_merges(void **state)
{
	struct pair *pair = *state;
	struct record *home = pair->home.record;
	SCOPED(char_freep)
	char *beside = folder_file(pair->home.folder, "never/there");
	struct caseload_told told;

	free(home->beside);
	home->beside = folder_file(beside, RECORD_FILE);
	work_away(pair);
	assert_int_equal(merge(pair, beside, &told), FAULT_NONE);
	assert_int_equal(told.acts, NOTES + 1);
}

static int open_pair(void **state)
{
	return folder ? pair_open(state) : 0;
}

static int close_pair(void **state)
{
	return folder ? pair_close(state) : 0;
}

#define ON_SERVER(test) \
	cmocka_unit_test_setup_teardown(test, open_pair, close_pair)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SERVER(cut_anywhere_the_server_is_as_it_was),
		ON_SERVER(refused_at_its_last_step_nothing_of_it_came),
		ON_SERVER(other_desks_hear_of_it),
		ON_SERVER(two_desks_merge_the_same_at_once_and_it_comes_once),
		ON_SERVER(a_desk_that_never_had_a_file_takes_out_and_merges),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
