#include "print/clerk.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "print/profile.h"
#include "tests/support/logged.h"
#include "tests/support/scheduler.h"
#include "tests/test.h"

/* Tickets at an office's printer, with a scheduler of the test's own. */

/* States of printers and jobs (RFC 8011, 5.3.7 and 5.4.11). */
enum {
	IDLE = 3,
	STOPPED = 5,
	PENDING = 3,
	PRINTING = 5,
	HELD = 6,
	CANCELLED = 7,
	ABORTED = 8,
	COMPLETED = 9
};

struct office {
	struct scheduler scheduler;
	struct picture *picture;
};

static int set_up(void **state)
{
	struct office *office = xcalloc(1, sizeof *office);

	logged_start();
	scheduler_start(&office->scheduler);
	office->picture = picture_new(384, 800);
	picture_ink(office->picture, 10, 10);
	*state = office;
	return 0;
}

static int tear_down(void **state)
{
	struct office *office = *state;

	scheduler_stop(&office->scheduler);
	picture_free(office->picture);
	logged_stop();
	free(office);
	return 0;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Until the printer has its answer; once the scheduler has the job, it has that
 * trouble, too (NULL: none). */
static enum printer_answer finish(struct office *office,
				  struct printer *printer, const char *later)
{
	printer_start(printer, office->picture, now_ms());
	while (printer_answer(printer) == PRINTER_WORKING) {
		struct pollfd wait = { printer_descriptor(printer),
				       printer_events(printer), 0 };

		poll(&wait, 1, 20);
		if (later && office->scheduler.state->jobs)
			strcpy(office->scheduler.state->reason, later);
		printer_ready(printer, wait.revents, now_ms());
		printer_tick(printer, now_ms());
	}
	return printer_answer(printer);
}

static enum printer_answer print(struct office *office, const char *address,
				 bool vouches, const char *later)
{
	SCOPED(printer_freep) struct printer *printer = NULL;
	struct profile profile = profile_usual;

	profile.vouches = vouches;
	assert_int_equal(printer_new(address, &printer), FAULT_NONE);
	printer_use(printer, &profile);
	return finish(office, printer, later);
}

static void a_ticket_comes_in_its_own_size_and_names_nobody(void **state)
{
	struct office *office = *state;
	const struct scheduler_state *seen = office->scheduler.state;

	assert_int_equal(print(office, "cups:Front", true, NULL),
			 PRINTER_CONFIRMED);
	assert_int_equal(seen->jobs, 1);
	assert_true(seen->bytes > 100);
	assert_string_equal(seen->name, "Foyer page");
	assert_string_equal(seen->scaling, "none");
	assert_int_equal(seen->cancelled, 0);
}

/* What stands in the way beforehand, and what becomes of the job. */
static void what_came_of_it_is_said_as_of_any_printer(void **state)
{
	static const struct {
		const char *address;
		int printer_state;
		const char *reason;
		bool accepting;
		int job_state;
		bool vouches;
		const char *later;
		enum printer_answer answer;
		int jobs, cancelled;
	} cases[] = {
		{ "cups:Front", IDLE, "none", true, COMPLETED, false, NULL,
		  PRINTER_UNKNOWN, 1, 0 },
		{ "cups:Nobody", IDLE, "none", true, COMPLETED, true, NULL,
		  PRINTER_ABSENT, 0, 0 },
		{ "cups:Front", STOPPED, "media-empty-error", true, COMPLETED,
		  true, NULL, PRINTER_NO_PAPER, 0, 0 },
		{ "cups:Front", STOPPED, "cover-open-error", true, COMPLETED,
		  true, NULL, PRINTER_COVER_OPEN, 0, 0 },
		{ "cups:Front", STOPPED, "paused", true, COMPLETED, true, NULL,
		  PRINTER_OFFLINE, 0, 0 },
		{ "cups:Front", IDLE, "none", false, COMPLETED, true, NULL,
		  PRINTER_OFFLINE, 0, 0 },
		/* What was given up may be on paper in part. */
		{ "cups:Front", IDLE, "none", true, ABORTED, true, NULL,
		  PRINTER_UNKNOWN, 1, 0 },
		{ "cups:Front", IDLE, "none", true, HELD, true, NULL,
		  PRINTER_UNKNOWN, 1, 1 },
		{ "cups:Front", IDLE, "none", true, CANCELLED, true, NULL,
		  PRINTER_OFFLINE, 1, 0 },
		/* It has taken all, and its paper is out now. */
		{ "cups:Front", IDLE, "none", true, COMPLETED, true,
		  "media-empty-warning", PRINTER_UNKNOWN, 1, 0 },
		/* Its turn has not come: it is taken back. */
		{ "cups:Front", IDLE, "none", true, PENDING, true,
		  "media-empty", PRINTER_NO_PAPER, 1, 1 },
		/* Some of it may be on paper. */
		{ "cups:Front", IDLE, "none", true, PRINTING, true,
		  "media-empty", PRINTER_UNKNOWN, 1, 1 },
	};
	(void)state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		void *fresh;
		struct scheduler_state *seen;

		set_up(&fresh);
		seen = ((struct office *)fresh)->scheduler.state;
		seen->printer_state = cases[i].printer_state;
		strcpy(seen->reason, cases[i].reason);
		seen->accepting = cases[i].accepting;
		seen->job_state = cases[i].job_state;
		assert_int_equal(print(fresh, cases[i].address,
				       cases[i].vouches, cases[i].later),
				 cases[i].answer);
		assert_int_equal(seen->jobs, cases[i].jobs);
		assert_int_equal(seen->cancelled, cases[i].cancelled);
		tear_down(&fresh);
	}
}

