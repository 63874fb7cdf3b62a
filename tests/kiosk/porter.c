#include "tests/test.h"

#include "kiosk/porter.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "kiosk/errands.h"
#include "tests/support/bare.h"
#include "tests/support/folder.h"
#include "tests/support/scheduler.h"

/*
 * A porter and its visitor in one test, of a hall that has only what a porter
 * uses. One that hangs is one that was stopped.
 */
#define NUMBER 7
#define SHORT 200 /* ms of patience with one that hangs */
#define LONG 20000

struct place {
	struct bare bare;
	char *paper;
	struct porter *porter;
};

/* The porter's, which forked from this test: a file that both can see. */
static void write_down(void *to, enum log_level level, const char *line)
{
	FILE *file = fopen(to, "ae");

	if (!file)
		return;
	fprintf(file, "%d %s\n", (int)level, line);
	fclose(file);
}

static char *noted_in(const struct place *place)
{
	return folder_file(place->bare.folder, "noted");
}

static int set_up(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	bare_open(&place->bare);
	place->paper = folder_file(place->bare.folder, "paper.png");
	*state = place;
	return 0;
}

static int tear_down(void **state)
{
	struct place *place = *state;

	porter_free(place->porter);
	bare_close(&place->bare);
	free(place->paper);
	free(place);
	return 0;
}

static void start(struct place *place, int patience)
{
	char *notes = noted_in(place);

	log_to(write_down, notes);
	assert_int_equal(
	    porter_start(&place->bare.hall, NUMBER, patience, &place->porter),
	    FAULT_NONE);
	free(notes); /* the porter has its own */
}

static enum fault keep(const struct place *place, const char *wire)
{
	const struct issue_keeper keeper = porter_keeper(place->porter);

	return keeper.keep(keeper.to, wire, strlen(wire));
}

static void expect_gone(const struct place *place)
{
	assert_int_equal(porter_descriptor(place->porter), -1);
}

static void one_that_is_there_answers(void **state)
{
	struct place *place = *state;
	struct issue_keeper keeper;

	start(place, LONG);
	keeper = porter_keeper(place->porter);
	assert_int_equal(keep(place, "no ticket"), FAULT_FORMAT);
	assert_int_equal(keeper.drop(keeper.to), FAULT_NONE);
	assert_true(porter_descriptor(place->porter) >= 0);
}

static void one_that_died_keeps_and_prints_nothing(void **state)
{
	struct place *place = *state;
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);

	start(place, LONG);
	assert_int_equal(kill(porter_process(place->porter), SIGKILL), 0);
	assert_int_equal(keep(place, "a ticket"), FAULT_SYSTEM);
	expect_gone(place);
	porter_print(place->porter, picture, 1000);
	assert_int_equal(porter_answer(place->porter), PRINTER_OFFLINE);
}

static void one_that_hangs_is_given_up(void **state)
{
	struct place *place = *state;

	start(place, SHORT);
	assert_int_equal(kill(porter_process(place->porter), SIGSTOP), 0);
	/* More than fits: what is written down holds up nobody. */
	for (int i = 0; i < 5000; i++)
		log_note("a line that nobody takes, number %d of many", i);
	assert_int_equal(keep(place, "a ticket"), FAULT_SYSTEM);
	expect_gone(place);
}

static void a_paper_that_takes_too_long_may_have_come_out(void **state)
{
	struct place *place = *state;
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);

	start(place, LONG);
	assert_int_equal(kill(porter_process(place->porter), SIGSTOP), 0);
	porter_print(place->porter, picture, 1000);
	porter_take(place->porter, 1000 + PORTER_PRINTS - 1);
	assert_int_equal(porter_answer(place->porter), PRINTER_WORKING);
	porter_take(place->porter, 1000 + PORTER_PRINTS);
	assert_int_equal(porter_answer(place->porter), PRINTER_UNKNOWN);
	expect_gone(place);
}

static void a_picture_that_does_not_reach_it_was_not_printed(void **state)
{
	struct place *place = *state;
	SCOPED(picture_freep)
	struct picture *picture =
	    picture_new(PICTURE_MAX_WIDTH, PICTURE_MAX_HEIGHT);

	start(place, SHORT);
	assert_int_equal(kill(porter_process(place->porter), SIGSTOP), 0);
	for (int i = 0; i < 5000; i++)
		log_note("its messages wait until there is no room");
	porter_print(place->porter, picture, 1000);
	assert_int_equal(porter_answer(place->porter), PRINTER_OFFLINE);
	expect_gone(place);
}

static void await_answer(struct place *place)
{
	struct pollfd wait = { porter_descriptor(place->porter), POLLIN, 0 };

	while (porter_answer(place->porter) == PRINTER_WORKING) {
		assert_int_equal(poll(&wait, 1, LONG), 1);
		porter_take(place->porter, 0);
	}
}

static enum printer_answer printed(struct place *place,
				   const struct picture *picture)
{
	porter_print(place->porter, picture, 0);
	await_answer(place);
	return porter_answer(place->porter);
}

