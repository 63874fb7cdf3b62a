#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/key_gone.h"
#include "issue/keys.h"
#include "seal/reseal.h"
#include "tests/support/cut.h"
#include "tests/support/folder.h"

#define PASSPHRASE "lamo kire fusa bido wena topu"
#define NOON 1795348800 /* 2026-11-22, 12:00 UTC */
#define DAY ((int64_t)24 * 3600)

struct desk_of_test {
	char *folder;
	struct home *home;
	struct agency_key *first, *second;
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static struct agency_key *make(uint8_t byte)
{
	uint8_t secret[KEY_BYTES];

	memset(secret, byte, sizeof secret);
	return agency_key_of_secret(secret, "A", NOON - 400 * DAY);
}

static void open_home(struct desk_of_test *test)
{
	enum keys_answer answer;

	test->folder = folder_new();
	assert_int_equal(home_open(test->folder, &test->home), FAULT_NONE);
	assert_int_equal(keys_put(test->home, test->first, AGENCY_KEY_DEMO,
				  PASSPHRASE, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, KEYS_MADE);
}

static void close_home(struct desk_of_test *test)
{
	home_free(test->home);
	folder_remove(test->folder);
	free(test->folder);
}

static int start(void **state)
{
	struct desk_of_test *test = xcalloc(1, sizeof *test);

	log_to(silent, NULL);
	test->first = make(0x11);
	test->second = make(0x22);
	open_home(test);
	*state = test;
	return 0;
}

static int stop(void **state)
{
	struct desk_of_test *test = *state;

	close_home(test);
	agency_key_free(test->first);
	agency_key_free(test->second);
	free(test);
	log_to(NULL, NULL);
	return 0;
}

static enum fault change_to(const struct desk_of_test *test,
			    const struct agency_key *key, int64_t now)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault = key_ready_beside(test->home, key, AGENCY_KEY_DEMO,
					    PASSPHRASE, now, &ready);

	return fault ? fault : keys_change(ready, now);
}

static enum fault change(const struct desk_of_test *test, int64_t now)
{
	return change_to(test, test->second, now);
}

static enum fault keep_old(const struct desk_of_test *test,
			   const struct agency_key *key, int64_t now)
{
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	enum fault fault = key_ready_beside(test->home, key, AGENCY_KEY_DEMO,
					    PASSPHRASE, now, &ready);

	return fault ? fault : keys_keep_old(ready, now);
}

/* Whether the home's key is this one, and its public half with it. */
static bool is_present(const struct desk_of_test *test,
		       const struct agency_key *key)
{
	SCOPED(char_freep)
	char *path = home_path(test->home, HOME_KEYS, AGENCY_FILE);
	SCOPED(agency_key_freep) struct agency_key *opened = NULL;
	enum agency_key_answer answer;
	struct card card;
	bool found;

	assert_int_equal(keys_open(test->home, PASSPHRASE, &answer, &opened),
			 FAULT_NONE);
	assert_int_equal(answer, AGENCY_KEY_OPENED);
	assert_int_equal(agency_file_read(path, &found, &card), FAULT_NONE);
	assert_true(found);
	assert_memory_equal(card.key, agency_key_public(opened), KEY_BYTES);
	return !memcmp(card.key, agency_key_public(key), KEY_BYTES);
}

/* Whether a desk that opens now opens what is sealed to the key. */
static bool opens(const struct desk_of_test *test, const struct agency_key *key)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried;

	assert_int_equal(ring_unlock(ring, home_folder(test->home, HOME_KEYS),
				     PASSPHRASE, &tried),
			 FAULT_NONE);
	for (size_t i = 0; i < ring_count(ring); i++) {
		if (!memcmp(agency_key_public(ring_at(ring, i)),
			    agency_key_public(key), KEY_BYTES))
			return true;
	}
	return false;
}

