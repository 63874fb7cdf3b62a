#include "tests/test.h"

#include <stdlib.h>

#include "base/data.h"
#include "kiosk/session.h"
#include "tests/support/folder.h"

/* Staff's pages, and nobody there any more. The clock is the test's own. */
struct scene {
	char *folder;
	struct session session;
};

static int start(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);
	struct session *session = &scene->session;
	SCOPED(char_freep) char *words = data_path("translations");

	scene->folder = folder_new();
	session->language = "en";
	session->words = catalogue_new("en");
	assert_int_equal(catalogue_add_family(session->words, words, "staff"),
			 FAULT_NONE);
	assert_int_equal(home_open(scene->folder, &session->home), FAULT_NONE);
	session->pin = pin_new(scene->folder, 0);
	*state = scene;
	return 0;
}

static int stop(void **state)
{
	struct scene *scene = *state;

	leaf_free(scene->session.leaf);
	card_folder_done(&scene->session.folder);
	catalogue_free(scene->session.words);
	pin_free(scene->session.pin);
	home_free(scene->session.home);
	folder_freep(&scene->folder);
	free(scene);
	return 0;
}

/* On a page, the PIN said, a moment before patience is over; then at it. */
static void wait_at(struct scene *scene, enum staff_task task,
		    enum staff_page page)
{
	struct session *session = &scene->session;

	session->task = task;
	session->over = false;
	session->end = STAFF_FAILED;
	session_go(session, page);
	session->let_in = true;
	session->touched = 1000;
	session->now = 1000 + SESSION_PATIENCE - 1;
	session_watch(session);
	assert_false(session->over);
	assert_true(session->let_in);
	assert_int_equal(session->page, page);
	session->now++;
	session_watch(session);
	assert_false(session->let_in);
}

static void the_menu_and_its_pages_close_after_five_minutes(void **state)
{
	static const struct {
		enum staff_task task;
		enum staff_page page;
	} open[] = {
		{ STAFF_MENU, PAGE_MENU },
		{ STAFF_MENU, PAGE_GATE },
		{ STAFF_MENU, PAGE_PIN },
		{ STAFF_CARD, PAGE_CHANGED },
	};
	struct scene *scene = *state;

	assert_int_equal(SESSION_PATIENCE, 300000);
	for (size_t i = 0; i < COUNT(open); i++) {
		wait_at(scene, open[i].task, open[i].page);
		assert_true(scene->session.over);
		assert_int_equal(scene->session.end, STAFF_LEFT);
	}
}

static void where_the_lobby_cannot_open_the_pin_is_asked_for_again(void **state)
{
	struct scene *scene = *state;

	scene->session.why = "The key cannot be used.";
	wait_at(scene, STAFF_TROUBLE, PAGE_MENU);
	assert_false(scene->session.over);
	assert_int_equal(scene->session.page, PAGE_TROUBLE);
}

static void a_first_boot_stays_and_asks_for_the_pin_there_is(void **state)
{
	struct scene *scene = *state;
	struct session *session = &scene->session;

	wait_at(scene, STAFF_SETUP, PAGE_LANGUAGE);
	assert_false(session->over);
	assert_int_equal(session->page, PAGE_LANGUAGE);
	assert_int_equal(pin_set(session->pin, "482915", PIN_DEMO), FAULT_NONE);
	wait_at(scene, STAFF_SETUP, PAGE_OPEN);
	assert_false(session->over);
	assert_int_equal(session->page, PAGE_GATE);
	assert_int_equal(session->after, PAGE_LANGUAGE);
	/* And there it waits, however long. */
	session->now += 3 * SESSION_PATIENCE;
	session_watch(session);
	assert_int_equal(session->page, PAGE_GATE);
	assert_false(session->over);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, start, stop)
	static const struct CMUnitTest tests[] = {
		TEST(the_menu_and_its_pages_close_after_five_minutes),
		TEST(where_the_lobby_cannot_open_the_pin_is_asked_for_again),
		TEST(a_first_boot_stays_and_asks_for_the_pin_there_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