static void a_visit_has_no_more_papers_than_it_may(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *address = xasprintf("file:%s", place->paper);
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);

	place->bare.hall.printer = address;
	start(place, LONG);
	for (int i = 0; i < ERRAND_PAPERS; i++)
		assert_int_equal(printed(place, picture), PRINTER_CONFIRMED);
	assert_int_equal(unlink(place->paper), 0);
	assert_int_equal(printed(place, picture), PRINTER_OFFLINE);
	assert_false(file_exists(place->paper));
}

/* Where everybody can read it, and by which they are taken back. */
static void a_queue_tells_slips_from_tickets(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *sender = hall_sender(&place->bare.hall);
	SCOPED(char_freep) char *slip = xasprintf("Foyer %s slip", sender);
	SCOPED(char_freep) char *ticket = xasprintf("Foyer %s ticket", sender);
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);
	struct scheduler scheduler;

	scheduler_start(&scheduler);
	place->bare.hall.printer = "cups:Front";
	start(place, LONG);
	porter_print_slip(place->porter, picture, 0);
	await_answer(place);
	assert_int_equal(porter_answer(place->porter), PRINTER_UNKNOWN);
	assert_string_equal(scheduler.state->name, slip);
	porter_print(place->porter, picture, 0);
	await_answer(place);
	assert_string_equal(scheduler.state->name, ticket);
	scheduler_stop(&scheduler);
}

/* A slip that is out late says nothing of the ticket behind it. */
static void an_answer_is_of_its_own_paper(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *address = xasprintf("file:%s", place->paper);
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 64);
	struct pollfd wait = { .events = POLLIN };

	place->bare.hall.printer = address;
	start(place, LONG);
	wait.fd = porter_descriptor(place->porter);
	porter_print(place->porter, picture, 0);
	assert_int_equal(poll(&wait, 1, LONG), 1);
	assert_int_equal(kill(porter_process(place->porter), SIGSTOP), 0);
	porter_print(place->porter, picture, 0);
	porter_take(place->porter, 0);
	assert_int_equal(porter_answer(place->porter), PRINTER_WORKING);
	assert_int_equal(kill(porter_process(place->porter), SIGCONT), 0);
	assert_int_equal(poll(&wait, 1, LONG), 1);
	porter_take(place->porter, 0);
	assert_int_equal(porter_answer(place->porter), PRINTER_CONFIRMED);
}

static void what_it_writes_down_is_no_more_than_a_log_holds(void **state)
{
	struct place *place = *state;
	SCOPED(char_freep) char *notes = noted_in(place);
	struct bytes text = { 0 };
	char line[800] = "";
	int lines = 0;

	start(place, LONG);
	memset(line, 'x', sizeof line - 1);
	for (int i = 0; i < 3 * ERRAND_LINES; i++)
		log_note("%s", line);
	/* Its answer comes behind them. */
	assert_int_equal(keep(place, "no ticket"), FAULT_FORMAT);
	assert_int_equal(file_read(notes, 1 << 20, &text), FAULT_NONE);
	bytes_add_byte(&text, 0);
	for (char *next = (char *)text.data, *one; (one = strsep(&next, "\n"));
	     lines++)
		assert_true(strlen(one) <= 2 + ERRAND_LINE);
	/* With the one that says so, the refused ticket's, and the end. */
	assert_in_range(lines, ERRAND_LINES + 3, ERRAND_LINES + 4);
	assert_non_null(memmem(text.data, text.length, "says more", 9));
	bytes_done(&text);
}

/* --- its visitor's end -----------------------------------------------------
 */

/* Somebody else still holds the visitor's end of the socket when it dies, so
 * that nothing but its death tells the porter. */
static void visit_and_die(struct place *place, const int *ends)
{
	pid_t holder = -1;

	close(ends[0]);
	start(place, LONG);
	if (keep(place, "no ticket") == FAULT_FORMAT && !(holder = fork())) {
		close(ends[1]);
		pause();
	}
	(void)!write(ends[1], &holder, sizeof holder);
	(void)raise(SIGKILL);
}

/* The pipe is at its end when the porter, too, has closed it. */
static void it_does_not_outlive_its_visitor(void **state)
{
	pid_t visitor, holder = -1;
	int ends[2];
	char byte;

	assert_int_equal(pipe(ends), 0);
	visitor = fork();
	if (!visitor)
		visit_and_die(*state, ends);
	close(ends[1]);
	assert_int_equal(waitpid(visitor, NULL, 0), visitor);
	assert_int_equal(read(ends[0], &holder, sizeof holder), sizeof holder);
	assert_int_equal(read(ends[0], &byte, 1), 0);
	assert_int_equal(kill(holder, SIGKILL), 0);
	close(ends[0]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		TEST(one_that_is_there_answers),
		TEST(one_that_died_keeps_and_prints_nothing),
		TEST(one_that_hangs_is_given_up),
		TEST(a_paper_that_takes_too_long_may_have_come_out),
		TEST(a_picture_that_does_not_reach_it_was_not_printed),
		TEST(a_visit_has_no_more_papers_than_it_may),
		TEST(a_queue_tells_slips_from_tickets),
		TEST(an_answer_is_of_its_own_paper),
		TEST(what_it_writes_down_is_no_more_than_a_log_holds),
		TEST(it_does_not_outlive_its_visitor),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
