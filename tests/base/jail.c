#include "tests/test.h"

#include "base/jail.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <seccomp.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lender.h"
#include "base/memory.h"
#include "tests/support/child.h"
#include "tests/support/folder.h"

/*
 * Every way out that a visitor's process might try is tried in one that is shut
 * in, once with all there is and once with the first layer alone; and what it
 * needs goes on.
 */
enum outcome {
	REFUSED = 1,
	DONE,
	TRESPASSED, /* ended by its own rules */
	NOT_SHUT_IN,
};

/* Which layer is taken away before. */
enum layers { ALL, CALLS_ALONE, FILES_ALONE, NONE };

static struct place {
	char *folder, *lent, *words, *key, *fresh;
	pid_t outside; /* this test's */
	int pair[2];   /* a socket that it has */
	int terminal;
	enum layers layers;
} place;

/* --- the ways
 * ------------------------------------------------------------------
 */

static bool closed(long file)
{
	if (file >= 0)
		close((int)file);
	return file >= 0;
}

static bool reads_a_key(void)
{
	return closed(open(place.key, O_RDONLY));
}

static bool reads_by_another_call(void)
{
	struct stat about;

	return closed(syscall(SYS_openat, AT_FDCWD, place.key, O_RDONLY, 0)) ||
	       closed(syscall(SYS_openat2, AT_FDCWD, place.key, NULL, 0)) ||
	       closed(open(place.key, O_PATH)) || !stat(place.key, &about) ||
	       !access(place.key, R_OK);
}

static bool reads_a_link_out(void)
{
	SCOPED(char_freep) char *link = folder_file(place.lent, "link");
	SCOPED(char_freep) char *up = folder_file(place.lent, "../key");

	return closed(open(link, O_RDONLY)) || closed(open(up, O_RDONLY));
}

static bool reads_its_parent(void)
{
	static const char *const files[] = { "mem", "environ", "maps", "fd/0",
					     "root/etc/passwd" };
	bool read = false;

	for (size_t i = 0; i < COUNT(files); i++) {
		SCOPED(char_freep)
		char *path = xasprintf("/proc/%d/%s", place.outside, files[i]);

		read = read || closed(open(path, O_RDONLY));
	}
	return read || closed(open("/proc/self/mem", O_RDWR));
}

static bool writes_what_is_lent(void)
{
	return closed(open(place.words, O_WRONLY)) ||
	       closed(open(place.words, O_RDWR)) ||
	       closed(open(place.words, O_RDONLY | O_TRUNC)) ||
	       !truncate(place.words, 0) || !chmod(place.words, 0666);
}

static bool makes_a_file(void)
{
	return closed(open(place.fresh, O_WRONLY | O_CREAT, 0600)) ||
	       closed(creat(place.fresh, 0600)) || !mkdir(place.fresh, 0700) ||
	       !symlink(place.key, place.fresh) ||
	       !link(place.key, place.fresh) ||
	       !mknod(place.fresh, S_IFIFO | 0600, 0) ||
	       closed(open(place.lent, O_TMPFILE | O_RDWR, 0600)) ||
	       closed(open("/dev/shm/foyer", O_CREAT | O_RDWR, 0600));
}

static bool changes_files(void)
{
	return !unlink(place.words) || !rename(place.words, place.fresh) ||
	       !chdir("/") || !chroot("/") || !rmdir(place.lent);
}

static bool has_a_socket(void)
{
	return closed(socket(AF_INET, SOCK_STREAM, 0)) ||
	       closed(socket(AF_INET6, SOCK_DGRAM, 0)) ||
	       closed(socket(AF_UNIX, SOCK_STREAM, 0)) ||
	       closed(socket(AF_NETLINK, SOCK_RAW, 0));
}

static bool uses_a_socket_anew(void)
{
	const struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = 80 };
	const struct sockaddr *address = (const struct sockaddr *)&to;

	return !connect(place.pair[0], address, sizeof to) ||
	       !bind(place.pair[0], address, sizeof to) ||
	       !listen(place.pair[0], 1) ||
	       sendto(place.pair[0], "x", 1, 0, address, sizeof to) == 1;
}

