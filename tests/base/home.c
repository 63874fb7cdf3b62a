#include "base/home.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

static int begin(void **state)
{
	(void)state;
	setenv("HOME", "/home/amina", 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_STATE_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("FOYER_DATA");
	logged_start();
	return 0;
}

static int end(void **state)
{
	(void)state;
	logged_stop();
	return 0;
}

static void check_folders(const char *given,
			  const char *const folders[static HOME_PLACES])
{
	struct home *home = NULL;

	assert_int_equal(home_open(given, &home), FAULT_NONE);
	for (int place = 0; place < HOME_PLACES; place++)
		assert_string_equal(home_folder(home, (enum home_place)place),
				    folders[place]);
	home_free(home);
}

static void a_given_folder_holds_everything(void **state)
{
	static const char *const folders[HOME_PLACES] = {
		[HOME_SETTINGS] = "/srv/demo",
		[HOME_KEYS] = "/srv/demo/keys",
		[HOME_KIOSK] = "/srv/demo/kiosk",
		[HOME_FORMS] = "/srv/demo/forms",
		[HOME_RECORD] = "/srv/demo/record",
		[HOME_PRINTS] = "/srv/demo/prints",
		[HOME_EXPORTS] = "/srv/demo/exports",
		[HOME_TRAINING] = "/srv/demo/training",
	};

	(void)state;
	setenv("XDG_CONFIG_HOME", "/etc/xdg", 1);
	check_folders("/srv/demo", folders);
	unsetenv("HOME");
	check_folders("/srv/demo", folders);
}

static void without_one_the_usual_folders_below_home_serve(void **state)
{
	static const char *const folders[HOME_PLACES] = {
		[HOME_SETTINGS] = "/home/amina/.config/foyer",
		[HOME_KEYS] = "/home/amina/.config/foyer/keys",
		[HOME_KIOSK] = "/home/amina/.local/state/foyer/kiosk",
		[HOME_FORMS] = "/home/amina/.config/foyer/forms",
		[HOME_RECORD] = "/home/amina/.local/share/foyer/record",
		[HOME_PRINTS] = "/home/amina/.local/share/foyer/prints",
		[HOME_EXPORTS] = "/home/amina/.local/share/foyer/exports",
		[HOME_TRAINING] = "/home/amina/.local/share/foyer/training",
	};

	(void)state;
	check_folders(NULL, folders);
	/* A relative path in these variables is to be ignored. */
	setenv("XDG_CONFIG_HOME", "relative", 1);
	setenv("XDG_DATA_HOME", "", 1);
	check_folders(NULL, folders);
}

static void the_xdg_variables_move_them(void **state)
{
	static const char *const folders[HOME_PLACES] = {
		[HOME_SETTINGS] = "/c/foyer",
		[HOME_KEYS] = "/c/foyer/keys",
		[HOME_KIOSK] = "/s/foyer/kiosk",
		[HOME_FORMS] = "/c/foyer/forms",
		[HOME_RECORD] = "/d/foyer/record",
		[HOME_PRINTS] = "/d/foyer/prints",
		[HOME_EXPORTS] = "/d/foyer/exports",
		[HOME_TRAINING] = "/d/foyer/training",
	};

	(void)state;
	setenv("XDG_CONFIG_HOME", "/c", 1);
	setenv("XDG_STATE_HOME", "/s", 1);
	setenv("XDG_DATA_HOME", "/d", 1);
	check_folders(NULL, folders);
}

static void a_home_that_is_nowhere_is_refused_with_the_mend(void **state)
{
	struct home *home = NULL;

	(void)state;
	assert_int_equal(home_open("", &home), FAULT_FORMAT);
	unsetenv("HOME");
	assert_int_equal(home_open(NULL, &home), FAULT_SYSTEM);
	assert_non_null(strstr(logged(), "say where things are with --home "
					 "DIR"));
	setenv("HOME", "", 1);
	assert_int_equal(home_open(NULL, &home), FAULT_SYSTEM);
	assert_null(home);
}

static void a_misspelt_home_is_not_made(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *missing = folder_file(folder, "nope");
	SCOPED(home_freep) struct home *home = NULL;

	(void)state;
	assert_int_equal(home_find(missing, &home), FAULT_FORMAT);
	assert_null(home);
	assert_non_null(strstr(logged(), "nope: no such folder; `foyer key new "
					 "--home "));
	assert_false(file_exists(missing));
	assert_int_equal(home_find(folder, &home), FAULT_NONE);
	assert_string_equal(home_given(home), folder);
}

static void only_a_marked_home_is_a_demo(void **state)
{
	char *folder = folder_new();
	struct home *home = NULL;
	char *mark;

	(void)state;
	assert_int_equal(home_open(folder, &home), FAULT_NONE);
	assert_string_equal(home_given(home), folder);
	assert_false(home_is_demo(home));
	mark = home_path(home, HOME_SETTINGS, "demo");
	assert_int_equal(file_write(mark, "", 0, 0600), FAULT_NONE);
	assert_true(home_is_demo(home));
	home_free(home);
	assert_int_equal(home_open(NULL, &home), FAULT_NONE);
	assert_null(home_given(home));
	home_free(home);
	free(mark);
	folder_remove(folder);
	free(folder);
}

static void
what_ships_lies_where_the_environment_or_the_build_says(void **state)
{
	char *path = data_path("translations");

	(void)state;
	assert_true(file_exists(path));
	free(path);
	setenv("FOYER_DATA", "/usr/share/foyer", 1);
	path = data_path("screens/intake");
	assert_string_equal(path, "/usr/share/foyer/screens/intake");
	free(path);
	setenv("FOYER_DATA", "", 1);
	assert_string_not_equal(data_folder(), "");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_given_folder_holds_everything),
		TEST(without_one_the_usual_folders_below_home_serve),
		TEST(the_xdg_variables_move_them),
		TEST(a_home_that_is_nowhere_is_refused_with_the_mend),
		TEST(a_misspelt_home_is_not_made),
		TEST(only_a_marked_home_is_a_demo),
		TEST(what_ships_lies_where_the_environment_or_the_build_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
