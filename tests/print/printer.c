#include "tests/test.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "print/escpos.h"
#include "print/printer.h"
#include "print/profile.h"
#include "scan/picture.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/paper.h"
#include "tests/support/symbol.h"

/* A ticket of the middle size, a printer at the other end, and a clock. */
struct fixture {
	struct picture *picture;
	struct emulator *emulator;
	struct printer *printer;
	int64_t now;
	char address[128]; /* of the printer */
	char *folder;
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);
	struct paper paper = sample_paper;
	char digits[GEOMETRY_DIGITS + 1];

	geometry_digits(&geometries[2], 5, digits);
	paper.symbol = geometry_symbol(&geometries[2], digits);
	if (paper_draw(&paper, PAPER_NARROW, &fixture->picture))
		return -1;
	geometry_free(&paper.symbol);
	fixture->emulator = emulator_new(PAPER_NARROW);
	fixture->now = 1000;
	fixture->folder = folder_new();
	logged_start();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	logged_stop();
	printer_free(fixture->printer);
	emulator_free(fixture->emulator);
	picture_free(fixture->picture);
	folder_remove(fixture->folder);
	free(fixture->folder);
	free(fixture);
	return 0;
}

static void connect_to(struct fixture *fixture, const char *address)
{
	printer_free(fixture->printer);
	fixture->printer = NULL;
	snprintf(fixture->address, sizeof fixture->address, "%s", address);
	assert_int_equal(printer_new(address, &fixture->printer), FAULT_NONE);
}

static void connect_tty(struct fixture *fixture)
{
	SCOPED(char_freep)
	char *address =
	    xasprintf("tty:%s", emulator_open_tty(fixture->emulator));

	connect_to(fixture, address);
}

static void connect_tcp(struct fixture *fixture)
{
	SCOPED(char_freep)
	char *address =
	    xasprintf("tcp:127.0.0.1:%d", emulator_open_tcp(fixture->emulator));

	connect_to(fixture, address);
}

static enum printer_answer run(struct fixture *fixture)
{
	printer_start(fixture->printer, fixture->picture, fixture->now);
	return emulator_run(fixture->emulator, fixture->printer, &fixture->now);
}

/* The whole ticket is the paper's last, followed by the feed. */
static void assert_printed(const struct fixture *fixture, int first)
{
	SCOPED(picture_freep)
	struct picture *printed = emulator_picture(fixture->emulator, first,
						   fixture->picture->height);

	assert_memory_equal(printed->bits, fixture->picture->bits,
			    (size_t)printed->height * 48);
}

static const struct {
	const char *name;
	void (*connect)(struct fixture *fixture);
} lines[] = { { "tty", connect_tty }, { "tcp", connect_tcp } };

