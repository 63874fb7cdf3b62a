#include "card/pins.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/forms.h"
#include "tests/support/tray.h"
#include "tests/test.h"

#define SVG                                                              \
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">" \
	"<path d=\"M0 0L9 9\" stroke=\"#000\"/></svg>"

struct scene {
	struct tray tray;
	char *folder;
	struct home *home;
};

static void scene_init(struct scene *scene)
{
	scene->tray = tray_new();
	scene->folder = folder_new();
	assert_int_equal(home_open(scene->folder, &scene->home), FAULT_NONE);
	assert_int_equal(folder_make(home_folder(scene->home, HOME_KIOSK)),
			 FAULT_NONE);
}

static void scene_done(struct scene *scene)
{
	home_free(scene->home);
	folder_freep(&scene->folder);
	tray_done(&scene->tray);
}

static enum fault take(const struct scene *scene)
{
	struct card_folder folder;
	enum fault fault;

	card_folder_read(scene->tray.path, NULL, &folder);
	fault = card_take(scene->home, &folder);
	card_folder_done(&folder);
	return fault;
}

/* "+new ~changed -gone", by name. */
static void expect_changes(const struct scene *scene, const char *wanted)
{
	struct card_changes changes;
	struct card_folder folder;
	struct bytes text = { 0 };

	bytes_add_text(&text, "");
	card_folder_read(scene->tray.path, NULL, &folder);
	assert_int_equal(card_compare(scene->home, &folder, &changes),
			 FAULT_NONE);
	for (size_t i = 0; i < changes.count; i++)
		bytes_add_format(&text, "%s%c%s", i ? " " : "",
				 "+~-"[changes.list[i].change],
				 changes.list[i].name);
	assert_string_equal((char *)text.data, wanted);
	bytes_done(&text);
	card_changes_done(&changes);
	card_folder_done(&folder);
}

static bool has(const struct scene *scene, const char *name)
{
	SCOPED(char_freep) char *path = folder_file(scene->folder, name);

	return file_exists(path);
}

static void what_is_taken_lies_in_the_home_and_is_pinned(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	tray_text(&scene.tray, "pictures/a.svg", SVG);
	assert_false(card_is_pinned(scene.home));
	expect_changes(&scene, "+agency.pub +foyer.ini +pictures/a.svg");
	assert_int_equal(take(&scene), FAULT_NONE);
	assert_true(card_is_pinned(scene.home));
	expect_changes(&scene, "");
	assert_true(has(&scene, "foyer.ini"));
	assert_true(has(&scene, "keys/agency.pub"));
	assert_true(has(&scene, "forms/intake-media/a.svg"));
	assert_true(has(&scene, "kiosk/card.pins"));
	/* How lines end is no difference. */
	tray_copy(&scene.tray, "foyer.ini", "windows-lines.ini");
	expect_changes(&scene, "");
	scene_done(&scene);
}

static void a_card_changes_nothing_until_it_is_taken(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	tray_text(&scene.tray, "pictures/a.svg", SVG);
	assert_int_equal(take(&scene), FAULT_NONE);
	tray_remove(&scene.tray, "pictures/a.svg");
	tray_text(&scene.tray, "pictures/b.svg", SVG);
	tray_copy(&scene.tray, "foyer.ini", "twice.ini");
	expect_changes(&scene, "+pictures/b.svg ~foyer.ini -pictures/a.svg");
	assert_false(folder_holds(scene.folder, "Riverside House"));
	assert_int_equal(take(&scene), FAULT_NONE);
	expect_changes(&scene, "");
	assert_true(folder_holds(scene.folder, "Riverside House"));
	assert_false(has(&scene, "forms/intake-media/a.svg"));
	assert_true(has(&scene, "forms/intake-media/b.svg"));
	scene_done(&scene);
}

/* Dies in the middle of taking, before the write of that number. */
static void die_taking(const struct scene *scene, int writes)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (!child) {
		struct card_folder folder;

		card_folder_read(scene->tray.path, NULL, &folder);
		/* What is missing on the card is where it stops. */
		for (int i = (int)folder.count - 1; i >= writes; i--)
			unlink(folder.files[i].path);
		(void)!card_take(scene->home, &folder);
		kill(getpid(), SIGKILL);
	}
	waitpid(child, &status, 0);
}

