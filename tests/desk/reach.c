#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/support/demo.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/pty.h"
#include "tests/support/server.h"
#include "tests/support/shift.h"

/*
 * Desks whose record is on a server that ends and comes back, as people before
 * them meet it. Each test has a server and a made-up agency of its own.
 */
#define SHELTER "claimant-shelter-es" /* U2 */
#define UNSAFE "not-safe-finishes-pa" /* U1, the quiet flag */
#define JOB "economic-jobsearch-en"   /* U4 */

#define ANAS "the words of ana"

#define BACK 20000 /* ms: a desk tries every few seconds */
#define HELD 2500  /* ms that two keys take, at most */
#define TRIED 8    /* s: within these it has tried */

struct scene {
	char *folder, *home; /* the server's; the agency's */
	char *address;
};

static int open_scene(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);
	SCOPED(char_freep) char *lines = NULL;
	SCOPED(char_freep) char *made = NULL;
	struct output output;
	int status;

	*state = scene;
	scene->folder = folder_new();
	status = server_do("start", scene->folder, NULL);
	if (status)
		return status == 77 ? 0 : status;
	scene->home = folder_new();
	demo_new(scene->home);
	made = server_database(scene->folder, "agency");
	/* The same in a form that a shell takes as one word. */
	scene->address =
	    xasprintf("postgresql://foyer@/agency?host=%s", scene->folder);
	output = program_run("", "foyer record move --home %s --to %s",
			     scene->home, scene->address);
	assert_int_equal(output.status, 0);
	output_done(&output);
	lines = xasprintf("[record]\nat = %s", scene->address);
	demo_set(scene->home, lines);
	return 0;
}

static int close_scene(void **state)
{
	struct scene *scene = *state;

	(void)server_do("stop", scene->folder, NULL);
	folder_freep(&scene->folder);
	if (scene->home)
		folder_freep(&scene->home);
	free(scene->address);
	free(scene);
	return 0;
}

static void need_server(const struct scene *scene)
{
	if (!scene->home)
		skip();
}

static struct pty *sit_down(const struct scene *scene, const char *desk)
{
	struct pty *pty = shift_sit_down(scene->home, desk, 24, 80, NULL, NULL);

	shift_expect(pty, "Passphrase of the agency");
	shift_unlock(pty, scene->home);
	shift_expect(pty, "? help");
	return pty;
}

static void server(const struct scene *scene, const char *verb)
{
	assert_int_equal(server_do(verb, scene->folder, NULL), 0);
}

static void expect_back(struct pty *pty, const char *text)
{
	if (!pty_expect(pty, text, BACK))
		fail_msg("not shown: %s", text);
}

static void expect_count(const struct scene *scene, const char *sql,
			 const char *wanted)
{
	SCOPED(char_freep) char *count = server_ask(scene->address, sql);

	assert_string_equal(count, wanted);
}

/* How many files lie where scans are kept; each for its owner alone. */
static size_t count_files(const struct scene *scene)
{
	SCOPED(char_freep)
	char *folder = folder_file(scene->home, "record/kept");
	DIR *entries = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	while (entries && (entry = readdir(entries))) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, entry->d_name);
		struct stat about;

		if (entry->d_name[0] == '.')
			continue;
		assert_int_equal(stat(path, &about), 0);
		assert_int_equal(about.st_mode & 07777, 0600);
		count++;
	}
	if (entries)
		closedir(entries);
	return count;
}

/* --- one desk ------------------------------------------------------------- */

