#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scan/layout.h"
#include "scan/wedge.h"
#include "tests/support/slow.h"

#define MOST 20000

/* A wedge, its clock and all it said. */
struct fixture {
	struct wedge *wedge;
	int64_t now;
	uint64_t keys[MOST]; /* passed through, in order */
	int64_t at[MOST];    /* and when */
	size_t key_count;
	char digits[SCAN_MAX + 1];
	int scans, dropped, readings, percent;
	enum scan_why why;
	size_t dropped_count;
	uint32_t typed[SCAN_MAX + 1]; /* of the last dropped, ended by 0 */
	bool kept;                    /* it came with its characters */
	uint32_t seed;
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);

	fixture->wedge = wedge_new();
	fixture->now = 100000;
	fixture->seed = 1;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	wedge_free(fixture->wedge);
	free(fixture);
	return 0;
}

static uint32_t chance(struct fixture *fixture, uint32_t below)
{
	fixture->seed ^= fixture->seed << 13;
	fixture->seed ^= fixture->seed >> 17;
	fixture->seed ^= fixture->seed << 5;
	return fixture->seed % below;
}

static void take_events(struct fixture *fixture)
{
	struct scan_event event;

	while ((event = wedge_next(fixture->wedge)).kind != SCAN_NONE) {
		switch (event.kind) {
		case SCAN_KEY:
			assert_true(fixture->key_count < MOST);
			fixture->at[fixture->key_count] = fixture->now;
			fixture->keys[fixture->key_count++] = event.key;
			break;
		case SCAN_READING:
			assert_in_range(event.percent, 0, 99);
			fixture->readings++;
			fixture->percent = event.percent;
			break;
		case SCAN_DIGITS:
			assert_int_equal(strlen(event.digits), event.count);
			strcpy(fixture->digits, event.digits);
			fixture->scans++;
			break;
		default:
			fixture->dropped++;
			fixture->dropped_count = event.count;
			fixture->why = event.why;
			fixture->kept = event.typed;
			memset(fixture->typed, 0, sizeof fixture->typed);
			if (event.typed)
				memcpy(fixture->typed, event.typed,
				       event.count * sizeof *event.typed);
		}
	}
}

/* Lets time pass as a poll loop does: a tick at every deadline. */
static void pass(struct fixture *fixture, int64_t until)
{
	while (wedge_deadline(fixture->wedge) <= until) {
		fixture->now = wedge_deadline(fixture->wedge);
		wedge_tick(fixture->wedge, fixture->now);
		take_events(fixture);
	}
	fixture->now = until;
}

/* A key after some ms; it names itself by its character. */
static void press(struct fixture *fixture, uint32_t character, int after)
{
	pass(fixture, fixture->now + after);
	wedge_key(fixture->wedge, character, character, fixture->now);
	take_events(fixture);
}

#define TOUCH 0x7ffffffe /* as a key, beyond every character */

static void touch(struct fixture *fixture, int after)
{
	pass(fixture, fixture->now + after);
	wedge_touch(fixture->wedge, TOUCH, fixture->now);
	take_events(fixture);
}

static void type(struct fixture *fixture, const uint32_t *text, int gap)
{
	for (; *text; text++)
		press(fixture, *text, gap);
}

static void wait(struct fixture *fixture)
{
	pass(fixture, fixture->now + 1000);
	assert_int_equal(wedge_deadline(fixture->wedge), INT64_MAX);
}

static void forget(struct fixture *fixture)
{
	fixture->key_count = 0;
	fixture->scans = fixture->dropped = fixture->readings = 0;
	fixture->digits[0] = 0;
}

/* A frame's shape with made-up contents: 583, 1 1, number, length, digits. */
static size_t make_frame(struct fixture *fixture, char *digits)
{
	static const struct {
		const char *length;
		size_t digits;
	} sizes[] = { { "0249", 628 }, { "0377", 939 }, { "0601", 1483 } };
	size_t size = chance(fixture, 3);
	size_t magic = chance(fixture, (uint32_t)layout_magic_count());

	for (size_t i = 0; i < sizes[size].digits; i++)
		digits[i] = (char)('0' + chance(fixture, 10));
	memcpy(digits, layout_magic(magic), 3);
	memcpy(digits + 3, "11", 2);
	memcpy(digits + 9, sizes[size].length, 4);
	digits[sizes[size].digits] = 0;
	return sizes[size].digits;
}

