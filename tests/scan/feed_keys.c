#include "tests/test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "scan/feed.h"
#include "tests/support/folder.h"
#include "tests/support/keyboard.h"
#include "tests/support/logged.h"
#include "tests/support/plugged.h"

struct fixture {
	char *folder, *path;
	struct plugged plugged;
	int scanner; /* the other end */
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	memset(&keyboard, 0, sizeof keyboard);
	keyboard.there = keyboard.has_keys = true;
	fixture->folder = folder_new();
	fixture->path = folder_file(fixture->folder, "event-kbd");
	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	fixture->scanner = open(fixture->path, O_RDWR | O_CLOEXEC);
	fixture->plugged = plugged_new(FEED_KEYS, fixture->path);
	logged_start();
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	logged_stop();
	feed_free(fixture->plugged.feed);
	close(fixture->scanner);
	free(fixture->path);
	folder_freep(&fixture->folder);
	free(fixture);
	return 0;
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
	plugged_look(&fixture->plugged);
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

	plugged_pass(&fixture->plugged, 0);
	assert_true(feed_present(fixture->plugged.feed));
	assert_int_equal(keyboard.grabbed, 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].keys);
		type(fixture, cases[i].keys);
		assert_string_equal(fixture->plugged.said, cases[i].said);
		fixture->plugged.said[0] = 0;
	}
}

static void a_scan_in_which_keys_were_lost_is_no_ticket(void **state)
{
	struct fixture *fixture = *state;

	plugged_pass(&fixture->plugged, 0);
	type(fixture, "D583");
	put(fixture, EV_SYN, SYN_DROPPED, 0);
	type(fixture, "e");
	assert_string_equal(fixture->plugged.said, "");
	type(fixture, "11e");
	assert_non_null(strstr(fixture->plugged.said, "garbled"));
	fixture->plugged.said[0] = 0;
	plugged_pass(&fixture->plugged, 400);
	type(fixture, "D584e");
	assert_string_equal(fixture->plugged.said, "584;");
}

static void silence_ends_a_scan_of_keys(void **state)
{
	struct fixture *fixture = *state;

	plugged_pass(&fixture->plugged, 0);
	type(fixture, "D5831104");
	plugged_pass(&fixture->plugged, 399);
	assert_string_equal(fixture->plugged.said, "");
	plugged_pass(&fixture->plugged, 1);
	assert_string_equal(fixture->plugged.said, "5831104;");
}

/* Its keys go to nobody else while it is ours, and back when it is not. */
static void it_is_this_programs_alone(void **state)
{
	struct fixture *fixture = *state;

	keyboard.refuses = true;
	plugged_pass(&fixture->plugged, 0);
	assert_false(feed_present(fixture->plugged.feed));
	assert_non_null(strstr(logged(), strerror(EBUSY)));
	keyboard.refuses = false;
	plugged_pass(&fixture->plugged, 2000);
	assert_true(feed_present(fixture->plugged.feed));
	assert_int_equal(keyboard.grabbed, 1);
	feed_free(fixture->plugged.feed);
	fixture->plugged.feed = NULL;
	assert_int_equal(keyboard.grabbed, 0);
}

static void one_that_was_unplugged_is_looked_for_again(void **state)
{
	struct fixture *fixture = *state;

	plugged_pass(&fixture->plugged, 0);
	assert_true(feed_present(fixture->plugged.feed));
	keyboard.unplugged = true;
	look(fixture);
	assert_false(feed_present(fixture->plugged.feed));
	assert_non_null(strstr(logged(), "it went away"));
	keyboard.unplugged = false;
	plugged_pass(&fixture->plugged, 1999);
	assert_false(feed_present(fixture->plugged.feed));
	plugged_pass(&fixture->plugged, 1);
	type(fixture, "D583e");
	assert_string_equal(fixture->plugged.said, "583;");
}

static void what_is_no_keyboard_is_not_taken(void **state)
{
	struct fixture *fixture = *state;

	keyboard.has_keys = false;
	plugged_pass(&fixture->plugged, 0);
	assert_false(feed_present(fixture->plugged.feed));
	keyboard.there = false;
	plugged_pass(&fixture->plugged, 2000);
	assert_false(feed_present(fixture->plugged.feed));
	assert_int_equal(keyboard.grabbed, 0);
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