static bool starts_a_program(void)
{
	(void)execl("/bin/true", "true", NULL);
	return false;
}

static bool starts_a_program_it_holds(void)
{
	static char *const words[] = { NULL };

	(void)syscall(SYS_execveat, place.pair[0], "", words, words,
		      AT_EMPTY_PATH);
	return false;
}

static bool starts_a_process(void)
{
	const pid_t child = fork();

	if (!child)
		_exit(0);
	return child > 0 || syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) > 0 ||
	       syscall(SYS_clone, CLONE_VM | SIGCHLD, 0, 0, 0, 0) > 0 ||
	       syscall(SYS_clone3, NULL, 0) > 0 || errno != ENOSYS;
}

static bool traces_its_parent(void)
{
	return !ptrace(PTRACE_ATTACH, place.outside, NULL, NULL);
}

static bool is_traced(void)
{
	return !ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

static bool reads_its_parents_memory(void)
{
	char byte;
	struct iovec here = { &byte, 1 }, there = { &place, 1 };

	return process_vm_readv(place.outside, &here, 1, &there, 1, 0) == 1;
}

static bool signals_its_parent(void)
{
	return !kill(place.outside, 0) || !kill(-1, 0) ||
	       !syscall(SYS_tgkill, place.outside, place.outside, 0) ||
	       closed(syscall(SYS_pidfd_open, place.outside, 0));
}

static bool undoes_it(void)
{
	return !prctl(PR_SET_SECCOMP, 0, NULL) ||
	       !prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) ||
	       !prctl(PR_SET_DUMPABLE, 1) ||
	       !syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) ||
	       !unshare(CLONE_NEWUSER) || !setns(place.pair[0], 0) ||
	       !setuid(0);
}

static bool raises_its_limits(void)
{
	struct rlimit limit = { 64, 64 };

	return !setrlimit(RLIMIT_CORE, &limit) ||
	       !syscall(SYS_prlimit64, place.outside, RLIMIT_CORE, NULL,
			&limit);
}

static bool runs_what_it_wrote(void)
{
	void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return !mprotect(page, 4096, PROT_READ | PROT_EXEC) ||
	       mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool types_into_its_terminal(void)
{
	return !ioctl(place.terminal, TIOCSTI, "x");
}

static bool takes_another_door(void)
{
	return syscall(SYS_io_uring_setup, 1, NULL) >= 0 ||
	       syscall(SYS_bpf, 0, NULL, 0) >= 0 ||
	       syscall(SYS_userfaultfd, 0) >= 0 ||
	       syscall(SYS_open_by_handle_at, -1, NULL, 0) >= 0 ||
	       syscall(SYS_mount, "", "/", "tmpfs", 0, NULL) >= 0 ||
	       syscall(SYS_add_key, "user", "x", "x", 1, -3) >= 0 ||
	       syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0) >= 0;
}

/* --- being shut in
 * --------------------------------------------------------------
 */

static void trespass(void)
{
	_exit(TRESPASSED);
}

/* A kernel without one of the layers: its call is refused, or is said to have
 * worked. */
static bool take_away(enum layers layers)
{
	const uint32_t calls =
	    layers == NONE ? SCMP_ACT_ERRNO(EINVAL) : SCMP_ACT_ERRNO(0);
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int failed = filter ? 0 : -1;

	if (!failed && layers != FILES_ALONE)
		failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
					  SCMP_SYS(landlock_create_ruleset), 0);
	if (!failed && layers != CALLS_ALONE)
		failed = seccomp_rule_add(filter, calls, SCMP_SYS(seccomp), 1,
					  SCMP_A2(SCMP_CMP_NE, 0));
	if (!failed)
		failed = seccomp_load(filter);
	seccomp_release(filter);
	return !failed;
}