static void the_old_key_is_kept_for_sixty_days(void **state)
{
	const struct desk_of_test *test = *state;
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_true(is_present(test, test->second));
	assert_true(opens(test, test->first));
	assert_true(opens(test, test->second));
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_string_equal(
	    old[0].name,
	    "old-FAD8-20261122-549062365837885639605478242336.key");
	assert_string_equal(old[0].fingerprint,
			    "54906 23658 37885 63960 54782 42336");
	assert_int_equal(old[0].id, agency_key_id(test->first));
	assert_int_equal(old[0].until - old[0].replaced, 60 * DAY);
	assert_false(old_key_is_due(&old[0], NOON + 59 * DAY));
	assert_true(old_key_is_due(&old[0], NOON + 60 * DAY));
	/* A clock that went back keeps it. */
	assert_false(old_key_is_due(&old[0], NOON - 4000 * DAY));
	assert_int_equal(keys_destroy(test->home, &old[0]), FAULT_NONE);
	assert_false(opens(test, test->first));
	assert_true(opens(test, test->second));
}

/* A clock that stands in another year destroys nothing by itself. */
static void no_clock_destroys_a_key(void **state)
{
	const struct desk_of_test *test = *state;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_int_equal(keys_settle(test->home, NOON + 9000 * DAY),
			 FAULT_NONE);
	assert_true(opens(test, test->first));
}

static void a_key_from_elsewhere_is_kept_beside_it(void **state)
{
	const struct desk_of_test *test = *state;
	struct old_key old[KEYS_OLD];
	size_t count;

	for (int i = 0; i < 2; i++)
		assert_int_equal(keep_old(test, test->second, NOON),
				 FAULT_NONE);
	assert_true(is_present(test, test->first));
	assert_true(opens(test, test->second));
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 2); /* a second of that name has a number */
	assert_string_not_equal(old[0].name, old[1].name);
}

/* An old key is known by its public half; what the passphrase does not open may
 * be it. */
static void a_key_from_elsewhere_takes_nobody_back(void **state)
{
	const struct desk_of_test *test = *state;
	const int64_t made = agency_key_created(test->first);
	SCOPED(agency_key_freep)
	struct agency_key *earlier = agency_key_make("Agency", made - DAY);
	SCOPED(agency_key_freep)
	struct agency_key *later = agency_key_make("Agency", made + DAY);
	const struct {
		const struct agency_key *key;
		const char *passphrase;
		enum keys_join answer;
	} asked[] = {
		{ test->first, PASSPHRASE, KEYS_JOIN_SAME },
		{ test->second, PASSPHRASE, KEYS_JOIN_KEPT },
		{ test->second, "another", KEYS_JOIN_KEPT },
		{ earlier, PASSPHRASE, KEYS_JOIN_EARLIER },
		{ later, PASSPHRASE, KEYS_JOIN },
	};

	assert_int_equal(keep_old(test, test->second, NOON), FAULT_NONE);
	for (size_t i = 0; i < COUNT(asked); i++) {
		enum keys_join answer;

		assert_int_equal(keys_may_join(test->home, asked[i].key,
					       test->first, asked[i].passphrase,
					       &answer),
				 FAULT_NONE);
		assert_int_equal(answer, asked[i].answer);
	}
}

static void more_old_keys_than_a_desk_tries_are_refused(void **state)
{
	const struct desk_of_test *test = *state;
	enum fault fault = FAULT_NONE;
	int kept = 0;

	while (!(fault = keep_old(test, test->second, NOON + kept * DAY)))
		kept++;
	assert_int_equal(fault, FAULT_LIMIT);
	assert_int_equal(kept, KEYS_OLD - 1);
	assert_int_equal(change(test, NOON), FAULT_LIMIT);
	assert_true(is_present(test, test->first));
}

