#include "base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"
#include "tests/test.h"

static int protect(void *to)
{
	struct rlimit core;

	(void)to;
	return process_protect() == FAULT_NONE && prctl(PR_GET_DUMPABLE) == 0 &&
	       getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 &&
	       core.rlim_max == 0;
}

static void a_protected_process_leaves_no_core(void **state)
{
	(void)state;
	assert_int_equal(child_result(protect, NULL), 1);
}

static int hide(void *to)
{
	struct rlimit core;

	(void)to;
	if (process_hide() || getrlimit(RLIMIT_CORE, &core) || core.rlim_max)
		return 0;
#if defined(__SANITIZE_ADDRESS__)
	return 1;
#else
	return prctl(PR_GET_DUMPABLE) == 0;
#endif
}

static void a_hidden_process_leaves_no_core(void **state)
{
	(void)state;
	assert_int_equal(child_result(hide, NULL), 1);
}

/* What was allowed is known after it was taken away, in a child too. */
static int remember(void *to)
{
	const struct rlimit *allowed = to;

	return setrlimit(RLIMIT_CORE, allowed) == 0 && !process_hide() &&
	       process_was_dumpable() == (allowed->rlim_cur > 0);
}

static void what_was_allowed_before_it_hid_is_known(void **state)
{
	struct rlimit now, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_CORE, &now), 0);
	none = (struct rlimit){ 0, now.rlim_max };
	assert_int_equal(child_result(remember, &none), 1);
	now.rlim_cur = now.rlim_max;
	assert_int_equal(child_result(remember, &now), 1);
}

/* kB of a mapping as /proc/self/smaps has them under a name ("Locked:"). */
static long kilobytes(const void *mapping, const char *name)
{
	FILE *file = fopen("/proc/self/smaps", "re");
	unsigned long from = 0, at;
	char line[1000];
	long found = -1;

	while (file && found < 0 && fgets(line, sizeof line, file)) {
		if (sscanf(line, "%lx-", &at) == 1 && strchr(line, '-'))
			from = at;
		if (from == (uintptr_t)mapping &&
		    strncmp(line, name, strlen(name)) == 0)
			found = strtol(line + strlen(name), NULL, 10);
	}
	if (file)
		fclose(file);
	return found;
}

#define ROOM (8 << 20)
#define PAGE (64 << 10) /* no system has larger ones */

/* Between pages of no use, so that it is no part of a neighbour. */
static char *room(void)
{
	char *room = mmap(NULL, ROOM + 2 * PAGE, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (room == MAP_FAILED ||
	    mprotect(room + PAGE, ROOM, PROT_READ | PROT_WRITE))
		return NULL;
	return room + PAGE;
}

/* kB that are locked of the mapping which holds what a call below has. */
static int lock_the_stack(void *to)
{
	const uintptr_t below = (uintptr_t)__builtin_frame_address(0) - PAGE;
	unsigned long from, end;
	char line[1000];
	bool here = false;
	long locked = 0;
	FILE *file;

	(void)to;
	process_lock_stack();
	if (!(file = fopen("/proc/self/smaps", "re")))
		return 2;
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%lx-%lx ", &from, &end) == 2)
			here = from <= below && below < end;
		if (here && strncmp(line, "Locked:", 7) == 0)
			locked = strtol(line + 7, NULL, 10);
	}
	fclose(file);
	return locked > PAGE / 1024;
}

static void a_passphrase_on_the_stack_stays_out_of_swap(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	print_message("skipped: a sanitizer locks no memory\n");
	skip();
#endif
	assert_int_equal(child_result(lock_the_stack, NULL), 1);
}

/* What process_protect() makes of memory from before it and after it: 1. */
static int touch_a_page_each(void *to)
{
	char *before = room(), *after;

	(void)to;
	if (!before || process_protect() || !(after = room()))
		return 2;
	if (kilobytes(before, "Rss:") || kilobytes(after, "Rss:"))
		return 3;
	before[0] = after[0] = 1;
	return kilobytes(before, "Locked:") == kilobytes(before, "Rss:") &&
	       kilobytes(after, "Locked:") == kilobytes(after, "Rss:") &&
	       kilobytes(after, "Rss:") > 0 &&
	       kilobytes(after, "Rss:") <= PAGE / 1024;
}