/* Nobody's old ticket comes out when the next person stands there. */
static void a_ticket_that_is_given_up_is_taken_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	struct printer *printer;
	const int64_t end = now_ms() + 20000;

	seen->job_state = PRINTING;
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_start(printer, office->picture, now_ms());
	while (!seen->jobs && now_ms() < end)
		poll(NULL, 0, 10);
	printer_free(printer);
	while (!seen->cancelled && now_ms() < end)
		poll(NULL, 0, 10);
	assert_int_equal(seen->cancelled, 1);
}

/* As CUPS' own drivers do, at the start of every job. */
static void a_job_that_connects_first_is_printed(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	seen->looks = 8;
	strcpy(seen->meanwhile, "connecting-to-device");
	assert_int_equal(print(office, "cups:Front", true, NULL),
			 PRINTER_CONFIRMED);
	assert_int_equal(seen->cancelled, 0);
}

/* A queue keeps its reasons until the next job. */
static void paper_that_was_put_in_serves_the_next_ticket(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	seen->job_state = PRINTING;
	assert_int_equal(print(office, "cups:Front", true, "media-empty-error"),
			 PRINTER_UNKNOWN);
	assert_int_equal(seen->cancelled, 1);
	assert_string_equal(seen->reason, "media-empty-error");
	seen->job_state = COMPLETED;
	seen->looks = 8;
	strcpy(seen->meanwhile, seen->reason);
	assert_int_equal(print(office, "cups:Front", true, "none"),
			 PRINTER_CONFIRMED);
	assert_int_equal(seen->jobs, 2);
	assert_int_equal(seen->cancelled, 1);
}

/* Behind another's long job, in a queue that is well. */
static void a_ticket_whose_turn_never_comes_is_not_printed(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	int told;

	seen->job_state = PENDING;
	told =
	    clerk_send(&(struct clerk_wish){ .queue = "Front",
					     .vouches = true,
					     .patience = CLERK_SPARE + 1000 },
		       office->picture);
	assert_true(told >= 0);
	assert_int_equal(clerk_answer(told), PRINTER_OFFLINE);
	close(told);
	assert_int_equal(seen->cancelled, 1);
}

/* --- what was left there ----------------------------------------------------
 */

/* Of before a power cut; and what others, and this user, have there besides. */
static void leave_jobs(struct scheduler_state *state)
{
	static const struct {
		const char *title, *owner;
	} left[] = {
		{ "Foyer K7 91F2 ticket", NULL },
		{ "Foyer page", NULL },
		{ "Foyer K7 91F2 ticket", "somebody" },
		{ "Foyer K8 91F2 ticket", NULL },
		{ "Foyer K7 91F2 slip", NULL },
		{ "ticket", NULL },
		{ "Foyer K7 91F2 ticket 2", NULL },
		/* Another kiosk, which nobody gave a name of its own. */
		{ "Foyer K7 91F3 ticket", NULL },
	};

	for (size_t i = 0; i < COUNT(left); i++) {
		strcpy(state->left[i].title, left[i].title);
		state->left[i].owner = left[i].owner;
	}
}

static void assert_ours_are_gone(const struct scheduler_state *state)
{
	for (size_t i = 0; i < COUNT(state->left); i++)
		assert_int_equal(state->left[i].over, i == 0 || i == 4);
	assert_int_equal(state->cancelled, 2);
}

static void await_cancelled(const struct scheduler_state *state, int count)
{
	const int64_t end = now_ms() + 20000;

	while (state->cancelled < count && now_ms() < end)
		poll(NULL, 0, 10);
}

static void a_kiosk_takes_its_own_old_papers_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	SCOPED(printer_freep) struct printer *printer = NULL;

	leave_jobs(seen);
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	printer_clear(printer);
	await_cancelled(seen, 2);
	poll(NULL, 0, 300);
	assert_ours_are_gone(seen);
	assert_int_equal(seen->jobs, 0);
}

