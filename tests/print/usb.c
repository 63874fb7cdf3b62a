#include "tests/test.h"

#include <linux/lp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "print/escpos.h"
#include "print/printer.h"
#include "print/profile.h"
#include "tests/support/emulator.h"
#include "tests/support/logged.h"

/*
 * The USB printer's line and its thread, against a pseudo-terminal in place of
 * usblp: what the driver alone does is made up here (LPGETSTATUS), or tried as
 * far as /dev/full goes, which takes nothing, as a printer without paper.
 * Clocks are real here, for the thread has no other; so only what ends by
 * itself is tried.
 */
struct bench {
	struct picture *picture;
	struct emulator *emulator;
	struct printer *printer;
};

/* Of usblp, which the pseudo-terminal is not. */
static struct {
	bool there;
	int status;                    /* what it says */
	atomic_int asked;              /* the thread that asked; 0: none */
	atomic_int asked_by_the_kiosk; /* times: its loop may not wait */
} driver;

int ioctl(int file, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (request != LPGETSTATUS || !driver.there)
		return (int)syscall(SYS_ioctl, file, request, argument);
	const pid_t thread = gettid();

	if (thread == getpid())
		driver.asked_by_the_kiosk++;
	*(int *)argument = driver.status;
	driver.asked = thread;
	return 0;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int set_up(void **state)
{
	struct bench *bench = xcalloc(1, sizeof *bench);

	bench->picture = picture_new(384, 700);
	for (int y = 0; y < 700; y++) {
		for (int x = y % 7; x < 384; x += 5)
			picture_ink(bench->picture, x, y);
	}
	(void)escpos_mend(bench->picture);
	bench->emulator = emulator_new(384);
	logged_start();
	*state = bench;
	return 0;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	logged_stop();
	printer_free(bench->printer);
	emulator_free(bench->emulator);
	picture_free(bench->picture);
	free(bench);
	return 0;
}

static void connect_to(struct bench *bench, const char *path)
{
	SCOPED(char_freep) char *address = xasprintf("usb:%s", path);

	assert_int_equal(printer_new(address, &bench->printer), FAULT_NONE);
}

/* The thread has the driver's word, and waits for what comes next. */
static bool has_asked(void)
{
	char path[64], line[256] = "";
	FILE *file;

	if (!driver.asked)
		return false;
	snprintf(path, sizeof path, "/proc/self/task/%d/stat", driver.asked);
	file = fopen(path, "re");
	assert_non_null(file);
	(void)!fgets(line, sizeof line, file);
	fclose(file);
	return strstr(line, ") S ");
}

/* The printer's own clock hardly goes, so that a slow machine is no fault; once
 * the driver was asked, its answer is awaited no longer. */
static enum printer_answer print(struct bench *bench)
{
	int64_t now = 1000;
	bool mute = false;

	printer_start(bench->printer, bench->picture, now);
	while (printer_answer(bench->printer) == PRINTER_WORKING) {
		struct pollfd wait = { printer_descriptor(bench->printer),
				       printer_events(bench->printer), 0 };

		emulator_pump(bench->emulator, now_ms());
		poll(&wait, 1, 1);
		printer_ready(bench->printer, wait.revents, now);
		if (printer_deadline(bench->printer) < now + 200)
			now += 20; /* a pause, or a look */
		if (!mute && has_asked()) {
			now = printer_deadline(bench->printer);
			mute = true;
		}
		printer_tick(bench->printer, now);
	}
	return printer_answer(bench->printer);
}

static void connect_to_unacknowledged(struct bench *bench)
{
	struct profile profile = profile_usual;

	profile.ways.acknowledges = false;
	connect_to(bench, emulator_open_tty(bench->emulator));
	printer_use(bench->printer, &profile);
}

static bool is_out(const struct bench *bench)
{
	return memmem(bench->emulator->paper.data,
		      bench->emulator->paper.length, bench->picture->bits,
		      (size_t)bench->picture->height * 48);
}

/* What is under way comes out, and it is the whole picture. */
static void drain(struct bench *bench)
{
	for (int i = 0; i < 50; i++)
		emulator_pump(bench->emulator, now_ms());
	assert_true(is_out(bench));
}

static void a_usb_printer_prints_and_answers(void **state)
{
	struct bench *bench = *state;

	bench->emulator->faults.near_end = true;
	connect_to(bench, emulator_open_tty(bench->emulator));
	for (int i = 0; i < 2; i++) {
		bytes_done(&bench->emulator->paper);
		assert_int_equal(print(bench), PRINTER_CONFIRMED);
		assert_true(is_out(bench));
		assert_true(printer_paper_low(bench->printer));
		assert_int_equal(bench->emulator->unknown, 0);
	}
}

static void its_troubles_are_told(void **state)
{
	static const struct {
		const char *fault;
		enum printer_answer answer;
	} cases[] = {
		{ "paper-out=0", PRINTER_NO_PAPER },
		{ "cover", PRINTER_COVER_OPEN },
		{ "paper-out=100 dry", PRINTER_UNKNOWN },
		{ "cut-off=20000", PRINTER_UNKNOWN },
		{ "cut-off=3075", PRINTER_OFFLINE },
	};
	struct bench *bench = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *words = xstrdup(cases[i].fault);
		char *next = words, *word;

		while ((word = strsep(&next, " ")))
			assert_true(
			    emulator_fault(&bench->emulator->faults, word));
		connect_to(bench, emulator_open_tty(bench->emulator));
		assert_int_equal(print(bench), cases[i].answer);
		assert_int_equal(emulator_rows(bench->emulator) > 0,
				 cases[i].answer == PRINTER_UNKNOWN);
		tear_down(state);
		set_up(state);
		bench = *state;
	}
}