static void
scans_while_the_server_is_away_are_filed_when_it_is_back(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *before = NULL;
	SCOPED(char_freep) char *shelter = NULL;
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *pty;

	need_server(scene);
	before = demo_ticket(scene->home, JOB, NULL);
	shelter = demo_ticket(scene->home, SHELTER, NULL);
	unsafe = demo_ticket(scene->home, UNSAFE, NULL);
	pty = sit_down(scene, "front");
	shift_scan(pty, before);
	shift_expect(pty, "Filed: K7-0001.");
	shift_press(pty, PTY_ESCAPE, "1 waiting");
	assert_false(pty_shows(pty, "☎"));

	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_expect(pty, "as of ");
	/* Who waited still does, and nothing is done to them. */
	assert_true(pty_shows(pty, "U4 K7-0001"));
	shift_press(pty, "c", "nothing is opened or changed until it is back");
	shift_press(pty, "?", "Call the number");
	shift_press(pty, PTY_ESCAPE, "U4 K7-0001");
	/* Nobody writes what could not be saved. */
	shift_press(pty, "!", "nothing is opened or changed until it is back");
	assert_false(pty_shows(pty, "What could be better here"));
	shift_scan(pty, shelter);
	shift_expect(pty, "Kept here: K7-0065, U2. It will be filed when the "
			  "record is back.");
	shift_expect(pty, "1 kept here");
	shift_expect(pty, "U2 K7-0065 ◇");
	shift_scan(pty, shelter);
	shift_expect(pty, "K7-0065 is kept here already.");
	/* Whoever needs help first stands first, and calls. */
	shift_scan(pty, unsafe);
	shift_expect(pty, "Kept here: K7-0129, U1.");
	shift_expect(pty, "2 kept here ☎");
	shift_expect(pty, "U1 K7-0129 ◇");
	assert_int_equal(count_files(scene), 2);
	/* It calls as long as nobody has it, whoever leaves the desk. */
	shift_press(pty, "l", "Passphrase of the agency");
	shift_expect(pty, "2 kept here ☎");

	server(scene, "start");
	expect_back(pty, "The record can be reached again.");
	shift_expect(pty, "2 kept here ☎");
	assert_int_equal(count_files(scene), 2);
	shift_unlock(pty, scene->home);
	expect_back(pty, "2 tickets that were kept here are filed now.");
	shift_expect(pty, "3 waiting ☎");
	assert_false(pty_shows(pty, "cannot be reached"));
	assert_int_equal(count_files(scene), 0);
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "3");
	expect_count(scene, "SELECT count(*) FROM foyer.alert", "1");
	/* And what is done is done again. */
	shift_press(pty, "c", "▸");
	(void)pty_stop(pty);
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* As with a cable that is pulled out: nobody says that the server is gone. */
static void a_server_that_hangs_is_away_and_holds_nobody(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;
	int64_t end;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	pty = sit_down(scene, "front");
	server(scene, "freeze");
	expect_back(pty, "the record cannot be reached");
	/* For longer than it takes to give up a call and try again. */
	for (end = now_ms() + 12000; now_ms() < end;) {
		const int64_t begun = now_ms();

		shift_press(pty, "?", "Call the number");
		shift_press(pty, PTY_ESCAPE, "Nobody is waiting");
		if (now_ms() - begun > HELD)
			fail_msg("held for %lld ms",
				 (long long)(now_ms() - begun));
	}
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	server(scene, "thaw");
	expect_back(pty, "1 ticket that was kept here is filed now.");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "1");
	(void)pty_stop(pty);
}

/* What a program prints, whose status is 0; the caller frees it. */
static char *said(const struct scene *scene, const char *in, const char *verb)
{
	struct output output =
	    program_run(in, "foyer record %s --home %s", verb, scene->home);
	char *text;

	if (output.status)
		fail_msg("%s", output.err);
	text = xasprintf("%s%s", output.out, output.err);
	output_done(&output);
	return text;
}