static void a_name_that_is_none_is_no_old_key(void **state)
{
	static const char *const names[] = {
		"old-1A2B-20261122.bak",
		"old-1A2B-2026.key",
		"old-1A2B-20261122-2~1A2B3C4D.key",
		"old-1A2B-20261122key",
		"mine.key",
		"old-1A2B-20261122-a-name-that-is-longer-than-any-which-"
		"a-desk-gives-to-an-old-key.key",
	};
	const struct desk_of_test *test = *state;
	struct old_key old[KEYS_OLD];
	size_t count;

	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep)
		char *path = home_path(test->home, HOME_KEYS, names[i]);

		assert_int_equal(file_write(path, "", 0, 0600), FAULT_NONE);
	}
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 0);
}

static void a_paper_is_noted_for_one_key_alone(void **state)
{
	const struct desk_of_test *test = *state;
	const uint8_t *first = agency_key_public(test->first);
	const uint8_t *second = agency_key_public(test->second);

	assert_false(keys_paper_noted(test->home, first));
	assert_int_equal(keys_note_paper(test->home, first), FAULT_NONE);
	assert_true(keys_paper_noted(test->home, first));
	assert_false(keys_paper_noted(test->home, second));
	assert_int_equal(keys_note_paper(test->home, second), FAULT_NONE);
	assert_false(keys_paper_noted(test->home, first));
}

/* --- for good --------------------------------------------------------------
 */

static enum keys_join may_join(const struct desk_of_test *test,
			       const struct agency_key *key,
			       const struct agency_key *present)
{
	enum keys_join answer;

	assert_int_equal(
	    keys_may_join(test->home, key, present, PASSPHRASE, &answer),
	    FAULT_NONE);
	return answer;
}

static void destroy_first(const struct desk_of_test *test)
{
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_int_equal(keys_destroy(test->home, &old[0]), FAULT_NONE);
	assert_false(opens(test, test->first));
}

