#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/issue.h"
#include "issue/waiting.h"
#include "seal/agency_key.h"
#include "seal/kiosk_key.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

#define MINUTE INT64_C(60000)

static const struct uptime morning = { "2f3c4e5a-0000-4000-8000-00000000000a",
				       30 * MINUTE };

struct ledge {
	char *folder;
	struct home *home;
	struct kiosk_key *kiosk;
	struct agency_key *agency;
};

static int start(void **state)
{
	struct ledge *ledge = xcalloc(1, sizeof *ledge);
	const uint8_t secret[KEY_BYTES] = { 8 };

	ledge->folder = folder_new();
	assert_int_equal(home_open(ledge->folder, &ledge->home), FAULT_NONE);
	assert_int_equal(folder_make(home_folder(ledge->home, HOME_KIOSK)),
			 FAULT_NONE);
	ledge->kiosk = kiosk_key_make();
	ledge->agency = agency_key_of_secret(secret, "Maison", 0);
	logged_start();
	*state = ledge;
	return 0;
}

static int stop(void **state)
{
	struct ledge *ledge = *state;

	logged_stop();
	kiosk_key_free(ledge->kiosk);
	agency_key_free(ledge->agency);
	home_free(ledge->home);
	folder_remove(ledge->folder);
	free(ledge->folder);
	free(ledge);
	return 0;
}

/* A ticket of a number lies there as a visit left it. */
static struct wire put_pending(const struct ledge *ledge, uint32_t number)
{
	SCOPED(char_freep)
	char *path = home_path(ledge->home, HOME_KIOSK, ISSUE_PENDING_FILE);
	const uint8_t plain[128] = { 1 }, ephemeral[KEY_BYTES] = { 3 };
	struct wire wire;

	assert_int_equal(wire_make(agency_key_public(ledge->agency),
				   kiosk_key_public(ledge->kiosk),
				   kiosk_key_seed(ledge->kiosk), ephemeral,
				   number, plain, sizeof plain, &wire),
			 FAULT_NONE);
	assert_int_equal(file_write(path, wire.bytes, wire.length, 0600),
			 FAULT_NONE);
	return wire;
}

static struct uptime after(int64_t ms)
{
	struct uptime then = morning;

	then.ms += ms;
	return then;
}

static struct wire leave(const struct ledge *ledge, uint32_t number,
			 const struct uptime *now, enum waiting_why why)
{
	const struct wire wire = put_pending(ledge, number);

	assert_int_equal(waiting_begin(ledge->home, now, why), FAULT_NONE);
	return wire;
}

static size_t count_at(const struct ledge *ledge, const struct uptime *now)
{
	struct waiting list[WAITING_MOST];

	return waiting_list(ledge->home, now, list);
}

static void several_wait_each_as_it_was_sealed(void **state)
{
	const struct ledge *ledge = *state;
	const struct wire ten = leave(ledge, 10, &morning, WAITING_CUT);
	const struct wire nine = leave(ledge, 9, &morning, WAITING_UNPRINTED);
	SCOPED(char_freep)
	char *pending = home_path(ledge->home, HOME_KIOSK, ISSUE_PENDING_FILE);
	struct waiting list[WAITING_MOST];
	struct bytes wire = { 0 };

	assert_false(file_exists(pending));
	assert_int_equal(waiting_list(ledge->home, &morning, list), 2);
	assert_int_equal(list[0].sequence, 9);
	assert_int_equal(list[0].minutes, WAITING_UNPRINTED_MINUTES);
	assert_int_equal(list[1].sequence, 10);
	assert_int_equal(list[1].minutes, WAITING_CUT_MINUTES);
	assert_int_equal(waiting_wire(ledge->home, 9, &wire), FAULT_NONE);
	assert_int_equal(wire.length, nine.length);
	assert_memory_equal(wire.data, nine.bytes, nine.length);
	bytes_done(&wire);
	assert_int_equal(waiting_wire(ledge->home, 10, &wire), FAULT_NONE);
	assert_memory_equal(wire.data, ten.bytes, ten.length);
	bytes_done(&wire);
	/* One is taken; the other one stays. */
	assert_int_equal(waiting_remove(ledge->home, 9), FAULT_NONE);
	assert_int_equal(waiting_wire(ledge->home, 9, &wire), FAULT_NONE);
	assert_int_equal(wire.length, 0);
	assert_int_equal(count_at(ledge, &morning), 1);
}

static void each_waits_for_its_minutes_of_uptime(void **state)
{
	static const struct {
		enum waiting_why why;
		int64_t minutes;
	} cases[] = {
		{ WAITING_CUT, 15 },
		{ WAITING_UNPRINTED, 120 },
	};
	const struct ledge *ledge = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		const int64_t most = cases[i].minutes * MINUTE;
		const struct uptime last = after(most - 1), over = after(most);
		struct waiting list[WAITING_MOST];

		leave(ledge, 7, &morning, cases[i].why);
		waiting_end(ledge->home, &last);
		assert_int_equal(waiting_list(ledge->home, &last, list), 1);
		assert_int_equal(list[0].minutes, 1);
		/* Nothing is added by looking, nor by the kiosk's next start.
		 */
		assert_int_equal(waiting_begin(ledge->home, &last, WAITING_CUT),
				 FAULT_NONE);
		assert_int_equal(count_at(ledge, &over), 0);
		waiting_end(ledge->home, &over);
		assert_int_equal(count_at(ledge, &last), 0);
	}
}

