#include "print/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

#define NOW 1795344301000 /* 2026-11-22 10:45:01 UTC */
#define DAY 86400

struct place {
	char *folder, *prints, *path;
	struct spool spool;
	struct page *page;
};

/* A home of its own, where the sender is what the test says. */
static int set_up(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	place->folder = folder_new();
	place->prints = folder_file(place->folder, "prints");
	place->spool = (struct spool){ .paper = "letter",
				       .folder = place->prints,
				       .printer = "front desk",
				       .keep_days = 7 };
	place->page =
	    page_new(language_find("en"), language_find("en"), PAGE_UNDER);
	page_title(place->page, PAGE_TYPED("Plan"));
	setenv("TZ", "UTC", 1);
	setenv("PATH", place->folder, 1);
	logged_start();
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;

	logged_stop();
	page_free(place->page);
	folder_remove(place->folder);
	free(place->folder);
	free(place->prints);
	free(place->path);
	free(place);
	return 0;
}

static void put(struct place *place)
{
	free(place->path);
	place->path = NULL;
	assert_int_equal(
	    spool_put(&place->spool, place->page, "plan", NOW, &place->path),
	    FAULT_NONE);
}

static void sender_is(const struct place *place, const char *script)
{
	SCOPED(char_freep) char *path = folder_file(place->folder, "foyer");

	assert_int_equal(file_write(path, script, strlen(script), 0700),
			 FAULT_NONE);
}

static void a_page_is_a_file_for_this_user_alone(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep)
	char *wanted =
	    folder_file(place->prints, "foyer-plan-20261122-104501.pdf");
	struct bytes pdf = { 0 };
	struct stat at;

	put(place);
	assert_string_equal(place->path, wanted);
	assert_int_equal(stat(place->path, &at), 0);
	assert_int_equal(at.st_mode & 0777, 0600);
	assert_int_equal(stat(place->prints, &at), 0);
	assert_int_equal(at.st_mode & 0777, 0700);
	assert_int_equal(file_read(place->path, 1 << 20, &pdf), FAULT_NONE);
	assert_memory_equal(pdf.data, "%PDF-", 5);
	bytes_done(&pdf);
}

static void two_of_one_second_are_two_files(void **state)
{
	struct place *place = *state;

	put(place);
	put(place);
	assert_non_null(strstr(place->path, "-104501-2.pdf"));
}

static void old_prints_are_erased_and_nothing_else(void **state)
{
	static const struct {
		const char *name;
		long days;
		bool stays;
	} files[] = {
		{ "foyer-plan-1.pdf", 8, false },
		{ "foyer-letter-1.pdf", 6, true },
		{ "foyer-plan-1.txt", 99, true },
		{ "mine.pdf", 99, true },
	};
	struct place *place = *state;

	assert_int_equal(folder_make(place->prints), FAULT_NONE);
	for (size_t i = 0; i < COUNT(files); i++) {
		SCOPED(char_freep)
		char *path = folder_file(place->prints, files[i].name);
		time_t then = NOW / 1000 - files[i].days * DAY;

		assert_int_equal(file_write(path, "x", 1, 0600), FAULT_NONE);
		assert_int_equal(utime(path, &(struct utimbuf){ then, then }),
				 0);
	}
	spool_sweep(&place->spool, NOW);
	for (size_t i = 0; i < COUNT(files); i++) {
		SCOPED(char_freep)
		char *path = folder_file(place->prints, files[i].name);

		assert_int_equal(file_exists(path), files[i].stays);
	}
}

/* No shell: a name with blanks and signs is one argument. */
static void the_sender_gets_the_file_and_then_it_is_gone(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *told = folder_file(place->folder, "told");
	SCOPED(char_freep)
	char *script = xasprintf("#!/bin/sh\nprintf '%%s;' \"$@\" >%s\n", told);
	SCOPED(char_freep) char *wanted = NULL;
	struct bytes said = { 0 };
	struct spool_job job;

	sender_is(place, script);
	put(place);
	wanted = xasprintf("printer;send;front desk;%s;", place->path);
	assert_int_equal(spool_send(&place->spool, place->path, false, &job),
			 FAULT_NONE);
	assert_int_equal(spool_wait(&job, place->path), SPOOL_SENT);
	assert_false(file_exists(place->path));
	assert_int_equal(file_read(told, 4096, &said), FAULT_NONE);
	assert_string_equal(said.data, wanted);
	bytes_done(&said);
}