static void what_waits_is_told_and_filed_without_a_desk(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *kept = NULL;
	SCOPED(char_freep) char *backup = NULL;
	SCOPED(char_freep) char *filed = NULL;
	SCOPED(char_freep) char *none = NULL;
	SCOPED(char_freep) char *file = NULL;
	SCOPED(char_freep) char *folder = NULL;
	struct output output;
	struct pty *pty;
	int other;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	pty = sit_down(scene, "front");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	kill(pty_child(pty), SIGKILL);
	(void)pty_stop(pty);

	kept = said(scene, "", "kept");
	assert_non_null(strstr(kept, "\"sequence\":1"));
	server(scene, "start");
	file = xasprintf("backup -o %s/backup", scene->home);
	backup = said(scene, "", file);
	assert_non_null(strstr(backup, "1 ticket that waits on this computer"));
	/* Another desk is at it. */
	folder = folder_file(scene->home, "record/kept");
	other = open(folder, O_RDONLY | O_DIRECTORY);
	assert_int_equal(flock(other, LOCK_EX), 0);
	output =
	    program_run("", "foyer record file-kept --home %s", scene->home);
	assert_int_equal(output.status, 1);
	assert_non_null(strstr(output.err, "1 ticket still waits"));
	assert_non_null(strstr(output.err, "a desk is filing"));
	output_done(&output);
	close(other);
	filed = said(scene, "", "file-kept");
	assert_non_null(strstr(filed, "\"number\":\"K7-0001\""));
	none = said(scene, "", "kept");
	assert_string_equal(none, "");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "1");
}

static void
a_killed_desk_files_what_it_kept_when_it_is_there_again(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *two = NULL;
	struct output output;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	two = demo_ticket(scene->home, JOB, NULL);
	pty = sit_down(scene, "front");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	shift_scan(pty, two);
	shift_expect(pty, "Kept here: K7-0065, U4.");
	kill(pty_child(pty), SIGKILL);
	(void)pty_stop(pty);
	assert_int_equal(count_files(scene), 2);

	/* Another desk has the second meanwhile. */
	server(scene, "start");
	output = program_run(two, "foyer record file --home %s", scene->home);
	assert_int_equal(output.status, 0);
	assert_non_null(strstr(output.out, "\"filed\""));
	output_done(&output);

	/* Nothing is filed before somebody is there. */
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	shift_expect(pty, "2 kept here");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "1");
	shift_unlock(pty, scene->home);
	shift_expect(pty, "Filed now: 1 of 2 tickets that were kept here.");
	shift_expect(pty, "K7-0065 was filed already");
	shift_press(pty, PTY_ESCAPE, "2 waiting");
	assert_int_equal(count_files(scene), 0);
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "2");
	(void)pty_stop(pty);
}

/* --- opening it meanwhile ------------------------------------------------- */

static void a_locked_desk_keeps_scans_and_opens_without_its_server(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *two = NULL;
	SCOPED(char_freep) char *unsafe = NULL;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	two = demo_ticket(scene->home, JOB, NULL);
	unsafe = demo_ticket(scene->home, UNSAFE, NULL);
	pty = sit_down(scene, "front");
	shift_press(pty, "l", "Passphrase of the agency");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001. It will be filed when the "
			  "record is back and this desk is unlocked.");
	shift_scan(pty, unsafe);
	shift_expect(pty, "2 kept here");
	assert_false(pty_shows(pty, "☎"));
	shift_type(pty, "not these words at all");
	shift_enter(pty);
	shift_expect(pty, "That passphrase does not open the key.");
	/* What is kept is read, and nobody else is to be seen. */
	shift_unlock(pty, scene->home);
	shift_expect(pty, "This desk is open without the record");
	shift_expect(pty, "U2 K7-0001 ◇");
	shift_expect(pty, "U1 K7-0129 ◇");
	shift_expect(pty, "2 kept here ☎");
	shift_scan(pty, two);
	shift_expect(pty, "Kept here: K7-0065, U4.");
	shift_expect(pty, "3 kept here");
	shift_press(pty, "c", "nothing is opened or changed until it is back");
	server(scene, "start");
	expect_back(pty, "3 tickets that were kept here are filed now.");
	shift_expect(pty, "3 waiting ☎");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "3");
	(void)pty_stop(pty);
}