static void clean_scans_are_all_recognised_in_every_layout(void **state)
{
	static const uint32_t *const ends[] = { U"\r", U"\t", U"\n", U"\r\n",
						U"" };
	struct fixture *fixture = *state;
	char digits[1500];

	for (long i = 0; i < loops(2000); i++) {
		const struct layout *layout =
		    layout_at((size_t)i % layout_count());
		uint32_t most = chance(fixture, 20);
		size_t count = make_frame(fixture, digits);

		for (size_t j = 0; j < count; j++) {
			/* Now and then the system is busy. */
			int gap = j > 3 && !chance(fixture, 500)
				      ? (int)chance(fixture, 300)
				      : (int)chance(fixture, most + 1);

			press(fixture, layout->digit[digits[j] - '0'], gap);
		}
		type(fixture, ends[chance(fixture, 5)], (int)most);
		wait(fixture);
		assert_int_equal(fixture->scans, 1);
		assert_string_equal(fixture->digits, digits);
		assert_int_equal(fixture->dropped, 0);
		assert_int_equal(fixture->key_count, 0);
		assert_int_equal(fixture->percent, 99);
		assert_in_range(fixture->readings, 90, 101);
		forget(fixture);
	}
}

/* A digit lost, doubled or changed, even the first; or a pause. */
static size_t add_noise(struct fixture *fixture, uint32_t *typed, size_t count)
{
	size_t place = chance(fixture, 3) ? chance(fixture, (uint32_t)count)
					  : chance(fixture, 4);

	switch (chance(fixture, 4)) {
	case 0:
		memmove(typed + place, typed + place + 1,
			(count - place - 1) * sizeof *typed);
		return count - 1;
	case 1:
		memmove(typed + place + 1, typed + place,
			(count - place) * sizeof *typed);
		return count + 1;
	case 2:
		typed[place] = U"5x(\u00e9\u0636 8"[chance(fixture, 7)];
		return count;
	default:
		typed[place] = 0; /* a key that has no character */
		return count;
	}
}

static void nothing_of_a_noisy_scan_reaches_a_screen(void **state)
{
	struct fixture *fixture = *state;
	uint32_t typed[1600];
	char digits[1500];

	for (long i = 0; i < loops(1500); i++) {
		const struct layout *layout =
		    layout_at(chance(fixture, (uint32_t)layout_count()));
		size_t count = make_frame(fixture, digits);
		uint32_t times = 1 + chance(fixture, 5);

		for (size_t j = 0; j < count; j++)
			typed[j] = layout->digit[digits[j] - '0'];
		for (uint32_t j = 0; j < times; j++)
			count = add_noise(fixture, typed, count);
		for (size_t j = 0; j < count; j++) {
			int gap = j > 9 && !chance(fixture, 300)
				      ? (int)chance(fixture, 399)
				      : (int)chance(fixture, 16);

			press(fixture, typed[j], gap);
		}
		press(fixture, '\r', 2);
		wait(fixture);
		assert_int_equal(fixture->key_count, 0);
		assert_int_equal(fixture->scans + fixture->dropped, 1);
		forget(fixture);
	}
}

