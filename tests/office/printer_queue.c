#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/scheduler.h"

/* The office's printers, against a scheduler of the test's own. */
struct office_of_test {
	struct scheduler scheduler;
	char *folder, *pdf;
};

static int start(void **state)
{
	struct office_of_test *office = xcalloc(1, sizeof *office);

	office->folder = folder_new();
	office->pdf = folder_file(office->folder, "plan.pdf");
	assert_int_equal(file_write(office->pdf, "%PDF-1.7 plan", 13, 0600),
			 FAULT_NONE);
	scheduler_start(&office->scheduler);
	*state = office;
	return 0;
}

static int stop(void **state)
{
	struct office_of_test *office = *state;

	scheduler_stop(&office->scheduler);
	folder_remove(office->folder);
	free(office->folder);
	free(office->pdf);
	free(office);
	return 0;
}

static void queues_are_listed_with_how_they_are(void **state)
{
	static const struct {
		int printer;
		const char *reason;
		bool accepting;
		const char *line;
	} rows[] = {
		{ 3, "none", true, "cups:Front\tready\tBy the window\n" },
		{ 4, "none", true, "cups:Front\tprinting\t" },
		{ 5, "paused", true, "cups:Front\tstopped\t" },
		{ 5, "none", true, "cups:Front\tstopped\t" },
		{ 4, "media-empty-error", true, "cups:Front\tno-paper\t" },
		{ 5, "media-jam", true, "cups:Front\tjam\t" },
		{ 4, "cover-open-report", true, "cups:Front\tcover-open\t" },
		{ 3, "offline-report", true, "cups:Front\toffline\t" },
		{ 3, "toner-empty-warning", true, "cups:Front\tno-ink\t" },
		{ 3, "media-jammer", true, "cups:Front\tready\t" },
		{ 3, "none", false, "cups:Front\tready, takes no jobs\t" },
	};
	struct office_of_test *office = *state;
	struct scheduler_state *at = office->scheduler.state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct output output;

		at->printer_state = rows[i].printer;
		at->accepting = rows[i].accepting;
		strcpy(at->reason, rows[i].reason);
		output = program_run("", "foyer printer list --home %s",
				     office->folder);
		if (!strstr(output.out, rows[i].line) ||
		    !strstr(output.out, "cups:Back\tready\t"))
			fail_msg("not %s: %s%s", rows[i].line, output.out,
				 output.err);
		output_done(&output);
	}
}

static void sends(const struct office_of_test *office, const char *options,
		  int status, const char *said)
{
	struct output output =
	    program_run("", "foyer printer send %s %s", options, office->pdf);

	if (output.status != status ||
	    (!strstr(output.out, said) && !strstr(output.err, said)))
		fail_msg("%s: %d\n%s%s", options, output.status, output.out,
			 output.err);
	output_done(&output);
}

static void a_file_goes_to_the_queue_that_was_named(void **state)
{
	struct office_of_test *office = *state;
	struct scheduler_state *at = office->scheduler.state;

	sends(office, "Front", 0, "queued\n");
	assert_int_equal(at->jobs, 1);
	assert_int_equal(at->bytes, 13);
	/* A queue's list is for all to read: nobody's name is in it. */
	assert_string_equal(at->name, "Foyer page");
	sends(office, "--follow Front", 0, "queued\nprinted\n");
	at->job_state = 8;
	sends(office, "--follow Front", 1, "queued\ngiven-up\n");
	/* One that keeps no history: it is out of our hands. */
	at->job_state = 0;
	sends(office, "--follow Front", 0, "queued\nleft\n");
	sends(office, "Side", 1, "no queue has this name");
	sends(office, "../Front", 1, "no queue has this name");
	at->accepting = false;
	sends(office, "Front", 1, "takes no jobs now");
	assert_int_equal(at->jobs, 4);
}

static void without_a_scheduler_it_is_said(void **state)
{
	struct office_of_test *office = *state;
	struct output output;

	setenv("CUPS_SERVER", "127.0.0.1:1", 1);
	sends(office, "Front", 3, "CUPS does not run here");
	output =
	    program_run("", "foyer printer list --home %s", office->folder);
	assert_int_equal(output.status, 0);
	assert_null(strstr(output.out, "cups:"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(queues_are_listed_with_how_they_are),
		TEST(a_file_goes_to_the_queue_that_was_named),
		TEST(without_a_scheduler_it_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
