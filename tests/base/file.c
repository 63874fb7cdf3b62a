#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

#define OLD "the old bytes"
#define NEW "the new bytes, which are more of them"

#ifdef SYS_rename
#define RENAME SYS_rename
#else
#define RENAME SYS_renameat
#endif

struct place {
	char *folder, *path;
};

static int begin(void **state)
{
	struct place *place = xcalloc(1, sizeof *place);

	place->folder = folder_new();
	place->path = xasprintf("%s/file", place->folder);
	logged_start();
	*state = place;
	return 0;
}

static int end(void **state)
{
	struct place *place = *state;

	logged_stop();
	folder_remove(place->folder);
	free(place->folder);
	free(place->path);
	free(place);
	return 0;
}

static void check_holds(const char *path, const char *text)
{
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(path, 1000, &bytes), FAULT_NONE);
	assert_int_equal(bytes.length, strlen(text));
	assert_memory_equal(bytes.data, text, bytes.length);
	bytes_done(&bytes);
}

static void what_was_written_is_read(void **state)
{
	struct place *place = *state;
	struct stat about;

	assert_false(file_exists(place->path));
	assert_int_equal(file_write(place->path, OLD, strlen(OLD), 0600),
			 FAULT_NONE);
	assert_true(file_exists(place->path));
	check_holds(place->path, OLD);
	assert_int_equal(stat(place->path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(file_write(place->path, NEW, strlen(NEW), 0400),
			 FAULT_NONE);
	check_holds(place->path, NEW);
	assert_int_equal(stat(place->path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0400);
	assert_int_equal(file_write(place->path, "", 0, 0600), FAULT_NONE);
	assert_int_equal(stat(place->path, &about), 0);
	assert_int_equal(about.st_size, 0);
}

static void a_file_past_the_limit_is_refused_and_leaves_nothing(void **state)
{
	struct place *place = *state;
	struct bytes bytes = { 0 };

	bytes_add_text(&bytes, "kept");
	assert_int_equal(file_write(place->path, NEW, strlen(NEW), 0600),
			 FAULT_NONE);
	assert_int_equal(file_read(place->path, strlen(NEW) - 1, &bytes),
			 FAULT_LIMIT);
	assert_string_equal((char *)bytes.data, "kept");
	assert_non_null(strstr(logged(), "larger than 36 bytes"));
	assert_int_equal(file_read(place->path, strlen(NEW), &bytes),
			 FAULT_NONE);
	assert_string_equal((char *)bytes.data, "kept" NEW);
	bytes_done(&bytes);
}

static void what_cannot_be_read_is_named(void **state)
{
	struct place *place = *state;
	struct bytes bytes = { 0 };

	assert_int_equal(file_read(place->path, 10, &bytes), FAULT_SYSTEM);
	assert_non_null(strstr(logged(), place->path));
	assert_non_null(strstr(logged(), "No such file"));
	assert_int_equal(file_read(place->folder, 10, &bytes), FAULT_SYSTEM);
	assert_null(bytes.data);
}

/*
 * Makes this process refuse, or die at, one system call; folders_only: at the
 * one that opens a folder.
 */
static void forbid(long call, unsigned action, bool folders_only)
{
	struct sock_filter steps[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)call, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
			 offsetof(struct seccomp_data, args[2])),
		BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
			 folders_only ? O_DIRECTORY : 0, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, action),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog program = { COUNT(steps), steps };
	const struct rlimit no_core = { 0, 0 };

	/* Without a flag to look for, the jump must be taken. */
	if (!folders_only)
		steps[3] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_IMM, 0);
	if (setrlimit(RLIMIT_CORE, &no_core) ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
	    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
		_exit(99);
}

#define KILLED (-1)

/* What file_write() comes to in a process that forbids a call. */
static int written_under(const char *path, long call, unsigned action,
			 bool folders_only)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		forbid(call, action, folders_only);
		_exit(file_write(path, NEW, strlen(NEW), 0600));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? KILLED : WEXITSTATUS(status);
}

static void a_crash_leaves_the_old_bytes_or_the_new_whole(void **state)
{
	static const struct {
		long call;
		bool folders_only;
		const char *left;
	} crashes[] = {
		{ SYS_openat, false, OLD },
		{ SYS_write, false, OLD },
		{ SYS_fsync, false, OLD },
		{ SYS_close, false, OLD },
		{ RENAME, false, OLD },
		{ SYS_openat, true, NEW }, /* the folder, after the rename */
	};
	struct place *place = *state;

	for (size_t i = 0; i < COUNT(crashes); i++) {
		assert_int_equal(
		    file_write(place->path, OLD, strlen(OLD), 0600),
		    FAULT_NONE);
		assert_int_equal(written_under(place->path, crashes[i].call,
					       SECCOMP_RET_KILL_PROCESS,
					       crashes[i].folders_only),
				 KILLED);
		check_holds(place->path, crashes[i].left);
		/* What a crash left beside does not stop the next one. */
		assert_int_equal(
		    file_write(place->path, NEW, strlen(NEW), 0600),
		    FAULT_NONE);
		check_holds(place->path, NEW);
	}
}