static void a_device_that_takes_nothing_is_without_paper(void **state)
{
	struct bench *bench = *state;

	connect_to(bench, "/dev/full");
	assert_int_equal(print(bench), PRINTER_NO_PAPER);
}

static void a_job_given_up_while_the_printer_stands_still_ends(void **state)
{
	struct bench *bench = *state;

	bench->emulator->faults.buffer = 4096;
	bench->emulator->faults.paper_ends_at = 10;
	bench->emulator->faults.mute = true;
	connect_to(bench, emulator_open_tty(bench->emulator));
	printer_start(bench->printer, bench->picture, 1000);
	for (int i = 0; i < 300; i++) {
		/* Nobody takes bytes any more after some: a write waits. */
		if (i < 20)
			emulator_pump(bench->emulator, now_ms());
		printer_ready(bench->printer, POLLOUT, 1000);
		printer_tick(bench->printer, 1000 + i * 20);
	}
	printer_free(bench->printer);
	bench->printer = NULL;
}

static void one_that_does_not_tell_is_asked_about_at_once(void **state)
{
	struct bench *bench = *state;
	struct profile profile = profile_usual;

	profile.status = false;
	profile.ways.acknowledges = false;
	profile.ways.cuts = false;
	profile.pause = 10;
	bench->emulator->faults.constant = 0xFF;
	connect_to(bench, emulator_open_tty(bench->emulator));
	printer_use(bench->printer, &profile);
	assert_int_equal(print(bench), PRINTER_UNKNOWN);
	drain(bench);
	assert_false(printer_talks(bench->printer));
	assert_int_equal(bench->emulator->cuts, 0);
	assert_int_equal(bench->emulator->acknowledgements, 0);
}

static void of_a_mute_one_the_driver_says_that_its_paper_is_out(void **state)
{
	struct bench *bench = *state;

	driver.there = true;
	driver.status = LP_PERRORP;
	bench->emulator->faults.mute = true;
	connect_to_unacknowledged(bench);
	assert_int_equal(print(bench), PRINTER_UNKNOWN);
	drain(bench);
	bytes_done(&bench->emulator->paper);
	driver.status = LP_POUTPA;
	driver.asked = 0;
	assert_int_equal(print(bench), PRINTER_NO_PAPER);
	assert_int_equal(emulator_rows(bench->emulator), 0);
	assert_int_equal(driver.asked_by_the_kiosk, 0);
	driver.there = false;
	driver.asked = 0;
}

/* A copy of a printer whose driver has one word, whatever is the matter. */
static void a_driver_that_says_always_the_same_is_not_believed(void **state)
{
	struct bench *bench = *state;

	driver.there = true;
	driver.status = LP_POUTPA;
	bench->emulator->faults.mute = true;
	connect_to_unacknowledged(bench);
	for (int i = 0; i < 2; i++) {
		bytes_done(&bench->emulator->paper);
		driver.asked = 0;
		assert_int_equal(print(bench), PRINTER_UNKNOWN);
		drain(bench);
	}
	driver.there = false;
	driver.asked = 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_usb_printer_prints_and_answers),
		TEST(its_troubles_are_told),
		TEST(a_device_that_takes_nothing_is_without_paper),
		TEST(a_job_given_up_while_the_printer_stands_still_ends),
		TEST(one_that_does_not_tell_is_asked_about_at_once),
		TEST(of_a_mute_one_the_driver_says_that_its_paper_is_out),
		TEST(a_driver_that_says_always_the_same_is_not_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