static void keys_of_people_all_pass_in_order_and_at_once(void **state)
{
	static const uint32_t alphabet[] =
	    U"583583583(_\"%*#0123456789abcdefghij éÉ'-\r\t";
	struct fixture *fixture = *state;
	long count = loops(20000);
	int64_t *pressed = xcalloc((size_t)count, sizeof *pressed);
	long late = 0;

	for (long i = 0; i < count; i++) {
		uint32_t key = alphabet[chance(fixture, COUNT(alphabet) - 1)];
		/* Fingers roll over two keys, and seldom over more. */
		int gap = chance(fixture, 6) ? 60 + (int)chance(fixture, 240)
					     : 15 + (int)chance(fixture, 60);

		pressed[i] = fixture->now + gap;
		pass(fixture, fixture->now + gap);
		wedge_key(fixture->wedge, key, (uint64_t)i, fixture->now);
		take_events(fixture);
	}
	wait(fixture);
	assert_int_equal(fixture->scans + fixture->dropped, 0);
	assert_int_equal(fixture->key_count, count);
	for (long i = 0; i < count; i++) {
		assert_int_equal(fixture->keys[i], i);
		late += fixture->at[i] - pressed[i] > 2 * WEDGE_HOLD;
	}
	/* Only who rolls over 5, 8 and 3 waits longer. */
	assert_in_range(late, 0, count / 2000);
	free(pressed);
}

static void a_person_typing_583_types_583(void **state)
{
	static const struct {
		const uint32_t *text;
		int gap;
	} cases[] = {
		{ U"583", 80 },
		{ U"5831104120249", 60 },
		{ U"416 583 1104", 95 },
		{ U"5", 0 },
		{ U"58", 5 },
		{ U"582", 5 },
		{ U"583", 5 },
		{ U"58311041", 5 },
		{ U"%*#", 30 },
		{ U"55555555555555", 25 },
		{ U"\r\r\r\r\r\r\r\r", 10 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fixture *fixture = *state;
		size_t count = 0;

		type(fixture, cases[i].text, cases[i].gap);
		wait(fixture);
		while (cases[i].text[count]) {
			assert_true(count < fixture->key_count);
			assert_int_equal(fixture->keys[count],
					 cases[i].text[count]);
			count++;
		}
		assert_int_equal(fixture->key_count, count);
		assert_int_equal(fixture->scans + fixture->dropped, 0);
		forget(fixture);
	}
}

static void rolling_over_583_and_typing_on_is_a_person(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"583", 30);
	type(fixture, U"1104120249", 100);
	wait(fixture);
	assert_int_equal(fixture->key_count, 13);
	assert_int_equal(fixture->scans + fixture->dropped, 0);
}

static void one_pause_does_not_make_a_scan_a_person(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"5831", 5);
	press(fixture, '1', 300);
	type(fixture, U"04120249123", 5);
	wait(fixture);
	assert_int_equal(fixture->key_count, 0);
	assert_string_equal(fixture->digits, "5831104120249123");
}

static void a_key_waits_no_longer_than_it_must(void **state)
{
	struct fixture *fixture = *state;
	int64_t now = fixture->now;

	press(fixture, 'a', 0);
	assert_int_equal(wedge_deadline(fixture->wedge), now + WEDGE_FAST);
	wait(fixture);
	now = fixture->now;
	press(fixture, '5', 0);
	assert_int_equal(wedge_deadline(fixture->wedge), now + WEDGE_HOLD);
	/* Another key at a person's pace lets it go at once. */
	press(fixture, 'a', 30);
	assert_int_equal(fixture->key_count, 2);
	assert_int_equal(fixture->keys[1], '5');
	assert_int_equal(wedge_deadline(fixture->wedge), now + 30 + WEDGE_FAST);
}

/* A barcode can hold any key: none of a burst may act. */
static void injected_keys_are_dropped_whatever_they_are(void **state)
{
	struct fixture *fixture = *state;

	for (long i = 0; i < loops(2000); i++) {
		size_t count = WEDGE_BURST + 1 + chance(fixture, 120);

		for (size_t j = 0; j < count; j++) {
			/* 0 is F1, an arrow, Escape */
			uint32_t key = U"\0\r\ty1:\x1b/xy"[chance(fixture, 10)];

			press(fixture, key, (int)chance(fixture, 20));
		}
		wait(fixture);
		assert_int_equal(fixture->key_count, 0);
		assert_int_equal(fixture->scans, 0);
		assert_int_equal(fixture->dropped, 1);
		assert_int_equal(fixture->why, SCAN_FOREIGN);
		assert_int_equal(fixture->dropped_count, count);
		forget(fixture);
	}
}