static void a_desk_begins_without_its_server_and_takes_scans(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *unsafe = NULL;
	SCOPED(char_freep) char *job = NULL;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	unsafe = demo_ticket(scene->home, UNSAFE, NULL);
	job = demo_ticket(scene->home, JOB, NULL);
	pty = sit_down(scene, "front");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	shift_scan(pty, unsafe);
	shift_expect(pty, "2 kept here ☎");
	kill(pty_child(pty), SIGKILL);
	(void)pty_stop(pty);

	/* Who called still does, before anybody is there. */
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	shift_expect(pty, "Passphrase of the agency");
	shift_expect(pty, "the record cannot be reached · 2 kept here ☎");
	shift_unlock(pty, scene->home);
	shift_expect(pty, "This desk is open without the record");
	shift_expect(pty, "U1 K7-0065 ◇");
	shift_expect(pty, "U2 K7-0001 ◇");
	shift_scan(pty, job);
	shift_expect(pty, "Kept here: K7-0129, U4.");
	server(scene, "start");
	expect_back(pty, "3 tickets that were kept here are filed now.");
	shift_expect(pty, "3 waiting ☎");
	assert_int_equal(count_files(scene), 0);
	expect_count(scene, "SELECT count(*) FROM foyer.alert", "1");
	(void)pty_stop(pty);
}

static void without_a_list_the_desk_says_when_it_comes(void **state)
{
	const struct scene *scene = *state;
	struct pty *pty;

	need_server(scene);
	pty = sit_down(scene, "front");
	(void)pty_stop(pty);
	server(scene, "stop");
	pty = sit_down(scene, "front");
	shift_expect(pty, "The list comes when the server answers.");
	shift_press(pty, "!", "nothing is opened or changed until it is back");
	server(scene, "start");
	expect_back(pty, "Nobody is waiting.");
	(void)pty_stop(pty);
}

/* Nothing of it is known, so no desk pretends. */
static void a_home_that_never_saw_its_record_begins_no_desk(void **state)
{
	const struct scene *scene = *state;
	struct pty *pty;

	need_server(scene);
	server(scene, "stop");
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	assert_int_equal(pty_wait(pty, SHIFT_LATER), 3);
	(void)pty_stop(pty);
}

/* An address that was mistyped: another agency's kiosks say nothing of ours. */
static void a_desk_goes_by_what_it_saw_of_this_record_alone(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *settings = NULL;
	SCOPED(bytes_done) struct bytes before = { 0 };
	struct pty *pty;
	char *at;

	need_server(scene);
	pty = sit_down(scene, "front");
	(void)pty_stop(pty);
	server(scene, "stop");
	settings = xasprintf("%s/foyer.ini", scene->home);
	assert_int_equal(file_read(settings, 10000, &before), FAULT_NONE);
	at = memmem(before.data, before.length, "foyer@/agency", 13);
	assert_non_null(at);
	memcpy(at, "foyer@/agents", 13);
	assert_int_equal(file_write(settings, before.data, before.length, 0600),
			 FAULT_NONE);
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	assert_int_equal(pty_wait(pty, SHIFT_LATER), 3);
	(void)pty_stop(pty);
}

static void add_ana(const struct scene *scene)
{
	SCOPED(char_freep) char *key = demo_passphrase(scene->home);
	SCOPED(char_freep) char *lines = xasprintf("%s\n" ANAS "\n", key);
	struct output output =
	    program_run(lines,
			"foyer user add --home %s --roles "
			"administrator,reception --passphrase-fd 0 Ana",
			scene->home);

	if (output.status)
		fail_msg("%s", output.err);
	output_done(&output);
}

static void type_name(struct pty *pty, const char *name)
{
	pty_settle(pty, 200);
	pty_send(pty, PTY_UP);
	for (int i = 0; i < 3; i++) {
		pty_settle(pty, 60);
		pty_send(pty, "\177");
	}
	shift_type(pty, name);
	shift_enter(pty);
}