/* Whatever became of those who should have. */
static void a_ticket_takes_them_back_first(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	SCOPED(printer_freep) struct printer *printer = NULL;

	leave_jobs(seen);
	seen->printer_state = STOPPED;
	strcpy(seen->reason, "media-empty-error");
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	assert_int_equal(finish(office, printer, NULL), PRINTER_NO_PAPER);
	assert_ours_are_gone(seen);
	strcpy(seen->reason, "none");
	seen->printer_state = IDLE;
	assert_int_equal(finish(office, printer, NULL), PRINTER_UNKNOWN);
	assert_string_equal(seen->name, "Foyer K7 91F2 ticket");
	printer_name(printer, PRINTER_SLIP, "K7 91F2");
	assert_int_equal(finish(office, printer, NULL), PRINTER_UNKNOWN);
	assert_string_equal(seen->name, "Foyer K7 91F2 slip");
	assert_ours_are_gone(seen);
}

/* A desk beside the kiosk prints for nobody who waits. */
static void staff_take_nothing_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	leave_jobs(seen);
	assert_int_equal(print(office, "cups:Front", true, NULL),
			 PRINTER_CONFIRMED);
	assert_int_equal(seen->cancelled, 0);
}

/* Power comes back to all at once, and CUPS may be the last to be there. */
static void it_is_tried_until_cups_answers(void **state)
{
	struct office *office = *state;
	SCOPED(printer_freep) struct printer *printer = NULL;

	scheduler_stop(&office->scheduler);
	scheduler_start_late(&office->scheduler, 1500);
	leave_jobs(office->scheduler.state);
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	printer_clear(printer);
	await_cancelled(office->scheduler.state, 2);
	assert_ours_are_gone(office->scheduler.state);
}

/* As behind a socket that systemd holds for it: the call is taken at once. */
static void a_list_that_does_not_come_is_asked_for_again(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	SCOPED(printer_freep) struct printer *printer = NULL;

	leave_jobs(seen);
	seen->unlisted = 3;
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	printer_clear(printer);
	await_cancelled(seen, 2);
	assert_ours_are_gone(seen);
}

static void who_lets_go_ends_the_taking_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	struct printer *printer;

	leave_jobs(seen);
	seen->silent = true;
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	printer_clear(printer);
	poll(NULL, 0, 500);
	printer_free(printer);
	seen->silent = false;
	poll(NULL, 0, 1000);
	assert_true(*seen->user);
	assert_int_equal(seen->cancelled, 0);
}

static void await_none(const int *count)
{
	const int64_t end = now_ms() + 20000;

	while (*(const volatile int *)count && now_ms() < end)
		poll(NULL, 0, 10);
	assert_int_equal(*count, 0);
}

/* The list may come late: what was sent meanwhile is in it. */
static void a_job_that_begins_ends_the_taking_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	SCOPED(printer_freep) struct printer *printer = NULL;
	const int64_t end = now_ms() + 20000;

	seen->job_state = PENDING;
	seen->late_lists = 1;
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	printer_clear(printer);
	await_none(&seen->late_lists);
	printer_start(printer, office->picture, now_ms());
	while (!seen->jobs && now_ms() < end)
		poll(NULL, 0, 10);
	assert_int_equal(seen->jobs, 1);
	poll(NULL, 0, 1000);
	assert_int_equal(seen->cancelled, 0);
}

/* It was asked whether it takes one, and did not answer at once. */
static void a_ticket_of_somebody_gone_is_not_sent(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	int told;

	seen->silent = true;
	told = clerk_send(&(struct clerk_wish){ .queue = "Front",
						.kiosk = "K7 91F2",
						.paper = PRINTER_TICKET,
						.patience = 20000 },
			  office->picture);
	assert_true(told >= 0);
	poll(NULL, 0, 500);
	close(told);
	seen->silent = false;
	poll(NULL, 0, 1500);
	assert_true(*seen->user);
	assert_int_equal(seen->jobs, 0);
}

static void a_job_without_an_answer_is_taken_back(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;
	SCOPED(printer_freep) struct printer *printer = NULL;

	seen->job_state = PENDING;
	seen->hangs_up = true;
	assert_int_equal(printer_new("cups:Front", &printer), FAULT_NONE);
	printer_name(printer, PRINTER_TICKET, "K7 91F2");
	assert_int_equal(finish(office, printer, NULL), PRINTER_UNKNOWN);
	assert_int_equal(seen->jobs, 1);
	assert_int_equal(seen->cancelled, 1);
	assert_int_equal(seen->taken_back, 1);
}

