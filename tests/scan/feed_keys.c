#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/input.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"
#include "scan/feed.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

/*
 * A scanner that the kernel takes for a keyboard. There is none here, nor
 * uinput to make one up: libevdev reads a pipe in its place, and what it asks
 * of the kernel is answered below, as far as it asks.
 */
static struct {
	bool there; /* the pipe is a keyboard */
	bool has_keys;
	int grabbed;  /* whose it is; 1: this program's alone */
	bool refuses; /* another program has it */
	bool unplugged;
} kernel;

static int answer(unsigned long request, void *argument)
{
	const size_t size = _IOC_SIZE(request);

	if (request == EVIOCGRAB) {
		if (kernel.refuses) {
			errno = EBUSY;
			return -1;
		}
		kernel.grabbed = argument != NULL;
		return 0;
	}
	if (request == EVIOCSCLOCKID)
		return 0;
	memset(argument, 0, size);
	if (request == EVIOCGVERSION)
		*(int *)argument = EV_VERSION;
	else if (_IOC_NR(request) == _IOC_NR(EVIOCGBIT(0, 0)) &&
		 kernel.has_keys)
		*(uint8_t *)argument = 1 << EV_SYN | 1 << EV_KEY;
	else if (_IOC_NR(request) == _IOC_NR(EVIOCGBIT(EV_KEY, 0)))
		memset(argument, 0xff, size);
	return (int)size;
}

int ioctl(int file, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if (kernel.there && _IOC_TYPE(request) == 'E')
		return answer(request, argument);
	return (int)syscall(SYS_ioctl, file, request, argument);
}

/* Of a device that is gone. */
ssize_t read(int file, void *to, size_t length)
{
	if (kernel.unplugged) {
		errno = ENODEV;
		return -1;
	}
	return syscall(SYS_read, file, to, length);
}

struct fixture {
	char *folder, *path;
	struct feed *feed;
	int scanner; /* the other end */
	int64_t now;
	char said[512];
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	memset(&kernel, 0, sizeof kernel);
	kernel.there = kernel.has_keys = true;
	fixture->folder = folder_new();
	fixture->path = folder_file(fixture->folder, "event-kbd");
	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	fixture->scanner = open(fixture->path, O_RDWR | O_CLOEXEC);
	fixture->feed = feed_new(FEED_KEYS, fixture->path);
	fixture->now = 5000;
	logged_start();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	logged_stop();
	feed_free(fixture->feed);
	close(fixture->scanner);
	free(fixture->path);
	folder_freep(&fixture->folder);
	free(fixture);
	return 0;
}

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

static void pass(struct fixture *fixture, int64_t ms)
{
	fixture->now += ms;
	feed_tick(fixture->feed, fixture->now);
	take_events(fixture);
}

static void put(const struct fixture *fixture, int type, int code, int value)
{
	const struct input_event event = { .type = (uint16_t)type,
					   .code = (uint16_t)code,
					   .value = value };

	assert_int_equal(write(fixture->scanner, &event, sizeof event),
			 sizeof event);
}

static void press(const struct fixture *fixture, int key)
{
	put(fixture, EV_KEY, key, 1);
	put(fixture, EV_SYN, SYN_REPORT, 0);
	put(fixture, EV_KEY, key, 0);
	put(fixture, EV_SYN, SYN_REPORT, 0);
}

static void look(struct fixture *fixture)
{
	feed_ready(fixture->feed, fixture->now);
	take_events(fixture);
}

/* D: a digit key, K: of the keypad, S: with Shift, R: it repeats, Z: a letter,
 * F: a function key, C: Control, e and k: both Enters, t: Tab. */
static void type(struct fixture *fixture, const char *keys)
{
	static const int digits[] = { KEY_0, KEY_1, KEY_2, KEY_3, KEY_4,
				      KEY_5, KEY_6, KEY_7, KEY_8, KEY_9 };
	static const int keypad[] = { KEY_KP0, KEY_KP1, KEY_KP2, KEY_KP3,
				      KEY_KP4, KEY_KP5, KEY_KP6, KEY_KP7,
				      KEY_KP8, KEY_KP9 };
	static const struct {
		char name;
		int key;
	} others[] = { { 'Z', KEY_Z },        { 'F', KEY_F4 },
		       { 'C', KEY_LEFTCTRL }, { 'e', KEY_ENTER },
		       { 'k', KEY_KPENTER },  { 't', KEY_TAB },
		       { 'n', KEY_NUMLOCK },  { 'x', KEY_MAX } };
	const int *row = digits;

	for (; *keys; keys++) {
		if (*keys == 'D' || *keys == 'K')
			row = *keys == 'D' ? digits : keypad;
		else if (*keys == 'S')
			put(fixture, EV_KEY, KEY_LEFTSHIFT, 1);
		else if (*keys == 'R')
			put(fixture, EV_KEY, KEY_5, 2);
		else if (*keys >= '0' && *keys <= '9')
			press(fixture, row[*keys - '0']);
		for (size_t i = 0; i < COUNT(others); i++) {
			if (others[i].name == *keys)
				press(fixture, others[i].key);
		}
	}
	look(fixture);
}

