#include "tests/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "seal/reseal.h"
#include "seal/ring.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

static const char old[] = "lamo kuri tova besi";
static const char fresh[] = "nupa dogi wena topu";
static const char third[] = "riku tesa pona mila";

static void put_key(const char *folder, const char *name,
		    const char *passphrase)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	struct agency_key *key = agency_key_make(name, 1700000000);
	struct bytes file = { 0 };

	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, passphrase, &file),
	    FAULT_NONE);
	assert_int_equal(file_write(path, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
	agency_key_free(key);
}

static int start(void **state)
{
	*state = folder_new();
	put_key(*state, "agency.key", old);
	put_key(*state, "agency-2025.key", old);
	put_key(*state, "other.key", third);
	logged_start();
	return 0;
}

static int stop(void **state)
{
	logged_stop();
	folder_remove(*state);
	free(*state);
	return 0;
}

/* How many different keys it opens. */
static size_t opens(const char *folder, const char *passphrase)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	struct ring_tried tried;

	assert_int_equal(ring_unlock(ring, folder, passphrase, &tried),
			 FAULT_NONE);
	return ring_count(ring);
}

static int files(const char *folder)
{
	DIR *all = opendir(folder);
	const struct dirent *entry;
	int count = 0;

	while ((entry = readdir(all)))
		count += entry->d_name[0] != '.';
	closedir(all);
	return count;
}

static struct reseal *begin(const char *folder, const char *from,
			    const char *to, struct reseal_told *told)
{
	struct reseal *reseal = NULL;

	assert_int_equal(
	    reseal_begin(folder, from, to, AGENCY_KEY_DEMO, &reseal, told),
	    FAULT_NONE);
	return reseal;
}

static void what_the_old_one_opened_the_new_one_opens_alone(void **state)
{
	struct reseal_told told;
	struct reseal *reseal = begin(*state, old, fresh, &told);

	assert_int_equal(told.opened, 2);
	assert_int_equal(told.others, 1);
	/* On the way both do. */
	assert_int_equal(opens(*state, old), 2);
	assert_int_equal(opens(*state, fresh), 2);
	assert_int_equal(reseal_end(reseal), FAULT_NONE);
	reseal_free(reseal);
	assert_int_equal(opens(*state, old), 0);
	assert_int_equal(opens(*state, fresh), 2);
	assert_int_equal(opens(*state, third), 1);
	assert_int_equal(files(*state), 3);
}

static void a_wrong_one_changes_nothing(void **state)
{
	struct reseal_told told;

	assert_null(begin(*state, fresh, third, &told));
	assert_int_equal(told.opened, 0);
	assert_int_equal(files(*state), 3);
	assert_null(begin("/nowhere", old, fresh, &told));
}

/* Whoever keeps the passphrase decides which of both it is. */
static void after_a_cut_the_one_that_is_kept_stays(void **state)
{
	static const struct {
		const char *kept, *gone;
	} ways[] = { { old, fresh }, { fresh, old } };
	struct reseal_told told;

	for (size_t i = 0; i < COUNT(ways); i++) {
		reseal_free(begin(*state, ways[0].kept, ways[0].gone, &told));
		assert_int_equal(files(*state), 5);
		/* Another's passphrase settles nothing. */
		assert_int_equal(reseal_settle(*state, third), FAULT_NONE);
		assert_int_equal(files(*state), 5);
		assert_int_equal(reseal_settle(*state, ways[i].kept),
				 FAULT_NONE);
		assert_int_equal(files(*state), 3);
		assert_int_equal(opens(*state, ways[i].kept), 2);
		assert_int_equal(opens(*state, ways[i].gone), 0);
	}
}

/* With what was kept still opening something, whichever that is. */
static void a_change_after_a_cut_starts_from_either(void **state)
{
	struct reseal_told told;
	struct reseal *reseal;

	reseal_free(begin(*state, old, fresh, &told));
	reseal = begin(*state, fresh, third, &told);
	assert_int_equal(told.opened, 2);
	assert_int_equal(opens(*state, old), 2);
	assert_int_equal(opens(*state, fresh), 2);
	assert_int_equal(opens(*state, third), 3);
	assert_int_equal(reseal_end(reseal), FAULT_NONE);
	reseal_free(reseal);
	assert_int_equal(files(*state), 3);
	assert_int_equal(opens(*state, third), 3);
	assert_int_equal(opens(*state, old), 0);
	assert_int_equal(opens(*state, fresh), 0);
}

static void two_change_it_one_after_the_other(void **state)
{
	struct reseal_told told;
	struct reseal *first = begin(*state, old, fresh, &told);
	struct reseal *second = NULL;

	assert_int_equal(
	    reseal_begin(*state, old, third, AGENCY_KEY_DEMO, &second, &told),
	    FAULT_SYSTEM);
	assert_null(second);
	/* Nor does whoever signs in meanwhile take it back. */
	assert_int_equal(reseal_settle(*state, old), FAULT_NONE);
	assert_int_equal(files(*state), 5);
	assert_int_equal(reseal_end(first), FAULT_NONE);
	reseal_free(first);
	assert_int_equal(opens(*state, fresh), 2);
}

static void a_key_that_is_destroyed_leaves_nothing_beside(void **state)
{
	SCOPED(char_freep) char *base = folder_file(*state, "agency.key");
	struct reseal_told told;

	reseal_free(begin(*state, old, fresh, &told));
	assert_int_equal(reseal_destroy(*state, "agency-2025.key"), FAULT_NONE);
	assert_int_equal(files(*state), 3);
	assert_int_equal(opens(*state, old), 1);
	assert_int_equal(opens(*state, fresh), 1);
	/* Where the file alone was removed, the next who comes ends it. */
	assert_int_equal(file_remove(base), FAULT_NONE);
	assert_int_equal(reseal_settle(*state, old), FAULT_NONE);
	assert_int_equal(files(*state), 1);
}

/* Twice as many files are there then as keys. */
static void after_a_cut_many_keys_open_all_the_same(void **state)
{
	struct reseal_told told;

	for (int i = 0; i < 7; i++) {
		SCOPED(char_freep) char *name = xasprintf("old-%d.key", i);

		put_key(*state, name, old);
	}
	reseal_free(begin(*state, old, fresh, &told));
	assert_int_equal(told.opened, 9);
	assert_int_equal(opens(*state, old), 9);
	assert_int_equal(opens(*state, fresh), 9);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(what_the_old_one_opened_the_new_one_opens_alone),
		TEST(a_wrong_one_changes_nothing),
		TEST(after_a_cut_the_one_that_is_kept_stays),
		TEST(a_change_after_a_cut_starts_from_either),
		TEST(two_change_it_one_after_the_other),
		TEST(a_key_that_is_destroyed_leaves_nothing_beside),
		TEST(after_a_cut_many_keys_open_all_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
