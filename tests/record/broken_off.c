#include <arpa/inet.h>
#include <dlfcn.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "record/entity.h"
#include "record/record.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/server.h"
#include "tests/test.h"

/* A server that is not there, or breaks off where it is told to save. */

#define HELD 1500  /* ms that a call takes, at most, while it is away */
#define BACK 20000 /* within these it is found again */

static const struct record_who sam = { .user = "Sam", .desk = "front" };

/* As a name server that is away: what is looked up by whoever waits for it. */
static bool names_are_slow;

int getaddrinfo(const char *node, const char *service,
		const struct addrinfo *hints, struct addrinfo **result)
{
	typedef int look_up(const char *, const char *, const struct addrinfo *,
			    struct addrinfo **);
	static look_up *real;

	if (!real)
		*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	if (names_are_slow && node &&
	    !(hints && hints->ai_flags & AI_NUMERICHOST))
		sleep(4);
	return real(node, service, hints, result);
}

static int a_free_port(void)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t length = sizeof at;
	const int end = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(bind(end, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(getsockname(end, (struct sockaddr *)&at, &length), 0);
	close(end);
	return ntohs(at.sin_port);
}

static int port;

static int start(void **state)
{
	char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "settings");
	SCOPED(char_freep) char *number = NULL;
	SCOPED(char_freep) char *text = NULL;

	(void)state;
	port = a_free_port();
	number = xasprintf("%d", port);
	setenv("PGPORT", number, 1);
	text = xasprintf("listen_addresses = '127.0.0.1'\nport = %d\n", port);
	assert_int_equal(file_write(path, text, strlen(text), 0644),
			 FAULT_NONE);
	return server_begin_in(folder);
}

/* A record on it, reached by the name of this computer. */
static char *a_record(const char *name)
{
	SCOPED(folder_freep) char *home = folder_new();
	SCOPED(char_freep) char *path = folder_file(home, RECORD_FILE);
	struct record *record;

	(void)server_folder();
	assert_int_equal(record_open(path, &record), FAULT_NONE);
	record_close(record);
	record_close(server_twin(server_folder(), name, path));
	return xasprintf("postgresql://foyer@localhost:%d/%s", port, name);
}

static struct record *opened(const char *address)
{
	struct record *record;

	assert_int_equal(record_open(address, &record), FAULT_NONE);
	return record;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether it can be reached, which is known within HELD. */
static bool is_there(struct record *record)
{
	const int64_t begun = now_ms();
	int64_t changes;
	const bool there = !record_changed(record, &changes);

	if (now_ms() - begun > HELD)
		fail_msg("held for %lld ms", (long long)(now_ms() - begun));
	return there;
}

static void expect_back(struct record *record)
{
	const int64_t end = now_ms() + BACK;

	while (!is_there(record)) {
		assert_true(now_ms() < end);
		usleep(100000);
	}
}

static void server(const char *verb)
{
	assert_int_equal(server_do(verb, server_folder(), NULL), 0);
}

static void expect_notes(const char *address, const char *count)
{
	SCOPED(char_freep)
	char *notes = server_ask(
	    address, "SELECT count(*) FROM foyer.audit WHERE act = 'tested'");

	assert_string_equal(notes, count);
}

/* --- at the moment of saving ---------------------------------------------- */

/* Saving takes seconds, and then it is not done yet. */
static void save_slowly(const char *address)
{
	free(server_ask(
	    address,
	    "CREATE FUNCTION foyer.slow() RETURNS trigger LANGUAGE plpgsql AS"
	    " 'BEGIN PERFORM pg_sleep(3); RETURN NEW; END';"
	    "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON foyer.audit"
	    " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
	    " EXECUTE FUNCTION foyer.slow(); SELECT 1"));
}

/* It is done, and is not told: a replica that there is not has to say first
 * that it has it, too. */
static void save_and_say_nothing(const char *address)
{
	assert_true(server_tell(
	    server_folder(),
	    "ALTER SYSTEM SET synchronous_standby_names = 'nobody'"));
	free(server_ask(address, "SELECT pg_reload_conf()"));
	usleep(300000);
}

/* Not read before the next start. */
static void wait_for_nobody_again(void)
{
	assert_true(server_tell(
	    server_folder(), "ALTER SYSTEM RESET synchronous_standby_names"));
}

static int stop_soon(void *to)
{
	(void)to;
	sleep(1);
	wait_for_nobody_again();
	server("stop");
	return 0;
}

static int hang_up_soon(void *to)
{
	sleep(1);
	wait_for_nobody_again();
	free(server_ask(to, "SELECT count(pg_terminate_backend(pid)) FROM"
			    " pg_stat_activity WHERE application_name = 'foyer'"
			    " AND pid <> pg_backend_pid()"));
	return 0;
}

static enum fault note_while(child_run *run, const char *address,
			     struct record *record)
{
	struct child child = child_start(run, (void *)address);
	const enum fault fault =
	    record_note(record, "tested", "record", NULL, &sam, 1000);

