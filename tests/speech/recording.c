#include "tests/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "speech/mark.h"
#include "speech/recording.h"
#include "tests/support/folder.h"
#include "tests/support/heard.h"
#include "tests/support/logged.h"
#include "text/audio.h"

static void an_id_is_a_file_name_of_any_system(void **state)
{
	static const struct {
		const char *key, *id;
	} ids[] = {
		{ "intake:/data/A3:label", "intake_data_A3_label" },
		{ "intake:choices/A3/SELF:label",
		  "intake_choices_A3_SELF_label" },
		{ "kiosk.idle", "kiosk.idle" },
		{ "digit:4", "digit_4" },
		{ "a-b_c", "a-b_c" },
		{ "../../etc/passwd", ".._.._etc_passwd" },
		{ "نعم", "" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(ids); i++) {
		SCOPED(char_freep) char *id = audio_id(ids[i].key);

		assert_string_equal(id, ids[i].id);
	}
}

static void a_mark_is_of_the_words_and_not_of_the_blanks(void **state)
{
	char mark[MARK_LENGTH + 1], other[MARK_LENGTH + 1];

	(void)state;
	/* SHA-256 of "abc" (FIPS 180-4, example) begins so. */
	mark_of("abc", mark);
	assert_string_equal(mark, "ba7816bf8f01cfea");
	mark_of("  abc\n", other);
	assert_string_equal(other, mark);
	mark_of("Are you\nstill  here?", mark);
	mark_of("Are you still here?", other);
	assert_string_equal(other, mark);
	mark_of("Are you still there?", other);
	assert_string_not_equal(other, mark);
}

static void a_recording_of_other_words_is_not_said(void **state)
{
	char *folder = folder_new();
	struct heard heard = { 0 };

	(void)state;
	heard_record(folder, "so", "kiosk.yes", "Haa", 400, 200);
	heard_record(folder, "so", "kiosk.no", NULL, 400, 200);
	assert_int_equal(
	    recording_say(folder, "so", "kiosk.yes", "Haa", heard_add, &heard),
	    RECORDING_SAID);
	assert_int_equal(heard.count, 9600);
	heard_done(&heard);
	assert_int_equal(
	    recording_say(folder, "so", "kiosk.yes", "Maya", heard_add, &heard),
	    RECORDING_STALE);
	assert_int_equal(
	    recording_say(folder, "so", "kiosk.no", "Maya", heard_add, &heard),
	    RECORDING_STALE);
	assert_int_equal(
	    recording_say(folder, "so", "kiosk.back", "Dib", heard_add, &heard),
	    RECORDING_NONE);
	assert_int_equal(
	    recording_say(folder, "ti", "kiosk.yes", "Haa", heard_add, &heard),
	    RECORDING_NONE);
	assert_int_equal(heard.count, 0);
	folder_freep(&folder);
}

static void refuse(const char *folder, const char *why)
{
	struct heard heard = { 0 };

	logged_start();
	assert_int_equal(
	    recording_say(folder, "so", "bad", "Bad", heard_add, &heard),
	    RECORDING_REFUSED);
	assert_non_null(strstr(logged(), why));
	logged_stop();
	assert_int_equal(heard.count, 0);
}

static void what_is_no_recording_is_refused(void **state)
{
	char *folder = folder_new();
	SCOPED(char_freep) char *pack = folder_file(folder, "so");
	SCOPED(char_freep) char *path = folder_file(folder, "so/bad.opus");
	char *huge = xcalloc(1, RECORDING_BYTES + 1);

	(void)state;
	assert_int_equal(folder_make(pack), FAULT_NONE);
	assert_int_equal(file_write(path, "", 0, 0600), FAULT_NONE);
	refuse(folder, "not a recording");
	assert_int_equal(file_write(path, "OggS and more", 13, 0600),
			 FAULT_NONE);
	refuse(folder, "not a recording");
	assert_int_equal(file_write(path, huge, RECORDING_BYTES + 1, 0600),
			 FAULT_NONE);
	refuse(folder, "larger than");
	heard_record(folder, "so", "bad", "Bad", 50, 121000);
	refuse(folder, "longer than 120 seconds");
	free(huge);
	folder_freep(&folder);
}

/* Cut anywhere, it is refused or said as far as it goes, and nothing falls. */
static void a_cut_recording_does_no_harm(void **state)
{
	char *folder = folder_new();
	SCOPED(char_freep) char *path = folder_file(folder, "so/a.opus");
	struct bytes whole = { 0 };
	size_t step = getenv("FOYER_SLOW") ? 400 : 23;

	(void)state;
	heard_record(folder, "so", "a", "A", 400, 300);
	assert_int_equal(file_read(path, RECORDING_BYTES, &whole), FAULT_NONE);
	logged_start();
	for (size_t length = 0; length < whole.length; length += step) {
		struct heard heard = { 0 };

		(void)recording_decode("cut", whole.data, length, "A",
				       heard_add, &heard);
		assert_true(heard.count <= 14400);
		heard_done(&heard);
	}
	logged_stop();
	bytes_done(&whole);
	folder_freep(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_is_a_file_name_of_any_system),
		cmocka_unit_test(a_mark_is_of_the_words_and_not_of_the_blanks),
		cmocka_unit_test(a_recording_of_other_words_is_not_said),
		cmocka_unit_test(what_is_no_recording_is_refused),
		cmocka_unit_test(a_cut_recording_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
