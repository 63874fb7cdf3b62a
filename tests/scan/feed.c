#include "tests/test.h"

#include <fcntl.h>
#include <pty.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "scan/feed.h"
#include "tests/support/folder.h"
#include "tests/support/plugged.h"

/* A scanner's cable: the test is the scanner at its other end. */
struct fixture {
	struct plugged plugged;
	int scanner;
};

static int warnings;

static void count_line(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)line;
	warnings += level == LOG_WARNING;
}

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);
	char path[64];
	int slave;

	if (openpty(&fixture->scanner, &slave, path, NULL, NULL) < 0)
		return -1;
	close(slave);
	fixture->plugged = plugged_new(FEED_SERIAL, path);
	warnings = 0;
	log_to(count_line, NULL);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	log_to(NULL, NULL);
	feed_free(fixture->plugged.feed);
	if (fixture->scanner >= 0)
		close(fixture->scanner);
	free(fixture);
	return 0;
}

static void scan_bytes(struct fixture *fixture, const char *text, size_t length)
{
	assert_int_equal(write(fixture->scanner, text, length), length);
	for (int i = 0; i < 10; i++)
		plugged_look(&fixture->plugged);
}

static void scan(struct fixture *fixture, const char *text)
{
	scan_bytes(fixture, text, strlen(text));
}

