#include "tests/test.h"

#include "flash/signer.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "seal/secret.h"
#include "tests/support/folder.h"

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static int start(void **state)
{
	(void)state;
	log_to(silent, NULL);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	log_to(NULL, NULL);
	return 0;
}

static void a_key_opens_with_its_passphrase_alone(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "key");
	SCOPED(secret_freep) uint8_t *seed = secret_new(SIGNATURE_SEED);
	uint8_t made[KEY_BYTES], opened[KEY_BYTES];
	struct stat status;

	(void)state;
	assert_int_equal(signer_make(path, SIGNER_QUICK, "lamo bidu", made),
			 FAULT_NONE);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	assert_int_equal(signer_open(path, "lamo bida", seed), FAULT_FORMAT);
	assert_int_equal(signer_open(path, "lamo bidu", seed), FAULT_NONE);
	signature_public(seed, opened);
	assert_memory_equal(opened, made, sizeof made);
}

static void a_key_is_never_written_over(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "key");
	SCOPED(char_freep) char *open = folder_file(folder, "key.pub");
	struct bytes before = { 0 }, after = { 0 };
	uint8_t key[KEY_BYTES];

	(void)state;
	assert_int_equal(signer_make(path, SIGNER_QUICK, "a", key), FAULT_NONE);
	assert_int_equal(file_read(path, 1000, &before), FAULT_NONE);
	assert_int_equal(signer_make(path, SIGNER_QUICK, "a", key),
			 FAULT_FORMAT);
	assert_int_equal(file_read(path, 1000, &after), FAULT_NONE);
	assert_int_equal(before.length, after.length);
	assert_memory_equal(before.data, after.data, after.length);
	/* Nor is its public half. */
	assert_int_equal(file_remove(path), FAULT_NONE);
	assert_int_equal(signer_make(path, SIGNER_QUICK, "a", key),
			 FAULT_FORMAT);
	assert_false(file_exists(path));
	assert_true(file_exists(open));
	bytes_done(&before);
	bytes_done(&after);
}

static void pinned_keys_are_those_of_the_folder(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *a = folder_file(folder, "a");
	SCOPED(char_freep) char *b = folder_file(folder, "b");
	SCOPED(char_freep) char *other = folder_file(folder, "README");
	SCOPED(char_freep) char *none = folder_file(folder, "none");
	uint8_t first[KEY_BYTES], second[KEY_BYTES], third[KEY_BYTES] = { 1 };
	struct signers keys = { 0 };

	(void)state;
	assert_int_equal(signer_make(a, SIGNER_QUICK, "a", first), FAULT_NONE);
	assert_int_equal(signer_make(b, SIGNER_QUICK, "b", second), FAULT_NONE);
	assert_int_equal(file_write(other, "hello", 5, 0600), FAULT_NONE);
	assert_int_equal(signer_pinned(folder, &keys), FAULT_NONE);
	assert_int_equal(keys.count, 2);
	assert_true(signer_trusted(&keys, first));
	assert_true(signer_trusted(&keys, second));
	assert_false(signer_trusted(&keys, third));
	assert_int_equal(signer_pinned(none, &keys), FAULT_NONE);
	assert_int_equal(keys.count, 2);
}

static void what_is_no_public_key_is_refused(void **state)
{
	static const char *const texts[] = {
		"",
		"foyer release key 1\n",
		/* short by a digit, long by one, with another letter */
		"foyer release key 1\n"
		"e27f589d732a282e94e173a83002decc512c61fb92fd2218a52477b670dffa"
		"2\n",
		"foyer release key 1\n"
		"e27f589d732a282e94e173a83002decc512c61fb92fd2218a52477b670dffa"
		"2aa\n",
		"foyer release key 1\n"
		"g27f589d732a282e94e173a83002decc512c61fb92fd2218a52477b670dffa"
		"2a\n",
		/* a point of small order: it would sign anything */
		"foyer release key 1\n"
		"01000000000000000000000000000000000000000000000000000000000000"
		"00\n",
		"foyer release key 2\n"
		"e27f589d732a282e94e173a83002decc512c61fb92fd2218a52477b670dffa"
		"2a\n",
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "key.pub");
	struct signers keys = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		assert_int_equal(
		    file_write(path, texts[i], strlen(texts[i]), 0600),
		    FAULT_NONE);
		assert_int_equal(signer_add(path, &keys), FAULT_FORMAT);
	}
	assert_int_equal(keys.count, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_opens_with_its_passphrase_alone),
		cmocka_unit_test(a_key_is_never_written_over),
		cmocka_unit_test(pinned_keys_are_those_of_the_folder),
		cmocka_unit_test(what_is_no_public_key_is_refused),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