static void a_destroyed_key_comes_back_no_more(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(agency_key_freep)
	struct agency_key *third = agency_key_make("Agency", NOON + DAY);
	SCOPED(agency_key_freep)
	struct agency_key *strange = agency_key_make("Agency", NOON + DAY);
	SCOPED(char_freep)
	char *present = home_path(test->home, HOME_KEYS, KEYS_SECRET);
	enum keys_answer answer;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_int_equal(may_join(test, test->first, test->second),
			 KEYS_JOIN_KEPT);
	destroy_first(test);
	assert_int_equal(may_join(test, test->first, test->second),
			 KEYS_JOIN_DESTROYED);
	assert_int_equal(may_join(test, strange, test->second), KEYS_JOIN);
	/* Another change forgets none of it. */
	assert_int_equal(change_to(test, third, NOON + DAY), FAULT_NONE);
	assert_int_equal(may_join(test, test->first, third),
			 KEYS_JOIN_DESTROYED);
	assert_int_equal(may_join(test, test->second, third), KEYS_JOIN_KEPT);
	/* Nor does the loss of the present one. */
	assert_int_equal(unlink(present), 0);
	assert_int_equal(keys_put(test->home, test->first, AGENCY_KEY_DEMO,
				  PASSPHRASE, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, KEYS_DESTROYED);
	assert_false(file_exists(present));
}

/* Its file as it was called before names told the fingerprint. */
static void call_as_before(const struct desk_of_test *test)
{
	SCOPED(char_freep)
	char *to = home_path(test->home, HOME_KEYS, "old-FAD8-20261122.key");
	SCOPED(char_freep) char *from = NULL;
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	from = home_path(test->home, HOME_KEYS, old[0].name);
	assert_int_equal(rename(from, to), 0);
}

/* Kept before there was a history: its id alone is known. */
static void a_key_that_nobody_noted_is_known_by_its_id(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(char_freep)
	char *history = home_path(test->home, HOME_KEYS, KEYS_HISTORY);

	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_int_equal(unlink(history), 0);
	call_as_before(test);
	destroy_first(test);
	assert_int_equal(may_join(test, test->first, test->second),
			 KEYS_JOIN_DESTROYED);
}

/* A history whose end was lost, and one with a byte that ends a string. */
static void a_damaged_history_takes_what_is_noted_next(void **state)
{
	static const struct {
		const char *text;
		size_t length;
	} damaged[] = { { "0001 kept 123", 13 }, { "0001 kept 1\0", 12 } };
	const struct desk_of_test *test = *state;
	const uint8_t *key = agency_key_public(test->first);
	SCOPED(char_freep)
	char *history = home_path(test->home, HOME_KEYS, KEYS_HISTORY);
	bool gone;

	for (size_t i = 0; i < COUNT(damaged); i++) {
		assert_int_equal(file_write(history, damaged[i].text,
					    damaged[i].length, 0600),
				 FAULT_NONE);
		assert_int_equal(key_gone_note_kept(test->home, key),
				 FAULT_NONE);
		assert_int_equal(
		    key_gone_note_destroyed(test->home, key_id(KEY_AGENCY, key),
					    "", NULL),
		    FAULT_NONE);
		assert_int_equal(key_gone_is(test->home, key, &gone),
				 FAULT_NONE);
		assert_true(gone);
	}
}

/* Whoever is told so burns the only copy. */
static void no_failure_tells_that_a_key_was_destroyed(void **state)
{
	const struct desk_of_test *test = *state;
	const char *folder = home_folder(test->home, HOME_KEYS);
	SCOPED(char_freep)
	char *history = home_path(test->home, HOME_KEYS, KEYS_HISTORY);
	SCOPED(char_freep)
	char *secret = home_path(test->home, HOME_KEYS, KEYS_SECRET);
	enum keys_answer answer = KEYS_DESTROYED;

	assert_int_equal(unlink(secret), 0);
	assert_int_equal(mkdir(history, 0700), 0); /* nobody can read it */
	assert_int_not_equal(keys_put(test->home, test->first, AGENCY_KEY_DEMO,
				      PASSPHRASE, &answer),
			     FAULT_NONE);
	assert_int_equal(answer, KEYS_MADE);
	folder_remove(folder);
	assert_int_equal(file_write(folder, "", 0, 0600), FAULT_NONE);
	answer = KEYS_DESTROYED;
	assert_int_not_equal(keys_put(test->home, test->first, AGENCY_KEY_DEMO,
				      PASSPHRASE, &answer),
			     FAULT_NONE);
	assert_int_equal(answer, KEYS_MADE);
	assert_int_equal(unlink(folder), 0);
}

/* The present one is lost, and somebody finds the paper of the one before. */
static void the_present_key_is_never_noted_as_destroyed(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(char_freep)
	char *secret = home_path(test->home, HOME_KEYS, KEYS_SECRET);
	SCOPED(char_freep)
	char *history = home_path(test->home, HOME_KEYS, KEYS_HISTORY);
	struct old_key old[KEYS_OLD];
	enum keys_answer answer;
	size_t count;
	bool copy, gone;

	for (int noted = 1; noted >= 0; noted--) {
		assert_int_equal(change(test, NOON), FAULT_NONE);
		assert_int_equal(unlink(secret), 0);
		assert_int_equal(keys_put(test->home, test->first,
					  AGENCY_KEY_DEMO, PASSPHRASE, &answer),
				 FAULT_NONE);
		assert_int_equal(answer, KEYS_MADE);
		assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
		assert_int_equal(count, 1);
		if (!noted)
			assert_int_equal(unlink(history), 0);
		assert_int_equal(keys_is_copy(test->home, &old[0], &copy),
				 FAULT_NONE);
		assert_true(copy);
		assert_int_equal(keys_destroy(test->home, &old[0]), FAULT_NONE);
		assert_int_equal(key_gone_is(test->home,
					     agency_key_public(test->first),
					     &gone),
				 FAULT_NONE);
		assert_false(gone);
		assert_true(is_present(test, test->first));
	}
}

/* One of two files of a key. */
static void a_key_is_destroyed_with_its_last_file(void **state)
{
	const struct desk_of_test *test = *state;
	struct old_key old[KEYS_OLD];
	size_t count;
	bool copy, gone;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_int_equal(keep_old(test, test->first, NOON + DAY), FAULT_NONE);
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(keys_is_copy(test->home, &old[i], &copy),
				 FAULT_NONE);
		assert_int_equal(copy, i == 0);
		assert_int_equal(keys_destroy(test->home, &old[i]), FAULT_NONE);
		assert_int_equal(key_gone_is(test->home,
					     agency_key_public(test->first),
					     &gone),
				 FAULT_NONE);
		assert_int_equal(gone, i == 1);
	}
}