static void who_signed_in_last_is_let_in_and_shows_who_they_are(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;

	need_server(scene);
	add_ana(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	shift_expect(pty, "Your own passphrase");
	type_name(pty, "Ana");
	shift_type(pty, ANAS);
	shift_enter(pty);
	shift_expect(pty, "? help");
	shift_press(pty, "l", "Your own passphrase");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_type(pty, "not the words of ana");
	shift_enter(pty);
	shift_expect(pty, "do not belong together");
	shift_type(pty, ANAS);
	shift_enter(pty);
	shift_expect(pty, "This desk is open without the record");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	server(scene, "start");
	expect_back(pty, "Sign in once more: it looks at who you are.");
	assert_int_equal(count_files(scene), 1);
	expect_count(scene,
		     "SELECT count(*) FROM foyer.audit"
		     " WHERE act = 'open-away' AND \"user\" = 'Ana'",
		     "1");
	shift_type(pty, ANAS);
	shift_enter(pty);
	shift_expect(pty, "1 ticket that was kept here is filed now.");
	(void)pty_stop(pty);
}

/* Whoever holds that reads tickets; nobody signs in anew. */
static void others_open_it_with_the_agencys_key_for_tickets(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;

	need_server(scene);
	add_ana(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	shift_expect(pty, "Your own passphrase");
	(void)pty_stop(pty);
	server(scene, "stop");
	pty = shift_sit_down(scene->home, "front", 24, 80, NULL, NULL);
	shift_expect(pty, "Passphrase of the agency");
	shift_type(pty, ANAS);
	shift_enter(pty);
	shift_expect(pty, "for whoever signed in here last");
	shift_unlock(pty, scene->home);
	shift_expect(pty, "This desk is open without the record");
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	server(scene, "start");
	expect_back(pty, "Sign in once more: it looks at who you are.");
	shift_expect(pty, "Your own passphrase");
	(void)pty_stop(pty);
}

/* --- filing what is kept -------------------------------------------------- */

/* As if they had been scanned two days ago. */
static void age_kept(const struct scene *scene)
{
	SCOPED(char_freep)
	char *folder = folder_file(scene->home, "record/kept");
	DIR *entries = opendir(folder);
	struct dirent *entry;

	assert_non_null(entries);
	while ((entry = readdir(entries))) {
		SCOPED(char_freep) char *path = NULL;
		SCOPED(char_freep) char *older = NULL;

		if (entry->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", folder, entry->d_name);
		older = xasprintf("%s/%016lld%s", folder,
				  strtoll(entry->d_name, NULL, 10) -
				      2 * 24 * 3600 * 1000LL,
				  entry->d_name + 16);
		assert_int_equal(rename(path, older), 0);
	}
	closedir(entries);
}

static void a_ticket_of_one_day_is_told_as_filed_without_answers(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, UNSAFE, NULL);
	pty = sit_down(scene, "front");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "1 kept here");
	age_kept(scene);
	server(scene, "start");
	expect_back(pty, "without its answers: its day was over.");
	shift_expect(pty, "Filed: K7-0001, with its number, level and times");
	expect_count(scene,
		     "SELECT count(*) FROM foyer.audit"
		     " WHERE act = 'erase' AND subject = 'visit'",
		     "1");
	expect_count(scene, "SELECT count(*) FROM foyer.intake", "0");
	/* Whoever called was in danger, and is told of all the same. */
	expect_count(scene, "SELECT count(*) FROM foyer.alert", "1");
	(void)pty_stop(pty);
}

#define MANY 6

static void filing_many_holds_nobody_and_tells_how_far_it_is(void **state)
{
	const struct scene *scene = *state;
	struct pty *pty;

	need_server(scene);
	pty = sit_down(scene, "front");
	expect_count(
	    scene,
	    "CREATE FUNCTION foyer.slow() RETURNS trigger LANGUAGE plpgsql AS"
	    " 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END';"
	    "CREATE TRIGGER slow BEFORE INSERT ON foyer.visit"
	    " FOR EACH ROW EXECUTE FUNCTION foyer.slow(); SELECT 1",
	    "1");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	for (int i = 1; i <= MANY; i++) {
		SCOPED(char_freep)
		char *one = demo_ticket(scene->home, JOB, NULL);
		SCOPED(char_freep) char *kept = xasprintf("%d kept here", i);

		shift_scan(pty, one);
		shift_expect(pty, kept);
	}
	server(scene, "start");
	expect_back(pty, "filing what was kept: 2 of 6");
	/* One at a time, so a key is never held for longer than one takes. */
	shift_press(pty, "?", "Call the number");
	shift_press(pty, PTY_ESCAPE, "filing what was kept");
	expect_back(pty, "6 tickets that were kept here are filed now.");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "6");
	(void)pty_stop(pty);
}