static void a_good_printer_prints_the_picture_and_says_so(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;

		lines[i].connect(fixture);
		assert_int_equal(printer_answer(fixture->printer),
				 PRINTER_IDLE);
		assert_int_equal(run(fixture), PRINTER_CONFIRMED);
		assert_int_equal(printer_percent(fixture->printer), 100);
		assert_false(printer_paper_low(fixture->printer));
		assert_int_equal(printer_descriptor(fixture->printer), -1);
		assert_int_equal(fixture->emulator->unknown, 0);
		assert_printed(fixture, 0);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void two_jobs_come_out_one_after_the_other(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;
		int rows;

		lines[i].connect(fixture);
		assert_int_equal(run(fixture), PRINTER_CONFIRMED);
		rows = emulator_rows(fixture->emulator);
		assert_int_equal(run(fixture), PRINTER_CONFIRMED);
		assert_printed(fixture, rows);
		assert_int_equal(fixture->emulator->cuts, 2);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

/* Where, and what to do. */
static void expect_told(const struct fixture *fixture, const char *said)
{
	if (!strstr(logged(), fixture->address) || !strstr(logged(), said))
		fail_msg("%s, %s: %s", fixture->address, said, logged());
}

static void a_printer_in_trouble_is_not_started(void **state)
{
	static const struct {
		const char *fault;
		enum printer_answer answer;
		const char *said;
	} cases[] = {
		{ "paper-out=0", PRINTER_NO_PAPER, "no paper; put in a roll" },
		{ "cover", PRINTER_COVER_OPEN, "its cover open; close it" },
		{ "offline", PRINTER_OFFLINE, "is off line; press its feed" },
		{ "constant=26", PRINTER_OFFLINE, "is off line; press its" },
		{ "cut-off=10", PRINTER_OFFLINE, "look at its cable" },
	};

	for (size_t i = 0; i < COUNT(cases) * COUNT(lines); i++) {
		struct fixture *fixture = *state;

		assert_true(emulator_fault(&fixture->emulator->faults,
					   cases[i / 2].fault));
		lines[i % 2].connect(fixture);
		assert_int_equal(run(fixture), cases[i / 2].answer);
		assert_int_equal(emulator_rows(fixture->emulator), 0);
		expect_told(fixture, cases[i / 2].said);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

/* The same are told when it is only asked, and then nothing is printed. */
static void a_printer_that_is_asked_prints_nothing(void **state)
{
	static const struct {
		const char *fault;
		enum printer_answer answer;
	} cases[] = {
		{ "near-end", PRINTER_IDLE },
		{ "paper-out=0", PRINTER_NO_PAPER },
		{ "cover", PRINTER_COVER_OPEN },
		{ "constant=26", PRINTER_OFFLINE },
		{ "mute", PRINTER_UNKNOWN },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fixture *fixture = *state;

		assert_true(
		    emulator_fault(&fixture->emulator->faults, cases[i].fault));
		connect_tty(fixture);
		printer_ask(fixture->printer, fixture->now);
		assert_int_equal(emulator_run(fixture->emulator,
					      fixture->printer, &fixture->now),
				 cases[i].answer);
		if (!i)
			assert_true(printer_paper_low(fixture->printer));
		assert_int_equal(emulator_rows(fixture->emulator), 0);
		assert_int_equal(fixture->emulator->unknown, 0);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void a_roll_near_its_end_prints_and_is_told(void **state)
{
	struct fixture *fixture = *state;

	fixture->emulator->faults.near_end = true;
	connect_tty(fixture);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_true(printer_paper_low(fixture->printer));
	expect_told(fixture, "the roll is nearly at its end; have a new one");
}

static void a_mute_printer_prints_and_leaves_a_doubt(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;
		int64_t start = fixture->now;

		fixture->emulator->faults.mute = true;
		lines[i].connect(fixture);
		assert_int_equal(run(fixture), PRINTER_UNKNOWN);
		assert_printed(fixture, 0);
		assert_in_range(fixture->now - start, i ? 5000 : 10000, 16000);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void a_printer_that_talked_and_is_silent_is_offline(void **state)
{
	struct fixture *fixture = *state;
	int rows;

	connect_tty(fixture);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	rows = emulator_rows(fixture->emulator);
	fixture->emulator->faults.mute = true;
	assert_int_equal(run(fixture), PRINTER_OFFLINE);
	assert_int_equal(emulator_rows(fixture->emulator), rows);
}

static void without_acknowledgement_the_answer_is_a_doubt(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;

		fixture->emulator->faults.never_done = true;
		lines[i].connect(fixture);
		assert_int_equal(run(fixture), PRINTER_UNKNOWN);
		assert_printed(fixture, 0);
		/* A network printer was told that no more comes. */
		assert_int_equal(fixture->emulator->ended > 0, i);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void stale_replies_are_not_taken_for_ours(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;

		fixture->emulator->faults.stale = true;
		fixture->emulator->faults.never_done = true;
		lines[i].connect(fixture);
		emulator_pump(fixture->emulator, fixture->now);
		assert_int_equal(run(fixture), PRINTER_UNKNOWN);
		assert_printed(fixture, 0);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

/* Where the last ticket on the paper begins; 90 rows of feed follow it. */
static int last_ticket(const struct fixture *fixture)
{
	int height = fixture->picture->height;

	return emulator_rows(fixture->emulator) - 90 - height -
	       (height % 64 == 48 ? 8 : 0);
}

static void paper_that_ends_within_a_ticket_leaves_a_doubt(void **state)
{
	static const struct {
		int buffer;
		enum printer_answer again;
	} cases[] = {
		{ 0, PRINTER_NO_PAPER },
		{ 4096, PRINTER_OFFLINE }, /* full: it hears no question */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fixture *fixture = *state;
		int height = fixture->picture->height;
		SCOPED(picture_freep) struct picture *moved = NULL;
		SCOPED(picture_freep) struct picture *printed = NULL;

		fixture->emulator->faults.paper_ends_at = 300;
		fixture->emulator->faults.buffer = cases[i].buffer;
		connect_tcp(fixture);
		assert_int_equal(run(fixture), PRINTER_UNKNOWN);
		assert_int_equal(emulator_rows(fixture->emulator), 300);

		/* "No": checked again, and there is still no paper. */
		assert_int_equal(run(fixture), cases[i].again);

		/* A new roll: the same ticket comes out, moved aside. */
		emulator_refill(fixture->emulator);
		moved = picture_moved(fixture->picture, PICTURE_REPRINT);
		(void)escpos_mend(moved);
		printer_start(fixture->printer, moved, fixture->now);
		assert_int_equal(emulator_run(fixture->emulator,
					      fixture->printer, &fixture->now),
				 PRINTER_CONFIRMED);
		printed = emulator_picture(fixture->emulator,
					   last_ticket(fixture), height);
		assert_memory_equal(printed->bits, moved->bits,
				    (size_t)height * 48);
		assert_int_equal(fixture->emulator->unknown, 0);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void a_slow_printer_with_a_small_buffer_is_waited_for(void **state)
{
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct fixture *fixture = *state;
		int64_t start = fixture->now;

		fixture->emulator->faults.buffer = 4096;
		fixture->emulator->faults.rows_a_second = 400;
		lines[i].connect(fixture);
		assert_int_equal(run(fixture), PRINTER_CONFIRMED);
		assert_printed(fixture, 0);
		/* 2.5 ms a row */
		assert_true(fixture->now - start >
			    2 * fixture->picture->height);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

/* For one without flow control, or behind a slow machine's USB. */
static void a_printer_gets_the_pause_after_each_band_that_it_needs(void **state)
{
	struct fixture *fixture = *state;
	struct profile profile = profile_usual;
	const int bands =
	    (fixture->picture->height + ESCPOS_BAND - 1) / ESCPOS_BAND;
	const int64_t start = fixture->now;

	profile.pause = 50;
	connect_tcp(fixture);
	printer_use(fixture->printer, &profile);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_printed(fixture, 0);
	assert_true(fixture->now - start >= bands * 50);
}

static void a_line_that_drops_is_offline_before_and_a_doubt_after(void **state)
{
	struct fixture *fixture = *state;
	struct escpos_job job;
	const struct {
		int at;
		enum printer_answer answer;
	} cuts[] = {
		{ 10, PRINTER_OFFLINE },
		{ 64 * 48 + 8 + 2, PRINTER_OFFLINE },
		{ 64 * 48 + 8 + 5, PRINTER_OFFLINE },
		{ 64 * 48 + 8 + 2 + 9 + 500, PRINTER_UNKNOWN },
		{ 30000, PRINTER_UNKNOWN },
	};

	escpos_job(fixture->picture, &profile_usual.ways, &job);
	assert_true(job.bytes.length > 30000);
	escpos_done(&job);
	for (size_t i = 0; i < COUNT(cuts) * COUNT(lines); i++) {
		fixture = *state;
		fixture->emulator->faults.cut_off_at = cuts[i / 2].at;
		lines[i % 2].connect(fixture);
		assert_int_equal(run(fixture), cuts[i / 2].answer);
		tear_down(state);
		assert_int_equal(set_up(state), 0);
	}
}

static void after_a_power_cut_the_same_ticket_comes_out_whole(void **state)
{
	struct fixture *fixture = *state;

	fixture->emulator->faults.cut_off_at = 20000;
	fixture->emulator->faults.loses_power = true;
	connect_tcp(fixture);
	assert_int_equal(run(fixture), PRINTER_UNKNOWN);
	bytes_done(&fixture->emulator->paper);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_printed(fixture, 0);
	assert_int_equal(fixture->emulator->unknown, 0);
}

static void nobody_at_the_address_is_absent(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(char_freep) char *file = NULL;
	SCOPED(char_freep) char *closed = NULL;
	const char *addresses[] = { "none", "tty:/dev/no-such-printer", NULL,
				    NULL };
	int port = emulator_open_tcp(fixture->emulator);

	/* A port nobody listens on any more. */
	emulator_free(fixture->emulator);
	fixture->emulator = emulator_new(PAPER_NARROW);
	closed = xasprintf("tcp:127.0.0.1:%d", port);
	file = xasprintf("tty:%s/file", fixture->folder);
	assert_int_equal(file_write(file + 4, "", 0, 0600), FAULT_NONE);
	addresses[2] = closed;
	addresses[3] = file;
	for (size_t i = 0; i < COUNT(addresses); i++) {
		connect_to(fixture, addresses[i]);
		assert_int_equal(printer_exists(fixture->printer), i > 0);
		assert_int_equal(run(fixture), PRINTER_ABSENT);
	}
	connect_to(fixture, closed);
	assert_int_equal(run(fixture), PRINTER_ABSENT);
	expect_told(fixture, "is the printer on, and is this its address?");
}

static void a_host_that_never_answers_is_absent_after_3_seconds(void **state)
{
	struct fixture *fixture = *state;

	/* Kept out of every network (RFC 5737): no answer comes. */
	connect_to(fixture, "tcp:192.0.2.1:9100");
	printer_start(fixture->printer, fixture->picture, fixture->now);
	if (printer_answer(fixture->printer) == PRINTER_ABSENT)
		return; /* no route: known at once */
	printer_tick(fixture->printer, fixture->now + 2999);
	assert_int_equal(printer_answer(fixture->printer), PRINTER_WORKING);
	assert_int_equal(printer_deadline(fixture->printer),
			 fixture->now + 3000);
	printer_tick(fixture->printer, fixture->now + 3000);
	assert_int_equal(printer_answer(fixture->printer), PRINTER_ABSENT);
}

static void only_one_program_prints_to_a_device(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(char_freep)
	char *address =
	    xasprintf("tty:%s", emulator_open_tty(fixture->emulator));
	SCOPED(printer_freep) struct printer *other = NULL;

	assert_int_equal(printer_new(address, &other), FAULT_NONE);
	printer_start(other, fixture->picture, fixture->now);
	connect_to(fixture, address);
	assert_int_equal(run(fixture), PRINTER_OFFLINE);
	assert_int_equal(emulator_run(fixture->emulator, other, &fixture->now),
			 PRINTER_CONFIRMED);
	assert_printed(fixture, 0);
}

static void a_file_holds_the_job_or_the_picture(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(char_freep)
	char *job_address = xasprintf("file:%s/t.escpos", fixture->folder);
	SCOPED(char_freep)
	char *png_address = xasprintf("file:%s/t.png", fixture->folder);
	struct scan_symbols found = { 0 };
	struct bytes written = { 0 };
	char digits[GEOMETRY_DIGITS + 1];

	connect_to(fixture, job_address);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_int_equal(file_read(job_address + 5, 1 << 20, &written),
			 FAULT_NONE);
	emulator_take(fixture->emulator, written.data, written.length);
	assert_printed(fixture, 0);
	bytes_done(&written);

	connect_to(fixture, png_address);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_int_equal(scan_picture(png_address + 5, &found), FAULT_NONE);
	geometry_digits(&geometries[2], 5, digits);
	assert_int_equal(found.count, 1);
	assert_string_equal(found.text[0], digits);
	scan_symbols_done(&found);
}

static void a_file_that_cannot_be_written_prints_nothing(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(char_freep)
	char *missing = xasprintf("file:%s/none/t.png", fixture->folder);

	connect_to(fixture, missing);
	assert_int_equal(run(fixture), PRINTER_OFFLINE);
	connect_to(fixture, "file:/dev/null");
	assert_int_equal(run(fixture), PRINTER_ABSENT);
}

static void giving_up_leaves_nothing_behind(void **state)
{
	struct fixture *fixture = *state;
	int64_t now = fixture->now;

	fixture->emulator->faults.buffer = 4096;
	fixture->emulator->faults.paper_ends_at = 100;
	connect_tty(fixture);
	printer_start(fixture->printer, fixture->picture, now);
	for (int i = 0; i < 200; i++) {
		emulator_pump(fixture->emulator, now);
		printer_ready(fixture->printer, POLLIN | POLLOUT, now);
	}
	assert_in_range(printer_percent(fixture->printer), 1, 99);
	printer_free(fixture->printer);
	fixture->printer = NULL;
	/* What comes next heals the printer, as after any cut. */
	emulator_refill(fixture->emulator);
	connect_tty(fixture);
	assert_int_equal(run(fixture), PRINTER_CONFIRMED);
	assert_int_equal(fixture->emulator->unknown, 0);
	assert_printed(fixture, last_ticket(fixture));
}

static void wrong_addresses_are_refused(void **state)
{
	static const char *const wrong[] = {
		"",
		"nothing",
		"nonee",
		"file:",
		"file:ticket.png",
		"tty:",
		"tty:ttyUSB0",
		"tty:/dev/ttyUSB0,9600",
		"tty:/dev/x,",
		"tty:/dev/x,rtscts,odd",
		"tcp:",
		"tcp::9100",
		"tcp:printer:9100",
		"tcp:192.168.1.5",
		"tcp:192.168.1.5:0",
		"tcp:192.168.1.5:70000",
		"tcp:192.168.1.5:91x",
		"tcp:[::1:9100",
		"tcp:[::g]:9100",
		"usb:lp0",
	};
	static const char *const right[] = {
		"none",
		"file:/ticket.png",
		"tty:/dev/ttyUSB0",
		"usb:/dev/usb/lp0",
		"tty:/dev/ttyUSB0,115200",
		"tty:/dev/ttyUSB0,57600,xonxoff",
		"tcp:192.168.1.5:9100",
		"tcp:[fe80::1]:9100",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct printer *printer = NULL;

		assert_int_equal(printer_new(wrong[i], &printer), FAULT_FORMAT);
		assert_null(printer);
	}
	for (size_t i = 0; i < COUNT(right); i++) {
		SCOPED(printer_freep) struct printer *printer = NULL;

		assert_int_equal(printer_new(right[i], &printer), FAULT_NONE);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_good_printer_prints_the_picture_and_says_so),
		TEST(two_jobs_come_out_one_after_the_other),
		TEST(a_printer_in_trouble_is_not_started),
		TEST(a_printer_that_is_asked_prints_nothing),
		TEST(a_roll_near_its_end_prints_and_is_told),
		TEST(a_mute_printer_prints_and_leaves_a_doubt),
		TEST(a_printer_that_talked_and_is_silent_is_offline),
		TEST(without_acknowledgement_the_answer_is_a_doubt),
		TEST(stale_replies_are_not_taken_for_ours),
		TEST(paper_that_ends_within_a_ticket_leaves_a_doubt),
		TEST(a_slow_printer_with_a_small_buffer_is_waited_for),
		TEST(a_printer_gets_the_pause_after_each_band_that_it_needs),
		TEST(a_line_that_drops_is_offline_before_and_a_doubt_after),
		TEST(after_a_power_cut_the_same_ticket_comes_out_whole),
		TEST(nobody_at_the_address_is_absent),
		TEST(a_host_that_never_answers_is_absent_after_3_seconds),
		TEST(only_one_program_prints_to_a_device),
		TEST(a_file_holds_the_job_or_the_picture),
		TEST(a_file_that_cannot_be_written_prints_nothing),
		TEST(giving_up_leaves_nothing_behind),
		TEST(wrong_addresses_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