/* So nobody is asked whether their paper came out. */
static void a_job_that_is_refused_by_http_was_not_taken(void **state)
{
	static const struct {
		int status;
		enum printer_answer answer;
	} cases[] = {
		{ 400, PRINTER_OFFLINE }, { 401, PRINTER_OFFLINE },
		{ 403, PRINTER_OFFLINE }, { 404, PRINTER_OFFLINE },
		{ 413, PRINTER_OFFLINE }, { 500, PRINTER_UNKNOWN },
		{ 503, PRINTER_UNKNOWN },
	};
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		seen->refuses = cases[i].status;
		assert_int_equal(print(office, "cups:Front", true, NULL),
				 cases[i].answer);
	}
	assert_int_equal(seen->jobs, 0);
}

/* It has all of the page, and says nothing: nobody knows. */
static void a_job_without_an_answer_is_asked_about(void **state)
{
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	seen->falls_silent = true;
	assert_int_equal(print(office, "cups:Front", true, NULL),
			 PRINTER_UNKNOWN);
	assert_int_equal(seen->jobs, 1);
}

/* --- how a queue is ---------------------------------------------------------
 */

static void a_queue_says_how_it_is(void **state)
{
	static const struct {
		const char *queue;
		int printer_state;
		const char *reason;
		bool accepting;
		enum printer_answer answer;
	} cases[] = {
		{ "Front", IDLE, "none", true, PRINTER_IDLE },
		{ "Front", IDLE, "media-empty-warning", true,
		  PRINTER_NO_PAPER },
		{ "Front", STOPPED, "paused", true, PRINTER_OFFLINE },
		{ "Front", IDLE, "none", false, PRINTER_OFFLINE },
		{ "Nobody", IDLE, "none", true, PRINTER_ABSENT },
	};
	struct office *office = *state;
	struct scheduler_state *seen = office->scheduler.state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		int told;

		seen->printer_state = cases[i].printer_state;
		strcpy(seen->reason, cases[i].reason);
		seen->accepting = cases[i].accepting;
		told = clerk_ask(&(struct clerk_wish){ .queue = cases[i].queue,
						       .patience = 20000 });
		assert_true(told >= 0);
		assert_int_equal(clerk_answer(told), cases[i].answer);
		close(told);
	}
	assert_int_equal(seen->jobs, 0);
}

static void without_cups_there_is_no_printer(void **state)
{
	struct office *office = *state;

	setenv("CUPS_SERVER", "127.0.0.1:1", 1);
	assert_int_equal(print(office, "cups:Front", true, NULL),
			 PRINTER_ABSENT);
}

/* 384 dots and what the roll leaves free are 56 mm, 800 are 100 mm. */
static void a_page_is_as_large_as_the_paper(void **state)
{
	static const char box[] = "/MediaBox [ 0 0 158.740157 283.464567 ]";
	const struct office *office = *state;
	struct bytes pdf = { 0 };

	picture_pdf(office->picture, PICTURE_MARGIN, &pdf);
	assert_memory_equal(pdf.data, "%PDF-1.4", 8);
	assert_non_null(memmem(pdf.data, pdf.length, box, strlen(box)));
	bytes_done(&pdf);
}

static void an_address_names_a_queue(void **state)
{
	static const char *const wrong[] = { "cups:", "cups:a b", "cups:a/b",
					     "cups:.a", "cups:a?b" };
	struct printer *printer;

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_int_equal(printer_new(wrong[i], &printer), FAULT_FORMAT);
	assert_int_equal(printer_new("cups:Front_desk-2", &printer),
			 FAULT_NONE);
	assert_true(printer_exists(printer));
	printer_free(printer);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		TEST(a_ticket_comes_in_its_own_size_and_names_nobody),
		cmocka_unit_test(what_came_of_it_is_said_as_of_any_printer),
		TEST(a_ticket_that_is_given_up_is_taken_back),
		TEST(a_job_that_connects_first_is_printed),
		TEST(paper_that_was_put_in_serves_the_next_ticket),
		TEST(a_ticket_whose_turn_never_comes_is_not_printed),
		TEST(a_kiosk_takes_its_own_old_papers_back),
		TEST(a_ticket_takes_them_back_first),
		TEST(staff_take_nothing_back),
		TEST(it_is_tried_until_cups_answers),
		TEST(a_list_that_does_not_come_is_asked_for_again),
		TEST(who_lets_go_ends_the_taking_back),
		TEST(a_job_that_begins_ends_the_taking_back),
		TEST(a_ticket_of_somebody_gone_is_not_sent),
		TEST(a_job_without_an_answer_is_taken_back),
		TEST(a_job_that_is_refused_by_http_was_not_taken),
		TEST(a_job_without_an_answer_is_asked_about),
		TEST(a_queue_says_how_it_is),
		TEST(without_cups_there_is_no_printer),
		TEST(a_page_is_as_large_as_the_paper),
		TEST(an_address_names_a_queue),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
