#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "kiosk/hall.h"
#include "kiosk/session.h"
#include "print/paper.h"
#include "tests/support/emulator.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "ui/canvas.h"

/* Staff's menu, and a printer at the other end. The clock is the test's own. */
struct scene {
	char *folder;
	struct session session;
	struct hall hall;
	struct emulator *emulator;
	char *address;
};

static int start(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);
	struct session *session = &scene->session;
	SCOPED(char_freep) char *words = data_path("translations");

	scene->folder = folder_new();
	session->language = "en";
	session->task = STAFF_MENU;
	session->let_in = true;
	session->now = 1000;
	session->words = catalogue_new("en");
	assert_int_equal(catalogue_add_family(session->words, words, "staff"),
			 FAULT_NONE);
	assert_int_equal(home_open(scene->folder, &session->home), FAULT_NONE);
	session->pin = pin_new(scene->folder, 0);
	scene->emulator = emulator_new(PAPER_NARROW);
	scene->address =
	    xasprintf("tcp:127.0.0.1:%d", emulator_open_tcp(scene->emulator));
	scene->hall.printer = scene->address;
	scene->hall.profile = profile_usual;
	session->hall = &scene->hall;
	logged_start();
	*state = scene;
	return 0;
}

static int stop(void **state)
{
	struct scene *scene = *state;

	logged_stop();
	leaf_free(scene->session.leaf);
	printer_free(scene->session.printer);
	catalogue_free(scene->session.words);
	pin_free(scene->session.pin);
	home_free(scene->session.home);
	emulator_free(scene->emulator);
	folder_freep(&scene->folder);
	free(scene->address);
	free(scene);
	return 0;
}

/* The menu, and what it shows once the printer has answered. */
static char *open_menu(struct scene *scene)
{
	struct session *session = &scene->session;
	SCOPED(canvas_freep) struct canvas *canvas = canvas_new(24, 80, false);

	session_go(session, PAGE_MENU);
	page_menu.tick(session);
	if (session->printer)
		emulator_run(scene->emulator, session->printer, &session->now);
	page_menu.tick(session);
	leaf_draw(session->leaf, canvas);
	return canvas_picture(canvas);
}

static void a_printer_in_trouble_is_told_at_the_menu(void **state)
{
	static const struct {
		const char *fault, *said;
	} cases[] = {
		{ "paper-out=0", "The printer has no paper. Put in a roll." },
		{ "cover", "The printer’s cover is open. Close it." },
		{ "offline", "The printer takes nothing now. Switch it off" },
		{ "near-end", "The printer’s roll is nearly at its end." },
	};
	struct scene *scene = *state;

	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *shown = NULL;

		scene->emulator->faults = EMULATOR_SOUND;
		assert_true(
		    emulator_fault(&scene->emulator->faults, cases[i].fault));
		shown = open_menu(scene);
		if (!strstr(shown, cases[i].said))
			fail_msg("no \"%s\" in\n%s", cases[i].said, shown);
		assert_int_equal(emulator_rows(scene->emulator), 0);
	}
}

static void one_that_is_well_or_mute_is_not_spoken_of(void **state)
{
	static const char *const faults[] = { "late=1", "mute" };
	struct scene *scene = *state;

	for (size_t i = 0; i < COUNT(faults); i++) {
		SCOPED(char_freep) char *shown = NULL;

		scene->emulator->faults = EMULATOR_SOUND;
		assert_true(
		    emulator_fault(&scene->emulator->faults, faults[i]));
		shown = open_menu(scene);
		assert_null(strstr(shown, "The printer"));
		assert_non_null(strstr(shown, "Staff menu"));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_printer_in_trouble_is_told_at_the_menu),
		TEST(one_that_is_well_or_mute_is_not_spoken_of),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