static void what_became_of_kept_tickets_opens_above_no_note(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *two = NULL;
	struct output output;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	two = demo_ticket(scene->home, JOB, NULL);
	output = program_run(two, "foyer record file --home %s", scene->home);
	assert_int_equal(output.status, 0);
	output_done(&output);
	pty = sit_down(scene, "front");
	shift_press(pty, "!", "What could be better here");
	shift_type(pty, "more chai");
	shift_expect(pty, "more chai");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	shift_scan(pty, one);
	shift_expect(pty, "1 kept here");
	shift_scan(pty, two);
	shift_expect(pty, "2 kept here");
	server(scene, "start");
	expect_back(pty, "Filed now: 1 of 2 tickets that were kept here.");
	shift_type(pty, "rs");
	shift_expect(pty, "more chairs");
	assert_false(pty_shows(pty, "K7-0065 was filed already"));
	shift_press(pty, "\t", "K7-0065 was filed already");
	shift_press(pty, PTY_ESCAPE, "2 waiting");
	(void)pty_stop(pty);
}

/* -------------------------------------------------------------------------- */

static void without_room_the_ticket_stays_with_its_visitor(void **state)
{
	const struct rlimit none = { 0, RLIM_INFINITY };
	const struct rlimit room = { RLIM_INFINITY, RLIM_INFINITY };
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	/* Then it is told, and not killed: a full disk does not kill either. */
	signal(SIGXFSZ, SIG_IGN);
	pty = sit_down(scene, "front");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	assert_int_equal(prlimit(pty_child(pty), RLIMIT_FSIZE, &none, NULL), 0);
	shift_scan(pty, one);
	shift_expect(pty, "This computer could not keep the ticket; its disk "
			  "may be full. The paper still holds everything");
	assert_false(pty_shows(pty, "kept here"));
	assert_int_equal(count_files(scene), 0);
	assert_int_equal(prlimit(pty_child(pty), RLIMIT_FSIZE, &room, NULL), 0);
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	(void)pty_stop(pty);
}

/* What it is asked first is missing when it answers again. */
static void a_server_that_comes_back_and_refuses_loses_no_scan(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct pty *pty;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	pty = sit_down(scene, "front");
	expect_count(scene,
		     "ALTER TABLE foyer.writing RENAME TO missing; SELECT 1",
		     "1");
	server(scene, "stop");
	shift_expect(pty, "the record cannot be reached");
	server(scene, "start");
	/* Until it was asked. */
	sleep(TRIED);
	assert_true(pty_shows(pty, "the record cannot be reached"));
	shift_scan(pty, one);
	shift_expect(pty, "Kept here: K7-0001, U2.");
	expect_count(scene,
		     "ALTER TABLE foyer.missing RENAME TO writing; SELECT 1",
		     "1");
	expect_back(pty, "1 ticket that was kept here is filed now.");
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "1");
	(void)pty_stop(pty);
}

/* --- the board ------------------------------------------------------------ */