static void memory_is_locked_as_it_is_touched_and_not_before(void **state)
{
	(void)state;
#if defined(__SANITIZE_ADDRESS__)
	print_message("skipped: a sanitizer locks no memory\n");
	skip();
#endif
	assert_int_equal(child_result(touch_a_page_each, NULL), 1);
}

/*
 * The wiping cannot be watched in this program, which may run under a
 * sanitizer or valgrind; so a small one is built and watched instead.
 */
static char *build_program(const char *folder)
{
	const char *source = getenv("FOYER_SOURCE");
	char *program = xasprintf("%s/wiped", folder);
	char *command = xasprintf(
	    "cd '%s' && cc -std=gnu17 -D_GNU_SOURCE -O1 -Isrc -o '%s' "
	    "tests/data/base/wiped.c src/base/process.c src/base/log.c "
	    "src/base/memory.c",
	    source ? source : ".", program);

	assert_int_equal(system(command), 0);
	free(command);
	return program;
}

/* How often the mark of wiped.c is in a stopped process's writable memory. */
static int marks_in(pid_t process)
{
	static const char mark[] = "FOYER-MARK";
	char *maps_path = xasprintf("/proc/%d/maps", process);
	char *memory_path = xasprintf("/proc/%d/mem", process);
	FILE *maps = fopen(maps_path, "r");
	int memory = open(memory_path, O_RDONLY), marks = 0;
	char line[1000], key[sizeof mark];
	unsigned long from, to;

	for (size_t i = 0; i < sizeof mark - 1; i++)
		key[i] = (char)(mark[i] ^ 0x15 ^ 0x2a);
	assert_non_null(maps);
	assert_true(memory >= 0);
	while (fgets(line, sizeof line, maps)) {
		char *bytes, *at;
		ssize_t length;

		if (sscanf(line, "%lx-%lx rw", &from, &to) != 2 ||
		    !strstr(line, " rw"))
			continue;
		bytes = xcalloc(to - from, 1);
		length = pread(memory, bytes, to - from, (off_t)from);
		for (at = bytes; length > 0; at++, marks++) {
			at = memmem(at, (size_t)(bytes + length - at), key,
				    sizeof mark - 1);
			if (!at)
				break;
		}
		free(bytes);
	}
	fclose(maps);
	close(memory);
	free(maps_path);
	free(memory_path);
	return marks;
}

/* Runs it up to its very end and looks; its exit status goes to *status. */
static int marks_left(const char *program, const char *how, int *status)
{
	pid_t child = fork();
	int marks = -1;

	assert_true(child >= 0);
	if (!child) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		execl(program, program, how, NULL);
		_exit(99);
	}
	assert_int_equal(waitpid(child, status, 0), child);
	assert_true(WIFSTOPPED(*status));
	assert_int_equal(
	    ptrace(PTRACE_SETOPTIONS, child, NULL, PTRACE_O_TRACEEXIT), 0);
	do {
		assert_int_equal(ptrace(PTRACE_CONT, child, NULL, NULL), 0);
		assert_int_equal(waitpid(child, status, 0), child);
		if (*status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8))
			marks = marks_in(child);
	} while (WIFSTOPPED(*status));
	return marks;
}

static void a_wiped_process_holds_nothing_when_it_ends(void **state)
{
	char *folder = folder_new();
	char *program = build_program(folder);
	int status;

	(void)state;
	/* First that the looking finds them. */
	assert_true(marks_left(program, "exit", &status) >= 5);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_int_equal(marks_left(program, "wipe", &status), 0);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
	folder_remove(folder);
	free(folder);
	free(program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_protected_process_leaves_no_core),
		cmocka_unit_test(a_hidden_process_leaves_no_core),
		cmocka_unit_test(what_was_allowed_before_it_hid_is_known),
		cmocka_unit_test(
		    memory_is_locked_as_it_is_touched_and_not_before),
		cmocka_unit_test(a_passphrase_on_the_stack_stays_out_of_swap),
		cmocka_unit_test(a_wiped_process_holds_nothing_when_it_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