/* --- twins -----------------------------------------------------------------
 */

/* Another key with the first one's id, of the 65,536 that there are. */
static struct agency_key *make_twin(void)
{
	static const uint8_t secret[KEY_BYTES] = { 0x00, 0x01, 0xCF,
						   0x9E, [31] = 0x40 };

	return agency_key_of_secret(secret, "A", NOON - 400 * DAY);
}

static bool is_copy(const struct desk_of_test *test, const struct old_key *old)
{
	bool copy;

	assert_int_equal(keys_is_copy(test->home, old, &copy), FAULT_NONE);
	return copy;
}

static bool is_gone(const struct desk_of_test *test,
		    const struct agency_key *key)
{
	bool gone;

	assert_int_equal(key_gone_is(test->home, agency_key_public(key), &gone),
			 FAULT_NONE);
	return gone;
}

static void a_twin_of_the_present_key_is_no_copy_of_it(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(agency_key_freep) struct agency_key *twin = make_twin();
	struct old_key old[KEYS_OLD];
	size_t count;

	assert_int_equal(agency_key_id(twin), agency_key_id(test->first));
	assert_int_equal(change_to(test, twin, NOON), FAULT_NONE);
	assert_true(opens(test, test->first));
	assert_true(opens(test, twin));
	assert_int_equal(may_join(test, twin, twin), KEYS_JOIN_SAME);
	assert_int_equal(may_join(test, test->first, twin), KEYS_JOIN_KEPT);
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 1);
	assert_false(is_copy(test, &old[0]));
	destroy_first(test);
	assert_true(is_gone(test, test->first));
	assert_false(is_gone(test, twin));
	assert_true(is_present(test, twin));
	assert_int_equal(may_join(test, test->first, twin),
			 KEYS_JOIN_DESTROYED);
}

static void of_two_old_twins_one_goes_and_one_stays(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(agency_key_freep) struct agency_key *twin = make_twin();
	struct old_key old[KEYS_OLD];
	enum keys_join answer;
	size_t count;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	/* No passphrase is needed to see that it is none of the old ones. */
	assert_int_equal(
	    keys_may_join(test->home, twin, test->second, "another", &answer),
	    FAULT_NONE);
	assert_int_equal(answer, KEYS_JOIN);
	assert_int_equal(keep_old(test, twin, NOON + DAY), FAULT_NONE);
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_int_equal(count, 2);
	assert_int_equal(old[0].id, old[1].id);
	assert_false(is_copy(test, &old[0]));
	assert_int_equal(keys_destroy(test->home, &old[0]), FAULT_NONE);
	assert_true(is_gone(test, test->first));
	assert_false(opens(test, test->first));
	assert_false(is_gone(test, twin));
	assert_true(opens(test, twin));
	assert_int_equal(may_join(test, twin, test->second), KEYS_JOIN_KEPT);
}

/* Of a file that does not tell, the passphrase does; and where that does not
 * open it, it may be either. */