static void all_bytes_are_on_the_disk_before_the_name_changes(void **state)
{
	struct place *place = *state;
	char *beside = xasprintf("%s.new", place->path);

	assert_int_equal(
	    written_under(place->path, RENAME, SECCOMP_RET_KILL_PROCESS, false),
	    KILLED);
	check_holds(beside, NEW);
	free(beside);
}

static void a_refused_call_is_a_fault_and_nothing_has_changed(void **state)
{
	static const long calls[] = { SYS_fsync, RENAME };
	struct place *place = *state;
	char *beside = xasprintf("%s.new", place->path);

	for (size_t i = 0; i < COUNT(calls); i++) {
		assert_int_equal(
		    file_write(place->path, OLD, strlen(OLD), 0600),
		    FAULT_NONE);
		assert_int_equal(written_under(place->path, calls[i],
					       SECCOMP_RET_ERRNO | EIO, false),
				 FAULT_SYSTEM);
		check_holds(place->path, OLD);
		assert_false(file_exists(beside));
	}
	free(beside);
}

/* As a full disk does, the limit lets a part of the bytes through. */
static void a_full_disk_is_a_fault_and_nothing_has_changed(void **state)
{
	struct place *place = *state;
	char *beside = xasprintf("%s.new", place->path);
	int status;
	pid_t child;

	assert_int_equal(file_write(place->path, OLD, strlen(OLD), 0600),
			 FAULT_NONE);
	if (!(child = fork())) {
		const struct rlimit few = { 20, 20 };

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &few);
		_exit(file_write(place->path, NEW, strlen(NEW), 0600));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), FAULT_SYSTEM);
	check_holds(place->path, OLD);
	assert_false(file_exists(beside));
	free(beside);
}

static void nothing_is_written_where_no_folder_is(void **state)
{
	struct place *place = *state;
	char *path = xasprintf("%s/no/file", place->folder);

	assert_int_equal(file_write(path, OLD, strlen(OLD), 0600),
			 FAULT_SYSTEM);
	assert_non_null(strstr(logged(), path));
	free(path);
}

static void removing_twice_is_fine(void **state)
{
	struct place *place = *state;
	char *nowhere = xasprintf("%s/no/file", place->folder);

	assert_int_equal(file_write(place->path, OLD, strlen(OLD), 0600),
			 FAULT_NONE);
	assert_int_equal(file_remove(place->path), FAULT_NONE);
	assert_false(file_exists(place->path));
	assert_int_equal(file_remove(place->path), FAULT_NONE);
	assert_int_equal(file_remove(nowhere), FAULT_NONE);
	assert_string_equal(logged(), "");
	assert_int_equal(file_remove(place->folder), FAULT_SYSTEM);
	free(nowhere);
}

static void folders_are_made_down_to_the_last(void **state)
{
	static const struct {
		const char *below;
		enum fault fault;
	} folders[] = {
		{ "/a/b/c", FAULT_NONE },    { "/a/b/c", FAULT_NONE },
		{ "/a//d", FAULT_NONE },     { "/e/", FAULT_NONE },
		{ "", FAULT_NONE },          { "/file", FAULT_SYSTEM },
		{ "/file/x", FAULT_SYSTEM },
	};
	struct place *place = *state;

	assert_int_equal(file_write(place->path, OLD, strlen(OLD), 0600),
			 FAULT_NONE);
	for (size_t i = 0; i < COUNT(folders); i++) {
		char *path = xasprintf("%s%s", place->folder, folders[i].below);
		struct stat about;

		assert_int_equal(folder_make(path), folders[i].fault);
		if (!folders[i].fault) {
			assert_int_equal(stat(path, &about), 0);
			assert_true(S_ISDIR(about.st_mode));
			assert_int_equal(about.st_mode & 0777, 0700);
		}
		free(path);
	}
	assert_non_null(strstr(logged(), "file: cannot be made: Not a "
					 "directory"));
	assert_int_equal(folder_make(""), FAULT_SYSTEM);
	assert_int_equal(folder_make("/"), FAULT_NONE);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_written_is_read),
		TEST(a_file_past_the_limit_is_refused_and_leaves_nothing),
		TEST(what_cannot_be_read_is_named),
		TEST(a_crash_leaves_the_old_bytes_or_the_new_whole),
		TEST(all_bytes_are_on_the_disk_before_the_name_changes),
		TEST(a_refused_call_is_a_fault_and_nothing_has_changed),
		TEST(a_full_disk_is_a_fault_and_nothing_has_changed),
		TEST(nothing_is_written_where_no_folder_is),
		TEST(removing_twice_is_fine),
		TEST(folders_are_made_down_to_the_last),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
