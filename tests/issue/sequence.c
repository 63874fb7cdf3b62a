#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/sequence.h"
#include "tests/support/folder.h"
#include "tests/support/hex.h"

struct place {
	char *folder, *path;
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static int start(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	place->folder = folder_new();
	place->path = xasprintf("%s/seq.state", place->folder);
	*state = place;
	log_to(silent, NULL);
	return 0;
}

static int stop(void **state)
{
	struct place *place = *state;

	log_to(NULL, NULL);
	chmod(place->folder, 0700);
	folder_remove(place->folder);
	free(place->folder);
	free(place->path);
	free(place);
	return 0;
}

static struct sequence *opened(const struct place *place, uint16_t kiosk)
{
	struct sequence *sequence = NULL;
	enum sequence_answer answer;

	assert_int_equal(sequence_open(place->path, kiosk, &answer, &sequence),
			 FAULT_NONE);
	assert_int_equal(answer == SEQUENCE_READY, sequence != NULL);
	return sequence;
}

static uint32_t taken(struct sequence *sequence)
{
	uint32_t number = 0;

	assert_int_equal(sequence_take(sequence, &number), FAULT_NONE);
	return number;
}

static void assert_file(const struct place *place, const char *hex)
{
	struct bytes file = { 0 };

	assert_int_equal(file_read(place->path, 100, &file), FAULT_NONE);
	assert_hex(file.data, file.length, hex);
	bytes_done(&file);
}

static void put_file(const struct place *place, const char *hex)
{
	uint8_t file[32];
	size_t length = from_hex(hex, file, sizeof file);

	assert_int_equal(file_write(place->path, file, length, 0600),
			 FAULT_NONE);
}

/* The CRCs were computed with another program. */
static void the_file_is_ahead_of_the_numbers(void **state)
{
	SCOPED(sequence_freep) struct sequence *sequence = NULL;

	assert_int_equal(sequence_begin(((struct place *)*state)->path, 0x0f7d),
			 FAULT_NONE);
	assert_file(*state, "46535131"
			    "00000001"
			    "0f7d"
			    "0000"
			    "13619458");
	sequence = opened(*state, 0x0f7d);
	assert_file(*state, "46535131"
			    "00000001"
			    "0f7d"
			    "0000"
			    "13619458");
	for (uint32_t number = 1; number <= 64; number++) {
		assert_int_equal(taken(sequence), number);
		assert_file(*state, "46535131"
				    "00000041"
				    "0f7d"
				    "0000"
				    "4b92cc11");
	}
	assert_int_equal(taken(sequence), 65);
	assert_file(*state, "46535131"
			    "00000081"
			    "0f7d"
			    "0000"
			    "a28724ca");
}

static void a_restart_begins_where_the_file_ends(void **state)
{
	static const uint32_t firsts[] = { 1, 65, 129, 193 };

	assert_int_equal(sequence_begin(((struct place *)*state)->path, 7),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(firsts); i++) {
		SCOPED(sequence_freep)
		struct sequence *sequence = opened(*state, 7);

		assert_int_equal(taken(sequence), firsts[i]);
		assert_int_equal(taken(sequence), firsts[i] + 1);
	}
}

static void a_file_that_cannot_be_believed_is_lost(void **state)
{
	static const char *const files[] = {
		"",
		"46535131",
		"46535131"
		"00000041"
		"0f7d"
		"0000"
		"00000000",
		"46535131"
		"00000042"
		"0f7d"
		"0000"
		"4b92cc11",
		"46535132"
		"00000041"
		"0f7d"
		"0000"
		"4b92cc11",
		"46535131"
		"00000041"
		"0f7d"
		"0000"
		"4b92cc11"
		"00",
		"46535131"
		"00000000"
		"0f7d"
		"0000"
		"2e01bde8",
	};
	struct place *place = *state;

	assert_null(opened(place, 0x0f7d)); /* missing */
	for (size_t i = 0; i < COUNT(files); i++) {
		put_file(place, files[i]);
		assert_null(opened(place, 0x0f7d));
	}
	put_file(place, "46535131"
			"00000041"
			"0f7d"
			"0000"
			"4b92cc11");
	assert_null(opened(place, 0x0f7e)); /* another key's */
	sequence_free(opened(place, 0x0f7d));
}

static void the_numbers_end_before_they_repeat(void **state)
{
	SCOPED(sequence_freep) struct sequence *sequence = NULL;
	uint32_t number;

	put_file(*state, "46535131"
			 "fffffffd"
			 "0f7d"
			 "0000"
			 "ce1cce1e");
	sequence = opened(*state, 0x0f7d);
	assert_int_equal(taken(sequence), 0xfffffffd);
	assert_int_equal(taken(sequence), 0xfffffffe);
	assert_int_equal(sequence_take(sequence, &number), FAULT_LIMIT);
	assert_int_equal(sequence_take(sequence, &number), FAULT_LIMIT);
}

static void no_number_is_given_that_is_not_on_the_disk(void **state)
{
	struct place *place = *state;
	SCOPED(sequence_freep) struct sequence *sequence = NULL;
	SCOPED(char_freep) char *moved = xasprintf("%s-away", place->folder);
	uint32_t number = 99;

	assert_int_equal(sequence_begin(place->path, 7), FAULT_NONE);
	sequence = opened(place, 7);
	/* The folder goes away, as a card does that was pulled. */
	assert_int_equal(rename(place->folder, moved), 0);
	assert_int_equal(sequence_take(sequence, &number), FAULT_SYSTEM);
	assert_int_equal(number, 99);
	assert_int_equal(rename(moved, place->folder), 0);
	assert_int_equal(taken(sequence), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_file_is_ahead_of_the_numbers, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_restart_begins_where_the_file_ends, start, stop),
		cmocka_unit_test_setup_teardown(
		    a_file_that_cannot_be_believed_is_lost, start, stop),
		cmocka_unit_test_setup_teardown(
		    the_numbers_end_before_they_repeat, start, stop),
		cmocka_unit_test_setup_teardown(
		    no_number_is_given_that_is_not_on_the_disk, start, stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