static int lender_of_words(void)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends))
		return -1;
	if (!fork()) {
		close(ends[0]);
		const struct lender_shelf shelf = { .folders = &place.lent,
						    .folder_count = 1 };

		while (lender_serve(ends[1], &shelf))
			continue;
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static bool is_shut_in(void)
{
	static const unsigned ioctls[] = { TIOCGWINSZ };

	return (place.layers == ALL || take_away(place.layers)) &&
	       !jail_enter(&(struct jail_rules){
		   .lender = lender_of_words(),
		   .ioctls = ioctls,
		   .ioctl_count = COUNT(ioctls),
		   .trespass = trespass,
	       });
}

typedef bool way_out(void);

/* Its status says it: a process that is shut in starts no other program. */
static enum outcome outcome_of(way_out *attempt)
{
	const pid_t child = fork();
	int status;

	if (!child)
		_exit(!is_shut_in() ? NOT_SHUT_IN : attempt() ? DONE : REFUSED);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status) : REFUSED;
}

static int setup(void **state)
{
	SCOPED(char_freep) char *link = NULL;

	(void)state;
	place.folder = folder_new();
	place.lent = folder_file(place.folder, "lent");
	place.key = folder_file(place.folder, "key");
	place.words = folder_file(place.lent, "words");
	place.fresh = folder_file(place.lent, "fresh");
	link = folder_file(place.lent, "link");
	place.outside = getpid();
	place.terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	return folder_make(place.lent) ||
	       file_write(place.words, "words", 5, 0600) ||
	       file_write(place.key, "key", 3, 0600) ||
	       symlink("../key", link) ||
	       socketpair(AF_UNIX, SOCK_STREAM, 0, place.pair);
}

static int teardown(void **state)
{
	(void)state;
	close(place.pair[0]);
	close(place.pair[1]);
	close(place.terminal);
	free(place.lent);
	free(place.key);
	free(place.words);
	free(place.fresh);
	folder_freep(&place.folder);
	return 0;
}

/* Under valgrind it is valgrind that would be shut in. */
static bool is_watched(void)
{
	if (getenv("FOYER_SLOW"))
		print_message("skipped: valgrind makes calls of its own\n");
	return getenv("FOYER_SLOW") != NULL;
}

/* --- tests
 * -----------------------------------------------------------------------
 */

static void no_way_out_is_open(void **state)
{
	static const struct {
		const char *what;
		way_out *attempt;
		enum outcome outcome;
	} cases[] = {
		{ "a file outside, read", reads_a_key, REFUSED },
		{ "the same by other calls", reads_by_another_call, REFUSED },
		{ "a link out of what is lent", reads_a_link_out, REFUSED },
		{ "its parent in /proc", reads_its_parent, REFUSED },
		{ "what is lent, written", writes_what_is_lent, REFUSED },
		{ "a new file", makes_a_file, REFUSED },
		{ "files moved and removed", changes_files, REFUSED },
		{ "a socket", has_a_socket, REFUSED },
		{ "a connection", uses_a_socket_anew, REFUSED },
		{ "a program", starts_a_program, TRESPASSED },
		{ "one it holds", starts_a_program_it_holds, TRESPASSED },
		{ "a process", starts_a_process, REFUSED },
		{ "its parent, traced", traces_its_parent, TRESPASSED },
		{ "itself, traced", is_traced, TRESPASSED },
		{ "its parent's memory", reads_its_parents_memory, TRESPASSED },
		{ "its parent, signalled", signals_its_parent, REFUSED },
		{ "all of it undone", undoes_it, REFUSED },
		{ "its limits raised", raises_its_limits, REFUSED },
		{ "code that it wrote", runs_what_it_wrote, REFUSED },
		{ "letters typed for the next", types_into_its_terminal,
		  REFUSED },
		{ "calls that few know", takes_another_door, REFUSED },
	};

	(void)state;
	if (is_watched())
		return;
	for (enum layers layers = ALL; layers <= CALLS_ALONE; layers++) {
		place.layers = layers;
		for (size_t i = 0; i < COUNT(cases); i++) {
			print_message("%s%s\n", cases[i].what,
				      layers == ALL ? ""
						    : " (without Landlock)");
			assert_int_equal(outcome_of(cases[i].attempt),
					 cases[i].outcome);
		}
	}
}

