#include "tests/test.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "kiosk-image/tests/lab.h"
#include "kiosk-image/tests/setup.h"
#include "tests/support/folder.h"
#include "tests/support/tray.h"

/*
 * A card as it was written and filled, in a new kiosk: what is wrong in its
 * foyer.ini is told, staff set the kiosk up by its own screens, its key becomes
 * known to the desk by the code that it shows, and the lobby opens.
 */
#define START 600   /* seconds at most, on any busy machine */
#define WELCOME 120 /* seconds for the welcome */
#define WRONG "tests/data/card/*.ini"
#define SETTINGS_MOST (1 << 20) /* bytes */
#define FEWEST 20               /* wrong ones */

static struct lab lab;
static struct machine *machine;

static int start(void **state)
{
	(void)state;
	lab_open(&lab);
	machine = lab_start(&lab, MACHINE_VIRT);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	machine_cut(machine);
	lab_close(&lab);
	return 0;
}

/* What the card says with one foyer.ini: as words here, on the screen there. */
struct told {
	const char *name;
	char *words;
	struct screen *screen;
};

/* Whether a kiosk would take the card; words, the caller's to free, for why. */
static bool look(char **words)
{
	struct card_folder folder;
	bool serves;

	card_folder_read(lab.agency, "screens", &folder);
	*words = tray_say(&folder, "en");
	serves = card_folder_serves(&folder);
	card_folder_done(&folder);
	return serves;
}

/* Whether the card may be taken with it. */
static bool tell(struct told *told, const char *path, bool served)
{
	SCOPED(char_freep) char *picture = NULL;
	struct bytes settings = { 0 };
	bool serves;

	told->name = strrchr(path, '/') + 1;
	assert_int_equal(file_read(path, SETTINGS_MOST, &settings), 0);
	told->screen = setup_look_again(&lab, machine, &settings, served);
	bytes_done(&settings);
	serves = look(&told->words);
	picture =
	    xasprintf("card-%.*s", (int)strcspn(told->name, "."), told->name);
	lab_show(told->screen, picture);
	return serves;
}

/* The same words, the same screen; other words, another. */
static void expect_screens_tell(const struct told *told, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < i; k++) {
			bool words = !strcmp(told[i].words, told[k].words);

			if (words !=
			    screen_same(told[i].screen, told[k].screen))
				fail_msg("%s and %s are told %s", told[i].name,
					 told[k].name,
					 words ? "differently" : "alike");
		}
	}
}

static void what_is_wrong_in_the_settings_is_told(void **state)
{
	SCOPED(char_freep) char *path = folder_file(lab.agency, "foyer.ini");
	SCOPED(screen_freep) struct screen *again = NULL;
	struct bytes own = { 0 };
	struct told *told;
	size_t wrong = 0;
	bool served;
	char *words;
	glob_t found;

	(void)state;
	assert_true(machine_expect(machine, MACHINE_READY, "ready ", START));
	setup_begin(machine);
	assert_int_equal(file_read(path, SETTINGS_MOST, &own), 0);
	served = look(&words);
	free(words);
	assert_int_equal(glob(WRONG, 0, NULL, &found), 0);
	told = xcalloc(found.gl_pathc, sizeof *told);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		served = tell(&told[i], found.gl_pathv[i], served);
		wrong += told[i].words[0] != 0;
	}
	expect_screens_tell(told, found.gl_pathc);
	print_message("%zu wrong foyer.ini were told\n", wrong);
	assert_true(wrong >= FEWEST);
	again = setup_look_again(&lab, machine, &own, served);
	bytes_done(&own);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		free(told[i].words);
		screen_free(told[i].screen);
	}
	free(told);
	globfree(&found);
}

static void staff_set_a_kiosk_up_and_it_opens(void **state)
{
	(void)state;
	setup_walk(&lab, machine);
	assert_true(lab_welcomes(machine, WELCOME));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_wrong_in_the_settings_is_told),
		cmocka_unit_test(staff_set_a_kiosk_up_and_it_opens),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