static void a_taking_that_did_not_end_leaves_the_old_files(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	assert_int_equal(take(&scene), FAULT_NONE);
	tray_copy(&scene.tray, "foyer.ini", "twice.ini");
	tray_text(&scene.tray, "pictures/b.svg", SVG);
	die_taking(&scene, 2);
	assert_int_equal(card_go_on(scene.home), FAULT_NONE);
	assert_false(has(&scene, "forms/intake-media/b.svg"));
	SCOPED(char_freep) char *own = folder_file(scene.folder, "foyer.ini");
	struct bytes text = { 0 };

	assert_int_equal(file_read(own, 4096, &text), FAULT_NONE);
	assert_null(strstr((char *)text.data, "Riverside House"));
	bytes_done(&text);
	scene_done(&scene);
}
/* Once the order stands, the new ones come whatever happens: it is followed
 * from its beginning as often as it is interrupted. */
static void a_taking_that_was_ordered_is_ended_at_the_next_start(void **state)
{
	struct scene scene;

	(void)state;
	scene_init(&scene);
	assert_int_equal(take(&scene), FAULT_NONE);
	SCOPED(char_freep)
	char *taking = folder_file(scene.folder, "kiosk/card.taking");
	SCOPED(char_freep) char *order = folder_file(taking, "order");
	SCOPED(char_freep) char *new_file = folder_file(taking, "1");
	SCOPED(char_freep)
	char *lines = xasprintf("put 0 %s/keys/agency.pub\n"
				"put 1 %s/foyer.ini\n"
				"remove %s/forms/old.xml\n",
				scene.folder, scene.folder, scene.folder);
	SCOPED(char_freep)
	char *old = folder_file(scene.folder, "forms/old.xml");

	assert_int_equal(folder_make(home_folder(scene.home, HOME_FORMS)),
			 FAULT_NONE);
	assert_int_equal(file_write(old, "<a/>", 4, 0600), FAULT_NONE);
	/* The first was put in its place already. */
	assert_int_equal(file_write(new_file, "[agency]\n", 9, 0600),
			 FAULT_NONE);
	assert_int_equal(file_write(order, lines, strlen(lines), 0600),
			 FAULT_NONE);
	assert_int_equal(card_go_on(scene.home), FAULT_NONE);
	assert_false(file_exists(order));
	assert_false(file_exists(old));
	assert_false(folder_holds(scene.folder, "Riverside Settlement"));
	assert_true(has(&scene, "keys/agency.pub"));
	/* And nothing more the time after. */
	assert_int_equal(card_go_on(scene.home), FAULT_NONE);
	scene_done(&scene);
}

/* Of as many files as a card may have, with names as long as they may be. */
static void the_pins_of_a_full_card_are_read_again(void **state)
{
	struct card_changes changes;
	struct card_folder folder = { 0 };
	struct bytes text = { 0 };
	struct scene scene;

	(void)state;
	scene_init(&scene);
	for (int i = 0; i < CARD_FILES; i++)
		bytes_add_format(&text, "%064d  translations/%0*d\n", i,
				 CARD_NAME_MOST, i);
	SCOPED(char_freep)
	char *pins = folder_file(scene.folder, "kiosk/card.pins");

	assert_int_equal(file_write(pins, text.data, text.length, 0600),
			 FAULT_NONE);
	assert_int_equal(card_compare(scene.home, &folder, &changes),
			 FAULT_NONE);
	assert_int_equal(changes.count, CARD_FILES);
	card_changes_done(&changes);
	bytes_done(&text);
	scene_done(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_taken_lies_in_the_home_and_is_pinned),
		cmocka_unit_test(a_card_changes_nothing_until_it_is_taken),
		cmocka_unit_test(
		    a_taking_that_did_not_end_leaves_the_old_files),
		cmocka_unit_test(
		    a_taking_that_was_ordered_is_ended_at_the_next_start),
		cmocka_unit_test(the_pins_of_a_full_card_are_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