static struct pty *board_of(const struct scene *scene)
{
	return shift_sit_down(scene->home, "board", 24, 80, "--board", NULL);
}

static void the_lobbys_board_says_of_when_its_numbers_are(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	struct output output;
	struct pty *board;

	need_server(scene);
	one = demo_ticket(scene->home, JOB, NULL);
	output = program_run(one, "foyer record file --home %s", scene->home);
	assert_int_equal(output.status, 0);
	output_done(&output);
	board = board_of(scene);
	shift_expect(board, "K7-0001");
	assert_false(pty_shows(board, "Numbers of "));
	server(scene, "stop");
	shift_expect(board, "Please ask at the desk.");
	assert_true(pty_shows(board, "Numbers of "));
	assert_true(pty_shows(board, "K7-0001"));
	pty_send(board, "q");
	(void)pty_stop(board);

	board = board_of(scene);
	shift_expect(board, "The numbers come later. Please ask at the desk.");
	server(scene, "start");
	expect_back(board, "K7-0001");
	assert_false(pty_shows(board, "Please ask at the desk."));
	(void)pty_stop(board);
}

/* --- two desks ------------------------------------------------------------ */

static void two_desks_of_one_home_lose_none_of_each_others(void **state)
{
	const struct scene *scene = *state;
	SCOPED(char_freep) char *one = NULL;
	SCOPED(char_freep) char *two = NULL;
	SCOPED(char_freep) char *both = NULL;
	struct pty *front, *back;

	need_server(scene);
	one = demo_ticket(scene->home, SHELTER, NULL);
	two = demo_ticket(scene->home, JOB, NULL);
	both = demo_ticket(scene->home, UNSAFE, NULL);
	front = sit_down(scene, "front");
	back = sit_down(scene, "back");
	server(scene, "stop");
	shift_expect(front, "the record cannot be reached");
	shift_expect(back, "the record cannot be reached");
	shift_scan(front, one);
	shift_expect(front, "Kept here: K7-0001");
	shift_scan(back, two);
	shift_expect(back, "Kept here: K7-0065");
	shift_scan(front, both);
	shift_expect(front, "Kept here: K7-0129");
	shift_scan(back, both);
	shift_expect(back, "K7-0129 is kept here already.");
	server(scene, "start");
	expect_back(front, "3 waiting");
	expect_back(back, "3 waiting");
	assert_int_equal(count_files(scene), 0);
	expect_count(scene, "SELECT count(*) FROM foyer.visit", "3");
	expect_count(scene, "SELECT count(*) FROM foyer.ticket", "3");
	(void)pty_stop(front);
	(void)pty_stop(back);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_scene, close_scene)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(scans_while_the_server_is_away_are_filed_when_it_is_back),
		TEST(a_server_that_hangs_is_away_and_holds_nobody),
		TEST(what_waits_is_told_and_filed_without_a_desk),
		TEST(a_killed_desk_files_what_it_kept_when_it_is_there_again),
		TEST(a_locked_desk_keeps_scans_and_opens_without_its_server),
		TEST(a_desk_begins_without_its_server_and_takes_scans),
		TEST(without_a_list_the_desk_says_when_it_comes),
		TEST(a_home_that_never_saw_its_record_begins_no_desk),
		TEST(a_desk_goes_by_what_it_saw_of_this_record_alone),
		TEST(who_signed_in_last_is_let_in_and_shows_who_they_are),
		TEST(others_open_it_with_the_agencys_key_for_tickets),
		TEST(a_ticket_of_one_day_is_told_as_filed_without_answers),
		TEST(filing_many_holds_nobody_and_tells_how_far_it_is),
		TEST(what_became_of_kept_tickets_opens_above_no_note),
		TEST(without_room_the_ticket_stays_with_its_visitor),
		TEST(a_server_that_comes_back_and_refuses_loses_no_scan),
		TEST(the_lobbys_board_says_of_when_its_numbers_are),
		TEST(two_desks_of_one_home_lose_none_of_each_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
