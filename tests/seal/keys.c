#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/home.h"
#include "base/log.h"
#include "seal/agency_key.h"
#include "seal/kiosk_key.h"
#include "seal/ring.h"
#include "tests/support/folder.h"

static const char passphrase[] = "lamo kuri tova besi nupa dogi";

static void quiet(void *to, enum log_level level, const char *line)
{
	(void)level;
	snprintf(to, 256, "%s", line);
}

static char last[256]; /* what was logged last */

static int start(void **state)
{
	*state = folder_new();
	log_to(quiet, last);
	return 0;
}

static int stop(void **state)
{
	log_to(NULL, NULL);
	folder_remove(*state);
	free(*state);
	return 0;
}

static void a_kiosk_key_is_there_again_after_a_restart(void **state)
{
	SCOPED(char_freep) char *path = xasprintf("%s/key", (char *)*state);
	SCOPED(kiosk_key_freep) struct kiosk_key *made = kiosk_key_make();
	SCOPED(kiosk_key_freep) struct kiosk_key *read = NULL;
	struct stat about;

	assert_int_equal(kiosk_key_write(made, path), FAULT_NONE);
	assert_int_equal(kiosk_key_read(path, &read), FAULT_NONE);
	assert_memory_equal(kiosk_key_public(made), kiosk_key_public(read),
			    KEY_BYTES);
	assert_memory_equal(kiosk_key_seed(made), kiosk_key_seed(read),
			    SIGNATURE_SEED);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(about.st_size, 48);
}

static void two_kiosks_have_two_keys(void **state)
{
	SCOPED(kiosk_key_freep) struct kiosk_key *one = kiosk_key_make();
	SCOPED(kiosk_key_freep) struct kiosk_key *other = kiosk_key_make();

	(void)state;
	assert_memory_not_equal(kiosk_key_public(one), kiosk_key_public(other),
				KEY_BYTES);
}

static void a_damaged_kiosk_key_is_not_used(void **state)
{
	SCOPED(char_freep) char *path = xasprintf("%s/key", (char *)*state);
	SCOPED(kiosk_key_freep) struct kiosk_key *key = kiosk_key_make();
	struct kiosk_key *read = NULL;
	struct bytes file = { 0 };

	assert_int_equal(kiosk_key_write(key, path), FAULT_NONE);
	assert_int_equal(file_read(path, 100, &file), FAULT_NONE);
	for (size_t byte = 0; byte < file.length; byte++) {
		file.data[byte] ^= 0x10;
		assert_int_equal(file_write(path, file.data, file.length, 0600),
				 FAULT_NONE);
		assert_int_equal(kiosk_key_read(path, &read), FAULT_FORMAT);
		file.data[byte] ^= 0x10;
	}
	for (size_t length = 0; length <= file.length; length += 12) {
		assert_int_equal(file_write(path, file.data, length, 0600),
				 FAULT_NONE);
		assert_int_equal(kiosk_key_read(path, &read),
				 length == file.length ? FAULT_NONE
						       : FAULT_FORMAT);
	}
	kiosk_key_free(read);
	bytes_wipe(&file);
}

static void the_passphrase_opens_the_agency_key(void **state)
{
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_make("Reception", 1700000000);
	SCOPED(agency_key_freep) struct agency_key *opened = NULL;
	struct bytes file = { 0 };
	enum agency_key_answer answer;

	(void)state;
	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, passphrase, &file),
	    FAULT_NONE);
	assert_int_equal(file.length, 56 + 32 + 8 + 1 + 9 + 16);
	assert_memory_equal(file.data, "FOYERAK1\0\0\0\1\0\0\x20\0", 16);
	assert_int_equal(agency_key_unlock(file.data, file.length, passphrase,
					   &answer, &opened),
			 FAULT_NONE);
	assert_int_equal(answer, AGENCY_KEY_OPENED);
	assert_memory_equal(agency_key_secret(opened), agency_key_secret(key),
			    KEY_BYTES);
	assert_memory_equal(agency_key_public(opened), agency_key_public(key),
			    KEY_BYTES);
	assert_string_equal(agency_key_label(opened), "Reception");
	assert_int_equal(agency_key_created(opened), 1700000000);
	bytes_done(&file);
}

static void nothing_else_opens_it(void **state)
{
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_make("", 0), *opened = NULL;
	struct bytes file = { 0 };
	enum agency_key_answer answer;

	(void)state;
	assert_int_equal(
	    agency_key_lock(key, AGENCY_KEY_DEMO, passphrase, &file),
	    FAULT_NONE);
	assert_int_equal(agency_key_unlock(file.data, file.length,
					   "lamo kuri tova besi nupa dogo",
					   &answer, &opened),
			 FAULT_NONE);
	assert_int_equal(answer, AGENCY_KEY_WRONG_PASSPHRASE);
	/* A byte each of salt, nonce, secret, time, tag. */
	for (size_t at = 20; at < file.length; at += 19) {
		file.data[at] ^= 1;
		assert_int_equal(agency_key_unlock(file.data, file.length,
						   passphrase, &answer,
						   &opened),
				 FAULT_NONE);
		assert_int_equal(answer, AGENCY_KEY_WRONG_PASSPHRASE);
		file.data[at] ^= 1;
	}
	bytes_done(&file);
}

