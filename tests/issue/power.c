#include "tests/test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "issue/agency.h"
#include "issue/issue.h"
#include "tests/support/agency.h"
#include "tests/support/chance.h"
#include "tests/support/folder.h"
#include "tests/support/lasting.h"

/*
 * Killed, started again, and then without power: what the second start found
 * may have been written by a process that was killed before the disk was told
 * to finish it.
 */
#define CUTS 4 /* by chance, after each kill */

/* What the processes tell, also once they are dead. */
struct told {
	int changes, dies_at;
	bool found; /* by the start after the kill */
	struct wire wire;
};

struct scene {
	struct agency agency;
	struct lobby *lobby;
	struct told *told;
};

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

static int start(void **state)
{
	struct scene *scene = xcalloc(1, sizeof *scene);
	struct card card = { .name = "A" };
	SCOPED(char_freep) char *path = NULL;

	log_to(silent, NULL);
	agency_init(&scene->agency, 0x40);
	path = home_path(scene->agency.home, HOME_KEYS, AGENCY_FILE);
	memcpy(card.key, scene->agency.key, KEY_BYTES);
	assert_int_equal(agency_file_write(path, &card), FAULT_NONE);
	assert_int_equal(lobby_read(scene->agency.home, &scene->lobby),
			 FAULT_NONE);
	scene->told = mmap(NULL, sizeof *scene->told, PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(scene->told != MAP_FAILED);
	*state = scene;
	return 0;
}

static int stop(void **state)
{
	struct scene *scene = *state;

	munmap(scene->told, sizeof *scene->told);
	lobby_free(scene->lobby);
	agency_done(&scene->agency);
	free(scene);
	log_to(NULL, NULL);
	return 0;
}

static void reached(void *to)
{
	struct told *told = to;

	if (++told->changes == told->dies_at)
		raise(SIGKILL);
}

/* A visitor's answers are sealed. */
static void seal(struct scene *scene)
{
	const struct run_world world = { 0 };
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	SCOPED(run_freep) struct run *run = NULL;
	struct issued issued = { 0 };
	enum issue_answer answer;
	enum run_answer taken;
	uint32_t number;

	if (run_new(scene->agency.form, &world, &run) ||
	    run_put(run, run_find(run, "/data/name"), "Abeba", &taken) ||
	    issuer_open(scene->agency.home, scene->lobby, &issuer) ||
	    issuer_take(issuer, &number) ||
	    issue_seal(issuer, scene->agency.slots, run, number, AGENCY_NOON, 0,
		       &answer, &issued))
		_exit(1);
	issued_done(&issued);
}

/* Staff look whether one waits to be printed again. */
static void look(struct scene *scene)
{
	SCOPED(issuer_freep) struct issuer *issuer = NULL;
	struct issued issued = { 0 };
	bool found;

	if (issuer_open(scene->agency.home, scene->lobby, &issuer) ||
	    issue_pending(issuer, &found, &issued))
		_exit(1);
	scene->told->found = found;
	scene->told->wire = issued.wire;
	issued_done(&issued);
}

/* In a process of its own, killed before its n-th change; 0: never. Whether it
 * came to its end. */
static bool ends(struct scene *scene, void (*work)(struct scene *), int n)
{
	pid_t child;
	int status;

	scene->told->changes = 0;
	scene->told->dies_at = n;
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		lasting_each(reached, scene->told);
		work(scene);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
		return false;
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	return true;
}

/* Whether the ticket was found, and then without power, is the same. */
static bool found_lasts(struct scene *scene, struct chance *chance)
{
	struct wire found;

	assert_true(ends(scene, look, 0));
	if (!scene->told->found)
		return false;
	found = scene->told->wire;
	lasting_cut(chance);
	assert_true(ends(scene, look, 0));
	assert_true(scene->told->found);
	assert_int_equal(scene->told->wire.length, found.length);
	assert_memory_equal(scene->told->wire.bytes, found.bytes, found.length);
	return true;
}

static void a_ticket_that_a_start_found_outlasts_the_power(void **state)
{
	struct scene *scene = *state;
	struct chance chance = { 7 };
	int found = 0, n = 1;

	for (bool ended = false; !ended; n++) {
		for (int i = 0; i < CUTS; i++) {
			SCOPED(char_freep)
			char *path = home_path(scene->agency.home, HOME_KIOSK,
					       ISSUE_PENDING_FILE);

			(void)unlink(path);
			lasting_start(scene->agency.folder);
			ended = ends(scene, seal, n);
			found += found_lasts(scene, &chance);
			lasting_done();
		}
	}
	assert_true(found > CUTS); /* killed between its name and its folder */
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_ticket_that_a_start_found_outlasts_the_power, start,
		    stop),
	};

	if (access("/dev/shm", W_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
