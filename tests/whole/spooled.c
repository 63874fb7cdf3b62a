#include "tests/test.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/home.h"
#include "issue/issue.h"
#include "issue/lobby.h"
#include "seal/key.h"
#include "tests/support/calls.h"
#include "tests/support/folder.h"
#include "tests/support/memory.h"
#include "tests/support/scheduler.h"
#include "tests/support/sheets.h"
#include "tests/support/stand.h"

/*
 * The real kiosk before an office's queue, with a scheduler of the test's own:
 * what waited there when it starts, and what is left of a visitor and of their
 * ticket, in memory and in the queue, however the visit ends.
 */
#define PATIENCE 20000 /* ms */
enum { PRINTING = 5, PRINTED = 9 };

/* Written nowhere but in the answer; and how programs may hold it. */
#define MARKER "Vqzjxkwpyg"

struct scene {
	struct scheduler scheduler;
	struct scheduler_state *queue;
	struct stand stand;
	char sender[16];                    /* the kiosk, as jobs name it */
	pid_t hall, visitor, porter, clerk; /* of the visit */
};

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* --- memory ----------------------------------------------------------------
 */

static bool can_look(void)
{
#if defined(__SANITIZE_ADDRESS__)
	return false; /* a sanitizer's memory cannot be wiped whole */
#else
	return calls_allowed();
#endif
}

/* What is looked for: the answer, and a piece of the ticket's page. */
struct search {
	const struct scheduler_state *queue;
	long answers, pages;
};

static long occurrences(const uint8_t *bytes, size_t length, const void *what,
			size_t size)
{
	const uint8_t *at = bytes, *end = bytes + length;
	long count = 0;

	while ((at = memmem(at, (size_t)(end - at), what, size))) {
		count++;
		at++;
	}
	return count;
}

static void look(void *to, const uint8_t *bytes, size_t length)
{
	struct search *search = to;

	/* As letters, and as characters of a terminal or of ICU. */
	for (size_t width = 1; width <= 4; width *= 2) {
		uint8_t marker[4 * sizeof MARKER] = { 0 };

		for (size_t i = 0; i < strlen(MARKER); i++)
			marker[i * width] = (uint8_t)MARKER[i];
		search->answers +=
		    occurrences(bytes, length, marker, strlen(MARKER) * width);
	}
	if (search->queue->jobs)
		search->pages +=
		    occurrences(bytes, length, search->queue->piece,
				sizeof search->queue->piece);
}

static struct search search_in(const struct scene *scene, pid_t process)
{
	struct search search = { .queue = scene->queue };

	memory_each(process, look, &search);
	return search;
}

/* --- the clerk --------------------------------------------------------------
 */

static bool is_clerk(int process, const char *program)
{
	SCOPED(char_freep) char *exe = xasprintf("/proc/%d/exe", process);
	SCOPED(char_freep) char *words = xasprintf("/proc/%d/cmdline", process);
	char path[4096] = "", said[64] = "";
	const ssize_t length = readlink(exe, path, sizeof path - 1);
	FILE *file;

	if (length < 0 || strcmp(path, program) || !(file = fopen(words, "re")))
		return false;
	(void)!fread(said, 1, sizeof said - 1, file);
	fclose(file);
	return !strcmp(said, "foyer-clerk") &&
	       !strcmp(said + sizeof "foyer-clerk", "print");
}

/* Of this build's kiosk, for a job; 0: there is none. */
static pid_t clerk(void)
{
	SCOPED(char_freep)
	char *build = xasprintf("%s/foyer-kiosk", getenv("FOYER_BUILD"));
	SCOPED(char_freep) char *program = realpath(build, NULL);
	DIR *folder = opendir("/proc");
	const struct dirent *entry;
	pid_t found = 0;

	assert_non_null(folder);
	while (!found && (entry = readdir(folder))) {
		const int process = atoi(entry->d_name);

		if (process > 0 && is_clerk(process, program))
			found = process;
	}
	closedir(folder);
	return found;
}

/* --- a visit ----------------------------------------------------------------
 */

static void put_form(const struct stand *stand)
{
	SCOPED(char_freep)
	char *path = folder_file(stand->home, "forms/short.xml");
	SCOPED(char_freep)
	char *form = sheets_sound((struct sheets_text){
	    .settings = "form_title,form_id,version,default_language\n"
			"Short,short,1,English (en)\n",
	    .survey = "type,name,label::English (en),appearance\n"
		      "text,q,What is the word?,\n"
		      "note,check,Check your answers.,review\n",
	});

	assert_int_equal(file_write(path, form, strlen(form), 0600),
			 FAULT_NONE);
}

/* The key is made here, as the kiosk would on its first start. */
static void note_sender(struct scene *scene)
{
	SCOPED(home_freep) struct home *home = NULL;
	SCOPED(lobby_freep) struct lobby *lobby = NULL;
	SCOPED(issuer_freep) struct issuer *issuer = NULL;

	assert_int_equal(home_open(scene->stand.home, &home), FAULT_NONE);
	assert_int_equal(lobby_read(home, &lobby), FAULT_NONE);
	assert_int_equal(issuer_open(home, lobby, &issuer), FAULT_NONE);
	snprintf(scene->sender, sizeof scene->sender, "K7 %04X",
		 key_id(KEY_KIOSK, issuer_kiosk(issuer)));
}

/* Of before: two papers of this kiosk, one of another, and a page. */
static void leave_jobs(const struct scene *scene)
{
	struct scheduler_state *queue = scene->queue;

	sprintf(queue->left[0].title, "Foyer %s ticket", scene->sender);
	strcpy(queue->left[1].title, "Foyer K7 ticket");
	strcpy(queue->left[2].title, "Foyer page");
	sprintf(queue->left[3].title, "Foyer %s slip", scene->sender);
}

