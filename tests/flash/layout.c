#include "tests/test.h"

#include <stdlib.h>
#include <unistd.h>

#include "tests/support/folder.h"
#include "tests/support/program.h"
#include "tests/support/release.h"

#define MIB ((uint64_t)1 << 20)

/* A release that is laid out as the kiosk's real card is. */
static void the_kiosk_s_own_layout_fits(void **state)
{
	static const uint64_t places[][2] = {
		{ 4 * MIB, 96 * MIB },
		{ 100 * MIB, 64 * MIB },
		{ 164 * MIB, 2 * MIB },
	};
	SCOPED(folder_freep) char *folder = NULL;
	SCOPED(char_freep) char *path = NULL;
	SCOPED(char_freep) char *key = NULL;
	struct release release;
	struct output output;

	(void)state;
	if (!release_tools())
		skip();
	folder = folder_new();
	key = release_key_file(folder);
	path = release_make(folder, "kiosk", "2026.11.22", "real", " 96 64 2");
	release = release_of_test(path);
	assert_int_equal(release.manifest.size, 166 * MIB);
	for (size_t i = 0; i < COUNT(places); i++) {
		assert_int_equal(release.manifest.partitions[i].start,
				 places[i][0]);
		assert_int_equal(release.manifest.partitions[i].size,
				 places[i][1]);
	}
	release_done(&release);
	output = program_run("", "foyer-flash write %s %s/card --yes --key %s",
			     path, folder, key);
	assert_int_equal(output.status, 0);
	output_done(&output);
	output =
	    program_run("", "foyer-flash check %s/card --key %s", folder, key);
	assert_int_equal(output.status, 0);
	output_done(&output);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kiosk_s_own_layout_fits),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