static void a_file_that_asks_too_much_or_nothing_is_refused(void **state)
{
	static const struct {
		uint8_t passes[4], memory[4];
		enum fault fault;
	} costs[] = {
		{ { 0, 0, 0, 17 }, { 0, 0, 32, 0 }, FAULT_LIMIT },
		{ { 0xff, 0xff, 0xff, 0xff }, { 0, 0, 32, 0 }, FAULT_LIMIT },
		{ { 0, 0, 0, 1 }, { 0, 0x10, 0, 1 }, FAULT_LIMIT },
		{ { 0, 0, 0, 1 }, { 0xff, 0, 0, 0 }, FAULT_LIMIT },
		{ { 0, 0, 0, 0 }, { 0, 0, 32, 0 }, FAULT_FORMAT },
		{ { 0, 0, 0, 1 }, { 0, 0, 0, 0 }, FAULT_FORMAT },
	};
	uint8_t file[56 + 41 + 16] = "FOYERAK1";
	enum agency_key_answer answer;
	struct agency_key *opened = NULL;

	(void)state;
	for (size_t i = 0; i < COUNT(costs); i++) {
		memcpy(file + 8, costs[i].passes, 4);
		memcpy(file + 12, costs[i].memory, 4);
		assert_int_equal(
		    agency_key_unlock(file, sizeof file, "", &answer, &opened),
		    costs[i].fault);
	}
	assert_int_equal(
	    agency_key_unlock(file, sizeof file - 1, "", &answer, &opened),
	    FAULT_FORMAT);
	assert_int_equal(agency_key_unlock("", 0, "", &answer, &opened),
			 FAULT_FORMAT);
}

static void put_key(const char *folder, const char *name, const char *phrase,
		    uint8_t first)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	const uint8_t secret[KEY_BYTES] = { first };
	SCOPED(agency_key_freep)
	struct agency_key *key = agency_key_of_secret(secret, name, 0);
	struct bytes file = { 0 };

	assert_int_equal(agency_key_lock(key, AGENCY_KEY_DEMO, phrase, &file),
			 FAULT_NONE);
	assert_int_equal(file_write(path, file.data, file.length, 0600),
			 FAULT_NONE);
	bytes_done(&file);
}

static void a_ring_holds_what_the_passphrase_of_the_shift_opens(void **state)
{
	SCOPED(ring_freep) struct ring *ring = ring_new();
	SCOPED(char_freep) char *bad = xasprintf("%s/bad.key", (char *)*state);
	SCOPED(agency_key_freep) struct agency_key *wanted = NULL;
	const uint8_t secret[KEY_BYTES] = { 16 };
	const struct agency_key *found;
	struct ring_tried tried;

	put_key(*state, "agency.key", passphrase, 8);
	put_key(*state, "agency-2025.key", passphrase, 16);
	put_key(*state, "other.key", "something else", 24);
	put_key(*state, "agency.pub", passphrase, 32);
	/* A site's, which signs, is not tried and not complained of. */
	put_key(*state, HOME_SITE_KEY, passphrase, 40);
	assert_int_equal(file_write(bad, "x", 1, 0600), FAULT_NONE);
	assert_int_equal(ring_unlock(ring, *state, "wrong", &tried),
			 FAULT_NONE);
	assert_int_equal(tried.opened, 0);
	assert_int_equal(tried.sound, 3);
	assert_int_equal(tried.files, 4);
	assert_int_equal(ring_unlock(ring, *state, passphrase, &tried),
			 FAULT_NONE);
	assert_int_equal(tried.opened, 2);
	assert_int_equal(ring_unlock(ring, *state, passphrase, &tried),
			 FAULT_NONE);
	assert_int_equal(ring_count(ring), 2); /* not twice */
	wanted = agency_key_of_secret(secret, "", 0);
	found = ring_find(ring, agency_key_id(wanted), 0);
	assert_non_null(found);
	assert_string_equal(agency_key_label(found), "agency-2025.key");
	assert_null(ring_find(ring, agency_key_id(wanted), 1));
	ring_lock(ring);
	assert_int_equal(ring_count(ring), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_kiosk_key_is_there_again_after_a_restart, start, stop),
		cmocka_unit_test_setup_teardown(two_kiosks_have_two_keys, start,
						stop),
		cmocka_unit_test_setup_teardown(a_damaged_kiosk_key_is_not_used,
						start, stop),
		cmocka_unit_test_setup_teardown(
		    the_passphrase_opens_the_agency_key, start, stop),
		cmocka_unit_test_setup_teardown(nothing_else_opens_it, start,
						stop),
		cmocka_unit_test_setup_teardown(
		    a_file_that_asks_too_much_or_nothing_is_refused, start,
		    stop),
		cmocka_unit_test_setup_teardown(
		    a_ring_holds_what_the_passphrase_of_the_shift_opens, start,
		    stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