static void an_older_file_of_a_twin_is_tried_with_the_passphrase(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(agency_key_freep) struct agency_key *twin = make_twin();
	struct old_key old[KEYS_OLD];
	enum keys_join answer;
	size_t count;

	assert_int_equal(change(test, NOON), FAULT_NONE);
	call_as_before(test);
	assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
	assert_string_equal(old[0].fingerprint, "");
	assert_int_equal(may_join(test, twin, test->second), KEYS_JOIN);
	assert_int_equal(may_join(test, test->first, test->second),
			 KEYS_JOIN_KEPT);
	assert_int_equal(
	    keys_may_join(test->home, twin, test->second, "another", &answer),
	    FAULT_NONE);
	assert_int_equal(answer, KEYS_JOIN_KEPT);
}

/* --- cuts, and others at it ------------------------------------------------
 */

/* The new key is durable, and the old one cannot be kept yet. */
static void a_change_counts_once_the_next_key_lies_there(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(char_freep)
	char *history = home_path(test->home, HOME_KEYS, KEYS_HISTORY);

	assert_int_equal(mkdir(history, 0700), 0);
	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_true(opens(test, test->second));
	assert_int_equal(rmdir(history), 0);
	assert_int_equal(keys_settle(test->home, NOON), FAULT_NONE);
	assert_true(is_present(test, test->second));
	assert_true(opens(test, test->first));
}

static void what_either_place_knows_is_known_in_both(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(char_freep) char *from = folder_file(test->folder, "from");
	SCOPED(char_freep) char *to = folder_file(test->folder, "to");
	struct bytes said = { 0 };

	assert_int_equal(key_gone_merge(from, to), FAULT_NONE);
	assert_false(file_exists(to));
	assert_int_equal(
	    file_write(from, "0001 kept 1\n0002 destroyed -\n", 29, 0600),
	    FAULT_NONE);
	assert_int_equal(file_write(to, "0003 kept 3\n0001 kept 1\n", 24, 0600),
			 FAULT_NONE);
	for (int i = 0; i < 2; i++)
		assert_int_equal(key_gone_merge(from, to), FAULT_NONE);
	/* Nor where its last line lost its end. */
	assert_int_equal(file_write(from, "0004 kept 4", 11, 0600), FAULT_NONE);
	assert_int_equal(key_gone_merge(from, to), FAULT_NONE);
	assert_int_equal(file_read(to, 1000, &said), FAULT_NONE);
	bytes_add(&said, "", 1);
	assert_string_equal((const char *)said.data,
			    "0003 kept 3\n0001 kept 1\n0002 destroyed -\n"
			    "0004 kept 4\n");
	bytes_done(&said);
}

static void destroy_old(void *to)
{
	const struct desk_of_test *test = to;
	struct old_key old[KEYS_OLD];
	size_t count;

	if (!keys_old(test->home, old, &count) && count)
		(void)!keys_destroy(test->home, &old[0]);
}

/* Wherever the power goes, a key whose file is gone is known as destroyed; and
 * whoever asks again ends it. */
static void a_cut_at_any_moment_forgets_no_destruction(void **state)
{
	struct desk_of_test *test = *state;
	enum cut cut = CUT_OFF;
	int ended = 0;

	if (getenv("FOYER_SLOW"))
		return;
	for (int n = 1; cut == CUT_OFF; n++) {
		bool gone;

		close_home(test);
		open_home(test);
		assert_int_equal(change(test, NOON), FAULT_NONE);
		cut = cut_at(n, destroy_old, test);
		if (cut == CUT_CANNOT) {
			print_message("cannot trace here: skipped\n");
			return;
		}
		assert_int_equal(key_gone_is(test->home,
					     agency_key_public(test->first),
					     &gone),
				 FAULT_NONE);
		assert_true(gone || opens(test, test->first));
		ended += gone && opens(test, test->first);
		destroy_old(test);
		assert_int_equal(may_join(test, test->first, test->second),
				 KEYS_JOIN_DESTROYED);
	}
	assert_true(ended > 0); /* cuts between the two were among them */
}

