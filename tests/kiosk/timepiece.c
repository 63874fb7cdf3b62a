#include "kiosk/timepiece.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/test.h"

#define NOON 1782057600000 /* 2026-06-21, in Toronto */
#define NEAR 60000         /* ms that a test may take */

struct scene {
	char *folder, *path;
	struct home *home;
};

static void scene_init(struct scene *scene)
{
	scene->folder = folder_new();
	assert_int_equal(home_open(scene->folder, &scene->home), FAULT_NONE);
	assert_int_equal(folder_make(home_folder(scene->home, HOME_KIOSK)),
			 FAULT_NONE);
	scene->path = home_path(scene->home, HOME_KIOSK, "time");
}

static void scene_done(struct scene *scene)
{
	free(scene->path);
	home_free(scene->home);
	folder_freep(&scene->folder);
}

static bool is_noon(const struct timepiece *timepiece)
{
	return llabs(timepiece_now(timepiece) - NOON) < NEAR;
}

static void nobody_trusts_the_time_before_staff_said_it(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct timepiece timepiece = timepiece_read(scene.home, true);

	assert_false(timepiece.trusted);
	assert_int_equal(timepiece_confirm(scene.home, NOON, &timepiece),
			 FAULT_NONE);
	assert_true(timepiece.trusted);
	assert_true(is_noon(&timepiece));
	/* Another start of the program, while the machine runs. */
	timepiece = timepiece_read(scene.home, true);
	assert_true(timepiece.trusted);
	assert_true(is_noon(&timepiece));
	scene_done(&scene);
}

static void after_a_power_loss_it_is_asked_again(void **state)
{
	static const char *const lines[] = {
		"",
		"12\n",
		/* Another boot's. */
		"00000000-0000-0000-0000-000000000000 5000\n",
	};
	struct scene scene;

	(void)state;
	scene_init(&scene);
	for (size_t i = 0; i < COUNT(lines); i++) {
		assert_int_equal(
		    file_write(scene.path, lines[i], strlen(lines[i]), 0600),
		    FAULT_NONE);
		struct timepiece timepiece = timepiece_read(scene.home, true);

		assert_false(timepiece.trusted);
		assert_int_equal(timepiece.offset, 0);
	}
	scene_done(&scene);
}

/* This boot's, and no time that any clock shows. */
static void a_damaged_time_is_not_believed(void **state)
{
	static const char *const behind[] = {
		"",
		" \n",
		" x\n",
		" 9223372036854775807\n",
		" -9223372036854775808\n",
		" -3155759999999\n",
	};
	struct timepiece timepiece;
	struct bytes whole = { 0 };
	struct scene scene;

	(void)state;
	scene_init(&scene);
	assert_int_equal(timepiece_confirm(scene.home, NOON, &timepiece),
			 FAULT_NONE);
	assert_int_equal(file_read(scene.path, 256, &whole), FAULT_NONE);
	*strchr((char *)whole.data, ' ') = 0;
	for (size_t i = 0; i < COUNT(behind); i++) {
		SCOPED(char_freep)
		char *line = xasprintf("%s%s", (char *)whole.data, behind[i]);

		assert_int_equal(
		    file_write(scene.path, line, strlen(line), 0600),
		    FAULT_NONE);
		timepiece = timepiece_read(scene.home, true);
		if (timepiece.trusted || timepiece.offset)
			fail_msg("believed: \"%s\"", behind[i]);
	}
	bytes_done(&whole);
	scene_done(&scene);
}

/* A machine that others look after has a clock that they set. */
static void another_machines_clock_is_its_own(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct timepiece timepiece;

	assert_int_equal(timepiece_confirm(scene.home, NOON, &timepiece),
			 FAULT_NONE);
	timepiece = timepiece_read(scene.home, false);
	assert_true(timepiece.trusted);
	assert_int_equal(timepiece.offset, 0);
	scene_done(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_trusts_the_time_before_staff_said_it),
		cmocka_unit_test(after_a_power_loss_it_is_asked_again),
		cmocka_unit_test(a_damaged_time_is_not_believed),
		cmocka_unit_test(another_machines_clock_is_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