static void await(const struct scene *scene, const int *count, int wanted)
{
	const int64_t end = now_ms() + PATIENCE;

	while (*count < wanted && now_ms() < end)
		pty_wait(scene->stand.pty, 20);
	assert_int_equal(*count, wanted);
}

static void scene_start(struct scene *scene)
{
	*scene = (struct scene){ 0 };
	scheduler_start(&scene->scheduler);
	scene->queue = scene->scheduler.state;
	stand_home(&scene->stand, "[kiosk]\nform = short\nlast = 1\n"
				  "[printer]\naddress = cups:Front\n");
	put_form(&scene->stand);
	note_sender(scene);
	leave_jobs(scene);
	stand_open(&scene->stand, 24, 80);
	stand_expect(&scene->stand, "Welcome");
}

static void scene_done(struct scene *scene)
{
	stand_done(&scene->stand);
	scheduler_stop(&scene->scheduler);
}

/* Until the queue has the ticket, and prints it for ever. */
static void give_ticket(struct scene *scene)
{
	scene->queue->job_state = PRINTING;
	stand_press(&scene->stand, "Welcome", PTY_ENTER);
	stand_press(&scene->stand, "What is the word?", MARKER);
	stand_press(&scene->stand, MARKER, "\t");
	stand_expect(&scene->stand, "Check your answers.");
	scene->hall = pty_child(scene->stand.pty);
	scene->visitor = stand_visitor(&scene->stand);
	scene->porter = stand_porter(&scene->stand);
	/* Where it is it is found. */
	if (can_look())
		assert_true(search_in(scene, scene->visitor).answers > 0);
	pty_send(scene->stand.pty, "1");
	await(scene, &scene->queue->jobs, 1);
	if (can_look())
		assert_true(search_in(scene, getpid()).pages > 0);
	assert_true((scene->clerk = clerk()) > 0);
	assert_string_equal(scene->queue->name, scene->queue->left[0].title);
}

/* --- how it ends ------------------------------------------------------------
 */

static void by_printing(struct scene *scene)
{
	scene->queue->job_state = PRINTED;
	stand_press(&scene->stand, "Did your paper come out?", "1");
}

static void by_a_kill(struct scene *scene)
{
	kill(scene->visitor, SIGKILL);
}

static void by_the_porters_end(struct scene *scene)
{
	kill(scene->porter, SIGKILL);
	stand_press(&scene->stand, "Did your paper come out?", "1");
}

/* Whoever had the terminal is told, too, and the clerk is one of them. */
static void by_the_terminals_end(struct scene *scene)
{
	kill(scene->hall, SIGKILL);
	kill(scene->visitor, SIGKILL);
	kill(scene->porter, SIGKILL);
}

static const struct end {
	const char *name;
	void (*come)(struct scene *scene);
	bool over;     /* the kiosk is, too */
	int cancelled; /* jobs: the ticket */
} ends[] = {
	{ "printed", by_printing, false, 0 },
	{ "visitor killed", by_a_kill, false, 1 },
	{ "porter killed", by_the_porters_end, false, 1 },
	{ "terminal gone", by_the_terminals_end, true, 1 },
};

/* The hall, and the next visitor's two. */
static void assert_nothing_in_memory(const struct scene *scene,
				     const char *name)
{
	const pid_t left[] = { scene->hall, stand_visitor(&scene->stand),
			       stand_porter(&scene->stand) };

	assert_int_not_equal(left[1], scene->visitor);
	for (size_t i = 0; i < COUNT(left); i++) {
		const struct search found = search_in(scene, left[i]);

		if (found.answers || found.pages)
			fail_msg("%s: %ld of the answer, %ld of the ticket",
				 name, found.answers, found.pages);
	}
}

static void await_clerks_end(void)
{
	const int64_t end = now_ms() + PATIENCE;

	while (clerk() && now_ms() < end)
		poll(NULL, 0, 50);
	assert_int_equal(clerk(), 0);
}

static void leave(const struct end *end)
{
	struct scene scene;
	int taken_back;

	scene_start(&scene);
	await(&scene, &scene.queue->cancelled, 2);
	give_ticket(&scene);
	/* It never had the answer. */
	if (can_look())
		assert_int_equal(search_in(&scene, scene.clerk).answers, 0);
	end->come(&scene);
	await_clerks_end();
	taken_back = scene.queue->cancelled - 2;
	if (taken_back != end->cancelled)
		fail_msg("%s: %d jobs taken back", end->name, taken_back);
	if (!end->over) {
		stand_expect(&scene.stand, "Welcome");
		pty_settle(scene.stand.pty, 500);
		if (can_look())
			assert_nothing_in_memory(&scene, end->name);
	}
	scene_done(&scene);
}

static void no_ticket_is_left_however_a_visit_ends(void **state)
{
	(void)state;
	if (!can_look())
		print_message("no memory is looked at here: the queue only\n");
	for (size_t i = 0; i < COUNT(ends); i++)
		leave(&ends[i]);
}

static void old_papers_are_taken_back_as_the_kiosk_starts(void **state)
{
	struct scene scene;

	(void)state;
	scene_start(&scene);
	await(&scene, &scene.queue->cancelled, 2);
	assert_true(scene.queue->left[0].over);
	assert_false(scene.queue->left[1].over);
	assert_false(scene.queue->left[2].over);
	assert_true(scene.queue->left[3].over);
	assert_int_equal(scene.queue->jobs, 0);
	scene_done(&scene);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(old_papers_are_taken_back_as_the_kiosk_starts),
		cmocka_unit_test(no_ticket_is_left_however_a_visit_ends),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