/* A power cut left both passphrases' files; the new key's place is its own. */
static void a_passphrase_that_was_half_changed_takes_no_key_back(void **state)
{
	const struct desk_of_test *test = *state;
	const char *folder = home_folder(test->home, HOME_KEYS);
	struct reseal *reseal = NULL;
	struct reseal_told told;

	assert_int_equal(reseal_begin(folder, PASSPHRASE, "another one of six",
				      AGENCY_KEY_DEMO, &reseal, &told),
			 FAULT_NONE);
	assert_int_equal(told.opened, 1);
	reseal_free(reseal); /* as the cut does: the first step alone */
	assert_int_equal(change(test, NOON), FAULT_NONE);
	assert_int_equal(reseal_settle(folder, "another one of six"),
			 FAULT_NONE);
	assert_true(is_present(test, test->second));
	assert_true(opens(test, test->first));
}

/* What a rotation that runs now has written so far is no leftover. */
static void whoever_looks_meanwhile_ends_no_change(void **state)
{
	const struct desk_of_test *test = *state;
	const char *folder = home_folder(test->home, HOME_KEYS);
	SCOPED(char_freep)
	char *next = home_path(test->home, HOME_KEYS, "next.pub");
	const int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	assert_int_equal(flock(lock, LOCK_EX), 0);
	assert_int_equal(file_write(next, "", 0, 0600), FAULT_NONE);
	assert_int_equal(keys_settle(test->home, NOON), FAULT_NONE);
	assert_true(file_exists(next));
	assert_int_equal(change(test, NOON), FAULT_SYSTEM);
	assert_true(is_present(test, test->first));
	close(lock);
	assert_int_equal(keys_settle(test->home, NOON), FAULT_NONE);
	assert_false(file_exists(next));
}

