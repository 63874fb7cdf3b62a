#include "tests/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "print/profile.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/slow.h"

static int set_up(void **state)
{
	*state = folder_new();
	logged_start();
	return 0;
}

static int tear_down(void **state)
{
	logged_stop();
	folder_remove(*state);
	free(*state);
	return 0;
}

static enum fault read_text(const char *folder, const char *text,
			    struct profile *out)
{
	SCOPED(char_freep) char *path = folder_file(folder, "p.ini");

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
	return profile_read(path, out);
}

static void a_file_says_what_a_model_can_do(void **state)
{
	static const char text[] = "[profile]\n"
				   "name = Kitchen\n"
				   "paper_mm = 58\n"
				   "status = no\n"
				   "acknowledges = no\n"
				   "cuts = no\n"
				   "band = 40\n"
				   "pause = 20\n"
				   "feed = 5\n";
	struct profile profile;
	struct bytes written = { 0 };

	assert_int_equal(read_text(*state, text, &profile), FAULT_NONE);
	assert_string_equal(profile.name, "Kitchen");
	assert_int_equal(profile.paper_mm, 58);
	assert_false(profile.status || profile.ways.acknowledges ||
		     profile.ways.cuts);
	assert_int_equal(profile.ways.band, 40);
	assert_int_equal(profile.pause, 20);
	assert_int_equal(profile.ways.feed, 5);
	profile_write(&profile, &written);
	assert_string_equal(written.data, text);
	bytes_done(&written);
}

static void what_is_left_out_is_as_for_any_printer(void **state)
{
	struct profile profile;

	assert_int_equal(read_text(*state, "[profile]\nname = x\n", &profile),
			 FAULT_NONE);
	strcpy(profile.name, profile_usual.name);
	assert_memory_equal(&profile, &profile_usual, sizeof profile);
}

static void a_wrong_file_says_what_to_write(void **state)
{
	static const struct {
		const char *text, *said;
	} wrong[] = {
		{ "", "it has no name" },
		{ "name = x\n", "it has no name" },
		{ "[profile]\nname =\n", "name is \"\"; write 1 to 40 bytes" },
		{ "[profile]\nname = ;L on2M-T2\n", "name is \"\"; write" },
		{ "[profile]\nname =;L on2M-T2\n",
		  "name is \";L on2M-T2\"; write 1 to 40 bytes, the first no "
		  ";" },
		{ "[profile]\nname =; \xff\xea =dl\xff\xff"
		  "e=\n",
		  "the first no ;" },
		{ "[profile]\nname = x\nband = 48\n",
		  "band is \"48\"; write 24 to 112, and no multiple of 48" },
		{ "[profile]\nname = x\nband = 23\n", "band is \"23\"" },
		{ "[profile]\nname = x\nband = 113\n", "band is \"113\"" },
		{ "[profile]\nname = x\nband = 64 rows\n", "write 24 to 112" },
		{ "[profile]\nname = x\npaper_mm = 76\n", "write 58 or 80" },
		{ "[profile]\nname = x\nstatus = maybe\n", "write yes or no" },
		{ "[profile]\nname = x\npause = 51\n", "write 0 to 50" },
		{ "[profile]\nname = x\nfeed = -1\n", "write 0 to 12" },
		{ "[profile]\nname = x\nspeed = 5\n",
		  "has no \"speed\"; there are name paper_mm status" },
		{ "[profile]\nname x\n", "line 2" },
	};
	struct profile profile = { .paper_mm = 7 };

	for (size_t i = 0; i < COUNT(wrong); i++) {
		logged_stop();
		logged_start();
		assert_int_equal(read_text(*state, wrong[i].text, &profile),
				 FAULT_FORMAT);
		if (!strstr(logged(), wrong[i].said))
			fail_msg("%s: %s", wrong[i].text, logged());
	}
	assert_int_equal(profile.paper_mm, 7);
}

static void each_that_ships_is_sound(void **state)
{
	SCOPED(char_freep) char *folder = data_path("screens/printers");
	SCOPED(home_freep) struct home *home = NULL;
	DIR *open_folder = opendir(folder);
	struct dirent *entry;
	int count = 0;

	assert_int_equal(home_open(*state, &home), FAULT_NONE);
	assert_non_null(open_folder);
	while ((entry = readdir(open_folder))) {
		char *end = strstr(entry->d_name, ".ini");
		struct profile profile;

		if (!end)
			continue;
		*end = 0;
		assert_int_equal(profile_find(home, entry->d_name, &profile),
				 FAULT_NONE);
		assert_true(profile.paper_mm == 58 || profile.paper_mm == 80);
		count++;
	}
	closedir(open_folder);
	assert_true(count >= 2);
}

static void an_agencys_own_goes_before(void **state)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(char_freep) char *own = NULL;
	SCOPED(char_freep) char *folder = folder_file(*state, "printers");
	struct profile profile;

	assert_int_equal(home_open(*state, &home), FAULT_NONE);
	assert_int_equal(profile_find(home, "", &profile), FAULT_NONE);
	assert_string_equal(profile.name, "any printer");
	assert_int_equal(profile_find(home, "pos58", &profile), FAULT_NONE);
	assert_int_equal(profile.paper_mm, 58);
	own = profile_path(home, "pos58");
	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(own, "[profile]\nname = ours\n", 22, 0600),
			 FAULT_NONE);
	assert_int_equal(profile_find(home, "pos58", &profile), FAULT_NONE);
	assert_string_equal(profile.name, "ours");
	assert_int_equal(profile_find(home, "none", &profile), FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "printers/none.ini"));
	assert_int_equal(profile_find(home, "../foyer", &profile),
			 FAULT_FORMAT);
	assert_int_equal(profile_find(home, "a/b", &profile), FAULT_FORMAT);
}

/* Every band that a profile may name prints dot for dot. */
static void every_band_prints_the_picture(void **state)
{
	SCOPED(picture_freep) struct picture *picture = picture_new(384, 431);

	(void)state;
	for (int y = 0; y < 431; y++) {
		for (int x = y % 7; x < 384; x += 5)
			picture_ink(picture, x, y);
	}
	(void)escpos_mend(picture);
	for (int band = ESCPOS_BAND_LEAST; band <= ESCPOS_BAND_MOST;
	     band += loops(9) < 9 ? 29 : 1) {
		const struct escpos_ways ways = { .band = band };
		SCOPED(emulator_freep)
		struct emulator *emulator = emulator_new(384);
		struct escpos_job job;

		if (band % 48 == 0)
			continue;
		emulator->faults.low_byte = emulator->faults.rubbish_48 = true;
		escpos_job(picture, &ways, &job);
		/* A job cut off in its largest band, and the whole after it. */
		emulator_take(emulator, job.bytes.data,
			      job.end[ESCPOS_BANDS] - 40);
		emulator_take(emulator, job.bytes.data, job.bytes.length);
		assert_int_equal(emulator->unknown, 0);
		assert_int_equal(emulator->acknowledgements, 0);
		assert_non_null(memmem(emulator->paper.data,
				       emulator->paper.length, picture->bits,
				       431 * 48));
		escpos_done(&job);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_file_says_what_a_model_can_do),
		TEST(what_is_left_out_is_as_for_any_printer),
		TEST(a_wrong_file_says_what_to_write),
		TEST(each_that_ships_is_sound),
		TEST(an_agencys_own_goes_before),
		TEST(every_band_prints_the_picture),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
