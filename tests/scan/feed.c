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

/* A scanner's cable: the test is the scanner at its other end. */
struct fixture {
	struct feed *feed;
	int scanner;
	int64_t now;
	char said[512]; /* events, in words */
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
	fixture->feed = feed_new(FEED_SERIAL, path);
	fixture->now = 5000;
	warnings = 0;
	log_to(count_line, NULL);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	log_to(NULL, NULL);
	feed_free(fixture->feed);
	if (fixture->scanner >= 0)
		close(fixture->scanner);
	free(fixture);
	return 0;
}

/* Percents are left out: they depend on how the bytes were cut up. */
static void take_events(struct fixture *fixture)
{
	struct scan_event event;

	while ((event = feed_next(fixture->feed)).kind != SCAN_NONE) {
		size_t at = strlen(fixture->said);
		char *to = fixture->said + at;
		size_t room = sizeof fixture->said - at;

		assert_int_not_equal(event.kind, SCAN_KEY);
		if (event.kind == SCAN_DIGITS)
			snprintf(to, room, "%s;", event.digits);
		else if (event.kind == SCAN_DROPPED)
			snprintf(to, room, "%s %zu;",
				 event.why == SCAN_FOREIGN ? "foreign"
							   : "garbled",
				 event.count);
	}
}

static void scan_bytes(struct fixture *fixture, const char *text, size_t length)
{
	assert_int_equal(write(fixture->scanner, text, length), length);
	for (int i = 0; i < 10; i++) {
		feed_ready(fixture->feed, fixture->now);
		take_events(fixture);
	}
}

static void scan(struct fixture *fixture, const char *text)
{
	scan_bytes(fixture, text, strlen(text));
}

static void pass(struct fixture *fixture, int64_t ms)
{
	fixture->now += ms;
	feed_tick(fixture->feed, fixture->now);
	take_events(fixture);
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

		pass(fixture, 1);
		assert_true(feed_present(fixture->feed));
		scan(fixture, cases[i].sent);
		assert_string_equal(fixture->said, cases[i].said);
		fixture->said[0] = 0;
	}
}

static void a_scan_comes_in_pieces_and_tells_how_far_it_is(void **state)
{
	struct fixture *fixture = *state;
	struct scan_event event;
	int percent = -1;

	pass(fixture, 0);
	for (int i = 0; i < 314; i++) {
		const char *header = "5831104120249";

		assert_int_equal(
		    write(fixture->scanner, i < 13 ? header + i : "7", 1), 1);
		feed_ready(fixture->feed, fixture->now);
		while ((event = feed_next(fixture->feed)).kind)
			percent =
			    event.kind == SCAN_READING ? event.percent : -2;
	}
	assert_int_equal(percent, 50);
}

static void silence_ends_a_scan_without_return(void **state)
{
	struct fixture *fixture = *state;

	pass(fixture, 0);
	assert_int_equal(feed_deadline(fixture->feed), INT64_MAX);
	scan(fixture, "5831104");
	assert_int_equal(feed_deadline(fixture->feed), fixture->now + 400);
	pass(fixture, 399);
	assert_string_equal(fixture->said, "");
	pass(fixture, 1);
	assert_string_equal(fixture->said, "5831104;");
	scan(fixture, "585\r");
	assert_string_equal(fixture->said, "5831104;585;");
}

static void what_is_longer_than_any_frame_is_dropped(void **state)
{
	struct fixture *fixture = *state;
	char *text = xcalloc(SCAN_MAX + 2, 1);
	size_t sent = 0;

	pass(fixture, 0);
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
	assert_string_equal(fixture->said, "garbled 4097;");
	scan(fixture, "583\r");
	assert_string_equal(fixture->said, "garbled 4097;583;");
	free(text);
}

static void a_line_of_exactly_the_limit_is_a_scan(void **state)
{
	struct fixture *fixture = *state;
	char piece[64];
	struct scan_event event = { .kind = SCAN_NONE };

	pass(fixture, 0);
	memset(piece, '1', sizeof piece);
	for (int i = 0; i < SCAN_MAX / 64; i++) {
		memcpy(piece, i ? "111" : "583", 3);
		scan_bytes(fixture, piece, sizeof piece);
	}
	assert_int_equal(write(fixture->scanner, "\r", 1), 1);
	feed_ready(fixture->feed, fixture->now);
	event = feed_next(fixture->feed);
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

	feed_free(fixture->feed);
	fixture->feed = feed_new(FEED_SERIAL, path);
	assert_false(feed_present(fixture->feed));
	assert_int_equal(feed_descriptor(fixture->feed), -1);
	pass(fixture, 0);
	assert_false(feed_present(fixture->feed));
	assert_int_equal(feed_deadline(fixture->feed), fixture->now + 2000);
	pass(fixture, 2000);
	pass(fixture, 2000);
	assert_int_equal(warnings, 1); /* said once, not at every try */

	assert_int_equal(mkfifo(path, 0600), 0);
	pass(fixture, 1999);
	assert_false(feed_present(fixture->feed));
	pass(fixture, 1);
	assert_true(feed_present(fixture->feed));
	end = fixture->scanner;
	fixture->scanner = open(path, O_WRONLY | O_NONBLOCK);
	scan(fixture, "583\r584");
	assert_string_equal(fixture->said, "583;");
	close(fixture->scanner);
	fixture->scanner = end;
	feed_ready(fixture->feed, fixture->now);
	assert_false(feed_present(fixture->feed));
	assert_int_equal(warnings, 2);
	/* What had come of a scan still ends. */
	pass(fixture, 400);
	assert_string_equal(fixture->said, "583;584;");
	folder_remove(folder);
	free(folder);
}

static void what_is_no_scanner_is_not_opened(void **state)
{
	struct fixture *fixture = *state;

	feed_free(fixture->feed);
	fixture->feed = feed_new(FEED_SERIAL, "/dev/null");
	pass(fixture, 0);
	assert_false(feed_present(fixture->feed));
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
		TEST(what_is_no_scanner_is_not_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
