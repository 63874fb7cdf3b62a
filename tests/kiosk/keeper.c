#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/home.h"
#include "base/memory.h"
#include "issue/waiting.h"
#include "kiosk/keeper.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/support/manager.h"
#include "tests/support/stand.h"

/* A keeper in a folder of its own, and who hears it. */
struct scene {
	char *folder, *socket, *tests, *clock;
	struct manager manager;
	struct keeper *keeper;
};

static void scene_init(struct scene *scene)
{
	scene->folder = folder_new();
	scene->socket = folder_file(scene->folder, "notify");
	scene->tests = folder_file(scene->folder, "tests");
	scene->clock = folder_file(scene->folder, "clock");
	scene->manager = manager_new(scene->socket);
	scene->keeper = keeper_new(&(struct keeper_ways){
	    scene->socket, scene->tests, scene->clock, NULL });
	assert_non_null(scene->keeper);
}

static void scene_done(struct scene *scene)
{
	keeper_free(scene->keeper);
	manager_done(&scene->manager);
	free(scene->socket);
	free(scene->tests);
	free(scene->clock);
	folder_freep(&scene->folder);
}

static void expect_text(const char *path, const char *wanted)
{
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	assert_int_equal(file_read(path, 4096, &text), FAULT_NONE);
	assert_string_equal((char *)text.data, wanted);
	bytes_done(&text);
}

static void a_loop_that_turns_is_alive_and_one_that_stands_is_not(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct pulse_beat beat = { .to = keeper_output(scene.keeper) };

	pulse_turn(&beat, 1000);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "WATCHDOG=1");
	/* Nothing comes from the keeper alone, however often it looks. */
	keeper_take(scene.keeper);
	keeper_take(scene.keeper);
	assert_false(manager_hears(&scene.manager, 0));
	/* Nor faster than it is due. */
	pulse_turn(&beat, 1000 + PULSE_MS - 1);
	keeper_take(scene.keeper);
	assert_false(manager_hears(&scene.manager, 0));
	pulse_turn(&beat, 1000 + PULSE_MS);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "WATCHDOG=1");
	assert_false(manager_hears(&scene.manager, 0));
	scene_done(&scene);
}

static void a_visit_without_its_porter_is_written_down_once(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct pulse_beat beat = { .to = keeper_output(scene.keeper) };

	logged_start();
	for (int i = 0; i < 6; i++) {
		beat.alone = i == 1 || i == 2 || i == 4; /* 3: the next visit */
		pulse_turn(&beat, (i + 1) * PULSE_MS);
		keeper_take(scene.keeper);
	}
	const char *first = strstr(logged(), "has lost the one that prints");
	assert_non_null(first);
	first = strstr(first + 1, "has lost the one that prints");
	assert_non_null(first);
	assert_null(strstr(first + 1, "has lost the one that prints"));
	logged_stop();
	scene_done(&scene);
}

static void it_is_ready_when_a_screen_keeps_its_size(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct pulse_beat beat = { .to = keeper_output(scene.keeper) };

	assert_int_equal(file_write(scene.tests, "", 0, 0600), FAULT_NONE);
	pulse_drawn(&beat, 24, 80, 5000);
	pulse_turn(&beat, 5000);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "WATCHDOG=1");
	/* The terminal gets its real size before the first has settled. */
	pulse_drawn(&beat, 14, 60, 5200);
	assert_int_equal(pulse_deadline(&beat), 5200 + PULSE_REST);
	pulse_turn(&beat, 5300);
	keeper_take(scene.keeper);
	assert_false(manager_hears(&scene.manager, 0));
	expect_text(scene.tests, "");
	pulse_turn(&beat, 5200 + PULSE_REST);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "READY=1");
	manager_expect(&scene.manager, "WATCHDOG=1");
	expect_text(scene.tests, "ready 60x14\n");
	/* Drawn again, and at the next visitor's: it was said. */
	pulse_drawn(&beat, 14, 60, 9000);
	pulse_turn(&beat, 9000);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "WATCHDOG=1");
	expect_text(scene.tests, "ready 60x14\n");
	/* Another size is said, and is not the beginning. */
	pulse_drawn(&beat, 17, 76, 20000);
	pulse_turn(&beat, 20000 + PULSE_REST);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "WATCHDOG=1");
	expect_text(scene.tests, "ready 60x14\nready 76x17\n");
	scene_done(&scene);
}

static void nothing_is_made_where_there_is_no_port(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	struct pulse_beat beat = { .to = keeper_output(scene.keeper) };

	pulse_drawn(&beat, 24, 80, 1000);
	pulse_turn(&beat, 1000 + PULSE_REST);
	keeper_take(scene.keeper);
	manager_expect(&scene.manager, "READY=1");
	assert_false(file_exists(scene.tests));
	scene_done(&scene);
}

