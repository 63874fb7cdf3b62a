#include "tests/test.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "kiosk/visit.h"
#include "tests/support/stand.h"

/*
 * Nothing in the lobby flashes: what changes by itself, the welcome and the
 * closed screen in language after language, changes every three seconds at
 * most. The clock is the test's own.
 */
#define LEAST_MS 3000
#define STEP_MS 20
#define WATCHED_MS 60000

struct scene {
	struct stand stand;
	struct hall hall;
	struct visit visit;
};

static void scene_start(struct scene *scene)
{
	static const char *const tags[] = { "en", "fr", "es-419" };

	*scene = (struct scene){ 0 };
	stand_home(&scene->stand, "");
	assert_int_equal(home_open(scene->stand.home, &scene->hall.home),
			 FAULT_NONE);
	assert_int_equal(lobby_read(scene->hall.home, &scene->hall.lobby),
			 FAULT_NONE);
	scene->hall.offered = xcalloc(COUNT(tags), sizeof(struct offered));
	for (size_t i = 0; i < COUNT(tags); i++)
		scene->hall.offered[i].language = language_find(tags[i]);
	scene->hall.offered_count = COUNT(tags);
	/* No sound card is there. */
	scene->hall.speech.output = xstrdup("alsa:default");
	scene->hall.speech.root = xstrdup(scene->stand.folder);
	scene->visit.hall = &scene->hall;
	scene->visit.aloud = aloud_new(&scene->hall.speech);
}

static void scene_done(struct scene *scene)
{
	aloud_free(scene->visit.aloud);
	speaker_ways_done(&scene->hall.speech);
	free(scene->hall.offered);
	lobby_free(scene->hall.lobby);
	home_free(scene->hall.home);
	stand_done(&scene->stand);
}

/* How often the screen is drawn anew while nobody touches it. */
static int changes(struct scene *scene, const struct screen_ops *screen)
{
	int64_t last = 0;
	int count = 0;
	void *state = NULL;

	assert_int_equal(screen->enter(&scene->visit, &state), FAULT_NONE);
	for (int64_t now = 0; now <= WATCHED_MS; now += STEP_MS) {
		scene->visit.dirty = false;
		assert_int_equal(screen->tick(state, now), SCREEN_STAY);
		if (!scene->visit.dirty)
			continue;
		assert_true(now - last >= LEAST_MS);
		last = now;
		count++;
	}
	screen->leave(state);
	return count;
}

static void what_takes_turns_takes_its_time(void **state)
{
	struct scene scene;

	(void)state;
	scene_start(&scene);
	assert_int_equal(changes(&scene, &screen_welcome), 20);

	SCOPED(char_freep)
	char *closed = home_path(scene.hall.home, HOME_KIOSK, "closed");

	assert_int_equal(file_write(closed, "", 0, 0600), FAULT_NONE);
	assert_int_equal(changes(&scene, &screen_closed), 15);
	scene_done(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_takes_turns_takes_its_time),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