static void put_next(const struct desk_of_test *test,
		     const struct agency_key *key)
{
	SCOPED(char_freep)
	char *next = home_path(test->home, HOME_KEYS, KEY_NEXT_SECRET);
	struct bytes file = { 0 };

	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, PASSPHRASE, &file),
	    FAULT_NONE);
	assert_int_equal(file_write(next, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
}

/* Somebody else lets go of the keys just behind that try. */
static bool is_busy;

int flock(int file, int operation)
{
	if (is_busy) {
		is_busy = false;
		errno = EWOULDBLOCK;
		return -1;
	}
	return (int)syscall(SYS_flock, file, operation);
}

/* Their change came as far as its next key, which counts. */
static void
a_change_that_was_left_halfway_is_ended_by_who_is_alone(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(agency_key_freep) struct agency_key *third = make(0x33);
	enum fault fault;

	put_next(test, test->second);
	is_busy = true;
	if ((fault = change_to(test, third, NOON)))
		fault = change_to(test, third, NOON);
	assert_int_equal(fault, FAULT_NONE);
	assert_false(is_busy);
	assert_true(is_present(test, third));
	assert_true(opens(test, test->second));
	assert_true(opens(test, test->first));
}

/* Whatever became of next.pub, the key that was there is kept. */
static void no_key_takes_the_place_of_one_that_is_not_kept(void **state)
{
	const struct desk_of_test *test = *state;

	put_next(test, test->second);
	assert_int_equal(keys_settle(test->home, NOON), FAULT_NONE);
	assert_true(opens(test, test->first));
	assert_true(opens(test, test->second));
}

/* Somebody else's change of the passphrase, between the asking and this. */
static void a_passphrase_that_opens_no_more_locks_no_new_key(void **state)
{
	const struct desk_of_test *test = *state;
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;

	assert_int_equal(key_ready_beside(test->home, test->second,
					  AGENCY_KEY_DEMO, "another one of six",
					  NOON, &ready),
			 FAULT_SYSTEM);
	assert_null(ready);
	assert_true(is_present(test, test->first));
}

/* From the first half on nobody else begins anything. */
static void a_key_that_is_ready_has_the_keys_to_itself(void **state)
{
	const struct desk_of_test *test = *state;
	const char *folder = home_folder(test->home, HOME_KEYS);
	SCOPED(key_ready_freep) struct key_ready *ready = NULL;
	struct reseal *reseal = NULL;
	struct reseal_told told;

	assert_int_equal(key_ready_beside(test->home, test->second,
					  AGENCY_KEY_DEMO, PASSPHRASE, NOON,
					  &ready),
			 FAULT_NONE);
	assert_int_equal(keep_old(test, test->second, NOON), FAULT_SYSTEM);
	assert_int_equal(reseal_begin(folder, PASSPHRASE, "another one of six",
				      AGENCY_KEY_DEMO, &reseal, &told),
			 FAULT_SYSTEM);
	assert_true(is_present(test, test->first));
	assert_int_equal(keys_change(ready, NOON), FAULT_NONE);
	key_ready_free(ready);
	ready = NULL;
	assert_true(is_present(test, test->second));
	assert_int_equal(keep_old(test, test->first, NOON), FAULT_NONE);
}

static void change_at_noon(void *to)
{
	(void)!change(to, NOON);
}

/* Wherever the power goes, every ticket opens; and at the next start, the next
 * day, it is one key or the other, whose halves belong together. */
static void a_cut_at_any_moment_loses_no_key(void **state)
{
	struct desk_of_test *test = *state;
	bool changed = false;
	enum cut cut = CUT_OFF;

	/* Valgrind makes calls of its own, which are cut as well. */
	if (getenv("FOYER_SLOW"))
		return;
	for (int n = 1; cut == CUT_OFF; n++) {
		struct old_key old[KEYS_OLD];
		size_t count;

		close_home(test);
		open_home(test);
		cut = cut_at(n, change_at_noon, test);
		if (cut == CUT_CANNOT) {
			print_message("cannot trace here: skipped\n");
			return;
		}
		assert_true(opens(test, test->first));
		assert_int_equal(keys_settle(test->home, NOON + DAY),
				 FAULT_NONE);
		assert_true(opens(test, test->first));
		assert_int_equal(keys_old(test->home, old, &count), FAULT_NONE);
		assert_int_equal(count, is_present(test, test->second));
		/* Once it counted, it does not go back. */
		assert_true(!changed || count);
		changed = count;
	}
	assert_true(changed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)
		TEST(the_old_key_is_kept_for_sixty_days),
		TEST(no_clock_destroys_a_key),
		TEST(a_key_from_elsewhere_is_kept_beside_it),
		TEST(a_key_from_elsewhere_takes_nobody_back),
		TEST(more_old_keys_than_a_desk_tries_are_refused),
		TEST(a_name_that_is_none_is_no_old_key),
		TEST(a_paper_is_noted_for_one_key_alone),
		TEST(a_destroyed_key_comes_back_no_more),
		TEST(a_key_that_nobody_noted_is_known_by_its_id),
		TEST(a_damaged_history_takes_what_is_noted_next),
		TEST(no_failure_tells_that_a_key_was_destroyed),
		TEST(the_present_key_is_never_noted_as_destroyed),
		TEST(a_key_is_destroyed_with_its_last_file),
		TEST(a_twin_of_the_present_key_is_no_copy_of_it),
		TEST(of_two_old_twins_one_goes_and_one_stays),
		TEST(an_older_file_of_a_twin_is_tried_with_the_passphrase),
		TEST(a_passphrase_that_opens_no_more_locks_no_new_key),
		TEST(a_key_that_is_ready_has_the_keys_to_itself),
		TEST(a_change_counts_once_the_next_key_lies_there),
		TEST(what_either_place_knows_is_known_in_both),
		TEST(a_cut_at_any_moment_forgets_no_destruction),
		TEST(a_passphrase_that_was_half_changed_takes_no_key_back),
		TEST(whoever_looks_meanwhile_ends_no_change),
		TEST(a_change_that_was_left_halfway_is_ended_by_who_is_alone),
		TEST(no_key_takes_the_place_of_one_that_is_not_kept),
		TEST(a_cut_at_any_moment_loses_no_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
