#include "tests/test.h"

#include <dirent.h>
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/stand.h"

/*
 * The real kiosk's process with the answers is shut in before the first
 * question, with nothing that its parent has open; what it may try is
 * tests/base/jail.c's.
 */

/* "2" for "Seccomp:" of /proc/PID/status; the caller frees it. */
static char *status_of(pid_t process, const char *name)
{
	SCOPED(char_freep) char *path = xasprintf("/proc/%d/status", process);
	FILE *file = fopen(path, "re");
	char line[256], *found = NULL;

	assert_non_null(file);
	while (!found && fgets(line, sizeof line, file)) {
		line[strcspn(line, "\n")] = 0;
		if (strncmp(line, name, strlen(name)) == 0)
			found = xstrdup(line + strlen(name) + 1);
	}
	fclose(file);
	assert_non_null(found);
	return found;
}

static void expect_status(pid_t process, const char *name, const char *wanted)
{
	SCOPED(char_freep) char *found = status_of(process, name);

	assert_string_equal(found, wanted);
}

static bool may_be_open(const char *target)
{
	static const char *const known[] = { "/dev/pts/", "pipe:", "socket:",
					     "anon_inode:" };

	for (size_t i = 0; i < COUNT(known); i++) {
		if (strncmp(target, known[i], strlen(known[i])) == 0)
			return true;
	}
	/* What it overwrites, at its end. */
	return strncmp(target, "/proc/", 6) == 0 && strstr(target, "/maps");
}

static void expect_no_file(pid_t process)
{
	SCOPED(char_freep) char *folder = xasprintf("/proc/%d/fd", process);
	DIR *files = opendir(folder);
	const struct dirent *each;
	char target[512];

	assert_non_null(files);
	while ((each = readdir(files))) {
		ssize_t length = readlinkat(dirfd(files), each->d_name, target,
					    sizeof target - 1);

		if (length < 0)
			continue;
		target[length] = 0;
		if (!may_be_open(target))
			fail_msg("%s is open", target);
	}
	closedir(files);
}

static void it_is_shut_in_before_the_first_question(void **state)
{
	struct stand stand;

	(void)state;
	stand_start(&stand, 24, 80, "");
	stand_begin(&stand);
	expect_status(stand_visitor(&stand), "Seccomp:", "2");
	expect_status(stand_visitor(&stand), "NoNewPrivs:", "1");
	expect_no_file(stand_visitor(&stand));
	expect_status(stand_porter(&stand), "Seccomp:", "0");
	stand_done(&stand);
}

/* A kernel, for this program and those it starts, that takes no filter. */
static void take_no_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	assert_non_null(filter);
	assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL),
					  SCMP_SYS(seccomp), 1,
					  SCMP_A2(SCMP_CMP_NE, 0)),
			 0);
	assert_int_equal(seccomp_load(filter), 0);
	seccomp_release(filter);
}

/* The last test: this program cannot go back. */
static void who_cannot_be_shut_in_is_asked_nothing(void **state)
{
	struct stand stand;

	(void)state;
	take_no_filter();
	stand_start(&stand, 24, 80, "");
	stand_press(&stand, "Welcome", PTY_ENTER);
	stand_expect(&stand, "Please go to the desk");
	SCOPED(char_freep) char *log = stand_file(&stand, "kiosk/kiosk.log");

	assert_non_null(strstr(log, "cannot be shut in (seccomp)"));
	stand_done(&stand);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_shut_in_before_the_first_question),
		cmocka_unit_test(who_cannot_be_shut_in_is_asked_nothing),
	};

	return cmocka_run_group_tests(tests, stand_prepare, stand_clear);
}
