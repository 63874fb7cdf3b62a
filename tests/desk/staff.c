#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "desk/staff.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"

/* A desk's settings, whose every word is where it usually is. */
struct fixture {
	char *folder;
	struct settings *settings;
	struct staff staff;
};

static int set_up(void **state)
{
	struct fixture *fixture = xcalloc(1, sizeof *fixture);
	SCOPED(char_freep) char *path = NULL;

	fixture->folder = folder_new();
	path = folder_file(fixture->folder, "foyer.ini");
	assert_int_equal(settings_read(path, &fixture->settings), FAULT_NONE);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	staff_done(&fixture->staff);
	settings_free(fixture->settings);
	folder_freep(&fixture->folder);
	free(fixture);
	return 0;
}

/* "Ж" so many times: two bytes each. */
static char *zhe(size_t count)
{
	char *name = xstrdup("");

	while (count--) {
		char *longer = xasprintf("%sЖ", name);

		free(name);
		name = longer;
	}
	return name;
}

static void who_sits_down_is_who_acts(void **state)
{
	struct fixture *fixture = *state;
	struct staff *staff = &fixture->staff;
	SCOPED(char_freep) char *longest = zhe(31);

	assert_int_equal(staff_open(staff, fixture->settings, "Sam", "front"),
			 FAULT_NONE);
	assert_string_equal(staff->who.user, "Sam");
	assert_string_equal(staff->who.desk, "front");
	assert_true(staff_take(staff, longest));
	assert_string_equal(staff->who.user, longest);
	assert_true(staff_take(staff, ""));
	assert_string_equal(staff->who.user, "");
}

static void a_name_too_long_leaves_nobody_and_not_the_one_before(void **state)
{
	struct fixture *fixture = *state;
	struct staff *staff = &fixture->staff;
	SCOPED(char_freep) char *endless = zhe(32);

	assert_int_equal(staff_open(staff, fixture->settings, "Sam", NULL),
			 FAULT_NONE);
	assert_string_equal(staff->who.desk, "desk");
	assert_false(staff_take(staff, endless));
	assert_string_equal(staff->who.user, "");
	staff_done(staff);
	logged_start();
	assert_int_equal(staff_open(staff, fixture->settings, "Sam", endless),
			 FAULT_LIMIT);
	assert_non_null(
	    strstr(logged(), "the desk's name: too long: at most 63 bytes"));
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(who_sits_down_is_who_acts,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_name_too_long_leaves_nobody_and_not_the_one_before,
		    set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