static void its_keys_are_digits_in_every_layout(void **state)
{
	static const struct {
		const char *keys, *said;
	} cases[] = {
		{ "D5831104120249e", "5831104120249;" },
		{ "K5831104120249k", "5831104120249;" },
		{ "Dn584K77t", "58477;" },
		{ "DS583S1e", "5831;" }, /* as a French keyboard has digits */
		{ "D5R83e", "583;" },
		{ "ee", "" },
		{ "D583Z1e", "garbled 5;" },
		{ "F", "" },
		{ "e", "foreign 1;" },
		{ "CZFFFFFFFFe", "foreign 10;" },
		{ "D5901234123457e", "foreign 13;" },
		{ "D583xe", "garbled 4;" },
		{ "D585e586e", "585;586;" },
	};
	struct fixture *fixture = *state;

	pass(fixture, 0);
	assert_true(feed_present(fixture->feed));
	assert_int_equal(kernel.grabbed, 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].keys);
		type(fixture, cases[i].keys);
		assert_string_equal(fixture->said, cases[i].said);
		fixture->said[0] = 0;
	}
}

static void a_scan_in_which_keys_were_lost_is_no_ticket(void **state)
{
	struct fixture *fixture = *state;

	pass(fixture, 0);
	type(fixture, "D583");
	put(fixture, EV_SYN, SYN_DROPPED, 0);
	type(fixture, "e");
	assert_string_equal(fixture->said, "");
	type(fixture, "11e");
	assert_non_null(strstr(fixture->said, "garbled"));
	fixture->said[0] = 0;
	pass(fixture, 400);
	type(fixture, "D584e");
	assert_string_equal(fixture->said, "584;");
}

static void silence_ends_a_scan_of_keys(void **state)
{
	struct fixture *fixture = *state;

	pass(fixture, 0);
	type(fixture, "D5831104");
	pass(fixture, 399);
	assert_string_equal(fixture->said, "");
	pass(fixture, 1);
	assert_string_equal(fixture->said, "5831104;");
}

/* Its keys go to nobody else while it is ours, and back when it is not. */
static void it_is_this_programs_alone(void **state)
{
	struct fixture *fixture = *state;

	kernel.refuses = true;
	pass(fixture, 0);
	assert_false(feed_present(fixture->feed));
	assert_non_null(strstr(logged(), strerror(EBUSY)));
	kernel.refuses = false;
	pass(fixture, 2000);
	assert_true(feed_present(fixture->feed));
	assert_int_equal(kernel.grabbed, 1);
	feed_free(fixture->feed);
	fixture->feed = NULL;
	assert_int_equal(kernel.grabbed, 0);
}

static void one_that_was_unplugged_is_looked_for_again(void **state)
{
	struct fixture *fixture = *state;

	pass(fixture, 0);
	assert_true(feed_present(fixture->feed));
	kernel.unplugged = true;
	look(fixture);
	assert_false(feed_present(fixture->feed));
	assert_non_null(strstr(logged(), "it went away"));
	kernel.unplugged = false;
	pass(fixture, 1999);
	assert_false(feed_present(fixture->feed));
	pass(fixture, 1);
	type(fixture, "D583e");
	assert_string_equal(fixture->said, "583;");
}

static void what_is_no_keyboard_is_not_taken(void **state)
{
	struct fixture *fixture = *state;

	kernel.has_keys = false;
	pass(fixture, 0);
	assert_false(feed_present(fixture->feed));
	kernel.there = false;
	pass(fixture, 2000);
	assert_false(feed_present(fixture->feed));
	assert_int_equal(kernel.grabbed, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(its_keys_are_digits_in_every_layout),
		TEST(a_scan_in_which_keys_were_lost_is_no_ticket),
		TEST(silence_ends_a_scan_of_keys),
		TEST(it_is_this_programs_alone),
		TEST(one_that_was_unplugged_is_looked_for_again),
		TEST(what_is_no_keyboard_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