	assert_int_equal(child_wait(&child), 0);
	return fault;
}

static void what_was_saved_without_a_word_is_told_when_it_is_back(void **state)
{
	SCOPED(char_freep) char *address = a_record("saved");
	SCOPED(record_closep) struct record *record = opened(address);

	(void)state;
	save_and_say_nothing(address);
	logged_start();
	assert_int_equal(note_while(stop_soon, address, record), FAULT_STORE);
	assert_int_equal(record_trouble(record), RECORD_UNSURE);
	assert_non_null(strstr(logged(), "look before doing it again"));
	assert_null(strstr(logged(), "nothing was changed"));
	logged_stop();
	assert_int_equal(record_settled(record), RECORD_NOTHING_UNSURE);
	server("start");
	expect_back(record);
	assert_int_equal(record_settled(record), RECORD_WAS_SAVED);
	assert_int_equal(record_settled(record), RECORD_NOTHING_UNSURE);
	expect_notes(address, "1");
}

static void what_was_not_saved_is_told_when_it_is_back(void **state)
{
	SCOPED(char_freep) char *address = a_record("unsaved");
	SCOPED(record_closep) struct record *record = opened(address);

	(void)state;
	save_slowly(address);
	assert_int_equal(note_while(stop_soon, address, record), FAULT_STORE);
	assert_int_equal(record_trouble(record), RECORD_UNSURE);
	server("start");
	expect_back(record);
	assert_int_equal(record_settled(record), RECORD_WAS_NOT_SAVED);
	expect_notes(address, "0");
}

static int hold_the_lock(void *to)
{
	free(server_ask(to, "SELECT commits FROM foyer.writing FOR UPDATE;"
			    "SELECT pg_sleep(7)"));
	return 0;
}

static void it_is_told_later_while_another_holds_the_lock(void **state)
{
	SCOPED(char_freep) char *address = a_record("held");
	SCOPED(record_closep) struct record *record = opened(address);
	struct child holder;
	int64_t begun;

	(void)state;
	save_slowly(address);
	assert_int_equal(note_while(stop_soon, address, record), FAULT_STORE);
	server("start");
	expect_back(record);
	holder = child_start(hold_the_lock, address);
	sleep(1);
	begun = now_ms();
	assert_int_equal(record_settled(record), RECORD_NOTHING_UNSURE);
	assert_true(now_ms() - begun < HELD);
	assert_true(is_there(record));
	assert_int_equal(child_wait(&holder), 0);
	assert_int_equal(record_settled(record), RECORD_WAS_NOT_SAVED);
	assert_int_equal(
	    record_note(record, "tested", "record", NULL, &sam, 1000),
	    FAULT_NONE);
	expect_notes(address, "1");
}

/* Whoever asked never hears of it. */
static void a_server_that_answers_again_at_once_is_asked_at_once(void **state)
{
	SCOPED(char_freep) char *saved = a_record("saved_at_once");
	SCOPED(char_freep) char *not_saved = a_record("unsaved_at_once");
	SCOPED(record_closep) struct record *one = NULL;
	SCOPED(record_closep) struct record *two = opened(not_saved);

	(void)state;
	save_slowly(not_saved);
	assert_int_equal(note_while(hang_up_soon, not_saved, two), FAULT_STORE);
	assert_int_equal(record_trouble(two), RECORD_AWAY);
	assert_int_equal(record_settled(two), RECORD_NOTHING_UNSURE);
	expect_notes(not_saved, "0");
	one = opened(saved);
	save_and_say_nothing(saved);
	assert_int_equal(note_while(hang_up_soon, saved, one), FAULT_NONE);
	free(server_ask(saved, "SELECT pg_reload_conf()"));
	expect_notes(saved, "1");
}

/* --- away ----------------------------------------------------------------- */

static void names_that_nobody_looks_up_hold_no_one(void **state)
{
	SCOPED(char_freep) char *address = a_record("named");
	SCOPED(record_closep) struct record *record = opened(address);

	(void)state;
	names_are_slow = true;
	server("stop");
	for (int i = 0; i < 5; i++)
		assert_false(is_there(record));
	server("start");
	expect_back(record);
	names_are_slow = false;
}

static void a_record_that_is_away_is_opened_and_looked_at_later(void **state)
{
	SCOPED(char_freep) char *address = a_record("later");
	SCOPED(record_closep) struct record *record = NULL;
	struct record *none;

	(void)state;
	server("stop");
	assert_int_equal(record_open(address, &none), FAULT_STORE);
	assert_int_equal(record_open_away(address, &record), FAULT_NONE);
	assert_true(record_away(record));
	assert_int_equal(
	    record_note(record, "tested", "record", NULL, &sam, 1000),
	    FAULT_STORE);
	assert_true(record_away(record));
	server("start");
	/* Nothing is asked of what nobody has looked at. */
	assert_int_equal(
	    record_note(record, "tested", "record", NULL, &sam, 1000),
	    FAULT_STORE);
	expect_back(record);
	assert_int_equal(
	    record_note(record, "tested", "record", NULL, &sam, 1000),
	    FAULT_NONE);
	expect_notes(address, "1");
}

static void what_is_no_record_when_it_is_back_stays_away(void **state)
{
	SCOPED(char_freep) char *address = a_record("older");
	SCOPED(record_closep) struct record *record = NULL;
	const int64_t end = now_ms() + 5000;

	(void)state;
	server("stop");
	assert_int_equal(record_open_away(address, &record), FAULT_NONE);
	server("start");
	free(server_ask(address, "DROP SCHEMA foyer CASCADE; SELECT 1"));
	logged_start();
	while (now_ms() < end) {
		assert_false(is_there(record));
		usleep(200000);
	}
	assert_non_null(strstr(logged(), "there is no record"));
	logged_stop();
	assert_true(record_away(record));
	assert_true(record_is_another(record));
}

static int hold_the_tables(void *to)
{
	free(server_ask(to, "LOCK TABLE foyer.kept; SELECT pg_sleep(9)"));
	return 0;
}

/* As two desks do that are started after an update. */
static void what_another_keeps_busy_is_looked_at_again(void **state)
{
	SCOPED(char_freep) char *address = a_record("busy");
	SCOPED(record_closep) struct record *record = NULL;
	struct child holder;
	int64_t changes;

	(void)state;
	server("stop");
	assert_int_equal(record_open_away(address, &record), FAULT_NONE);
	server("start");
	holder = child_start(hold_the_tables, address);
	sleep(2);
	assert_int_equal(record_changed(record, &changes), FAULT_STORE);
	assert_false(record_is_another(record));
	assert_int_equal(child_wait(&holder), 0);
	assert_int_equal(record_changed(record, &changes), FAULT_NONE);
	assert_int_equal(
	    record_note(record, "tested", "record", NULL, &sam, 1000),
	    FAULT_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    what_was_saved_without_a_word_is_told_when_it_is_back),
		cmocka_unit_test(what_was_not_saved_is_told_when_it_is_back),
		cmocka_unit_test(it_is_told_later_while_another_holds_the_lock),
		cmocka_unit_test(
		    a_server_that_answers_again_at_once_is_asked_at_once),
		cmocka_unit_test(names_that_nobody_looks_up_hold_no_one),
		cmocka_unit_test(
		    a_record_that_is_away_is_opened_and_looked_at_later),
		cmocka_unit_test(what_is_no_record_when_it_is_back_stays_away),
		cmocka_unit_test(what_another_keeps_busy_is_looked_at_again),
	};

	return cmocka_run_group_tests(tests, start, server_end);
}