static void the_clock_is_saved_each_hour_and_at_the_end(void **state)
{
	const int64_t hour = KEEPER_CLOCK_MS, noon = 1782057600000;
	struct stat about;
	struct scene scene;

	(void)state;
	scene_init(&scene);
	keeper_tick(scene.keeper, 70000, noon);
	expect_text(scene.clock, "1782057600\n");
	assert_int_equal(stat(scene.clock, &about), 0);
	assert_int_equal(about.st_mtime, 1782057600);
	keeper_tick(scene.keeper, 70000 + hour - 1, noon + hour - 1);
	expect_text(scene.clock, "1782057600\n");
	keeper_tick(scene.keeper, 70000 + hour, noon + hour);
	expect_text(scene.clock, "1782061200\n");
	keeper_end(scene.keeper, noon + hour + 5999);
	expect_text(scene.clock, "1782061205\n");
	manager_expect(&scene.manager, "STOPPING=1");
	scene_done(&scene);
}

/* The whole program: a visitor's process that stands still is noticed. */
static void the_kiosk_tells_its_manager_until_its_loop_stands(void **state)
{
	struct stand stand;

	(void)state;
	stand_home(&stand, "");
	SCOPED(char_freep) char *path = folder_file(stand.folder, "notify");
	SCOPED(char_freep) char *told = xasprintf("NOTIFY_SOCKET=%s", path);
	SCOPED(char_freep)
	char *program = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	const char *argv[] = { program, "--home", stand.home, NULL };
	const char *extra[] = { told, NULL };
	struct manager manager = manager_new(path);

	stand.pty = pty_start(argv, extra, 14, 60);
	stand_expect(&stand, "Welcome");
	manager_await(&manager, "READY=1");
	manager_expect(&manager, "WATCHDOG=1");
	kill(stand_visitor(&stand), SIGSTOP);
	/* What was on its way may still come; then nothing does. */
	(void)manager_hears(&manager, PULSE_MS);
	manager_drain(&manager);
	assert_false(manager_hears(&manager, 2 * PULSE_MS));
	kill(stand_visitor(&stand), SIGCONT);
	manager_expect(&manager, "WATCHDOG=1");
	pty_stop(stand.pty);
	stand.pty = NULL;
	manager_await(&manager, "STOPPING=1");
	stand_done(&stand);
	manager_done(&manager);
}

/* One that began to wait so long ago, of this start of the machine. */
static void put_waiting(const struct home *home, const char *name,
			int64_t minutes)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KIOSK, name);
	const struct uptime now = uptime_now();
	SCOPED(char_freep)
	char *text = xasprintf("%s %lld 15\nsealed", now.boot,
			       (long long)(now.ms - minutes * 60000));

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void a_ticket_that_nobody_comes_for_is_removed_in_time(void **state)
{
	/* The clock is put back and forward meanwhile. */
	const int64_t noon = 1782057600000, day = 86400000;
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *old = folder_file(folder, "kiosk/waiting-7");
	SCOPED(char_freep) char *young = folder_file(folder, "kiosk/waiting-8");
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(keeper_freep) struct keeper *keeper = NULL;

	(void)state;
	assert_int_equal(home_open(folder, &home), FAULT_NONE);
	keeper = keeper_new(&(struct keeper_ways){ .home = home });
	assert_non_null(keeper);
	assert_int_equal(folder_make(home_folder(home, HOME_KIOSK)),
			 FAULT_NONE);
	keeper_tick(keeper, 1, noon);
	put_waiting(home, "waiting-7", 16);
	put_waiting(home, "waiting-8", 13);
	keeper_tick(keeper, KEEPER_LOOK_MS, noon + day);
	assert_true(file_exists(old)); /* it looks now and then */
	keeper_tick(keeper, 1 + KEEPER_LOOK_MS, noon + day);
	assert_false(file_exists(old));
	keeper_tick(keeper, 1 + 2 * KEEPER_LOOK_MS, noon - day);
	assert_true(file_exists(young));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    a_loop_that_turns_is_alive_and_one_that_stands_is_not),
		cmocka_unit_test(
		    a_visit_without_its_porter_is_written_down_once),
		cmocka_unit_test(it_is_ready_when_a_screen_keeps_its_size),
		cmocka_unit_test(nothing_is_made_where_there_is_no_port),
		cmocka_unit_test(the_clock_is_saved_each_hour_and_at_the_end),
		cmocka_unit_test(
		    a_ticket_that_nobody_comes_for_is_removed_in_time),
		cmocka_unit_test(
		    the_kiosk_tells_its_manager_until_its_loop_stands),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
