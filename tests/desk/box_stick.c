#include "desk/box_stick.h"
#include "tests/test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/key_change.h"
#include "issue/key_gone.h"
#include "issue/keys.h"
#include "seal/ring.h"
#include "tests/support/agency.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/sample.h"

#define NOON (AGENCY_NOON / 1000)

/* A desk whose key was changed twice, a stick, and a desk without anything. */
struct two_desks {
	struct agency agency;
	char *stick, *folder;
	struct home *home, *other;
	struct agency_key *first, *second, *third;
};

static void change(const struct two_desks *desks, const struct agency_key *key)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;

	assert_int_equal(key_ready_beside(desks->home, key, AGENCY_KEY_DEMO,
					  AGENCY_PASSPHRASE, NOON, &ready),
			 FAULT_NONE);
	assert_int_equal(keys_change(ready, NOON), FAULT_NONE);
}

static enum keys_answer put(const struct home *home,
			    const struct agency_key *key)
{
	enum keys_answer answer;

	assert_int_equal(
	    keys_put(home, key, AGENCY_KEY_DEMO, AGENCY_PASSPHRASE, &answer),
	    FAULT_NONE);
	return answer;
}

static int start(void **state)
{
	struct two_desks *desks = xcalloc(1, sizeof *desks);
	SCOPED(char_freep) char *secret = NULL;

	logged_start();
	agency_init(&desks->agency, 0x11);
	desks->home = desks->agency.home;
	desks->stick = folder_new();
	desks->folder = folder_new();
	assert_int_equal(home_open(desks->folder, &desks->other), FAULT_NONE);
	desks->first = agency_key_of_secret(desks->agency.secret, "Test", 0);
	desks->second = agency_key_make("Test", NOON);
	desks->third = agency_key_make("Test", NOON + 1);
	secret = home_path(desks->home, HOME_KEYS, KEYS_SECRET);
	assert_int_equal(unlink(secret), 0);
	assert_int_equal(put(desks->home, desks->first), KEYS_MADE);
	change(desks, desks->second);
	change(desks, desks->third);
	*state = desks;
	return 0;
}

static int stop(void **state)
{
	struct two_desks *desks = *state;

	agency_key_free(desks->first);
	agency_key_free(desks->second);
	agency_key_free(desks->third);
	home_free(desks->other);
	folder_remove(desks->folder);
	folder_remove(desks->stick);
	free(desks->folder);
	free(desks->stick);
	agency_done(&desks->agency);
	logged_stop();
	free(desks);
	return 0;
}

static void save(const struct two_desks *desks, bool with_key)
{
	struct backup_told told;

	assert_int_equal(stick_backup(desks->home, desks->agency.record,
				      desks->stick, with_key, &sample_sam,
				      AGENCY_NOON, &told),
			 FAULT_NONE);
}

static void bring(const struct two_desks *desks, bool with_old)
{
	assert_int_equal(stick_bring(desks->stick, desks->other, with_old),
			 FAULT_NONE);
}

static size_t list_old(const struct home *home, struct old_key list[KEYS_OLD])
{
	size_t count;

	assert_int_equal(keys_old(home, list, &count), FAULT_NONE);
	return count;
}

static void destroy(const struct home *home, const struct agency_key *key)
{
	struct old_key old[KEYS_OLD];
	const size_t count = list_old(home, old);

	for (size_t i = 0; i < count; i++) {
		if (old_key_may_be(&old[i], agency_key_public(key)))
			assert_int_equal(keys_destroy(home, &old[i]),
					 FAULT_NONE);
	}
	assert_int_equal(list_old(home, old), count - 1);
}

static bool is_gone(const struct home *home, const struct agency_key *key)
{
	bool gone;

	assert_int_equal(key_gone_is(home, agency_key_public(key), &gone),
			 FAULT_NONE);
	return gone;
}

/* Whether the other desk opens what is sealed to the key. */
static bool opens(const struct two_desks *desks, const struct agency_key *key)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried;

	assert_int_equal(ring_unlock(ring, home_folder(desks->other, HOME_KEYS),
				     AGENCY_PASSPHRASE, &tried),
			 FAULT_NONE);
	for (size_t i = 0; i < ring_count(ring); i++) {
		if (!memcmp(agency_key_public(ring_at(ring, i)),
			    agency_key_public(key), KEY_BYTES))
			return true;
	}
	return false;
}

static void what_one_desk_destroyed_is_destroyed_at_the_next(void **state)
{
	const struct two_desks *desks = *state;

	destroy(desks->home, desks->first);
	save(desks, false);
	bring(desks, false);
	assert_true(is_gone(desks->other, desks->first));
	assert_false(is_gone(desks->other, desks->second));
	assert_int_equal(put(desks->other, desks->first), KEYS_DESTROYED);
	assert_int_equal(put(desks->other, desks->third), KEYS_MADE);
}

/* A stick goes from desk to desk. */
static void a_stick_forgets_nothing_that_another_desk_destroyed(void **state)
{
	const struct two_desks *desks = *state;
	const uint8_t *second = agency_key_public(desks->second);
	char fingerprint[KEY_FINGERPRINT_BYTES];

	destroy(desks->home, desks->first);
	save(desks, false);
	/* What the other desk knew before stays, too. */
	key_fingerprint(second, fingerprint);
	assert_int_equal(folder_make(home_folder(desks->other, HOME_KEYS)),
			 FAULT_NONE);
	assert_int_equal(key_gone_note_destroyed(desks->other,
						 agency_key_id(desks->second),
						 fingerprint, NULL),
			 FAULT_NONE);
	bring(desks, false);
	assert_true(is_gone(desks->other, desks->first));
	assert_true(is_gone(desks->other, desks->second));
	/* The first desk goes on as it did: its old key opens there. */
	assert_false(is_gone(desks->home, desks->second));
	save(desks, false);
	bring(desks, false);
	assert_true(is_gone(desks->other, desks->second));
}