/* What a scanner may be made to type, as the terminal gives it: '@' is a touch,
 * '!' a key without a character. */
static void barcodes_made_to_do_harm_do_nothing(void **state)
{
	static const struct {
		const char *what;
		const char *keys;
		size_t dropped;
	} cases[] = {
		{ "keys of the desk's own", "qqqqyyyyl", 9 },
		{ "a line with its Enter", "rm -rf ~\r", 9 },
		{ "function keys", "!!!!!!!!!", 9 },
		{ "Escape, and on", "\033\033\033\033q\ry\ry", 9 },
		{ "a sequence that was not understood", "\033]52;c;eA==\007",
		  12 },
		{ "a pasted text's marks", "!q\ry\rq\ry!", 9 },
		{ "an AIM prefix, and a ticket", "]Q1583110412", 12 },
		{ "a scanner's own set-up", "%%SpecCode0A", 12 },
		{ "Alt and a number", "!0!0!6!5!", 9 },
		{ "a touch, and its Enter", "@\r", 2 },
		{ "two touches", "@@", 2 },
		{ "a touch behind keys", "1@", 2 },
		{ "touches and keys", "@y@y\r", 5 },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		print_message("%s\n", cases[i].what);
		for (const char *key = cases[i].keys; *key; key++) {
			if (*key == '@')
				touch(fixture, 19);
			else
				press(fixture, *key == '!' ? 0 : (uint8_t)*key,
				      19);
		}
		wait(fixture);
		assert_int_equal(fixture->key_count, 0);
		assert_int_equal(fixture->scans, 0);
		assert_int_equal(fixture->why, SCAN_FOREIGN);
		assert_int_equal(fixture->dropped_count, cases[i].dropped);
		forget(fixture);
	}
}

static void a_ticket_with_a_touch_in_it_is_none(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"5831104", 2);
	touch(fixture, 2);
	type(fixture, U"12024\r", 2);
	wait(fixture);
	assert_int_equal(fixture->key_count, 0);
	assert_int_equal(fixture->scans, 0);
	assert_int_equal(fixture->why, SCAN_GARBLED);
}

static void a_persons_touches_pass(void **state)
{
	struct fixture *fixture = *state;

	press(fixture, 'a', 500);
	touch(fixture, WEDGE_FAST);
	touch(fixture, 80);
	press(fixture, 'b', WEDGE_FAST);
	wait(fixture);
	assert_int_equal(fixture->key_count, 4);
	assert_int_equal(fixture->keys[0], 'a');
	assert_int_equal(fixture->keys[1], TOUCH);
	assert_int_equal(fixture->keys[2], TOUCH);
	assert_int_equal(fixture->keys[3], 'b');
	assert_int_equal(fixture->dropped, 0);
}

static void what_follows_a_burst_too_soon_is_dropped_with_it(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"https://x", 3);
	press(fixture, '\r', 300);
	press(fixture, 'y', 399);
	wait(fixture);
	assert_int_equal(fixture->key_count, 0);
	assert_int_equal(fixture->dropped_count, 11);
	press(fixture, 'y', 0);
	wait(fixture);
	assert_int_equal(fixture->key_count, 1);
}

/* It may be a passphrase: whoever asks for one may have it. */
static void a_burst_comes_with_its_characters(void **state)
{
	static const uint32_t pasted[] = U"kolo bame ḥa\r";
	static const uint32_t other[] = U"0123456789";
	struct fixture *fixture = *state;

	type(fixture, pasted, 1);
	wait(fixture);
	assert_true(fixture->kept);
	assert_int_equal(fixture->dropped_count, COUNT(pasted) - 1);
	assert_memory_equal(fixture->typed, pasted, sizeof pasted);
	/* The next one has nothing of it. */
	type(fixture, other, 1);
	wait(fixture);
	assert_memory_equal(fixture->typed, other, sizeof other);
	/* A ticket that went wrong is nobody's words. */
	type(fixture, U"58311041x", 1);
	wait(fixture);
	assert_int_equal(fixture->why, SCAN_GARBLED);
	assert_false(fixture->kept);
}