/* The machine went off: nobody could come meanwhile. */
static void another_start_of_the_machine_begins_anew(void **state)
{
	static const struct uptime next_day = {
		"2f3c4e5a-0000-4000-8000-00000000000b", 50 * MINUTE
	};
	/* Of a system that does not say which start it is. */
	static const struct uptime unnamed = { "", 20 * MINUTE };
	static const struct uptime unnamed_later = { "", 2 * MINUTE };
	const struct ledge *ledge = *state;
	struct uptime later = next_day;
	struct waiting list[WAITING_MOST];

	leave(ledge, 7, &morning, WAITING_CUT);
	assert_int_equal(count_at(ledge, &next_day), 1);
	assert_int_equal(waiting_begin(ledge->home, &next_day, WAITING_CUT),
			 FAULT_NONE);
	later.ms += 14 * MINUTE;
	assert_int_equal(waiting_list(ledge->home, &later, list), 1);
	assert_int_equal(list[0].minutes, 1);
	later.ms += MINUTE;
	assert_int_equal(count_at(ledge, &later), 0);
	waiting_end(ledge->home, &later);
	leave(ledge, 8, &unnamed, WAITING_CUT);
	assert_int_equal(
	    waiting_begin(ledge->home, &unnamed_later, WAITING_CUT),
	    FAULT_NONE);
	assert_int_equal(waiting_list(ledge->home, &unnamed_later, list), 1);
	assert_int_equal(list[0].minutes, 15);
}

static void where_too_many_wait_the_oldest_is_given_up(void **state)
{
	const struct ledge *ledge = *state;
	struct waiting list[WAITING_MOST];

	for (uint32_t number = 1; number <= WAITING_MOST; number++)
		leave(ledge, number, &morning, WAITING_UNPRINTED);
	assert_int_equal(waiting_list(ledge->home, &morning, list),
			 WAITING_MOST);
	assert_int_equal(list[0].sequence, 1);
	assert_null(strstr(logged(), "given up"));
	leave(ledge, WAITING_MOST + 1, &morning, WAITING_UNPRINTED);
	assert_int_equal(waiting_list(ledge->home, &morning, list),
			 WAITING_MOST);
	assert_int_equal(list[0].sequence, 2);
	assert_int_equal(list[WAITING_MOST - 1].sequence, WAITING_MOST + 1);
	assert_non_null(strstr(logged(), "the oldest, 1, is given up"));
}

static void what_is_no_ticket_is_swept_away(void **state)
{
	const struct ledge *ledge = *state;
	SCOPED(char_freep)
	char *pending = home_path(ledge->home, HOME_KIOSK, ISSUE_PENDING_FILE);
	SCOPED(char_freep)
	char *bad = home_path(ledge->home, HOME_KIOSK, "waiting-5");
	static const char *const damaged[] = { "no time",
					       "b -9223372036854775808 15\nx",
					       "b 1 2147483647\nx", "b 1 -1\nx",
					       "b 1 15" };

	assert_int_equal(file_write(pending, "half", 4, 0600), FAULT_NONE);
	assert_int_equal(waiting_begin(ledge->home, &morning, WAITING_CUT),
			 FAULT_NONE);
	assert_false(file_exists(pending));
	for (size_t i = 0; i < COUNT(damaged); i++) {
		assert_int_equal(
		    file_write(bad, damaged[i], strlen(damaged[i]), 0600),
		    FAULT_NONE);
		assert_int_equal(count_at(ledge, &morning), 0);
		waiting_end(ledge->home, &morning);
		assert_false(file_exists(bad));
	}
}

/* Where it cannot be set aside it is not lost. */
static void a_full_disk_leaves_it_where_it_is(void **state)
{
	const struct ledge *ledge = *state;
	SCOPED(char_freep)
	char *pending = home_path(ledge->home, HOME_KIOSK, ISSUE_PENDING_FILE);
	SCOPED(char_freep)
	char *place = home_path(ledge->home, HOME_KIOSK, "waiting-7.new");

	put_pending(ledge, 7);
	/* Nothing can be written there. */
	assert_int_equal(folder_make(place), FAULT_NONE);
	assert_int_equal(waiting_begin(ledge->home, &morning, WAITING_CUT),
			 FAULT_SYSTEM);
	assert_true(file_exists(pending));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(several_wait_each_as_it_was_sealed),
		TEST(each_waits_for_its_minutes_of_uptime),
		TEST(another_start_of_the_machine_begins_anew),
		TEST(where_too_many_wait_the_oldest_is_given_up),
		TEST(what_is_no_ticket_is_swept_away),
		TEST(a_full_disk_leaves_it_where_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
