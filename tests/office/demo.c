#include "tests/test.h"

#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/home.h"
#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/program.h"

static void expect(const char *folder, int status, const char *words)
{
	struct output output =
	    program_run("", "foyer demo new --home %s", folder);

	assert_int_equal(output.status, status);
	if (!strstr(output.err, words) && !strstr(output.out, words))
		fail_msg("%s%s", output.out, output.err);
	output_done(&output);
}

static void a_demo_is_complete_and_its_secrets_are_its_owners(void **state)
{
	static const char *const names[] = {
		"demo",
		"foyer.ini",
		"passphrase.txt",
		"keys/agency.key",
		"keys/agency.pub",
		"kiosk/kiosk.key",
		"forms/intake.xml",
		"record/record.db",
	};
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *demo = folder_file(folder, "demo");
	SCOPED(home_freep) struct home *home = NULL;
	struct stat about;

	(void)state;
	expect(demo, 0, demo);
	for (size_t i = 0; i < COUNT(names); i++) {
		SCOPED(char_freep) char *path = folder_file(demo, names[i]);

		assert_int_equal(stat(path, &about), 0);
		if (!strstr(names[i], ".pub"))
			assert_int_equal(about.st_mode & 077, 0);
	}
	assert_int_equal(home_open(demo, &home), FAULT_NONE);
	assert_true(home_is_demo(home));
}

static void an_empty_folder_will_do_and_an_occupied_one_will_not(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *letter = folder_file(folder, "letter");

	(void)state;
	assert_int_equal(file_write(letter, "Dear", 4, 0600), FAULT_NONE);
	expect(folder, 1, "something in this folder");
	assert_true(file_exists(letter));
	assert_int_equal(file_remove(letter), FAULT_NONE);
	expect(folder, 0, folder);
	expect(folder, 1, "something in this folder");
}

static void it_has_to_be_told_where(void **state)
{
	struct output output = program_run("", "foyer demo new");

	(void)state;
	assert_int_equal(output.status, 2);
	assert_non_null(strstr(output.err, "--home DIR"));
	output_done(&output);
}

static void its_kiosk_is_enrolled(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *demo = folder_file(folder, "demo");
	struct output output;

	(void)state;
	expect(demo, 0, demo);
	output = program_run("", "foyer kiosk list --home %s", demo);
	assert_int_equal(output.status, 0);
	assert_int_equal(strncmp(output.out, "K7\t", 3), 0);
	assert_non_null(strstr(output.out, "America/Toronto"));
	output_done(&output);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_demo_is_complete_and_its_secrets_are_its_owners),
		cmocka_unit_test(
		    an_empty_folder_will_do_and_an_occupied_one_will_not),
		cmocka_unit_test(it_has_to_be_told_where),
		cmocka_unit_test(its_kiosk_is_enrolled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