static void what_the_printer_refuses_stays(void **state)
{
	struct place *place = *state;
	struct spool_job job;

	sender_is(place, "#!/bin/sh\nexit 1\n");
	put(place);
	assert_int_equal(spool_send(&place->spool, place->path, false, &job),
			 FAULT_NONE);
	assert_int_equal(spool_wait(&job, place->path), SPOOL_REFUSED);
	assert_true(file_exists(place->path));
	assert_non_null(strstr(logged(), "foyer printer list"));
}

static void a_slow_printer_keeps_nobody_waiting(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *gate = folder_file(place->folder, "gate");
	SCOPED(char_freep)
	char *script = xasprintf("#!/bin/sh\nread word <%s\n", gate);
	FILE *open_gate;
	struct spool_job job;

	assert_int_equal(mkfifo(gate, 0600), 0);
	sender_is(place, script);
	put(place);
	assert_int_equal(spool_send(&place->spool, place->path, false, &job),
			 FAULT_NONE);
	assert_int_equal(spool_look(&job, place->path), SPOOL_SENDING);
	assert_true(file_exists(place->path));
	open_gate = fopen(gate, "w");
	assert_non_null(open_gate);
	fputs("on\n", open_gate);
	fclose(open_gate);
	assert_int_equal(spool_wait(&job, place->path), SPOOL_SENT);
}

/* Each line is how it stands; the file stays until it is printed. */
static void a_job_is_followed_by_its_words(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *gate = folder_file(place->folder, "gate");
	SCOPED(char_freep)
	char *script = xasprintf("#!/bin/sh\necho queued\necho no-paper\n"
				 "test \"$3\" = --follow || exit 9\n"
				 "read word <%s\necho printed\n",
				 gate);
	struct spool_job job;
	FILE *open_gate;

	assert_int_equal(mkfifo(gate, 0600), 0);
	sender_is(place, script);
	put(place);
	assert_int_equal(spool_send(&place->spool, place->path, true, &job),
			 FAULT_NONE);
	while (strcmp(job.word, "no-paper") != 0 && !usleep(1000))
		assert_int_equal(spool_look(&job, place->path), SPOOL_SENDING);
	assert_true(file_exists(place->path));
	open_gate = fopen(gate, "w");
	assert_non_null(open_gate);
	fputs("on\n", open_gate);
	fclose(open_gate);
	assert_int_equal(spool_wait(&job, place->path), SPOOL_SENT);
	assert_string_equal(job.word, "printed");
	assert_false(file_exists(place->path));
}

static void
without_a_sender_the_file_stays_and_the_log_says_the_mend(void **state)
{
	struct place *place = *state;
	struct spool_job job;

	put(place);
	/* Told at once, or when the process that could not become it ends. */
	assert_true(spool_send(&place->spool, place->path, false, &job) ==
			FAULT_SYSTEM ||
		    spool_wait(&job, place->path) == SPOOL_REFUSED);
	assert_true(file_exists(place->path));
	assert_non_null(strstr(logged(), "the program foyer is not there"));
}

static void the_settings_say_where_and_on_what(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *ini = folder_file(place->folder, "foyer.ini");
	SCOPED(settings_freep) struct settings *none = NULL;
	SCOPED(settings_freep) struct settings *some = NULL;
	SCOPED(home_freep) struct home *home = NULL;
	static const char text[] = "[print]\npaper = a4\nprinter = p1\n"
				   "folder = /srv/out\nkeep_days = 0\n";
	struct spool spool;

	assert_int_equal(home_open(place->folder, &home), FAULT_NONE);
	assert_int_equal(settings_read(ini, &none), FAULT_NONE);
	spool = spool_of(none, home);
	assert_string_equal(spool.paper, "letter");
	assert_string_equal(spool.folder, place->prints);
	assert_string_equal(spool.printer, "");
	assert_int_equal(spool.keep_days, 7);
	assert_int_equal(file_write(ini, text, sizeof text - 1, 0600),
			 FAULT_NONE);
	assert_int_equal(settings_read(ini, &some), FAULT_NONE);
	settings_check(some);
	assert_string_equal(logged(), "");
	spool = spool_of(some, home);
	assert_string_equal(spool.paper, "a4");
	assert_string_equal(spool.folder, "/srv/out");
	assert_string_equal(spool.printer, "p1");
	assert_int_equal(spool.keep_days, 0);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_page_is_a_file_for_this_user_alone),
		CASE(two_of_one_second_are_two_files),
		CASE(old_prints_are_erased_and_nothing_else),
		CASE(the_sender_gets_the_file_and_then_it_is_gone),
		CASE(what_the_printer_refuses_stays),
		CASE(a_slow_printer_keeps_nobody_waiting),
		CASE(a_job_is_followed_by_its_words),
		CASE(without_a_sender_the_file_stays_and_the_log_says_the_mend),
		CASE(the_settings_say_where_and_on_what),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
