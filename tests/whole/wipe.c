#include "tests/test.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/process.h"
#include "tests/support/calls.h"
#include "tests/support/folder.h"
#include "tests/support/memory.h"
#include "tests/support/pty.h"
#include "tests/support/walker.h"

/*
 * Nothing of a visitor stays: the memory of the kiosk's processes is read
 * after a marker was typed as a name. The parent never has it; the visitor's
 * process has none of it left in the moment it ends, whoever ended it.
 */

/* Typed as a name; never written down whole in this program's own memory. */
static char *marker(void)
{
	return xasprintf("Zq%s%s", "Marker", "Vx7731");
}

struct search {
	const char *wanted;
	bool found;
};

static void find(void *to, const uint8_t *bytes, size_t length)
{
	struct search *search = to;

	search->found |= memmem(bytes, length, search->wanted,
				strlen(search->wanted)) != NULL;
}

/* Whether what the process can write to holds the marker. */
static bool memory_holds(pid_t process, const char *wanted)
{
	struct search search = { .wanted = wanted };

	memory_each(process, find, &search);
	return search.found;
}

/* The kiosk's own child: the visitor's process. */
static pid_t visitor_of(pid_t kiosk)
{
	SCOPED(char_freep)
	char *path = xasprintf("/proc/%d/task/%d/children", kiosk, kiosk);
	FILE *file = fopen(path, "re");
	int child = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d", &child), 1);
	fclose(file);
	return child;
}

/* Walks on from the welcome until a name can be typed. */
static void go_to_name(struct pty *pty)
{
	static const char *const picks[] = {
		"1", /* English */
		"1", /* me, by myself */
		"1", /* not been here before */
		"1", /* speak this language */
		"1", /* use my answers */
		"1", /* keep them */
		"1", /* I can wait */
		"1", /* answer questions */
	};

	pty_settle(pty, 300);
	pty_send(pty, "\r");
	for (size_t i = 0; i < COUNT(picks); i++) {
		pty_settle(pty, 700);
		pty_send(pty, picks[i]);
	}
	assert_true(pty_expect(pty, "A-B-C letters", 5000));
}

/* Lets the traced process run until it is about to vanish, memory and all. */
static void run_to_its_end(pid_t child)
{
	int status;

	for (;;) {
		assert_int_equal(waitpid(child, &status, __WALL), child);
		assert_true(WIFSTOPPED(status));
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
			return;
		ptrace(PTRACE_CONT, child, NULL,
		       WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status));
	}
}

static void look_after(void (*ending)(struct pty *pty, pid_t visitor))
{
	SCOPED(folder_freep) char *folder = folder_new();
	SCOPED(char_freep) char *home = xasprintf("%s/home", folder);
	SCOPED(char_freep) char *name = marker();
	const char *build = getenv("FOYER_BUILD");
	SCOPED(char_freep)
	char *program =
	    xasprintf("%s/foyer-kiosk", build ? build : "build/debug");
	const char *argv[] = { program, "--home", home, "--once", NULL };
	struct pty *pty;
	pid_t visitor;

	assert_true(walker_home(home));
	pty = pty_start(argv, NULL, 24, 80);
	go_to_name(pty);
	pty_send(pty, name);
	assert_true(pty_expect(pty, name, 5000));
	visitor = visitor_of(pty_child(pty));

	assert_int_equal(
	    ptrace(PTRACE_SEIZE, visitor, NULL, PTRACE_O_TRACEEXIT), 0);
	assert_int_equal(ptrace(PTRACE_INTERRUPT, visitor, NULL, NULL), 0);
	assert_int_equal(waitpid(visitor, NULL, __WALL), visitor);
	/* The test can see it: while the visitor is there, it is there. */
	assert_true(memory_holds(visitor, name));
	assert_false(memory_holds(pty_child(pty), name));
	ptrace(PTRACE_CONT, visitor, NULL, NULL);

	ending(pty, visitor);
	run_to_its_end(visitor);
	assert_false(memory_holds(visitor, name));
	assert_false(memory_holds(pty_child(pty), name));
	ptrace(PTRACE_CONT, visitor, NULL, NULL);
	ptrace(PTRACE_DETACH, visitor, NULL, NULL);
	pty_stop(pty);
}

static void by_sigterm(struct pty *pty, pid_t visitor)
{
	(void)pty;
	kill(visitor, SIGTERM);
}

static void by_a_crash(struct pty *pty, pid_t visitor)
{
	(void)pty;
	kill(visitor, SIGSEGV);
}

static void by_starting_over(struct pty *pty, pid_t visitor)
{
	(void)visitor;
	pty_send(pty, PTY_F9);
	pty_settle(pty, 300);
	pty_send(pty, "2");
}

static bool can_look(void)
{
#if defined(__SANITIZE_ADDRESS__)
	print_message("skipped: a sanitizer's memory cannot be wiped whole\n");
	return false;
#else
	if (getenv("FOYER_SLOW")) {
		print_message("skipped: valgrind traces the processes "
			      "itself\n");
		return false;
	}
	if (!calls_allowed()) {
		print_message("skipped: this machine lets no program look into "
			      "another\n");
		return false;
	}
	return true;
#endif
}

static void a_visitor_who_starts_over_leaves_nothing(void **state)
{
	(void)state;
	if (!can_look())
		skip();
	look_after(by_starting_over);
}

static void a_visitor_whose_process_is_ended_leaves_nothing(void **state)
{
	(void)state;
	if (!can_look())
		skip();
	look_after(by_sigterm);
}

static void a_visitor_whose_process_crashes_leaves_nothing(void **state)
{
	(void)state;
	if (!can_look())
		skip();
	look_after(by_a_crash);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_visitor_who_starts_over_leaves_nothing),
		cmocka_unit_test(
		    a_visitor_whose_process_is_ended_leaves_nothing),
		cmocka_unit_test(
		    a_visitor_whose_process_crashes_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