static void old_keys_move_with_a_desk_and_not_with_a_backup(void **state)
{
	const struct two_desks *desks = *state;
	struct old_key here[KEYS_OLD], there[KEYS_OLD];

	save(desks, false);
	bring(desks, true);
	assert_int_equal(list_old(desks->other, there), 0);
	save(desks, true);
	/* Under a passphrase that is not the stick's, they open nothing. */
	bring(desks, false);
	assert_int_equal(list_old(desks->other, there), 0);
	bring(desks, true);
	assert_int_equal(put(desks->other, desks->third), KEYS_MADE);
	assert_true(opens(desks, desks->first));
	assert_true(opens(desks, desks->second));
	assert_true(opens(desks, desks->third));
	/* Their days go with them. */
	assert_int_equal(list_old(desks->home, here), 2);
	assert_int_equal(list_old(desks->other, there), 2);
	for (int i = 0; i < 2; i++)
		assert_int_equal(here[i].until, there[i].until);
}

static size_t count_on_stick(const struct two_desks *desks)
{
	SCOPED(char_freep)
	char *folder = folder_file(desks->stick, STICK_FOLDER);
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(keys_old_in(folder, old, &count), FAULT_NONE);
	return count;
}

static void a_destroyed_key_leaves_the_stick_with_any_backup(void **state)
{
	const struct two_desks *desks = *state;

	save(desks, true);
	assert_int_equal(count_on_stick(desks), 2);
	destroy(desks->home, desks->first);
	save(desks, false);
	assert_int_equal(count_on_stick(desks), 1);
	bring(desks, true);
	assert_false(opens(desks, desks->first));
	assert_true(opens(desks, desks->second));
}

/* The other desk has the key alone, from its paper, and backs up there, too. */
static void a_desk_without_old_keys_leaves_those_on_the_stick(void **state)
{
	const struct two_desks *desks = *state;
	struct backup_told told;

	save(desks, true);
	assert_int_equal(folder_make(home_folder(desks->other, HOME_KEYS)),
			 FAULT_NONE);
	assert_int_equal(put(desks->other, desks->third), KEYS_MADE);
	for (int with_key = 0; with_key < 2; with_key++)
		assert_int_equal(
		    stick_backup(desks->other, desks->agency.record,
				 desks->stick, with_key, &sample_sam,
				 AGENCY_NOON + 1000, &told),
		    FAULT_NONE);
	assert_int_equal(count_on_stick(desks), 2);
}

static void what_the_stick_knows_as_destroyed_is_not_put_there(void **state)
{
	const struct two_desks *desks = *state;
	SCOPED(char_freep)
	char *folder = folder_file(desks->stick, STICK_FOLDER);
	SCOPED(char_freep) char *history = folder_file(folder, KEYS_HISTORY);
	char fingerprint[KEY_FINGERPRINT_BYTES];
	SCOPED(char_freep) char *line = NULL;

	key_fingerprint(agency_key_public(desks->first), fingerprint);
	line = xasprintf("%04X destroyed %s\n", agency_key_id(desks->first),
			 fingerprint);
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(history, line, strlen(line), 0600),
			 FAULT_NONE);
	save(desks, true);
	assert_int_equal(count_on_stick(desks), 1);
}

/* Where nobody can tell what was destroyed. */
static void without_its_history_nothing_is_brought(void **state)
{
	const struct two_desks *desks = *state;
	SCOPED(char_freep)
	char *folder = folder_file(desks->stick, STICK_FOLDER);
	SCOPED(char_freep) char *history = folder_file(folder, KEYS_HISTORY);

	save(desks, true);
	assert_int_equal(unlink(history), 0);
	assert_int_equal(mkdir(history, 0700), 0);
	assert_int_not_equal(stick_bring(desks->stick, desks->other, true),
			     FAULT_NONE);
}

static void one_old_key_that_is_damaged_holds_up_no_other(void **state)
{
	const struct two_desks *desks = *state;
	SCOPED(char_freep)
	char *folder = folder_file(desks->stick, STICK_FOLDER);
	SCOPED(char_freep)
	char *damaged = folder_file(folder, "old-1A2B-20261101.key");

	save(desks, true);
	assert_int_equal(mkdir(damaged, 0700), 0);
	bring(desks, true);
	assert_non_null(strstr(logged(), "old-1A2B-20261101.key: passed over"));
	assert_true(opens(desks, desks->first));
	assert_true(opens(desks, desks->second));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(what_one_desk_destroyed_is_destroyed_at_the_next),
		TEST(a_stick_forgets_nothing_that_another_desk_destroyed),
		TEST(old_keys_move_with_a_desk_and_not_with_a_backup),
		TEST(a_destroyed_key_leaves_the_stick_with_any_backup),
		TEST(a_desk_without_old_keys_leaves_those_on_the_stick),
		TEST(what_the_stick_knows_as_destroyed_is_not_put_there),
		TEST(without_its_history_nothing_is_brought),
		TEST(one_old_key_that_is_damaged_holds_up_no_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