static void of_an_endless_burst_no_character_is_kept(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < SCAN_MAX + 1; i++)
		press(fixture, 'x', 0);
	wait(fixture);
	assert_int_equal(fixture->dropped_count, SCAN_MAX + 1);
	assert_false(fixture->kept);
	press(fixture, 'y', 0);
	wait(fixture);
	assert_int_equal(fixture->key_count, 1);
}

static void the_line_feed_behind_enter_belongs_to_the_scan(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"583110412024912345\r\n", 5);
	assert_int_equal(fixture->scans, 1);
	assert_string_equal(fixture->digits, "583110412024912345");
	press(fixture, '\r', WEDGE_HOLD); /* now it is a person */
	wait(fixture);
	assert_int_equal(fixture->key_count, 1);
}

static void a_scan_without_end_is_over_after_silence(void **state)
{
	struct fixture *fixture = *state;
	int64_t last;

	type(fixture, U"58311041202491234", 5);
	last = fixture->now;
	pass(fixture, last + WEDGE_SILENCE - 1);
	assert_int_equal(fixture->scans, 0);
	pass(fixture, last + WEDGE_SILENCE);
	assert_int_equal(fixture->scans, 1);
	assert_string_equal(fixture->digits, "58311041202491234");
}

static void a_scan_gone_wrong_is_told_as_such(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"583110412024912x45\r", 5);
	wait(fixture);
	assert_int_equal(fixture->scans, 0);
	assert_int_equal(fixture->dropped, 1);
	assert_int_equal(fixture->why, SCAN_GARBLED);
	assert_int_equal(fixture->dropped_count, 18);
}

static void a_scan_longer_than_any_ticket_is_dropped(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"583", 1);
	for (int i = 3; i < SCAN_MAX + 500; i++)
		press(fixture, '1', 1);
	press(fixture, '\r', 1);
	wait(fixture);
	assert_int_equal(fixture->scans, 0);
	assert_int_equal(fixture->key_count, 0);
	assert_int_equal(fixture->dropped, 1);
	assert_int_equal(fixture->dropped_count, SCAN_MAX + 501);
}

static void percent_counts_towards_the_length_the_frame_tells(void **state)
{
	struct fixture *fixture = *state;

	type(fixture, U"(_\"&&à'&éàé'", 5); /* AZERTY: 583 11 0412 024 */
	assert_int_equal(fixture->percent, 0);
	press(fixture, U'ç', 5); /* 9: 249 bytes are 628 digits */
	assert_int_equal(fixture->percent, 2);
	for (int i = 13; i < 314; i++)
		press(fixture, U'é', 5);
	assert_int_equal(fixture->percent, 50);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(clean_scans_are_all_recognised_in_every_layout),
		TEST(nothing_of_a_noisy_scan_reaches_a_screen),
		TEST(keys_of_people_all_pass_in_order_and_at_once),
		TEST(a_person_typing_583_types_583),
		TEST(rolling_over_583_and_typing_on_is_a_person),
		TEST(one_pause_does_not_make_a_scan_a_person),
		TEST(a_key_waits_no_longer_than_it_must),
		TEST(injected_keys_are_dropped_whatever_they_are),
		TEST(barcodes_made_to_do_harm_do_nothing),
		TEST(a_ticket_with_a_touch_in_it_is_none),
		TEST(a_persons_touches_pass),
		TEST(what_follows_a_burst_too_soon_is_dropped_with_it),
		TEST(a_burst_comes_with_its_characters),
		TEST(of_an_endless_burst_no_character_is_kept),
		TEST(the_line_feed_behind_enter_belongs_to_the_scan),
		TEST(a_scan_without_end_is_over_after_silence),
		TEST(a_scan_gone_wrong_is_told_as_such),
		TEST(a_scan_longer_than_any_ticket_is_dropped),
		TEST(percent_counts_towards_the_length_the_frame_tells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