static void each_line_of_digits_is_a_scan(void **state)
{
	static const struct {
		const char *sent, *said;
	} cases[] = {
		{ "58311041202491234\r", "58311041202491234;" },
		{ "5841100000249\r\n", "5841100000249;" },
		{ "585\t586\n", "585;586;" },
		{ "\r\r\n\r", "" },
		{ "583x1\r", "garbled 5;" },
		{ "5901234123457\r", "foreign 13;" },
		{ "hello\r583\r", "foreign 5;583;" },
		{ "]Q1583110412\r", "foreign 12;" },
		{ "5\r", "foreign 1;" },
		{ "583\001\r", "garbled 4;" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fixture *fixture = *state;

		plugged_pass(&fixture->plugged, 1);
		assert_true(feed_present(fixture->plugged.feed));
		scan(fixture, cases[i].sent);
		assert_string_equal(fixture->plugged.said, cases[i].said);
		fixture->plugged.said[0] = 0;
	}
}

static void a_scan_comes_in_pieces_and_tells_how_far_it_is(void **state)
{
	struct fixture *fixture = *state;
	struct scan_event event;
	int percent = -1;

	plugged_pass(&fixture->plugged, 0);
	for (int i = 0; i < 314; i++) {
		const char *header = "5831104120249";

		assert_int_equal(
		    write(fixture->scanner, i < 13 ? header + i : "7", 1), 1);
		feed_ready(fixture->plugged.feed, fixture->plugged.now);
		while ((event = feed_next(fixture->plugged.feed)).kind)
			percent =
			    event.kind == SCAN_READING ? event.percent : -2;
	}
	assert_int_equal(percent, 50);
}

static void silence_ends_a_scan_without_return(void **state)
{
	struct fixture *fixture = *state;

	plugged_pass(&fixture->plugged, 0);
	assert_int_equal(feed_deadline(fixture->plugged.feed), INT64_MAX);
	scan(fixture, "5831104");
	assert_int_equal(feed_deadline(fixture->plugged.feed),
			 fixture->plugged.now + 400);
	plugged_pass(&fixture->plugged, 399);
	assert_string_equal(fixture->plugged.said, "");
	plugged_pass(&fixture->plugged, 1);
	assert_string_equal(fixture->plugged.said, "5831104;");
	scan(fixture, "585\r");
	assert_string_equal(fixture->plugged.said, "5831104;585;");
}

static void what_is_longer_than_any_frame_is_dropped(void **state)
{
	struct fixture *fixture = *state;
	char *text = xcalloc(SCAN_MAX + 2, 1);
	size_t sent = 0;

	plugged_pass(&fixture->plugged, 0);
	memset(text, '1', SCAN_MAX + 1);
	memcpy(text, "583", 3);
	text[SCAN_MAX + 1] = 0;
	while (sent < SCAN_MAX + 1) {
		size_t piece = SCAN_MAX + 1 - sent;

		if (piece > 1000)
			piece = 1000;
		scan_bytes(fixture, text + sent, piece);
		sent += piece;
	}
	scan(fixture, "\r");
	assert_string_equal(fixture->plugged.said, "garbled 4097;");
	scan(fixture, "583\r");
	assert_string_equal(fixture->plugged.said, "garbled 4097;583;");
	free(text);
}

static void a_line_of_exactly_the_limit_is_a_scan(void **state)
{
	struct fixture *fixture = *state;
	char piece[64];
	struct scan_event event = { .kind = SCAN_NONE };

	plugged_pass(&fixture->plugged, 0);
	memset(piece, '1', sizeof piece);
	for (int i = 0; i < SCAN_MAX / 64; i++) {
		memcpy(piece, i ? "111" : "583", 3);
		scan_bytes(fixture, piece, sizeof piece);
	}
	assert_int_equal(write(fixture->scanner, "\r", 1), 1);
	feed_ready(fixture->plugged.feed, fixture->plugged.now);
	event = feed_next(fixture->plugged.feed);
	assert_int_equal(event.kind, SCAN_DIGITS);
	assert_int_equal(event.count, SCAN_MAX);
	assert_int_equal(strlen(event.digits), SCAN_MAX);
}

static void a_scanner_that_is_unplugged_is_looked_for_again(void **state)
{
	struct fixture *fixture = *state;
	char *folder = folder_new();
	SCOPED(char_freep) char *path = xasprintf("%s/scanner", folder);
	int end;

	feed_free(fixture->plugged.feed);
	fixture->plugged.feed = feed_new(FEED_SERIAL, path);
	assert_false(feed_present(fixture->plugged.feed));
	assert_int_equal(feed_descriptor(fixture->plugged.feed), -1);
	plugged_pass(&fixture->plugged, 0);
	assert_false(feed_present(fixture->plugged.feed));
	assert_int_equal(feed_deadline(fixture->plugged.feed),
			 fixture->plugged.now + 2000);
	plugged_pass(&fixture->plugged, 2000);
	plugged_pass(&fixture->plugged, 2000);
	assert_int_equal(warnings, 1); /* said once, not at every try */

	assert_int_equal(mkfifo(path, 0600), 0);
	plugged_pass(&fixture->plugged, 1999);
	assert_false(feed_present(fixture->plugged.feed));
	plugged_pass(&fixture->plugged, 1);
	assert_true(feed_present(fixture->plugged.feed));
	end = fixture->scanner;
	fixture->scanner = open(path, O_WRONLY | O_NONBLOCK);
	scan(fixture, "583\r584");
	assert_string_equal(fixture->plugged.said, "583;");
	close(fixture->scanner);
	fixture->scanner = end;
	feed_ready(fixture->plugged.feed, fixture->plugged.now);
	assert_false(feed_present(fixture->plugged.feed));
	assert_int_equal(warnings, 2);
	/* What had come of a scan still ends. */
	plugged_pass(&fixture->plugged, 400);
	assert_string_equal(fixture->plugged.said, "583;584;");
	folder_remove(folder);
	free(folder);
}

/* As udev does: what is plugged in again may be another device by that name. */
static void one_at_another_port_is_known_by_its_name(void **state)
{
	struct fixture *fixture = *state;
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *name = folder_file(folder, "usb-scanner");
	const int first = fixture->scanner;
	char path[64];
	int slave;

	feed_free(fixture->plugged.feed);
	fixture->plugged.feed = feed_new(FEED_SERIAL, name);
	assert_int_equal(ptsname_r(first, path, sizeof path), 0);
	assert_int_equal(symlink(path, name), 0);
	plugged_pass(&fixture->plugged, 0);
	scan(fixture, "583\r5841");
	assert_string_equal(fixture->plugged.said, "583;");
	close(first);
	assert_int_equal(unlink(name), 0);
	plugged_look(&fixture->plugged);
	assert_false(feed_present(fixture->plugged.feed));
	plugged_pass(&fixture->plugged, 2000);
	assert_false(feed_present(fixture->plugged.feed));
	assert_string_equal(fixture->plugged.said, "583;5841;");

	assert_int_equal(openpty(&fixture->scanner, &slave, path, NULL, NULL),
			 0);
	close(slave);
	assert_int_equal(symlink(path, name), 0);
	plugged_pass(&fixture->plugged, 2000);
	assert_true(feed_present(fixture->plugged.feed));
	scan(fixture, "585\r");
	assert_string_equal(fixture->plugged.said, "583;5841;585;");
	assert_int_equal(warnings, 1);
}

static void what_is_no_scanner_is_not_opened(void **state)
{
	struct fixture *fixture = *state;

	feed_free(fixture->plugged.feed);
	fixture->plugged.feed = feed_new(FEED_SERIAL, "/dev/null");
	plugged_pass(&fixture->plugged, 0);
	assert_false(feed_present(fixture->plugged.feed));
	assert_int_equal(warnings, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_line_of_digits_is_a_scan),
		TEST(a_scan_comes_in_pieces_and_tells_how_far_it_is),
		TEST(silence_ends_a_scan_without_return),
		TEST(what_is_longer_than_any_frame_is_dropped),
		TEST(a_line_of_exactly_the_limit_is_a_scan),
		TEST(a_scanner_that_is_unplugged_is_looked_for_again),
		TEST(one_at_another_port_is_known_by_its_name),
		TEST(what_is_no_scanner_is_not_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