/* The second layer by itself; the first would refuse the same before. */
static void files_are_shut_off_twice_where_the_kernel_can(void **state)
{
	static way_out *const attempts[] = { reads_a_key, reads_its_parent,
					     makes_a_file };

	(void)state;
	if (is_watched())
		return;
	if (!jail_offered().files) {
		print_message("skipped: this kernel has no Landlock\n");
		return;
	}
	place.layers = FILES_ALONE;
	for (size_t i = 0; i < COUNT(attempts); i++)
		assert_int_equal(outcome_of(attempts[i]), REFUSED);
}

static void *read_words(void *to)
{
	char text[8] = "";
	const int file = open(place.words, O_RDONLY);

	*(bool *)to = read(file, text, sizeof text - 1) == 5 &&
		      strcmp(text, "words") == 0;
	close(file);
	return NULL;
}

static bool goes_on(void)
{
	struct winsize size;
	struct stat about;
	pthread_t thread;
	bool read = false, again = false;

	(void)read_words(&read);
	if (pthread_create(&thread, NULL, read_words, &again) ||
	    pthread_join(thread, NULL))
		return false;
	free(xcalloc(1, 1 << 20));
	return read && again && !stat(place.words, &about) &&
	       about.st_size == 5 && !access(place.words, R_OK) &&
	       !ioctl(place.terminal, TIOCGWINSZ, &size) &&
	       send(place.pair[0], "x", 1, 0) == 1;
}

/* A thread that was there before, as libraries have them. */
static struct {
	sem_t go, gone;
	bool read;
} other;

static void *read_when_told(void *to)
{
	(void)to;
	(void)sem_wait(&other.go);
	other.read = reads_a_key();
	(void)sem_post(&other.gone);
	return NULL;
}

static enum outcome outcome_of_other_thread(enum layers layers)
{
	const pid_t child = fork();
	pthread_t thread;
	int status;

	if (!child) {
		place.layers = layers;
		(void)sem_init(&other.go, 0, 0);
		(void)sem_init(&other.gone, 0, 0);
		if (pthread_create(&thread, NULL, read_when_told, NULL) ||
		    !is_shut_in())
			_exit(NOT_SHUT_IN);
		(void)sem_post(&other.go);
		(void)sem_wait(&other.gone);
		_exit(other.read ? DONE : REFUSED);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? (enum outcome)WEXITSTATUS(status) : REFUSED;
}

static void a_thread_that_was_there_before_is_shut_in_too(void **state)
{
	(void)state;
	if (is_watched())
		return;
	assert_int_equal(outcome_of_other_thread(ALL), REFUSED);
	assert_int_equal(outcome_of_other_thread(CALLS_ALONE), REFUSED);
	if (jail_offered().files)
		assert_int_equal(outcome_of_other_thread(FILES_ALONE), REFUSED);
}

static void what_it_needs_goes_on(void **state)
{
	(void)state;
	if (is_watched())
		return;
	place.layers = ALL;
	assert_int_equal(outcome_of(goes_on), DONE);
}

static void without_the_first_layer_it_is_not_entered(void **state)
{
	(void)state;
	if (is_watched())
		return;
	place.layers = NONE;
	assert_int_equal(outcome_of(reads_a_key), NOT_SHUT_IN);
	place.layers = ALL;
	assert_int_equal(outcome_of(reads_a_key), REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_way_out_is_open),
		cmocka_unit_test(files_are_shut_off_twice_where_the_kernel_can),
		cmocka_unit_test(a_thread_that_was_there_before_is_shut_in_too),
		cmocka_unit_test(what_it_needs_goes_on),
		cmocka_unit_test(without_the_first_layer_it_is_not_entered),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
